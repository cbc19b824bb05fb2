// Package imap fetches mail from a server (RFC 9051, RFC 3501) and puts a draft into its drafts mailbox, and does nothing
// else to it: mailboxes are opened read-only, and no message is ever marked, moved or sent.
//
// It promises three things. The bytes of a message arrive as the server gives them, whole or with an error, in a stream.
// The server gets the password only behind TLS, with a certificate that the system, a file, or the person's own pin of
// its public key vouches for. And a server that is hostile or broken costs an error, never the process: what it sends
// passes a guard that bounds lines, nesting, literals and silence before any of it is parsed.
//
// Errors are [problem.Problem]s that tell what happened; the library that speaks the protocol does not show.
package imap

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"net"
	"strconv"
	"strings"
	"time"

	"constancia/internal/problem"
	"constancia/internal/secret"
)

// Security is how a connection gets its TLS.
type Security string

const (
	// TLS speaks TLS from the first byte, on port 993 as a rule (RFC 8314).
	TLS Security = "tls"
	// StartTLS asks for TLS on an open connection, on port 143 as a rule (RFC 9051, section 6.2.1).
	StartTLS Security = "starttls"
)

// Account is where a mailbox is, and who may read it.
type Account struct {
	Host string
	Port int
	// At is where the server is reached in the place of Host and Port, as host:port; empty there. A server that runs on this
	// machine only can so go by a name of its own.
	At       string
	Security Security
	User     string
	Password secret.Text
	// Token is an access token (RFC 6750) to sign in with instead of a password.
	Token secret.Text

	// Pin is the SHA-256 of the server's public key (SubjectPublicKeyInfo, as in RFC 7469) that the person has
	// confirmed. It takes the place of any authority: see [ParsePin]. The zero Pin is none.
	Pin Pin
	// CAFile is a file of PEM certificates that are trusted instead of the system's.
	CAFile string
	// RootCAs are certificates that are trusted instead of the system's. CAFile goes before them.
	RootCAs *x509.CertPool

	// Silence is how long the server may say nothing before it is given up. Zero is a minute.
	Silence time.Duration
}

const defaultSilence = time.Minute

func (a Account) silence() time.Duration {
	if a.Silence > 0 {
		return a.Silence
	}
	return defaultSilence
}

func (a Account) address() string {
	if a.At != "" {
		return a.At
	}
	return net.JoinHostPort(a.Host, strconv.Itoa(a.Port))
}

// check refuses an account that can't be tried at all.
func (a Account) check() error {
	switch {
	case a.Host == "":
		return problem.New(problem.Missing, problem.Values{"field": "host"})
	case a.User == "":
		return problem.New(problem.Missing, problem.Values{"field": "user"})
	case a.Port < 1 || a.Port > 65535:
		return problem.New(problem.NotANumber, problem.Values{"field": "port", "value": strconv.Itoa(a.Port)})
	case a.Security != TLS && a.Security != StartTLS:
		return problem.New(problem.NotAChoice, problem.Values{"field": "security", "value": string(a.Security),
			"choices": string(TLS) + ", " + string(StartTLS)})
	}
	return nil
}

// Pin is the SHA-256 of a public key.
type Pin [32]byte

// String gives the pin in lower-case hex.
func (p Pin) String() string { return hex.EncodeToString(p[:]) }

// ParsePin reads a pin in hex, colons and capitals allowed, or in base64, with or without "sha256/" before it.
func ParsePin(text string) (Pin, error) {
	var pin Pin
	clean := strings.TrimSpace(text)
	if raw, err := hex.DecodeString(strings.ReplaceAll(clean, ":", "")); err == nil && len(raw) == len(pin) {
		return Pin(raw), nil
	}
	clean = strings.TrimLeft(strings.TrimPrefix(clean, "sha256"), "/:")
	if raw, err := base64.StdEncoding.DecodeString(clean); err == nil && len(raw) == len(pin) {
		return Pin(raw), nil
	}
	return pin, problem.New(problem.NotAChoice, problem.Values{"field": "pin", "value": text, "choices": "SHA-256"})
}
