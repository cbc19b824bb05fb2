package casework_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/dateentry"
	"constancia/internal/problem"
)

// pastCalls are calls of a spring, with a company that the case does not know and a promise among them.
func pastCalls(count int) []casework.LogContact {
	calls := make([]casework.LogContact, count)
	for i := range calls {
		calls[i] = casework.LogContact{
			Company: "Corral Exprés", When: fmt.Sprintf("2026-02-%02d", i%28+1), Summary: fmt.Sprintf("Call %d", i+1),
			People: []casework.Spoken{{Name: "Núria"}},
		}
	}
	return calls
}

func TestManyContactsAreOneOperationAndAreTakenBackAsOne(t *testing.T) {
	w := begin(t)
	calls := pastCalls(20)
	calls[3].Company = "Seguros Faro"
	calls[7].Company = "seguros faro"
	calls[9].Promises = []casework.MakePromise{{What: "A refund", Due: "2026-03-01"}}
	logged, err := w.LogContacts(t.Context(), casework.LogContacts{CaseID: w.caseID, Contacts: calls})
	if err != nil || len(logged.Contacts) != 20 {
		t.Fatalf("logged %d contacts: %v", len(logged.Contacts), err)
	}
	file := w.file()
	if len(file.Contacts) != 20 || len(file.Promises) != 1 || len(file.Parties) != 3 || len(file.People) != 2 {
		t.Errorf("there are %d contacts, %d promises, %d companies and %d people, want 20, 1, 3 and 2 (one in each company)",
			len(file.Contacts), len(file.Promises), len(file.Parties), len(file.People))
	}
	if logged.Contacts[3].PartyID != logged.Contacts[7].PartyID {
		t.Error("a company that two of them name is added twice")
	}
	taken, err := w.Retract(t.Context(), casework.Retract{ID: logged.Contacts[5].ID, Operation: true})
	if err != nil || len(taken.Entries) != 24 {
		t.Errorf("%d entries were taken back, want 20 contacts, a promise, a company and two people: %v", len(taken.Entries), err)
	}
	if left := w.file(); len(left.Contacts) != 0 || len(left.Promises) != 0 || len(left.Parties) != 2 {
		t.Errorf("%d contacts and %d promises are left", len(left.Contacts), len(left.Promises))
	}
	w.requireHolds()
}

func TestWhenOneOfManyContactsIsWrongNoneIsLoggedAndItIsNamed(t *testing.T) {
	w := begin(t)
	calls := pastCalls(5)
	calls[1].When = ""
	calls[2].When = "2026-04-01"
	calls[4].Promises = []casework.MakePromise{{What: "", Due: "2026-02-30"}}
	photo := filepath.Join(t.TempDir(), "calls.xml")
	if err := os.WriteFile(photo, []byte("<calls/>"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := w.entries()
	_, err := w.LogContacts(t.Context(), casework.LogContacts{
		CaseID: w.caseID, Contacts: calls, Files: []casework.EvidenceFile{{Path: photo}}})
	requireProblem(t, err, problem.Several)
	got := map[string]problem.Code{}
	for _, part := range problem.From(err).Parts {
		got[part.Values["row"]+"."+part.Values["promise"]+"."+part.Values["field"]] = part.Code
	}
	want := map[string]problem.Code{
		"1..when": problem.Missing, "2..when": problem.TimeInFuture, "4.0.what": problem.Missing, "4.0.due": problem.NoSuchDate}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("what is wrong is %v, want %v", got, want)
	}
	if after := w.entries(); after != before {
		t.Errorf("%d entries were written", after-before)
	}
	w.requireHolds()
}

func TestOfOneOfManyContactsNoMoreNeedsToBeKnownThanWhenItWas(t *testing.T) {
	w := begin(t)
	logged, err := w.LogContacts(t.Context(), casework.LogContacts{CaseID: w.caseID, Contacts: []casework.LogContact{
		{Company: "Corral Exprés", When: "2026-02-03T10:05", Basis: casefile.PhoneLog, Number: "900 123 456", TalkSeconds: seconds(312)},
		{Company: "Corral Exprés", When: "2025"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	call := w.contact(logged.Contacts[0].ID).Value
	if call.Summary != "" || call.Basis != casefile.PhoneLog || call.OccurredAt.Wall != "2026-02-03T10:05" || *call.TalkSeconds != 312 {
		t.Errorf("the call is %+v", call)
	}
	if when := w.contact(logged.Contacts[1].ID).Value.OccurredAt; when.Precision != casefile.Year {
		t.Errorf("a year is kept as %+v", when)
	}
	w.requireNothingWritten(func() error {
		_, err := w.LogContact(t.Context(), casework.LogContact{CaseID: w.caseID, Company: "Corral Exprés", When: "2025"})
		return err
	}, map[string]problem.Code{"summary": problem.Missing})
}

func TestTheFileThatContactsWereReadFromIsKeptWithThem(t *testing.T) {
	w := begin(t)
	path := filepath.Join(t.TempDir(), "calls.xml")
	if err := os.WriteFile(path, []byte("<calls/>"), 0o600); err != nil {
		t.Fatal(err)
	}
	logged, err := w.LogContacts(t.Context(), casework.LogContacts{
		CaseID: w.caseID, Contacts: pastCalls(2), Files: []casework.EvidenceFile{{Path: path, Shows: "The phone’s call log"}}})
	if err != nil {
		t.Fatal(err)
	}
	evidence, err := w.Evidence(t.Context(), w.caseID)
	if err != nil || len(evidence) != 1 {
		t.Fatalf("the evidence is %+v, %v", evidence, err)
	}
	if got := evidence[0]; got.Label != logged.Evidence[0].Label || got.Value.FileName != "calls.xml" || got.Value.Shows != "The phone’s call log" {
		t.Errorf("it is kept as %+v", got)
	}
	w.requireNothingWritten(func() error {
		_, err := w.LogContacts(t.Context(), casework.LogContacts{CaseID: w.caseID})
		return err
	}, map[string]problem.Code{"contacts": problem.Missing})
	if _, err := w.LogContacts(t.Context(), casework.LogContacts{
		CaseID: w.caseID, Contacts: pastCalls(1), Files: []casework.EvidenceFile{{Path: path + ".gone"}}}); err == nil {
		t.Error("a file that is not there is no problem")
	}
	if contacts := w.file().Contacts; len(contacts) != 2 {
		t.Errorf("%d contacts are on record without their file", len(contacts)-2)
	}
	w.requireHolds()
}

func TestADateIsReadByTheClockWhereThePersonLives(t *testing.T) {
	w := begin(t)
	w.now = w.now.Add(11*60*60*1e9 + 30*60*1e9) // half past eleven in the evening in London, half past midnight in Madrid
	for zone, want := range map[string]string{"Europe/Madrid": "2026-03-21", "Europe/London": "2026-03-20"} {
		if got, err := w.ReadDate("hoy", zone, dateentry.Happened, ""); err != nil || got != want {
			t.Errorf("today in %s is %q (%v), want %s", zone, got, err, want)
		}
	}
	if _, err := w.ReadDate("hoy", "Europe/Atlantis", dateentry.Happened, ""); err == nil {
		t.Error("it is today in Atlantis")
	}
}
