package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// SameEvent is an email of a case, and a contact that was logged by hand and is probably the same.
type SameEvent struct {
	MessageID string `json:"message"`
	ContactID string `json:"contact"`
	Subject   string `json:"subject"`
	Company   string `json:"company"`
	Day       string `json:"day"` // of the contact, YYYY-MM-DD
}

// reach is how far apart a contact with its hour and the email may be: people log by their watch, later.
const reach = 2 * time.Hour

// SameEvents lists emails that are probably contacts which were logged, too: by email, at the same time, with the same
// company, in the same direction. Only the person knows; nothing is linked by this. Each email and each contact comes up
// once at most.
//
// Problem: not_found.
func (c *Casework) SameEvents(ctx context.Context, caseID string) ([]SameEvent, error) {
	file, err := c.library.CaseFileOfContacts(ctx, caseID)
	if err != nil {
		return nil, err
	}
	headers, err := c.library.MailHeaders(ctx, caseID)
	if err != nil {
		return nil, err
	}
	own, err := c.ownAddresses(ctx, file.Case)
	if err != nil {
		return nil, err
	}
	linked := map[string]bool{}
	for _, header := range headers {
		if header.Counts {
			linked[header.ContactID] = true
		}
	}
	events := []SameEvent{}
	for _, contact := range file.Contacts {
		if contact.Value.Channel != casefile.Email || linked[contact.Value.ID] {
			continue
		}
		at := slices.IndexFunc(headers, func(header library.MailHeader) bool {
			return header.Counts && header.ContactID == "" && !linked[header.ID] && isSame(file, own, contact.Value, header.Reading)
		})
		if at < 0 {
			continue
		}
		linked[headers[at].ID] = true
		events = append(events, SameEvent{
			MessageID: headers[at].ID, ContactID: contact.Value.ID, Subject: headers[at].Reading.Subject,
			Company: nameOf(file, contact.Value.PartyID), Day: contact.Value.OccurredAt.Date(),
		})
	}
	return events, nil
}

// isSame is whether an email can be a contact that was logged.
func isSame(file casefile.CaseFile, own []string, contact casefile.Contact, reading casefile.Reading) bool {
	at, err := time.Parse(time.RFC3339, reading.Date)
	if err != nil || !isAbout(contact.OccurredAt, at) {
		return false
	}
	isOwn := func(m casefile.Mailbox) bool { return slices.Contains(own, strings.ToLower(m.Address)) }
	others := reading.From
	if contact.Direction == casefile.Outgoing {
		others = slices.Concat(reading.To, reading.Cc)
	}
	if slices.ContainsFunc(reading.From, isOwn) != (contact.Direction == casefile.Outgoing) {
		return false
	}
	return slices.ContainsFunc(file.Parties, func(party casefile.Recorded[casefile.Party]) bool {
		return party.Value.ID == contact.PartyID && isParty(party.Value, others)
	})
}

// isAbout is whether a moment is the one that somebody remembers.
func isAbout(when casefile.When, at time.Time) bool {
	if when.Precision == casefile.Minute || when.Precision == casefile.Hour {
		return at.Sub(when.Earliest()).Abs() <= reach
	}
	return when.Precision == casefile.Day && at.In(when.In().Location()).Format(time.DateOnly) == when.Date()
}

// isParty is whether one of some correspondents is of a company: by its domain, or where its name is theirs.
func isParty(party casefile.Party, others []casefile.Mailbox) bool {
	name := fold(party.Name)
	return slices.ContainsFunc(others, func(m casefile.Mailbox) bool {
		if slices.ContainsFunc(party.Domains, func(domain string) bool { return ofDomain(m.Address, domain) }) {
			return true
		}
		return strings.Contains(fold(m.Name), name) || strings.Contains(domainOf(m.Address), strings.ReplaceAll(name, " ", ""))
	})
}

// LinkMessage puts on record that an email is a contact that was logged by hand, so that both count as one. It returns the
// id of the entry that says so, whose taking back parts them.
//
// Problems: not_found, nothing_changes.
func (c *Casework) LinkMessage(ctx context.Context, messageID, contactID string) (string, error) {
	message, err := library.Thing[casefile.Message](ctx, c.library, record.KindMessage, messageID)
	if err != nil {
		return "", err
	}
	if contactID == "" {
		return "", problem.New(problem.Missing, problem.Values{"field": "contact"})
	}
	if err := c.requireOf(ctx, message.Value.CaseID, record.KindContact, contactID); err != nil {
		return "", err
	}
	corrected, err := correct(ctx, c, record.KindMessage, Correct{ID: messageID, Given: []string{"contact"}},
		func(v casefile.Message) string { return v.CaseID },
		rewritings[casefile.Message]{"contact": {write: func(_ *operation, v *casefile.Message) { v.ContactID = contactID }}})
	return corrected.ID, err
}
