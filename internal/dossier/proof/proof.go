// Package proof writes and checks the proof of the record that a dossier carries: the heads of the case's logs with their
// signatures and time stamps, as a text that explains itself and that sha256sum and openssl check. FORMAT.md of package
// record, section 11, describes it. Nothing in it tells what an entry says.
package proof

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"

	"constancia/internal/record"
	timeseal "constancia/internal/seal"
)

// FileName is what the text is called within a dossier.
const FileName = "record.txt"

// Log is what one computer recorded of the case, as it was when the dossier was made.
type Log struct {
	Head record.Head
	// Signature is that of the head's text by Key (RFC 8032).
	Signature []byte
	Key       ed25519.PublicKey
	// Seals are time stamps of earlier heads of the log, the earliest first.
	Seals []Seal
}

// Seal is a time stamp of a head.
type Seal struct {
	// Signed is the signed head as it was stamped, and Token the TimeStampToken over it (RFC 3161, section 2.4.2).
	Signed, Token []byte
	// Service is the address that was asked.
	Service string
	// Proof shows that the log goes on from that head (RFC 9162, section 2.1.4.2).
	Proof record.Proof
}

var (
	// ErrNotAProof says that a text is not one of this package.
	ErrNotAProof = errors.New("this is not the proof of a record")
	// ErrNotSigned says that a head is not signed by the key beside it.
	ErrNotSigned = errors.New("a head is not signed by the key beside it")
	// ErrNotStamped says that a time stamp is not one for a head that the log goes on from.
	ErrNotStamped = errors.New("a time stamp is not one for this log")
)

// NewLog takes a log's head from its signed note, checked with the key in the form of [record.VerifierKey].
//
// Errors: those of [record.OpenHead].
func NewLog(signed []byte, verifierKey string) (Log, error) {
	head, err := record.OpenHead(signed, verifierKey)
	if err != nil {
		return Log{}, err
	}
	parts := strings.SplitN(verifierKey, "+", 3) // OpenHead has taken it
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil {
		return Log{}, err
	}
	log := Log{Head: head, Key: key[len(key)-ed25519.PublicKeySize:]}
	for line := range bytes.Lines(signed[len(head.Text()):]) {
		by, encoded, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(string(line), "— ")), " ")
		if by != parts[0] {
			continue
		}
		signature, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			return Log{}, err
		}
		log.Signature = signature[len(signature)-ed25519.SignatureSize:]
	}
	return log, log.CheckSignature()
}

// CheckSignature says whether the head is signed by the key. Error: [ErrNotSigned].
func (l Log) CheckSignature() error {
	if len(l.Key) != ed25519.PublicKeySize || !ed25519.Verify(l.Key, []byte(l.Head.Text()), l.Signature) {
		return ErrNotSigned
	}
	return nil
}

// CheckSeal judges a time stamp of the log: its token, and that the log goes on from the head that was stamped. entries
// is how many of the log's first entries it covers.
//
// Error: [ErrNotStamped].
func (l Log) CheckSeal(s Seal, roots *x509.CertPool) (sealed timeseal.Sealed, entries int64, err error) {
	text, _, _ := bytes.Cut(s.Signed, []byte("\n\n"))
	older, err := record.ParseHeadText(string(text) + "\n")
	if err != nil || older.LogID != l.Head.LogID || l.Head.CheckConsistency(s.Proof, older.Tree) != nil {
		return sealed, 0, ErrNotStamped
	}
	if sealed, err = timeseal.Verify(s.Token, s.Signed, roots); err != nil {
		return sealed, 0, ErrNotStamped
	}
	return sealed, older.Size, nil
}

// Fingerprint is that of the case: the SHA-256 over the heads' texts, in lower-case hex.
func Fingerprint(logs []Log) string {
	digest := sha256.New()
	for _, log := range logs {
		digest.Write([]byte(log.Head.Text()))
	}
	return hex.EncodeToString(digest.Sum(nil))
}
