package library

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"constancia/internal/record"
)

// A word is looked for in what a row says itself, in who is named in it, and in what hangs on it: a contact is also found by
// the words of the promise made in it, and the end of a promise by those of the promise. Rows are told by the number of
// their words in the search index, which is far quicker than by their ids.
const (
	// mostFound is how many things, of any case, may have a word before the index is asked for those of the case alone: it
	// takes longer to tell them apart than to look at so few.
	mostFound  = 20_000
	countFound = "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ? + 0)"

	// besideContacts is what has a word and is neither a contact nor a message that stands alone, with what it hangs on and
	// the row of its words.
	besideContacts = `SELECT words.row, words.kind, words.id, coalesce(moment.about, ''), coalesce(told.row, 0)
		FROM search CROSS JOIN words ON words.row = search.rowid LEFT JOIN moment ON moment.id = words.id
		LEFT JOIN words told ON told.id = moment.about
		WHERE search MATCH ? AND words.kind <> 'contact' AND (words.kind <> 'message' OR moment.about <> '')`
	// endsOf is how promises ended.
	endsOf = `SELECT words_row, id FROM moment WHERE case_id = ? AND kind = 'settlement' AND +about IN (SELECT value FROM json_each(?))`
)

// countAlone counts the contacts and messages of a case that have a word, where nothing else has it: all that were found,
// unless there are other cases.
const countAlone = `SELECT iif(EXISTS (SELECT 1 FROM thing WHERE kind = 'case' AND case_id <> :case),
	(SELECT count(*) FROM search CROSS JOIN words ON words.row = search.rowid
		WHERE search MATCH :match AND words.kind IN ('contact', 'message') AND words.case_id = :case), :found)`

// beside is who and what has a word beside the contacts and messages that have it themselves.
type beside struct {
	named []string // ids of companies and people
	rows  []int64  // of the words of timeline rows that are found by it
	bare  []string // ids of rows that are found by it, but have no words of their own
}

// wordIn writes the condition for words with a beginning, which is the number-th that was typed. Contacts that have it stay
// in SQLite, as numbers: a word that all of them have would otherwise be carried out of it and in again. What nothing has the
// word for is not asked of each row, since asking is what takes the time.
func wordIn(ctx context.Context, from querier, caseID, beginning string, number int) (through condition, err error) {
	match, err := matchBeginning(ctx, from, beginning)
	if err != nil {
		return condition{}, err
	}
	var found int64
	if err := from.QueryRowContext(ctx, countFound, match, mostFound+1).Scan(&found); err != nil {
		return condition{}, err
	}
	switch {
	case found == 0:
		return condition{where: "FALSE", counted: true}, nil
	case found > mostFound:
		match = placeOf(caseID) + " AND (" + match + ")"
	}
	other, err := findBeside(ctx, from, caseID, match)
	if err != nil {
		return condition{}, err
	}
	named := strings.NewReplacer("#", strconv.Itoa(number))
	var parts []string
	add := func(part, name string, value any) {
		parts, through.args = append(parts, named.Replace(part)), append(through.args, sql.Named(named.Replace(name), value))
	}
	add("kind IN ('contact', 'message') AND +words_row IN (SELECT rowid FROM search WHERE search MATCH :match#)", "match#", match)
	if len(other.rows) > 0 {
		add("+words_row IN (SELECT value FROM json_each(:rows#))", "rows#", jsonList(other.rows))
	}
	if len(other.bare) > 0 {
		add("words_row = 0 AND +id IN (SELECT value FROM json_each(:bare#))", "bare#", jsonList(other.bare))
	}
	if len(other.named) > 0 { // nearly all rows name one person or none
		add(`+party IN (SELECT value FROM json_each(:named#)) OR +people IN (SELECT value FROM json_each(:named#))
			OR instr(people, ' ') AND EXISTS (SELECT 1 FROM json_each(:named#) WHERE instr(people, value))`, "named#", jsonList(other.named))
	}
	through.where = "(" + strings.Join(parts, " OR ") + ")"
	if through.counted = len(parts) == 1; through.counted { // then it is a matter of the index alone
		err = from.QueryRowContext(ctx, countAlone,
			sql.Named("case", caseID), sql.Named("match", match), sql.Named("found", found)).Scan(&through.total)
	}
	return through, err
}

// findBeside looks up what a match finds beside contacts, and the rows of the timeline that tell it.
func findBeside(ctx context.Context, from querier, caseID, match string) (found beside, err error) {
	var promises []string
	_, err = collect(ctx, from, func(rows *sql.Rows) (none struct{}, err error) {
		var row, toldRow int64
		var kind, id, about string
		if err := rows.Scan(&row, &kind, &id, &about, &toldRow); err != nil {
			return none, err
		}
		switch record.Kind(kind) {
		case record.KindParty, record.KindPerson:
			found.named = append(found.named, id)
			return none, nil
		case record.KindPromise:
			promises = append(promises, id)
		}
		found.add(row, id)
		if about != "" {
			found.add(toldRow, about)
		}
		return none, nil
	}, besideContacts, match)
	if err != nil || len(promises) == 0 {
		return found, err
	}
	_, err = collect(ctx, from, func(rows *sql.Rows) (none struct{}, err error) {
		var row int64
		var id string
		err = rows.Scan(&row, &id)
		found.add(row, id)
		return none, err
	}, endsOf, caseID, jsonList(promises))
	return found, err
}

func (b *beside) add(row int64, id string) {
	if row == 0 {
		b.bare = append(b.bare, id)
		return
	}
	b.rows = append(b.rows, row)
}
