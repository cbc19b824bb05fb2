package casework

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/mail/provider"
)

// MailReason is why something is worth looking for.
type MailReason string

const (
	// OfCompany is of a company of the case: its domain, or its name.
	OfCompany MailReason = "company"
	// OfReference is a number that a company knows the matter by.
	OfReference MailReason = "reference"
	// OfContact was given, or named, in a contact attempt.
	OfContact MailReason = "contact"
	// OfMail wrote, or was written to, in emails that are in the case.
	OfMail MailReason = "mail"
	// OfConversations are the emails that are in the case.
	OfConversations MailReason = "conversations"
)

// MailSuggestion is something that is worth looking for in emails, by what the case knows.
type MailSuggestion struct {
	MailTerm
	Reason MailReason `json:"reason"`
	// Company is that of a name, a domain or a number; Label is what the number is.
	Company string `json:"company,omitempty"`
	Label   string `json:"label,omitempty"`
	// Day is that of the contact, YYYY-MM-DD, and Count how many emails of the case there are.
	Day   string `json:"day,omitempty"`
	Count int64  `json:"count,omitempty"`
	// Likely is whether it is looked for unless the person says otherwise: it finds little that is not meant.
	Likely bool `json:"likely"`
}

// mostSuggested is how many terms are suggested; nobody reads more.
const mostSuggested = 40

// SuggestMail tells what is worth looking for in emails, the likeliest first.
//
// Problem: not_found.
func (c *Casework) SuggestMail(ctx context.Context, caseID string) ([]MailSuggestion, error) {
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
	s := &suggesting{own: own}
	for _, party := range file.Parties {
		s.company(party.Value)
	}
	s.correspondents(headers)
	for _, contact := range file.Contacts {
		s.contact(contact.Value, nameOf(file, contact.Value.PartyID))
	}
	s.conversations(headers)
	return s.found[:min(len(s.found), mostSuggested)], nil
}

// ownAddresses are the person's own, in lower case: they are in every email.
func (c *Casework) ownAddresses(ctx context.Context, of casefile.Case) ([]string, error) {
	mailboxes, err := c.Mailboxes(ctx)
	own := []string{strings.ToLower(of.Complainant.Email)}
	for _, mailbox := range mailboxes {
		own = append(own, strings.ToLower(mailbox.Address))
	}
	return own, err
}

func nameOf(file casefile.CaseFile, partyID string) string {
	for _, party := range file.Parties {
		if party.Value.ID == partyID {
			return party.Value.Name
		}
	}
	return ""
}

// suggesting gathers what is worth looking for.
type suggesting struct {
	own   []string
	found []MailSuggestion
}

// add suggests something, unless it is there, or is a part of what is.
func (s *suggesting) add(one MailSuggestion) {
	term, err := one.clean()
	if err != nil {
		return
	}
	one.MailTerm = term
	isThere := slices.ContainsFunc(s.found, func(known MailSuggestion) bool {
		return known.Kind == term.Kind && strings.EqualFold(known.Text, term.Text) ||
			known.Kind == TermDomain && term.Kind == TermAddress && ofDomain(term.Text, known.Text) ||
			known.Kind == TermDomain && term.Kind == TermDomain && strings.HasSuffix(term.Text, "."+known.Text)
	})
	if !isThere {
		s.found = append(s.found, one)
	}
}

// company suggests what is known of a company: where it writes from, else its name, and its numbers.
func (s *suggesting) company(party casefile.Party) {
	for _, domain := range party.Domains {
		s.add(MailSuggestion{MailTerm: MailTerm{TermDomain, domain}, Reason: OfCompany, Company: party.Name, Likely: true})
	}
	s.add(MailSuggestion{MailTerm: MailTerm{TermName, party.Name}, Reason: OfCompany, Company: party.Name, Likely: len(party.Domains) == 0})
	for _, reference := range party.References {
		s.reference(reference.Number, MailSuggestion{Reason: OfReference, Company: party.Name, Label: reference.Label})
	}
}

// shortestReference is how many characters a number has at least to be looked for unasked: 12 is in many subjects.
const shortestReference = 4

func (s *suggesting) reference(number string, why MailSuggestion) {
	why.MailTerm = MailTerm{TermReference, number}
	why.Likely = len([]rune(strings.TrimSpace(number))) >= shortestReference
	s.add(why)
}

// correspondents suggests those who wrote the case's emails, and those who got them: by their domain, which a company has
// for itself, or by their address where a provider gives its domain to everybody.
func (s *suggesting) correspondents(headers []library.MailHeader) {
	count, total := map[MailTerm]int64{}, int64(0)
	var order []MailTerm
	for _, header := range headers {
		if !header.Counts {
			continue
		}
		total++
		var once []MailTerm
		for _, mailbox := range slices.Concat(header.Reading.From, header.Reading.To, header.Reading.Cc) {
			if term, ok := s.correspondent(mailbox.Address); ok && !slices.Contains(once, term) {
				once = append(once, term)
			}
		}
		for _, term := range once {
			if count[term]++; count[term] == 1 {
				order = append(order, term)
			}
		}
	}
	slices.SortStableFunc(order, func(a, b MailTerm) int { return cmp.Compare(count[b], count[a]) })
	for _, term := range order {
		// An address that is in all of them is the person's own, most likely.
		likely := term.Kind == TermDomain || count[term] < total
		s.add(MailSuggestion{MailTerm: term, Reason: OfMail, Count: count[term], Likely: likely})
	}
}

// correspondent is what is looked for to find somebody's emails.
func (s *suggesting) correspondent(address string) (MailTerm, bool) {
	address = strings.ToLower(address)
	if _, err := provider.DomainOf(address); err != nil || slices.Contains(s.own, address) {
		return MailTerm{}, false
	}
	_, isShared := provider.Of(address)
	for _, own := range s.own {
		isShared = isShared || own != "" && domainOf(own) == domainOf(address)
	}
	if isShared {
		return MailTerm{TermAddress, address}, true
	}
	return MailTerm{TermDomain, domainOf(address)}, true
}

// written is an address within a text; compiled when emails are first looked for, which most starts never do.
var written = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`[\p{L}\p{N}._%+\-]+@[\p{L}\p{N}\-]+(?:\.[\p{L}\p{N}\-]+)+`)
})

// contact suggests the number that a contact was given, and the addresses that were noted.
func (s *suggesting) contact(contact casefile.Contact, company string) {
	why := MailSuggestion{Reason: OfContact, Company: company, Day: contact.OccurredAt.Date()}
	s.reference(contact.CompanyReference, why)
	for _, address := range written().FindAllString(contact.Summary+"\n"+contact.Verbatim, -1) {
		if term, ok := s.correspondent(address); ok {
			why.MailTerm, why.Likely = MailTerm{TermAddress, strings.ToLower(address)}, term.Kind == TermDomain
			s.add(why)
		}
	}
}

// conversations suggests to go on with the emails that the case has.
func (s *suggesting) conversations(headers []library.MailHeader) {
	var count int64
	for _, header := range headers {
		if header.Counts && header.Reading.MessageID != "" {
			count++
		}
	}
	if count > 0 {
		s.add(MailSuggestion{MailTerm: MailTerm{Kind: TermReplies}, Reason: OfConversations, Count: count, Likely: true})
	}
}
