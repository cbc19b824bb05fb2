// Package durable writes files that a power cut can't take back, nor leave half-written.
package durable

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// WriteFile writes a file, which only its owner can read, under a temporary name in its own folder, makes it durable, and
// only then gives it its name: there is all of it, or what was there before.
func WriteFile(path string, write func(io.Writer) error) error {
	return WriteAndReadBack(path, func(file *os.File) error { return write(file) })
}

// WriteAndReadBack is [WriteFile] for who wants to look at what was written before it gets its name.
func WriteAndReadBack(path string, write func(*os.File) error) error {
	folder := filepath.Dir(path)
	file, err := os.CreateTemp(folder, temporaryPrefix(path)+"*") // 0600
	if err != nil {
		return err
	}
	err = write(file)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
		return err
	}
	return SyncNames(folder)
}

// temporaryPrefix begins the names that a file has while it is written.
func temporaryPrefix(path string) string { return "." + filepath.Base(path) + "." }

// Remove removes a file, if it is there, and what power cuts left of its being written.
func Remove(path string) error {
	folder := filepath.Dir(path)
	siblings, err := os.ReadDir(folder)
	if err != nil {
		return ignoreAbsent(err)
	}
	for _, sibling := range siblings {
		name := sibling.Name()
		if name != filepath.Base(path) && !strings.HasPrefix(name, temporaryPrefix(path)) {
			continue
		}
		if err := ignoreAbsent(os.Remove(filepath.Join(folder, name))); err != nil {
			return err
		}
	}
	return nil
}

// MakeFolders makes a folder and those above it that are not there, for their owner only: a folder whose name is lost in
// a power cut is lost with all that is in it.
func MakeFolders(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return os.MkdirAll(path, 0o700) // it is there, or can't be, and that says why
	}
	above := filepath.Dir(path)
	if err := MakeFolders(above); err != nil {
		return err
	}
	if err := os.Mkdir(path, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return SyncNames(above)
}

// SyncNames makes the names in a folder durable: without it a power cut can take back a rename. Windows has no way to,
// and NTFS keeps renames in its journal; some disks of others have none and say so. A folder that can't be read can't be
// synced, either, though names can be made in it.
func SyncNames(folder string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	opened, err := os.Open(folder)
	if err == nil {
		err = errors.Join(opened.Sync(), opened.Close())
	}
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}

func ignoreAbsent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
