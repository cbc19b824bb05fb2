package library_test

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// schemas are those that programs before this one made, each with a library of it in testdata/schema-N.
var schemas = []int{1}

// unpack lays a fixture out as an earlier program left it.
func unpack(t testing.TB, schema int) (directory string) {
	t.Helper()
	directory = filepath.Join(t.TempDir(), "library")
	file, err := os.Open(fmt.Sprintf("testdata/schema-%d/library.tar.gz", schema))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	zipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	for archive := tar.NewReader(zipped); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return directory
		}
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(directory, filepath.FromSlash(header.Name))
		if header.Typeflag == tar.TypeDir {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(archive)
		if err == nil {
			err = os.WriteFile(path, data, header.FileInfo().Mode())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// rowsBehind gives the rows of a query past the library, each as one text.
func rowsBehind(t testing.TB, path, query string) []string {
	t.Helper()
	database, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = database.Close() }()
	rows, err := database.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("failed to run %s: %v", query, err)
	}
	defer func() { _ = rows.Close() }()
	var texts []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text)
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return texts
}

// everyEntry is what of the log every schema has.
const everyEntry = `SELECT concat_ws(' ', log_id, sequence, entry_id, operation_id, kind, kind_version, format, recorded_at,
	hex(leaf), hex(leaf_hash), hex(payload), hex(salt)) FROM entry LEFT JOIN entry_private USING (entry_id) ORDER BY log_id, sequence`

func TestALibraryOfEachEarlierSchemaOpensWithEveryEntryItHad(t *testing.T) {
	t.Parallel()
	for _, schema := range schemas {
		t.Run(fmt.Sprint(schema), func(t *testing.T) {
			directory := unpack(t, schema)
			database := filepath.Join(directory, "constancia.db")
			before := rowsBehind(t, database, everyEntry)
			if len(before) < 50 {
				t.Fatalf("the fixture has %d entries", len(before))
			}
			const withoutText = "SELECT message_id || json_remove(body, '$.Text') || "
			readings := rowsBehind(t, database, withoutText+"(body ->> '$.Text') FROM reading ORDER BY 1")

			l := open(t, directory)
			if diff := cmp.Diff(before, rowsBehind(t, database, everyEntry)); diff != "" {
				t.Errorf("the entries are others (-before +after):\n%s", diff)
			}
			if diff := cmp.Diff(readings, rowsBehind(t, database, withoutText+"text FROM reading ORDER BY 1")); diff != "" {
				t.Errorf("the readings are others (-before +after):\n%s", diff)
			}
			requireHolds(t, l)
			if err := l.Rebuild(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			requireHolds(t, l)
			for words, want := range map[string]int{"coslada": 1, "albaran": 12, "envio reparto": 6, "meter": 1, "receipt": 3} {
				if hits := search(t, l, "", words); len(hits) != want {
					t.Errorf("%q finds %d, want %d", words, len(hits), want)
				}
			}
		})
	}
}

func TestAMigratedLibraryHasTheTablesOfANewOne(t *testing.T) {
	t.Parallel()
	const schemaOf = "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1"
	directory := t.TempDir()
	open(t, directory)
	want := rowsBehind(t, filepath.Join(directory, "constancia.db"), schemaOf)
	settings := rowsBehind(t, filepath.Join(directory, "constancia.db"), "SELECT name FROM setting ORDER BY 1")
	for _, schema := range schemas {
		directory := unpack(t, schema)
		open(t, directory)
		if diff := cmp.Diff(want, rowsBehind(t, filepath.Join(directory, "constancia.db"), schemaOf)); diff != "" {
			t.Errorf("from schema %d (-new +migrated):\n%s", schema, diff)
		}
		if diff := cmp.Diff(settings, rowsBehind(t, filepath.Join(directory, "constancia.db"), "SELECT name FROM setting ORDER BY 1")); diff != "" {
			t.Errorf("settings from schema %d (-new +migrated):\n%s", schema, diff)
		}
	}
}

func TestATrialLibraryGoesOnAsTheDeviceItWas(t *testing.T) {
	t.Parallel()
	directory := unpack(t, 1)
	device := rowsBehind(t, filepath.Join(directory, "constancia.db"), "SELECT value FROM setting WHERE name = 'device_id'")[0]
	l := open(t, directory)
	cases, err := l.Cases(t.Context())
	if err != nil || len(cases) != 2 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	caseID := cases[1].Value.ID // the first that was made
	before, err := l.Logs(t.Context(), caseID)
	if err != nil || len(before) != 1 || before[0].Key != nil {
		t.Fatalf("before its first entry of this program: %+v, %v", before, err)
	}
	put(t, l, record.KindContact, caseID, call(caseID, "They called back"))
	after, err := l.Logs(t.Context(), caseID)
	if err != nil || len(after) != 1 {
		t.Fatalf("%+v, %v", after, err)
	}
	log := after[0]
	if log.ID != before[0].ID || log.DeviceID != device || !log.Own || log.Size != before[0].Size+2 || log.Key == nil {
		t.Errorf("it goes on as %+v, want log %s of device %s with two entries more", log, before[0].ID, device)
	}
	file, err := l.CaseFile(t.Context(), caseID)
	if err != nil || len(file.Exhibits) != 2 || log.Letter != "A" {
		t.Errorf("its letter is %q and it has %d exhibits, %v; want A, as they are called", log.Letter, len(file.Exhibits), err)
	}
	for _, exhibit := range file.Exhibits {
		if !strings.HasPrefix(exhibit.Value.Label, log.Letter+"-") {
			t.Errorf("an exhibit is called %s", exhibit.Value.Label)
		}
	}
	requireHolds(t, l)
	if _, _, err := l.HeadOf(t.Context(), log.ID, 0); err != nil {
		t.Errorf("its head can't be signed: %v", err)
	}
}

func TestACopyOfALibraryIsKeptBeforeItIsMigrated(t *testing.T) {
	t.Parallel()
	for _, schema := range schemas {
		directory := unpack(t, schema)
		const everything = "SELECT concat_ws(' ', id, body, corrections) FROM thing ORDER BY 1"
		entriesBefore := rowsBehind(t, filepath.Join(directory, "constancia.db"), everyEntry)
		thingsBefore := rowsBehind(t, filepath.Join(directory, "constancia.db"), everything)
		o := options(directory)
		o.Clock = func() time.Time { return time.Date(2026, 11, 22, 23, 59, 0, 0, time.FixedZone("", -3600)) }
		var told []library.Migration
		o.Migrating = func(m library.Migration) { told = append(told, m) }
		l := openWith(t, o)
		want := filepath.Join(directory, fmt.Sprintf("constancia.schema-%d.2026-11-23.db", schema))
		copies, err := l.Copies()
		if err != nil || !slices.Equal(copies, []string{want}) {
			t.Fatalf("the copies are %v, %v, want %s", copies, err, want)
		}
		if info, err := os.Stat(want); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("it has the mode %v, %v", info.Mode(), err)
		}
		if last := told[len(told)-1]; last.Step != library.MigratingDone || last.Copy != want || last.From != schema || last.Total != int64(len(entriesBefore)) {
			t.Errorf("what is told last is %+v", last)
		}
		if diff := cmp.Diff(entriesBefore, rowsBehind(t, want, everyEntry)); diff != "" {
			t.Errorf("the copy has other entries:\n%s", diff)
		}
		if diff := cmp.Diff(thingsBefore, rowsBehind(t, want, everything)); diff != "" {
			t.Errorf("the copy has other things:\n%s", diff)
		}
		for path := range snapshot(t, directory) {
			if strings.Contains(filepath.Base(path), "copying") || strings.HasPrefix(filepath.Base(path), "constancia.schema") && path != want {
				t.Errorf("%s was left behind", path)
			}
		}
		// Put in place of the database, it is migrated as the library was.
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		again := unpack(t, schema)
		data, err := os.ReadFile(want)
		if err != nil {
			t.Fatal(err)
		}
		overwrite(t, filepath.Join(again, "constancia.db"), func([]byte) []byte { return data })
		requireHolds(t, open(t, again))
	}
}

func TestAMigrationThatIsKilledAnywhereBeginsAgain(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	for _, schema := range schemas {
		for _, at := range []library.MigrationStep{library.MigratingCopy, library.MigratingLog, library.MigratingViews, library.MigratingDone} {
			t.Run(fmt.Sprintf("from %d, during %s", schema, at), func(t *testing.T) {
				t.Parallel()
				directory := unpack(t, schema)
				before := rowsBehind(t, filepath.Join(directory, "constancia.db"), everyEntry)
				other := start(t, "migrate and wait", directory, string(at))
				if said := other.lines(1); !slices.Equal(said, []string{string(at)}) {
					t.Fatalf("it says %v: %s", said, other.errors.String())
				}
				// Others are told to wait.
				_, err := library.Open(t.Context(), options(directory))
				requireProblem(t, err, problem.LibraryBusy)
				if err := other.Process.Kill(); err != nil {
					t.Fatal(err)
				}
				_ = other.Wait()

				l := open(t, directory)
				if diff := cmp.Diff(before, rowsBehind(t, filepath.Join(directory, "constancia.db"), everyEntry)); diff != "" {
					t.Errorf("the entries are others (-before +after):\n%s", diff)
				}
				requireHolds(t, l)
				if copies, err := l.Copies(); err != nil || len(copies) != 1 {
					t.Errorf("the copies are %v, %v", copies, err)
				}
			})
		}
	}
}

// migrateAndWait opens a library, says so when its migration is at a step, and waits there until it is killed.
func migrateAndWait(directory, at string) error {
	o := options(directory)
	o.Migrating = func(m library.Migration) {
		if string(m.Step) == at {
			fmt.Println(at)
			_, _ = io.Copy(io.Discard, os.Stdin) // until it is killed: a program in which nothing goes on ends by itself
		}
	}
	_, err := library.Open(context.Background(), o)
	return err
}

func TestAMigrationThatFailsLeavesTheLibraryAsItWas(t *testing.T) {
	t.Parallel()
	directory := unpack(t, 1)
	database := behind(t, directory, "constancia.db")
	execute(t, database, "CREATE TABLE tree_hash (in_the_way)")
	if err := database.Close(); err != nil {
		t.Fatal(err)
	}
	before := rowsBehind(t, filepath.Join(directory, "constancia.db"), everyEntry)
	if _, err := library.Open(t.Context(), options(directory)); err == nil {
		t.Fatal("it was migrated")
	}
	if diff := cmp.Diff(before, rowsBehind(t, filepath.Join(directory, "constancia.db"), everyEntry)); diff != "" {
		t.Errorf("the entries are others (-before +after):\n%s", diff)
	}
	if version := rowsBehind(t, filepath.Join(directory, "constancia.db"), "SELECT user_version FROM pragma_user_version"); version[0] != "1" {
		t.Errorf("its schema is %s", version[0])
	}
	for path := range snapshot(t, directory) {
		if strings.Contains(path, "schema-1") || strings.Contains(path, "copying") {
			t.Errorf("%s was left behind", path)
		}
	}
}

func TestALibraryOfAnEarlierSchemaThatSomebodyUsesStaysAsItIs(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	directory := unpack(t, 1)
	before := snapshot(t, directory)
	other := start(t, "hold the lock shared", directory, "") // as the earlier program does
	if said := other.lines(1); !slices.Equal(said, []string{"held"}) {
		t.Fatalf("it says %v: %s", said, other.errors.String())
	}
	_, err := library.Open(t.Context(), options(directory))
	requireProblem(t, err, problem.LibraryBusy)
	if after := snapshot(t, directory); after[filepath.Join(directory, "constancia.db")] != before[filepath.Join(directory, "constancia.db")] {
		t.Error("the database was changed")
	}
}

func TestADatabaseOfNoSchemaIsCalledDamaged(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	open(t, directory)
	execute(t, behind(t, directory, "constancia.db"), "PRAGMA user_version = 0")
	_, err := library.Open(t.Context(), options(directory))
	requireProblem(t, err, problem.LibraryDamaged)
}
