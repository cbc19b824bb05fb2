package secret

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"constancia/internal/durable"
	"constancia/internal/problem"
)

// readFile reads the file of a secret. One that others may read, because it was copied here, is theirs no longer.
func readFile(path string) (value []byte, found bool, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		err = os.Chmod(path, 0o600)
	}
	if err == nil {
		value, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, false, problem.Wrap(err, problem.FileUnreadable, problem.Values{"path": path})
	}
	return value, true, nil
}

// writeFile writes a file, all of it or nothing, into a folder that others are kept out of.
func writeFile(path string, value []byte) error {
	err := makeFolder(filepath.Dir(path))
	if err == nil {
		err = durable.WriteFile(path, func(w io.Writer) error {
			_, err := w.Write(value)
			return err
		})
	}
	return explain(err, path)
}

// makeFolder makes a folder and those above it that are not there, and keeps others out of it.
func makeFolder(path string) error {
	info, err := os.Stat(path)
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		return os.Chmod(path, 0o700)
	}
	return durable.MakeFolders(path)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func explain(err error, path string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC):
		return problem.Wrap(err, problem.DiskFull, problem.Values{"path": path})
	}
	return problem.Wrap(err, problem.FileUnwritable, problem.Values{"path": path})
}
