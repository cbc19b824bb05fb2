package seal

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
)

var oidExtKeyUsage = asn1.ObjectIdentifier{2, 5, 29, 37}

func wrongCertificate(what string) error { return fmt.Errorf("%w: %s", ErrWrongCertificate, what) }

// signerCertificate finds the certificate that the signer is named by, and compares it with its hash among what was
// signed: issuer and number alone could be those of another one.
func (t *token) signerCertificate() (*x509.Certificate, error) {
	for _, certificate := range t.certificates {
		if certificate.SerialNumber.Cmp(t.issuer.Serial) != 0 || !bytes.Equal(certificate.RawIssuer, t.issuer.Issuer.FullBytes) {
			continue
		}
		for _, named := range t.attributes.signers {
			if !named.isOf(certificate) {
				return nil, wrongCertificate("not the one that was signed with")
			}
		}
		return certificate, nil
	}
	return nil, wrongCertificate("not in the time stamp")
}

// checkSigner holds the signer's certificate against RFC 3161, section 2.3: for time stamps, critically, and for nothing
// else; and it was valid at the time that the token says.
func (t *token) checkSigner(signer *x509.Certificate) error {
	if len(signer.ExtKeyUsage) != 1 || signer.ExtKeyUsage[0] != x509.ExtKeyUsageTimeStamping || len(signer.UnknownExtKeyUsage) > 0 {
		return wrongCertificate("not for time stamps alone")
	}
	for _, extension := range signer.Extensions {
		if extension.Id.Equal(oidExtKeyUsage) && !extension.Critical {
			return wrongCertificate("its purpose is not critical")
		}
	}
	if usage := signer.KeyUsage; usage&^(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) != 0 {
		return wrongCertificate("its key has other uses")
	}
	if at := t.info.Time; at.Before(signer.NotBefore) || at.After(signer.NotAfter) {
		return wrongCertificate("not valid at that time")
	}
	return t.checkName(signer)
}

// checkName compares the service's name within the content, when there is one, with those of the certificate.
func (t *token) checkName(signer *x509.Certificate) error {
	const directoryName = 4
	name := t.info.TSA
	if len(name.FullBytes) == 0 {
		return nil
	}
	if name.Class == asn1.ClassContextSpecific && name.Tag == directoryName && !bytes.Equal(name.Bytes, signer.RawSubject) {
		return wrongCertificate("another name than that of the service")
	}
	return nil
}

// checkOthers holds the certificates beside the signer's against one another: one whose issuer is there as well must be
// signed by it. Signatures with SHA-1, which old roots have of themselves, are left unjudged.
func (t *token) checkOthers() error {
	for _, certificate := range t.certificates {
		named, signed := 0, 0
		for _, issuer := range t.certificates {
			if !bytes.Equal(certificate.RawIssuer, issuer.RawSubject) {
				continue
			}
			named++
			err := issuer.CheckSignature(certificate.SignatureAlgorithm, certificate.RawTBSCertificate, certificate.Signature)
			if _, unjudged := errors.AsType[x509.InsecureAlgorithmError](err); err == nil || unjudged {
				signed++
			}
		}
		if named > 0 && signed == 0 {
			return wrongCertificate("one in the time stamp was changed")
		}
	}
	return nil
}

// chain leads from the signer's certificate up to one of the roots, at the token's time; or else as far up as the
// certificates in the token go.
func (t *token) chain(signer *x509.Certificate, roots *x509.CertPool) (chain []*x509.Certificate, rooted bool) {
	if roots != nil {
		others := x509.NewCertPool()
		for _, certificate := range t.certificates {
			others.AddCert(certificate)
		}
		chains, err := signer.Verify(x509.VerifyOptions{
			Roots: roots, Intermediates: others, CurrentTime: t.info.Time, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping},
		})
		if err == nil {
			return chains[0], true
		}
	}
	chain = []*x509.Certificate{signer}
	for len(chain) <= len(t.certificates) {
		above := t.issuerOf(chain[len(chain)-1])
		if above == nil {
			break
		}
		chain = append(chain, above)
	}
	return chain, false
}

// issuerOf finds the certificate that signed this one; nil for one that signed itself.
func (t *token) issuerOf(certificate *x509.Certificate) *x509.Certificate {
	for _, other := range t.certificates {
		if !other.Equal(certificate) && certificate.CheckSignatureFrom(other) == nil {
			return other
		}
	}
	return nil
}
