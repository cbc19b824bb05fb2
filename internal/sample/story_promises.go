package sample

import (
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// promise is one promise of the story, made in a contact by the last person spoken to there.
type promise struct {
	key, contact string
	due          string // empty: no date given
	amount       *casefile.Money
	repeats      string
	// How it ended; an empty outcome was never settled.
	outcome  casefile.Outcome
	on       string
	shownBy  []string
	recorded string // when the end was recorded
}

// promises are the fourteen, as they were made.
func promises() []promise {
	return []promise{
		{key: "promise-01", contact: "call-01", due: "2026-03-16 14:00",
			outcome: casefile.Broken, on: "2026-03-16", shownBy: []string{"photo", "tracking"}, recorded: "2026-03-16 19:30"},
		{key: "promise-02", contact: "call-02", due: "2026-03-11",
			outcome: casefile.Kept, on: "2026-03-11", recorded: "2026-03-16 19:31"},
		{key: "promise-03", contact: "call-03", due: "2026-03-17 12:00",
			outcome: casefile.Broken, on: "2026-03-17", shownBy: []string{"call-04"}, recorded: "2026-03-17 13:12"},
		{key: "promise-04", contact: "call-05", due: "2026-03-25",
			outcome: casefile.Broken, on: "2026-03-26", shownBy: []string{"call-06"}, recorded: "2026-03-26 10:32"},
		{key: "promise-05", contact: "call-06", due: "2026-03-28",
			outcome: casefile.Broken, on: "2026-03-30", shownBy: []string{"call-07"}, recorded: "2026-03-30 11:25"},
		{key: "promise-06", contact: "call-08", due: "2026-04-03",
			outcome: casefile.Broken, on: "2026-04-07", shownBy: []string{"call-09"}, recorded: "2026-04-08 21:34"},
		{key: "promise-07", contact: "call-09", due: "2026-04-08", repeats: "promise-06",
			outcome: casefile.Broken, on: "2026-04-09", shownBy: []string{"call-10"}, recorded: "2026-04-09 13:40"},
		{key: "promise-08", contact: "call-10", due: "2026-04-20", amount: euros(totalCents),
			outcome: casefile.Broken, on: "2026-04-22", shownBy: []string{"call-11"}, recorded: "2026-04-22 10:24"},
		{key: "promise-09", contact: "call-11",
			outcome: casefile.Broken, on: "2026-05-06", shownBy: []string{"call-13"}, recorded: "2026-05-06 09:28"},
		{key: "promise-10", contact: "call-13", due: "2026-05-06",
			outcome: casefile.Kept, on: "2026-05-06", recorded: "2026-05-06 10:02"},
		{key: "promise-11", contact: "call-14", due: "2026-06-02",
			outcome: casefile.Broken, on: "2026-06-19", shownBy: []string{"chat", "letter", "call-17"}, recorded: "2026-06-22 10:55"},
		{key: "promise-12", contact: "call-15", due: "2026-05-21",
			outcome: casefile.Withdrawn, on: "2026-05-21", recorded: "2026-05-21 18:40"},
		{key: "promise-13", contact: "call-19", due: "2026-07-28", amount: euros(totalCents), repeats: "promise-08"},
		{key: "promise-14", contact: "call-20", amount: euros(totalCents), repeats: "promise-13"},
	}
}

// madeIn is the contact the promise was made in.
func (p promise) madeIn() contact {
	all := contacts()
	at := slices.IndexFunc(all, func(c contact) bool { return c.key == p.contact })
	return all[at]
}

func (p promise) tell(w *words) casefile.Recorded[casefile.Promise] {
	made := p.madeIn()
	return recorded(made.recorded, casefile.Promise{
		ID: p.key, CaseID: caseKey, PartyID: made.party, ContactID: made.key, PersonID: made.people[len(made.people)-1],
		What: w.text(p.key + ".what"), MadeAt: when(made.at), Due: due(p.due), Amount: p.amount, RepeatsID: p.repeats,
	})
}

// proofs are the messages that show how promises ended, by the promises' keys. The story settles these without them: she
// imports her mail last.
var proofs = map[string]string{"promise-02": "mail-02", "promise-10": "mail-08", "promise-12": "mail-10"}

// WrittenProof is a message of [Mailbox] that shows how a promise of [Story] ended: the place of the one in the order in
// which they were made, and the SHA-256 of the other's bytes, in lower-case hex.
type WrittenProof struct {
	Promise int
	Message string
}

// WrittenProofs are those to be added once the messages are imported.
func WrittenProofs(language i18n.Language) []WrittenProof {
	w := wordsOf(language)
	var written []WrittenProof
	for i, p := range promises() {
		if key, ok := proofs[p.key]; ok {
			written = append(written, WrittenProof{Promise: i, Message: messageSHA256(w, key)})
		}
	}
	return written
}

func (p promise) tellSettlement(w *words) casefile.Recorded[casefile.Settlement] {
	return recorded(p.recorded, casefile.Settlement{
		ID: "settled-" + p.key, PromiseID: p.key, CaseID: caseKey, Outcome: p.outcome, On: due(p.on),
		Note: w.text(p.key + ".note"), ShownBy: p.shownBy,
	})
}
