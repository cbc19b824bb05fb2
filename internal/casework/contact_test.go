package casework_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

// log puts a contact of the case on record.
func (w *work) log(n casework.LogContact) casework.Logged {
	w.t.Helper()
	n.CaseID = w.caseID
	logged, err := w.LogContact(w.t.Context(), n)
	if err != nil {
		w.t.Fatalf("failed to log a contact: %v", err)
	}
	return logged
}

// call logs a call to the carrier just now, with the promises in it.
func (w *work) call(summary string, promises ...casework.MakePromise) casework.Logged {
	w.t.Helper()
	return w.log(casework.LogContact{
		Company: "corral expres", Summary: summary, People: []casework.Spoken{{Name: "Núria"}}, Promises: promises,
	})
}

// contact is a contact of the case as it stands.
func (w *work) contact(id string) casefile.Recorded[casefile.Contact] {
	w.t.Helper()
	contacts := w.file().Contacts
	at := slices.IndexFunc(contacts, func(c casefile.Recorded[casefile.Contact]) bool { return c.Value.ID == id })
	if at < 0 {
		w.t.Fatalf("there is no contact %s", id)
	}
	return contacts[at]
}

func TestAContactIsLoggedWithAllThatIsKnownOfIt(t *testing.T) {
	w := begin(t)
	logged := w.log(casework.LogContact{
		Company: "ALMACENES lumen", When: "2026-03-02 10:05", End: "2026-03-02 10:50", Direction: casefile.Incoming, Channel: casefile.Phone,
		People:      []casework.Spoken{{Name: "Núria", Position: "agent 4471"}, {Refused: true, Position: "supervisor"}},
		HoldSeconds: seconds(2280), TalkSeconds: seconds(300), Transfers: 2, Number: "900 123 456", CompanyReference: "INC-7",
		Summary: "They  said\r\nit was on the van.", Verbatim: "«On the van»", Failures: []casefile.Failure{"long_wait", "", "long_wait", "script"},
		Supervisor: casefile.SupervisorPutOn, MadeBy: "Marc", Basis: casefile.PhoneLog,
		Remedy: &casefile.Remedy{Kind: "gesture", Answer: casefile.Declined, Reason: "Too little", Amount: &casefile.Money{Minor: 500, Currency: "EUR"}},
	})
	file := w.file()
	want := casefile.Contact{
		ID: logged.ID, CaseID: w.caseID, PartyID: file.Parties[0].Value.ID, Direction: casefile.Incoming, Channel: casefile.Phone,
		OccurredAt: casefile.When{Wall: "2026-03-02T10:05", Zone: "Europe/Madrid", OffsetSeconds: 3600, Precision: casefile.Minute, End: "2026-03-02T10:50"},
		PersonIDs:  logged.PersonIDs, HoldSeconds: seconds(2280), TalkSeconds: seconds(300), Transfers: 2, Number: "900 123 456", CompanyReference: "INC-7",
		Summary: "They  said\nit was on the van.", Verbatim: "«On the van»", Failures: []casefile.Failure{"long_wait", "script"},
		Supervisor: casefile.SupervisorPutOn, MadeBy: "Marc", Basis: casefile.PhoneLog,
		Remedy: &casefile.Remedy{Kind: "gesture", Answer: casefile.Declined, Reason: "Too little", Amount: &casefile.Money{Minor: 500, Currency: "EUR"}},
	}
	if diff := cmp.Diff(want, file.Contacts[0].Value); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	people := []casefile.Person{
		{ID: logged.PersonIDs[0], CaseID: w.caseID, PartyID: logged.PartyID, Name: "Núria", Position: "agent 4471"},
		{ID: logged.PersonIDs[1], CaseID: w.caseID, PartyID: logged.PartyID, Refused: true, Position: "supervisor"},
	}
	var got []casefile.Person
	for _, person := range file.People {
		got = append(got, person.Value)
	}
	if diff := cmp.Diff(people, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if !file.Contacts[0].Entry.RecordedAt.Equal(w.now) {
		t.Errorf("it was recorded at %s", file.Contacts[0].Entry.RecordedAt)
	}
	w.requireHolds()
}

func TestWhatIsNotSaidOfAContactIsTheUsual(t *testing.T) {
	w := begin(t)
	contact := w.contact(w.log(casework.LogContact{Company: "Corral Exprés", Summary: "Engaged"}).ID)
	want := casefile.Contact{
		CaseID: w.caseID, Direction: casefile.Outgoing, Channel: casefile.Phone, Basis: casefile.Memory, Summary: "Engaged",
		OccurredAt: casefile.When{Wall: "2026-03-20T13:00", Zone: "Europe/Madrid", OffsetSeconds: 3600, Precision: casefile.Minute},
	}
	if diff := cmp.Diff(want, contact.Value, cmpopts.IgnoreFields(casefile.Contact{}, "ID", "PartyID")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestACompanyAndAPersonAreKnownAgainWithoutAccentsAndCapitals(t *testing.T) {
	t.Parallel()
	w := begin(t)
	corral := w.file().Parties[1].Value.ID
	first := w.log(casework.LogContact{Company: "Corral Exprés", Summary: "A", People: []casework.Spoken{{Name: "Núria  Peña"}}})
	for _, company := range []string{"corral expres", " CORRAL  EXPRÉS ", "Corral Expre\u0301s", corral} {
		for _, name := range []string{"nuria pena", "NÚRIA PEÑA", "Nu\u0301ria Pen\u0303a", first.PersonIDs[0]} {
			again := w.log(casework.LogContact{Company: company, Summary: "B", People: []casework.Spoken{{Name: name}}})
			if again.PartyID != corral || again.PersonIDs[0] != first.PersonIDs[0] {
				t.Errorf("%q of %q is somebody else", name, company)
			}
		}
	}
	elsewhere := w.log(casework.LogContact{Company: "Almacenes Lumen", Summary: "C", People: []casework.Spoken{{Name: "Núria Peña"}}})
	if elsewhere.PersonIDs[0] == first.PersonIDs[0] {
		t.Error("a namesake in another company is taken for her")
	}
	added := w.log(casework.LogContact{Company: "Seguros Faro", Role: casefile.Insurer, Summary: "D"})
	if parties := w.file().Parties; len(parties) != 3 || parties[2].Value.ID != added.PartyID || parties[2].Value.Role != casefile.Insurer {
		t.Errorf("a company that nobody knew was added as %+v", parties)
	}
}

func TestWhoRefusedANameIsANewPersonEachTime(t *testing.T) {
	w := begin(t)
	refused := casework.Spoken{Refused: true, Name: "Núria?"}
	first := w.log(casework.LogContact{Company: "Corral Exprés", Summary: "A", People: []casework.Spoken{refused, {}, refused}})
	second := w.log(casework.LogContact{Company: "Corral Exprés", Summary: "B", People: []casework.Spoken{refused, {Name: "Núria?"}}})
	ids := map[string]bool{}
	for _, id := range append(first.PersonIDs, second.PersonIDs...) {
		ids[id] = true
	}
	if len(first.PersonIDs) != 2 || len(ids) != 4 {
		t.Errorf("they are %v and %v, want four people", first.PersonIDs, second.PersonIDs)
	}
	for _, person := range w.file().People {
		if person.Value.Refused && person.Value.Name != "" {
			t.Errorf("who refused a name is called %q", person.Value.Name)
		}
	}
}

func TestTheOnlyCompanyNeedsNoName(t *testing.T) {
	w := begin(t)
	alone := theParcel()
	alone.Companies = alone.Companies[:1]
	id, err := w.NewCase(t.Context(), alone)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.LogContact(t.Context(), casework.LogContact{CaseID: id, Summary: "Engaged"}); err != nil {
		t.Errorf("of one company: %v", err)
	}
	w.requireNothingWritten(func() error {
		_, err := w.LogContact(t.Context(), casework.LogContact{CaseID: w.caseID, Summary: "Engaged"})
		return err
	}, map[string]problem.Code{"company": problem.Missing})
}

func TestAContactWithWrongFieldsIsNotLoggedAndEachIsNamed(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	w := begin(t)
	tests := []struct {
		name  string
		typed casework.LogContact
		want  map[string]problem.Code
	}{
		{"no summary", casework.LogContact{Company: "Corral Exprés", Summary: "\n\t "}, map[string]problem.Code{"summary": problem.Missing}},
		{"many at once", casework.LogContact{
			Company: "Corral Exprés", When: "2026-02-31", Direction: "sideways", Channel: "pigeon", HoldSeconds: seconds(-1), TalkSeconds: seconds(1 << 53),
			Transfers: -2, Retold: -1, SentTo: nobody, Failures: []casefile.Failure{"bad_luck"}, Supervisor: "asleep", Basis: "dream",
			Remedy: &casefile.Remedy{Kind: "flowers", Answer: "perhaps", Amount: &casefile.Money{Minor: 1, Currency: "€"}}, CompanyReference: longText(501),
		}, map[string]problem.Code{
			"when": problem.NoSuchDate, "direction": problem.NotAChoice, "channel": problem.NotAChoice, "hold": problem.NotANumber, "talk": problem.NotANumber,
			"transfers": problem.NotANumber, "failure": problem.NotAChoice, "supervisor": problem.NotAChoice, "basis": problem.NotAChoice,
			"remedy": problem.NotAChoice, "answer": problem.NotAChoice, "amount": problem.NotAChoice, "retold": problem.NotANumber, "sent_to": problem.NotFound, "reference": problem.TextTooLong,
		}},
		{"tomorrow", casework.LogContact{Company: "Corral Exprés", Summary: "A", When: "2026-03-21"}, map[string]problem.Code{"when": problem.TimeInFuture}},
		{"in two minutes", casework.LogContact{Company: "Corral Exprés", Summary: "A", When: "2026-03-20T13:02"}, map[string]problem.Code{"when": problem.TimeInFuture}},
		{"an end that has not come", casework.LogContact{Company: "Corral Exprés", Summary: "A", When: "2026-03-20T12:59", End: "2026-03-20T14:00"}, map[string]problem.Code{"end": problem.TimeInFuture}},
		{"an end before its beginning", casework.LogContact{Company: "Corral Exprés", Summary: "A", When: "2026-03-02T10:05", End: "2026-03-02T10:04"}, map[string]problem.Code{"end": problem.NotADate}},
		{"an end less exact than its beginning", casework.LogContact{Company: "Corral Exprés", Summary: "A", When: "2026-03-02T10:05", End: "2026-03-02"}, map[string]problem.Code{"precision": problem.NotAChoice}},
		{"an unknown zone", casework.LogContact{Company: "Corral Exprés", Summary: "A", Zone: "Europe/Atlantis"}, map[string]problem.Code{"when": problem.NoSuchZone}},
		{"more exact than it was typed", casework.LogContact{Company: "Corral Exprés", Summary: "A", When: "2026-03-02", Precision: casefile.Minute}, map[string]problem.Code{"precision": problem.NotAChoice}},
		{"a time that happened twice", casework.LogContact{Company: "Corral Exprés", Summary: "A", When: "2025-10-26T02:30"}, map[string]problem.Code{"when": problem.AmbiguousTime}},
		{"an offset that it did not have", casework.LogContact{Company: "Corral Exprés", Summary: "A", When: "2026-03-02T10:05", Offset: "-06:00"}, map[string]problem.Code{"offset": problem.NotAChoice}},
		{"an end without a beginning", casework.LogContact{Company: "Corral Exprés", Summary: "A", End: "2026-03-02T10:04"}, map[string]problem.Code{"when": problem.Missing}},
		{"ids that name nothing", casework.LogContact{Company: nobody, Summary: "A", People: []casework.Spoken{{Name: nobody}}}, map[string]problem.Code{"company": problem.NotFound, "person": problem.NotFound}},
		{"a promise in it that is none", casework.LogContact{Company: "Corral Exprés", Summary: "A", People: []casework.Spoken{{Name: "Ana"}}, Promises: []casework.MakePromise{{What: "", Due: "2026-02-30"}}}, map[string]problem.Code{"what": problem.Missing, "due": problem.NoSuchDate}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.typed.CaseID = w.caseID
			w.requireNothingWritten(func() error { _, err := w.LogContact(t.Context(), test.typed); return err }, test.want)
		})
	}
}

func TestACallThroughTheNightTheClocksWentBack(t *testing.T) {
	tests := []struct{ name, when, offset, end, wantEnd, wantEarliest string }{
		{"from the first half past two to after it", "2025-10-26T02:30", "+02:00", "2025-10-26T03:10", "2025-10-26T03:10", "2025-10-26T00:30:00Z"},
		{"within the first of the two hours", "2025-10-26T02:10", "+02:00", "2025-10-26T02:40", "2025-10-26T02:40", "2025-10-26T00:10:00Z"},
		{"within the second of the two hours", "2025-10-26T02:10", "+01:00", "2025-10-26T02:40", "2025-10-26T02:40", "2025-10-26T01:10:00Z"},
		{"from before it into it", "2025-10-26T01:50", "", "2025-10-26T02:10", "2025-10-26T02:10", "2025-10-25T23:50:00Z"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := begin(t)
			logged := w.log(casework.LogContact{Company: "Corral Exprés", Summary: "A", When: test.when, Offset: test.offset, End: test.end})
			got := w.contact(logged.ID).Value.OccurredAt
			if got.End != test.wantEnd || got.Earliest().Format(time.RFC3339) != test.wantEarliest {
				t.Errorf("it was from %s to %s", got.Earliest(), got.End)
			}
		})
	}
}

func TestContactsAreListedByWhenTheyHappened(t *testing.T) {
	w := begin(t)
	for _, when := range []string{"2026-03-04", "2026-02", "2026-03-02T10:05", "2026-03-02T09"} {
		w.log(casework.LogContact{Company: "Corral Exprés", Summary: "On " + when, When: when})
	}
	contacts, err := w.Contacts(t.Context(), w.caseID)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, contact := range contacts {
		got = append(got, strings.TrimPrefix(contact.Value.Summary, "On "))
	}
	if diff := cmp.Diff([]string{"2026-02", "2026-03-02T09", "2026-03-02T10:05", "2026-03-04"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestWhereAContactSentThePersonIsACompanyOfTheCaseOrWords(t *testing.T) {
	w := begin(t)
	parties := w.file().Parties
	sent := func(typed string) *casefile.SentTo {
		return w.contact(w.log(casework.LogContact{Company: "Corral Exprés", Summary: "A", SentTo: typed, Retold: 2}).ID).Value.SentTo
	}
	for typed, want := range map[string]*casefile.SentTo{
		"": nil, "almacenes  LUMEN": {PartyID: parties[0].Value.ID}, parties[1].Value.ID: {PartyID: parties[1].Value.ID},
		" the claims  department ": {Words: "the claims department"},
	} {
		if diff := cmp.Diff(want, sent(typed)); diff != "" {
			t.Errorf("%q: -want +got:\n%s", typed, diff)
		}
	}
	if len(w.file().Parties) != len(parties) {
		t.Error("a company was added")
	}
	if figures := w.file().Figures(w.now); figures.SentOn != 3 || figures.Retold != 8 {
		t.Errorf("sent on %d times, told again %d times", figures.SentOn, figures.Retold)
	}
	// That somebody was only sent on, or had to tell it all again, is something to put on record.
	w.log(casework.LogContact{Company: "Corral Exprés", SentTo: "the shop"})
	w.log(casework.LogContact{Company: "Corral Exprés", Retold: 1})

	logged := w.log(casework.LogContact{Company: "Corral Exprés", Summary: "A", SentTo: "the shop", Retold: 1})
	_, err := w.CorrectContact(t.Context(), casework.Correct{ID: logged.ID, Given: []string{"sent_to"}, Clear: []string{"retold"}}, casework.LogContact{SentTo: "Almacenes Lumen"})
	w.must(err)
	if now := w.contact(logged.ID).Value; now.Retold != 0 || *now.SentTo != (casefile.SentTo{PartyID: parties[0].Value.ID}) {
		t.Errorf("corrected it says %+v, %d", now.SentTo, now.Retold)
	}
	// A company that somebody was sent to can't be taken back alone.
	party, err := w.AddParty(t.Context(), w.caseID, casework.NewParty{Name: "Seguros Norte"})
	w.must(err)
	w.log(casework.LogContact{Company: "Corral Exprés", Summary: "A", SentTo: "Seguros Norte"})
	requireProblem(t, onlyError(w.Retract(t.Context(), casework.Retract{ID: party})), problem.StillNamed)
	w.requireHolds()
}
