package dkim

import (
	"strings"

	"golang.org/x/net/publicsuffix"
)

// Aligned is whether a signer’s domain is that of a sender’s address, or both belong to one owner: the relaxed alignment of
// RFC 7489, section 3.1.1, by the list of public suffixes. Whoever signs for others, as those who send newsletters do, is
// not aligned.
func Aligned(domain, address string) bool {
	_, of, is := strings.Cut(strings.ToLower(strings.TrimSpace(address)), "@")
	if !is {
		return false
	}
	signer, errSigner := publicsuffix.EffectiveTLDPlusOne(domain)
	sender, errSender := publicsuffix.EffectiveTLDPlusOne(of)
	return domain == of || errSigner == nil && errSender == nil && signer == sender
}
