package casework_test

import (
	"database/sql" //nolint:depguard // stands in for somebody with the sqlite3 program
	"path/filepath"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/library"
	"constancia/internal/record"
)

func (w *work) execute(statement string) {
	w.t.Helper()
	database, err := sql.Open("sqlite", filepath.Join(w.Directory(), "constancia.db"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = database.Close() }()
	if _, err := database.ExecContext(w.t.Context(), statement); err != nil {
		w.t.Fatal(err)
	}
}

func TestARecordThatNobodyTouchedHolds(t *testing.T) {
	w := aCaseToTell(t)
	verified, err := w.VerifyRecord(t.Context(), nil)
	if err != nil || !verified.Holds || verified.Problems == nil || len(verified.Problems) > 0 || verified.Entries != 10 {
		t.Errorf("verifying says %+v, %v", verified, err) // case, two companies, person, contact, promise, evidence, exhibit; and the device, twice
	}
	if err := w.RebuildRecord(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	w.requireHolds()
}

func TestATamperedRecordIsNamedAndItsViewsAreNotAsked(t *testing.T) {
	for name, test := range map[string]struct {
		damage string
		want   record.What
	}{
		"a word":                 {"UPDATE entry_private SET payload = CAST(replace(CAST(payload AS TEXT), 'van', 'bus') AS BLOB)", record.FieldDiffers},
		"all that an entry says": {"UPDATE entry_private SET payload = x'' WHERE entry_id IN (SELECT entry_id FROM entry WHERE kind = 'contact')", record.PayloadMissing},
	} {
		t.Run(name, func(t *testing.T) {
			w := aCaseToTell(t)
			w.execute("DROP TRIGGER private_is_append_only_update; " + test.damage)
			for what, verify := range map[string]func() (casework.Verification, error){
				"verifying the record": func() (casework.Verification, error) {
					verified, err := w.VerifyRecord(t.Context(), nil)
					return verified.Verification, err
				},
				"checking the library": func() (casework.Verification, error) { return w.CheckLibrary(t.Context(), nil) },
			} {
				got, err := verify()
				if err != nil || got.Holds || len(got.Problems) != 1 || got.Problems[0].What != test.want {
					t.Errorf("%s says %+v, %v, want %s", what, got, err, test.want)
				}
			}
		})
	}
}

func TestAViewThatLiesIsFoundByCheckingAndMendedByRebuilding(t *testing.T) {
	w := aCaseToTell(t)
	w.execute("UPDATE thing SET body = replace(body, 'van', 'bus')")
	if verified, err := w.VerifyRecord(t.Context(), nil); err != nil || !verified.Holds {
		t.Errorf("the record is not what was touched: %+v, %v", verified, err)
	}
	checked, err := w.CheckLibrary(t.Context(), nil)
	if err != nil || checked.Holds || len(checked.Problems) == 0 || checked.Problems[0].What != library.ViewDiffers {
		t.Errorf("checking says %+v, %v", checked, err)
	}
	if err := w.RebuildRecord(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	w.requireHolds()
	if summary := w.file().Contacts[0].Value.Summary; summary != "They said it was on the van" {
		t.Errorf("the contact says %q", summary)
	}
}

func TestBytesThatNothingNamesAreListedAndDoNotCountAsDamage(t *testing.T) {
	w := begin(t)
	l, err := library.Open(t.Context(), library.Options{Directory: w.Directory()})
	if err != nil {
		t.Fatal(err)
	}
	content, err := l.PutContents(t.Context(), [][]byte{[]byte("what an import that was cut off leaves")})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	checked, err := w.CheckLibrary(t.Context(), nil)
	want := record.Finding{What: library.ContentUnnamed, Where: content[0].SHA256}
	if err != nil || !checked.Holds || len(checked.Problems) != 1 || checked.Problems[0] != want {
		t.Errorf("checking says %+v, %v, want %v", checked, err, want)
	}
}

func TestASearchTellsOfWhichCaseAHitIs(t *testing.T) {
	w := aCaseToTell(t)
	second := theParcel()
	second.Title = "The bill that came twice"
	other, err := w.NewCase(t.Context(), second)
	if err != nil {
		t.Fatal(err)
	}
	for caseID, titles := range map[string][]string{"": {"The parcel that never came", "The bill that came twice"}, other: {"The bill that came twice"}} {
		hits, err := w.Search(t.Context(), caseID, "corral expres", 10)
		if err != nil || len(hits) != len(titles) {
			t.Fatalf("it finds %+v, %v", hits, err)
		}
		found := map[string]bool{}
		for _, hit := range hits {
			found[hit.CaseTitle] = true
			if hit.Kind != "party" || hit.Title != "Corral Exprés" || hit.Snippet != "«Corral» «Exprés»" {
				t.Errorf("a hit is %+v", hit)
			}
		}
		for _, title := range titles {
			if !found[title] {
				t.Errorf("%q is not found", title)
			}
		}
	}
	if hits, err := w.Search(t.Context(), w.caseID, "van", 0); err != nil || len(hits) != 0 {
		t.Errorf("none were asked for: %+v, %v", hits, err)
	}
}
