package library_test

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"constancia/internal/library"
	"constancia/internal/record"
)

// The indexes of hashes have eras of 65,536 rows.
func TestContentsAreFoundInEveryEra(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	l := open(t, directory)
	caseID := newCase(t, l)
	texts := []string{"the first receipt", "a later one", "the last one"}
	var sums []string
	for _, text := range texts {
		sums = append(sums, putEvidence(t, l, caseID, []byte(text)).SHA256)
	}
	for _, table := range []string{"content", "content_use"} {
		database := map[string]string{"content": "contents.db", "content_use": "constancia.db"}[table]
		execute(t, behind(t, directory, database), "UPDATE "+table+" SET row = 65536 WHERE row = 2", "UPDATE "+table+" SET row = 199999 WHERE row = 3")
	}
	for i, text := range texts {
		if got, err := readContent(l, sums[i]); err != nil || string(got) != text {
			t.Errorf("content %d comes back as %q, %v", i+1, got, err)
		}
		putContent(t, l, []byte(text))
	}
	if rows := rowsBehind(t, directory+"/contents.db", "SELECT row FROM content ORDER BY row"); !slices.Equal(rows, []string{"1", "65536", "199999"}) {
		t.Errorf("put again, the same bytes lie in the rows %v", rows)
	}
	requireHolds(t, l)
}

// A library that was made before has one index of all hashes.
func TestALibraryOfSchema9FindsItsContents(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	l := open(t, directory)
	caseID := newCase(t, l)
	sum := putEvidence(t, l, caseID, []byte("a receipt")).SHA256
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	execute(t, behind(t, directory, "contents.db"), "DROP INDEX content_by_sha256",
		"CREATE INDEX content_by_sha256 ON content (substr(sha256, 1, 6))")
	execute(t, behind(t, directory, "constancia.db"), "DROP TABLE content_use",
		"CREATE TABLE content_use (entry_id TEXT PRIMARY KEY, sha256 BLOB NOT NULL) STRICT",
		"CREATE INDEX content_use_by_sha256 ON content_use (substr(sha256, 1, 6))", "PRAGMA user_version = 9")
	l = open(t, directory)
	if got, err := readContent(l, sum); err != nil || string(got) != "a receipt" {
		t.Errorf("the content comes back as %q, %v", got, err)
	}
	requireHolds(t, l)
	for database, table := range map[string]string{"contents.db": "content", "constancia.db": "content_use"} {
		plan := planOf(t, behind(t, directory, database), "SELECT 1 FROM "+table+" WHERE "+library.NamesContent(table, "unhex('"+sum+"')"))
		if !strings.Contains(plan, "USING INDEX "+table+"_by_sha256 (<expr>=? AND <expr>=?)") {
			t.Errorf("a content is looked for in %s so:\n%s", table, plan)
		}
	}
	put(t, l, record.KindContact, caseID, call(caseID, "Goes on"))
}

// planOf is how SQLite goes about a query.
func planOf(t testing.TB, database *sql.DB, query string) string {
	t.Helper()
	rows, err := database.Query("EXPLAIN QUERY PLAN " + query)
	if err != nil {
		t.Fatalf("failed to plan %s: %v", query, err)
	}
	defer func() { _ = rows.Close() }()
	var plan strings.Builder
	for rows.Next() {
		var step, parent, unused int
		var detail string
		if err := rows.Scan(&step, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(detail + "\n")
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return plan.String()
}
