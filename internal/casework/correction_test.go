package casework_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

func TestACorrectionOfAContactStandsBesideItAndChangesWhatIsGivenOnly(t *testing.T) {
	w := begin(t)
	logged := w.log(casework.LogContact{Company: "Corral Exprés", Summary: "They said Getafe", HoldSeconds: seconds(60), Number: "900",
		When: "2026-03-02 10:05", End: "2026-03-02 10:20", People: []casework.Spoken{{Name: "Núria"}}})
	before := w.contact(logged.ID)
	corrected, err := w.CorrectContact(t.Context(), casework.Correct{
		ID: logged.ID, Given: []string{"summary", "hold", "person"}, Clear: []string{"number"}, Reason: "I looked it up",
	}, casework.LogContact{Summary: "They said Coslada", HoldSeconds: seconds(2280), Transfers: 9,
		People: []casework.Spoken{{Name: "nuria"}, {Name: "Pau", Position: "supervisor"}}})
	if err != nil {
		t.Fatal(err)
	}
	got := w.contact(logged.ID)
	want := before.Value
	want.Summary, want.HoldSeconds, want.Number = "They said Coslada", seconds(2280), ""
	want.PersonIDs = []string{logged.PersonIDs[0], w.file().People[1].Value.ID}
	if diff := cmp.Diff(want, got.Value); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	entry := got.Entry.Corrections
	if len(entry) != 1 || entry[0].ID != corrected.ID || entry[0].Reason != "I looked it up" || entry[0].TargetLeaf != before.Entry.Leaf {
		t.Errorf("the corrections are %+v", entry)
	}
	changes := []casework.Change{
		{Field: "hold_seconds", Before: 60.0, After: 2280.0}, {Field: "number", Before: "900"},
		{Field: "people", Before: []any{logged.PersonIDs[0]}, After: []any{logged.PersonIDs[0], want.PersonIDs[1]}},
		{Field: "summary", Before: "They said Getafe", After: "They said Coslada"},
	}
	if diff := cmp.Diff(changes, corrected.Changes); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if corrected.Names[want.PersonIDs[1]] != "Pau" {
		t.Errorf("the names are %v", corrected.Names)
	}
	w.requireHolds()
}

func TestWhatIsNotTypedOfATimeStaysAsItWas(t *testing.T) {
	madrid := func(wall, end string, offset int64, precision casefile.Precision) casefile.When {
		return casefile.When{Wall: wall, End: end, Zone: "Europe/Madrid", OffsetSeconds: offset, Precision: precision}
	}
	tests := []struct {
		name  string
		given []string
		clear []string
		typed casework.LogContact
		want  casefile.When
	}{
		{"the day", []string{"when"}, []string{"end"}, casework.LogContact{When: "2026-03-01"}, madrid("2026-03-01", "", 3600, casefile.Day)},
		{"the hour it began, later than it ended", []string{"when"}, []string{"end"}, casework.LogContact{When: "2026-03-02 12:15"}, madrid("2026-03-02T12:15", "", 3600, casefile.Minute)},
		{"the hour it began", []string{"when"}, nil, casework.LogContact{When: "2026-03-02 10:15"}, madrid("2026-03-02T10:15", "2026-03-02T10:20", 3600, casefile.Minute)},
		{"the end", []string{"end"}, nil, casework.LogContact{End: "2026-03-02 11:00"}, madrid("2026-03-02T10:05", "2026-03-02T11:00", 3600, casefile.Minute)},
		{"how exactly it is known", []string{"precision"}, []string{"end"}, casework.LogContact{Precision: casefile.Day}, madrid("2026-03-02", "", 3600, casefile.Day)},
		{"the zone", []string{"zone"}, nil, casework.LogContact{Zone: "Europe/London"},
			casefile.When{Wall: "2026-03-02T10:05", End: "2026-03-02T10:20", Zone: "Europe/London", Precision: casefile.Minute}},
	}
	w := begin(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			logged := w.log(casework.LogContact{Company: "Corral Exprés", Summary: "A", When: "2026-03-02 10:05", End: "2026-03-02 10:20"})
			_, err := w.CorrectContact(t.Context(), casework.Correct{ID: logged.ID, Given: test.given, Clear: test.clear}, test.typed)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, w.contact(logged.ID).Value.OccurredAt); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestPartsOfARemedyAreCorrectedAlone(t *testing.T) {
	w := begin(t)
	logged := w.log(casework.LogContact{Company: "Corral Exprés", Summary: "A", Remedy: &casefile.Remedy{Kind: "gesture", Reason: "Too little"}})
	_, err := w.CorrectContact(t.Context(), casework.Correct{ID: logged.ID, Given: []string{"remedy_answer", "remedy_amount"}},
		casework.LogContact{Remedy: &casefile.Remedy{Answer: casefile.Declined, Amount: &casefile.Money{Minor: 2000, Currency: "EUR"}}})
	if err != nil {
		t.Fatal(err)
	}
	want := casefile.Remedy{Kind: "gesture", Reason: "Too little", Answer: casefile.Declined, Amount: &casefile.Money{Minor: 2000, Currency: "EUR"}}
	if diff := cmp.Diff(want, *w.contact(logged.ID).Value.Remedy); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestACorrectionIsHeldToTheRulesOfTheFirstEntry(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	w := begin(t)
	logged := w.log(casework.LogContact{Company: "Corral Exprés", Summary: "They said Getafe", HoldSeconds: seconds(60), When: "2026-03-02 10:05"})
	tests := []struct {
		name  string
		given []string
		clear []string
		typed casework.LogContact
		want  map[string]problem.Code
	}{
		{"nothing", nil, nil, casework.LogContact{}, map[string]problem.Code{"": problem.NothingChanges}},
		{"what it says already", []string{"hold", "summary"}, []string{"talk"}, casework.LogContact{Summary: "They said Getafe", HoldSeconds: seconds(60)}, map[string]problem.Code{"": problem.NothingChanges}},
		{"a field that a contact does not have", []string{"weather"}, nil, casework.LogContact{}, map[string]problem.Code{"field": problem.NotAChoice}},
		{"the case it belongs to", []string{"case"}, nil, casework.LogContact{CaseID: nobody}, map[string]problem.Code{"field": problem.NotAChoice}},
		{"a field that can't be empty", nil, []string{"channel"}, casework.LogContact{}, map[string]problem.Code{"clear": problem.NotAChoice}},
		{"no summary", []string{"summary"}, nil, casework.LogContact{}, map[string]problem.Code{"summary": problem.Missing}},
		{"a negative wait", []string{"hold"}, nil, casework.LogContact{HoldSeconds: seconds(-1)}, map[string]problem.Code{"hold": problem.NotANumber}},
		{"an unknown failure", []string{"failure"}, nil, casework.LogContact{Failures: []casefile.Failure{"bad_luck"}}, map[string]problem.Code{"failure": problem.NotAChoice}},
		{"an unknown remedy", []string{"remedy"}, nil, casework.LogContact{Remedy: &casefile.Remedy{Kind: "flowers"}}, map[string]problem.Code{"remedy": problem.NotAChoice}},
		{"the answer to no offer", []string{"remedy_answer"}, nil, casework.LogContact{Remedy: &casefile.Remedy{Answer: casefile.Accepted}}, map[string]problem.Code{"remedy": problem.Missing}},
		{"somebody nobody recorded", []string{"person"}, nil, casework.LogContact{People: []casework.Spoken{{Name: nobody}}}, map[string]problem.Code{"person": problem.NotFound}},
		{"a day that there never was", []string{"when"}, nil, casework.LogContact{When: "2026-02-31"}, map[string]problem.Code{"when": problem.NoSuchDate}},
		{"a zone that there is not", []string{"zone"}, nil, casework.LogContact{Zone: "Europe/Atlantis"}, map[string]problem.Code{"when": problem.NoSuchZone}},
		{"a time that has not come", []string{"when"}, nil, casework.LogContact{When: "2027-03-01"}, map[string]problem.Code{"when": problem.TimeInFuture}},
		{"an end before it began", []string{"end"}, nil, casework.LogContact{End: "2026-03-02 09:00"}, map[string]problem.Code{"end": problem.NotADate}},
		{"several", []string{"channel", "direction", "basis"}, nil, casework.LogContact{Channel: "pigeon", Direction: "up", Basis: "dream"}, map[string]problem.Code{
			"channel": problem.NotAChoice, "direction": problem.NotAChoice, "basis": problem.NotAChoice}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w.requireNothingWritten(func() error {
				_, err := w.CorrectContact(t.Context(), casework.Correct{ID: logged.ID, Given: test.given, Clear: test.clear}, test.typed)
				return err
			}, test.want)
		})
	}
}

func TestEverythingAPersonTypedCanBeCorrected(t *testing.T) {
	t.Parallel()
	w := begin(t)
	ctx := t.Context()
	logged := w.log(casework.LogContact{Company: "Corral Exprés", Summary: "A", People: []casework.Spoken{{Name: "Nuria", Position: "agent"}},
		Promises: []casework.MakePromise{{What: "Call back", Due: "2026-03-25"}}})
	w.must(w.add(w.caseID, "a.txt", "The wrong thing"))
	evidence := w.file().Evidence[0].Value
	party := w.file().Parties[1].Value

	w.must(onlyError(w.CorrectPromise(ctx, casework.Correct{ID: logged.PromiseIDs[0], Given: []string{"what"}, Clear: []string{"due"}},
		casework.MakePromise{What: "Call back in the morning"})))
	w.must(onlyError(w.CorrectEvidence(ctx, casework.Correct{ID: evidence.ID, Given: []string{"shows", "when", "contact"}},
		casework.AddEvidence{Shows: "The label", When: "2026-03-01", ContactID: logged.ID})))
	w.must(onlyError(w.CorrectPerson(ctx, casework.Correct{ID: logged.PersonIDs[0], Given: []string{"name"}, Clear: []string{"position"}},
		casework.Spoken{Name: "Núria Serra"}, "")))
	w.must(onlyError(w.CorrectParty(ctx, casework.Correct{ID: party.ID, Given: []string{"name", "reference"}},
		casework.NewParty{Name: "Corral Express", References: []casefile.Reference{{Label: "parcel", Number: "88"}}})))
	w.must(onlyError(w.CorrectCase(ctx, casework.Correct{ID: w.caseID, Given: []string{"title", "phone"}, Clear: []string{"claimed"}},
		casework.NewCase{Title: "The parcel", Complainant: casefile.Complainant{Phone: "600"}})))

	file := w.file()
	if got := file.Promises[0].Value; got.What != "Call back in the morning" || got.Due != nil {
		t.Errorf("the promise is %+v", got)
	}
	if got := file.Evidence[0].Value; got.Shows != "The label" || got.OccurredAt.Wall != "2026-03-01" || got.ContactID != logged.ID || got.SHA256 != evidence.SHA256 {
		t.Errorf("the evidence is %+v", got)
	}
	if got := file.People[0].Value; got.Name != "Núria Serra" || got.Position != "" {
		t.Errorf("the person is %+v", got)
	}
	if got := file.Parties[1].Value; got.Name != "Corral Express" || got.References[0].Number != "88" || got.Domains[0] != "corral.example" {
		t.Errorf("the company is %+v", got)
	}
	if got := file.Case; got.Title != "The parcel" || got.Claimed != nil || got.Complainant.Phone != "600" || got.Complainant.Name != "Dolores Vidal" {
		t.Errorf("the case is %+v", got)
	}
	w.requireHolds()
}

func TestACorrectionOfWhatIsNotThereOrOfAnotherKindIsRefused(t *testing.T) {
	t.Parallel()
	w := begin(t)
	ctx := t.Context()
	logged := w.log(casework.LogContact{Company: "Corral Exprés", Summary: "A", Promises: []casework.MakePromise{{What: "Call back"}}})
	contact, promise, party := logged.ID, logged.PromiseIDs[0], logged.PartyID
	for name, act := range map[string]func() error{
		"nobody's contact": func() error {
			return onlyError(w.CorrectContact(ctx, casework.Correct{ID: nobody, Given: []string{"summary"}}, casework.LogContact{Summary: "B"}))
		},
		"a promise as a contact": func() error {
			return onlyError(w.CorrectContact(ctx, casework.Correct{ID: promise, Given: []string{"summary"}}, casework.LogContact{Summary: "B"}))
		},
		"a contact as a promise": func() error {
			return onlyError(w.CorrectPromise(ctx, casework.Correct{ID: contact, Given: []string{"what"}}, casework.MakePromise{What: "B"}))
		},
		"a promise made in nobody's contact": func() error {
			return onlyError(w.CorrectPromise(ctx, casework.Correct{ID: promise, Given: []string{"contact"}}, casework.MakePromise{ContactID: nobody}))
		},
		"a company as evidence": func() error {
			return onlyError(w.CorrectEvidence(ctx, casework.Correct{ID: party, Given: []string{"shows"}}, casework.AddEvidence{Shows: "B"}))
		},
		"a company as a person": func() error {
			return onlyError(w.CorrectPerson(ctx, casework.Correct{ID: party, Given: []string{"name"}}, casework.Spoken{Name: "B"}, ""))
		},
		"a contact as a company": func() error {
			return onlyError(w.CorrectParty(ctx, casework.Correct{ID: contact, Given: []string{"name"}}, casework.NewParty{Name: "B"}))
		},
		"a company as a case": func() error {
			return onlyError(w.CorrectCase(ctx, casework.Correct{ID: party, Given: []string{"title"}}, casework.NewCase{Title: "B"}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			before := w.entries()
			requireProblem(t, act(), problem.NotFound)
			if after := w.entries(); after != before {
				t.Errorf("%d entries were written", after-before)
			}
		})
	}
	w.requireNothingWritten(func() error {
		return onlyError(w.CorrectParty(ctx, casework.Correct{ID: party, Given: []string{"name"}}, casework.NewParty{Name: "almacenes lumen"}))
	}, map[string]problem.Code{"name": problem.AlreadyExists})
	w.requireNothingWritten(func() error {
		return onlyError(w.CorrectPromise(ctx, casework.Correct{ID: promise, Given: []string{"repeats"}}, casework.MakePromise{RepeatsID: promise}))
	}, map[string]problem.Code{"repeats": problem.NotAChoice})
}

// onlyError is the error of an act that answers with something, too.
func onlyError[T any](_ T, err error) error { return err }

// must fails the test unless an act was done.
func (w *work) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}
