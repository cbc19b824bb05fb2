package library

import (
	"errors"
	"io/fs"
	"os"
)

// replaceFile gives a file its name, in place of one that has it. Windows does not replace a file that is read-only, as
// those in the vault are.
func replaceFile(from, to string) error {
	if err := os.Chmod(to, 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Rename(from, to)
}

// othersCanRead is not in a mode here: the folder's access list says it.
func othersCanRead(os.FileInfo) bool { return false }
