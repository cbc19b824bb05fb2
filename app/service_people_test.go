package app

import (
	"slices"
	"testing"

	"constancia/internal/problem"
)

func (s *scene) somebody(query PeopleQuery) []SomebodyView {
	s.t.Helper()
	query.Limit = 50
	page, err := (&People{s.desk}).List(query)
	if err != nil {
		s.t.Fatal(err)
	}
	return page.People
}

func (s *scene) companyIn(caseID string) CompanyView {
	s.t.Helper()
	page, err := (&People{s.desk}).Companies(PeopleQuery{CaseID: caseID, Limit: 50})
	if err != nil || page.Total != 1 || len(page.Companies) != 1 {
		s.t.Fatalf("the companies are %+v, %v", page, err)
	}
	return page.Companies[0]
}

// calledTwice is a case in which Núria and Nuria Vidal were spoken to, and somebody who refused a name.
func calledTwice(t *testing.T) (s *scene, caseID string) {
	s = newScene(t)
	caseID = s.newCase()
	again := contactIn(caseID)
	again.When, again.People, again.Promises = "2026-03-05T09:00", []PersonInput{{Name: "Nuria Vidal"}}, []PromiseTerms{}
	for _, contact := range []ContactInput{contactIn(caseID), again} {
		if _, err := (&Contacts{s.desk}).Log(contact); err != nil {
			t.Fatal(err)
		}
	}
	return s, caseID
}

func TestThePageGetsPeopleAndCompaniesWithTheirSums(t *testing.T) {
	s, caseID := calledTwice(t)
	page, err := (&People{s.desk}).List(PeopleQuery{CaseID: caseID, Order: "last_contact", First: 1, Limit: 1})
	if err != nil || page.Total != 3 || len(page.People) != 1 {
		t.Fatalf("the second of three is %+v, %v", page, err)
	}
	vidal := s.somebody(PeopleQuery{Words: "vidal"})
	if len(vidal) != 1 || vidal[0].Party != "Iberluz" || vidal[0].CaseID != caseID || vidal[0].Dealings.LastContact != "2026-03-05T09:00" ||
		vidal[0].Dealings.HoldSeconds != 2100 {
		t.Errorf("by her name there are %+v", vidal)
	}
	if refused := s.somebody(PeopleQuery{Names: "refused"}); len(refused) != 1 || !refused[0].Members[0].Refused || refused[0].Dealings.Promises != 1 {
		t.Errorf("who refused a name: %+v", refused)
	}
	company := s.companyIn(caseID)
	if company.People != 3 || company.RefusedNames != 1 || company.Dealings.Contacts != 2 || company.Dealings.Calls != 2 ||
		company.Dealings.HoldSeconds != 4200 || company.Dealings.Overdue != 1 || company.References[0].Number != "C-88" {
		t.Errorf("the company is %+v", company)
	}
}

func TestPeopleAreJoinedAndPartedByThePageAndBothAreUndone(t *testing.T) {
	s, caseID := calledTwice(t)
	people, entries := &People{s.desk}, &Entries{s.desk}
	pairs, err := people.Similar(caseID)
	if err != nil || len(pairs) != 1 || pairs[0].One.Members[0].Name != "Núria" || pairs[0].Other.Members[0].Name != "Nuria Vidal" {
		t.Fatalf("it suggests %+v, %v", pairs, err)
	}
	requirePeople := func(after string, want int) {
		t.Helper()
		if got := s.somebody(PeopleQuery{CaseID: caseID}); len(got) != want {
			t.Errorf("after %s there are %+v", after, got)
		}
	}
	join, err := people.Join(caseID, []string{pairs[0].One.Members[0].ID, pairs[0].Other.Members[0].ID})
	if err != nil {
		t.Fatal(err)
	}
	requirePeople("joining", 2)
	undone, err := entries.Undo([]string{join})
	if err != nil {
		t.Fatal(err)
	}
	requirePeople("undoing it", 3)
	if err := entries.Redo(undone); err != nil {
		t.Fatal(err)
	}
	requirePeople("doing it again", 2)
	parted, err := people.Part(pairs[0].Other.Members[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	requirePeople("parting", 3)
	if _, err := entries.Undo([]string{parted}); err != nil {
		t.Fatal(err)
	}
	requirePeople("undoing that", 2)
}

func TestAPersonIsCorrectedOnlyWhereSomethingChanged(t *testing.T) {
	s, caseID := calledTwice(t)
	refused := s.somebody(PeopleQuery{Names: "refused"})[0].Members[0]
	nothing := PersonCorrection{CaseID: caseID, PersonID: refused.ID, Company: refused.PartyID}
	if _, err := (&People{s.desk}).CorrectPerson(nothing); problem.From(err).Code != problem.Missing {
		t.Errorf("neither a name nor a refusal: %v", err)
	}
	named := PersonCorrection{CaseID: caseID, PersonID: refused.ID, Name: "Pau", Position: "supervisor", Company: refused.PartyID, Reason: "He said it later"}
	id, err := (&People{s.desk}).CorrectPerson(named)
	if err != nil || id == "" {
		t.Fatal(err)
	}
	pau := s.somebody(PeopleQuery{Words: "pau"})
	if len(pau) != 1 || pau[0].Members[0].Refused || pau[0].Members[0].Position != "supervisor" || s.companyIn(caseID).RefusedNames != 0 {
		t.Errorf("he is %+v", pau)
	}
	changes, err := (&Cases{s.desk}).Corrections(refused.ID, "en")
	if err != nil || len(changes) != 1 || changes[0].Reason != "He said it later" || len(changes[0].Changes) != 3 {
		t.Errorf("the correction says %+v, %v", changes, err)
	}
	if _, err := (&People{s.desk}).CorrectPerson(named); problem.From(err).Code != problem.NothingChanges {
		t.Errorf("the same again: %v", err)
	}
	named.Name = ""
	if _, err := (&People{s.desk}).CorrectPerson(named); problem.From(err).Code != problem.Missing {
		t.Errorf("without a name: %v", err)
	}
	named.Refused, named.Position = true, ""
	if _, err := (&People{s.desk}).CorrectPerson(named); err != nil {
		t.Error(err)
	}
	if back := s.somebody(PeopleQuery{Names: "refused"}); len(back) != 1 || back[0].Members[0].Position != "" {
		t.Errorf("who refused after all is %+v", back)
	}
}

func TestACompanyIsCorrectedWithItsReferencesDomainsAndAddress(t *testing.T) {
	s, caseID := calledTwice(t)
	company := s.companyIn(caseID)
	input := CompanyCorrection{CaseID: caseID, CompanyID: company.ID, Name: "Iberluz Clientes", Role: company.Role,
		References: append(company.References, Reference{}, Reference{Label: "Incidencia", Number: "INC-7"}), Domains: "Iberluz.example, mail.iberluz.example",
		Address: " Paseo del Río 3\n08003  Barcelona\n"}
	if _, err := (&People{s.desk}).CorrectCompany(input); err != nil {
		t.Fatal(err)
	}
	after := s.companyIn(caseID)
	if after.Name != "Iberluz Clientes" || len(after.References) != 2 || !slices.Equal(after.Domains, []string{"iberluz.example", "mail.iberluz.example"}) ||
		after.Address != "Paseo del Río 3\n08003  Barcelona" {
		t.Errorf("it is %+v", after)
	}
	input.Domains, input.References, input.Address = "", []Reference{}, ""
	if _, err := (&People{s.desk}).CorrectCompany(input); err != nil {
		t.Fatal(err)
	}
	if after := s.companyIn(caseID); len(after.Domains)+len(after.References)+len(after.Address) != 0 {
		t.Errorf("it still has %+v", after)
	}
	input.CompanyID = caseID
	if _, err := (&People{s.desk}).CorrectCompany(input); problem.From(err).Code != problem.NotFound {
		t.Errorf("what is no company: %v", err)
	}
}
