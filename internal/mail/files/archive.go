package files

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"errors"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"constancia/internal/mail/message"
	"constancia/internal/problem"
)

// Bounds of an archive. Mail packs to a third of its size, and nothing real to a hundredth.
const (
	unpackedFree   = 64 << 20 // bytes that any archive may unpack to
	unpackedFactor = 100      // and so many times its own size
	maxDirectory   = 32 << 20 // bytes of the list of what is in a .zip; some 300,000 files
	maxMembers     = 500_000
)

// zip gives the messages of what is in a .zip file.
func (w *walk) zip(name string, source *source) error {
	size := source.size()
	directory := &limitedAt{from: source, left: maxDirectory}
	archive, err := zip.NewReader(directory, size)
	switch {
	case w.ctx.Err() != nil:
		return w.canceled()
	case directory.left < 0:
		return archiveTooLarge(name)
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return archiveUnreadable(name, err)
	}
	directory.left = 1 << 62 // what follows is bounded by what it unpacks to
	members := w.members(name, newAllowance(size))
	for _, file := range archive.File {
		if !file.Mode().IsRegular() {
			continue
		}
		err := members.take(zipName(file), func() (io.Reader, error) {
			if file.Flags&1 != 0 {
				return nil, errLocked
			}
			return file.Open()
		})
		if err != nil {
			return err
		}
	}
	return members.finish()
}

// zipName is the name of a file in a .zip as UTF-8. What isn't marked as such is in the code page of old.
func zipName(file *zip.File) string {
	if !file.NonUTF8 || utf8.ValidString(file.Name) {
		return file.Name
	}
	name, _ := charmap.CodePage850.NewDecoder().String(file.Name) // has a character for each byte
	return name
}

// tar gives the messages of what is in a .tar or .tgz file.
func (w *walk) tar(c content) error {
	archive := tar.NewReader(c.stream)
	members := w.members(c.path, nil) // what a .tgz unpacks to is bounded where it is unpacked
	for {
		header, err := archive.Next()
		switch {
		case errors.Is(err, io.EOF):
			return members.finish()
		case w.ctx.Err() != nil:
			return w.canceled()
		case err != nil && !errors.Is(err, tar.ErrInsecurePath):
			return archiveUnreadable(c.path, err)
		case header.Typeflag != tar.TypeReg:
			continue
		}
		if err := members.take(header.Name, func() (io.Reader, error) { return archive, nil }); err != nil {
			return err
		}
	}
}

// members takes the files of an archive, one after the other. What is no mail is told of only once there is mail: the
// parts of a text document, which is a .zip too, are nobody's concern.
type members struct {
	walk    *walk
	path    string
	allowed *allowance
	count   int
	mail    bool
	skipped []skipped
}

type skipped struct {
	name string
	why  Skip
}

func (w *walk) members(path string, allowed *allowance) *members {
	return &members{walk: w, path: path, allowed: allowed}
}

var errLocked = errors.New("locked with a password")

// take gives the messages of a member.
func (m *members) take(name string, open func() (io.Reader, error)) error {
	if err := m.walk.canceled(); err != nil {
		return err
	}
	if m.count++; m.count > maxMembers {
		return archiveTooLarge(m.path)
	}
	c := content{path: m.path, member: memberName(name)}
	from, err := open()
	if err != nil {
		m.mail = true
		return m.walk.orFailed(c.shown(), archiveUnreadable(c.shown(), err))
	}
	if closer, is := from.(io.Closer); is {
		defer func() { _ = closer.Close() }() // it was only read
	}
	c.stream = bufio.NewReaderSize(&unpacked{walk: m.walk, shown: c.shown(), from: from, allowed: m.allowed}, startSize)
	start, err := c.stream.Peek(startSize)
	switch kindOf(c.member, start) {
	case kindGzip, kindZip, kindTar:
		m.skipped = append(m.skipped, skipped{c.shown(), Nested})
		return nil
	case kindOther, kindMessage, kindEMLX, kindMbox, kindOutlook:
	}
	if err == nil || errors.Is(err, io.EOF) {
		err = m.walk.messages(c)
	}
	switch {
	case errors.Is(err, problem.New(problem.NotAMessage, nil)):
		m.skipped = append(m.skipped, skipped{c.shown(), NotMail})
		return nil
	case errors.Is(err, problem.New(problem.MailArchiveTooLarge, nil)):
		return err // nothing more can be taken out of it
	}
	m.mail = true
	return m.walk.orFailed(c.shown(), err)
}

// finish tells of what was passed over. An archive without mail is itself no mail.
func (m *members) finish() error {
	if !m.mail {
		return problem.New(problem.NotAMessage, problem.Values{"path": m.path})
	}
	for _, one := range m.skipped {
		m.walk.to.Skipped(one.name, one.why)
	}
	return nil
}

// memberName makes the name of a member fit to be shown. It is never used to open or write anything.
func memberName(name string) string {
	var clean []string
	for _, element := range strings.Split(path.Clean(strings.ReplaceAll(name, `\`, "/")), "/") {
		if element = message.CleanFileName(element); element != "" {
			clean = append(clean, element)
		}
	}
	const deepest = 20
	return strings.Join(clean[max(0, len(clean)-deepest):], "/")
}

// allowance is how many bytes an archive may still unpack to. It is one for all that is in it: the members of a .zip can
// share their bytes.
type allowance struct{ left int64 }

func newAllowance(packed int64) *allowance { return &allowance{unpackedFree + unpackedFactor*packed} }

// unpacked reads what is unpacked, within the allowance, and gives problems.
type unpacked struct {
	walk    *walk
	shown   string
	from    io.Reader
	allowed *allowance // nil when it is held elsewhere
}

func (u *unpacked) Read(into []byte) (int, error) {
	if err := u.walk.canceled(); err != nil {
		return 0, err
	}
	n, err := u.from.Read(into)
	if u.allowed != nil {
		if u.allowed.left -= int64(n); u.allowed.left < 0 {
			return 0, archiveTooLarge(u.shown)
		}
	}
	if err == nil || errors.Is(err, io.EOF) {
		return n, err
	}
	return n, archiveUnreadable(u.shown, err)
}

// limitedAt reads at most so many bytes.
type limitedAt struct {
	from io.ReaderAt
	left int64
}

func (l *limitedAt) ReadAt(into []byte, at int64) (int, error) {
	if l.left -= int64(len(into)); l.left < 0 {
		return 0, io.ErrUnexpectedEOF
	}
	return l.from.ReadAt(into, at)
}

// archiveUnreadable is the problem of an archive, or a member, that can't be unpacked. What has a problem keeps it.
func archiveUnreadable(shown string, err error) error {
	var known *problem.Problem
	if errors.As(err, &known) {
		return err
	}
	return problem.Wrap(err, problem.MailArchiveUnreadable, problem.Values{"path": shown})
}

func archiveTooLarge(shown string) error {
	return problem.New(problem.MailArchiveTooLarge, problem.Values{"path": shown})
}
