package backup

import (
	"context"
	"errors"
	"io/fs"
	"syscall"

	"constancia/internal/problem"
)

// explain gives what went wrong with a backup folder its words.
func explain(err error, path string) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*problem.Problem](err); ok {
		return err
	}
	values := problem.Values{"path": path}
	switch {
	case errors.Is(err, context.Canceled):
		return problem.Wrap(err, problem.Cancelled, nil)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return problem.Wrap(err, problem.DiskFull, values)
	case errors.Is(err, syscall.EFBIG): // FAT holds no file of 4 GiB
		return problem.Wrap(err, problem.BackupFileTooLarge, values)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return problem.Wrap(err, problem.BackupUnwritable, values)
	}
	// Whatever else a disk says: it was pulled out, it is failing, or the server behind it is gone.
	return problem.Wrap(err, problem.BackupUnreachable, values)
}

// What an object can be, for errors.Is.
var (
	errDamaged = problem.New(problem.BackupDamaged, nil)
	errMissing = problem.New(problem.BackupObjectMissing, nil)
)

// damaged says that an object is not as it was written.
func damaged(err error, name string) error {
	return problem.Wrap(err, problem.BackupDamaged, problem.Values{"path": name})
}
