package imap

import (
	"bufio"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"constancia/internal/problem"
)

// dialTimeout bounds how long it takes to reach the server at all.
const dialTimeout = 30 * time.Second

// dial opens a TLS connection to the account's server that the system, the account's own authorities, or its pin vouch
// for.
//
// A pinned key needs no authority: the server may have signed its certificate itself, for another name, and years ago.
// Go's TLS checks a certificate always, and switching that off is not what a pin asks for. So the certificate is not
// left unchecked but made the only one that is trusted: the first handshake fails and shows it, and if its key is the
// pinned one, a second handshake runs with nothing but this certificate as authority, for a name and a time it is valid
// for. Whoever lacks the pinned key fails both.
func (a Account) dial(ctx context.Context) (*tls.Conn, error) {
	roots, err := a.roots()
	if err != nil {
		return nil, err
	}
	config := a.tlsConfig()
	config.RootCAs = roots
	conn, err := a.dialWith(ctx, config)
	shown := unverified(err)
	if shown == nil {
		return conn, a.handshakeProblem(ctx, err)
	}
	if a.Pin == (Pin{}) {
		return nil, a.untrusted(err, shown)
	}
	if keyOf(shown) != a.Pin {
		return nil, a.mismatch(err, keyOf(shown))
	}
	if err := trustOnly(config, shown, a.Host); err != nil {
		return nil, a.odd(err)
	}
	conn, err = a.dialWith(ctx, config)
	if shown := unverified(err); shown != nil && keyOf(shown) != a.Pin {
		return nil, a.mismatch(err, keyOf(shown))
	}
	return conn, a.handshakeProblem(ctx, err)
}

// Reach opens a protected connection to a server and closes it again. Nothing is said to the server but that it may be
// protected.
//
// Problems: certificate_untrusted with what the person needs to accept it, certificate_mismatch, and those of the connection.
func Reach(ctx context.Context, account Account) error {
	conn, err := account.dial(ctx)
	if err != nil {
		return account.withoutPassword(err)
	}
	_ = conn.Close() // nothing was asked for
	return nil
}

// tlsConfig is what every connection has in common: TLS 1.2 or later, and the pin, when there is one, even if an
// authority vouches for the certificate.
func (a Account) tlsConfig() *tls.Config {
	return &tls.Config{
		ServerName: a.Host,
		MinVersion: tls.VersionTLS12,
		VerifyConnection: func(state tls.ConnectionState) error {
			if key := keyOf(state.PeerCertificates[0]); a.Pin != (Pin{}) && key != a.Pin {
				return wrongKey(key)
			}
			return nil
		},
	}
}

// wrongKey is the key of a server whose key is not the pinned one.
type wrongKey Pin

func (wrongKey) Error() string { return "not the pinned key" }

// trustOnly makes a certificate the only one that is trusted, for a name and a time it is valid for.
func trustOnly(config *tls.Config, certificate *x509.Certificate, host string) error {
	config.RootCAs = x509.NewCertPool()
	config.RootCAs.AddCert(certificate)
	if now := time.Now(); now.Before(certificate.NotBefore) || now.After(certificate.NotAfter) {
		config.Time = func() time.Time { return certificate.NotBefore }
	}
	if certificate.VerifyHostname(host) == nil {
		return nil
	}
	switch {
	case len(certificate.DNSNames) > 0:
		config.ServerName = strings.Replace(certificate.DNSNames[0], "*", "mail", 1)
	case len(certificate.IPAddresses) > 0:
		config.ServerName = certificate.IPAddresses[0].String()
	default:
		return violation("its certificate names no server")
	}
	return nil
}

// unverified is the server's certificate when nothing trusted vouches for it.
func unverified(err error) *x509.Certificate {
	var failed *tls.CertificateVerificationError
	if !errors.As(err, &failed) || len(failed.UnverifiedCertificates) == 0 {
		return nil
	}
	return failed.UnverifiedCertificates[0]
}

// keyOf is the SHA-256 of a certificate's public key.
func keyOf(certificate *x509.Certificate) Pin {
	return sha256.Sum256(certificate.RawSubjectPublicKeyInfo)
}

// roots are the authorities that are trusted; nil are the system's.
func (a Account) roots() (*x509.CertPool, error) {
	if a.CAFile == "" {
		return a.RootCAs, nil
	}
	content, err := os.ReadFile(a.CAFile)
	if errors.Is(err, os.ErrNotExist) {
		return nil, problem.Wrap(err, problem.FileNotFound, problem.Values{"path": a.CAFile})
	}
	pool := x509.NewCertPool()
	if err != nil || !pool.AppendCertsFromPEM(content) {
		return nil, problem.Wrap(err, problem.FileUnreadable, problem.Values{"path": a.CAFile})
	}
	return pool, nil
}

// dialWith opens a connection and runs the handshake.
func (a Account) dialWith(ctx context.Context, config *tls.Config) (*tls.Conn, error) {
	dialer := net.Dialer{Timeout: min(dialTimeout, a.silence())}
	plain, err := dialer.DialContext(ctx, "tcp", a.address())
	if err != nil {
		return nil, a.unreachable(ctx, err)
	}
	stop := context.AfterFunc(ctx, func() { _ = plain.Close() }) // whoever waits on it gets an error
	defer stop()
	conn, err := a.secure(ctx, plain, config)
	if err != nil {
		_ = plain.Close() // the problem is told already
	}
	return conn, err
}

// secure runs the handshake on an open connection.
func (a Account) secure(ctx context.Context, plain net.Conn, config *tls.Config) (*tls.Conn, error) {
	if err := plain.SetDeadline(time.Now().Add(a.silence())); err != nil {
		return nil, err
	}
	if a.Security == StartTLS {
		if err := a.startTLS(plain); err != nil {
			return nil, err
		}
	}
	conn := tls.Client(gathering{plain, bufio.NewReaderSize(plain, gathered)}, config)
	if err := conn.HandshakeContext(ctx); err != nil {
		return nil, err
	}
	return conn, plain.SetDeadline(time.Time{})
}

// gathered is how many bytes of records are taken from the system in one go.
const gathered = 128 << 10

// gathering is a connection that takes from the system all that has come. Package tls asks twice for each record, of at most
// 16 KiB: for the thousands of emails of a mailbox that is most of what a processor does for the connection.
type gathering struct {
	net.Conn
	buffer *bufio.Reader
}

func (g gathering) Read(into []byte) (int, error) { return g.buffer.Read(into) }

// startTLS asks for TLS (RFC 9051, section 6.2.1). It reads byte by byte and not one further than the server's OK, so
// that nothing that was slipped in behind it is taken for an answer that came protected: such bytes reach the TLS
// handshake, and break it. A server that does not offer TLS, or greets as if the person had signed in, is refused, since
// what it says unprotected can't be told from what somebody in between says.
func (a Account) startTLS(plain net.Conn) error {
	greeting, err := readLine(plain)
	if err != nil {
		return err
	}
	if words, is := cutPrefixFold(greeting, "* BYE"); is {
		return a.refused(violation(greeting), words)
	}
	if _, is := cutPrefixFold(greeting, "* OK"); !is {
		return problem.Wrap(violation(detail(greeting)), problem.ServerRefusedTLS, problem.Values{"host": a.Host})
	}
	if _, err := io.WriteString(plain, "S1 STARTTLS\r\n"); err != nil {
		return err
	}
	for range 100 {
		answer, err := readLine(plain)
		if err != nil {
			return err
		}
		if strings.HasPrefix(answer, "*") {
			continue
		}
		if _, is := cutPrefixFold(answer, "S1 OK"); is {
			return nil
		}
		return problem.Wrap(violation(detail(answer)), problem.ServerRefusedTLS, problem.Values{"host": a.Host})
	}
	return a.odd(violation("it does not answer STARTTLS"))
}

// readLine reads a short line and nothing beyond it.
func readLine(plain io.Reader) (string, error) {
	var line strings.Builder
	var one [1]byte
	for line.Len() < 8<<10 {
		if _, err := io.ReadFull(plain, one[:]); err != nil {
			return "", err
		}
		if one[0] == '\n' {
			return strings.TrimRight(line.String(), "\r"), nil
		}
		line.WriteByte(one[0])
	}
	return "", violation("a line without end")
}

func (a Account) mismatch(err error, key Pin) error {
	return problem.Wrap(err, problem.CertificateMismatch,
		problem.Values{"host": a.Host, "fingerprint": key.String()})
}

// unreachable tells why no connection came about.
func (a Account) unreachable(ctx context.Context, err error) error {
	var name *net.DNSError
	switch {
	case ctx.Err() != nil:
		return cancelled(ctx.Err())
	case errors.As(err, &name) && name.IsNotFound:
		return problem.Wrap(err, problem.ServerUnknown, problem.Values{"host": a.Host})
	default:
		return problem.Wrap(err, problem.ServerUnreachable,
			problem.Values{"host": a.Host, "port": strconv.Itoa(a.Port)})
	}
}

// handshakeProblem tells why a connection got no TLS.
func (a Account) handshakeProblem(ctx context.Context, err error) error {
	var known *problem.Problem
	var other wrongKey
	var broken violation
	var reset syscall.Errno
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return cancelled(ctx.Err())
	case errors.As(err, &known):
		return known
	case errors.As(err, &other):
		return a.mismatch(err, Pin(other))
	case errors.As(err, &broken):
		return a.odd(broken)
	case isTimeout(err):
		return a.silent(err)
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &reset):
		return a.cut(err)
	default:
		return problem.Wrap(err, problem.ServerRefusedTLS, problem.Values{"host": a.Host})
	}
}
