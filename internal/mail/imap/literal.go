package imap

import (
	"errors"
	"io"

	goimap "github.com/emersion/go-imap/v2"
)

// literal reads a literal to its end, and makes up for two weaknesses of the library's reader. That one ends a literal
// that was cut with io.EOF, as if it had been whole. And after an error it must not be read again: the library then goes
// on with the connection in another goroutine, and both would read from the same buffer. So the error stays. For the
// same reason the command that the literal belongs to must be left alone after an error, its Next and its Close: they
// would read the literal. The session is over then in any case, and the library ends the command by itself.
type literal struct {
	sent    io.Reader
	left    int64
	explain func(error) error
	err     error
}

func newLiteral(sent goimap.LiteralReader, explain func(error) error) *literal {
	return &literal{sent: sent, left: sent.Size(), explain: explain}
}

// Read gives io.EOF only after all bytes that were announced.
func (l *literal) Read(into []byte) (int, error) {
	if l.err != nil {
		return 0, l.err
	}
	n, err := l.sent.Read(into)
	l.left -= int64(n)
	switch {
	case err == nil:
	case errors.Is(err, io.EOF) && l.left <= 0:
		l.err = io.EOF
	case errors.Is(err, io.EOF):
		l.err = l.explain(io.ErrUnexpectedEOF)
	default:
		l.err = l.explain(err)
	}
	return n, l.err
}

// skip passes over the rest.
func (l *literal) skip() error {
	_, err := io.Copy(io.Discard, l)
	return err
}
