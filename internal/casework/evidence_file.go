package casework

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/gabriel-vasile/mimetype"

	"constancia/internal/problem"
)

// sniffed is how many bytes are looked at to tell what a file is.
const sniffed = 4096

// mediaTypeOf tells what a file is by its first bytes, without parameters: image/jpeg.
func mediaTypeOf(head []byte) string {
	mediaType, _, _ := strings.Cut(mimetype.Detect(head).String(), ";")
	return mediaType
}

// AddEvidenceFile keeps the file at path. A name in n stands in for the file's own.
//
// Problems: file_not_found, file_unreadable, file_changed when it was written to meanwhile, and those of AddEvidence.
func (c *Casework) AddEvidenceFile(ctx context.Context, path string, n AddEvidence) (Added, error) {
	file, err := openFile(path)
	if err != nil {
		return Added{}, err
	}
	defer func() { _ = file.Close() }()
	before, err := file.Stat()
	if err != nil {
		return Added{}, problem.Wrap(err, problem.FileUnreadable, problem.Values{"path": path})
	}
	n.Content = &watchedFile{file: file, path: path, before: before, progress: n.Progress}
	if n.FileName == "" {
		n.FileName = filepath.Base(path)
	}
	return c.AddEvidence(ctx, n)
}

// FileMediaType tells what the file at path is by its first bytes: image/jpeg.
//
// Problems: file_not_found, file_unreadable.
func FileMediaType(path string) (string, error) {
	file, err := openFile(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }()
	head := make([]byte, sniffed)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", problem.Wrap(err, problem.FileUnreadable, problem.Values{"path": path})
	}
	return mediaTypeOf(head[:n]), nil
}

func openFile(path string) (*os.File, error) {
	values := problem.Values{"path": path}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, problem.Wrap(err, problem.FileNotFound, values)
	}
	if err != nil || !info.Mode().IsRegular() { // opening a pipe would wait for somebody to write into it
		return nil, problem.Wrap(err, problem.FileUnreadable, values)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, problem.Wrap(err, problem.FileUnreadable, values)
	}
	return file, nil
}

// watchedFile is a person's file while it is read. Bytes from before and after a change would be a file that never was,
// so one that was written to meanwhile is refused at its end.
type watchedFile struct {
	file     *os.File
	path     string
	before   fs.FileInfo
	read     int64
	progress func(bytes int64)
}

func (f *watchedFile) Read(p []byte) (int, error) {
	n, err := f.file.Read(p)
	f.read += int64(n)
	if n > 0 && f.progress != nil {
		f.progress(f.read)
	}
	values := problem.Values{"path": f.path}
	if errors.Is(err, io.EOF) {
		after, statErr := f.file.Stat()
		if statErr != nil || f.read != after.Size() || after.Size() != f.before.Size() || !after.ModTime().Equal(f.before.ModTime()) {
			return n, problem.Wrap(statErr, problem.FileChanged, values)
		}
	} else if err != nil && !errors.Is(err, syscall.EIO) { // a disk that fails has words of its own
		err = problem.Wrap(err, problem.FileUnreadable, values)
	}
	return n, err
}
