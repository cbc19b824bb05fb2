package seal

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"time"
)

// The identifiers of RFC 5652 (CMS), RFC 3161 (time stamps), RFC 2634 and 5035 (the signer's certificate).
var (
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidTSTInfo       = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigner        = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 12}
	oidSignerV2      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidSHA256        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidSHA384        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 2}
	oidSHA512        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}
	oidRSA           = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
)

// signing are the pairs of hash and signature that services use; those with SHA-1 are not among them. RSA may be named
// with its hash or without.
var signing = []struct {
	digest    asn1.ObjectIdentifier
	hash      crypto.Hash
	signature asn1.ObjectIdentifier
	algorithm x509.SignatureAlgorithm
}{
	{oidSHA256, crypto.SHA256, oidRSA, x509.SHA256WithRSA},
	{oidSHA256, crypto.SHA256, asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}, x509.SHA256WithRSA},
	{oidSHA256, crypto.SHA256, asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}, x509.ECDSAWithSHA256},
	{oidSHA384, crypto.SHA384, oidRSA, x509.SHA384WithRSA},
	{oidSHA384, crypto.SHA384, asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 12}, x509.SHA384WithRSA},
	{oidSHA384, crypto.SHA384, asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 3}, x509.ECDSAWithSHA384},
	{oidSHA512, crypto.SHA512, oidRSA, x509.SHA512WithRSA},
	{oidSHA512, crypto.SHA512, asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 13}, x509.SHA512WithRSA},
	{oidSHA512, crypto.SHA512, asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 4}, x509.ECDSAWithSHA512},
}

type algorithmIdentifier = pkix.AlgorithmIdentifier

// contentInfo is the outermost layer: RFC 5652, sections 3 and 5.1. What is not looked into is kept as it is.
type contentInfo struct {
	Type    asn1.ObjectIdentifier
	Content signedData `asn1:"explicit,tag:0"`
}

type signedData struct {
	Version      int
	Digests      []algorithmIdentifier `asn1:"set"`
	Encapsulated struct {
		Type    asn1.ObjectIdentifier
		Content []byte `asn1:"explicit,tag:0"`
	}
	Certificates asn1.RawValue `asn1:"optional,tag:0"`
	Revoked      asn1.RawValue `asn1:"optional,tag:1"`
	Signers      []signerInfo  `asn1:"set"`
}

// signerInfo names its certificate by issuer and number, the only way that OpenSSL takes in time stamps.
type signerInfo struct {
	Version    int
	Issuer     issuerAndSerial
	Digest     algorithmIdentifier
	Attributes asn1.RawValue `asn1:"tag:0"`
	Algorithm  algorithmIdentifier
	Signature  []byte
	Unsigned   asn1.RawValue `asn1:"optional,tag:1"`
}

type issuerAndSerial struct {
	Issuer asn1.RawValue
	Serial *big.Int
}

// tstInfo is the signed content: RFC 3161, section 2.4.2.
type tstInfo struct {
	Version int
	Policy  asn1.ObjectIdentifier
	Imprint struct {
		Algorithm algorithmIdentifier
		Hash      []byte
	}
	Serial     *big.Int
	Time       time.Time        `asn1:"generalized"`
	Accuracy   accuracy         `asn1:"optional"`
	Ordering   bool             `asn1:"optional"`
	Nonce      *big.Int         `asn1:"optional"`
	TSA        asn1.RawValue    `asn1:"optional,explicit,tag:0"`
	Extensions []pkix.Extension `asn1:"optional,tag:1"`
}

type accuracy struct {
	Seconds      int64 `asn1:"optional"`
	Milliseconds int64 `asn1:"optional,tag:0"`
	Microseconds int64 `asn1:"optional,tag:1"`
}

// token is a time stamp whose form is right. Nothing in it has been believed yet.
type token struct {
	info         tstInfo
	content      []byte // the DER of info
	certificates []*x509.Certificate
	issuer       issuerAndSerial
	digest       crypto.Hash
	algorithm    x509.SignatureAlgorithm
	signature    []byte
	attributes   attributes
}

func notAToken(what string) error { return fmt.Errorf("%w: %s", ErrNotAToken, what) }

// readToken reads the layers of a token. encoding/asn1 passes over what follows the known members of a sequence, so the
// layers outside the signature are written again and must come out the same.
func readToken(der []byte) (*token, error) {
	if len(der) > MaxToken {
		return nil, notAToken("too large")
	}
	var outer contentInfo
	if rest, err := asn1.Unmarshal(der, &outer); err != nil || len(rest) > 0 {
		return nil, notAToken("not one value in DER")
	}
	if again, err := asn1.Marshal(outer); err != nil || !bytes.Equal(again, der) {
		return nil, notAToken("more than what a time stamp has")
	}
	data := outer.Content
	switch {
	case !outer.Type.Equal(oidSignedData), !data.Encapsulated.Type.Equal(oidTSTInfo):
		return nil, notAToken("signed, but not a time stamp")
	case data.Version < 3 || data.Version > 5:
		return nil, notAToken("version")
	case len(data.Signers) != 1 || data.Signers[0].Version != 1:
		return nil, notAToken("not one signer")
	}
	read := &token{content: data.Encapsulated.Content}
	if err := read.readInfo(); err != nil {
		return nil, err
	}
	if err := read.readCertificates(data.Certificates); err != nil {
		return nil, err
	}
	return read, read.readSigner(data.Signers[0], data.Digests)
}

func (t *token) readInfo() error {
	if rest, err := asn1.Unmarshal(t.content, &t.info); err != nil || len(rest) > 0 {
		return notAToken("content")
	}
	if t.info.Version != 1 {
		return notAToken("version of the content")
	}
	if a := t.info.Accuracy; !within(a.Seconds, 1<<31) || !within(a.Milliseconds, 999) || !within(a.Microseconds, 999) {
		return notAToken("accuracy")
	}
	for _, extension := range t.info.Extensions {
		if extension.Critical {
			return notAToken("an extension that must be understood")
		}
	}
	return nil
}

func within(number, most int64) bool { return number >= 0 && number <= most }

func (t *token) readCertificates(set asn1.RawValue) (err error) {
	if len(set.FullBytes) > 0 && !set.IsCompound {
		return notAToken("certificates")
	}
	if t.certificates, err = x509.ParseCertificates(set.Bytes); err != nil {
		return fmt.Errorf("%w: %w", ErrNotAToken, err)
	}
	return nil
}

func (t *token) readSigner(signer signerInfo, digests []algorithmIdentifier) (err error) {
	t.issuer, t.signature = signer.Issuer, signer.Signature
	for _, pair := range signing {
		if isPlain(signer.Digest, pair.digest) && isPlain(signer.Algorithm, pair.signature) {
			t.digest, t.algorithm = pair.hash, pair.algorithm
		}
	}
	if t.digest == 0 {
		return fmt.Errorf("%w: signed in a way that is not taken", ErrWrongSignature)
	}
	if len(digests) != 1 || !isPlain(digests[0], signer.Digest.Algorithm) {
		return notAToken("digests")
	}
	t.attributes, err = readAttributes(signer.Attributes)
	return err
}
