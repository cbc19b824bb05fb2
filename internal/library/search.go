package library

import (
	"context"
	"strings"
	"time"
	"unicode"

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

// Search finds things by the beginnings of words, without regard to case and accents, best first. caseID may be empty:
// then it looks through every case. Words that hold no letter or digit find nothing.
func (l *Library) Search(ctx context.Context, caseID, words string, limit int) ([]Hit, error) {
	hits := []Hit{}
	match := matchExpression(words)
	if match == "" {
		return hits, nil
	}
	rows, err := l.reader.QueryContext(ctx, `
		WITH newest AS (
			SELECT search.rowid AS row FROM search JOIN words ON words.row = search.rowid
			WHERE search MATCH ?1 AND (?2 = '' OR words.case_id = ?2) ORDER BY search.rowid DESC LIMIT ?3)
		SELECT words.kind, words.id, words.case_id, words.title, snippet(search, -1, '«', '»', '…', 16), thing.happened_at
		FROM search JOIN words ON words.row = search.rowid JOIN thing ON thing.id = words.id
		WHERE search MATCH ?1 AND search.rowid >= (SELECT min(row) FROM newest) AND (?2 = '' OR words.case_id = ?2)
		ORDER BY search.rank, search.rowid DESC LIMIT ?4`, match, caseID, candidates, limit)
	if err != nil {
		return nil, l.options.explain(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var hit Hit
		var at string
		if err := rows.Scan(&hit.Kind, &hit.ID, &hit.CaseID, &hit.Title, &hit.Snippet, &at); err != nil {
			return nil, err
		}
		if hit.At, err = time.Parse(instantLayout, at); err != nil {
			return nil, err
		}
		hits = append(hits, hit)
	}
	return hits, l.options.explain(rows.Err())
}

// matchExpression writes typed words as an FTS5 query: every word must be there, as the beginning of one. The words are
// quoted, so that nothing typed is read as a command.
func matchExpression(words string) string {
	fields := strings.FieldsFunc(words, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	for i, field := range fields {
		fields[i] = `"` + field + `"*`
	}
	return strings.Join(fields, " ")
}
