package demo

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/i18n"
	"constancia/internal/sample"
)

// Log records the whole dispute through the services that a person uses, each thing at the time the story says, and
// returns the case's id. c has to be open with clock's Now. The mail is not part of it: that is imported on the last evening,
// at which the clock stands then.
func Log(ctx context.Context, c *casework.Casework, language i18n.Language, clock *Clock) (string, error) {
	t := &teller{casework: c, story: sample.Story(language), ids: map[string]string{}}
	for _, one := range t.deeds(sample.EvidenceFiles(language)) {
		clock.stand(one.at)
		if err := one.do(ctx); err != nil {
			return "", fmt.Errorf("the sample's %s: %w", one.key, err)
		}
	}
	clock.stand(evening)
	id := t.ids[t.story.Case.ID]
	return id, c.KeepFilingDetails(ctx, id, dossier.FilingDetails{EarlierClaim: sample.EarlierClaims})
}

// PinWritten puts on record where messages of the dispute contradict one another, and which show how promises ended. They
// have to be imported.
func PinWritten(ctx context.Context, c *casework.Casework, caseID string, language i18n.Language) error {
	file, err := c.CaseFile(ctx, caseID)
	if err != nil {
		return err
	}
	imported := map[string]string{}
	for _, message := range file.Messages {
		imported[message.Value.SHA256] = message.Value.ID
	}
	told := sample.WrittenContradiction(language)
	for i := range told.Answers {
		told.Answers[i].EntryID = imported[told.Answers[i].EntryID]
	}
	_, err = c.PinContradiction(ctx, casework.PinContradiction{
		CaseID: caseID, Question: told.Question, Answers: told.Answers, Note: told.Note,
	})
	if err != nil {
		return err
	}
	last := map[string]casefile.Settlement{}
	for _, settlement := range file.Settlements {
		last[settlement.Value.PromiseID] = settlement.Value
	}
	for _, proof := range sample.WrittenProofs(language) {
		settled := last[file.Promises[proof.Promise].Value.ID]
		_, err := c.SettlePromise(ctx, casework.SettlePromise{
			PromiseID: settled.PromiseID, Outcome: settled.Outcome, On: settled.On.Date, Note: settled.Note,
			ShownBy: append(settled.ShownBy, imported[proof.Message]),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// teller records a story. ids are what the record calls the things of the story.
type teller struct {
	casework *casework.Casework
	story    casefile.CaseFile
	ids      map[string]string
}

// deed is one thing the complainant did with the record.
type deed struct {
	key string
	at  time.Time
	do  func(context.Context) error
}

// deeds are all of them in the order they were done.
func (t *teller) deeds(files []sample.File) []deed {
	deeds := []deed{{t.story.Case.ID, t.story.Entry.RecordedAt, t.newCase}}
	for _, c := range t.story.Contacts {
		deeds = append(deeds, deed{c.Value.ID, c.Entry.RecordedAt, func(ctx context.Context) error {
			return t.logContact(ctx, c)
		}})
		for _, correction := range c.Entry.Corrections {
			deeds = append(deeds, deed{correction.ID, correction.RecordedAt, func(ctx context.Context) error {
				_, err := t.casework.CorrectContact(ctx,
					casework.Correct{ID: t.ids[correction.Target], Given: []string{"hold"}, Reason: correction.Reason},
					casework.LogContact{HoldSeconds: c.Value.HoldSeconds})
				return err
			}})
		}
	}
	for _, s := range t.story.Settlements {
		deeds = append(deeds, deed{s.Value.ID, s.Entry.RecordedAt, func(ctx context.Context) error {
			return t.settle(ctx, s.Value)
		}})
	}
	for _, c := range t.story.Contradictions {
		deeds = append(deeds, deed{c.Value.ID, c.Entry.RecordedAt, func(ctx context.Context) error {
			return t.pin(ctx, c.Value)
		}})
	}
	for _, file := range files {
		deeds = append(deeds, deed{file.Key, file.RecordedAt, func(ctx context.Context) error {
			return t.addEvidence(ctx, file)
		}})
	}
	slices.SortStableFunc(deeds, func(a, b deed) int { return a.at.Compare(b.at) })
	return deeds
}

func (t *teller) newCase(ctx context.Context) error {
	told := t.story.Case
	n := casework.NewCase{
		Title: told.Title, Outcome: told.Outcome, AnswerBy: told.AnswerBy.Date, Claimed: told.Claimed, Zone: told.Zone,
		Place: told.Place, Complainant: told.Complainant, Summary: told.Summary, StillConcerned: told.StillConcerned,
	}
	for _, party := range t.story.Parties {
		n.Companies = append(n.Companies, casework.NewParty{
			Name: party.Value.Name, Role: party.Value.Role, References: party.Value.References, Domains: party.Value.Domains,
			Address: party.Value.Address,
		})
	}
	id, err := t.casework.NewCase(ctx, n)
	t.ids[t.story.Case.ID] = id
	return err
}

// logContact logs a contact with the promises made in it, as it was noted at first.
func (t *teller) logContact(ctx context.Context, told casefile.Recorded[casefile.Contact]) error {
	c := told.Value
	n := casework.LogContact{
		CaseID: t.ids[t.story.Case.ID], Company: t.company(c.PartyID), When: c.OccurredAt.Wall, Direction: c.Direction,
		Channel: c.Channel, HoldSeconds: firstNoted(c), TalkSeconds: c.TalkSeconds, Transfers: c.Transfers,
		Retold: c.Retold, SentTo: t.sentTo(c.SentTo),
		Number: c.Number, CompanyReference: c.CompanyReference, Summary: c.Summary, Verbatim: c.Verbatim,
		Failures: c.Failures, Supervisor: c.Supervisor, MadeBy: c.MadeBy, Basis: c.Basis, Remedy: c.Remedy,
	}
	for _, key := range c.PersonIDs {
		n.People = append(n.People, t.spoken(key))
	}
	var made []string
	for _, p := range t.story.Promises {
		if p.Value.ContactID == c.ID {
			made = append(made, p.Value.ID)
			n.Promises = append(n.Promises, casework.MakePromise{
				What: p.Value.What, Due: typedDue(p.Value.Due), Amount: p.Value.Amount, RepeatsID: t.ids[p.Value.RepeatsID],
			})
		}
	}
	logged, err := t.casework.LogContact(ctx, n)
	if err != nil {
		return err
	}
	t.ids[c.ID] = logged.ID
	for i, key := range made {
		t.ids[key] = logged.PromiseIDs[i]
	}
	return nil
}

func (t *teller) settle(ctx context.Context, s casefile.Settlement) error {
	n := casework.SettlePromise{PromiseID: t.ids[s.PromiseID], Outcome: s.Outcome, On: s.On.Date, Note: s.Note}
	for _, key := range s.ShownBy {
		n.ShownBy = append(n.ShownBy, t.ids[key])
	}
	_, err := t.casework.SettlePromise(ctx, n)
	return err
}

func (t *teller) pin(ctx context.Context, c casefile.Contradiction) error {
	n := casework.PinContradiction{CaseID: t.ids[c.CaseID], Question: c.Question, Note: c.Note}
	for _, answer := range c.Answers {
		n.Answers = append(n.Answers, casefile.Answer{EntryID: t.ids[answer.EntryID], Said: answer.Said})
	}
	_, err := t.casework.PinContradiction(ctx, n)
	return err
}

func (t *teller) addEvidence(ctx context.Context, file sample.File) error {
	added, err := t.casework.AddEvidence(ctx, casework.AddEvidence{
		CaseID: t.ids[t.story.Case.ID], FileName: file.Name, Content: bytes.NewReader(file.Body), Shows: file.Shows,
		When: file.MadeAt.Wall, ContactID: t.ids[file.Contact],
	})
	t.ids[file.Key] = added.ID
	return err
}

func (t *teller) company(key string) string {
	at := slices.IndexFunc(t.story.Parties, func(p casefile.Recorded[casefile.Party]) bool { return p.Value.ID == key })
	return t.story.Parties[at].Value.Name
}

// sentTo is where a contact sent the person, as it is typed.
func (t *teller) sentTo(where *casefile.SentTo) string {
	switch {
	case where == nil:
		return ""
	case where.PartyID != "":
		return t.company(where.PartyID)
	}
	return where.Words
}

func (t *teller) spoken(key string) casework.Spoken {
	at := slices.IndexFunc(t.story.People, func(p casefile.Recorded[casefile.Person]) bool { return p.Value.ID == key })
	told := t.story.People[at].Value
	return casework.Spoken{Name: told.Name, Position: told.Position, Refused: told.Refused}
}

// firstNoted is the wait as it was recorded before any correction.
func firstNoted(c casefile.Contact) *int64 {
	if first, corrected := sample.NotedFirst(c.ID); corrected {
		return &first
	}
	return c.HoldSeconds
}

func typedDue(d *casefile.Due) string {
	if d == nil {
		return ""
	}
	if d.Time == "" {
		return d.Date
	}
	return d.Date + " " + d.Time
}
