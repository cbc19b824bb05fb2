package backup

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"

	"filippo.io/age"

	"constancia/internal/problem"
)

// maximumMarked is the largest list that is read into memory. A snapshot of a million files, and the keys of a million
// entries, are well below it.
const maximumMarked = 256 << 20

// putMarked writes a list that others objects are found by: the mark that proves that its writer had the key, then the
// body. Anybody can encrypt to a public key; only who has the recovery key can write such a list.
func (f *folder) putMarked(ctx context.Context, name string, body []byte) error {
	w, err := f.create(name)
	if err != nil {
		return err
	}
	defer w.abandon()
	for _, part := range [][]byte{f.key.mark(name, body), body} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	_, err = w.finish(ctx)
	return err
}

// readMarked reads a list and refuses with backup_damaged what was not written under this name by somebody with the key.
func (f *folder) readMarked(name string) ([]byte, error) {
	file, err := f.openRegular(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, problem.Wrap(err, problem.BackupObjectMissing, problem.Values{"path": name})
	case errors.Is(err, errNotRegular):
		return nil, damaged(err, name)
	case err != nil:
		return nil, explain(err, f.path)
	}
	defer func() { _ = file.Close() }()
	decrypted, err := age.Decrypt(file, f.key.parts.identity)
	if err != nil {
		return nil, damaged(err, name)
	}
	text, err := io.ReadAll(io.LimitReader(decrypted, maximumMarked+1))
	if err != nil {
		return nil, damaged(err, name)
	}
	if len(text) < sha256.Size || len(text) > maximumMarked {
		return nil, damaged(errTooLarge, name)
	}
	mark, body := text[:sha256.Size], text[sha256.Size:]
	if !hmac.Equal(mark, f.key.mark(name, body)) {
		return nil, damaged(nil, name)
	}
	return body, nil
}
