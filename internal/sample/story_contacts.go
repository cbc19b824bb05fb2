package sample

import (
	"slices"
	"strings"
	"time"

	"constancia/internal/casefile"
)

// contact is one contact of the story; its words are under its key.
type contact struct {
	key   string
	party string
	// at and recorded are wall times of the story.
	at, recorded string
	channel      casefile.Channel
	incoming     bool
	people       []string
	hold, talk   time.Duration
	// holdFirstNoted is what was recorded at first when a correction came later; 0 when hold was right at once.
	holdFirstNoted time.Duration
	transfers      int64
	// retold is how often the whole story had to be told again.
	retold int64
	// sentTo is the company it sent her to; another place is words.
	sentTo     string
	number     string // dialled, or that called
	reference  string
	failures   []casefile.Failure
	supervisor casefile.Supervisor
	basis      casefile.Basis
	remedy     *casefile.Remedy // without its reason, which is words
}

// contacts are all of them, as they happened.
func contacts() []contact {
	all := slices.Concat(springCalls, summerCalls, otherContacts)
	slices.SortStableFunc(all, func(a, b contact) int { return strings.Compare(a.at, b.at) })
	return all
}

// otherContacts are the chats, the visit, the letters and the web form.
var otherContacts = []contact{
	{
		key: "chat-01", party: storeKey, at: "2026-04-01 20:15", recorded: "2026-04-01 20:33", channel: casefile.Chat,
		failures: []casefile.Failure{"script", "unreachable"}, basis: casefile.Note,
	},
	{
		key: "chat-02", party: carrierKey, at: "2026-05-20 19:40", recorded: "2026-05-20 20:05", channel: casefile.Chat,
		people: []string{"noelia-trujillo"}, failures: []casefile.Failure{casefile.Helped}, basis: casefile.CompanyDocument,
	},
	{
		key: "visit-01", party: storeKey, at: "2026-05-30 11:15", recorded: "2026-05-30 18:30", channel: casefile.InPerson,
		people: []string{"gonzalo-arizmendi"}, talk: 35 * time.Minute,
		failures: []casefile.Failure{casefile.Helped}, basis: casefile.Note,
		remedy: &casefile.Remedy{Kind: "gesture", Answer: casefile.Declined, Amount: euros(voucherCents)},
	},
	{
		key: "letter-01", party: storeKey, at: "2026-06-04", recorded: "2026-06-09 19:50", channel: casefile.Letter,
		basis: casefile.Note,
	},
	{
		key: "letter-02", party: insurerKey, at: "2026-06-19", recorded: "2026-06-19 20:10", channel: casefile.Letter,
		incoming: true, reference: claimNumber,
		failures: []casefile.Failure{"promise_broken", "no_owner"}, basis: casefile.CompanyDocument,
		remedy: &casefile.Remedy{Kind: "reasoned_refusal", Answer: casefile.Declined},
	},
	{
		key: "form-01", party: storeKey, at: "2026-07-29 22:10", recorded: "2026-07-29 22:25", channel: casefile.WebForm,
		reference: formNumber, failures: []casefile.Failure{"promise_broken", "website_failed", "dead_ticket"},
		basis: casefile.Note,
	},
}

func (c contact) tell(w *words) casefile.Recorded[casefile.Contact] {
	direction := casefile.Outgoing
	if c.incoming {
		direction = casefile.Incoming
	}
	told := recorded(c.recorded, casefile.Contact{
		ID: c.key, CaseID: caseKey, PartyID: c.party, OccurredAt: when(c.at), Direction: direction, Channel: c.channel,
		PersonIDs: c.people, Transfers: c.transfers, Retold: c.retold, SentTo: c.tellSentTo(w), Number: c.number, CompanyReference: c.reference,
		HoldSeconds: c.holdSeconds(c.hold), TalkSeconds: c.talkSeconds(),
		Summary: w.text(c.key + ".summary"), Verbatim: w.maybe(c.key + ".verbatim"), MadeBy: w.maybe(c.key + ".made_by"),
		Failures: c.failures, Supervisor: c.supervisor, Basis: c.basis, Remedy: c.tellRemedy(w),
	})
	if c.holdFirstNoted > 0 {
		told.Entry.Corrections = []casefile.Correction{c.tellCorrection(w)}
	}
	return told
}

// tellSentTo is where a contact sent her in the end; nil for the most.
func (c contact) tellSentTo(w *words) *casefile.SentTo {
	where := casefile.SentTo{PartyID: c.sentTo, Words: w.maybe(c.key + ".sent_to")}
	if where == (casefile.SentTo{}) {
		return nil
	}
	return &where
}

// holdSeconds is the wait of a call; other contacts have none to speak of.
func (c contact) holdSeconds(hold time.Duration) *int64 {
	if c.channel != casefile.Phone {
		return nil
	}
	seconds := int64(hold / time.Second)
	return &seconds
}

func (c contact) talkSeconds() *int64 {
	if c.channel != casefile.Phone && c.talk == 0 {
		return nil
	}
	seconds := int64(c.talk / time.Second)
	return &seconds
}

func (c contact) tellRemedy(w *words) *casefile.Remedy {
	if c.remedy == nil {
		return nil
	}
	remedy := *c.remedy
	remedy.Reason = w.text(c.key + ".remedy")
	return &remedy
}

// NotedFirst is the wait of a contact as it stood in seconds until it was corrected; ok is false for the contacts that
// were right at once. [Story] tells them corrected.
func NotedFirst(key string) (holdSeconds int64, ok bool) {
	for _, c := range contacts() {
		if c.key == key && c.holdFirstNoted > 0 {
			return int64(c.holdFirstNoted / time.Second), true
		}
	}
	return 0, false
}

// The one correction: a wait noted from memory, set right when the operator's log came.
const correctionRecorded = "2026-08-06 20:40"

func (c contact) tellCorrection(w *words) casefile.Correction {
	return casefile.Correction{
		ID: "correction-01", CaseID: caseKey, Target: c.key,
		Fields: map[string]any{"hold_seconds": int64(c.hold / time.Second)}, Reason: w.text("correction-01.reason"),
		RecordedAt: instant(correctionRecorded),
	}
}
