package dkim

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"slices"
	"strings"
)

// Limits of what a key record may say.
const (
	maxKeyText  = 8 << 10
	maxKeyTexts = 4
	leastBits   = 1024 // RFC 8301, section 3.2: a verifier must not take less
)

// publicKey is a signer’s key.
type publicKey struct {
	rsa     *rsa.PublicKey
	ed25519 ed25519.PublicKey
}

func (k publicKey) verify(digest crypto.Hash, sum, signature []byte) bool {
	if k.rsa != nil {
		return rsa.VerifyPKCS1v15(k.rsa, digest, sum, signature) == nil
	}
	return ed25519.Verify(k.ed25519, sum, signature)
}

// askForKey finds the key that a signature names. When there is none, it gives the verdict.
func (c *check) askForKey(ctx context.Context, lookup Lookup) (publicKey, Verdict, string) {
	answer, err := lookup(ctx, c.Key.Name)
	if err != nil {
		return publicKey{}, NoAnswer, ""
	}
	answer.Name = c.Key.Name
	c.Key = answer.Shortened()
	switch len(c.Key.Texts) {
	case 0:
		return publicKey{}, NoKey, ""
	case 1:
		return c.parseKey(c.Key.Texts[0])
	}
	return publicKey{}, Malformed, "several keys" // RFC 6376, section 3.6.2.2
}

// Shortened is as much of an answer as is worth keeping.
func (a Answer) Shortened() Answer {
	texts := a.Texts[:min(len(a.Texts), maxKeyTexts)]
	a.Texts = nil
	for _, text := range texts {
		a.Texts = append(a.Texts, strings.ToValidUTF8(text[:min(len(text), maxKeyText)], "\uFFFD"))
	}
	return a
}

// parseKey reads a key record (RFC 6376, section 3.6.1).
func (c *check) parseKey(text string) (key publicKey, verdict Verdict, why string) {
	record, ok := parseTags(text)
	if !ok || record["v"] != "" && record.word("v") != "DKIM1" {
		return key, Malformed, "key record"
	}
	if record.word("p") == "" {
		return key, NoKey, "p=" // taken back
	}
	kind, digest, _ := strings.Cut(c.Algorithm, "-")
	if named := strings.ToLower(record.word("k")); named != kind && (named != "" || kind != "rsa") {
		return key, Malformed, "k="
	}
	if record.word("h") != "" && !slices.Contains(record.list("h"), digest) {
		return key, Malformed, "h="
	}
	if services := record.list("s"); record.word("s") != "" && !slices.Contains(services, "*") && !slices.Contains(services, "email") {
		return key, Malformed, "s="
	}
	material := record.bytes("p")
	if kind == "ed25519" {
		if len(material) != ed25519.PublicKeySize {
			return key, Malformed, "p="
		}
		return publicKey{ed25519: material}, "", ""
	}
	if key.rsa = parseRSA(material); key.rsa == nil {
		return key, Malformed, "p="
	}
	if c.KeyBits = int64(key.rsa.N.BitLen()); c.KeyBits < leastBits {
		return key, TooWeak, ""
	}
	return key, "", ""
}

// parseRSA reads a key as RFC 6376 has it, or as RFC 8017 does: both are published.
func parseRSA(material []byte) *rsa.PublicKey {
	if parsed, err := x509.ParsePKIXPublicKey(material); err == nil {
		key, _ := parsed.(*rsa.PublicKey)
		return key
	}
	key, err := x509.ParsePKCS1PublicKey(material)
	if err != nil {
		return nil
	}
	return key
}
