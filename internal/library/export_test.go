package library

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
)

// OpenBare opens a database file with the settings that the library writes with.
func OpenBare(ctx context.Context, path string) (*sql.DB, error) {
	return openDatabase(ctx, path, writing)
}

// NamesContent is how a row about a content is looked for.
var NamesContent = namesContent

// SearchSQL is what Search asks SQLite, statement by statement, with the arguments written into them.
func (l *Library) SearchSQL(ctx context.Context, caseID, words string, limit int) (string, error) {
	text := func(value string) string { return "'" + strings.ReplaceAll(value, "'", "''") + "'" }
	beginnings := beginningsOf(words)
	match, titled, err := matchExpressions(ctx, l.reader, caseID, beginnings)
	var script strings.Builder
	for _, beginning := range beginnings {
		if folded := fold(beginning); len(folded) > indexedBeginning {
			script.WriteString("SELECT count(*) FROM (" + strings.NewReplacer("?1", text(folded), "?2", text(folded+"\U0010FFFF"),
				"?3", strconv.Itoa(mostTerms+1)).Replace(termsQuery) + ") HAVING FALSE;\n")
		}
	}
	script.WriteString(strings.NewReplacer("?1", text(match), "?2", text(titled), "?3", strconv.Itoa(candidates),
		"?4", strconv.Itoa(limit)).Replace(searchQuery) + ";\n")
	return script.String(), err
}
