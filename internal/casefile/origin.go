package casefile

import (
	"slices"
	"strings"
)

// Origin is between whom a message went, by its mail addresses.
type Origin struct {
	PartyID  string // the company it is from or to; empty for none
	SenderID string // the company it is from; empty for none
	// Direction is incoming when a company sent it; outgoing when the complainant did, or somebody who is no company sent it
	// to one; else empty: nobody can tell.
	Direction Direction
}

// OriginOf makes out between whom a message went.
func (f CaseFile) OriginOf(reading Reading) Origin {
	var found Origin
	own := f.Case.Complainant.Email
	for _, sender := range reading.From {
		if id := f.companyAt(sender.Address); id != "" {
			found.SenderID, found.Direction = id, Incoming
			break
		}
		if own != "" && strings.EqualFold(sender.Address, own) {
			found.Direction = Outgoing
		}
	}
	for _, mailbox := range slices.Concat(reading.From, reading.To, reading.Cc) {
		if found.PartyID = f.companyAt(mailbox.Address); found.PartyID != "" {
			break
		}
	}
	isCompany := func(mailbox Mailbox) bool { return f.companyAt(mailbox.Address) != "" }
	if found.Direction == "" && len(reading.From) > 0 && slices.ContainsFunc(reading.To, isCompany) {
		found.Direction = Outgoing
	}
	return found
}

// companyAt is the id of the company whose mail domain an address is at.
func (f CaseFile) companyAt(address string) string {
	_, domain, ok := strings.Cut(strings.ToLower(address), "@")
	if !ok {
		return ""
	}
	for _, party := range f.Parties {
		for _, own := range party.Value.Domains {
			own = strings.ToLower(own)
			if domain == own || strings.HasSuffix(domain, "."+own) {
				return party.Value.ID
			}
		}
	}
	return ""
}
