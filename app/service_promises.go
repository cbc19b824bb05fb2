package app

import (
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// Promises are what the page does with promises.
type Promises struct{ desk *desk }

// List gives a part of the promises of a case, each with how it stands.
func (s *Promises) List(query PromiseQuery) (page PromisePage, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return PromisePage{}, err
	}
	read, err := work.PromisePage(s.desk.ctx, query.CaseID, casework.PromiseFilter{
		PartyID: query.CompanyID, PromiseID: query.PromiseID, Latest: query.Latest,
	}, query.First, min(max(query.Limit, 0), longestPage))
	if err != nil {
		return PromisePage{}, err
	}
	v := newViewer(read.File, work.Now())
	page = PromisePage{
		Counts: []PromiseCount{}, Total: read.Total, Promises: make([]PromiseView, len(read.IDs)), Earlier: []PromiseView{}}
	for _, tally := range read.Tallies {
		page.Counts = append(page.Counts, PromiseCount{
			PartyID: tally.PartyID, Party: v.parties[tally.PartyID], State: string(tally.State), Count: tally.Count})
	}
	repeated := map[string]bool{}
	for _, status := range v.statuses {
		if place := slices.Index(read.IDs, status.Promise.Value.ID); place >= 0 {
			page.Promises[place] = v.promise(status)
			for _, id := range status.Earlier {
				repeated[id] = true
			}
		}
	}
	for _, status := range v.statuses {
		if repeated[status.Promise.Value.ID] {
			page.Earlier = append(page.Earlier, v.promise(status))
		}
	}
	return page, nil
}

// Make puts a promise on record that was made outside a contact, and returns its id.
func (s *Promises) Make(input PromiseInput) (id string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	promise, _, err := typedPromise(s.desk.dates(work, input.Zone), input)
	if err != nil {
		return "", err
	}
	return work.MakePromise(s.desk.ctx, promise)
}

// typedPromise reads what was typed. read is the input with the dates that were meant.
func typedPromise(dates dateReader, input PromiseInput) (promise casework.MakePromise, read PromiseInput, err error) {
	var wrong problems
	input.MadeAt = dates.happened(&wrong, "made_at", input.MadeAt)
	input.Terms.Due = dates.due(&wrong, "due", input.Terms.Due, input.MadeAt)
	promise, err = promiseOf(input.Terms)
	wrong.note(err)
	if len(wrong) > 0 {
		wrong.require("what", input.Terms.What)
	}
	promise.CaseID, promise.Company, promise.Person, promise.MadeAt = input.CaseID, input.Company, input.Person, input.MadeAt
	return promise, input, wrong.joined()
}

// Settle puts on record how a promise ended, and returns the entry's id.
func (s *Promises) Settle(input SettlementInput) (id string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	var wrong problems
	on := s.desk.dates(work, input.Zone).happened(&wrong, "on", input.On)
	if err := wrong.joined(); err != nil {
		return "", err
	}
	return work.SettlePromise(s.desk.ctx, casework.SettlePromise{
		PromiseID: input.PromiseID, Outcome: casefile.Outcome(input.Outcome), On: on, Note: input.Note,
		ShownBy: input.ShownBy})
}

// Grounds lists what can show how a promise ended, the latest first.
func (s *Promises) Grounds(promiseID string) (grounds []Ground, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	found, err := work.Grounds(s.desk.ctx, promiseID)
	if err != nil {
		return nil, err
	}
	grounds = []Ground{}
	for _, ground := range found {
		grounds = append(grounds, groundOf(ground))
	}
	return grounds, nil
}

func groundOf(ground casework.Ground) Ground {
	return Ground{ID: ground.ID, Kind: string(ground.Kind), Day: ground.Day, Channel: string(ground.Channel), Text: beginning(ground.Text)}
}
