//go:build !windows

package secret

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
