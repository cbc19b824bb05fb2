package app

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Drafts keep what was typed and not saved: outside the record, which holds only what the person said is so.
type Drafts struct{ desk *desk }

// Read gives what was kept under a key; empty when there is nothing.
func (s *Drafts) Read(key string) (text string, err error) {
	defer guard(&err)
	kept, err := os.ReadFile(s.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return string(kept), err
}

// Keep remembers what was typed.
func (s *Drafts) Keep(key, text string) (err error) {
	defer guard(&err)
	return writePrivately(s.path(key), []byte(text))
}

// Drop forgets what was kept.
func (s *Drafts) Drop(key string) (err error) {
	defer guard(&err)
	if err := os.Remove(s.path(key)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// path is named after the key's hash: the page says what a key is, and no part of it becomes part of a path.
func (s *Drafts) path(key string) string {
	digest := sha256.Sum256([]byte(key))
	return filepath.Join(s.desk.state, "drafts", hex.EncodeToString(digest[:16])+".json")
}
