package app

import (
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// Promise gives a promise as it would be typed.
func (s *Corrections) Promise(caseID, promiseID string) (input PromiseInput, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return PromiseInput{}, err
	}
	return s.typedPromise(work, caseID, promiseID)
}

// CorrectPromise says what a promise should have said, and returns the correction's id.
func (s *Corrections) CorrectPromise(promiseID string, input PromiseInput, reason string) (correctionID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	before, err := s.typedPromise(work, input.CaseID, promiseID)
	if err != nil {
		return "", err
	}
	// What is due was reckoned from when it was promised, where that stays unsaid.
	typed, input, err := typedPromise(s.desk.dates(work, input.Zone), input)
	if err != nil {
		return "", err
	}
	first, err := promiseOf(before.Terms)
	if err != nil {
		return "", err
	}
	n := correctionOf(promiseID, reason, promiseFields(before, first.Amount), promiseFields(input, typed.Amount), typed.Clearable())
	corrected, err := work.CorrectPromise(s.desk.ctx, n, typed)
	return corrected.ID, err
}

// typedPromise is a promise that counts, as it would be typed.
func (s *Corrections) typedPromise(work *casework.Casework, caseID, promiseID string) (PromiseInput, error) {
	file, err := work.CaseFileWithoutMail(s.desk.ctx, caseID)
	if err != nil {
		return PromiseInput{}, err
	}
	at := slices.IndexFunc(file.Promises, func(p casefile.Recorded[casefile.Promise]) bool { return p.Value.ID == promiseID })
	if at < 0 {
		return PromiseInput{}, notFound("promise", promiseID)
	}
	promise := file.Promises[at].Value
	input := PromiseInput{
		CaseID: caseID, Company: promise.PartyID, MadeAt: promise.MadeAt.Wall, Zone: promise.MadeAt.Zone,
		Terms: PromiseTerms{What: promise.What, RepeatsID: promise.RepeatsID},
	}
	for _, person := range file.People {
		if person.Value.ID == promise.PersonID {
			input.Person = person.Value.Name
		}
	}
	if due := promise.Due; due != nil {
		input.Terms.Due = due.Date
		if due.Time != "" {
			input.Terms.Due += "T" + due.Time
		}
	}
	input.Terms.Amount, input.Terms.Currency = moneyTyped(promise.Amount)
	return input, nil
}

func promiseFields(p PromiseInput, amount *casefile.Money) []typedField {
	return []typedField{
		{"company", p.Company}, {"person", p.Person}, {"made_at", p.MadeAt}, {"what", p.Terms.What}, {"due", p.Terms.Due},
		{"amount", typedAmount(amount)}, {"repeats", p.Terms.RepeatsID},
	}
}
