package casefile

// KeyRecord is what the domain name system said when it was asked for the key of DKIM signatures (RFC 6376, section
// 3.6.2). Companies take their keys down; with this, signatures can be checked all the same.
type KeyRecord struct {
	ID       string `json:"id,omitempty"`
	CaseID   string `json:"case"`
	Domain   string `json:"domain"`
	Selector string `json:"selector"`
	// Texts are the TXT records, each with its parts joined; none when there is no such key.
	Texts []string `json:"texts"`
	// Resolver is who answered: the address of a name server, or “system”.
	Resolver string `json:"resolver,omitempty"`
	AskedAt  string `json:"asked_at"` // RFC 3339 in UTC
}

// Name is the name under which the key is published.
func (k KeyRecord) Name() string { return k.Selector + "._domainkey." + k.Domain }

// Sighting says that the bytes of a message were met once more, elsewhere: in another mailbox, or in a file.
type Sighting struct {
	ID        string        `json:"id,omitempty"`
	CaseID    string        `json:"case"`
	MessageID string        `json:"message"`
	Source    MessageSource `json:"source"`
}
