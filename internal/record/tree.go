package record

import (
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Tree is the Merkle tree of a log's first entries: how many, and the hash that stands for all of them. Its leaf hashes
// are those of [LeafHash] in the order of the log, and its other hashes those of RFC 6962, section 2.1 (the same as in
// RFC 9162, section 2.1). The root does not tell the size: both must come from one signed [Head], or be computed.
type Tree struct {
	// Size counts the entries: the tree holds those of sequence 1 to Size. It is at least 1 and at most 2^53 - 1.
	Size int64
	Root [32]byte
}

// Proof is what proves something about a tree to somebody who does not have it: hashes of its subtrees, in the order of
// RFC 6962, sections 2.1.1 and 2.1.2. It has at most one and two of them, respectively, for each level of the tree.
type Proof [][32]byte

// HashReader reads the stored hashes of one log's tree. They have indexes from 0 without gaps, in the order in which
// [GrowTree] gave them, and never change. It returns as many hashes as it got indexes, or an error.
type HashReader interface {
	ReadHashes(indexes []int64) ([][32]byte, error)
}

var (
	// ErrNotProved says that a proof does not prove what it was given for: it is cut, changed or of another tree, or what
	// it is to prove is not so.
	ErrNotProved = errors.New("the proof does not hold")
	// ErrNoSuchTree says that a size is outside 1 to 2^53 - 1, or a place outside the tree.
	ErrNoSuchTree = errors.New("there is no such tree, or no such place in it")
)

// GrowTree gives the hashes to store when the entry with that leaf hash is appended to a log of size entries, and the
// index of the first; the others follow it. They are the leaf hash and the hashes of the subtrees that it completes: two
// on the average. Stored must hold the hashes of the earlier entries.
func GrowTree(size int64, leafHash [32]byte, stored HashReader) (first int64, added [][32]byte, err error) {
	if size < 0 || size >= maxInteger {
		return 0, nil, ErrNoSuchTree
	}
	hashes, err := tlog.StoredHashesForRecordHash(size, leafHash, treeReader{stored})
	if err != nil {
		return 0, nil, fmt.Errorf("failed to grow a tree of %d: %w", size, err)
	}
	return tlog.StoredHashCount(size), bare(hashes), nil
}

// TreeOf gives the tree of the log's first size entries, also when more are stored.
func TreeOf(size int64, stored HashReader) (Tree, error) {
	if size < 1 || size > maxInteger {
		return Tree{}, ErrNoSuchTree
	}
	root, err := tlog.TreeHash(size, treeReader{stored})
	if err != nil {
		return Tree{}, fmt.Errorf("failed to hash a tree of %d: %w", size, err)
	}
	return Tree{size, root}, nil
}

// ProveInclusion proves which entry stands at a sequence of the log, to whoever has the tree of that size.
func ProveInclusion(size, sequence int64, stored HashReader) (Proof, error) {
	if !(Tree{Size: size}).has(sequence) {
		return nil, ErrNoSuchTree
	}
	proof, err := tlog.ProveRecord(size, sequence-1, treeReader{stored})
	if err != nil {
		return nil, fmt.Errorf("failed to prove entry %d of %d: %w", sequence, size, err)
	}
	return bare(proof), nil
}

// CheckInclusion returns nil when the proof shows that the entry with that leaf hash stands at that sequence of the tree,
// else [ErrNotProved] or [ErrNoSuchTree].
func (t Tree) CheckInclusion(proof Proof, sequence int64, leafHash [32]byte) error {
	if !t.has(sequence) {
		return ErrNoSuchTree
	}
	if tlog.CheckRecord(treeHashes(proof), t.Size, t.Root, sequence-1, leafHash) != nil {
		return ErrNotProved
	}
	return nil
}

// ProveConsistency proves that the log of size newer begins with the log of size older: that nothing was changed,
// moved or dropped in between. The proof is empty when both are the same size.
func ProveConsistency(older, newer int64, stored HashReader) (Proof, error) {
	if !(Tree{Size: newer}).has(older) {
		return nil, ErrNoSuchTree
	}
	proof, err := tlog.ProveTree(newer, older, treeReader{stored})
	if err != nil {
		return nil, fmt.Errorf("failed to prove that %d entries begin with %d: %w", newer, older, err)
	}
	return bare(proof), nil
}

// CheckConsistency returns nil when the proof shows that the tree begins with all that the older tree holds, else
// [ErrNotProved], or [ErrNoSuchTree] when the older one is the larger.
func (t Tree) CheckConsistency(proof Proof, older Tree) error {
	if !t.has(older.Size) {
		return ErrNoSuchTree
	}
	if tlog.CheckTree(treeHashes(proof), t.Size, t.Root, older.Size, older.Root) != nil {
		return ErrNotProved
	}
	return nil
}

// has reports whether the tree is of a size that may be, and sequence within it.
func (t Tree) has(sequence int64) bool {
	return 1 <= sequence && sequence <= t.Size && t.Size <= maxInteger
}

// treeReader lends a HashReader to package tlog, which has a type of its own for hashes.
type treeReader struct{ stored HashReader }

func (r treeReader) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	if len(indexes) == 0 {
		return nil, nil
	}
	hashes, err := r.stored.ReadHashes(indexes)
	return treeHashes(hashes), err
}

func treeHashes(hashes [][32]byte) []tlog.Hash {
	converted := make([]tlog.Hash, len(hashes))
	for i, hash := range hashes {
		converted[i] = hash
	}
	return converted
}

func bare(hashes []tlog.Hash) [][32]byte {
	converted := make([][32]byte, len(hashes))
	for i, hash := range hashes {
		converted[i] = hash
	}
	return converted
}
