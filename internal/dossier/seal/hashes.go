package seal

import (
	"context"
	"crypto/sha256"
	"hash"
	"io"
)

// hasher computes the hashes that the revisions of a file have to have, while the file is read once.
type hasher struct {
	ctx  context.Context
	from io.ReaderAt
	// plain is the hash of all up to a place, as it stands.
	plain hash.Hash
	at    int64
}

func newHasher(ctx context.Context, from io.ReaderAt) *hasher {
	return &hasher{ctx: ctx, from: from, plain: sha256.New()}
}

// gap is a part of the file, and whether zeros stand in for it or nothing does.
type gap struct {
	from, to int64
	zeros    bool
}

// upTo hashes up to a place.
func (h *hasher) upTo(end int64) error {
	err := copyPart(h.ctx, h.plain, h.from, h.at, end)
	h.at = end
	return err
}

// with is the hash of the file up to end, but for the gaps, which begin behind what was hashed so far.
func (h *hasher) with(end int64, gaps ...gap) (sum [sha256.Size]byte, err error) {
	branch, err := clone(h.plain)
	if err != nil {
		return sum, err
	}
	at := h.at
	for _, gap := range gaps {
		if err := copyPart(h.ctx, branch, h.from, at, gap.from); err != nil {
			return sum, err
		}
		if gap.zeros {
			writeZeros(branch, gap.to-gap.from)
		}
		at = gap.to
	}
	if err := copyPart(h.ctx, branch, h.from, at, end); err != nil {
		return sum, err
	}
	return [sha256.Size]byte(branch.Sum(nil)), nil
}

func clone(h hash.Hash) (hash.Hash, error) {
	cloned, err := h.(hash.Cloner).Clone() // all of the standard library can be
	if err != nil {
		return nil, err
	}
	return cloned, nil
}

// writeZeros writes the digit.
func writeZeros(h hash.Hash, count int64) {
	for ; count > 0; count -= int64(len(zeroDigest)) {
		_, _ = io.WriteString(h, zeroDigest[:min(count, int64(len(zeroDigest)))])
	}
}

func copyPart(ctx context.Context, to io.Writer, from io.ReaderAt, start, end int64) error {
	_, err := io.CopyBuffer(struct{ io.Writer }{to}, &cancellable{ctx, io.NewSectionReader(from, start, end-start)}, make([]byte, 256<<10))
	return err
}
