// Package files finds the messages in files that a mail program saved: .eml, which hold one each, and .mbox, which hold
// many, and folders of them. The bytes of each message are given in a stream and exactly as they stand in the file, line
// ends included; only the quoting that mbox itself adds is taken away.
//
// What a file is, its content tells, not its name: mbox files have a dozen extensions, or none.
package files

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"constancia/internal/problem"
)

// File is a message in a file.
type File struct {
	// Name is the path of the file as it was given, or below the folder that was given.
	Name string
	// Position is the message's place in its file, counted from 1. A file with a single message has it at 0.
	Position int64
	// Body gives the message's bytes. It is good until the next message is asked for.
	Body io.Reader
}

// Receiver takes what a walk comes upon.
type Receiver struct {
	// Message takes a message. An error of it ends the walk, which returns it as it is.
	Message func(File) error
	// Failed is told of a file or folder that is not there, can't be read, or holds no message; the walk goes on behind
	// it. A file in a folder that holds no message is passed over in silence: a folder may hold anything.
	Failed func(path string, why error)
}

// Walk gives each message in the files and folders to a receiver, folders by name.
//
// Problems: cancelled, and what the receiver returns.
func Walk(ctx context.Context, paths []string, to Receiver) error {
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			err = to.orFailed(path, unreadable(path, err))
		case info.IsDir():
			err = walkFolder(ctx, path, to)
		default:
			err = to.orFailed(path, walkFile(ctx, path, to.Message))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// walkFolder walks what lies in a folder and below it. Links are not followed: they may lead out of it, or in a circle.
func walkFolder(ctx context.Context, folder string, to Receiver) error {
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return to.orFailed(path, unreadable(path, err))
		}
		if !entry.Type().IsRegular() {
			return nil
		}
		err = walkFile(ctx, path, to.Message)
		if errors.Is(err, problem.New(problem.NotAMessage, nil)) {
			return nil
		}
		return to.orFailed(path, err)
	})
}

// orFailed tells the receiver of an error that is about one file only; any other it gives back.
func (to Receiver) orFailed(path string, err error) error {
	if err == nil {
		return nil
	}
	switch problem.From(err).Code {
	case problem.FileNotFound, problem.FileUnreadable, problem.NotAMessage:
		to.Failed(path, err)
		return nil
	}
	return err
}

func walkFile(ctx context.Context, path string, receive func(File) error) error {
	if err := ctx.Err(); err != nil {
		return problem.Wrap(err, problem.Cancelled, nil)
	}
	file, err := os.Open(path)
	if err != nil {
		return unreadable(path, err)
	}
	defer func() { _ = file.Close() }() // it was only read
	content := bufio.NewReaderSize(&source{ctx: ctx, path: path, file: file}, startSize)
	start, err := content.Peek(startSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	switch {
	case isMbox(start):
		return walkMbox(path, content, receive)
	case isMessage(start):
		return receive(File{Name: path, Body: content})
	default:
		return problem.New(problem.NotAMessage, problem.Values{"path": path})
	}
}

// source reads a file until the context is canceled, and gives problems.
type source struct {
	ctx  context.Context
	path string
	file io.Reader
}

func (s *source) Read(into []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, problem.Wrap(err, problem.Cancelled, nil)
	}
	n, err := s.file.Read(into)
	if err != nil && !errors.Is(err, io.EOF) {
		err = unreadable(s.path, err)
	}
	return n, err
}

func unreadable(path string, err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return problem.Wrap(err, problem.FileNotFound, problem.Values{"path": path})
	}
	return problem.Wrap(err, problem.FileUnreadable, problem.Values{"path": path})
}

// startSize is how much of a file is looked at to tell what it is.
const startSize = 16 << 10

// isMbox is whether a file starts as an mbox does: with the line that parts its messages, followed by a header.
func isMbox(start []byte) bool {
	line, rest, found := bytes.Cut(start, []byte("\n"))
	return found && isSeparator(line) && isMessage(rest)
}

// messageFields are fields of which a message has one at least. Other files may look like a header, too.
var messageFields = []string{"from", "to", "date", "subject", "message-id", "received", "return-path", "delivered-to"}

// isMessage is whether bytes start with a header section that has one of the fields of mail.
func isMessage(start []byte) bool {
	start = bytes.TrimPrefix(start, []byte("\xef\xbb\xbf"))
	for number, line := range bytes.Split(start, []byte("\n")) {
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			return false
		}
		if line[0] == ' ' || line[0] == '\t' {
			if number == 0 {
				return false
			}
			continue
		}
		name, _, isField := bytes.Cut(line, []byte(":"))
		if number == 0 && (!isField || bytes.ContainsAny(name, " \t<{[")) {
			return false
		}
		if isField && slices.Contains(messageFields, strings.ToLower(strings.TrimSpace(string(name)))) {
			return true
		}
	}
	return false
}
