package library

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// TimelineFilter says which rows of a timeline are wanted. Its zero value wants all of them, newest first.
type TimelineFilter struct {
	// Kinds are those of [TimelineRow]; none is all.
	Kinds []string
	// Channels are those of contacts; none is all. A message is an email.
	Channels []string
	// Who is a company's id, or a person's; whom the person joined with them are meant, too.
	Who string
	// From and To are days, both ends among them.
	From, To string
	// Words are beginnings of words that a row, or what hangs on it, must have.
	Words                                     string
	WithPromises, WithFailures, RecordedLater bool
	OldestFirst                               bool
}

// Deadline is the kind of a row that is the date of a promise that passed.
const Deadline = "deadline"

// TimelineRow is one thing on a timeline.
type TimelineRow struct {
	// Kind is contact, message, settlement, evidence or deadline.
	Kind string
	// ID is that of the thing itself; of a deadline, the promise's.
	ID string
	// About is the promise of a settlement or a deadline.
	About string
	// Day is where it stands, YYYY-MM-DD.
	Day string
}

// TimelinePage is a part of a timeline that a filter let through.
type TimelinePage struct {
	First, Total int64
	Rows         []TimelineRow
	// DayBefore is the day of the row before the first; empty when there is none.
	DayBefore string
	// File has what the rows show, and what hangs on it, and nothing else of the case.
	File casefile.CaseFile
}

// rowKey is what a row is told by, in the columns that put it in its place.
const rowKey = "day, wall, recorded_at, log_id, sequence, kind, id, about"

// filtered are the columns that a filter looks at.
const filtered = rowKey + ", words_row, channel, direction, party, people, senders, receivers, failures, recording"

// shown are the rows of a case's timeline at an instant, with all that a filter looks at.
var shown = "shown AS NOT MATERIALIZED (" + rowsShown(filtered) + ")"

// rowsShown selects some columns of the rows of a case's timeline at an instant.
func rowsShown(columns string) string { return strings.Join(shownByKind(columns), " UNION ALL ") }

// shownByKind selects them kind by kind: what happened, how promises ended, and the dates that passed. A message that is
// linked to a contact is told there, and so is evidence. Each kind comes in order from the table, so that the first of all of
// them are had without the rest.
func shownByKind(columns string) []string {
	deadline := strings.NewReplacer("day, wall", "due_day AS day, due_day AS wall", "kind, id, about", "'deadline' AS kind, id, id AS about").
		Replace(columns)
	return []string{
		contacts(columns),
		messages(columns, "moment"),
		messages(columns, "unread_moment"),
		rowsOfKind(columns, "moment", record.KindEvidence, "AND about = '' AND day <> ''"),
		rowsOfKind(columns, "moment", record.KindSettlement, `AND day <> '' AND EXISTS (SELECT 1 FROM moment promise WHERE promise.id = moment.about)
			AND NOT EXISTS (SELECT 1 FROM moment later WHERE later.about = moment.about AND later.kind = 'settlement' AND
				(later.recorded_at, later.log_id, later.sequence) > (moment.recorded_at, moment.log_id, moment.sequence))`),
		"SELECT " + deadline + " FROM moment WHERE case_id = :case AND deadline <> '' AND deadline < :now AND " + unsettled,
	}
}

// happened selects contacts, and the messages that are contacts of their own.
func happened(columns string) string {
	return strings.Join([]string{contacts(columns), messages(columns, "moment"), messages(columns, "unread_moment")}, " UNION ALL ")
}

func contacts(columns string) string { return rowsOfKind(columns, "moment", record.KindContact, "") }

// messages are those that were read, in the table of moments, or those that wait for it.
func messages(columns, from string) string {
	return rowsOfKind(columns, from, record.KindMessage,
		"AND (about = '' OR NOT EXISTS (SELECT 1 FROM moment contact WHERE contact.id = "+from+".about))")
}

func rowsOfKind(columns, from string, kind record.Kind, condition string) string {
	named := strings.Replace(columns, "kind,", "'"+string(kind)+"' AS kind,", 1)
	return "SELECT " + named + " FROM " + from + " WHERE case_id = :case AND kind = '" + string(kind) + "' " + condition
}

// countShown counts them. Of contacts all are shown: they are counted without looking at each.
var countShown = "(SELECT count(*) FROM moment WHERE case_id = :case AND kind = 'contact') + (SELECT count(*) FROM (" +
	strings.Join(shownByKind("kind, id")[1:], " UNION ALL ") + "))"

// unsettled is the condition that nobody said how a promise ended.
const unsettled = `NOT EXISTS (SELECT 1 FROM moment settled WHERE settled.about = moment.id AND settled.kind = 'settlement')`

// Timeline gives a part of a case's timeline as of now: limit rows behind the first ones. Only what is shown is read.
//
// Problem: not_found.
func (l *Library) Timeline(
	ctx context.Context, caseID string, filter TimelineFilter, first, limit int64, now time.Time,
) (page TimelinePage, err error) {
	err = l.inSnapshot(ctx, func(tx *sql.Tx) error {
		through, err := filter.condition(ctx, tx, caseID)
		if err != nil {
			return err
		}
		through.args = append(through.args, sql.Named("case", caseID), sql.Named("now", formatInstant(now)))
		order := " ORDER BY day DESC, wall DESC, recorded_at DESC, log_id DESC, sequence DESC"
		if filter.OldestFirst {
			order = strings.ReplaceAll(order, " DESC", "")
		}
		if page.Total, page.Rows, err = rowsOf(ctx, tx, through, order, max(first, 0), limit); err != nil {
			return err
		}
		page.First = min(max(first, 0), page.Total)
		before := min(page.First, 1) // the row before tells whether the first begins a day
		if before > 0 && len(page.Rows) > 0 {
			page.DayBefore, page.Rows = page.Rows[0].Day, page.Rows[1:]
		}
		page.File, err = filePart(ctx, tx, caseID, page.Rows)
		return err
	})
	return page, err
}

// TimelineRowOf finds the row of a timeline that an entry is, or hangs on, and how many rows stand before it. Without one
// the row is empty.
//
// Problem: not_found.
func (l *Library) TimelineRowOf(
	ctx context.Context, caseID, entryID string, oldestFirst bool, now time.Time,
) (row TimelineRow, before int64, err error) {
	comparison := ">"
	if oldestFirst {
		comparison = "<"
	}
	const place = "(day, wall, recorded_at, log_id, sequence)"
	query := "WITH " + shown + `,
		own AS MATERIALIZED (SELECT ` + rowKey + ` FROM shown WHERE id = :entry OR id = (SELECT about FROM moment WHERE id = :entry)
			OR id = (SELECT about FROM unread WHERE message_id = :entry)
			OR about = :entry ORDER BY id = :entry DESC, about = :entry LIMIT 1)
		SELECT own.*, (SELECT count(*) FROM shown WHERE ` + place + comparison + `
			(SELECT day, wall, recorded_at, log_id, sequence FROM own)) FROM own`
	err = l.inSnapshot(ctx, func(tx *sql.Tx) error {
		if _, err := caseAndParties(ctx, tx, caseID); err != nil {
			return err
		}
		rows, err := collect(ctx, tx, func(found *sql.Rows) (TimelineRow, error) { return scanRow(found, &before) }, query,
			sql.Named("case", caseID), sql.Named("entry", entryID), sql.Named("now", formatInstant(now)))
		if len(rows) > 0 {
			row = rows[0]
		}
		return err
	})
	return row, before, err
}

// rowsOf counts what a filter lets through, and gives limit rows behind the first ones, and the row before them. The rows
// come in order, so that the others are not looked at for them.
func rowsOf(ctx context.Context, tx *sql.Tx, through condition, order string, first, limit int64,
) (total int64, rows []TimelineRow, err error) {
	before := min(first, 1)
	args := append(through.args, sql.Named("limit", limit+before), sql.Named("offset", first-before))
	count, page := countShown, rowsShown(rowKey)
	if through.where != "" {
		count, page = countThrough(through.where), "SELECT "+rowKey+" FROM ("+rowsShown(filtered)+") shown WHERE "+through.where
	}
	if through.counted {
		total = through.total
	} else if err := tx.QueryRowContext(ctx, "SELECT "+count, args...).Scan(&total); err != nil {
		return 0, nil, err
	}
	rows, err = collect(ctx, tx, func(found *sql.Rows) (TimelineRow, error) { return scanRow(found) },
		page+order+" LIMIT :limit + 0 OFFSET :offset + 0", args...)
	return total, rows, err
}

// countThrough counts the rows that a filter lets through, kind by kind: of all kinds together SQLite would look at each row
// twice.
func countThrough(where string) string {
	counts := shownByKind(filtered)
	for at, kind := range counts {
		counts[at] = "(SELECT count(*) FROM (" + kind + ") shown WHERE " + where + ")"
	}
	return strings.Join(counts, " + ")
}

// scanRow reads the columns of rowKey, and what stands behind them.
func scanRow(found *sql.Rows, behind ...any) (row TimelineRow, err error) {
	var place [4]string // wall, recorded_at, log_id, sequence: what puts it in its place
	into := []any{&row.Day, &place[0], &place[1], &place[2], &place[3], &row.Kind, &row.ID, &row.About}
	return row, found.Scan(append(into, behind...)...)
}

// condition is what a row must be.
type condition struct {
	where string // SQL; empty where any will do
	args  []any
	// total is how many rows it lets through, where that is known already.
	total   int64
	counted bool
}

// condition writes the filter as SQL.
func (f TimelineFilter) condition(ctx context.Context, from querier, caseID string) (through condition, err error) {
	var parts []string
	var args []any
	add := func(part string, named ...any) { parts, args = append(parts, part), append(args, named...) }
	if len(f.Kinds) > 0 {
		add("kind IN (SELECT value FROM json_each(:kinds))", sql.Named("kinds", jsonList(f.Kinds)))
	}
	if len(f.Channels) > 0 {
		add("channel IN (SELECT value FROM json_each(:channels))", sql.Named("channels", jsonList(f.Channels)))
	}
	if f.From != "" {
		add("day >= :from", sql.Named("from", f.From))
	}
	if f.To != "" {
		add("day <= :to", sql.Named("to", f.To))
	}
	if f.WithPromises {
		add(`(kind IN ('settlement', 'deadline') OR EXISTS (
			SELECT 1 FROM moment made WHERE made.about = shown.id AND made.kind = 'promise'))`)
	}
	if f.WithFailures {
		add("failures > 0")
	}
	if f.RecordedLater {
		add("recording = 'later'")
	}
	if f.Who != "" {
		domains, err := domainsOf(ctx, from, caseID, f.Who)
		if err != nil {
			return condition{}, err
		}
		together, err := joinedWith(ctx, from, caseID, f.Who)
		if err != nil {
			return condition{}, err
		}
		add(`(party = :who OR EXISTS (SELECT 1 FROM json_each(:together) WHERE instr(people, value))
			OR EXISTS (SELECT 1 FROM json_each(:domains)
			WHERE instr(senders || receivers, '@' || value || ' ') OR instr(senders || receivers, '.' || value || ' ')))`,
			sql.Named("who", f.Who), sql.Named("together", jsonList(together)), sql.Named("domains", jsonList(domains)))
	}
	for number, beginning := range beginningsOf(f.Words) {
		found, err := findWord(ctx, from, caseID, beginning)
		if err != nil {
			return condition{}, err
		}
		where, named := found.condition(number)
		add(where, named...)
		through.total, through.counted = found.total, found.alone && len(parts) == 1
	}
	through.where, through.args = strings.Join(parts, " AND "), args
	return through, nil
}

// jsonList writes texts or numbers as a JSON array, as json_each reads it.
func jsonList[T string | int64](list []T) string {
	text, _ := json.Marshal(append([]T{}, list...)) // no list of texts or numbers fails
	return string(text)
}

// domainsOf gives the mail domains of a company; of a person, none.
func domainsOf(ctx context.Context, from querier, caseID, partyID string) ([]string, error) {
	parties, err := things[casefile.Party](ctx, from, "kind = ? AND id = ? AND case_id = ?", string(record.KindParty), partyID, caseID)
	if err != nil || len(parties) == 0 {
		return nil, err
	}
	return parties[0].Value.Domains, nil
}

// joinedWith gives the ids of somebody with all whom the person joined with them.
func joinedWith(ctx context.Context, from querier, caseID, personID string) ([]string, error) {
	groups, err := joinedIn(ctx, from, caseID)
	for _, group := range groups {
		if slices.Contains(group, personID) {
			return group, err
		}
	}
	return []string{personID}, err
}

// filePart reads what rows of a timeline show, and what hangs on it.
func filePart(ctx context.Context, tx *sql.Tx, caseID string, rows []TimelineRow) (file casefile.CaseFile, err error) {
	if file, err = caseAndParties(ctx, tx, caseID); err != nil {
		return file, err
	}
	var ids, promises []string
	for _, row := range rows {
		if row.Kind == Deadline || row.Kind == string(record.KindSettlement) {
			promises = append(promises, row.About)
		}
		ids = append(ids, row.ID)
	}
	hung, err := texts(ctx, tx, `SELECT id FROM moment WHERE about IN (SELECT value FROM json_each(?1)) AND kind = 'promise'
		UNION SELECT value FROM json_each(?2)`, jsonList(ids), jsonList(promises))
	if err != nil {
		return file, err
	}
	if err := addPromises(ctx, tx, &file, hung); err != nil {
		return file, err
	}
	within := jsonList(ids)
	// The plus keeps SQLite from looking through all of a kind for a few ids.
	const listed = "+kind = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY happened_at, recorded_at, log_id, sequence"
	if file.Contacts, err = things[casefile.Contact](ctx, tx, listed, string(record.KindContact), within); err != nil {
		return file, err
	}
	if file.Messages, err = things[casefile.MessageView](ctx, tx, listed, string(record.KindMessage), within); err != nil {
		return file, err
	}
	if err := addReadings(ctx, tx, file.Messages); err != nil {
		return file, err
	}
	file.Evidence, err = things[casefile.Evidence](ctx, tx, `+kind = ? AND id IN (
		SELECT value FROM json_each(?2) UNION SELECT id FROM moment WHERE about IN (SELECT value FROM json_each(?2)) AND kind = 'evidence')
		ORDER BY happened_at, recorded_at, log_id, sequence`, string(record.KindEvidence), within)
	if err != nil {
		return file, err
	}
	if len(file.Evidence) > 0 {
		labels, err := labelsOf(ctx, tx, caseID)
		if err != nil {
			return file, err
		}
		if file.Exhibits, err = exhibitsOf(ctx, tx, caseID, labels, nil); err != nil {
			return file, err
		}
	}
	return file, addPeople(ctx, tx, &file)
}

// caseAndParties reads the case itself and its companies.
func caseAndParties(ctx context.Context, tx *sql.Tx, caseID string) (file casefile.CaseFile, err error) {
	cases, err := things[casefile.Case](ctx, tx, "kind = ? AND id = ?", string(record.KindCase), caseID)
	if err != nil {
		return file, err
	}
	if len(cases) == 0 {
		return file, problem.New(problem.NotFound, problem.Values{"kind": string(record.KindCase), "value": caseID})
	}
	file.Case, file.Entry = cases[0].Value, cases[0].Entry
	file.Parties, err = ofCase[casefile.Party](ctx, tx, record.KindParty, caseID)
	return file, err
}

// addPromises reads promises with those they repeat, and how all of them ended.
func addPromises(ctx context.Context, tx *sql.Tx, file *casefile.CaseFile, ids []string) (err error) {
	if len(ids) == 0 {
		return nil
	}
	chain, err := texts(ctx, tx, `WITH RECURSIVE chain (id) AS (
		SELECT value FROM json_each(?) UNION
		SELECT json_extract(thing.body, '$.repeats') FROM chain JOIN thing ON thing.id = chain.id
		WHERE json_extract(thing.body, '$.repeats') IS NOT NULL)
		SELECT id FROM chain`, jsonList(ids))
	if err != nil {
		return err
	}
	file.Promises, err = things[casefile.Promise](ctx, tx,
		"+kind = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY happened_at, recorded_at, log_id, sequence",
		string(record.KindPromise), jsonList(chain))
	if err != nil {
		return err
	}
	file.Settlements, err = things[casefile.Settlement](ctx, tx, `+kind = ? AND id IN (
		SELECT id FROM moment WHERE about IN (SELECT value FROM json_each(?)) AND kind = 'settlement')
		ORDER BY happened_at, recorded_at, log_id, sequence`, string(record.KindSettlement), jsonList(chain))
	return err
}

// addPeople reads those whom the contacts and promises of a file name.
func addPeople(ctx context.Context, tx *sql.Tx, file *casefile.CaseFile) (err error) {
	var ids []string
	for _, contact := range file.Contacts {
		ids = append(ids, contact.Value.PersonIDs...)
	}
	for _, promise := range file.Promises {
		ids = append(ids, promise.Value.PersonID)
	}
	file.People, err = things[casefile.Person](ctx, tx,
		"+kind = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY happened_at, recorded_at, log_id, sequence",
		string(record.KindPerson), jsonList(ids))
	return err
}
