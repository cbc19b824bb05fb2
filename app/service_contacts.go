package app

import (
	"strconv"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// Contacts are what the page does with contacts.
type Contacts struct{ desk *desk }

// Log puts a contact on record, with its people and promises, and returns its id.
func (s *Contacts) Log(input ContactInput) (id string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	var wrong problems
	contact, err := contactOf(readDates(work, input, &wrong))
	if len(wrong) > 0 && err == nil {
		wrong.require("summary", input.Summary)
	}
	wrong.noteAll(err)
	if err := wrong.joined(); err != nil {
		return "", err
	}
	logged, err := work.LogContact(s.desk.ctx, contact)
	return logged.ID, err
}

// contactOf reads what was typed.
func contactOf(input ContactInput) (casework.LogContact, error) {
	contact := casework.LogContact{
		CaseID: input.CaseID, Company: input.Company, Role: casefile.PartyRole(input.Role),
		When: input.When, Zone: input.Zone, Offset: input.Offset,
		Direction: casefile.Direction(input.Direction), Channel: casefile.Channel(input.Channel),
		SentTo: input.SentTo, Number: input.Number, CompanyReference: input.CompanyReference, Summary: input.Summary, Verbatim: input.Verbatim,
		Supervisor: casefile.Supervisor(input.Supervisor), MadeBy: input.MadeBy, Basis: casefile.Basis(input.Basis),
	}
	var wrong problems
	var err error
	// An empty company would be the only one there is; a form that shows an empty field means it.
	wrong.require("company", input.Company)
	contact.HoldSeconds, err = typedDuration("hold", input.Hold)
	wrong.note(err)
	contact.TalkSeconds, err = typedDuration("talk", input.Talk)
	wrong.note(err)
	contact.Transfers, err = typedCount("transfers", input.Transfers)
	wrong.note(err)
	contact.Retold, err = typedCount("retold", input.Retold)
	wrong.note(err)
	for _, person := range input.People {
		contact.People = append(contact.People, casework.Spoken(person))
	}
	for _, failure := range input.Failures {
		contact.Failures = append(contact.Failures, casefile.Failure(failure))
	}
	for place, terms := range input.Promises {
		promise, err := promiseOf(terms)
		wrong.note(err, strconv.Itoa(place))
		contact.Promises = append(contact.Promises, promise)
	}
	if len(wrong) > 0 && contact.SaysNothing() {
		wrong.require("summary", input.Summary)
	}
	return contact, wrong.joined()
}

// promiseOf reads a promise's terms.
func promiseOf(terms PromiseTerms) (casework.MakePromise, error) {
	amount, err := typedMoney("amount", terms.Amount, terms.Currency)
	return casework.MakePromise{What: terms.What, Due: terms.Due, Amount: amount, RepeatsID: terms.RepeatsID}, err
}
