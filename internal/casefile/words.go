package casefile

// PartyRole is the part a company plays in the case.
type PartyRole string

// Channel is how a contact was made.
type Channel string

// Direction is who started a contact, seen from the person.
type Direction string

// Basis is what an entry rests on.
type Basis string

// Supervisor is what came of asking for somebody with authority.
type Supervisor string

// Outcome is how a promise ended.
type Outcome string

// EndingKind is how a case ended.
type EndingKind string

// RemedyKind is what the company offered or did.
type RemedyKind string

// RemedyAnswer is what the person said to an offer.
type RemedyAnswer string

// Consent is what those who were recorded knew of it.
type Consent string

// Failure is the code of a service failure, tagged on a contact. [Helped] stands beside them: good service is recorded,
// too.
type Failure string

// Roles of a company.
const (
	Seller       PartyRole = "seller"
	Carrier      PartyRole = "carrier"
	Insurer      PartyRole = "insurer"
	Manufacturer PartyRole = "manufacturer"
	Bank         PartyRole = "bank"
	Platform     PartyRole = "platform"
	OtherRole    PartyRole = "other"
)

// Channels of a contact.
const (
	Phone        Channel = "phone"
	Email        Channel = "email"
	Chat         Channel = "chat"
	InPerson     Channel = "in_person"
	Letter       Channel = "letter"
	WebForm      Channel = "web_form"
	SocialMedia  Channel = "social_media"
	CommentCard  Channel = "comment_card"
	OtherChannel Channel = "other"
)

// Directions of a contact.
const (
	Outgoing Direction = "outgoing"
	Incoming Direction = "incoming"
)

// What an entry rests on.
const (
	Memory          Basis = "memory"
	Note            Basis = "note"             // a note made then
	PhoneLog        Basis = "phone_log"        // the phone's or the operator's log
	CompanyDocument Basis = "company_document" // the company's own document
)

// What came of asking for a supervisor. Empty is not asked.
const (
	SupervisorNotAsked   Supervisor = ""
	SupervisorPutOn      Supervisor = "put_on"
	SupervisorRefused    Supervisor = "refused"
	SupervisorCallBack   Supervisor = "call_back_promised"
	SupervisorNobodyCame Supervisor = "nobody_came"
)

// How a promise ends. Open and overdue are not entries: they are computed on the day, see [PromiseState].
const (
	Kept      Outcome = "kept"
	KeptLate  Outcome = "late"
	Broken    Outcome = "broken"
	Withdrawn Outcome = "withdrawn"
)

// How a case ends.
const (
	Satisfied         EndingKind = "satisfied"
	Sceptical         EndingKind = "sceptical" // accepted with doubts
	Partly            EndingKind = "partly"
	Unresolved        EndingKind = "unresolved"
	WentPublic        EndingKind = "went_public"
	GaveUp            EndingKind = "gave_up"
	LeftForCompetitor EndingKind = "left_for_a_competitor"
)

// What the person said to an offer.
const (
	Accepted RemedyAnswer = "accepted"
	Declined RemedyAnswer = "declined"
)

// What those who were recorded knew of it. Empty is not said.
const (
	OwnConversation Consent = "own_conversation" // the person took part and recorded it themselves; nothing was said
	Announced       Consent = "announced"        // somebody said that the call is recorded
	Agreed          Consent = "agreed"           // all agreed
)

// Helped marks good service, RepeatStory that everything had to be explained again, TransferChain that one was passed on.
const (
	Helped        Failure = "helped"
	RepeatStory   Failure = "repeat_story"
	TransferChain Failure = "transfer_chain"
)

// Roles lists the roles of a company.
func Roles() []PartyRole {
	return []PartyRole{Seller, Carrier, Insurer, Manufacturer, Bank, Platform, OtherRole}
}

// Channels lists the channels of a contact.
func Channels() []Channel {
	return []Channel{Phone, Email, Chat, InPerson, Letter, WebForm, SocialMedia, CommentCard, OtherChannel}
}

// Directions lists the directions of a contact.
func Directions() []Direction { return []Direction{Outgoing, Incoming} }

// Bases lists what an entry can rest on.
func Bases() []Basis { return []Basis{Memory, Note, PhoneLog, CompanyDocument} }

// Refusals lists the failures that say that whoever was spoken to refused to help: nobody took responsibility, nobody
// with authority was put on, or company policy was the answer.
func Refusals() []Failure { return []Failure{"no_owner", "no_authority", "policy_wall"} }

// Supervisors lists what can come of asking for a supervisor.
func Supervisors() []Supervisor {
	return []Supervisor{SupervisorPutOn, SupervisorRefused, SupervisorCallBack, SupervisorNobodyCame}
}

// Outcomes lists how a promise can end.
func Outcomes() []Outcome { return []Outcome{Kept, KeptLate, Broken, Withdrawn} }

// EndingKinds lists how a case can end.
func EndingKinds() []EndingKind {
	return []EndingKind{Satisfied, Sceptical, Partly, Unresolved, WentPublic, GaveUp, LeftForCompetitor}
}

// Consents lists what those who were recorded can have known of it.
func Consents() []Consent { return []Consent{OwnConversation, Announced, Agreed} }

// RemedyKinds lists what a company can offer or do.
func RemedyKinds() []RemedyKind {
	return []RemedyKind{"apology", "explanation", "fix", "refund_or_return", "replacement", "compensation",
		"paid_by_insurance", "gesture", "accepted_responsibility", "offered_alternatives", "reasoned_refusal",
		"prevention", "policy_change", "none"}
}

// RemedyAnswers lists what a person can say to an offer.
func RemedyAnswers() []RemedyAnswer { return []RemedyAnswer{Accepted, Declined} }

// Failures lists the codes of service failures, and [Helped] last.
func Failures() []Failure {
	return []Failure{"long_wait", TransferChain, RepeatStory, "promise_broken", "no_owner", "no_authority",
		"unable_agent", "uninformed", "phone_maze", "robocall", "script", "policy_wall", "blamed", "rude", "indifferent",
		"deflected", "unreachable", "website_failed", "ignored", "trivialised", "policy_broken", "not_delivered",
		"late_or_spoiled", "slow_remedy", "dead_ticket", "stalled", "retaliation", "pressure", Helped}
}
