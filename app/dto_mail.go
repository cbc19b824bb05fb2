package app

// MailStart is what the page needs before emails are looked for.
type MailStart struct {
	Suggestions []MailSuggestion `json:"suggestions"`
	// Unfinished is what is left of an import that was cut off; nil when there is none.
	Unfinished *UnfinishedMail `json:"unfinished"`
	Watch      *MailWatchView  `json:"watch"` // nil while the case is not watched
}

// MailTerm is one thing that is looked for.
type MailTerm struct {
	Kind string `json:"kind"` // domain, address, name, reference, words, replies, conversation
	Text string `json:"text"`
}

// MailSuggestion is something that is worth looking for, and why.
type MailSuggestion struct {
	Kind    string `json:"kind"`
	Text    string `json:"text"`
	Reason  string `json:"reason"` // company, reference, contact, mail, conversations
	Company string `json:"company"`
	Label   string `json:"label"`
	Day     string `json:"day"`
	Count   int64  `json:"count"`
	Likely  bool   `json:"likely"`
}

// UnfinishedMail is an import that was cut off.
type UnfinishedMail struct {
	Total int64 `json:"total"` // emails that were chosen
	// MailboxID is the mailbox they are in; empty for files.
	MailboxID string `json:"mailboxId"`
}

// MailWatchView is how a case is watched for new emails.
type MailWatchView struct {
	CaseID    string   `json:"caseId"`
	CaseTitle string   `json:"caseTitle"`
	MailboxID string   `json:"mailboxId"`
	Looked    string   `json:"looked"`  // wall time in the person's zone, or empty
	Failure   string   `json:"failure"` // JSON, as errors cross the bridge; empty when the last try did not fail
	Waiting   int64    `json:"waiting"` // emails that nobody has decided about
	From      []string `json:"from"`    // who wrote these
}

// MailFiles are files and folders that somebody chose to look for emails in.
type MailFiles struct {
	SelectionID string   `json:"selectionId"` // empty when the person thought better of it
	Names       []string `json:"names"`
	Size        int64    `json:"size"` // bytes
}

// MailSearchInput says what to look for, and where: in a mailbox, or in files.
type MailSearchInput struct {
	CaseID      string     `json:"caseId"`
	MailboxID   string     `json:"mailboxId"`
	SelectionID string     `json:"selectionId"`
	Terms       []MailTerm `json:"terms"`
	Since       string     `json:"since"` // days, or empty
	Until       string     `json:"until"`
	Text        bool       `json:"text"`       // in the whole of each email
	ThrownAway  bool       `json:"thrownAway"` // in spam and what was thrown away, too
	Everything  bool       `json:"everything"` // of files: what meets no term, too
}

// MailFound is a part of what a search found.
type MailFound struct {
	Conversations []MailConversation `json:"conversations"`
	Total         int64              `json:"total"`  // conversations
	Emails        int64              `json:"emails"` // in all of them
	New           int64              `json:"new"`    // of these, those that can be taken in
}

// MailConversation are emails that answer one another.
type MailConversation struct {
	ID      string      `json:"id"`
	Subject string      `json:"subject"`
	From    []string    `json:"from"`
	Emails  []MailEmail `json:"emails"`
	Why     []MailTerm  `json:"why"`
	New     int64       `json:"new"`
}

// MailEmail is an email that was found, by its header.
type MailEmail struct {
	ID      string `json:"id"`
	From    string `json:"from"`
	To      string `json:"to"`
	Subject string `json:"subject"`
	Wall    string `json:"wall"`  // as it was sent, by the sender's clock
	Size    int64  `json:"size"`  // bytes
	State   string `json:"state"` // new, known, taken_back
	// EntryID is the email in the case, where it is known which one it is; empty otherwise.
	EntryID string `json:"entryId"`
}

// MailPreview is an email that is looked at before it is chosen.
type MailPreview struct {
	Text        string           `json:"text"`
	Attachments []AttachmentView `json:"attachments"`
}

// MailImportInput says which emails of a review to take in.
type MailImportInput struct {
	ReviewID string `json:"reviewId"`
	// All takes all but those that EmailIDs names; else only these are taken.
	All      bool     `json:"all"`
	EmailIDs []string `json:"emailIds"`
}

// MailOutcome is what came of an import.
type MailOutcome struct {
	Imported  int64 `json:"imported"`
	Already   int64 `json:"already"`
	Defective int64 `json:"defective"`
	Failed    int64 `json:"failed"`
	// Failures say what kept the first ones of them from being taken in: JSON, as errors cross the bridge.
	Failures []string `json:"failures"`
	// EntryIDs are what to take back to undo it.
	EntryIDs []string    `json:"entryIds"`
	Same     []SameEvent `json:"same"`
}

// SameEvent is an email and a contact that are probably one and the same.
type SameEvent struct {
	MessageID string `json:"messageId"`
	ContactID string `json:"contactId"`
	Subject   string `json:"subject"`
	Company   string `json:"company"`
	Day       string `json:"day"`
}

// MailNews says that what waits of a watched case may have changed.
type MailNews struct {
	CaseID string `json:"caseId"`
}
