package seal

import (
	"bytes"
	"context"
	"crypto/md5" // what a PDF's checksum is (ISO 32000-1, table 46); nothing rests on it
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
)

// File is one to embed. Its bytes are copied, never held.
type File struct {
	// Name is what it is called in the document; no two have the same.
	Name string
	// Description says what it is.
	Description string
	// MediaType is its type (RFC 6838): image/jpeg.
	MediaType string
	// Modified is when it was as it is; zero is the time of the document.
	Modified time.Time
	// Size is in bytes. SHA256 is in lower-case hex.
	Size   int64
	SHA256 string
	Open   func() (io.ReadCloser, error)
	// Data says that it tells of the document, which was not made from it.
	Data bool
}

// ErrFileDiffers says that a file to embed has other bytes than its hash says.
var ErrFileDiffers = errors.New("a file to embed has changed")

// ListName is the embedded list of the embedded files, one a line as sha256sum reads it.
const ListName = "SHA256SUMS.txt"

// list is the file of that name.
func list(files []File, made time.Time) File {
	var lines strings.Builder
	for _, file := range files {
		lines.WriteString(file.SHA256 + "  " + file.Name + "\n")
	}
	data := lines.String()
	sum := sha256.Sum256([]byte(data))
	return File{
		Name: ListName, Description: "SHA-256", MediaType: "text/plain", Modified: made, Size: int64(len(data)), SHA256: hex.EncodeToString(sum[:]),
		Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(data)), nil },
	}
}

// embed gives the file specifications (section 7.11.3) in the order of their names, and the tree of them.
func embed(ctx context.Context, files []File, made time.Time) (names *indirect, specifications array) {
	if len(files) == 0 {
		return nil, nil
	}
	relationship := func(file File) name {
		if file.Name == ListName || file.Data {
			return "Data"
		}
		return "Source"
	}
	all := append(slices.Clone(files), list(files, made))
	type named struct {
		key           text
		specification *indirect
	}
	var sorted []named
	for _, file := range all {
		key := unicodeText(file.Name)
		if file.Modified.IsZero() {
			file.Modified = made
		}
		embedded := embeddedFile(ctx, file)
		specification := dict{
			"Type": name("Filespec"), "F": text(asciiName(file.Name)), "UF": key, "AFRelationship": relationship(file),
			"EF": dict{"F": embedded, "UF": embedded},
		}
		if file.Description != "" {
			specification["Desc"] = unicodeText(file.Description)
		}
		sorted = append(sorted, named{key, refer(specification)})
	}
	slices.SortFunc(sorted, func(a, b named) int { return bytes.Compare(a.key, b.key) })
	var pairs array
	for _, one := range sorted {
		pairs = append(pairs, one.key, one.specification)
		specifications = append(specifications, one.specification)
	}
	return refer(dict{"Names": pairs}), specifications
}

// asciiName is a file's name for readers without Unicode.
func asciiName(file string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '_'
		}
		return r
	}, file)
}

// embeddedFile is a stream (section 7.11.4) whose length and checksum stand behind it, since the bytes pass only once.
func embeddedFile(ctx context.Context, file File) *indirect {
	length, parameters := refer(integer(0)), refer(nil)
	s := &stream{dict: dict{
		"Type": name("EmbeddedFile"), "Subtype": nameOf(file.MediaType), "Length": length, "Params": parameters,
	}}
	compress := compresses(file.MediaType)
	if compress {
		s.dict["Filter"] = name("FlateDecode")
	}
	s.copyTo = func(w io.Writer) error {
		counted := &counter{out: w}
		sum, err := copyFile(ctx, counted, file, compress)
		if err != nil {
			return err
		}
		length.value = plain(fmt.Sprint(counted.bytes))
		parameters.value = dict{
			"Size": plain(fmt.Sprint(file.Size)), "CheckSum": text(sum), "ModDate": text(file.Modified.UTC().Format(dateLayout))}
		return nil
	}
	return refer(s)
}

// compresses tells what gets smaller: text does, pictures and recordings have been compressed already.
func compresses(mediaType string) bool {
	kind, _, _ := strings.Cut(mediaType, "/")
	return kind == "text" || kind == "message" || mediaType == "application/json" || mediaType == "application/xml" || mediaType == "image/bmp"
}

// copyFile copies a file's bytes and sees that they are those of its hash. It gives their MD5.
func copyFile(ctx context.Context, w io.Writer, file File, compress bool) ([]byte, error) {
	from, err := file.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFileDiffers, err)
	}
	defer func() { _ = from.Close() }() // it was only read
	digest, check := sha256.New(), md5.New()
	var size int64
	fill := func(to io.Writer) (err error) {
		size, err = io.Copy(io.MultiWriter(to, digest, check), &cancellable{ctx, from})
		return err
	}
	if compress {
		err = compressTo(w, fill)
	} else {
		err = fill(w)
	}
	if err != nil {
		return nil, err
	}
	if size != file.Size || hex.EncodeToString(digest.Sum(nil)) != file.SHA256 {
		return nil, fmt.Errorf("%w: %s", ErrFileDiffers, file.Name)
	}
	return check.Sum(nil), nil
}

// cancellable ends a long copy when it is called off.
type cancellable struct {
	ctx  context.Context
	from io.Reader
}

func (c *cancellable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.from.Read(p)
}

type counter struct {
	out   io.Writer
	bytes int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.out.Write(p)
	c.bytes += int64(n)
	return n, err
}

// nameOf escapes what a name can't hold (section 7.3.5).
func nameOf(s string) name {
	var out strings.Builder
	for _, b := range []byte(s) {
		if b <= ' ' || b > '~' || b == '#' || isDelimiter(b) {
			fmt.Fprintf(&out, "#%02x", b)
		} else {
			out.WriteByte(b)
		}
	}
	return name(out.String())
}

// FileName makes a text fit for a name of an embedded file: one line, nothing that means a folder anywhere.
func FileName(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r) || strings.ContainsRune(`/\:*?"<>|`, r):
			return '_'
		case !unicode.IsPrint(r) && r != ' ':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "_")))
}
