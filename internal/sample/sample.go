// Package sample is the sample dispute: a parcel lost between a department store, a carrier and an insurer, over five
// months of 2026, with the mailbox and the files that go with it. The demonstration, the tests and the benchmarks use it.
//
// Companies, people and their addresses are invented. Domains end in .example (RFC 2606) and the phone numbers stand in
// the 555 01xx series that is kept for fiction, so nothing here can reach anybody.
//
// The structure (dates, durations, codes, numbers, who spoke) is told once, in Go. The words are in texts/LANGUAGE, the
// same keys in each. Everything is deterministic: two calls give the same bytes.
package sample

import (
	"time"
	_ "time/tzdata" // the story happens in Europe/Madrid, whatever the machine knows of it

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// Zone is where the story happens.
const Zone = "Europe/Madrid"

// Story tells the dispute as a case file, as it stands when the mail is not imported yet. Ids are names of the story:
// "store", "irene-collado", "call-01", "promise-01", "photo". The record's own fields (log, sequence, leaf) are empty,
// but for when each thing was recorded.
func Story(language i18n.Language) casefile.CaseFile {
	words := wordsOf(language)
	story := casefile.CaseFile{
		Case:    tellCase(words),
		Entry:   casefile.Entry{RecordedAt: instant(caseRecorded)},
		Parties: tellParties(words),
		People:  tellPeople(words),
	}
	for _, c := range contacts() {
		story.Contacts = append(story.Contacts, c.tell(words))
	}
	for _, p := range promises() {
		story.Promises = append(story.Promises, p.tell(words))
		if p.outcome != "" {
			story.Settlements = append(story.Settlements, p.tellSettlement(words))
		}
	}
	for _, c := range contradictions {
		story.Contradictions = append(story.Contradictions, c.tell(words))
	}
	for i, file := range EvidenceFiles(language) {
		story.Evidence = append(story.Evidence, file.tell())
		story.Exhibits = append(story.Exhibits, file.tellExhibit(i+1))
	}
	return story
}

// instant reads a wall time of the story, "2026-03-10 11:20". The story is our own: one that can't be read is a bug.
func instant(wall string) time.Time {
	location, err := time.LoadLocation(Zone)
	if err != nil {
		panic(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", wall, location)
	if err != nil {
		panic(err)
	}
	return at
}

// when is a wall time of the story as the record keeps it: "2026-03-10 11:20", or a day alone.
func when(wall string) casefile.When {
	w, err := casefile.ParseWhen(wall, Zone, "", "")
	if err != nil {
		panic(err)
	}
	return w
}

// due is the day or minute a promise was for; nil for "no date given".
func due(wall string) *casefile.Due {
	if wall == "" {
		return nil
	}
	d, err := casefile.ParseDue(wall, Zone)
	if err != nil {
		panic(err)
	}
	return d
}
