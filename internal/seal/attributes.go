package seal

import (
	"bytes"
	"crypto"
	_ "crypto/sha1" // the first way to name the signer's certificate, RFC 2634, knows no other hash
	_ "crypto/sha512"
	"crypto/x509"
	"encoding/asn1"
)

// attributes are the signed attributes of RFC 5652, section 5.3, that a time stamp must have.
type attributes struct {
	signed        []byte // the bytes under the signature: the attributes as a SET
	messageDigest []byte
	signers       []certificateHash // each must be that of the signer's certificate
}

// certificateHash names a certificate: ESSCertID of RFC 2634, section 5.4.1, or ESSCertIDv2 of RFC 5035, section 4.
type certificateHash struct {
	hash crypto.Hash
	sum  []byte
}

func (c certificateHash) isOf(certificate *x509.Certificate) bool {
	digest := c.hash.New()
	digest.Write(certificate.Raw)
	return bytes.Equal(digest.Sum(nil), c.sum)
}

type attribute struct {
	Type   asn1.ObjectIdentifier
	Values []asn1.RawValue `asn1:"set"`
}

// signingCertificate is the attribute of either version. The first of the certificates is the signer's; the others and
// the policies are passed over.
type signingCertificate struct {
	Certificates []asn1.RawValue
	Policies     asn1.RawValue `asn1:"optional"`
}

type essCertID struct {
	Hash   []byte
	Issuer asn1.RawValue `asn1:"optional"`
}

type essCertIDv2 struct {
	Algorithm algorithmIdentifier `asn1:"optional"` // SHA-256 when absent
	Hash      []byte
	Issuer    asn1.RawValue `asn1:"optional"`
}

func readAttributes(raw asn1.RawValue) (attributes, error) {
	if !raw.IsCompound {
		return attributes{}, notAToken("attributes")
	}
	// In the token the SET has the tag [0]; under the signature it has its own (RFC 5652, section 5.4).
	read := attributes{signed: bytes.Clone(raw.FullBytes)}
	read.signed[0] = asn1.TagSet | 0x20
	var list []attribute
	if rest, err := asn1.UnmarshalWithParams(read.signed, &list, "set"); err != nil || len(rest) > 0 {
		return attributes{}, notAToken("attributes")
	}
	contentTypes, digests := 0, 0
	for _, one := range list {
		if len(one.Values) != 1 {
			return attributes{}, notAToken("an attribute without a value, or with two")
		}
		value := one.Values[0].FullBytes
		switch {
		case one.Type.Equal(oidContentType):
			contentTypes++
			if !isOne(value, oidTSTInfo) {
				return attributes{}, notAToken("signed as something else")
			}
		case one.Type.Equal(oidMessageDigest):
			digests++
			if !isWhole(value, &read.messageDigest) {
				return attributes{}, notAToken("message digest")
			}
		case one.Type.Equal(oidSigner), one.Type.Equal(oidSignerV2):
			named, ok := readCertificateHash(value, one.Type.Equal(oidSignerV2))
			if !ok {
				return attributes{}, notAToken("signer’s certificate")
			}
			read.signers = append(read.signers, named)
		}
	}
	if contentTypes != 1 || digests != 1 || len(read.signers) == 0 {
		return attributes{}, notAToken("an attribute that must be there once")
	}
	return read, nil
}

func readCertificateHash(value []byte, v2 bool) (certificateHash, bool) {
	var list signingCertificate
	if !isWhole(value, &list) || len(list.Certificates) == 0 {
		return certificateHash{}, false
	}
	first := list.Certificates[0].FullBytes
	if !v2 {
		var id essCertID
		ok := isWhole(first, &id)
		return certificateHash{crypto.SHA1, id.Hash}, ok
	}
	var id essCertIDv2
	if !isWhole(first, &id) {
		return certificateHash{}, false
	}
	hash := hashOf(id.Algorithm)
	return certificateHash{hash, id.Hash}, hash != 0
}

func hashOf(algorithm algorithmIdentifier) crypto.Hash {
	switch {
	case len(algorithm.Algorithm) == 0, isPlain(algorithm, oidSHA256):
		return crypto.SHA256
	case isPlain(algorithm, oidSHA384):
		return crypto.SHA384
	case isPlain(algorithm, oidSHA512):
		return crypto.SHA512
	}
	return 0
}

// isWhole reads DER into a value, and tells whether it was that and nothing after it.
func isWhole(der []byte, value any) bool {
	rest, err := asn1.Unmarshal(der, value)
	return err == nil && len(rest) == 0
}

func isOne(der []byte, want asn1.ObjectIdentifier) bool {
	var got asn1.ObjectIdentifier
	return isWhole(der, &got) && got.Equal(want)
}
