package library_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

func TestACheckNamesWhatIsWrongWithTheTablesThemselves(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	tests := []struct {
		name, file, damage string
		want               record.Finding
	}{
		{"a trigger that kept entries from being changed is gone", "constancia.db", "DROP TRIGGER entry_is_append_only_update",
			record.Finding{What: library.SchemaDiffers, Where: "constancia.db/entry_is_append_only_update"}},
		{"a table that nobody knows", "constancia.db", "CREATE TABLE spare (text TEXT)",
			record.Finding{What: library.SchemaDiffers, Where: "constancia.db/spare"}},
		{"an index that is gone", "constancia.db", "DROP INDEX log_by_case",
			record.Finding{What: library.SchemaDiffers, Where: "constancia.db/log_by_case"}},
		{"a search index that is set up otherwise", "constancia.db", "INSERT INTO search (search, rank) VALUES ('crisismerge', 4)",
			record.Finding{What: library.SchemaDiffers, Where: "constancia.db/search_config"}},
		{"a table more among the contents", "contents.db", "CREATE TABLE spare (text TEXT)",
			record.Finding{What: library.SchemaDiffers, Where: "contents.db/spare"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			directory := t.TempDir()
			l := open(t, directory)
			newCase(t, l)
			execute(t, behind(t, directory, test.file), test.damage)
			if found := findings(t, l); !slices.Equal(found, []record.Finding{test.want}) {
				t.Errorf("it finds %v, want %v", found, test.want)
			}
		})
	}
}

func TestAnEntryThatCountsAsErasedWithoutAnErasureIsNamed(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	l := open(t, directory)
	caseID := newCase(t, l)
	contact := put(t, l, record.KindContact, caseID, call(caseID, "They said Getafe"))
	database := behind(t, directory, "constancia.db")
	if _, err := database.ExecContext(t.Context(), "INSERT INTO erased (entry_id, erasure_id) VALUES (?1, ?2)", contact, caseID); err != nil {
		t.Fatal(err)
	}
	want := record.Finding{What: library.ErasureDiffers, Where: contact}
	if found := findings(t, l); !slices.Contains(found, want) {
		t.Errorf("it finds %v, want %v", found, want)
	}
}

// What takes nothing from the record is told, and the library holds all the same.
func TestACheckTellsWhatLiesInTheFolderThatShouldNot(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	longAgo := time.Now().Add(-24 * time.Hour)
	write := func(t *testing.T, path string, mode os.FileMode, at time.Time) {
		if err := os.WriteFile(path, []byte("bytes"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name    string
		disturb func(t *testing.T, directory, inVault string)
		want    []record.What
	}{
		{"nothing", func(*testing.T, string, string) {}, nil},
		{"a database that others can read", func(t *testing.T, directory, _ string) {
			if err := os.Chmod(filepath.Join(directory, "constancia.db"), 0o644); err != nil {
				t.Fatal(err)
			}
		}, []record.What{library.ReadableByOthers}},
		{"a kept file that others can read and its owner change", func(t *testing.T, _, inVault string) {
			if err := os.Chmod(inVault, 0o640); err != nil {
				t.Fatal(err)
			}
		}, []record.What{library.ReadableByOthers, library.ContentWritable}},
		{"half a file from yesterday", func(t *testing.T, directory, _ string) {
			write(t, filepath.Join(directory, "vault", ".incoming-1"), 0o600, longAgo)
		}, []record.What{library.LeftBehind}},
		{"half a file that somebody may be writing", func(t *testing.T, directory, _ string) {
			write(t, filepath.Join(directory, "vault", ".incoming-1"), 0o600, time.Now())
		}, nil},
		{"half a copy from yesterday", func(t *testing.T, directory, _ string) {
			write(t, filepath.Join(directory, "constancia.db.copying"), 0o600, longAgo)
		}, []record.What{library.LeftBehind}},
		{"somebody's file", func(t *testing.T, directory, _ string) {
			write(t, filepath.Join(directory, "vault", "notes.txt"), 0o600, longAgo)
		}, []record.What{library.FileUnknown}},
		{"a link", func(t *testing.T, directory, _ string) {
			if err := os.Symlink("/etc/hosts", filepath.Join(directory, "vault", "link")); err != nil {
				t.Fatal(err)
			}
		}, []record.What{library.FileUnknown}},
		{"a content under the name of another folder", func(t *testing.T, directory, inVault string) {
			if err := os.Mkdir(filepath.Join(directory, "vault", "zz"), 0o700); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(directory, "vault", "zz", filepath.Base(inVault)), 0o400, longAgo)
		}, []record.What{library.FileUnknown}},
		{"the database as an earlier program left it", func(t *testing.T, directory, _ string) {
			write(t, filepath.Join(directory, "constancia.schema-1.2026-11-22.db"), 0o600, longAgo)
		}, []record.What{library.CopyKept}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			directory := t.TempDir()
			l := open(t, directory)
			content := putEvidence(t, l, newCase(t, l), largeBytes(1))
			test.disturb(t, directory, filepath.Join(directory, "vault", content.SHA256[:2], content.SHA256))
			var whats []record.What
			for _, finding := range findings(t, l) {
				whats = append(whats, finding.What)
				if !library.IsHarmless(finding.What) {
					t.Errorf("the library does not hold: %v", finding)
				}
			}
			if !slices.Equal(whats, test.want) {
				t.Errorf("it finds %v, want %v", whats, test.want)
			}
		})
	}
}

func TestBytesThatNothingNamesAreHeldAgainstTheirHashToo(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	l := open(t, directory)
	small, large := putContent(t, l, []byte("a receipt")), putContent(t, l, largeBytes(1))
	want := []record.Finding{{What: library.ContentUnnamed, Where: small.SHA256}, {What: library.ContentUnnamed, Where: large.SHA256}}
	requireSame := func() {
		t.Helper()
		found := findings(t, l)
		for _, finding := range want {
			if !slices.Contains(found, finding) || len(found) != len(want) {
				t.Errorf("it finds %v, want %v", found, want)
			}
		}
	}
	requireSame()
	execute(t, behind(t, directory, "contents.db"), "UPDATE content SET bytes = x'00'")
	overwrite(t, filepath.Join(directory, "vault", large.SHA256[:2], large.SHA256), func(data []byte) []byte { data[7] ^= 1; return data })
	want[0].What, want[1].What = library.ContentDamaged, library.ContentDamaged
	requireSame()
	// Storing the same bytes again mends both.
	putContent(t, l, []byte("a receipt"))
	putContent(t, l, largeBytes(1))
	want[0].What, want[1].What = library.ContentUnnamed, library.ContentUnnamed
	requireSame()
	if got, err := readContent(l, large.SHA256); err != nil || !bytes.Equal(got, largeBytes(1)) {
		t.Errorf("%d bytes come back, %v", len(got), err)
	}
}

func TestACheckSaysHowFarItIsAndStopsWhenItIsCancelled(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	for seed := range byte(3) {
		putEvidence(t, l, caseID, []byte{seed})
	}
	var steps []library.CheckStep
	var last int64
	if _, err := l.Check(t.Context(), func(step library.CheckStep, done, total int64) {
		steps = append(steps, step)
		if last = total; done > total {
			t.Errorf("%d of %d are done", done, total)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if want := []library.CheckStep{library.CheckingDatabases, library.CheckingViews, library.CheckingContents}; !slices.Equal(slices.Compact(steps), want) || last != 3 {
		t.Errorf("it tells of %v and %d files", steps, last)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	_, err := l.Check(cancelled, func(step library.CheckStep, _, _ int64) {
		if step == library.CheckingContents {
			cancel()
		}
	})
	requireProblem(t, err, problem.Cancelled)
}
