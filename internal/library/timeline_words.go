package library

import (
	"cmp"
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
	// haveWord are the rows that have a word, as one text: row by row they would take far longer out of SQLite.
	haveWord = "SELECT coalesce(group_concat(rowid, ' '), '') FROM search WHERE search MATCH ?"

	// besideContacts is what has a word and is neither a contact nor a message that stands alone, with what it hangs on and
	// the row of its words.
	besideContacts = `SELECT words.kind, words.id, coalesce(moment.about, ''), coalesce(told.row, 0)
		FROM words LEFT JOIN moment ON moment.id = words.id LEFT JOIN words told ON told.id = moment.about
		WHERE words.case_id = :case AND words.kind NOT IN ('contact', 'message') AND substr(:found, words.row, 1) = x'01'
		UNION ALL SELECT moment.kind, moment.id, moment.about, coalesce(told.row, 0)
		FROM moment LEFT JOIN words told ON told.id = moment.about
		WHERE moment.case_id = :case AND moment.kind = 'message' AND moment.about <> '' AND substr(:found, words_row, 1) = x'01'`
	// endsOf is how promises ended.
	endsOf = `SELECT id, words_row FROM moment WHERE case_id = ? AND kind = 'settlement' AND +about IN (SELECT value FROM json_each(?))`
	// naming is what names companies or people: nearly all name one person or none.
	naming = `SELECT coalesce(group_concat(words_row, ' ') FILTER (WHERE words_row > 0), ''),
			coalesce(group_concat(id, ' ') FILTER (WHERE words_row = 0), '')
		FROM moment WHERE case_id = :case AND (party IN (SELECT value FROM json_each(:named)) OR people IN (SELECT value FROM json_each(:named))
			OR instr(people, ' ') AND EXISTS (SELECT 1 FROM json_each(:named) WHERE instr(people, value)))`
)

// withWord are the rows of a case that are found by a word.
type withWord struct {
	// marks has a one for each row of words that is found, the first at the front. SQLite looks a row up in it where it
	// stands, while a list of ten thousand would have to be put in order first.
	marks []byte
	// bare are the ids of what has no words of its own.
	bare []string
	// alone is whether nothing has the word but contacts and messages of the timeline: then there are total of them.
	alone bool
	total int64
}

func (f *withWord) add(row int64, id string) {
	if row == 0 {
		f.bare = append(f.bare, id)
		return
	}
	if missing := row - int64(len(f.marks)); missing > 0 {
		f.marks = append(f.marks, make([]byte, missing)...)
	}
	f.marks[row-1] = 1
}

// addRows adds rows that SQLite wrote one behind the other.
func (f *withWord) addRows(text string) error {
	for number := range strings.FieldsSeq(text) {
		row, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return err
		}
		f.add(row, "")
		f.total++
	}
	return nil
}

// condition is what a row of the number-th word must be.
func (f *withWord) condition(number int) (where string, args []any) {
	if len(f.marks) == 0 && len(f.bare) == 0 {
		return "FALSE", nil
	}
	marks, bare := "marks"+strconv.Itoa(number), "bare"+strconv.Itoa(number)
	where, args = "substr(:"+marks+", words_row, 1) = x'01'", []any{sql.Named(marks, f.marks)}
	if len(f.bare) > 0 {
		where += " OR words_row = 0 AND +id IN (SELECT value FROM json_each(:" + bare + "))"
		args = append(args, sql.Named(bare, jsonList(f.bare)))
	}
	return "(" + where + ")", args
}

// findWord finds the rows of a case that have a word with a beginning.
func findWord(ctx context.Context, from querier, caseID, beginning string) (found withWord, err error) {
	match, err := matchBeginning(ctx, from, beginning)
	if err != nil {
		return found, err
	}
	var rows string
	err = from.QueryRowContext(ctx, haveWord, placeOf(caseID)+" AND ("+match+")").Scan(&rows)
	if found.alone = true; err != nil || rows == "" {
		return found, err
	}
	if err := found.addRows(rows); err != nil {
		return found, err
	}
	return found, found.addBeside(ctx, from, caseID)
}

// addBeside adds the rows that tell of what was found beside contacts.
func (f *withWord) addBeside(ctx context.Context, from querier, caseID string) error {
	var named, promises []string
	_, err := collect(ctx, from, func(rows *sql.Rows) (none struct{}, err error) {
		var kind, id, about string
		var toldRow int64
		if err := rows.Scan(&kind, &id, &about, &toldRow); err != nil {
			return none, err
		}
		switch record.Kind(kind) {
		case record.KindParty, record.KindPerson:
			named = append(named, id)
		case record.KindPromise:
			promises = append(promises, id)
		}
		if about != "" {
			f.add(toldRow, about)
		}
		f.alone = false
		return none, nil
	}, besideContacts, sql.Named("case", caseID), sql.Named("found", f.marks))
	if err != nil || f.alone {
		return err
	}
	if len(promises) > 0 {
		_, err = collect(ctx, from, func(rows *sql.Rows) (none struct{}, err error) {
			var id string
			var row int64
			err = rows.Scan(&id, &row)
			f.add(row, id)
			return none, err
		}, endsOf, caseID, jsonList(promises))
	}
	if len(named) > 0 {
		var rows, bare string
		again := from.QueryRowContext(ctx, naming, sql.Named("case", caseID), sql.Named("named", jsonList(named))).Scan(&rows, &bare)
		f.bare = append(f.bare, strings.Fields(bare)...)
		err = cmp.Or(err, again, f.addRows(rows))
	}
	return err
}
