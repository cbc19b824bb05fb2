package seal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// ErrSealTooLarge says that a token or signature is larger than any usual one.
var ErrSealTooLarge = errors.New("the time stamp or signature is too large")

// Stamp makes a document time stamp (ETSI EN 319 142-1, section 5.4.3) for a finished file of size bytes: a revision to
// write behind it, so that the file as it was stays as it is. token gets the DER of a time stamp (RFC 3161) for a SHA-256.
// The stamp comes last; a file that has one can get another.
//
// Errors: [ErrNotFinished], [ErrSealTooLarge], those of token, from and ctx.
func Stamp(
	ctx context.Context, from io.ReaderAt, size int64, token func(hash [sha256.Size]byte) ([]byte, error),
) (revision []byte, err error) {
	return addUpdate(ctx, from, size, stampType(), func(h *hasher, u *update, end int64) ([]byte, error) {
		imprint, err := h.with(end, u.unsigned())
		if err != nil {
			return nil, err
		}
		return token(imprint)
	})
}

// unsigned is what a seal does not cover: itself, with the brackets around it.
func (u *update) unsigned() gap { return gap{from: u.contents - 1, to: u.contentsEnd + 1} }

// unhashed are what a revision's own hash does not cover.
func (u *update) unhashed() []gap {
	return []gap{{u.contents, u.contentsEnd, true}, {u.hash, u.hash + int64(len(zeroDigest)), true}}
}

// addUpdate makes a revision with what sealed makes.
func addUpdate(
	ctx context.Context, from io.ReaderAt, size int64, signature dict,
	sealed func(h *hasher, u *update, end int64) ([]byte, error),
) (revision []byte, err error) {
	before, err := open(from, size)
	if err != nil {
		return nil, err
	}
	u, err := newUpdate(before, signature)
	if err != nil {
		return nil, err
	}
	whole := &patched{from: from, size: size, update: u.bytes}
	end := size + int64(len(u.bytes))
	h := newHasher(ctx, whole)
	if err := h.upTo(size); err != nil {
		return nil, err
	}
	own, err := h.with(end, u.unhashed()...)
	if err != nil {
		return nil, err
	}
	u.put(before, u.hash, hex.EncodeToString(own[:]))
	made, err := sealed(h, u, end)
	if err != nil {
		return nil, err
	}
	if len(made) > capacity {
		return nil, fmt.Errorf("%w: %d bytes", ErrSealTooLarge, len(made))
	}
	u.put(before, u.contents, hex.EncodeToString(made))
	return u.bytes, nil
}

// patched is a file with a revision behind it that has not been written yet.
type patched struct {
	from   io.ReaderAt
	size   int64
	update []byte
}

func (p *patched) ReadAt(data []byte, at int64) (n int, err error) {
	if at < p.size {
		n, err = p.from.ReadAt(data[:min(int64(len(data)), p.size-at)], at)
		if err != nil && (err != io.EOF || at+int64(n) < p.size) || n == len(data) {
			return n, err
		}
	}
	behind := at + int64(n) - p.size
	if behind >= int64(len(p.update)) {
		return n, io.EOF
	}
	copied := copy(data[n:], p.update[behind:])
	if n += copied; n < len(data) {
		return n, io.EOF
	}
	return n, nil
}
