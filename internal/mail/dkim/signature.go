package dkim

import (
	"crypto"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"
)

// tags are the parts of a signature or of a key (RFC 6376, section 3.2).
type tags map[string]string

// parseTags reads a list of tags. A tag that stands twice makes the list invalid.
func parseTags(text string) (tags, bool) {
	all := tags{}
	for part := range strings.SplitSeq(text, ";") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		name, value, is := strings.Cut(part, "=")
		name = strings.TrimSpace(name)
		if _, twice := all[name]; !is || name == "" || twice {
			return nil, false
		}
		all[name] = strings.TrimSpace(value)
	}
	return all, true
}

// word is a tag’s value without any blanks, which may stand anywhere in it.
func (t tags) word(name string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune(" \t\r\n", c) {
			return -1
		}
		return c
	}, t[name])
}

// list is a tag’s value as a list.
func (t tags) list(name string) []string {
	return strings.Split(strings.ToLower(t.word(name)), ":")
}

// bytes is a tag’s value decoded from base64; nil when it is none.
func (t tags) bytes(name string) []byte {
	decoded, err := base64.StdEncoding.DecodeString(t.word(name))
	if err != nil {
		return nil
	}
	return decoded
}

// number is a tag’s value as a whole number that is not negative.
func (t tags) number(name string) (value int64, given, valid bool) {
	text := t.word(name)
	if text == "" {
		return 0, false, true
	}
	value, err := strconv.ParseInt(text, 10, 64)
	return value, true, err == nil && value >= 0
}

// KeyName is the name under which the key of a DKIM-Signature field is published, by the field's value; empty when the
// field breaks the rules, and no key would help it.
func KeyName(value string) string {
	c := &check{}
	if c.parse(field{name: "DKIM-Signature", raw: "DKIM-Signature:" + value}) != "" || !isDomain(c.Key.Name) {
		return ""
	}
	return c.Key.Name
}

// isDomain is whether a name can stand in the domain name system, and for a key (RFC 6376, section 3.1).
func isDomain(name string) bool {
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || len(label) > 63 {
			return false
		}
	}
	return len(name) <= 253 && !strings.ContainsFunc(name, func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' && c != '.'
	})
}

// parse reads the signature. It gives what is wrong with it, or nothing.
func (c *check) parse(f field) (why string) {
	var ok bool
	if c.tags, ok = parseTags(f.value()); !ok {
		return "tag list"
	}
	c.Domain, c.Selector = strings.ToLower(c.tags.word("d")), strings.ToLower(c.tags.word("s"))
	c.Algorithm = strings.ToLower(c.tags.word("a"))
	c.Key.Name = c.Selector + "._domainkey." + c.Domain
	for _, name := range []string{"v", "a", "b", "bh", "d", "h", "s"} {
		if c.tags.word(name) == "" {
			return "no " + name + "="
		}
	}
	if c.tags.word("v") != "1" {
		return "v="
	}
	if c.Fields = c.tags.list("h"); !slices.Contains(c.Fields, "from") {
		return "From is not signed"
	}
	if identity := strings.ToLower(c.tags.word("i")); identity != "" {
		_, of, is := strings.Cut(identity, "@")
		if !is || of != c.Domain && !strings.HasSuffix(of, "."+c.Domain) {
			return "i= is not of d="
		}
	}
	if query := c.tags.list("q"); c.tags.word("q") != "" && !slices.Contains(query, "dns/txt") {
		return "q="
	}
	if why := c.parseTimes(); why != "" {
		return why
	}
	return c.parseHow()
}

func (c *check) parseTimes() (why string) {
	for name, into := range map[string]*string{"t": &c.SignedAt, "x": &c.ExpiresAt} {
		seconds, given, valid := c.tags.number(name)
		if !valid {
			return name + "="
		}
		if given {
			*into = time.Unix(seconds, 0).UTC().Format(time.RFC3339)
		}
	}
	length, given, valid := c.tags.number("l")
	if !valid {
		return "l="
	}
	if given {
		c.SignedBytes = &length
	}
	return ""
}

// parseHow reads in which form and with what the message was signed.
func (c *check) parseHow() (why string) {
	switch c.Algorithm {
	case "rsa-sha256", "ed25519-sha256":
		c.digest = crypto.SHA256
	case "rsa-sha1":
		c.digest, c.Obsolete = crypto.SHA1, true
	default:
		return "a="
	}
	header, _, _ := strings.Cut(strings.ToLower(c.tags.word("c")), "/")
	c.headerHow = canonicalization(header)
	if header == "" {
		c.headerHow = simple
	}
	if !c.headerHow.known() || !c.bodyHow().known() {
		return "c="
	}
	return ""
}

// bodyHow is the form of the text: simple where none is named (RFC 6376, section 3.5).
func (c *check) bodyHow() canonicalization {
	if _, how, is := strings.Cut(strings.ToLower(c.tags.word("c")), "/"); is {
		return canonicalization(how)
	}
	return simple
}

func (c canonicalization) known() bool { return c == simple || c == relaxed }
