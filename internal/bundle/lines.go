package bundle

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"constancia/internal/record"
)

// Lines have one form: members sorted by name, no white space, payloads and headers in their canonical form. A line that
// was read is written again and must come out the same, so that no reader of JSON can see another thing in it.

// maxLine is the most bytes of a line. The largest payload has a thirtieth of it; the rest is for an entry of many fields,
// all shown with their keys.
const maxLine = 32 << 20

var errLineMalformed = errors.New("the line is not in the form that a bundle has")

// text makes lines of JSON from parts that are JSON already, and byte strings.
type text []byte

func (t *text) raw(parts ...string) {
	for _, part := range parts {
		*t = append(*t, part...)
	}
}

func (t *text) hex(bytes []byte) {
	*t = append(*t, '"')
	*t = hex.AppendEncode(*t, bytes)
	*t = append(*t, '"')
}

func (t *text) proof(proof record.Proof) {
	t.raw(`"proof":[`)
	for i, hash := range proof {
		if i > 0 {
			t.raw(",")
		}
		t.hex(hash[:])
	}
	t.raw("]")
}

// header adds the member that is the entry's header.
func (t *text) header(header record.Header) error {
	canonical, err := record.Canonical(header)
	if err != nil {
		return err
	}
	t.raw(`"header":`, string(canonical))
	return nil
}

// entryLine is an entry as log.jsonl has it: with payload and salt, or, after it was erased, with its leaf.
func entryLine(stored record.Stored) ([]byte, error) {
	t := text("{")
	if err := t.header(stored.Header); err != nil {
		return nil, err
	}
	if len(stored.Payload) == 0 {
		t.raw(`,"leaf":`)
		t.hex(stored.LeafBytes)
		t.raw("}\n")
		return t, nil
	}
	t.raw(`,"leaf_hash":`)
	t.hex(stored.LeafHash[:])
	t.raw(`,"payload":`, string(stored.Payload), `,"salt":`)
	t.hex(stored.Salt[:])
	t.raw("}\n")
	return t, nil
}

// readEntryLine is the inverse of entryLine. Leaf or leaf hash, whichever the line lacks, is computed: whether the given
// one is right is for [record.Checker] to say.
func readEntryLine(line []byte) (stored record.Stored, err error) {
	var read struct {
		Header   record.Header   `json:"header"`
		Leaf     string          `json:"leaf"`
		LeafHash string          `json:"leaf_hash"`
		Payload  json.RawMessage `json:"payload"`
		Salt     string          `json:"salt"`
	}
	if json.Unmarshal(line, &read) != nil {
		return stored, errLineMalformed
	}
	stored.Header, stored.Payload = read.Header, read.Payload
	if len(read.Payload) == 0 {
		stored.LeafBytes, _ = hex.DecodeString(read.Leaf)
		stored.LeafHash = record.LeafHash(stored.LeafBytes)
	} else {
		var hashErr, saltErr error
		stored.LeafHash, hashErr = readHash(read.LeafHash)
		stored.Salt, saltErr = readHash(read.Salt)
		if hashErr != nil || saltErr != nil {
			return stored, errLineMalformed
		}
		if stored.LeafBytes, err = stored.Leaf(); err != nil {
			return stored, errLineMalformed
		}
	}
	return stored, sameLine(line)(entryLine(stored))
}

// sameLine holds a line against the one that was made again.
func sameLine(line []byte) func(made []byte, err error) error {
	return func(made []byte, err error) error {
		if err != nil || !bytes.Equal(line, made) {
			return errLineMalformed
		}
		return nil
	}
}

// shown is an entry of which chosen fields are shown, with the proof of its place in its log.
type shown struct {
	record.Stored // without payload and salt
	// complete says that all fields are there.
	complete bool
	fields   []record.Disclosure
	proof    record.Proof
}

func shownLine(s shown) ([]byte, error) {
	t := text(fmt.Sprintf(`{"complete":%t,"disclosed":[`, s.complete))
	for i, field := range s.fields {
		pointer, err := record.Canonical(field.Pointer)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			t.raw(",")
		}
		t.raw(`{"key":`)
		t.hex(field.Key[:])
		t.raw(`,"pointer":`, string(pointer), `,"value":`, string(field.Value), "}")
	}
	t.raw("],")
	if err := t.header(s.Header); err != nil {
		return nil, err
	}
	t.raw(`,"leaf":`)
	t.hex(s.LeafBytes)
	t.raw(",")
	t.proof(s.proof)
	t.raw("}\n")
	return t, nil
}

func readShownLine(line []byte) (s shown, err error) {
	var read struct {
		Complete  bool `json:"complete"`
		Disclosed []struct {
			Key     string          `json:"key"`
			Pointer string          `json:"pointer"`
			Value   json.RawMessage `json:"value"`
		} `json:"disclosed"`
		Header record.Header `json:"header"`
		Leaf   string        `json:"leaf"`
		Proof  []string      `json:"proof"`
	}
	if json.Unmarshal(line, &read) != nil {
		return s, errLineMalformed
	}
	s.complete, s.Header = read.Complete, read.Header
	s.LeafBytes, _ = hex.DecodeString(read.Leaf)
	s.LeafHash = record.LeafHash(s.LeafBytes)
	for _, field := range read.Disclosed {
		key, err := readHash(field.Key)
		if err != nil {
			return s, err
		}
		s.fields = append(s.fields, record.Disclosure{Field: record.Field{Pointer: field.Pointer, Value: field.Value}, Key: key})
	}
	if s.proof, err = readProof(read.Proof); err != nil {
		return s, err
	}
	return s, sameLine(line)(shownLine(s))
}

// sealProof shows that the log of a head begins with what an earlier, sealed head of it says.
type sealProof struct {
	seal  string // LOG.SEQUENCE
	proof record.Proof
}

func proofLine(p sealProof) ([]byte, error) {
	name, err := record.Canonical(p.seal)
	if err != nil {
		return nil, err
	}
	t := text("{")
	t.proof(p.proof)
	t.raw(`,"seal":`, string(name), "}\n")
	return t, nil
}

func readProofLine(line []byte) (p sealProof, err error) {
	var read struct {
		Proof []string `json:"proof"`
		Seal  string   `json:"seal"`
	}
	if json.Unmarshal(line, &read) != nil {
		return p, errLineMalformed
	}
	if p.proof, err = readProof(read.Proof); err != nil {
		return p, err
	}
	p.seal = read.Seal
	return p, sameLine(line)(proofLine(p))
}

func readProof(hashes []string) (record.Proof, error) {
	proof := make(record.Proof, len(hashes))
	for i, text := range hashes {
		hash, err := readHash(text)
		if err != nil {
			return nil, err
		}
		proof[i] = hash
	}
	return proof, nil
}

func readHash(text string) (hash [32]byte, err error) {
	if !isHash(text) {
		return hash, errLineMalformed
	}
	_, err = hex.Decode(hash[:], []byte(text))
	return hash, err
}

// eachLine gives every line, with its U+000A, to visit. A file of lines that does not end in one is malformed.
func eachLine(ctx context.Context, r io.Reader, visit func(number int64, line []byte) error) error {
	buffered := bufio.NewReaderSize(r, 1<<16)
	var line []byte
	for number := int64(1); ; {
		part, err := buffered.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > maxLine:
			return errLineMalformed
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(line) == 0:
			return nil
		case errors.Is(err, io.EOF):
			return errLineMalformed
		case err != nil:
			return err
		}
		if err := errors.Join(ctx.Err(), visit(number, line)); err != nil {
			return err
		}
		line = line[:0]
		number++
	}
}
