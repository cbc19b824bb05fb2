package app

import (
	"reflect"
	"slices"
	"strconv"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// Corrections are what the page does to say what something on record should have said. It shows the thing as it would
// be typed, and gives it back as it was typed anew; only the fields that are not the same are corrected.
type Corrections struct{ desk *desk }

// Contact gives a contact as it would be typed.
func (s *Corrections) Contact(caseID, contactID string) (input ContactInput, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return ContactInput{}, err
	}
	return s.typedContact(work, caseID, contactID)
}

// CorrectContact says what a contact should have said, and returns the correction's id. The promises made in it are
// corrected by themselves.
func (s *Corrections) CorrectContact(contactID string, input ContactInput, reason string) (correctionID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	before, err := s.typedContact(work, input.CaseID, contactID)
	if err != nil {
		return "", err
	}
	var wrong problems
	input = readDates(work, input, &wrong)
	typed, err := contactOf(input)
	wrong.noteAll(err)
	if err := wrong.joined(); err != nil {
		return "", err
	}
	n := correctionOf(contactID, reason, contactFields(before), contactFields(input), typed.Clearable())
	corrected, err := work.CorrectContact(s.desk.ctx, n, typed)
	return corrected.ID, err
}

// typedContact is a contact that counts, as it would be typed.
func (s *Corrections) typedContact(work *casework.Casework, caseID, contactID string) (ContactInput, error) {
	file, err := work.CaseFile(s.desk.ctx, caseID)
	if err != nil {
		return ContactInput{}, err
	}
	at := slices.IndexFunc(file.Contacts, func(c casefile.Recorded[casefile.Contact]) bool { return c.Value.ID == contactID })
	if at < 0 {
		return ContactInput{}, notFound("contact", contactID)
	}
	input := typedOf(file.Contacts[at].Value, file.People)
	input.SentTo = typedPlace(file.Contacts[at].Value.SentTo, file.Parties)
	return input, nil
}

func typedOf(c casefile.Contact, people []casefile.Recorded[casefile.Person]) ContactInput {
	input := ContactInput{
		CaseID: c.CaseID, Company: c.PartyID, When: c.OccurredAt.Wall, Zone: c.OccurredAt.Zone,
		Direction: string(c.Direction), Channel: string(c.Channel), People: []PersonInput{},
		Hold: typedSeconds(c.HoldSeconds), Talk: typedSeconds(c.TalkSeconds), Number: c.Number,
		CompanyReference: c.CompanyReference, Summary: c.Summary, Verbatim: c.Verbatim, Failures: words(c.Failures),
		Supervisor: string(c.Supervisor), MadeBy: c.MadeBy, Basis: string(c.Basis), Promises: []PromiseTerms{},
	}
	if c.Transfers > 0 {
		input.Transfers = strconv.FormatInt(c.Transfers, 10)
	}
	if c.Retold > 0 {
		input.Retold = strconv.FormatInt(c.Retold, 10)
	}
	for _, id := range c.PersonIDs {
		for _, person := range people {
			if person.Value.ID == id {
				input.People = append(input.People, PersonInput{
					Name: person.Value.Name, Position: person.Value.Position, Refused: person.Value.Refused})
			}
		}
	}
	return input
}

// typedPlace writes where somebody was sent the way it is typed: a company by its name.
func typedPlace(where *casefile.SentTo, parties []casefile.Recorded[casefile.Party]) string {
	if where == nil {
		return ""
	}
	for _, party := range parties {
		if party.Value.ID == where.PartyID {
			return party.Value.Name
		}
	}
	return where.Words
}

// typedSeconds writes a duration the way [typedDuration] reads it.
func typedSeconds(seconds *int64) string {
	if seconds == nil {
		return ""
	}
	minutes := strconv.FormatInt(*seconds/60, 10)
	if rest := *seconds % 60; rest != 0 {
		return minutes + ":" + strconv.FormatInt(100+rest, 10)[1:]
	}
	return minutes
}

// typedField is a field by the name that corrections have for it, with what is typed in it.
type typedField struct {
	name  string
	value any
}

// typedAmount is an amount with its currency, for telling whether it is another; empty for none.
func typedAmount(money *casefile.Money) string {
	if money == nil {
		return ""
	}
	amount, currency := moneyTyped(money)
	return amount + " " + currency
}

func contactFields(c ContactInput) []typedField {
	return []typedField{
		{"company", c.Company}, {"when", c.When}, {"zone", c.Zone}, {"direction", c.Direction}, {"channel", c.Channel},
		{"person", c.People}, {"hold", c.Hold}, {"talk", c.Talk}, {"transfers", c.Transfers}, {"retold", c.Retold}, {"sent_to", c.SentTo}, {"number", c.Number},
		{"reference", c.CompanyReference}, {"summary", c.Summary}, {"verbatim", c.Verbatim}, {"failure", c.Failures},
		{"supervisor", c.Supervisor}, {"made_by", c.MadeBy}, {"basis", c.Basis},
	}
}

// correctionOf names the fields that are not the same in two typings of a thing: those that became empty are cleared,
// where they can be, and all others written anew.
func correctionOf(id, reason string, before, after []typedField, clearable []string) casework.Correct {
	n := casework.Correct{ID: id, Reason: reason}
	for i, field := range after {
		if reflect.DeepEqual(field.value, before[i].value) {
			continue
		}
		if reflect.ValueOf(field.value).Len() == 0 && slices.Contains(clearable, field.name) {
			n.Clear = append(n.Clear, field.name)
			continue
		}
		n.Given = append(n.Given, field.name)
	}
	return n
}
