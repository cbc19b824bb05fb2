package seal

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"io"
	"math/big"
	"time"

	timeseal "constancia/internal/seal"
)

// A signature as PAdES has it (ETSI EN 319 142-1, level B-B; with a time stamp of its own B-T): CMS (RFC 5652) in DER over
// the hash of what it covers. Like tokens, it is composed again when it is read, so that nothing else can be in it.

// The identifiers of RFC 5652, 5035 and 3161, appendix A.
var (
	oidData               = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidSignedData         = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidContentType        = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningCertificate = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidTimeStampToken     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14}
	oidSHA256             = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidSHA256WithRSA      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}
	oidECDSAWithSHA256    = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}
)

var errNotCMS = errors.New("this is not a signature")

type contentInfo struct {
	Type    asn1.ObjectIdentifier
	Content signedData `asn1:"explicit,tag:0"`
}

type signedData struct {
	Version      int
	Digests      []pkix.AlgorithmIdentifier `asn1:"set"`
	Encapsulated struct{ Type asn1.ObjectIdentifier }
	Certificates asn1.RawValue `asn1:"optional,tag:0"`
	Signers      []signerInfo  `asn1:"set"`
}

type signerInfo struct {
	Version int
	Issuer  struct {
		Issuer asn1.RawValue
		Serial *big.Int
	}
	Digest     pkix.AlgorithmIdentifier
	Attributes asn1.RawValue `asn1:"tag:0"`
	Algorithm  pkix.AlgorithmIdentifier
	Signature  []byte
	Unsigned   asn1.RawValue `asn1:"optional,tag:1"`
}

type attribute struct {
	Type   asn1.ObjectIdentifier
	Values []asn1.RawValue `asn1:"set"`
}

// signature is all that one differs in from another.
type signature struct {
	certificates []*x509.Certificate // the signer's first
	imprint      [sha256.Size]byte
	value        []byte
	token        []byte // a time stamp over value; may be missing
}

// attributes are what is signed: the imprint, and the hash of each certificate, so that none can be exchanged.
func (s *signature) attributes() ([]byte, error) {
	var certificates struct{ All []struct{ Hash []byte } }
	for _, certificate := range s.certificates {
		sum := sha256.Sum256(certificate.Raw)
		certificates.All = append(certificates.All, struct{ Hash []byte }{sum[:]})
	}
	return marshalAttributes([]valued{
		{oidContentType, oidData}, {oidMessageDigest, s.imprint[:]}, {oidSigningCertificate, certificates},
	})
}

type valued struct {
	is    asn1.ObjectIdentifier
	value any
}

func marshalAttributes(values []valued) ([]byte, error) {
	var list []attribute
	for _, one := range values {
		der, ok := one.value.(asn1.RawValue)
		if !ok {
			encoded, err := asn1.Marshal(one.value)
			if err != nil {
				return nil, err
			}
			der = asn1.RawValue{FullBytes: encoded}
		}
		list = append(list, attribute{one.is, []asn1.RawValue{der}})
	}
	return asn1.MarshalWithParams(list, "set")
}

// tagged gives a SET the tag that it has within the signature.
func tagged(set []byte, tag byte) asn1.RawValue {
	const contextSpecific, constructed = 0x80, 0x20
	own := bytes.Clone(set)
	own[0] = contextSpecific | constructed | tag
	return asn1.RawValue{FullBytes: own}
}

// der composes the signature.
func (s *signature) der() ([]byte, error) {
	signer := s.certificates[0]
	attributes, err := s.attributes()
	if err != nil {
		return nil, err
	}
	algorithm, _, err := algorithmOf(signer)
	if err != nil {
		return nil, err
	}
	info := signerInfo{Version: 1, Digest: pkix.AlgorithmIdentifier{Algorithm: oidSHA256}, Attributes: tagged(attributes, 0), Algorithm: algorithm, Signature: s.value}
	info.Issuer.Issuer, info.Issuer.Serial = asn1.RawValue{FullBytes: signer.RawIssuer}, signer.SerialNumber
	if s.token != nil {
		unsigned, err := marshalAttributes([]valued{{oidTimeStampToken, asn1.RawValue{FullBytes: s.token}}})
		if err != nil {
			return nil, err
		}
		info.Unsigned = tagged(unsigned, 1)
	}
	var all []byte
	for _, certificate := range s.certificates {
		all = append(all, certificate.Raw...)
	}
	data := signedData{
		Version: 1, Digests: []pkix.AlgorithmIdentifier{info.Digest}, Signers: []signerInfo{info},
		Certificates: asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: all},
	}
	data.Encapsulated.Type = oidData
	return asn1.Marshal(contentInfo{oidSignedData, data})
}

// algorithmOf is how a certificate's key signs here: RSA or ECDSA, with SHA-256.
func algorithmOf(certificate *x509.Certificate) (pkix.AlgorithmIdentifier, x509.SignatureAlgorithm, error) {
	switch certificate.PublicKey.(type) {
	case *rsa.PublicKey:
		return pkix.AlgorithmIdentifier{Algorithm: oidSHA256WithRSA, Parameters: asn1.NullRawValue}, x509.SHA256WithRSA, nil
	case *ecdsa.PublicKey:
		return pkix.AlgorithmIdentifier{Algorithm: oidECDSAWithSHA256}, x509.ECDSAWithSHA256, nil
	}
	return pkix.AlgorithmIdentifier{}, 0, fmt.Errorf("%w: a key of another kind than RSA or ECDSA", ErrCertificate)
}

// sign signs the attributes, and has the signature stamped.
func (s *signature) sign(key crypto.Signer, random io.Reader, token func(hash [sha256.Size]byte) ([]byte, error)) error {
	attributes, err := s.attributes()
	if err != nil {
		return err
	}
	digest := sha256.Sum256(attributes)
	if s.value, err = key.Sign(random, digest[:], crypto.SHA256); err != nil || token == nil {
		return err
	}
	s.token, err = token(sha256.Sum256(s.value))
	return err
}

// readSignature takes a signature apart that is, byte for byte, one that der would compose.
func readSignature(der []byte, imprint [sha256.Size]byte) (*signature, error) {
	var outer contentInfo
	if rest, err := asn1.Unmarshal(der, &outer); err != nil || len(rest) > 0 || len(outer.Content.Signers) != 1 {
		return nil, errNotCMS
	}
	certificates, err := x509.ParseCertificates(outer.Content.Certificates.Bytes)
	if err != nil || len(certificates) == 0 {
		return nil, errNotCMS
	}
	info := outer.Content.Signers[0]
	s := &signature{certificates: certificates, imprint: imprint, value: info.Signature}
	if len(info.Unsigned.Bytes) > 0 {
		var unsigned attribute
		if rest, err := asn1.Unmarshal(info.Unsigned.Bytes, &unsigned); err != nil || len(rest) > 0 || len(unsigned.Values) != 1 {
			return nil, errNotCMS
		}
		s.token = unsigned.Values[0].FullBytes
	}
	if again, err := s.der(); err != nil || !bytes.Equal(again, der) {
		return nil, errNotCMS
	}
	return s, nil
}

// verify judges the signature, and the time stamp on it.
func (s *signature) verify(claimed time.Time, roots *x509.CertPool) (Signed, error) {
	signer := s.certificates[0]
	_, algorithm, err := algorithmOf(signer)
	if err != nil {
		return Signed{}, err
	}
	attributes, err := s.attributes()
	if err != nil {
		return Signed{}, err
	}
	if err := signer.CheckSignature(algorithm, attributes, s.value); err != nil {
		return Signed{}, err
	}
	signed := Signed{By: timeseal.NameOf(signer)}
	at := claimed
	if s.token != nil {
		stamped, err := timeseal.VerifyHash(s.token, sha256.Sum256(s.value), roots)
		if err != nil {
			return Signed{}, err
		}
		signed.Stamped, at = &stamped, stamped.At
	}
	if at.Before(signer.NotBefore) || at.After(signer.NotAfter) {
		return Signed{}, fmt.Errorf("%w: not valid then", ErrCertificate)
	}
	if roots != nil {
		others := x509.NewCertPool()
		for _, certificate := range s.certificates[1:] {
			others.AddCert(certificate)
		}
		_, err := signer.Verify(x509.VerifyOptions{
			Roots: roots, Intermediates: others, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
		signed.Rooted = err == nil
	}
	return signed, nil
}
