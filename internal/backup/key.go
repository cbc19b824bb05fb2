package backup

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"

	"filippo.io/age"

	"constancia/internal/problem"
	"constancia/internal/secret"
)

// Key is the recovery key: it opens the backups, and nothing else does. It is an age identity (X25519), so the program
// age opens them, too. The zero Key opens nothing.
type Key struct{ parts *keyParts }

type keyParts struct {
	identity *age.X25519Identity
	// names gives files their names, which tell nothing; marks proves that whoever wrote a list had the key.
	names, marks []byte
}

// NewKey makes a key.
func NewKey() (Key, error) {
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return Key{}, fmt.Errorf("failed to make a recovery key: %w", err)
	}
	return keyOf(identity)
}

// ParseKey reads a key as it was printed or typed: in capitals or not, with or without blanks. A mistyped letter is
// noticed.
//
// Problems: not_a_recovery_key.
func ParseKey(typed secret.Text) (Key, error) {
	text := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, typed.Reveal())
	identity, err := age.ParseX25519Identity(text)
	if err != nil {
		return Key{}, problem.New(problem.NotARecoveryKey, nil) // the cause would tell the key
	}
	return keyOf(identity)
}

func keyOf(identity *age.X25519Identity) (Key, error) {
	derive := func(purpose string) ([]byte, error) {
		return hkdf.Key(sha256.New, []byte(identity.String()), nil, purpose, sha256.Size)
	}
	names, err := derive("constancia-backup-names-v1")
	if err != nil {
		return Key{}, fmt.Errorf("failed to derive a key: %w", err)
	}
	marks, err := derive("constancia-backup-marks-v1")
	if err != nil {
		return Key{}, fmt.Errorf("failed to derive a key: %w", err)
	}
	return Key{&keyParts{identity, names, marks}}, nil
}

// Text is the key itself, for the keyring, the screen once, and the recovery sheet.
func (k Key) Text() secret.Text { return secret.NewText(k.parts.identity.String()) }

// Recipient is the public half: it encrypts, and can't open anything.
func (k Key) Recipient() string { return k.parts.identity.Recipient().String() }

// String says "hidden".
func (Key) String() string { return "hidden" }

// Format writes "hidden", whatever the verb.
func (Key) Format(state fmt.State, _ rune) { fmt.Fprint(state, "hidden") }

// nameOf is the name of the object that holds a file.
func (k Key) nameOf(contentSum string) string {
	return hex.EncodeToString(mac(k.parts.names, []byte(contentSum)))
}

// mark proves that a body was written under a name by somebody who has the key.
func (k Key) mark(name string, body []byte) []byte {
	return mac(k.parts.marks, []byte(name), []byte{0}, body)
}

func mac(key []byte, parts ...[]byte) []byte {
	hash := hmac.New(sha256.New, key)
	for _, part := range parts {
		hash.Write(part)
	}
	return hash.Sum(nil)
}
