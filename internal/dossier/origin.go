package dossier

import (
	"slices"
	"strings"

	"constancia/internal/casefile"
)

// origin is between whom a message went, by its mail addresses. It is made out before an edition hides those.
type origin struct {
	party  string // id of the company it is from or to; empty for none
	sender string // id of the company it is from
	// direction is incoming when a company sent it, outgoing when the complainant did, else unknown.
	direction casefile.Direction
}

func originsOf(file casefile.CaseFile) map[string]origin {
	origins := map[string]origin{}
	for _, message := range file.Messages {
		origins[message.Value.ID] = originOf(file, message.Value.Reading)
	}
	return origins
}

func originOf(file casefile.CaseFile, reading casefile.Reading) origin {
	var found origin
	for _, sender := range reading.From {
		id := companyAt(file, sender.Address)
		own := file.Case.Complainant.Email
		switch {
		case id != "":
			found.sender, found.direction = id, casefile.Incoming
		case found.direction == "" && own != "" && strings.EqualFold(sender.Address, own):
			found.direction = casefile.Outgoing
		}
		if id != "" {
			break
		}
	}
	for _, mailbox := range slices.Concat(reading.From, reading.To, reading.Cc) {
		if found.party = companyAt(file, mailbox.Address); found.party != "" {
			break
		}
	}
	return found
}

// companyAt is the id of the company whose mail domain an address is at.
func companyAt(file casefile.CaseFile, address string) string {
	_, domain, ok := strings.Cut(strings.ToLower(address), "@")
	if !ok {
		return ""
	}
	for _, party := range file.Parties {
		for _, own := range party.Value.Domains {
			own = strings.ToLower(own)
			if domain == own || strings.HasSuffix(domain, "."+own) {
				return party.Value.ID
			}
		}
	}
	return ""
}
