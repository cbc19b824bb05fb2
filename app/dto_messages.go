package app

// MessageView is an email as it is read. Nothing of its HTML is in it: its original look is shown in a frame of its own.
type MessageView struct {
	ID      string `json:"id"`
	Subject string `json:"subject"`
	From    string `json:"from"`
	To      string `json:"to"`
	Cc      string `json:"cc"`
	Wall    string `json:"wall"` // as it was sent, by the person's clock; empty when that can't be read
	// SenderWall is the same by the sender's clock, and SenderOffset that clock's distance from UTC (+01:00); both are
	// empty where it showed the person's time.
	SenderWall   string        `json:"senderWall"`
	SenderOffset string        `json:"senderOffset"`
	Passages     []PassageView `json:"passages"`
	// Cut says that there is more text than that.
	Cut         bool             `json:"cut"`
	HasOriginal bool             `json:"hasOriginal"`
	Links       []MessageLink    `json:"links"`
	Remote      []RemoteHost     `json:"remote"`
	Attachments []AttachmentView `json:"attachments"`
	Defects     []DefectView     `json:"defects"`
	Source      MessageSource    `json:"source"`
	SHA256      string           `json:"sha256"`
	Size        int64            `json:"size"` // bytes
}

// PassageView is a stretch of an email's text that is of one hand.
type PassageView struct {
	Kind         string `json:"kind"` // said, quoted, signature
	Text         string `json:"text"`
	Introduction string `json:"introduction"`
	Folds        bool   `json:"folds"`
}

// MessageLink is an address in an email. One without an id is shown and never opened.
type MessageLink struct {
	Link  Link   `json:"link"`
	Words string `json:"words"`
	// Named is the host that its words name, and Leads the one that it leads to, where these belong to different owners.
	Named string `json:"named"`
	Leads string `json:"leads"`
}

// RemoteHost is a host that would have learned that the email was read.
type RemoteHost struct {
	Host string `json:"host"`
	// Tracks says that something of it shows nothing, or has an address made to tell who reads.
	Tracks    bool     `json:"tracks"`
	Addresses []string `json:"addresses"`
}

// AttachmentView is a part of an email. EvidenceID is empty where it is none: a picture that belongs to the text.
type AttachmentView struct {
	EvidenceID string `json:"evidenceId"`
	FileName   string `json:"fileName"`
	MediaType  string `json:"mediaType"`
	Kind       string `json:"kind"`     // as of EvidenceView
	Openable   bool   `json:"openable"` // as of EvidenceView
	InText     bool   `json:"inText"`
	Size       int64  `json:"size"` // bytes
}

// DefectView is something of an email that could not be read: a code, and where.
type DefectView struct {
	Code  string `json:"code"`
	Place string `json:"place"`
}

// MessageSource is where the bytes of an email came from.
type MessageSource struct {
	Kind      string   `json:"kind"` // imap, file
	FetchedAt string   `json:"fetchedAt"`
	Host      string   `json:"host"`
	User      string   `json:"user"`
	Mailbox   string   `json:"mailbox"`
	UID       int64    `json:"uid"`
	Validity  int64    `json:"validity"` // UIDVALIDITY
	Received  string   `json:"received"` // when the server says it had it, RFC 3339
	SPKI      string   `json:"spki"`
	FileName  string   `json:"fileName"`
	Position  int64    `json:"position"` // in an mbox, counted from 1; 0 is none
	Program   string   `json:"program"`
	Labels    []string `json:"labels"`
}

// MessageTrace is what mail servers wrote on an email, and its whole header. All of it is claimed.
type MessageTrace struct {
	Hops []HopView `json:"hops"`
	// Findings are what servers found when they checked who it came from.
	Findings []FindingView `json:"findings"`
	// Chain are those who handed it on, the first one first.
	Chain []SealView `json:"chain"`
	// Signatures say what each DKIM signature shows, by the keys that are on record.
	Signatures []string `json:"signatures"`
	// Signed is whether it has one.
	Signed bool   `json:"signed"`
	Header string `json:"header"`
	// Cut says that the header is longer than that.
	Cut bool `json:"cut"`
}

// HopView is a server that an email went through.
type HopView struct {
	From string `json:"from"`
	By   string `json:"by"`
	With string `json:"with"`
	Wall string `json:"wall"` // by the person's clock; empty when it is not told
	// Delay is how many seconds later than at the server before; DelayKnown says whether that is known.
	Delay      int64 `json:"delay"`
	DelayKnown bool  `json:"delayKnown"`
	Encrypted  bool  `json:"encrypted"`
}

// FindingView is what a server found by one method.
type FindingView struct {
	Server string `json:"server"`
	Method string `json:"method"`
	Value  string `json:"value"`
	Domain string `json:"domain"`
	// ByLast says that the last server wrote it, the one the email was fetched from.
	ByLast bool `json:"byLast"`
}

// SealView is what somebody who handed an email on says they found (ARC).
type SealView struct {
	Domain string `json:"domain"`
	Wall   string `json:"wall"` // by the person's clock; empty when it is not told
	// Before is what they say of the seals before their own: none, pass or fail.
	Before   string        `json:"before"`
	Findings []FindingView `json:"findings"`
	Missing  []string      `json:"missing"` // names of fields
}

// MessageSummary is an email of a conversation.
type MessageSummary struct {
	ID      string `json:"id"`
	From    string `json:"from"`
	Subject string `json:"subject"`
	Wall    string `json:"wall"` // by the person's clock
}

// SavedFile is a file that was written for the person; the path is empty when they thought better of it.
type SavedFile struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}
