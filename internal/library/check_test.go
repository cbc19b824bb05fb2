package library_test

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// aSmallLibrary has a case, a contact with a correction, a message that was read, and an exhibit number.
func aSmallLibrary(t testing.TB) (l *library.Library, database *sql.DB, contact string) {
	t.Helper()
	directory := t.TempDir()
	l = open(t, directory)
	caseID := newCase(t, l)
	contact = put(t, l, record.KindContact, caseID, call(caseID, "They said Getafe"))
	correct(t, l, caseID, contact, map[string]any{"summary": "They said Coslada"})
	readAndStore(t, l, putMessage(t, l, caseID, mail("Your parcel", onSecondOfMarch, "It is lost.")))
	put(t, l, record.KindExhibit, caseID, casefile.Exhibit{CaseID: caseID, EvidenceID: library.NewID(), Label: "A-1"})
	return l, behind(t, directory, "constancia.db"), contact
}

func TestAViewThatDoesNotSayWhatTheLogSaysIsFoundAndARebuildMendsIt(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	tests := []struct {
		name, damage string
		want         []string // the tables that differ
	}{
		{"a thing that says something else", "UPDATE thing SET body = replace(body, 'Coslada', 'Toledo')", []string{"thing"}},
		{"a thing without its correction", "UPDATE thing SET corrections = '[]'", []string{"thing"}},
		{"a thing at another time", "UPDATE thing SET happened_at = '2020-01-01T00:00:00Z' WHERE kind = 'contact'", []string{"thing"}},
		{"a thing that counts no longer", "UPDATE thing SET counts = 0 WHERE kind = 'contact'", []string{"thing"}},
		{"a thing that is gone", "DELETE FROM thing WHERE kind = 'contact'", []string{"thing"}},
		{"a thing that nobody recorded", "INSERT INTO thing SELECT 'x', kind, case_id, counts, happened_at, recorded_at, log_id, sequence, leaf_hash, body, corrections FROM thing WHERE kind = 'contact'", []string{"thing"}},
		{"a correction that is forgotten", "DELETE FROM mention", []string{"mention"}},
		{"an exhibit of another number", "UPDATE exhibit_number SET number = 2", []string{"exhibit_number"}},
		{"a file that nothing names", "DELETE FROM content_use", []string{"content_use"}},
		{"a message from elsewhere", "UPDATE message_source SET host = 'evil.example'", []string{"message_source"}},
		{"a message that is gone from the index of messages", "DELETE FROM message_source", []string{"message_source"}},
		{"a message that reads otherwise", "UPDATE reading SET text = replace(text, 'lost', 'found')", []string{"reading", "search"}},
		{"a message about something else", "UPDATE reading SET body = json_set(body, '$.Subject', 'other')", []string{"reading"}},
		{"words that are others", "UPDATE words SET text = 'other'", []string{"words", "search"}},
		{"words that are gone", "DELETE FROM words", []string{"words", "search", "moment"}},
		{"a row of the timeline that other words lead to", "UPDATE moment SET words_row = 0", []string{"moment"}},
		{"an index that lacks words", "INSERT INTO search (search) VALUES ('delete-all')", []string{"search"}},
		{"an index with words from nowhere", "INSERT INTO search (rowid, title, text) VALUES (99, 'from', 'nowhere')", []string{"search"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l, database, _ := aSmallLibrary(t)
			requireHolds(t, l)
			execute(t, database, test.damage)
			tables := map[string]bool{}
			for _, finding := range findings(t, l) {
				if finding.What != library.ViewDiffers {
					t.Errorf("%s at %s", finding.What, finding.Where)
				}
				table, _, _ := strings.Cut(finding.Where, "/")
				tables[table] = true
			}
			for _, table := range test.want {
				if !tables[table] {
					t.Errorf("nothing was found in %s", table)
				}
				delete(tables, table)
			}
			if len(tables) > 0 {
				t.Errorf("something was found in %v, too", tables)
			}
			if err := l.Rebuild(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			requireHolds(t, l)
			if hits := search(t, l, "", "coslada"); len(hits) != 1 {
				t.Errorf("after a rebuild the search finds %v", hits)
			}
		})
	}
}

func TestAnEntryThatWasTamperedWithIsFound(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	const unlock = `DROP TRIGGER entry_is_append_only_update; DROP TRIGGER entry_is_append_only_delete;
		DROP TRIGGER private_is_append_only_update; DROP TRIGGER private_is_deleted_by_erasure_only; PRAGMA foreign_keys = 0; `
	tests := []struct {
		name, damage string
		want         record.What
	}{
		{"a word of it", "UPDATE entry_private SET payload = CAST(replace(CAST(payload AS TEXT), 'Getafe', 'Toledo') AS BLOB)", record.FieldDiffers},
		{"its salt", "UPDATE entry_private SET salt = zeroblob(32) WHERE entry_id = ?", record.PayloadDiffers},
		{"when it was recorded", "UPDATE entry SET recorded_at = '2020-01-01T00:00:00.000Z' WHERE entry_id = ?", record.HeaderDiffers},
		{"its leaf", "UPDATE entry SET leaf = x'00' WHERE entry_id = ?", record.LeafHashDiffers},
		{"its payload, taken away", "DELETE FROM entry_private WHERE entry_id = ?", record.PayloadMissing},
		{"its payload, unreadable", "UPDATE entry_private SET payload = x'7b' WHERE entry_id = ?", record.PayloadNotCanonical},
		{"all of it, taken away", "DELETE FROM entry WHERE entry_id = ?", record.SequenceGap},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l, database, contact := aSmallLibrary(t)
			execute(t, database, unlock)
			args := []any{contact}[:strings.Count(test.damage, "?")]
			if _, err := database.ExecContext(t.Context(), test.damage, args...); err != nil {
				t.Fatal(err)
			}
			var checker record.Checker
			if err := l.Entries(t.Context(), func(stored record.Stored) error { checker.Check(stored); return nil }); err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(checker.Findings(), func(f record.Finding) bool { return f.What == test.want }) {
				t.Errorf("it finds %v, want %s", checker.Findings(), test.want)
			}
		})
	}
}

func TestADatabaseThatIsDamagedIsNamed(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	for _, name := range []string{"constancia.db", "contents.db"} {
		t.Run(name, func(t *testing.T) {
			directory := t.TempDir()
			made, err := library.Open(t.Context(), options(directory))
			if err != nil {
				t.Fatal(err)
			}
			caseID := newCase(t, made)
			for range 40 {
				put(t, made, record.KindContact, caseID, call(caseID, strings.Repeat("They said so ", 100)))
				putContent(t, made, []byte(library.NewID()+strings.Repeat("receipt", 1000)))
			}
			if err := made.Close(); err != nil {
				t.Fatal(err)
			}
			overwrite(t, directory+"/"+name, func(data []byte) []byte {
				for page := 1; page < len(data)/4096; page++ {
					copy(data[page*4096:], "garbage, garbage, garbage, garbage")
				}
				return data
			})
			l, err := library.Open(t.Context(), options(directory))
			if err == nil {
				defer func() { _ = l.Close() }()
				var found []record.Finding
				if found, err = l.Check(t.Context(), nil); err == nil {
					want := record.Finding{What: library.DatabaseDamaged, Where: name}
					if len(found) != 1 || found[0] != want {
						t.Errorf("the check finds %v, want %v", found, want)
					}
					return
				}
			}
			requireProblem(t, err, problem.LibraryDamaged)
		})
	}
}
