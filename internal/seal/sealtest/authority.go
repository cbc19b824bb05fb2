package sealtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"time"
)

// identity is a certificate and its key.
type identity struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// authority has the root and the certificates that the service can sign with.
type authority struct {
	root, honest, expired, notForStamps, notCritical identity
}

// The certificates are valid longer than anybody runs the tests, whatever a test sets the clock to.
var (
	validFrom  = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	validUntil = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
)

// The purposes of RFC 5280, section 4.2.1.12.
var (
	oidExtKeyUsage  = asn1.ObjectIdentifier{2, 5, 29, 37}
	oidTimeStamping = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 8}
	oidServerAuth   = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 1}
)

func newAuthority() (*authority, error) {
	root, err := issue(&x509.Certificate{
		Subject:               pkix.Name{CommonName: "Example Root", Organization: []string{"Time for Examples"}},
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}, nil)
	if err != nil {
		return nil, err
	}
	made := &authority{root: root}
	for _, one := range []struct {
		identity *identity
		until    time.Time
		purpose  asn1.ObjectIdentifier
		critical bool
	}{
		{&made.honest, validUntil, oidTimeStamping, true},
		{&made.expired, validFrom.AddDate(1, 0, 0), oidTimeStamping, true},
		{&made.notForStamps, validUntil, oidServerAuth, true},
		{&made.notCritical, validUntil, oidTimeStamping, false},
	} {
		purposes, err := asn1.Marshal([]asn1.ObjectIdentifier{one.purpose})
		if err != nil {
			return nil, err
		}
		*one.identity, err = issue(&x509.Certificate{
			Subject:         pkix.Name{CommonName: "Example Clock", Organization: []string{"Time for Examples"}},
			NotAfter:        one.until,
			KeyUsage:        x509.KeyUsageDigitalSignature,
			ExtraExtensions: []pkix.Extension{{Id: oidExtKeyUsage, Critical: one.critical, Value: purposes}},
		}, &made.root)
		if err != nil {
			return nil, err
		}
	}
	return made, nil
}

// issue makes a key and has it certified: by the issuer, or by itself when there is none.
func issue(template *x509.Certificate, issuer *identity) (identity, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return identity{}, err
	}
	if template.SerialNumber, err = rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 63)); err != nil {
		return identity{}, err
	}
	template.NotBefore = validFrom
	if template.NotAfter.IsZero() {
		template.NotAfter = validUntil
	}
	if issuer == nil {
		issuer = &identity{template, key}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, issuer.certificate, key.Public(), issuer.key)
	if err != nil {
		return identity{}, err
	}
	certificate, err := x509.ParseCertificate(der)
	return identity{certificate, key}, err
}
