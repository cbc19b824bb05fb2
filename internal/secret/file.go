package secret

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

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

// writeWhole writes a file under a temporary name, makes it durable, and only then gives it its name: there is all of
// it, or what was there before.
func writeWhole(path string, value []byte) (err error) {
	defer func() { err = explain(err, path) }()
	folder := filepath.Dir(path)
	if err := makeFolder(folder); err != nil {
		return err
	}
	file, err := os.CreateTemp(folder, temporary(path)) // 0600
	if err != nil {
		return err
	}
	_, err = file.Write(value)
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
		return err
	}
	return syncFolder(folder)
}

// temporary is the pattern of the names that a file has while it is written.
func temporary(path string) string { return "." + filepath.Base(path) + ".*" }

// removeAll removes files, and what a power cut left of their being written.
func removeAll(paths ...string) error {
	for _, path := range paths {
		left, err := filepath.Glob(filepath.Join(filepath.Dir(path), temporary(path)))
		if err != nil {
			return err
		}
		for _, path := range append(left, path) {
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return explain(err, path)
			}
		}
	}
	return nil
}

// makeFolder makes a folder and those above it that are not there, durably, and keeps others out of it.
func makeFolder(path string) error {
	info, err := os.Stat(path)
	if err == nil {
		if info.Mode().Perm()&0o077 == 0 {
			return nil
		}
		return os.Chmod(path, 0o700)
	}
	if above := filepath.Dir(path); !exists(above) {
		if err := makeFolder(above); err != nil {
			return err
		}
	}
	if err := os.Mkdir(path, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncFolder(filepath.Dir(path))
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
