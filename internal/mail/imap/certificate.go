package imap

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"time"

	"constancia/internal/problem"
)

// untrusted tells which certificate a server shows that nothing trusted vouches for, and why: what a person needs to
// compare it with what whoever runs the server says. What stands in a certificate is the server's own words.
func (a Account) untrusted(err error, shown *x509.Certificate) error {
	whole := sha256.Sum256(shown.Raw)
	return problem.Wrap(err, problem.CertificateUntrusted, problem.Values{
		"host": a.Host, "fingerprint": keyOf(shown).String(), "certificate": hex.EncodeToString(whole[:]),
		"subject": detail(shown.Subject.String()), "issuer": detail(shown.Issuer.String()),
		"from": shown.NotBefore.UTC().Format(time.DateOnly), "until": shown.NotAfter.UTC().Format(time.DateOnly),
		"why": whyUntrusted(err),
	})
}

// whyUntrusted is authority, name or time: nobody trusted signed it, it is for another server, or it is not valid today.
func whyUntrusted(err error) string {
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &name):
		return "name"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "time"
	}
	return "authority"
}
