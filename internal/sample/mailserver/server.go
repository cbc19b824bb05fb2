// Package mailserver is the mail server of the demonstration: a real IMAP server (RFC 3501) on the loopback interface,
// over TLS, whose mailboxes hold the messages of the sample story.
//
// It promises that a message is never touched. What is fetched are the bytes that were given to [Start], or that a
// program appended, whatever they look like: bare line feeds, no line end at the last line, bytes above 127. So what the
// app says of them, their SHA-256 first of all, can be compared with what the story holds.
//
// A mail program finds what it needs to read mail and to search it, and one thing more: it may append to the mailboxes of
// drafts. Everything else that would change something is refused; no message is ever marked or removed.
package mailserver

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"sync"
	"time"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
)

// Options say who may sign in, and what there is to read.
type Options struct {
	User      string
	Password  string
	Mailboxes []Mailbox
}

// Mailbox is a mailbox as the server starts with it.
type Mailbox struct {
	// Name is its name in UTF-8; "INBOX" is the one where mail arrives.
	Name string
	// Drafts is whether it is for drafts (\Drafts of RFC 6154). To such a mailbox messages can be appended.
	Drafts bool
	// Messages are in the order of their arrival.
	Messages []Message
}

// Message is a message as it arrived.
type Message struct {
	// Raw are its bytes. A NUL among them can't be sent in IMAP4rev1.
	Raw []byte
	// InternalDate is when it arrived. It is shown with its own offset from UTC.
	InternalDate time.Time
}

// Server is a server that runs. It is safe for concurrent use.
type Server struct {
	Host string // 127.0.0.1
	Port int
	// SPKI is the SHA-256 of the public key of the server's certificate (its SubjectPublicKeyInfo, as in RFC 7469): the
	// pin a person confirms.
	SPKI [32]byte
	// Certificate is the server's certificate, signed by itself and made anew at every start.
	Certificate *x509.Certificate

	account   account
	mailboxes []*mailbox
	close     func() error
}

// Start runs a server until it is closed or the context ends.
func Start(ctx context.Context, o Options) (*Server, error) {
	if o.User == "" || o.Password == "" {
		return nil, fmt.Errorf("the mail server needs a user and a password")
	}
	now := time.Now()
	mailboxes, err := open(o.Mailboxes, now)
	if err != nil {
		return nil, err
	}
	certificate, err := selfSigned(now)
	if err != nil {
		return nil, fmt.Errorf("making the mail server's certificate: %w", err)
	}
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening the mail server's port: %w", err)
	}
	address := listener.Addr().(*net.TCPAddr) // a TCP listener has no other
	s := &Server{
		Host:        address.IP.String(),
		Port:        address.Port,
		SPKI:        sha256.Sum256(certificate.Leaf.RawSubjectPublicKeyInfo),
		Certificate: certificate.Leaf,
		account:     account{user: o.User, password: o.Password},
		mailboxes:   mailboxes,
	}
	s.serve(ctx, tls.NewListener(listener, &tls.Config{
		Certificates: []tls.Certificate{certificate},
		MinVersion:   tls.VersionTLS12,
	}))
	return s, nil
}

// serve accepts connections until the server is closed.
func (s *Server) serve(ctx context.Context, listener net.Listener) {
	ctx, cancel := context.WithCancel(ctx)
	library := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			if ctx.Err() != nil { // it came while the server was closing; the library would leave it open
				return nil, nil, &goimap.Error{Type: goimap.StatusResponseTypeBye, Text: "The server is shutting down"}
			}
			return &session{account: s.account, mailboxes: s.mailboxes}, nil, nil
		},
		Caps: goimap.CapSet{
			goimap.CapIMAP4rev1:    {},
			goimap.CapUIDPlus:      {},
			goimap.CapESearch:      {},
			goimap.CapListExtended: {},
			goimap.CapSpecialUse:   {},
		},
		// The library logs each connection that ends without a LOGOUT. That is no news.
		Logger: log.New(io.Discard, "", 0),
	})
	served := make(chan struct{})
	s.close = sync.OnceValue(func() error {
		cancel()
		err := listener.Close() // the library knows the listener only once Serve has begun
		_ = library.Close()     // it fails to close the listener again
		<-served
		return err
	})
	go func() {
		defer close(served)
		_ = library.Serve(listener) // it ends with the listener
	}()
	context.AfterFunc(ctx, func() { _ = s.close() }) // whoever calls Close gets the error
}

// Close ends the server and its connections. It may be called more than once.
func (s *Server) Close() error { return s.close() }

// Messages gives the bytes of the messages a mailbox holds now, appended drafts among them, in the order of their
// arrival. It is nil for a mailbox that is not there.
func (s *Server) Messages(mailbox string) [][]byte {
	m, ok := find(s.mailboxes, mailbox)
	if !ok {
		return nil
	}
	return m.raw()
}
