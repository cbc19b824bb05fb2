package casework

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"

	"constancia/internal/durable"
	"constancia/internal/problem"
)

// writeWhole writes a file for the person, all of it or nothing. A file that is there already is replaced only with
// overwrite.
//
// Problems: file_exists, file_unwritable, disk_full, and what write returns.
func writeWhole(path string, overwrite bool, write func(io.Writer) error) error {
	return writeAndReadBack(path, overwrite, func(file *os.File) error { return write(file) })
}

// writeAndReadBack is [writeWhole] for who looks at what was written before it gets its name.
func writeAndReadBack(path string, overwrite bool, write func(*os.File) error) error {
	if there, err := os.Lstat(path); err == nil {
		switch {
		case !overwrite:
			return problem.New(problem.FileExists, problem.Values{"path": path})
		case there.IsDir():
			return problem.New(problem.FileUnwritable, problem.Values{"path": path})
		}
	}
	return explainFile(durable.WriteAndReadBack(path, write), path)
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

// counter counts what is written.
type counter struct {
	io.Writer
	bytes int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.Writer.Write(p)
	c.bytes += int64(n)
	return n, err
}
