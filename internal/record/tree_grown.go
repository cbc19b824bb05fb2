package record

import "errors"

// GrownTree is a log's tree in memory, made from leaf hashes one after the other. The zero value is that of an empty log.
type GrownTree struct {
	size   int64
	hashes [][32]byte
}

// Append adds the leaf hash of the log's next entry.
func (t *GrownTree) Append(leafHash [32]byte) {
	_, added, err := GrowTree(t.size, leafHash, t)
	if err != nil {
		panic(err) // all hashes are in memory, and no memory holds 2^53 of them
	}
	t.hashes = append(t.hashes, added...)
	t.size++
}

// Size counts the entries.
func (t *GrownTree) Size() int64 { return t.size }

// ReadHashes gives stored hashes, as [HashReader] tells.
func (t *GrownTree) ReadHashes(indexes []int64) ([][32]byte, error) {
	hashes := make([][32]byte, len(indexes))
	for i, index := range indexes {
		if index < 0 || index >= int64(len(t.hashes)) {
			return nil, errNotStored
		}
		hashes[i] = t.hashes[index]
	}
	return hashes, nil
}

var errNotStored = errors.New("the tree does not have that hash")
