//go:build !windows

package library

import (
	"errors"
	"os"
)

// syncFolder makes the names in a folder durable. Without it a power cut can take back a rename.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// replaceFile gives a file its name, in place of one that has it.
func replaceFile(from, to string) error { return os.Rename(from, to) }

// othersCanRead reports whether not only its owner can read a file.
func othersCanRead(info os.FileInfo) bool { return info.Mode().Perm()&0o077 != 0 }
