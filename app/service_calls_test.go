package app

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/problem"
)

// typedCall is what the page has of a call with a promise in it.
func typedCall() ContactInput {
	return ContactInput{
		Company: "Iberluz", Zone: "Europe/Madrid", Direction: "outgoing", Channel: "phone", Hold: "12:30", Transfers: "1",
		People: []PersonInput{{Name: "Núria"}}, Failures: []string{"transfer_chain"}, CompanyReference: "INC-7",
		Promises: []PromiseTerms{{What: "Devolver 40 €", Amount: "40", Currency: "EUR"}},
	}
}

func TestACallIsKeptFromItsFirstMomentAndFoundByTheNextWindow(t *testing.T) {
	t.Setenv("TZ", "Europe/Madrid")
	s := newScene(t)
	now := time.Date(2026, 3, 2, 9, 5, 30, 0, time.UTC)
	s.clock = func() time.Time { return now }
	calls := &Calls{desk: s.desk}
	began, err := calls.Begin("")
	if err != nil || began.Began != "2026-03-02T10:05" || began.CaseID != "" || began.EndedAt != "" {
		t.Fatalf("began %+v, %v", began, err)
	}
	now = now.Add(2 * time.Minute)
	note, err := calls.Note(began.ID, "Dice que no le consta")
	if err != nil || note.Clock != "10:07" {
		t.Fatalf("noted %+v, %v", note, err)
	}
	half := typedCall()
	half.Hold, half.Promises[0].Amount = "a while", "4o"
	if err := calls.Keep(began.ID, half, `{"note":"y que mañ"}`); err != nil {
		t.Fatal(err)
	}

	next := newDesk(s.own, s.state) // the window after the power came back
	next.clock = s.clock
	next.begin(t.Context(), s, func(string, any) {})
	t.Cleanup(next.end)
	found, err := (&Calls{desk: next}).List()
	if err != nil || len(found) != 1 {
		t.Fatalf("found %+v, %v", found, err)
	}
	call := found[0]
	if call.ID != began.ID || call.BeganAt != began.BeganAt || call.Form != `{"note":"y que mañ"}` || call.Typed.People[0].Name != "Núria" {
		t.Errorf("found %+v", call)
	}
	if diff := cmp.Diff([]CallNote{note}, call.Notes); diff != "" {
		t.Errorf("-noted +found:\n%s", diff)
	}
}

func TestACallIsSavedIntoTheCaseChosenLastOrBeginsOne(t *testing.T) {
	s := newScene(t)
	calls := &Calls{desk: s.desk}
	for _, test := range []struct {
		name    string
		caseID  string
		newCase string
		title   string
	}{{"one that is there", s.newCase(), "", "Fibra que nunca llegó"}, {"one of its own", "", "La factura de marzo", "La factura de marzo"}} {
		t.Run(test.name, func(t *testing.T) {
			call, err := calls.Begin("")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := calls.Note(call.ID, "Dice que no le consta"); err != nil {
				t.Fatal(err)
			}
			if ended, err := calls.End(call.ID, ""); err != nil || ended.EndedAt == "" {
				t.Fatalf("ended %+v, %v", ended, err)
			}
			input := CallInput{Contact: typedCall(), NewCase: test.newCase}
			if test.newCase == "" {
				_, err = calls.Save(call.ID, input)
				if _, told := failureOf(err).Fields["case"]; !told {
					t.Errorf("without a case: %v", err)
				}
			}
			input.Contact.CaseID = test.caseID
			saved, err := calls.Save(call.ID, input)
			if err != nil || len(saved.EntryIDs) != 2 || saved.EntryIDs[0] != saved.ContactID {
				t.Fatalf("saved %+v, %v", saved, err)
			}
			view, err := (&Cases{s.desk}).Open(saved.CaseID)
			timeline := s.timeline(saved.CaseID)
			if err != nil || view.Title != test.title || timeline[0].ID != saved.ContactID {
				t.Fatalf("in %+v, %v", view, err)
			}
			if contact := timeline[0]; contact.HoldSeconds != 750 || contact.Recorded != "live" || contact.Basis != "note" {
				t.Errorf("the contact is %+v", contact)
			}
			if left, err := calls.List(); err != nil || len(left) != 0 {
				t.Errorf("left: %+v, %v", left, err)
			}
		})
	}
}

func TestACallEndsAtATimeThatIsKnownAndGoesOnWhenItDid(t *testing.T) {
	s := newScene(t)
	calls := &Calls{desk: s.desk}
	call, err := calls.Begin("")
	if err != nil {
		t.Fatal(err)
	}
	if ended, err := calls.End(call.ID, call.BeganAt); err != nil || ended.EndedAt != call.BeganAt {
		t.Errorf("ended %+v, %v", ended, err)
	}
	if on, err := calls.Resume(call.ID); err != nil || on.EndedAt != "" {
		t.Errorf("goes on %+v, %v", on, err)
	}
	if _, err := calls.End(call.ID, "at noon"); failureOf(err).Code != problem.NotADate {
		t.Errorf("at noon: %v", err)
	}
}

func TestACallThatIsThrownAwayComesBackWithItsNotes(t *testing.T) {
	s := newScene(t)
	calls := &Calls{desk: s.desk}
	call, err := calls.Begin("")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"uno", "dos"} {
		if _, err := calls.Note(call.ID, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := calls.ChangeNote(call.ID, 2, "dos y medio"); err != nil {
		t.Fatal(err)
	}
	before, _ := calls.Open(call.ID)
	if err := calls.Discard(call.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := calls.Open(call.ID); failureOf(err).Code != problem.NotFound {
		t.Errorf("it is still there: %v", err)
	}
	if err := calls.Restore(call.ID); err != nil {
		t.Fatal(err)
	}
	after, err := calls.Open(call.ID)
	before.Now, after.Now = "", ""
	if diff := cmp.Diff(before, after); err != nil || diff != "" {
		t.Errorf("%v, -before +after:\n%s", err, diff)
	}
	if err := calls.Restore(call.ID); failureOf(err).Code != problem.NotFound {
		t.Errorf("it comes back only once: %v", err)
	}
}

func TestWhatWasReadOfAContactIsTypedAgainAsItWas(t *testing.T) {
	typed := typedCall()
	typed.Promises[0] = PromiseTerms{What: "Devolver", Due: "2026-03-04", Amount: "1234.50", Currency: "EUR", RepeatsID: "p1"}
	typed.Talk, typed.MadeBy, typed.Basis, typed.Supervisor = "5:00", "Pau", "note", "refused"
	typed.Retold, typed.SentTo = "2", "Envíos Rayo"
	read, err := contactOf(typed)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(typed, inputOf(read)); diff != "" {
		t.Errorf("-typed +again:\n%s", diff)
	}
	read.Promises[0].Amount.Currency, read.Promises[0].Amount.Minor = "JPY", 5
	if again := inputOf(read).Promises[0]; again.Amount != "5" {
		t.Errorf("5 yen are typed as %q", again.Amount)
	}
}
