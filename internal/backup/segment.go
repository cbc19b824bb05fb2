package backup

import (
	"bufio"
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"

	"github.com/google/uuid"

	"constancia/internal/record"
)

// segmentSize is where a segment ends and the next begins, in bytes before encryption.
const segmentSize = 8 << 20

// maximumLine is more than the line of the largest entry: a payload of 1 MiB in base64, and 16,384 commitments in hex.
const maximumLine = 4 << 20

// segmentLine is one entry in a segment. Sealed is missing when the entry was erased before it was first copied.
type segmentLine struct {
	Header   record.Header `json:"header"`
	Leaf     string        `json:"leaf"`      // lower-case hex
	LeafHash string        `json:"leaf_hash"` // lower-case hex
	Sealed   []byte        `json:"sealed,omitempty"`
}

// seal encrypts salt and payload under the entry's own key, bound to its leaf hash. The key is derived for this purpose
// and seals this one text, so the nonce may be zero.
func seal(entry Entry) ([]byte, error) {
	aead, err := sealer(entry.Key)
	if err != nil {
		return nil, err
	}
	text := append(entry.Salt[:len(entry.Salt):len(entry.Salt)], entry.Payload...)
	return aead.Seal(nil, make([]byte, aead.NonceSize()), text, entry.LeafHash[:]), nil
}

// unseal fills in salt and payload.
func unseal(stored *record.Stored, sealed []byte, key [32]byte) error {
	aead, err := sealer(key)
	if err != nil {
		return err
	}
	text, err := aead.Open(nil, make([]byte, aead.NonceSize()), sealed, stored.LeafHash[:])
	if err != nil || len(text) < len(stored.Salt) {
		return errNotSealed
	}
	stored.Payload = text[copy(stored.Salt[:], text):]
	return nil
}

var errNotSealed = errors.New("the entry is not sealed under its key")

func sealer(key [32]byte) (cipher.AEAD, error) {
	derived, err := hkdf.Key(sha256.New, key[:], nil, "constancia-backup-entry-v1", 32)
	if err != nil {
		return nil, fmt.Errorf("failed to derive an entry's key: %w", err)
	}
	block, err := aes.NewCipher(derived)
	if err != nil {
		return nil, fmt.Errorf("failed to use an entry's key: %w", err)
	}
	return cipher.NewGCM(block)
}

// segmentWriter writes entries into as many segments as they take.
type segmentWriter struct {
	folder  *folder
	device  string
	current *objectWriter
	written []object
	// keys are those of the entries written.
	keys entryKeys
}

func (s *segmentWriter) add(ctx context.Context, entry Entry) error {
	line := segmentLine{Header: entry.Header, Leaf: hex.EncodeToString(entry.LeafBytes), LeafHash: hex.EncodeToString(entry.LeafHash[:])}
	if len(entry.Payload) > 0 {
		id, err := uuid.Parse(entry.Header.EntryID)
		if err != nil || entry.Key == [32]byte{} {
			return errors.Join(fmt.Errorf("entry %s has no key", entry.Header.EntryID), err)
		}
		if line.Sealed, err = seal(entry); err != nil {
			return err
		}
		s.keys[id] = entry.Key
	}
	text, err := json.Marshal(line)
	if err != nil {
		return err
	}
	if s.current == nil {
		if s.current, err = s.folder.create(path.Join(s.device, "segments", randomName()+".age")); err != nil {
			return err
		}
	}
	if _, err := s.current.Write(append(text, '\n')); err != nil {
		return err
	}
	if s.current.inside.size >= segmentSize {
		return s.finish(ctx)
	}
	return nil
}

// finish ends the segment that was begun.
func (s *segmentWriter) finish(ctx context.Context) error {
	if s.current == nil {
		return nil
	}
	written, err := s.current.finish(ctx)
	s.current = nil
	if err == nil {
		s.written = append(s.written, written)
	}
	return err
}

func (s *segmentWriter) abandon() {
	if s.current != nil {
		s.current.abandon()
	}
}

// readSegment gives visit the entries of a segment, before it is known whether the segment is whole: at its end it fails
// with backup_damaged if it is not. An entry whose key is gone has no payload.
func (f *folder) readSegment(ctx context.Context, segment object, keys entryKeys, visit func(record.Stored) error) error {
	body, err := f.open(ctx, segment)
	if err != nil {
		return err
	}
	defer func() { _ = body.Close() }()
	// The reader's own error counts: a scanner would take what came before it for a last line.
	reader := bufio.NewReaderSize(body, 64<<10)
	for {
		text, err := readLine(reader)
		if errors.Is(err, io.EOF) && len(text) == 0 {
			return nil
		}
		if errors.Is(err, io.EOF) || errors.Is(err, errTooLarge) {
			return damaged(err, segment.Name)
		}
		if err != nil {
			return err
		}
		stored, err := parseLine(text, keys)
		if err != nil {
			return damaged(err, segment.Name)
		}
		if err := visit(stored); err != nil {
			return err
		}
	}
}

// readLine reads up to and with a line end, or fails with errTooLarge.
func readLine(reader *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := reader.ReadSlice('\n')
		line = append(line, part...)
		if len(line) > maximumLine {
			return line, errTooLarge
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}

func parseLine(text []byte, keys entryKeys) (record.Stored, error) {
	var line segmentLine
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&line); err != nil {
		return record.Stored{}, err
	}
	stored := record.Stored{Entry: record.Entry{Header: line.Header}}
	var err error
	if stored.LeafBytes, err = hex.DecodeString(line.Leaf); err != nil {
		return record.Stored{}, err
	}
	hash, err := hex.DecodeString(line.LeafHash)
	if err != nil || len(hash) != len(stored.LeafHash) {
		return record.Stored{}, errors.Join(errors.New("a leaf hash has 32 bytes"), err)
	}
	stored.LeafHash = [32]byte(hash)
	id, err := uuid.Parse(line.Header.EntryID)
	if err != nil {
		return record.Stored{}, err
	}
	if key, ok := keys[id]; ok && len(line.Sealed) > 0 {
		return stored, unseal(&stored, line.Sealed, key)
	}
	return stored, nil
}
