package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"strconv"
)

// writer writes a file from front to back: each object gets the next number when the first reference to it is written.
type writer struct {
	out    io.Writer
	digest hash.Hash
	at     int64
	err    error
	// places are where the objects begin, from number 1.
	places []int64
	queue  []*indirect
	// packed is the data of a stream as it is written, see [stream.deflate].
	packed bytes.Buffer
}

func newWriter(out io.Writer) *writer { return &writer{out: out, digest: sha256.New()} }

func (w *writer) Write(p []byte) (int, error) {
	if w.err != nil {
		return 0, w.err
	}
	n, err := w.out.Write(p)
	w.digest.Write(p[:n])
	w.at += int64(n)
	w.err = err
	return n, err
}

func (w *writer) number(o *indirect) int {
	if o.number == 0 {
		w.queue = append(w.queue, o)
		o.number = len(w.queue)
	}
	return o.number
}

// header is that of PDF 1.7, with bytes above 127 that keep others from taking the file for text (section 7.5.2).
const header = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"

// all writes everything that can be reached from the root and the info, and the trailer.
func (w *writer) all(root, info *indirect) error {
	_, _ = io.WriteString(w, header)
	w.number(root)
	if info != nil {
		w.number(info)
	}
	for i := 0; i < len(w.queue) && w.err == nil; i++ {
		if err := w.object(w.queue[i]); err != nil {
			return err
		}
	}
	table := w.at
	w.table()
	w.trailer(dict{"Size": integer(len(w.places) + 1), "Root": root, "Info": info}, table)
	return w.err
}

func (w *writer) object(o *indirect) error {
	w.places = append(w.places, w.at)
	head := append(strconv.AppendInt(nil, int64(o.number), 10), " 0 obj\n"...)
	data, isStream := o.value.(*stream)
	if !isStream {
		_, err := w.Write(append(appendObject(head, o.value, w.number), "\nendobj\n"...))
		return err
	}
	content := data.data
	if data.deflate {
		w.packed.Reset()
		err := compressTo(&w.packed, func(out io.Writer) error {
			_, err := out.Write(data.data)
			return err
		})
		if err != nil {
			return err
		}
		content = w.packed.Bytes()
	}
	if data.copyTo == nil {
		data.dict["Length"] = integer(len(content))
	}
	if _, err := w.Write(append(appendObject(head, data.dict, w.number), "\nstream\n"...)); err != nil {
		return err
	}
	if data.copyTo != nil {
		if err := data.copyTo(w); err != nil {
			return err
		}
	} else if _, err := w.Write(content); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\nendstream\nendobj\n")
	return err
}

// table writes the cross-reference table, whose rows are 20 bytes (section 7.5.4).
func (w *writer) table() {
	out := fmt.Appendf(nil, "xref\n0 %d\n0000000000 65535 f \n", len(w.places)+1)
	for _, place := range w.places {
		out = fmt.Appendf(out, "%010d 00000 n \n", place)
	}
	_, _ = w.Write(out)
}

// zeroDigest stands in place of a file's own hash while it is computed.
const zeroDigest = "0000000000000000000000000000000000000000000000000000000000000000"

// trailer ends the file. The second part of its ID is the SHA-256 of the file with zeros in that place; it comes last, so
// that its place is known from the end.
func (w *writer) trailer(trailer dict, table int64) {
	first := w.digest.Sum(nil)[:16]
	delete(trailer, "ID")
	if trailer["Info"] == (*indirect)(nil) {
		delete(trailer, "Info")
	}
	out := append([]byte("trailer\n"), appendObject(nil, trailer, w.number)...)
	out = fmt.Appendf(out[:len(out)-len(">>")], "/ID [<%x> <", first)
	_, _ = w.Write(out)
	rest := fmt.Sprintf(trailerEnd, table)
	_, _ = io.WriteString(w.digest, zeroDigest+rest)
	own := hex.EncodeToString(w.digest.Sum(nil))
	if w.err == nil {
		n, err := io.WriteString(w.out, own+rest)
		w.at += int64(n)
		w.err = err
	}
}

// trailerEnd is what follows a file's own hash.
const trailerEnd = ">]>>\nstartxref\n%d\n%%%%EOF\n"
