// Package seal gets time stamps of RFC 3161 from a service, and judges them. A time stamp, here a seal, is the signed
// word of a service that it saw a hash at a certain time. Only that hash is ever sent.
//
// What a seal proves is that the sealed bytes existed at its time, if the service kept its clock and its key well.
// Whether to believe the service is up to who reads the seal: they compare the root certificate with the one that the
// service publishes elsewhere.
//
// Tokens are read with encoding/asn1, which takes DER only, and every byte outside what is signed must be as this
// package would write it. The verifiers of CMS that there are take BER, bytes after the end, any type of content and
// SHA-1: a flipped bit could pass them unseen.
package seal

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"
	"unicode"
)

// MaxToken is the size of the largest token that is taken, in bytes. Usual ones have 2 to 8 kB.
const MaxToken = 128 << 10

// What can be wrong with a token.
var (
	// ErrNotAToken says that the bytes are not a time stamp in DER as RFC 3161 has it.
	ErrNotAToken = errors.New("this is not a time stamp")
	// ErrOtherData says that the token is one for other bytes.
	ErrOtherData = errors.New("the time stamp is not for these bytes")
	// ErrWrongSignature says that the token was changed after it was signed, or signed with another key.
	ErrWrongSignature = errors.New("the signature of the time stamp is wrong")
	// ErrWrongCertificate says that the signer's certificate is missing, not one for time stamps, or was not valid then.
	ErrWrongCertificate = errors.New("the certificate of the time stamp does not serve")
)

// Sealed is what a token says. Its texts come from certificates; they are cut and hold nothing that a terminal would
// take for a command.
type Sealed struct {
	// At is the service's time in UTC (genTime).
	At time.Time
	// Accuracy is how far At may be from the true time by the service's own account; 0 when it does not say.
	Accuracy time.Duration
	// By is the name in the signer's certificate: common name and organisation.
	By string
	// Serial is the number that the service gave the token, in hex with 0x before it.
	Serial string
	// Policy is the identifier of the rules by which the service works, in digits and dots.
	Policy string
	// Chain are the signer's certificate and those that vouch for it, each for the one before it.
	Chain []*x509.Certificate
	// Rooted says that Chain ends in one of the roots that were given. Else the certificates only vouch for one another,
	// and By is nobody's word but the signer's own.
	Rooted bool
}

// Verify judges a token, the DER of the ContentInfo of RFC 3161, section 2.4.2, for the bytes that were sealed. It asks
// no clock and no network, so it does not know of revoked certificates. It holds when the hash is that of the bytes, the
// signature that of the one signer, and the signer's certificate, which is in the token, only for time stamps and valid
// at the token's time. roots are those that the reader trusts; they decide on nothing but Chain and Rooted, and may be nil.
//
// Errors: [ErrNotAToken], [ErrOtherData], [ErrWrongSignature], [ErrWrongCertificate].
func Verify(token, data []byte, roots *x509.CertPool) (Sealed, error) {
	return VerifyHash(token, sha256.Sum256(data), roots)
}

// VerifyHash is [Verify] for bytes that are only known by their SHA-256.
func VerifyHash(token []byte, hash [sha256.Size]byte, roots *x509.CertPool) (Sealed, error) {
	read, err := readToken(token)
	if err != nil {
		return Sealed{}, err
	}
	return read.verify(hash, roots)
}

func (t *token) verify(hash [sha256.Size]byte, roots *x509.CertPool) (Sealed, error) {
	if err := t.checkImprint(hash); err != nil {
		return Sealed{}, err
	}
	signer, err := t.signerCertificate()
	if err != nil {
		return Sealed{}, err
	}
	if err := t.checkSignature(signer); err != nil {
		return Sealed{}, err
	}
	if err := t.checkSigner(signer); err != nil {
		return Sealed{}, err
	}
	if err := t.checkOthers(); err != nil {
		return Sealed{}, err
	}
	chain, rooted := t.chain(signer, roots)
	return Sealed{
		At: t.info.Time.UTC(), Accuracy: t.info.Accuracy.duration(), By: NameOf(signer), Serial: hexNumber(t.info.Serial),
		Policy: t.info.Policy.String(), Chain: chain, Rooted: rooted,
	}, nil
}

// checkImprint compares the token's hash with that of the bytes. Seals are asked for with SHA-256 and no other.
func (t *token) checkImprint(hash [sha256.Size]byte) error {
	if !isPlain(t.info.Imprint.Algorithm, oidSHA256) {
		return fmt.Errorf("%w: its hash is not SHA-256", ErrOtherData)
	}
	if !bytes.Equal(t.info.Imprint.Hash, hash[:]) {
		return ErrOtherData
	}
	return nil
}

// checkSignature follows RFC 5652, section 5.4: what is signed are the attributes, one of which is the content's hash.
func (t *token) checkSignature(signer *x509.Certificate) error {
	digest := t.digest.New()
	digest.Write(t.content)
	if !bytes.Equal(t.attributes.messageDigest, digest.Sum(nil)) {
		return fmt.Errorf("%w: the content is not what was signed", ErrWrongSignature)
	}
	if err := signer.CheckSignature(t.algorithm, t.attributes.signed, t.signature); err != nil {
		return fmt.Errorf("%w: %w", ErrWrongSignature, err)
	}
	return nil
}

func hexNumber(number *big.Int) string { return fmt.Sprintf("%#x", number) }

// plain makes a text from outside fit to be shown: one line, no control characters, at most 200 characters.
func plain(text string) string {
	var kept []rune
	for _, char := range strings.ToValidUTF8(text, "") {
		if len(kept) == 200 {
			break
		}
		if unicode.IsSpace(char) {
			char = ' '
		}
		if unicode.IsPrint(char) {
			kept = append(kept, char)
		}
	}
	return strings.TrimSpace(string(kept))
}

// NameOf is a certificate's common name with the organisation behind it, or the whole subject when there is neither.
func NameOf(certificate *x509.Certificate) string {
	subject := certificate.Subject
	organisation := strings.Join(subject.Organization, ", ")
	switch {
	case subject.CommonName == "" && organisation == "":
		return plain(subject.String())
	case subject.CommonName == "" || organisation == "" || organisation == subject.CommonName:
		return plain(subject.CommonName + organisation)
	}
	return plain(subject.CommonName + " (" + organisation + ")")
}

// duration is the accuracy as a length of time; readToken has seen to its bounds.
func (a accuracy) duration() time.Duration {
	return time.Duration(a.Seconds)*time.Second + time.Duration(a.Milliseconds)*time.Millisecond +
		time.Duration(a.Microseconds)*time.Microsecond
}

// isPlain tells whether an algorithm is a certain one without parameters, or with the NULL that many write there.
func isPlain(algorithm algorithmIdentifier, want asn1.ObjectIdentifier) bool {
	parameters := algorithm.Parameters.FullBytes
	return algorithm.Algorithm.Equal(want) && (len(parameters) == 0 || bytes.Equal(parameters, asn1.NullBytes))
}
