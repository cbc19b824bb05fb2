package imap

import (
	"errors"
	"net"
	"sync"
	"time"
)

// guard is the connection as the protocol library sees it. It lets nothing through that breaks a limit, ends a silence
// that lasts too long while a command is under way, and remembers what went wrong first: the library flattens errors to
// text.
type guard struct {
	net.Conn
	silence time.Duration
	// greeting is said before the server's first byte. After STARTTLS the server does not greet again.
	greeting []byte

	mutex   sync.Mutex
	scan    scanner
	waiting bool  // whether a command is under way
	closed  bool  // by the library or by us
	ours    bool  // by us
	failure error // the first
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
	g.extend()
}

// end ends a command: the server may be silent again.
func (g *guard) end() {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.waiting = false
	_ = g.Conn.SetReadDeadline(time.Time{}) // fails on a closed connection only
}

// extend gives the server its time anew. The caller holds the mutex.
func (g *guard) extend() {
	if g.waiting {
		_ = g.Conn.SetReadDeadline(time.Now().Add(g.silence)) // fails on a closed connection only
	}
}

// Read reads what the server sends, within the limits.
func (g *guard) Read(into []byte) (int, error) {
	if len(g.greeting) > 0 {
		n := copy(into, g.greeting)
		g.greeting = g.greeting[n:]
		return n, nil
	}
	g.mutex.Lock()
	g.extend()
	g.mutex.Unlock()
	n, err := g.Conn.Read(into)
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if broken := g.scan.feed(into[:n]); broken != nil {
		g.fail(broken)
		_ = g.Conn.Close() // what broke is told already
		return 0, broken
	}
	if err != nil {
		g.fail(err)
	}
	return n, err
}

// Write writes to the server.
func (g *guard) Write(content []byte) (int, error) {
	if err := g.Conn.SetWriteDeadline(time.Now().Add(g.silence)); err != nil {
		return 0, err
	}
	n, err := g.Conn.Write(content)
	if err != nil {
		g.mutex.Lock()
		g.fail(err)
		g.mutex.Unlock()
	}
	return n, err
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
