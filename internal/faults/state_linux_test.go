package faults_test

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	_ "modernc.org/sqlite" // the driver
)

// state is what a library holds, read without the program's help.
type state struct {
	log        map[string]map[string]bool // what is not a view: the rows of each table, as text
	views      map[string]map[string]bool // the same of each view
	entries    map[string]string          // entry id → kind
	operations map[string][]string        // operation id → the kinds of its entries, sorted
	contents   map[string]int64           // SHA-256 → size
	unsound    []string                   // what contradicts itself
}

// viewTables are the tables that are made from the log, and the columns that say where a row happened to be put.
var viewTables = map[string]string{"thing": "", "moment": "words_row", "message_source": "", "reading": "", "unread": "",
	"words": "row"}

func openFile(path string) (*sql.DB, error) {
	where := url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: "mode=rw&_pragma=busy_timeout(20000)"}
	database, err := sql.Open("sqlite", where.String())
	if err == nil {
		database.SetMaxOpenConns(1)
	}
	return database, err
}

// readState reads all of a library. An error is one of reading; what the library itself has wrong is unsound.
func readState(library string) (s state, err error) {
	s = state{log: map[string]map[string]bool{}, views: map[string]map[string]bool{}, entries: map[string]string{},
		operations: map[string][]string{}, contents: map[string]int64{}}
	if _, err := os.Stat(filepath.Join(library, "constancia.db")); errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	database, err := openFile(filepath.Join(library, "constancia.db"))
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, database.Close()) }()
	if err := s.readTables(database); err != nil {
		return s, err
	}
	if err := s.readEntries(database); err != nil {
		return s, err
	}
	s.ask(database, "PRAGMA integrity_check", "ok")
	s.do(database, "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
	return s, s.readContents(library)
}

// ask notes an answer that is not the wanted one.
func (s *state) ask(database *sql.DB, question, wanted string) {
	var answer string
	if err := database.QueryRow(question).Scan(&answer); err != nil || answer != wanted {
		s.unsound = append(s.unsound, fmt.Sprintf("%s: %s %v", question, answer, err))
	}
}

// do notes a statement that fails.
func (s *state) do(database *sql.DB, statement string) {
	if _, err := database.Exec(statement); err != nil {
		s.unsound = append(s.unsound, fmt.Sprintf("%s: %v", statement, err))
	}
}

func (s *state) readTables(database *sql.DB) error {
	tables, err := texts(database, `SELECT name FROM pragma_table_list
		WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`)
	if err != nil {
		return err
	}
	for _, table := range tables {
		aside, isView := viewTables[table]
		into := s.log
		if isView {
			into = s.views
		}
		if into[table], err = rowsOf(database, table, aside); err != nil {
			return err
		}
	}
	return nil
}

// rowsOf gives the rows of a table as text, without one column.
func rowsOf(database *sql.DB, table, aside string) (map[string]bool, error) {
	columns, err := texts(database, "SELECT name FROM pragma_table_info('"+table+"')")
	if err != nil {
		return nil, err
	}
	columns = slices.DeleteFunc(columns, func(name string) bool { return name == aside })
	for i, column := range columns {
		columns[i] = `quote("` + column + `")`
	}
	rows, err := texts(database, "SELECT concat_ws(', ', "+strings.Join(columns, ", ")+") FROM "+table)
	all := map[string]bool{}
	for _, row := range rows {
		all[row] = true
	}
	return all, err
}

func texts(database *sql.DB, query string) (all []string, err error) {
	rows, err := database.Query(query)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		all = append(all, text)
	}
	return all, rows.Err()
}

func (s *state) readEntries(database *sql.DB) error {
	rows, err := texts(database, "SELECT entry_id || ' ' || operation_id || ' ' || kind FROM entry")
	if err != nil {
		return err
	}
	for _, row := range rows {
		words := strings.Fields(row)
		s.entries[words[0]] = words[2]
		s.operations[words[1]] = append(s.operations[words[1]], words[2])
	}
	for _, kinds := range s.operations {
		slices.Sort(kinds)
	}
	return nil
}

// readContents hashes every content there is.
func (s *state) readContents(library string) (err error) {
	database, err := openFile(filepath.Join(library, "contents.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, database.Close()) }()
	s.ask(database, "PRAGMA integrity_check", "ok")
	rows, err := database.Query("SELECT lower(hex(sha256)), bytes FROM content")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var name string
		var data []byte
		if err := rows.Scan(&name, &data); err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		s.content(name, hex.EncodeToString(sum[:]), int64(len(data)))
	}
	return errors.Join(rows.Err(), s.readVault(filepath.Join(library, "vault")))
}

func (s *state) readVault(vault string) error {
	files, err := filepath.Glob(filepath.Join(vault, "??", "*"))
	if err != nil {
		return err
	}
	for _, path := range files {
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		digest := sha256.New()
		size, err := io.Copy(digest, file)
		if err := errors.Join(err, file.Close()); err != nil {
			return err
		}
		s.content(filepath.Base(path), hex.EncodeToString(digest.Sum(nil)), size)
	}
	return nil
}

func (s *state) content(name, sum string, size int64) {
	if name != sum {
		s.unsound = append(s.unsound, fmt.Sprintf("the content %s is another, of %d bytes", name, size))
	}
	s.contents[name] = size
}

// since gives the kinds of the entries that are not in an earlier state, by operation.
func (s *state) since(before state) map[string][]string {
	fresh := map[string][]string{}
	for operation, kinds := range s.operations {
		if before.operations[operation] == nil {
			fresh[operation] = kinds
		}
	}
	return fresh
}

// knows reports whether an entry, a log or anything else has that id.
func (s *state) knows(id string) bool {
	for _, rows := range s.log {
		for row := range rows {
			if strings.Contains(row, id) {
				return true
			}
		}
	}
	return false
}

// join adds what another library holds.
func (s *state) join(other state) {
	for table, rows := range other.log {
		if s.log[table] == nil {
			s.log[table] = map[string]bool{}
		}
		maps.Copy(s.log[table], rows)
	}
	maps.Copy(s.entries, other.entries)
	maps.Copy(s.operations, other.operations)
	maps.Copy(s.contents, other.contents)
	s.unsound = append(s.unsound, other.unsound...)
}

// fresh counts what is not in an earlier state: entries by their kind, and rows of what is not on record yet by their
// table.
func (s *state) fresh(before state) map[string]int {
	counts := map[string]int{}
	for _, kinds := range s.since(before) {
		for _, kind := range kinds {
			counts[kind]++
		}
	}
	for _, table := range []string{"contact_draft", "contact_draft_note"} {
		for row := range s.log[table] {
			if !before.log[table][row] {
				counts[table]++
			}
		}
	}
	return counts
}

// isPassing reports whether a row is a setting that may become another: all but who the library is, and on which device.
func isPassing(table, row string) bool {
	return table == "setting" && !strings.HasPrefix(row, "'library_id'") && !strings.HasPrefix(row, "'device_id'")
}

// lostSince names what an earlier state has and this one has not, but not what is about one of some ids or hashes.
func (s *state) lostSince(before state, mayGo []string) []string {
	var lost []string
	for table, rows := range before.log {
		for row := range rows {
			if !s.log[table][row] && !isPassing(table, row) {
				lost = append(lost, fmt.Sprintf("a row of %s: %.400s", table, row))
			}
		}
	}
	for content := range before.contents {
		if _, there := s.contents[content]; !there {
			lost = append(lost, "the content "+content)
		}
	}
	return slices.DeleteFunc(lost, func(what string) bool {
		return slices.ContainsFunc(mayGo, func(id string) bool { return strings.Contains(what, id) })
	})
}
