package casework_test

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

// beginDraft begins a contact on the clock as it is.
func (w *work) beginDraft(n casework.LogContact) casefile.ContactDraft {
	w.t.Helper()
	n.CaseID = w.caseID
	draft, err := w.BeginContactDraft(w.t.Context(), casework.TypedContact{LogContact: n})
	if err != nil {
		w.t.Fatalf("failed to begin a draft: %v", err)
	}
	return draft
}

// note notes something down a while later.
func (w *work) note(id, text string, later time.Duration) {
	w.t.Helper()
	w.now = w.now.Add(later)
	w.must(onlyError(w.NoteInContactDraft(w.t.Context(), id, text)))
}

func TestADraftIsKeptWithTheClockOfEachNoteAndIsNoPartOfTheRecord(t *testing.T) {
	w := begin(t)
	before := w.entries()
	first := w.beginDraft(casework.LogContact{Company: "Corral Exprés", Number: "900"})
	w.note(first.ID, "“Your parcel is in Getafe”", 90*time.Second)
	other := w.beginDraft(casework.LogContact{})
	w.note(first.ID, "passed on\r\nto a supervisor", 10*time.Minute)
	w.must(w.ChangeContactDraft(t.Context(), first.ID, casework.TypedContact{
		LogContact: casework.LogContact{Company: "Corral Exprés", People: []casework.Spoken{{Name: "Núria"}}}}))
	w.now = w.now.Add(time.Minute)
	w.must(w.EndContactDraft(t.Context(), first.ID, time.Time{}))

	began, ended := time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC), time.Date(2026, 3, 20, 12, 12, 30, 0, time.UTC)
	want := []casefile.ContactDraft{
		{ID: first.ID, CaseID: w.caseID, BeganAt: began, EndedAt: &ended, Typed: []byte(`{"company":"Corral Exprés","people":[{"name":"Núria"}]}`),
			Notes: []casefile.DraftNote{{Number: 1, At: began.Add(90 * time.Second), Text: "“Your parcel is in Getafe”"},
				{Number: 2, At: began.Add(690 * time.Second), Text: "passed on\nto a supervisor"}}},
		{ID: other.ID, CaseID: w.caseID, BeganAt: began.Add(90 * time.Second), Typed: []byte(`{"case":"` + w.caseID + `"}`), Notes: []casefile.DraftNote{}},
	}
	got, err := w.ContactDrafts(t.Context(), w.caseID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if after := w.entries(); after != before {
		t.Errorf("%d entries were written", after-before)
	}
	if elsewhere, err := w.ContactDrafts(t.Context(), nobody); err != nil || len(elsewhere) != 0 {
		t.Errorf("another case has %v, %v", elsewhere, err)
	}
	w.requireHolds()
}

func TestASavedDraftIsOneContactWithItsClockAndItsNotesAndIsGone(t *testing.T) {
	tests := []struct {
		name         string
		typed        casework.LogContact
		ends         bool
		withoutNotes bool
		want         casefile.Contact
	}{
		{"with notes alone", casework.LogContact{Company: "Corral Exprés"}, true, false, casefile.Contact{
			OccurredAt: casefile.When{Wall: "2026-03-20T13:00", End: "2026-03-20T13:06", Zone: "Europe/Madrid", OffsetSeconds: 3600, Precision: casefile.Minute},
			Summary:    "13:01 They will look\n13:05 Nobody knows", Basis: casefile.Note}},
		{"with a summary before them", casework.LogContact{Company: "Corral Exprés", Summary: "No help"}, false, false, casefile.Contact{
			OccurredAt: casefile.When{Wall: "2026-03-20T13:00", Zone: "Europe/Madrid", OffsetSeconds: 3600, Precision: casefile.Minute},
			Summary:    "No help\n\n13:01 They will look\n13:05 Nobody knows", Basis: casefile.Note}},
		{"without them", casework.LogContact{Company: "Corral Exprés", Summary: "No help", Basis: casefile.PhoneLog, When: "2026-03-20 12:55"}, true, true, casefile.Contact{
			OccurredAt: casefile.When{Wall: "2026-03-20T12:55", Zone: "Europe/Madrid", OffsetSeconds: 3600, Precision: casefile.Minute},
			Summary:    "No help", Basis: casefile.PhoneLog}},
		{"in another zone", casework.LogContact{Company: "Corral Exprés", Zone: "America/Mexico_City"}, false, false, casefile.Contact{
			OccurredAt: casefile.When{Wall: "2026-03-20T06:00", Zone: "America/Mexico_City", OffsetSeconds: -21600, Precision: casefile.Minute},
			Summary:    "06:01 They will look\n06:05 Nobody knows", Basis: casefile.Note}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := begin(t)
			draft := w.beginDraft(casework.LogContact{})
			w.note(draft.ID, "They will look", time.Minute)
			w.note(draft.ID, "Nobody knows", 4*time.Minute)
			w.now = w.now.Add(time.Minute)
			if test.ends {
				w.must(w.EndContactDraft(t.Context(), draft.ID, time.Time{}))
			}
			w.now = w.now.Add(time.Minute)
			logged, err := w.SaveContactDraft(t.Context(), draft.ID, casework.SaveDraft{Contact: test.typed, WithoutNotes: test.withoutNotes})
			if err != nil {
				t.Fatal(err)
			}
			got := w.contact(logged.ID).Value
			want := test.want
			want.ID, want.CaseID, want.PartyID, want.Direction, want.Channel = logged.ID, w.caseID, logged.PartyID, casefile.Outgoing, casefile.Phone
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if recording := casefile.RecordingOf(w.contact(logged.ID)); recording != casefile.RecordedLive {
				t.Errorf("it counts as recorded %s", recording)
			}
			if drafts, err := w.ContactDrafts(t.Context(), ""); err != nil || len(drafts) != 0 {
				t.Errorf("there are still %v, %v", drafts, err)
			}
			requireProblem(t, onlyError(w.SaveContactDraft(t.Context(), draft.ID, casework.SaveDraft{Contact: test.typed})), problem.NotFound)
			w.requireHolds()
		})
	}
}

func TestADraftBegunInTheHourThatComesTwiceKeepsItsInstant(t *testing.T) {
	for _, test := range []struct {
		began  time.Time
		offset int64
	}{{time.Date(2025, 10, 26, 0, 30, 0, 0, time.UTC), 7200}, {time.Date(2025, 10, 26, 1, 30, 0, 0, time.UTC), 3600}} {
		w := begin(t)
		w.now = test.began
		draft := w.beginDraft(casework.LogContact{Company: "Corral Exprés", Summary: "A"})
		w.now = w.now.Add(10 * time.Minute)
		logged, err := w.SaveContactDraft(t.Context(), draft.ID,
			casework.SaveDraft{Contact: casework.LogContact{Company: "Corral Exprés", Summary: "A"}})
		if err != nil {
			t.Fatal(err)
		}
		if got := w.contact(logged.ID).Value.OccurredAt; got.Wall != "2025-10-26T02:30" || got.OffsetSeconds != test.offset {
			t.Errorf("a call of %s happened at %+v", test.began, got)
		}
	}
}

func TestADraftThatCanNotBeSavedYetStays(t *testing.T) {
	t.Parallel()
	w := begin(t)
	draft := w.beginDraft(casework.LogContact{})
	w.requireNothingWritten(func() error {
		return onlyError(w.SaveContactDraft(t.Context(), draft.ID, casework.SaveDraft{Contact: casework.LogContact{Company: "Corral Exprés", Channel: "pigeon"}}))
	}, map[string]problem.Code{"summary": problem.Missing, "channel": problem.NotAChoice})
	requireProblem(t, onlyError(w.NoteInContactDraft(t.Context(), draft.ID, " ")), problem.Missing)
	requireProblem(t, onlyError(w.NoteInContactDraft(t.Context(), draft.ID, strings.Repeat("a", 100_001))), problem.TextTooLong)
	if drafts, err := w.ContactDrafts(t.Context(), ""); err != nil || len(drafts) != 1 {
		t.Errorf("the drafts are %v, %v", drafts, err)
	}
	w.must(onlyError(w.DiscardContactDraft(t.Context(), draft.ID)))
	for name, act := range map[string]func() error{
		"a note":   func() error { return onlyError(w.NoteInContactDraft(t.Context(), draft.ID, "A")) },
		"a change": func() error { return w.ChangeContactDraft(t.Context(), draft.ID, casework.TypedContact{}) },
		"an end":   func() error { return w.EndContactDraft(t.Context(), draft.ID, time.Time{}) },
		"going on": func() error { return w.ResumeContactDraft(t.Context(), draft.ID) },
		"another text of a note": func() error {
			return w.ChangeNoteInContactDraft(t.Context(), draft.ID, 1, "B")
		},
		"a note less": func() error { return w.ChangeNoteInContactDraft(t.Context(), draft.ID, 1, "") },
		"no more":     func() error { return onlyError(w.DiscardContactDraft(t.Context(), draft.ID)) },
		"a look":      func() error { _, _, err := w.ContactDraft(t.Context(), draft.ID); return err },
		"in nobody's case": func() error {
			return onlyError(w.BeginContactDraft(t.Context(), casework.TypedContact{LogContact: casework.LogContact{CaseID: nobody}}))
		},
	} {
		t.Run(name, func(t *testing.T) { requireProblem(t, act(), problem.NotFound) })
	}
}

func TestACallNeedsNoCaseUntilItIsSaved(t *testing.T) {
	w := begin(t)
	draft, err := w.BeginContactDraft(t.Context(), casework.TypedContact{})
	w.must(err)
	w.note(draft.ID, "They will look", time.Minute)
	if drafts, err := w.ContactDrafts(t.Context(), w.caseID); err != nil || len(drafts) != 0 {
		t.Errorf("it is among those of a case: %v, %v", drafts, err)
	}
	typed := casework.LogContact{Company: "Corral Exprés"}
	requireProblem(t, onlyError(w.SaveContactDraft(t.Context(), draft.ID, casework.SaveDraft{Contact: typed})), problem.Missing)
	requireProblem(t, onlyError(w.SaveContactDraft(t.Context(), draft.ID,
		casework.SaveDraft{Contact: casework.LogContact{CaseID: nobody, Company: "Corral Exprés"}})), problem.NotFound)

	t.Run("it comes into the one that is chosen last", func(t *testing.T) {
		chosen := typed
		chosen.CaseID = w.caseID
		w.must(w.ChangeContactDraft(t.Context(), draft.ID, casework.TypedContact{LogContact: chosen, Form: []byte(`{"note":"half a sent"}`)}))
		kept, form, err := w.ContactDraft(t.Context(), draft.ID)
		if err != nil || kept.CaseID != w.caseID || string(form.Form) != `{"note":"half a sent"}` {
			t.Errorf("kept %+v with the form %s, %v", kept, form.Form, err)
		}
		logged, err := w.SaveContactDraft(t.Context(), draft.ID, casework.SaveDraft{Contact: typed})
		if err != nil || w.contact(logged.ID).Value.CaseID != w.caseID {
			t.Errorf("saved as %+v, %v", logged, err)
		}
	})
	t.Run("it begins a case of its own", func(t *testing.T) {
		draft, err := w.BeginContactDraft(t.Context(), casework.TypedContact{})
		w.must(err)
		w.note(draft.ID, "No line for three weeks", time.Minute)
		fresh := casework.NewCase{Title: "The line that never came", Zone: "Europe/Madrid"}
		w.requireNothingWritten(func() error {
			return onlyError(w.SaveContactDraft(t.Context(), draft.ID, casework.SaveDraft{NewCase: fresh, Contact: casework.LogContact{Channel: "pigeon"}}))
		}, map[string]problem.Code{"company": problem.Missing, "channel": problem.NotAChoice})
		logged, err := w.SaveContactDraft(t.Context(), draft.ID, casework.SaveDraft{NewCase: fresh, Contact: casework.LogContact{Company: "Iberluz"}})
		w.must(err)
		cases, err := w.Cases(t.Context())
		w.must(err)
		if len(cases) != 2 || cases[0].Title != fresh.Title || cases[0].Contacts != 1 || !slices.Equal(cases[0].Companies, []string{"Iberluz"}) {
			t.Errorf("the cases are %+v", cases)
		}
		file, err := w.CaseFile(t.Context(), cases[0].ID)
		if err != nil || file.Contacts[0].Value.ID != logged.ID || file.Contacts[0].Value.Summary != "13:02 No line for three weeks" {
			t.Errorf("the contact is %+v, %v", file.Contacts, err)
		}
	})
	w.requireHolds()
}

func TestANoteCanBeWrittenAgainAndKeepsItsClock(t *testing.T) {
	w := begin(t)
	draft := w.beginDraft(casework.LogContact{})
	for _, text := range []string{"Nuria", "a slip", "They will look"} {
		w.note(draft.ID, text, time.Minute)
	}
	w.must(w.ChangeNoteInContactDraft(t.Context(), draft.ID, 1, "Núria, of the claims"))
	w.must(w.ChangeNoteInContactDraft(t.Context(), draft.ID, 2, " "))
	w.note(draft.ID, "By Friday", time.Minute)
	kept, _, err := w.ContactDraft(t.Context(), draft.ID)
	w.must(err)
	want := []casefile.DraftNote{
		{Number: 1, At: draft.BeganAt.Add(time.Minute), Text: "Núria, of the claims"},
		{Number: 3, At: draft.BeganAt.Add(3 * time.Minute), Text: "They will look"},
		{Number: 4, At: draft.BeganAt.Add(4 * time.Minute), Text: "By Friday"}}
	if diff := cmp.Diff(want, kept.Notes); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	requireProblem(t, w.ChangeNoteInContactDraft(t.Context(), draft.ID, 2, "B"), problem.NotFound)
	requireProblem(t, w.ChangeNoteInContactDraft(t.Context(), draft.ID, 1, strings.Repeat("a", 100_001)), problem.TextTooLong)
}

func TestACallFoundLaterEndsWhenItDidAndCanGoOn(t *testing.T) {
	w := begin(t)
	draft := w.beginDraft(casework.LogContact{})
	w.now = w.now.Add(24 * time.Hour)
	requireProblem(t, w.EndContactDraft(t.Context(), draft.ID, draft.BeganAt.Add(-2*time.Minute)), problem.NotADate)
	requireProblem(t, w.EndContactDraft(t.Context(), draft.ID, w.now.Add(time.Hour)), problem.TimeInFuture)
	ended := draft.BeganAt.Add(11 * time.Minute)
	w.must(w.EndContactDraft(t.Context(), draft.ID, ended))
	if kept, _, err := w.ContactDraft(t.Context(), draft.ID); err != nil || kept.EndedAt == nil || !kept.EndedAt.Equal(ended) {
		t.Errorf("it ended %v, %v", kept.EndedAt, err)
	}
	w.must(w.ResumeContactDraft(t.Context(), draft.ID))
	if kept, _, err := w.ContactDraft(t.Context(), draft.ID); err != nil || kept.EndedAt != nil {
		t.Errorf("it ended %v, %v", kept.EndedAt, err)
	}
}

func TestADiscardedDraftComesBackAsItWas(t *testing.T) {
	w := begin(t)
	draft := w.beginDraft(casework.LogContact{Company: "Corral Exprés"})
	w.note(draft.ID, "They will look", time.Minute)
	w.must(w.EndContactDraft(t.Context(), draft.ID, time.Time{}))
	before, err := w.ContactDrafts(t.Context(), "")
	w.must(err)
	discarded, err := w.DiscardContactDraft(t.Context(), draft.ID)
	w.must(err)
	if drafts, err := w.ContactDrafts(t.Context(), ""); err != nil || len(drafts) != 0 {
		t.Errorf("there are still %v, %v", drafts, err)
	}
	w.must(w.KeepContactDraft(t.Context(), discarded))
	after, err := w.ContactDrafts(t.Context(), "")
	if diff := cmp.Diff(before, after); err != nil || diff != "" {
		t.Errorf("%v, -before +after:\n%s", err, diff)
	}
}

func TestACallOfWhichOnlyAPromiseWasTypedCanBeSaved(t *testing.T) {
	w := begin(t)
	draft := w.beginDraft(casework.LogContact{})
	logged, err := w.SaveContactDraft(t.Context(), draft.ID, casework.SaveDraft{Contact: casework.LogContact{
		Company: "Corral Exprés", Promises: []casework.MakePromise{{What: "Call back", Due: "2026-03-22"}}}})
	if err != nil || w.contact(logged.ID).Value.Summary != "" || len(logged.PromiseIDs) != 1 {
		t.Errorf("saved as %+v, %v", logged, err)
	}
}

func TestWhatIsTypedNowGoesOverWhatWasTypedEarlier(t *testing.T) {
	earlier := casework.LogContact{Company: "Corral Exprés", HoldSeconds: seconds(60), People: []casework.Spoken{{Name: "Núria", Position: "agent"}}}
	got, err := casework.LogContact{HoldSeconds: seconds(90), People: []casework.Spoken{{Name: "Pau"}}}.Over(earlier)
	want := casework.LogContact{Company: "Corral Exprés", HoldSeconds: seconds(90), People: []casework.Spoken{{Name: "Pau"}}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(casework.LogContact{})); err != nil || diff != "" {
		t.Errorf("%v, -want +got:\n%s", err, diff)
	}
}

// noteUntilShot notes something down again and again, and prints each note once it was acknowledged.
func noteUntilShot(ctx context.Context, c *casework.Casework, draftID string) error {
	for i := range 1_000_000 {
		note := fmt.Sprintf("note %d", i)
		if _, err := c.NoteInContactDraft(ctx, draftID, note); err != nil {
			return err
		}
		fmt.Println(note)
	}
	return nil
}

func TestAProgramThatIsShotInTheMiddleOfACallLosesNoNoteThatItAcknowledged(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	w := begin(t)
	draft := w.beginDraft(casework.LogContact{Company: "Corral Exprés"})
	var acknowledged []string
	for round := range 5 {
		process := w.elsewhere("note until shot", draft.ID)
		output, err := process.StdoutPipe()
		w.must(err)
		w.must(process.Start())
		lines := bufio.NewScanner(output)
		for range 7 + 5*round {
			if !lines.Scan() {
				t.Fatalf("it ended by itself: %v", lines.Err())
			}
			acknowledged = append(acknowledged, lines.Text())
		}
		w.must(process.Process.Kill())
		for lines.Scan() { // what it said before the shot
			acknowledged = append(acknowledged, lines.Text())
		}
		_ = process.Wait() // it was shot
	}
	kept, typed, err := w.ContactDraft(t.Context(), draft.ID)
	if err != nil || typed.Company != "Corral Exprés" || !kept.BeganAt.Equal(draft.BeganAt) {
		t.Fatalf("the draft is %+v, %v", kept, err)
	}
	var there []string
	for _, note := range kept.Notes {
		there = append(there, note.Text)
	}
	for _, note := range acknowledged {
		at := slices.Index(there, note)
		if at < 0 {
			t.Fatalf("%q is lost; %d of %d are there", note, len(there), len(acknowledged))
		}
		there = there[at+1:] // in their order
	}
	logged, err := w.SaveContactDraft(t.Context(), draft.ID, casework.SaveDraft{Contact: typed.LogContact})
	if err != nil || strings.Count(w.contact(logged.ID).Value.Summary, "\n") != len(kept.Notes)-1 {
		t.Errorf("it was saved as %+v, %v", logged, err)
	}
	w.requireHolds()
}
