package backup

import (
	"context"
	"path"

	"github.com/google/uuid"
)

// entryKeys are the keys that the entries in a device's objects are sealed under. They lie in the one object that is
// replaced: an erasure takes the key out, and with it the entry out of every snapshot.
type entryKeys map[uuid.UUID][32]byte

const keySize = 16 + 32 // bytes in the list: the entry's id, and its key

func keysName(device string) string { return path.Join(device, "keys.age") }

// readKeys gives a device's keys.
//
// Problems: backup_object_missing, backup_damaged, backup_unreachable.
func (f *folder) readKeys(device string) (entryKeys, error) {
	body, err := f.readMarked(keysName(device))
	if err != nil {
		return nil, err
	}
	if len(body)%keySize != 0 {
		return nil, damaged(nil, keysName(device))
	}
	keys := make(entryKeys, len(body)/keySize)
	for ; len(body) > 0; body = body[keySize:] {
		keys[uuid.UUID(body[:16])] = [32]byte(body[16:keySize])
	}
	return keys, nil
}

func (f *folder) putKeys(ctx context.Context, device string, keys entryKeys) error {
	body := make([]byte, 0, len(keys)*keySize)
	for id, key := range keys {
		body = append(append(body, id[:]...), key[:]...)
	}
	return f.putMarked(ctx, keysName(device), body)
}

// forget takes keys away, and reports whether there were any.
func (k entryKeys) forget(erased map[uuid.UUID]bool) bool {
	before := len(k)
	for id := range erased {
		delete(k, id)
	}
	return len(k) < before
}
