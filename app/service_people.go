package app

import (
	"reflect"
	"slices"
	"strings"
	"unicode"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// People are what the page does with those who were spoken to, and with companies.
type People struct{ desk *desk }

// List gives a part of those who were spoken to.
func (s *People) List(query PeopleQuery) (page PeoplePage, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return PeoplePage{}, err
	}
	people, err := work.Everybody(s.desk.ctx, query.filter())
	if err != nil {
		return PeoplePage{}, err
	}
	page = PeoplePage{Total: int64(len(people)), People: []SomebodyView{}}
	for _, one := range part(people, query) {
		page.People = append(page.People, somebodyOf(one))
	}
	return page, nil
}

// Companies gives a part of the companies.
func (s *People) Companies(query PeopleQuery) (page CompanyPage, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return CompanyPage{}, err
	}
	companies, err := work.Companies(s.desk.ctx, query.filter())
	if err != nil {
		return CompanyPage{}, err
	}
	page = CompanyPage{Total: int64(len(companies)), Companies: []CompanyView{}}
	for _, one := range part(companies, query) {
		page.Companies = append(page.Companies, companyOf(one))
	}
	return page, nil
}

// Similar gives those of a case who could be the same person, in pairs.
func (s *People) Similar(caseID string) (pairs []SimilarView, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	similar, err := work.SimilarPeople(s.desk.ctx, caseID)
	if err != nil {
		return nil, err
	}
	pairs = []SimilarView{}
	for _, pair := range similar {
		pairs = append(pairs, SimilarView{somebodyOf(pair[0]), somebodyOf(pair[1])})
	}
	return pairs, nil
}

// Join puts on record that people who were written down apart are one and the same, and returns the join's id.
func (s *People) Join(caseID string, personIDs []string) (joinID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	return work.JoinPeople(s.desk.ctx, caseID, personIDs)
}

// Part takes back all joins that make somebody one with others, and returns the first retraction's id.
func (s *People) Part(personID string) (retractionID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	parted, err := work.PartSomebody(s.desk.ctx, personID, "")
	return parted.ID, err
}

// CorrectPerson says how somebody should have been written down, and returns the correction's id.
func (s *People) CorrectPerson(input PersonCorrection) (correctionID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	people, err := work.Everybody(s.desk.ctx, casework.PeopleFilter{CaseID: input.CaseID, PersonID: input.PersonID})
	if err != nil {
		return "", err
	}
	if len(people) == 0 {
		return "", notFound("person", input.PersonID)
	}
	members := people[0].Members
	before := members[slices.IndexFunc(members, func(p casefile.Person) bool { return p.ID == input.PersonID })]
	typed := casework.Spoken{
		Name: strings.TrimSpace(input.Name), Position: strings.TrimSpace(input.Position), Refused: input.Refused}
	n := casework.Correct{ID: input.PersonID, Reason: input.Reason}
	switch {
	case typed.Refused == before.Refused && (typed.Refused || typed.Name == before.Name):
	case typed.Refused, before.Refused && typed.Name == "" && typed.Position != "": // nobody refused, and what is known is the position
		n.Given = append(n.Given, "refused_name")
	default:
		n.Given = append(n.Given, "name")
	}
	n.Given, n.Clear = changed(n.Given, n.Clear, "position", before.Position, typed.Position)
	if input.Company != before.PartyID {
		n.Given = append(n.Given, "company")
	}
	corrected, err := work.CorrectPerson(s.desk.ctx, n, typed, input.Company)
	return corrected.ID, err
}

// CorrectCompany says how a company should have been written down, and returns the correction's id.
func (s *People) CorrectCompany(input CompanyCorrection) (correctionID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	companies, err := work.Companies(s.desk.ctx, casework.PeopleFilter{CaseID: input.CaseID})
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(companies, func(c casework.CompanySummary) bool { return c.ID == input.CompanyID })
	if at < 0 {
		return "", notFound("party", input.CompanyID)
	}
	before := companies[at].Party
	typed := casework.NewParty{
		Name: input.Name, Role: casefile.PartyRole(input.Role), Domains: typedDomains(input.Domains), Address: input.Address}
	for _, reference := range input.References {
		if reference != (Reference{}) {
			typed.References = append(typed.References, casefile.Reference(reference))
		}
	}
	n := casework.Correct{ID: input.CompanyID, Reason: input.Reason}
	if input.Name != before.Name {
		n.Given = append(n.Given, "name")
	}
	if typed.Role != before.Role {
		n.Given = append(n.Given, "role")
	}
	n.Given, n.Clear = changed(n.Given, n.Clear, "reference", before.References, typed.References)
	n.Given, n.Clear = changed(n.Given, n.Clear, "domain", before.Domains, typed.Domains)
	n.Given, n.Clear = changed(n.Given, n.Clear, "address", before.Address, typed.Address)
	corrected, err := work.CorrectParty(s.desk.ctx, n, typed)
	return corrected.ID, err
}

// changed adds the name of a field that is not as before to those that are given, or that are cleared when it is empty now.
func changed(given, clear []string, name string, before, after any) (nowGiven, nowClear []string) {
	empty := reflect.ValueOf(after).Len() == 0
	switch {
	case empty && reflect.ValueOf(before).Len() == 0 || reflect.DeepEqual(before, after):
		return given, clear
	case empty:
		return given, append(clear, name)
	}
	return append(given, name), clear
}

func typedDomains(typed string) []string {
	return strings.FieldsFunc(typed, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' })
}

func (q PeopleQuery) filter() casework.PeopleFilter {
	return casework.PeopleFilter{
		CaseID: q.CaseID, PersonID: q.PersonID, Words: q.Words, Names: casework.Names(q.Names), Order: casework.PeopleOrder(q.Order)}
}

// part is what of a list a query asks for.
func part[T any](list []T, query PeopleQuery) []T {
	first := min(max(query.First, 0), int64(len(list)))
	return list[first:min(first+min(max(query.Limit, 0), longestPage), int64(len(list)))]
}

func somebodyOf(one casework.Somebody) SomebodyView {
	view := SomebodyView{
		Members: []PersonName{}, CaseID: one.Case.ID, CaseTitle: one.Case.Title, PartyID: one.Party.ID, Party: one.Party.Name,
		Dealings: dealingsOf(one.Dealings),
	}
	for _, member := range one.Members {
		view.Members = append(view.Members, PersonName{
			ID: member.ID, Name: member.Name, Refused: member.Refused, Position: member.Position, PartyID: member.PartyID})
	}
	return view
}

func companyOf(one casework.CompanySummary) CompanyView {
	view := CompanyView{
		ID: one.ID, Name: one.Name, Role: string(one.Role), References: []Reference{}, Domains: append([]string{}, one.Domains...),
		Address: one.Address,
		CaseID:  one.Case.ID, CaseTitle: one.Case.Title, People: one.People, RefusedNames: one.RefusedNames,
		Dealings: dealingsOf(one.Dealings),
	}
	for _, reference := range one.References {
		view.References = append(view.References, Reference(reference))
	}
	return view
}

func dealingsOf(d casework.Dealings) DealingsView {
	return DealingsView{
		Contacts: d.Contacts, Calls: d.Calls, HoldSeconds: d.HoldSeconds, RefusedHelp: d.RefusedHelp, Promises: d.Promises,
		Kept: d.Kept, Late: d.Late, Broken: d.Broken, Overdue: d.Overdue, Open: d.Open,
		FirstContact: d.FirstContact, LastContact: d.LastContact,
	}
}
