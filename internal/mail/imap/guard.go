package imap

import (
	"bytes"
	"errors"
	"net"
	"strings"
	"sync"
	"time"
)

// guard is the connection as the protocol library sees it. It lets nothing through that breaks a limit, mends what the
// library can't stand, ends a silence or a drip that lasts too long while a command is under way, and remembers what went
// wrong first: the library flattens errors to text.
type guard struct {
	net.Conn
	silence time.Duration
	// greeting is said before the server's first byte. After STARTTLS the server does not greet again.
	greeting []byte

	mutex   sync.Mutex
	scan    scanner
	mend    mender
	ready   []byte    // what was mended and not read yet
	waiting bool      // whether a command is under way
	pace    time.Time // until when the next leastPace bytes have to be there
	paced   int       // bytes that came since
	opens   string    // what the server calls the mailbox that is opened next; empty for its own name
	closed  bool      // by the library or by us
	ours    bool      // by us
	failure error     // the first
}

func newGuard(conn net.Conn, silence time.Duration, greeting string) *guard {
	return &guard{Conn: conn, silence: silence, greeting: []byte(greeting)}
}

// begin starts a command: from here on the server has to say something.
func (g *guard) begin() {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.waiting = true
	g.scan.begin()
	g.setPace()
	g.extend()
}

// A server that sends a byte now and then is never silent, and never done. Honest ones may be slow and lines thin; none
// needs so many silences for so few bytes.
const (
	leastPace   = 16 << 10 // bytes
	longestPace = 10       // times the silence that is suffered
)

// setPace begins a new stretch of leastPace bytes. The caller holds the mutex.
func (g *guard) setPace() { g.pace, g.paced = time.Now().Add(longestPace*g.silence), 0 }

// end ends a command: the server may be silent again.
func (g *guard) end() {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.waiting = false
	_ = g.Conn.SetReadDeadline(time.Time{}) // fails on a closed connection only
}

// extend gives the server its time anew. The caller holds the mutex.
func (g *guard) extend() {
	if !g.waiting {
		return
	}
	until := time.Now().Add(g.silence)
	if g.pace.Before(until) {
		until = g.pace
	}
	_ = g.Conn.SetReadDeadline(until) // fails on a closed connection only
}

// Read reads what the server sends, within the limits.
func (g *guard) Read(into []byte) (int, error) {
	if len(g.greeting) > 0 {
		n := copy(into, g.greeting)
		g.greeting = g.greeting[n:]
		return n, nil
	}
	for len(g.ready) == 0 {
		g.mutex.Lock()
		g.extend()
		g.mutex.Unlock()
		n, err := g.Conn.Read(into)
		passed, broken := g.take(into[:n], err)
		switch {
		case broken != nil:
			return 0, broken
		case len(passed) > 0 && &passed[0] == &into[0]:
			return n, err
		case err != nil && len(passed) == 0:
			return 0, err
		}
		g.ready = passed // an error comes again
	}
	n := copy(into, g.ready)
	g.ready = g.ready[n:]
	return n, nil
}

// take looks at what came, and gives what is passed on.
func (g *guard) take(received []byte, failure error) ([]byte, error) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if g.paced += len(received); g.paced >= leastPace {
		g.setPace()
	}
	passed, broken := g.mend.feed(&g.scan, received)
	if broken != nil {
		g.fail(broken)
		_ = g.Conn.Close() // what broke is told already
		return nil, broken
	}
	if failure != nil {
		g.fail(failure)
	}
	return passed, nil
}

// Write writes to the server.
func (g *guard) Write(content []byte) (int, error) {
	if err := g.Conn.SetWriteDeadline(time.Now().Add(g.silence)); err != nil {
		return 0, err
	}
	if said := g.inItsWords(content); said != nil {
		if _, err := g.Conn.Write(said); err != nil {
			return 0, g.failed(err)
		}
		return len(content), nil
	}
	n, err := g.Conn.Write(content)
	return n, g.failed(err)
}

// failed remembers what failed, and gives it.
func (g *guard) failed(err error) error {
	if err != nil {
		g.mutex.Lock()
		g.fail(err)
		g.mutex.Unlock()
	}
	return err
}

// callItRaw has the next mailbox that is opened called as the server calls it, where its name was mended. It is false where
// no such name is known.
func (g *guard) callItRaw(mailbox string) bool {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.opens = g.mend.raw[mailbox]
	return g.opens != ""
}

// inItsWords gives an EXAMINE command with the name by which the server knows the mailbox; nil for anything else.
func (g *guard) inItsWords(content []byte) []byte {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	tag, command, found := bytes.Cut(content, []byte(" "))
	if g.opens == "" || !found || !bytes.HasPrefix(command, []byte("EXAMINE ")) {
		return nil
	}
	name := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(g.opens)
	g.opens = ""
	return append(bytes.Clone(tag), ` EXAMINE "`+name+"\"\r\n"...)
}

// The library sets deadlines of its own, which know nothing of ours: they have no effect.

// SetDeadline has no effect.
func (g *guard) SetDeadline(time.Time) error { return nil }

// SetReadDeadline has no effect.
func (g *guard) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline has no effect.
func (g *guard) SetWriteDeadline(time.Time) error { return nil }

// Close closes the connection; whoever reads or writes gets an error at once.
func (g *guard) Close() error {
	g.mutex.Lock()
	g.closed = true
	g.mutex.Unlock()
	return g.Conn.Close()
}

// abort closes the connection because it is not wanted any more.
func (g *guard) abort() error {
	g.mutex.Lock()
	g.ours = true
	g.mutex.Unlock()
	if err := g.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

// wasAborted is whether the connection was closed because it was not wanted any more.
func (g *guard) wasAborted() bool {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	return g.ours
}

// fail remembers the first failure that was not of our own making. The caller holds the mutex.
func (g *guard) fail(err error) {
	if g.failure == nil && !g.closed && !errors.Is(err, net.ErrClosed) {
		g.failure = err
	}
}

// whatFailed gives what the server said when it took its leave, and the first failure.
func (g *guard) whatFailed() (bye string, failure error) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	return g.scan.bye, g.failure
}
