// Package files finds the messages in what a mail program saved: .eml and Apple Mail's .emlx, which hold one each; mbox
// files, which hold many; each of them packed with gzip; Takeout's .zip and .tgz; and folders of all these, Maildir among
// them. The bytes of each message are given in a stream, as near to what was received as the form allows: line ends stay,
// and only what mbox itself adds is taken away. Nothing is unpacked to the disk.
//
// What a file is, its content tells, not its name: mbox files have a dozen extensions, or none.
package files

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"constancia/internal/problem"
)

// File is a message in a file.
type File struct {
	// Name is the path of the file as it was given, or below the folder that was given.
	Name string
	// Body gives the message's bytes. It is good until the next message is asked for.
	Body io.Reader

	place func() Place
}

// Place is where in its file a message stands, and in which form. It is settled once the body was read to its end.
func (f File) Place() Place { return f.place() }

// Place is where in a file a message stands, and in which form.
type Place struct {
	Form Form
	// Member is the name of the file within an archive, cleaned to be shown. Outside of an archive it is empty.
	Member string
	// Gzip is whether the file is packed with gzip.
	Gzip bool
	// Position is the message's place in an mbox, counted from 1. A file with a single message has it at 0.
	Position int64
	// Offset is where its first byte stands in the file, unpacked.
	Offset int64
	// Unquoted is how many lines were freed of the mark that an mbox had put before them.
	Unquoted int64
	// Labels are the labels that Gmail had on it, as Takeout tells them: the person's folders, but also its own.
	Labels []string
}

// Form is how a message is written in its file.
type Form string

// The forms. In an mbox a line that starts with "From " parts the messages, and such lines within a message are marked
// with ">". Programs differ in what they do with a line that has such a mark already, so that only a message in which no
// line is marked, or whose length is told, is certainly the same as it was received.
const (
	EML  Form = "eml"
	EMLX Form = "emlx" // Apple Mail's: its length, the message, and a property list
	// Mbox has no marked line: the same in each of the forms below.
	Mbox Form = "mbox"
	// MboxO has lines with a single mark, which was taken away. A program that leaves marked lines as they are can't tell
	// them from lines that had the mark when they were received.
	MboxO Form = "mboxo"
	// MboxRD has lines with several marks: each marked line got one more, and one was taken away.
	MboxRD Form = "mboxrd"
	// MboxCL2 tells the length of the message and marks nothing (Content-Length).
	MboxCL2 Form = "mboxcl2"
)

// Skip is why something is passed over.
type Skip string

// Reasons to pass over a file, or a message in it.
const (
	NotMail     Skip = "not_mail"
	Nested      Skip = "nested"      // an archive within an archive
	Link        Skip = "link"        // it may lead out of the folder, or in a circle
	Special     Skip = "special"     // a device, a pipe
	Undelivered Skip = "undelivered" // in a Maildir's tmp: not whole yet
	Deleted     Skip = "deleted"     // deleted in the mail program, and not cleared away yet
)

// Receiver takes what a walk comes upon.
type Receiver struct {
	// Message takes a message. An error of it ends the walk, which returns it as it is, unless it is one of those that
	// reading the body gives.
	Message func(File) error
	// Failed is told of a file, a folder or a member of an archive that is not there, can't be read, or was given by name
	// and holds no message. The walk goes on behind it.
	Failed func(path string, why error)
	// Skipped is told of what is passed over in a folder or an archive, which may hold anything.
	Skipped func(path string, why Skip)
	// Read is told how many bytes of the files were read in all, as they lie on the disk. It may be nil.
	Read func(bytes int64)
}

// Walk gives each message in the files and folders to a receiver, folders by name.
//
// Problems: cancelled, and what the receiver returns.
func Walk(ctx context.Context, paths []string, to Receiver) error {
	w := &walk{ctx: ctx, to: to}
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			err = w.orFailed(path, unreadable(path, err))
		case info.IsDir():
			err = w.folder(path)
		case !info.Mode().IsRegular():
			err = w.orFailed(path, problem.New(problem.NotAMessage, problem.Values{"path": path}))
		default:
			err = w.orFailed(path, w.file(path))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Size is how many bytes the files and those in the folders have together. What can't be read has none.
func Size(ctx context.Context, paths []string) int64 {
	var total int64
	for _, path := range paths {
		_ = filepath.WalkDir(path, func(_ string, entry fs.DirEntry, err error) error {
			if err != nil || ctx.Err() != nil {
				return ctx.Err()
			}
			if info, err := entry.Info(); err == nil && entry.Type().IsRegular() {
				total += info.Size()
			}
			return nil
		})
	}
	return total
}

// walk is the state of one Walk.
type walk struct {
	ctx  context.Context
	to   Receiver
	read int64
}

// folder walks what lies in a folder and below it. Links are not followed.
func (w *walk) folder(folder string) error {
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return w.orFailed(path, unreadable(path, err))
		case entry.IsDir() && isMaildirTmp(path):
			w.to.Skipped(path, Undelivered)
			return fs.SkipDir
		case entry.IsDir():
			return nil
		case entry.Type()&fs.ModeSymlink != 0:
			w.to.Skipped(path, Link)
			return nil
		case !entry.Type().IsRegular():
			w.to.Skipped(path, Special)
			return nil
		}
		err = w.file(path)
		if errors.Is(err, problem.New(problem.NotAMessage, nil)) {
			w.to.Skipped(path, NotMail)
			return nil
		}
		return w.orFailed(path, err)
	})
}

// isMaildirTmp is whether a folder is the one in which a Maildir's messages are written before they are delivered.
func isMaildirTmp(path string) bool {
	if filepath.Base(path) != "tmp" {
		return false
	}
	for _, sibling := range []string{"cur", "new"} {
		if info, err := os.Stat(filepath.Join(filepath.Dir(path), sibling)); err != nil || !info.IsDir() {
			return false
		}
	}
	return true
}

// orFailed tells the receiver of an error that is about one file only; any other it gives back.
func (w *walk) orFailed(path string, err error) error {
	if err == nil {
		return nil
	}
	switch problem.From(err).Code {
	case problem.FileNotFound, problem.FileUnreadable, problem.NotAMessage, problem.OutlookFile,
		problem.MailArchiveUnreadable, problem.MailArchiveTooLarge:
		w.to.Failed(path, err)
		return nil
	}
	return err
}

// canceled is the problem of a walk that was called off.
func (w *walk) canceled() error {
	if err := w.ctx.Err(); err != nil {
		return problem.Wrap(err, problem.Cancelled, nil)
	}
	return nil
}

func unreadable(path string, err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return problem.Wrap(err, problem.FileNotFound, problem.Values{"path": path})
	}
	return problem.Wrap(err, problem.FileUnreadable, problem.Values{"path": path})
}
