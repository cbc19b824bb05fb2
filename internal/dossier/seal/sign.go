package seal

import (
	"context"
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"time"

	"software.sslmate.com/src/go-pkcs12"

	timeseal "constancia/internal/seal"
)

// Signed is a signature over the first bytes of the file.
type Signed struct {
	// By is the name in the signer's certificate.
	By string
	// Rooted says that its certificates lead to one of the roots that were given.
	Rooted bool
	// Stamped is the time stamp on the signature; nil without one.
	Stamped *timeseal.Sealed
	// Covers is how many bytes, up to where a later revision begins or the end.
	Covers int64
}

// ErrCertificate says that a certificate can't be opened, or does not serve to sign.
var ErrCertificate = errors.New("the certificate does not serve")

// Signer is a person's certificate with its key.
type Signer struct {
	// Certificates are the person's own and those that vouch for it.
	Certificates []*x509.Certificate
	Key          crypto.Signer
}

// OpenSigner opens the file (PKCS#12, RFC 7292) in which certificates are given to people.
//
// Errors: [ErrCertificate].
func OpenSigner(file []byte, passphrase string) (Signer, error) {
	key, own, others, err := pkcs12.DecodeChain(file, passphrase)
	if err != nil {
		return Signer{}, fmt.Errorf("%w: %w", ErrCertificate, err)
	}
	signing, ok := key.(crypto.Signer)
	if !ok {
		return Signer{}, fmt.Errorf("%w: its key can't sign", ErrCertificate)
	}
	if _, _, err := algorithmOf(own); err != nil {
		return Signer{}, err
	}
	return Signer{append([]*x509.Certificate{own}, others...), signing}, nil
}

// Sign makes a signature (ETSI EN 319 142-1) for a finished file of size bytes: a revision to write behind it. at is the
// time that the signer claims. token has the signature stamped, see [Stamp]; nil leaves it without. A document time stamp
// comes after it.
//
// Errors: [ErrNotFinished], [ErrCertificate], [ErrSealTooLarge], those of token, from and ctx.
func Sign(
	ctx context.Context, from io.ReaderAt, size int64, by Signer, at time.Time, random io.Reader,
	token func(hash [sha256.Size]byte) ([]byte, error),
) (revision []byte, err error) {
	own := by.Certificates[0]
	if at.Before(own.NotBefore) || at.After(own.NotAfter) {
		return nil, fmt.Errorf("%w: it is not valid now", ErrCertificate)
	}
	about := dict{
		"Type": name("Sig"), "Filter": name("Adobe.PPKLite"), "SubFilter": name("ETSI.CAdES.detached"),
		"M": text(at.UTC().Format(dateLayout)), "Name": unicodeText(timeseal.NameOf(own)),
	}
	return addUpdate(ctx, from, size, about, func(h *hasher, u *update, end int64) ([]byte, error) {
		imprint, err := h.with(end, u.unsigned())
		if err != nil {
			return nil, err
		}
		s := &signature{certificates: by.Certificates, imprint: imprint}
		if err := s.sign(by.Key, random, token); err != nil {
			return nil, err
		}
		return s.der()
	})
}

// signature judges the signature of a revision.
func (v *verifier) signature(f *finished, about dict, der []byte, imprint [sha256.Size]byte, field string) {
	s, err := readSignature(der, imprint)
	if err != nil {
		v.found(SignatureFails, field)
		return
	}
	claimed, _ := time.Parse(dateLayout, readText(about["M"])) // a time that can't be read is none at which it was valid
	signed, err := s.verify(claimed, v.roots)
	if err != nil {
		v.found(SignatureFails, field)
		return
	}
	signed.Covers = f.size
	v.report.Signatures = append(v.report.Signatures, signed)
}
