package library

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"sync"
	"time"

	"constancia/internal/cancel"
)

// OpenContentInParts gives the bytes of a content to read from any place. A hash speaks of the whole only, so the whole is
// held against it before the first byte is given; a large file that was found whole is not read through again while the
// library is open and the file has kept its size and time.
//
// Problems: content_missing, content_damaged.
func (l *Library) OpenContentInParts(ctx context.Context, sum string) (io.ReadSeekCloser, error) {
	small, large, err := l.findContent(ctx, sum)
	if err != nil {
		return nil, err
	}
	if large == nil {
		return unclosed{bytes.NewReader(small)}, nil
	}
	if err := l.foundWhole.require(ctx, large, sum); err != nil {
		return nil, errors.Join(l.options.explain(err), large.Close())
	}
	return large, nil
}

// unclosed is a reader that has nothing to close.
type unclosed struct{ *bytes.Reader }

func (unclosed) Close() error { return nil }

// foundWhole remembers which files of the vault were read through and had the hash they are named by.
type foundWhole struct {
	mu    sync.Mutex
	files map[string]fileState
}

// fileState is by what a file that was changed is noticed without reading it.
type fileState struct {
	size     int64
	modified time.Time
}

// require fails with content_damaged unless a file has the bytes of a hash. The file stands at its beginning afterwards.
func (f *foundWhole) require(ctx context.Context, file *os.File, sum string) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	state := fileState{info.Size(), info.ModTime()}
	f.mu.Lock()
	known, seen := f.files[sum]
	f.mu.Unlock()
	if seen && known == state {
		return nil
	}
	digest := sha256.New()
	if _, err := cancel.Copy(ctx, digest, file); err != nil {
		return err
	}
	if hex.EncodeToString(digest.Sum(nil)) != sum {
		return contentDamaged(sum)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.files == nil {
		f.files = map[string]fileState{}
	}
	f.files[sum] = state
	_, err = file.Seek(0, io.SeekStart)
	return err
}
