package cli_test

import (
	"context"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"io"
	"net"
	"os"
	"strconv"
	"sync/atomic"

	"github.com/rogpeppe/go-internal/testscript"

	"constancia/internal/i18n"
	"constancia/internal/sample"
	"constancia/internal/sample/mailserver"
)

// serveMailbox starts a mail server that holds the sample dispute's mailbox, until the script ends: mailbox, or
// mailbox cut BYTES for one that ends the connection once, after so many bytes. It sets HOST, PORT, PIN, USER and PASSWORD and
// writes the server's certificate to ca.pem.
func serveMailbox(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 && len(args) != 2 {
		ts.Fatalf("usage: mailbox [cut BYTES]")
	}
	inbox := mailserver.Mailbox{Name: "INBOX"}
	for _, mail := range sample.Mailbox(i18n.Spanish) {
		inbox.Messages = append(inbox.Messages, mailserver.Message{Raw: mail.Raw, InternalDate: mail.InternalDate})
	}
	ctx, cancel := context.WithCancel(context.Background())
	server, err := mailserver.Start(ctx, mailserver.Options{
		User: "elena", Password: "correct horse",
		Mailboxes: []mailserver.Mailbox{inbox, {Name: "Borradores", Drafts: true}},
	})
	ts.Check(err)
	ts.Defer(func() {
		cancel()
		_ = server.Close()
	})
	port := server.Port
	if len(args) == 2 {
		bytes, err := strconv.ParseInt(args[1], 10, 64)
		ts.Check(err)
		port = cutOnce(ts, server.Port, bytes)
	}
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate.Raw})
	ts.Check(os.WriteFile(ts.MkAbs("ca.pem"), certificate, 0o600))
	for name, value := range map[string]string{
		"HOST": server.Host, "PORT": strconv.Itoa(port), "PIN": hex.EncodeToString(server.SPKI[:]),
		"USER": "elena", "PASSWORD": "correct horse",
	} {
		ts.Setenv(name, value)
	}
}

// cutOnce stands before a server and ends, once, the connection on which so many bytes have come from it. It returns its
// own port.
func cutOnce(ts *testscript.TestScript, port int, bytes int64) int {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { _ = listener.Close() })
	var served atomic.Int64
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
			if err != nil {
				_ = client.Close()
				return
			}
			go func() { _, _ = io.Copy(server, client) }()
			go func() {
				defer func() { _ = errors.Join(client.Close(), server.Close()) }()
				chunk := make([]byte, 4096)
				for {
					n, err := server.Read(chunk)
					before := served.Add(int64(n)) - int64(n)
					if _, failed := client.Write(chunk[:n]); err != nil || failed != nil {
						return
					}
					if before < bytes && before+int64(n) >= bytes {
						return
					}
				}
			}()
		}
	}()
	return listener.Addr().(*net.TCPAddr).Port
}
