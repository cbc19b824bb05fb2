// Package dkim holds the signatures of an email against the keys of those who signed (DomainKeys Identified Mail, RFC
// 6376).
//
// A signature says that a domain vouched for these header fields and this text when the message left it, and that
// neither was changed since. It does not say who sat at the keyboard, nor that what stands there is true.
//
// A mail server judges a message once, when it comes. Here a message is judged months later, as evidence, and what a
// server throws together is told apart: a signature that has expired may still fit every byte; one that covers only the
// beginning of the text still says something; a key that its owner took down can’t be asked any more, which is nobody’s
// fault. That is why the rules of RFC 6376 stand here and not in a server’s library; the tests hold both side by side.
package dkim

import (
	"bufio"
	"context"
	"crypto"
	_ "crypto/sha1" // obsolete signatures are told from broken ones
	_ "crypto/sha256"
	"hash"
	"io"
	"time"
)

// maxSignatures bounds how many signatures of one message are looked at.
const maxSignatures = 8

// Verdict is what came of holding one signature against a message.
type Verdict string

// The verdicts.
const (
	// Fits says that the signed fields and the signed text are those that the key’s owner signed.
	Fits Verdict = "fits"
	// DiffersText says that the text is not the one that was signed: something on the way, or later, changed it.
	DiffersText Verdict = "differs_text"
	// DiffersFields says so of the header fields, or the key is another.
	DiffersFields Verdict = "differs_fields"
	// NoKey says that the owner publishes no such key any more, or took it back: the signature can no longer be checked.
	NoKey Verdict = "no_key"
	// NoAnswer says that nobody answered the question for the key.
	NoAnswer Verdict = "no_answer"
	// TooWeak says that the key is so short that anybody could have signed with it.
	TooWeak Verdict = "too_weak"
	// Malformed says that the signature, or its key, breaks the rules and says nothing.
	Malformed Verdict = "malformed"
)

// Signature is a DKIM-Signature field, and what holds of it.
type Signature struct {
	Domain    string   `json:"domain"`   // d=, who vouches
	Selector  string   `json:"selector"` // s=, which of its keys
	Algorithm string   `json:"algorithm"`
	Fields    []string `json:"fields"` // h=, the names of the signed header fields, in lower case
	// SignedAt and ExpiresAt are RFC 3339 in UTC, or empty.
	SignedAt  string `json:"signed_at,omitempty"`
	ExpiresAt string `json:"expires_at,omitempty"`
	// SignedBytes is how much of the text is signed (l=), in bytes of its canonical form; nil is all of it.
	SignedBytes *int64 `json:"signed_bytes,omitempty"`
	// UnsignedBytes is how much text follows behind the signed bytes.
	UnsignedBytes int64  `json:"unsigned_bytes,omitempty"`
	Key           Answer `json:"key"`
	// KeyBits is the size of an RSA key.
	KeyBits int64   `json:"key_bits,omitempty"`
	Verdict Verdict `json:"verdict"`
	// Why says what is malformed, or missing, in the words of the specification.
	Why string `json:"why,omitempty"`
	// Obsolete says that it rests on SHA-1, which mail servers accept no more (RFC 8301, section 3.1).
	Obsolete bool `json:"obsolete,omitempty"`
	// Added are fields that stand more often than they were signed: a second From is shown by some programs and covered
	// by nothing.
	Added []string `json:"added,omitempty"`
}

// Expired is whether the signature had expired at a time. It may fit all the same.
func (s Signature) Expired(at time.Time) bool {
	expires, err := time.Parse(time.RFC3339, s.ExpiresAt)
	return err == nil && at.After(expires)
}

// Answer is what the domain name system said when it was asked for a key. Kept, it lets the signature be checked again
// when the key is gone.
type Answer struct {
	Name string `json:"name"` // what was asked for
	// Texts are the TXT records of the name, each with its parts joined. A name that does not exist has none.
	Texts []string `json:"texts,omitempty"`
	// Resolver is who answered: the address of a name server, or “system”.
	Resolver string `json:"resolver,omitempty"`
	// AskedAt is when, RFC 3339 in UTC; empty when it was asked just now.
	AskedAt string `json:"asked_at,omitempty"`
}

// Lookup asks the domain name system for the TXT records of a name. A name that does not exist is no error; an error means
// that nobody answered.
type Lookup func(ctx context.Context, name string) (Answer, error)

// Check holds each signature of a message against its text, its header and its key. It gives one result for each, in the
// order they stand, and none for a message without signatures. An error means that the message could not be read.
func Check(ctx context.Context, message io.Reader, lookup Lookup) ([]Signature, error) {
	from := bufio.NewReader(message)
	fields, err := readFields(from)
	if err != nil {
		return nil, err
	}
	var checks []*check
	for i, field := range fields {
		if field.is("DKIM-Signature") && len(checks) < maxSignatures {
			checks = append(checks, newCheck(fields, i))
		}
	}
	if len(checks) == 0 {
		return nil, nil
	}
	var texts []io.Writer
	for _, c := range checks {
		if c.text != nil {
			texts = append(texts, c.text)
		}
	}
	if _, err := io.Copy(io.MultiWriter(texts...), from); err != nil {
		return nil, err
	}
	results := make([]Signature, len(checks))
	for i, c := range checks {
		c.judge(ctx, fields, lookup)
		results[i] = c.Signature
	}
	return results, nil
}

// check is one signature that is being held against its message.
type check struct {
	Signature
	at        int // its place among the fields
	tags      tags
	digest    crypto.Hash
	headerHow canonicalization
	text      *body
	summed    hash.Hash
}

func newCheck(fields []field, at int) *check {
	c := &check{at: at}
	c.Verdict, c.Why = Malformed, c.parse(fields[at])
	if c.Why != "" {
		return c
	}
	c.summed = c.digest.New()
	c.text = &body{to: c.summed, how: c.bodyHow(), limit: c.SignedBytes}
	return c
}

// judge comes to the verdict, when the text has been read.
func (c *check) judge(ctx context.Context, fields []field, lookup Lookup) {
	if c.Why != "" {
		return
	}
	c.text.end()
	c.UnsignedBytes = c.text.beyond
	c.Added = added(fields, c.Fields)
	key, verdict, why := c.askForKey(ctx, lookup)
	if verdict != "" {
		c.Verdict, c.Why = verdict, why
		return
	}
	switch {
	case c.SignedBytes != nil && c.text.size < *c.SignedBytes:
		c.Verdict = DiffersText // some of what was signed is gone
	case string(c.summed.Sum(nil)) != string(c.tags.bytes("bh")):
		c.Verdict = DiffersText
	case !key.verify(c.digest, c.signedHeader(fields), c.tags.bytes("b")):
		c.Verdict = DiffersFields
	default:
		c.Verdict = Fits
	}
}

// signedHeader is the digest of what the signature covers of the header: the named fields, each name taking the lowest
// that no earlier mention took, and the signature itself without its value (RFC 6376, section 3.7).
func (c *check) signedHeader(fields []field) []byte {
	sum := c.digest.New()
	taken := map[int]bool{}
	for _, name := range c.Fields {
		for i := len(fields) - 1; i >= 0; i-- {
			if fields[i].is(name) && !taken[i] {
				taken[i] = true
				_, _ = io.WriteString(sum, c.headerHow.header(fields[i])+"\r\n") // a hash takes everything
				break
			}
		}
	}
	_, _ = io.WriteString(sum, c.headerHow.header(fields[c.at].withoutSignature()))
	return sum.Sum(nil)
}
