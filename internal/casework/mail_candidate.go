package casework

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/mail/conversation"
)

// MailState is whether an email that was found can be taken into the case.
type MailState string

const (
	// MailNew can be.
	MailNew MailState = "new"
	// MailKnown is in the case.
	MailKnown MailState = "known"
	// MailTakenBack was in the case, and was taken back: undoing that brings it back, not a second import.
	MailTakenBack MailState = "taken_back"
)

// MailCandidate is an email that was found, by what its header says.
type MailCandidate struct {
	// ID names it within its review.
	ID        string             `json:"id"`
	MessageID string             `json:"message_id"`
	Answers   []string           `json:"answers"` // Message-IDs of what it answers
	From      []casefile.Mailbox `json:"from"`
	To        []casefile.Mailbox `json:"to"` // with Cc
	Subject   string             `json:"subject"`
	Date      string             `json:"date"`               // RFC 3339 with the sender's offset, or empty
	Size      int64              `json:"size"`               // bytes, as announced
	Received  string             `json:"received,omitempty"` // when a server got it (RFC 3339, in UTC), or empty
	State     MailState          `json:"state"`
	// EntryID is the email in the case, where it is known which one it is; empty otherwise.
	EntryID string `json:"entry,omitempty"`
	// Why are the terms that it meets.
	Why []MailTerm `json:"why"`
	// Places are where it is: the same email may lie in several mailboxes.
	Places []MailPlace `json:"places"`
}

// MailPlace is where an email is: in a mailbox of a server, or in files.
type MailPlace struct {
	Mailbox     string `json:"mailbox,omitempty"`
	UIDValidity uint32 `json:"uid_validity,omitempty"`
	UID         uint32 `json:"uid,omitempty"`
	// Position is the how-manieth of all emails in the files it is, counted from 1.
	Position int64 `json:"position,omitempty"`
}

// MailConversation are emails that were found, and that answer one another.
type MailConversation struct {
	// ID names it within its review for as long as nothing more is found.
	ID      string
	Subject string
	Emails  []MailCandidate // by date
	Why     []MailTerm
	// New is how many of them can be taken in.
	New int64
}

// at is when it was sent, as it says; zero when it does not.
func (m MailCandidate) at() time.Time {
	at, _ := time.Parse(time.RFC3339, m.Date) // an empty date is none
	return at
}

// names is whether one of those who wrote it or got it is meant.
func (m MailCandidate) names(is func(casefile.Mailbox) bool) bool {
	return slices.ContainsFunc(m.From, is) || slices.ContainsFunc(m.To, is)
}

// same is what two sightings of one email have in common; empty where that can't be told. A size that differs is another
// email under the same id, which is worth a look.
func (m MailCandidate) same() string {
	if m.MessageID == "" {
		return ""
	}
	return strings.Join([]string{m.MessageID, m.Date, strconv.FormatInt(m.Size, 10)}, "\x00")
}

func (m MailCandidate) header() conversation.Header {
	return conversation.Header{
		ID: m.MessageID, Answers: m.Answers, Subject: m.Subject, From: addressesOf(m.From), To: addressesOf(m.To), At: m.at(),
	}
}

func addressesOf(mailboxes []casefile.Mailbox) []string {
	addresses := make([]string, len(mailboxes))
	for i, mailbox := range mailboxes {
		addresses[i] = mailbox.Address
	}
	return addresses
}

// because adds why an email was found, each reason once.
func (m *MailCandidate) because(terms []MailTerm) {
	for _, term := range terms {
		if !slices.Contains(m.Why, term) {
			m.Why = append(m.Why, term)
		}
	}
}
