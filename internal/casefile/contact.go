package casefile

import "time"

// Contact is one attempt in either direction to get the matter settled: a call, an email, a visit.
type Contact struct {
	ID         string    `json:"id,omitempty"`
	CaseID     string    `json:"case"`
	PartyID    string    `json:"party"`
	OccurredAt When      `json:"occurred_at"`
	Direction  Direction `json:"direction"`
	Channel    Channel   `json:"channel"`
	// PersonIDs are the people spoken to, in the order they came on.
	PersonIDs []string `json:"people,omitempty"`
	// HoldSeconds is the time spent waiting; nil is unknown.
	HoldSeconds *int64 `json:"hold_seconds,omitempty"`
	// TalkSeconds is the time spent talking; nil is unknown.
	TalkSeconds *int64 `json:"talk_seconds,omitempty"`
	// Transfers is how often the person was passed on.
	Transfers int64 `json:"transfers,omitempty"`
	// Retold is how often the whole story had to be told again.
	Retold int64 `json:"retold,omitempty"`
	// SentTo is where the person was sent in the end: somebody else is responsible, they said.
	SentTo *SentTo `json:"sent_to,omitempty"`
	// Number is the phone number dialled, or that called.
	Number string `json:"number,omitempty"`
	// CompanyReference is the number the company gave for this contact.
	CompanyReference string `json:"company_reference,omitempty"`
	// Summary is what happened, in the person's words.
	Summary string `json:"summary"`
	// Verbatim is what was said, word for word.
	Verbatim string    `json:"verbatim,omitempty"`
	Failures []Failure `json:"failures,omitempty"`
	// Supervisor is whether somebody with authority was asked for, and what came of it.
	Supervisor Supervisor `json:"supervisor,omitempty"`
	// MadeBy is who in the household made the contact; empty is the complainant.
	MadeBy string `json:"made_by,omitempty"`
	// Basis is what the entry rests on.
	Basis Basis `json:"basis"`
	// Remedy is what the company offered or did on this occasion, if anything.
	Remedy *Remedy `json:"remedy,omitempty"`
	// MovedFrom is the entry of another case that this one was copied from; that one was taken back.
	MovedFrom *Target `json:"moved_from,omitempty"`
}

// SentTo is where a contact sent the person: a company of the case, or somewhere in words ("the shop", "the claims
// department"), or both.
type SentTo struct {
	PartyID string `json:"party,omitempty"`
	Words   string `json:"words,omitempty"`
}

// Remedy is what the company offered or did.
type Remedy struct {
	Kind RemedyKind `json:"kind"`
	// Answer is what the person said to it: accepted, declined, or empty while undecided.
	Answer RemedyAnswer `json:"answer,omitempty"`
	Reason string       `json:"reason,omitempty"`
	Amount *Money       `json:"amount,omitempty"`
	Done   bool         `json:"done,omitempty"`
}

// Promise is what somebody committed the company to do.
type Promise struct {
	ID        string `json:"id,omitempty"`
	CaseID    string `json:"case"`
	PartyID   string `json:"party"`
	ContactID string `json:"contact,omitempty"` // where it was made
	MessageID string `json:"message,omitempty"` // the message entry it was made in, when it was not a contact
	PersonID  string `json:"person,omitempty"`
	// What was promised, in the words used if possible.
	What string `json:"what"`
	// MadeAt is when it was made.
	MadeAt When `json:"made_at"`
	// Due is by when; nil is "no date given".
	Due    *Due   `json:"due,omitempty"`
	Amount *Money `json:"amount,omitempty"`
	// RepeatsID is the earlier promise this one says again.
	RepeatsID string `json:"repeats,omitempty"`
	// MovedFrom is as in [Contact].
	MovedFrom *Target `json:"moved_from,omitempty"`
}

// Settlement says how a promise ended.
type Settlement struct {
	ID        string   `json:"id,omitempty"`
	PromiseID string   `json:"promise"`
	CaseID    string   `json:"case"`
	Outcome   Outcome  `json:"outcome"`
	On        *Due     `json:"on,omitempty"` // the day it was kept, or known to be broken
	Note      string   `json:"note,omitempty"`
	ShownBy   []string `json:"shown_by,omitempty"` // ids of contacts, messages or evidence that show it
	// MovedFrom is as in [Contact].
	MovedFrom *Target `json:"moved_from,omitempty"`
}

// Evidence is a file kept unaltered with its SHA-256.
type Evidence struct {
	ID     string `json:"id,omitempty"`
	CaseID string `json:"case"`
	// FileName is the name the file came with, cleaned for display: never a path.
	FileName  string `json:"file_name"`
	MediaType string `json:"media_type"`
	SHA256    string `json:"sha256"` // lower-case hex
	Size      int64  `json:"size"`   // bytes
	// Shows says what it shows.
	Shows string `json:"shows,omitempty"`
	// Consent is, for a recording, what those recorded knew of it.
	Consent    Consent `json:"consent,omitempty"`
	OccurredAt *When   `json:"occurred_at,omitempty"`
	ContactID  string  `json:"contact,omitempty"`
	// MessageID is the message entry whose attachment it is; Attachment its place among the message's parts.
	MessageID  string `json:"message,omitempty"`
	Attachment string `json:"attachment,omitempty"`
	// MovedFrom is as in [Contact].
	MovedFrom *Target `json:"moved_from,omitempty"`
}

// Exhibit gives a piece of evidence its number in every dossier.
type Exhibit struct {
	ID         string `json:"id,omitempty"`
	CaseID     string `json:"case"`
	EvidenceID string `json:"evidence"`
	// With are further pieces of evidence under the same number: the photos of one thing.
	With []string `json:"with,omitempty"`
	// Label is the letter of the device and a number without gaps: A-1.
	Label string `json:"label"`
}

// Pieces are the ids of all pieces of evidence under the number, the exhibit's own first.
func (e Exhibit) Pieces() []string { return append([]string{e.EvidenceID}, e.With...) }

// Message is an email as it was received: its bytes by hash, and where they came from. What it says is read from the
// bytes, see [Reading].
type Message struct {
	ID     string `json:"id,omitempty"`
	CaseID string `json:"case"`
	SHA256 string `json:"sha256"` // lower-case hex, of the bytes as served
	Size   int64  `json:"size"`   // bytes
	// Source says where the bytes came from.
	Source MessageSource `json:"source"`
	// ContactID is the contact this message is, when it was logged by hand, too.
	ContactID string `json:"contact,omitempty"`
}

// MessageSource is the provenance of a message.
type MessageSource struct {
	// Kind is imap or file.
	Kind string `json:"kind"`
	// FetchedAt is this machine's clock, RFC 3339 in UTC.
	FetchedAt string `json:"fetched_at"`
	// Program is the name and version of this program.
	Program string `json:"program"`

	// Of an IMAP server (RFC 9051).
	Host          string `json:"host,omitempty"`
	Port          int64  `json:"port,omitempty"`
	User          string `json:"user,omitempty"`
	SPKI          string `json:"spki,omitempty"` // SHA-256 of the certificate's public key, hex
	Mailbox       string `json:"mailbox,omitempty"`
	UIDValidity   int64  `json:"uid_validity,omitempty"`
	UID           int64  `json:"uid,omitempty"`
	InternalDate  string `json:"internal_date,omitempty"` // RFC 3339
	AnnouncedSize int64  `json:"announced_size,omitempty"`

	// Of a file: its name, and its place in an mbox, counted from 1.
	FileName string `json:"file_name,omitempty"`
	Position int64  `json:"position,omitempty"`
	// Form is how the message is written there: eml, emlx, mbox, mboxo, mboxrd or mboxcl2.
	Form string `json:"form,omitempty"`
	// Member is the name of the file within an archive, and Gzip whether it is packed with gzip.
	Member string `json:"member,omitempty"`
	Gzip   bool   `json:"gzip,omitempty"`
	// Offset is where the message's first byte stands in the file, unpacked.
	Offset int64 `json:"offset,omitempty"`
	// Unquoted is how many lines were freed of the mark that an mbox puts before lines that start with "From ".
	Unquoted int64 `json:"unquoted,omitempty"`
	// Labels are the labels that the message had in Gmail.
	Labels []string `json:"labels,omitempty"`
}

// Correction says what an earlier entry should have said.
type Correction struct {
	ID string `json:"id,omitempty"`
	// CaseID is the case of the corrected entry.
	CaseID string `json:"case"`
	Target string `json:"target"`
	// TargetLeaf is the leaf hash of the corrected entry, hex.
	TargetLeaf string `json:"target_leaf"`
	// Fields are the changed fields only, by top-level JSON name; null takes a field away.
	Fields map[string]any `json:"fields"`
	Reason string         `json:"reason,omitempty"`
	// RecordedAt is when it was recorded, UTC, and LogID the log it stands in. Views carry them; the payload has neither.
	RecordedAt time.Time `json:"-"`
	LogID      string    `json:"-"`
}

// Export says that a dossier was made of the case: its file's hash, and the record it was made from.
type Export struct {
	ID       string `json:"id,omitempty"`
	CaseID   string `json:"case"`
	Edition  string `json:"edition"`
	Language string `json:"language"`
	FileName string `json:"file_name"`
	SHA256   string `json:"sha256"` // lower-case hex
	Size     int64  `json:"size"`   // bytes
	// Addressee is for whom it was made, as it is named there; empty when nobody was.
	Addressee string `json:"addressee,omitempty"`
	// Fingerprint is the hash over the heads of the case's logs that stands in the dossier.
	Fingerprint string `json:"fingerprint,omitempty"`
	// Heads are those of the case's logs that it was made from, in order of log id.
	Heads []LogHead `json:"heads,omitempty"`
	// StampedAt and StampedBy are the time and the name of the service that stamped the file, RFC 3339 in UTC; empty
	// without a stamp. SignedBy is whose certificate it was signed with; empty without a signature.
	StampedAt string `json:"stamped_at,omitempty"`
	StampedBy string `json:"stamped_by,omitempty"`
	SignedBy  string `json:"signed_by,omitempty"`
}

// Sending says that a dossier that was made, or a bundle, went to somebody.
type Sending struct {
	ID     string `json:"id,omitempty"`
	CaseID string `json:"case"`
	// ExportID is what was sent.
	ExportID string  `json:"export"`
	SentAt   When    `json:"sent_at"`
	To       string  `json:"to"`
	Channel  Channel `json:"channel"`
	// ContactID is the contact by which it was sent, or empty, and EvidenceIDs show that it was: a receipt.
	ContactID   string   `json:"contact,omitempty"`
	EvidenceIDs []string `json:"evidence,omitempty"`
	Note        string   `json:"note,omitempty"`
}
