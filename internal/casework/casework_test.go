package casework_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
	_ "constancia/internal/secret/secrettest" // not the real keyring
)

// work is an open library with one case in it, on an afternoon in March.
type work struct {
	*casework.Casework
	t      testing.TB
	now    time.Time
	caseID string
}

// begin opens a new library and begins the case of the lost parcel in it.
func begin(t testing.TB) *work {
	t.Helper()
	w := &work{t: t, now: time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC)}
	w.open(t.TempDir())
	w.beginCase()
	return w
}

func (w *work) beginCase() {
	w.t.Helper()
	id, err := w.NewCase(w.t.Context(), theParcel())
	if err != nil {
		w.t.Fatalf("failed to begin a case: %v", err)
	}
	w.caseID = id
}

func (w *work) open(directory string) { w.openWith(casework.Options{Directory: directory}) }

func (w *work) openWith(o casework.Options) {
	w.t.Helper()
	o.Create, o.State, o.Clock = true, o.Directory+"-state", func() time.Time { return w.now }
	opened, err := casework.Open(w.t.Context(), o)
	if err != nil {
		w.t.Fatalf("failed to open the library: %v", err)
	}
	w.Casework = opened
	w.t.Cleanup(func() {
		if err := opened.Close(); err != nil {
			w.t.Errorf("failed to close the library: %v", err)
		}
	})
}

// theParcel is a dispute with a shop and a carrier.
func theParcel() casework.NewCase {
	return casework.NewCase{
		Title: "The parcel that never came", Zone: "Europe/Madrid", Place: "es",
		Companies: []casework.NewParty{
			{Name: "Almacenes Lumen", Role: casefile.Seller, References: []casefile.Reference{{Label: "order", Number: "L-4471"}}},
			{Name: "Corral Exprés", Role: casefile.Carrier, Domains: []string{"Corral.Example"}},
		},
		Outcome: []string{"The money back", " ", "An apology"}, AnswerBy: "2026-04-15", Claimed: &casefile.Money{Minor: 43820, Currency: "EUR"},
		Complainant: casefile.Complainant{Name: "Dolores  Vidal", Address: "Calle Mayor 1\r\nMadrid", Email: "dolores@example.org", Phone: "+34 600 000 000"},
		Summary:     "Paid in January, lost in February.", StillConcerned: "Nobody answers.",
	}
}

// file is everything on record about the case.
func (w *work) file() casefile.CaseFile {
	w.t.Helper()
	file, err := w.CaseFile(w.t.Context(), w.caseID)
	if err != nil {
		w.t.Fatalf("failed to read the case: %v", err)
	}
	return file
}

// entries counts the entries on record.
func (w *work) entries() int64 {
	w.t.Helper()
	verified, err := w.VerifyRecord(w.t.Context(), nil)
	if err != nil {
		w.t.Fatalf("failed to verify the record: %v", err)
	}
	return verified.Entries
}

// requireHolds fails the test unless the whole library holds, with nothing in it that no entry names.
func (w *work) requireHolds() {
	w.t.Helper()
	checked, err := w.CheckLibrary(w.t.Context(), nil)
	if err != nil {
		w.t.Fatalf("failed to check the library: %v", err)
	}
	if !checked.Holds || len(checked.Problems) > 0 {
		w.t.Errorf("the library does not hold: %v", checked.Problems)
	}
}

// requireNothingWritten runs an act that must fail with what is wrong with each field, and leave no trace.
func (w *work) requireNothingWritten(act func() error, want map[string]problem.Code) {
	w.t.Helper()
	before := w.entries()
	err := act()
	got := fieldsOf(err)
	for field, code := range want {
		if got[field] != code {
			w.t.Errorf("%s: got %q, want %q", field, got[field], code)
		}
		delete(got, field)
	}
	for field, code := range got {
		w.t.Errorf("%q was found in %s, too", code, field)
	}
	several := errors.Is(err, problem.New(problem.Several, nil))
	if several != (len(want) > 1) {
		w.t.Errorf("several: %t, with %d wrong fields: %v", several, len(want), err)
	}
	if after := w.entries(); after != before {
		w.t.Errorf("%d entries were written", after-before)
	}
	w.requireHolds()
}

// fieldsOf tells what is wrong with which field.
func fieldsOf(err error) map[string]problem.Code {
	fields := map[string]problem.Code{}
	if err == nil {
		return fields
	}
	found := problem.From(err)
	parts := found.Parts
	if found.Code != problem.Several {
		parts = []*problem.Problem{found}
	}
	for _, part := range parts {
		fields[part.Values["field"]] = part.Code
	}
	return fields
}

func requireProblem(t testing.TB, err error, code problem.Code) {
	t.Helper()
	if !errors.Is(err, problem.New(code, nil)) {
		t.Fatalf("got %v, want the problem %s", err, code)
	}
}

// skipWhenShort leaves a test out of -short runs, which are those under the race detector: SQLite is twenty times slower
// there, and the test takes more than three seconds.
func skipWhenShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it takes long under the race detector")
	}
}

func seconds(n int64) *int64 { return &n }

// nobody is an id that nothing has.
const nobody = "01980000-0000-7000-8000-000000000000"

func TestACaseIsBegunWithWhatIsTypedMadeTidy(t *testing.T) {
	w := begin(t)
	got := w.file().Case
	if got.ID != w.caseID || got.Title != "The parcel that never came" || got.Zone != "Europe/Madrid" || got.Place != "es" {
		t.Errorf("the case is %+v", got)
	}
	if !slices.Equal(got.Outcome, []string{"The money back", "An apology"}) {
		t.Errorf("what is asked is %q", got.Outcome)
	}
	if *got.AnswerBy != (casefile.Due{Date: "2026-04-15", Zone: "Europe/Madrid"}) || *got.Claimed != (casefile.Money{Minor: 43820, Currency: "EUR"}) {
		t.Errorf("by %+v, %+v", got.AnswerBy, got.Claimed)
	}
	if got.Complainant.Name != "Dolores Vidal" || got.Complainant.Address != "Calle Mayor 1\nMadrid" {
		t.Errorf("who complains is %q", got.Complainant)
	}
	parties := w.file().Parties
	if len(parties) != 2 || parties[1].Value.Name != "Corral Exprés" || parties[1].Value.Role != casefile.Carrier || parties[1].Value.Domains[0] != "corral.example" {
		t.Errorf("the companies are %+v", parties)
	}
	if operations := w.entries(); operations != 5 {
		t.Errorf("%d entries, want the case and two companies, and the device in both logs", operations)
	}
	w.requireHolds()
}

func TestACaseWithWrongFieldsIsNotBegunAndEachIsNamed(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	tests := []struct {
		name   string
		change func(*casework.NewCase)
		want   map[string]problem.Code
	}{
		{"no title", func(n *casework.NewCase) { n.Title = " \t\x00" }, map[string]problem.Code{"title": problem.Missing}},
		{"no company", func(n *casework.NewCase) { n.Companies = nil }, map[string]problem.Code{"company": problem.Missing}},
		{"a company without a name", func(n *casework.NewCase) { n.Companies[0].Name = "" }, map[string]problem.Code{"company": problem.Missing}},
		{"a company twice", func(n *casework.NewCase) { n.Companies[0].Name = "corral  expres" }, map[string]problem.Code{"company": problem.AlreadyExists}},
		{"a day that there never was", func(n *casework.NewCase) { n.AnswerBy = "2026-02-31" }, map[string]problem.Code{"answer_by": problem.NoSuchDate}},
		{"a title too long", func(n *casework.NewCase) { n.Title = longText(501) }, map[string]problem.Code{"title": problem.TextTooLong}},
		{"several", func(n *casework.NewCase) {
			n.Zone, n.Place, n.AnswerBy = "Europe/Atlantis", "fr", "soon"
			n.Claimed, n.Complainant.Email = &casefile.Money{Minor: -1, Currency: "EUR"}, "dolores at example"
			n.Companies[0].Role, n.Companies[0].References[0].Number = "villain", ""
		}, map[string]problem.Code{
			"zone": problem.NoSuchZone, "place": problem.NotAChoice, "claimed": problem.NotANumber, "email": problem.NotAnAddress,
			"role": problem.NotAChoice, "reference": problem.Missing, "answer_by": problem.NotADate,
		}},
		{"another currency", func(n *casework.NewCase) { n.Claimed.Currency = "euros" }, map[string]problem.Code{"claimed": problem.NotAChoice}},
		{"more money than numbers hold", func(n *casework.NewCase) { n.Claimed.Minor = 1 << 53 }, map[string]problem.Code{"claimed": problem.NotANumber}},
		{"no zone", func(n *casework.NewCase) { n.Zone = "" }, map[string]problem.Code{"zone": problem.NoSuchZone}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := begin(t)
			n := theParcel()
			test.change(&n)
			w.requireNothingWritten(func() error { _, err := w.NewCase(t.Context(), n); return err }, test.want)
		})
	}
}

func longText(characters int) string {
	text := make([]rune, characters)
	for i := range text {
		text[i] = 'ñ'
	}
	return string(text)
}

func TestCasesAreListedTheOneBegunLastFirstWithHowTheyStand(t *testing.T) {
	w := begin(t)
	w.call("They will call back", casework.MakePromise{What: "Call back", Due: "2026-03-19"}, casework.MakePromise{What: "A refund"})
	w.now = w.now.Add(time.Hour)
	second := theParcel()
	second.Title = "The bill that came twice"
	if _, err := w.NewCase(t.Context(), second); err != nil {
		t.Fatal(err)
	}
	cases, err := w.Cases(t.Context())
	if err != nil || len(cases) != 2 || cases[0].Title != second.Title {
		t.Fatalf("the cases are %+v, %v", cases, err)
	}
	got := cases[1]
	if got.ID != w.caseID || got.Contacts != 1 || got.Promises != 2 || got.PromisesNotKept != 1 || got.PromisesOpen != 1 ||
		!slices.Equal(got.Companies, []string{"Almacenes Lumen", "Corral Exprés"}) || got.LastContact.Wall != "2026-03-20T13:00" {
		t.Errorf("the first case stands as %+v", got)
	}
	if cases[0].LastContact != nil || cases[0].Contacts != 0 {
		t.Errorf("the new case stands as %+v", cases[0])
	}
}

func TestACompanyIsAddedOnce(t *testing.T) {
	w := begin(t)
	id, err := w.AddParty(t.Context(), w.caseID, casework.NewParty{Name: "Seguros Faro"})
	if err != nil {
		t.Fatal(err)
	}
	if added := w.file().Parties[2].Value; added.ID != id || added.Name != "Seguros Faro" || added.Role != casefile.OtherRole {
		t.Errorf("it was added as %+v", added)
	}
	for name, want := range map[string]problem.Code{"SEGUROS  FARO": problem.AlreadyExists, "corral expres": problem.AlreadyExists, " ": problem.Missing} {
		w.requireNothingWritten(func() error {
			_, err := w.AddParty(t.Context(), w.caseID, casework.NewParty{Name: name})
			return err
		}, map[string]problem.Code{"company": want})
	}
}

func TestACaseThatIsNotThereIsSaidForEverythingAPersonDoes(t *testing.T) {
	t.Parallel()
	w := begin(t)
	ctx := t.Context()
	acts := map[string]func() error{
		"case file": func() error { _, err := w.CaseFile(ctx, nobody); return err },
		"figures":   func() error { _, err := w.Figures(ctx, nobody); return err },
		"company":   func() error { _, err := w.AddParty(ctx, nobody, casework.NewParty{Name: "A"}); return err },
		"contact": func() error {
			_, err := w.LogContact(ctx, casework.LogContact{CaseID: nobody, Summary: "A"})
			return err
		},
		"contacts": func() error { _, err := w.Contacts(ctx, nobody); return err },
		"promise": func() error {
			_, err := w.MakePromise(ctx, casework.MakePromise{CaseID: nobody, What: "A"})
			return err
		},
		"promises":  func() error { _, err := w.Promises(ctx, nobody); return err },
		"people":    func() error { _, err := w.People(ctx, nobody); return err },
		"evidence":  func() error { return w.add(nobody, "a.txt", "A") },
		"evidences": func() error { _, err := w.Evidence(ctx, nobody); return err },
		"files":     func() error { _, err := w.ImportFiles(ctx, nobody, nil, nil); return err },
		"mail":      func() error { _, err := w.ImportIMAP(ctx, casework.IMAPImport{CaseID: nobody}, nil); return err },
		"dossier": func() error {
			_, err := w.ExportDossier(ctx, casework.ExportDossier{CaseID: nobody, Language: "en", Out: t.TempDir() + "/a.pdf"}, nil)
			return err
		},
		"draft": func() error {
			return w.WriteDraft(ctx, casework.DraftMail{CaseID: nobody, To: "a@b.example"}, t.TempDir()+"/a.eml")
		},
	}
	for name, act := range acts {
		t.Run(name, func(t *testing.T) {
			err := act()
			requireProblem(t, err, problem.NotFound)
			if values := problem.From(err).Values; values["kind"] != "case" || values["value"] != nobody {
				t.Errorf("it names %v", values)
			}
		})
	}
	w.requireHolds()
}
