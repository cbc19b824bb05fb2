package library

import (
	"context"
	"database/sql"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"constancia/internal/record"
)

// candidates is how many of the newest matches are ranked. Ranking is what makes a search of a common word slow, and
// what a person looks for is hardly ever older than that many matches.
const candidates = 500

// Hit is a thing that a search found.
type Hit struct {
	Kind    record.Kind
	ID      string
	CaseID  string
	Title   string
	Snippet string // the words in their place, found ones between «»
	At      time.Time
}

// searchQuery finds what matches ?1, where ?2 is the same in titles only: of the newest ?3, the best ?4. Best is what has
// the words in its title, the shorter the title the better, and then the newer: nothing that would have to look at every
// match in the library, as FTS5's own rank does. Only what is shown has its snippet made. A limit is a sum, because SQLite
// compiles a statement again whenever a limit by itself gets a value.
const searchQuery = `
WITH newest AS MATERIALIZED (SELECT rowid AS row FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT ?3 + 0),
titled AS MATERIALIZED (
	SELECT rowid AS row, TRUE AS titled FROM search WHERE search MATCH ?2 AND rowid >= (SELECT min(row) FROM newest)),
best AS MATERIALIZED (
	SELECT words.row, words.kind, words.id, words.case_id, words.title, titled, length(words.title) / 16 AS length
	FROM newest CROSS JOIN words ON words.row = newest.row LEFT JOIN titled ON titled.row = newest.row
	ORDER BY titled DESC, iif(titled, length, 0), words.row DESC LIMIT ?4 + 0)
SELECT best.kind, best.id, best.case_id, best.title, snippet(search, iif(titled, 0, 1), '«', '»', '…', 16), thing.happened_at,
	coalesce((SELECT date FROM reading WHERE message_id = best.id), '')
FROM search CROSS JOIN best ON best.row = search.rowid CROSS JOIN thing ON thing.id = best.id
WHERE search MATCH ?1 AND search.rowid BETWEEN (SELECT min(row) FROM best) AND (SELECT max(row) FROM best)
ORDER BY titled DESC, iif(titled, length, 0), best.row DESC`

// termsQuery lists the indexed words that begin with ?1 and come before ?2, but no more than ?3.
const termsQuery = `
WITH RECURSIVE next (term) AS (
	SELECT (SELECT term FROM term WHERE term >= ?1 LIMIT 1)
	UNION ALL
	SELECT (SELECT term FROM term WHERE term >= next.term || char(1) LIMIT 1) FROM next WHERE next.term < ?2 LIMIT ?3 + 0)
SELECT term FROM next WHERE term < ?2`

// Search finds things by the beginnings of words, without regard to case and accents, best first. caseID may be empty:
// then it looks through every case. Words that hold no letter or digit find nothing.
func (l *Library) Search(ctx context.Context, caseID, words string, limit int) ([]Hit, error) {
	hits := []Hit{}
	beginnings := beginningsOf(words)
	if len(beginnings) == 0 {
		return hits, nil
	}
	err := l.inSnapshot(ctx, func(tx *sql.Tx) error {
		match, titled, err := matchExpressions(ctx, tx, caseID, beginnings)
		if err != nil {
			return err
		}
		hits, err = collect(ctx, tx, scanHit, searchQuery, match, titled, candidates, limit)
		return err
	})
	if hits == nil {
		hits = []Hit{}
	}
	return hits, err
}

func scanHit(rows *sql.Rows) (hit Hit, err error) {
	var at, sent string
	if err := rows.Scan(&hit.Kind, &hit.ID, &hit.CaseID, &hit.Title, &hit.Snippet, &at, &sent); err != nil {
		return hit, err
	}
	hit.At, err = time.Parse(instantLayout, at)
	hit.At = sentAt(sent, hit.At).UTC()
	return hit, err
}

// beginningsOf takes typed words apart. What is left can't be read as a command of FTS5.
func beginningsOf(words string) []string {
	return strings.FieldsFunc(words, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// matchExpressions writes beginnings of words as FTS5 queries: all of them must be there, in one case or in any, and
// the same in titles only.
func matchExpressions(ctx context.Context, from querier, caseID string, beginnings []string) (match, titled string, err error) {
	parts := make([]string, 0, len(beginnings))
	written := map[string]bool{}
	for _, beginning := range beginnings {
		if written[beginning] {
			continue
		}
		written[beginning] = true
		part, err := matchBeginning(ctx, from, beginning)
		if err != nil {
			return "", "", err
		}
		parts = append(parts, part)
	}
	match = strings.Join(parts, " AND ")
	titled = "{title} : (" + match + ")"
	if caseID != "" {
		place := placeOf(caseID) + " AND "
		match, titled = place+"("+match+")", place+titled
	}
	return match, titled, nil
}

// placeOf is the word that all things of a case have in the index, as an FTS5 query.
func placeOf(caseID string) string {
	return `"` + "\uE000" + strings.ReplaceAll(caseID, "-", "") + `"`
}

const (
	// indexedBeginning is the longest beginning of words that the index has an entry for, in characters.
	indexedBeginning = 3
	// mostTerms is how many words a beginning is written out as.
	mostTerms = 40
)

// matchBeginning writes the beginning of a word as an FTS5 query. Where the index has no entry for it, FTS5 would first
// gather every match in the library: then the words that begin so are asked for, unless they are very many.
func matchBeginning(ctx context.Context, from querier, beginning string) (string, error) {
	any := `"` + beginning + `"*`
	folded := fold(beginning)
	if len(folded) <= indexedBeginning {
		return any, nil
	}
	terms, err := texts(ctx, from, termsQuery, folded, folded+"\U0010FFFF", mostTerms+1)
	if err != nil || len(terms) == 0 || len(terms) > mostTerms {
		return any, err
	}
	return `("` + strings.Join(terms, `" OR "`) + `")`, nil
}

// fold gives a word as the index has it, or nothing where only FTS5 knows how that is: it takes accents off letters, and
// the rest is left to it.
func fold(word string) string {
	var folded strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			folded.WriteRune(r)
		case !unicode.Is(unicode.Mn, r):
			return ""
		}
	}
	return folded.String()
}
