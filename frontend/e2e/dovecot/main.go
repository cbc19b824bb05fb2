// Dovecot starts a real mail server with the sample dispute's emails and more, for the tests of the page: on loopback, on
// a port nobody else has, with a certificate of its own. It says in one line of JSON where it is, and ends when its
// standard input does. See ../dovecot.mjs.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"testing"

	"constancia/internal/i18n"
	"constancia/internal/mail/imap/dovecottest"
	"constancia/internal/sample"
)

// run stands in for a test: what it starts ends with it.
type run struct {
	testing.TB
	cleanups []func()
}

func (*run) Helper() {}

func (r *run) Cleanup(cleanup func()) { r.cleanups = append(r.cleanups, cleanup) }

func (r *run) Fatal(arguments ...any) {
	fmt.Fprintln(os.Stderr, arguments...)
	r.end()
	os.Exit(1)
}

func (r *run) Fatalf(format string, arguments ...any) { r.Fatal(fmt.Sprintf(format, arguments...)) }

func (*run) Error(arguments ...any) { fmt.Fprintln(os.Stderr, arguments...) }

func (r *run) end() {
	for i := len(r.cleanups) - 1; i >= 0; i-- {
		r.cleanups[i]()
	}
	r.cleanups = nil
}

func main() {
	r := &run{}
	defer r.end()
	var messages [][]byte
	for _, mail := range sample.Mailbox(i18n.Spanish) {
		messages = append(messages, mail.Raw)
	}
	server := dovecottest.Start(r, messages)
	err := json.NewEncoder(os.Stdout).Encode(map[string]any{
		"host": server.Host, "port": server.Port, "startTlsPort": server.StartTLSPort, "pin": server.Pin,
		"user": server.User, "password": server.Password, "maildir": server.MaildirPath, "messages": len(messages),
	})
	if err != nil {
		r.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, os.Stdin) // until whoever started it is gone
}
