package casework

import (
	"slices"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/mail/imap"
	"constancia/internal/problem"
)

// MailTermKind is what sort of thing is looked for in emails.
type MailTermKind string

const (
	// TermDomain is a domain that somebody writes from or is written to, or one below it.
	TermDomain MailTermKind = "domain"
	// TermAddress is an address that somebody writes from or is written to.
	TermAddress MailTermKind = "address"
	// TermName is part of the name of who writes or is written to.
	TermName MailTermKind = "name"
	// TermReference is a number that a company gave, in the subject.
	TermReference MailTermKind = "reference"
	// TermWords are words in the subject.
	TermWords MailTermKind = "words"
	// TermReplies is what the emails that the case has answer, and what answers these. Its text is empty.
	TermReplies MailTermKind = "replies"
	// TermConversation is an email that another one which was found names, or that names it. Its text is a Message-ID.
	TermConversation MailTermKind = "conversation"
)

// MailTerm is one thing that is looked for in emails.
type MailTerm struct {
	Kind MailTermKind `json:"kind"`
	Text string       `json:"text"`
}

var (
	correspondents = []string{"From", "To", "Cc"}
	answering      = []string{"Message-ID", "References", "In-Reply-To"}
)

// shortestTerm is how many characters a term has at least: fewer are in every email.
const shortestTerm = 2

// clean is a term as it is searched for.
//
// Problems: not_a_choice for the kind, missing for a text that is too short.
func (t MailTerm) clean() (MailTerm, error) {
	kinds := []MailTermKind{TermDomain, TermAddress, TermName, TermReference, TermWords, TermReplies, TermConversation}
	if !slices.Contains(kinds, t.Kind) {
		return t, problem.New(problem.NotAChoice, problem.Values{"field": "kind", "value": string(t.Kind), "choices": "domain, address, name, reference, words"})
	}
	t.Text = strings.Join(strings.Fields(t.Text), " ")
	if t.Kind == TermDomain {
		t.Text = strings.ToLower(strings.TrimPrefix(t.Text, "@"))
	}
	if t.Kind == TermReplies {
		t.Text = ""
	} else if len([]rune(t.Text)) < shortestTerm {
		return t, problem.New(problem.Missing, problem.Values{"field": "terms"})
	}
	return t, nil
}

// onServer is what a server is asked for it. With text, numbers and words are looked for in the whole of each email.
func (t MailTerm) onServer(text bool) imap.Term {
	switch t.Kind {
	case TermDomain, TermAddress, TermName:
		return imap.Term{Fields: correspondents, Text: t.Text}
	case TermConversation:
		return imap.Term{Fields: answering, Text: t.Text}
	}
	if text {
		return imap.Term{Text: t.Text}
	}
	return imap.Term{Fields: []string{"Subject"}, Text: t.Text}
}

// meets is whether an email's header holds what is looked for. A server may find more than was meant: it takes the domain
// tienda.example for a part of latienda.example.
func (t MailTerm) meets(mail MailCandidate) bool {
	switch t.Kind {
	case TermDomain:
		return mail.names(func(m casefile.Mailbox) bool { return ofDomain(m.Address, t.Text) })
	case TermAddress:
		return mail.names(func(m casefile.Mailbox) bool { return strings.EqualFold(m.Address, t.Text) })
	case TermName:
		return mail.names(func(m casefile.Mailbox) bool { return strings.Contains(fold(m.Name), fold(t.Text)) })
	case TermConversation:
		return mail.MessageID == t.Text || slices.Contains(mail.Answers, t.Text)
	}
	return strings.Contains(fold(mail.Subject), fold(t.Text))
}

// ofDomain is whether an address is of a domain or of one below it.
func ofDomain(address, domain string) bool {
	own := domainOf(address)
	return own == domain || strings.HasSuffix(own, "."+domain)
}

// domainOf is what stands behind the last @ of an address, in lower case.
func domainOf(address string) string {
	return strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
}
