package imap

import (
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// guarded plays a server behind a guard, by a clock that runs as fast as it can, and gives what came of reading it all.
func guarded(silence time.Duration, server func(net.Conn)) (read string, took time.Duration, err error) {
	ours, theirs := net.Pipe()
	played := make(chan struct{})
	go func() {
		defer close(played)
		server(theirs)
		_ = theirs.Close()
	}()
	g := newGuard(ours, silence, "")
	g.begin()
	began := time.Now()
	content, err := io.ReadAll(g)
	took = time.Since(began)
	_ = g.abort()
	<-played
	return string(content), took, err
}

func TestOnlyAServerThatGoesOnIsWaitedFor(t *testing.T) {
	every := func(pause time.Duration, times int, text string) func(net.Conn) {
		return func(conn net.Conn) {
			for range times {
				time.Sleep(pause)
				if _, err := io.WriteString(conn, text); err != nil {
					return
				}
			}
		}
	}
	line := strings.Repeat("x", 1022) + "\r\n"
	for name, test := range map[string]struct {
		server  func(net.Conn)
		givenUp bool
		within  time.Duration
	}{
		"nothing for a minute":                      {every(61*time.Second, 1, line), true, time.Minute},
		"a pause of less":                           {every(59*time.Second, 3, line), false, time.Hour},
		"a byte a second":                           {every(time.Second, 100_000, "x"), true, 10 * time.Minute},
		"a line of patience every half minute":      {every(30*time.Second, 1000, "* OK\r\n"), true, 10 * time.Minute},
		"a kilobyte every half minute, for a day":   {every(30*time.Second, 2880, line), false, 25 * time.Hour},
		"silence behind much":                       {func(c net.Conn) { every(0, 100, line)(c); time.Sleep(2 * time.Minute) }, true, time.Minute},
		"a byte a second, behind what came at once": {func(c net.Conn) { every(0, 100, line)(c); every(time.Second, 100_000, "x")(c) }, true, 10 * time.Minute},
		"a drip within a message": {func(c net.Conn) {
			_, _ = io.WriteString(c, "* 1 FETCH (BODY[] {500000}\r\n")
			every(time.Second, 100_000, "x")(c)
		}, true, 10 * time.Minute},
		"a drip within a response that nobody asked for":    {func(c net.Conn) { _, _ = io.WriteString(c, "* XODD {500000}\r\n"); every(time.Second, 100_000, "x")(c) }, true, 10 * time.Minute},
		"lines that nobody asked for, one every 20 seconds": {every(20*time.Second, 1000, "* XODD\r\n"), true, 10 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				_, took, err := guarded(time.Minute, test.server)
				if isGivenUp := errors.Is(err, os.ErrDeadlineExceeded); isGivenUp != test.givenUp || took > test.within {
					t.Errorf("after %v: %v", took, err)
				}
			})
		})
	}
}

func TestBetweenCommandsNobodyIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		g := newGuard(ours, time.Minute, "")
		g.begin()
		g.end()
		go func() {
			time.Sleep(24 * time.Hour)
			_, _ = io.WriteString(theirs, "* 4 EXISTS\r\n")
			_ = theirs.Close()
		}()
		content, err := io.ReadAll(g)
		if string(content) != "* 4 EXISTS\r\n" || err != nil {
			t.Errorf("got %q, %v", content, err)
		}
		_ = g.abort()
	})
}
