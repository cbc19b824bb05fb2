package files

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"strconv"

	"constancia/internal/problem"
)

// content is a file that is being read, or a member of an archive.
type content struct {
	// path is the file's, and member its name within an archive.
	path, member string
	gzip         bool
	// whole reads the content at any place. It is nil where there is but a stream.
	whole  io.ReaderAt
	stream *bufio.Reader
}

// shown is the name by which a person finds it.
func (c content) shown() string {
	if c.member == "" {
		return c.path
	}
	return c.path + "/" + c.member
}

func (c content) notAMessage() error {
	return problem.New(problem.NotAMessage, problem.Values{"path": c.shown()})
}

// file gives the messages of a file.
func (w *walk) file(path string) error {
	if err := w.canceled(); err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return unreadable(path, err)
	}
	defer func() { _ = file.Close() }() // it was only read
	source := &source{walk: w, path: path, file: file}
	c := content{path: path, whole: file, stream: bufio.NewReaderSize(source, startSize)}
	start, err := c.stream.Peek(startSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	switch kindOf(path, start) {
	case kindZip:
		return w.zip(path, source)
	case kindGzip:
		return w.gzip(c, source)
	case kindTar:
		return w.tar(c)
	case kindOther, kindMessage, kindEMLX, kindMbox, kindOutlook:
	}
	return w.messages(c)
}

// gzip gives the messages of a file that is packed with gzip: one of those with messages, or a .tgz.
func (w *walk) gzip(c content, source *source) error {
	packed, err := gzip.NewReader(c.stream)
	if err != nil {
		return archiveUnreadable(c.path, err)
	}
	allowed := newAllowance(source.size())
	c.gzip, c.whole = true, nil
	c.stream = bufio.NewReaderSize(&unpacked{walk: w, shown: c.path, from: packed, allowed: allowed}, startSize)
	start, err := c.stream.Peek(startSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if kindOf(c.path, start) == kindTar {
		return w.tar(c)
	}
	return w.messages(c)
}

// messages gives the messages of what is no archive.
func (w *walk) messages(c content) error {
	start, err := c.stream.Peek(startSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	name := c.path
	if c.member != "" {
		name = c.member
	}
	place := Place{Member: c.member, Gzip: c.gzip}
	switch kindOf(name, start) {
	case kindMbox:
		return w.mbox(c, place)
	case kindEMLX:
		return w.emlx(c, place)
	case kindMessage:
		place.Form = EML
		return w.to.Message(File{Name: c.path, Body: c.stream, place: func() Place { return place }})
	case kindOutlook:
		return problem.New(problem.OutlookFile, problem.Values{"path": c.shown()})
	case kindOther, kindGzip, kindZip, kindTar:
	}
	return c.notAMessage()
}

// emlx gives the message of a file of Apple Mail: a line with the message's length in bytes, the message, and a property
// list, which is no part of it.
func (w *walk) emlx(c content, place Place) error {
	line, err := c.stream.ReadSlice('\n')
	if err != nil {
		return unreadable(c.shown(), err)
	}
	length, _ := lengthLine(line)
	place.Form, place.Offset = EMLX, int64(len(line))
	return w.to.Message(File{Name: c.path, Body: io.LimitReader(c.stream, length), place: func() Place { return place }})
}

// lengthLine reads the first line of an .emlx.
func lengthLine(line []byte) (int64, bool) {
	digits := bytes.TrimRight(line, " \t\r\n")
	if len(digits) == 0 || len(digits) > 12 || !isDigit(digits[0]) {
		return 0, false
	}
	length, err := strconv.ParseInt(string(digits), 10, 64)
	return length, err == nil
}

// source reads a file until the walk is canceled, counts what was read, and gives problems.
type source struct {
	walk *walk
	path string
	file *os.File
}

func (s *source) Read(into []byte) (int, error) {
	return s.after(func() (int, error) { return s.file.Read(into) })
}

// ReadAt implements io.ReaderAt.
func (s *source) ReadAt(into []byte, at int64) (int, error) {
	return s.after(func() (int, error) { return s.file.ReadAt(into, at) })
}

func (s *source) after(read func() (int, error)) (int, error) {
	if err := s.walk.canceled(); err != nil {
		return 0, err
	}
	n, err := read()
	if err != nil && !errors.Is(err, io.EOF) {
		err = unreadable(s.path, err)
	}
	s.walk.read += int64(n)
	if s.walk.to.Read != nil {
		s.walk.to.Read(s.walk.read)
	}
	return n, err
}

// size is the file's size in bytes, 0 when it can't be told.
func (s *source) size() int64 {
	info, err := s.file.Stat()
	if err != nil {
		return 0
	}
	return info.Size()
}
