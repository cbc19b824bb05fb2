package casework

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"constancia/internal/problem"
)

// writeWhole writes a file under a temporary name in its own folder, makes it durable, and only then gives it its name:
// there is all of it, or nothing. A file that is there already is replaced only with overwrite.
//
// Problems: file_exists, file_unwritable, disk_full, and what write returns.
func writeWhole(path string, overwrite bool, write func(io.Writer) error) (err error) {
	if there, err := os.Lstat(path); err == nil {
		switch {
		case !overwrite:
			return problem.New(problem.FileExists, problem.Values{"path": path})
		case there.IsDir():
			return problem.New(problem.FileUnwritable, problem.Values{"path": path})
		}
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".constancia-*")
	if err != nil {
		return explainFile(err, path)
	}
	defer func() {
		if err != nil {
			_ = file.Close()
			_ = os.Remove(file.Name())
			err = explainFile(err, path)
		}
	}()
	if err := write(file); err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return err
	}
	return syncNames(filepath.Dir(path))
}

// syncNames makes the names in a folder durable: a power cut could take back a rename. Windows has no way to, and some
// disks of others have none; folders that can't be read can't be synced, either.
func syncNames(folder string) error {
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

func explainFile(err error, path string) error {
	if _, known := errors.AsType[*problem.Problem](err); known {
		return err
	}
	values := problem.Values{"path": path}
	_, ofPath := errors.AsType[*fs.PathError](err)
	_, ofRename := errors.AsType[*os.LinkError](err)
	_, ofSystem := errors.AsType[syscall.Errno](err)
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return problem.Wrap(err, problem.DiskFull, values)
	case errors.Is(err, context.Canceled):
		return problem.Wrap(err, problem.Cancelled, nil)
	case errors.Is(err, syscall.EIO):
		return problem.Wrap(err, problem.DiskFailed, values)
	case ofPath || ofRename || ofSystem:
		return problem.Wrap(err, problem.FileUnwritable, values)
	}
	return err
}
