package app

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"constancia/internal/casework"
	"constancia/internal/phonelog"
	"constancia/internal/problem"
)

// callLogs are the files with calls that a person chose and that are not saved yet. The page knows them by an id.
type callLogs struct {
	mu   sync.Mutex
	logs map[string]*callLog
}

type callLog struct {
	path    string
	log     phonelog.Log
	columns []phonelog.Field
	entries []phonelog.Entry // oldest first
}

// open reads a file with calls. zone is where the phone's clock stood.
func (c *callLogs) open(path, zone string) (CallLog, error) {
	location, err := time.LoadLocation(zone)
	if err != nil {
		return CallLog{}, problem.Wrap(err, problem.NoSuchZone, problem.Values{"value": zone})
	}
	file, err := os.Open(path)
	if err != nil {
		return CallLog{}, problem.Wrap(err, problem.FileUnreadable, problem.Values{"path": filepath.Base(path)})
	}
	defer func() { _ = file.Close() }()
	log, err := phonelog.Read(file, location)
	if err != nil {
		return CallLog{}, err
	}
	opened := &callLog{path: path, log: log}
	if log.Table != nil {
		opened.columns = log.Table.Columns
	}
	opened.read()
	id := uuid.NewString()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.logs == nil {
		c.logs = map[string]*callLog{}
	}
	c.logs[id] = opened
	return opened.view(id), nil
}

// read makes entries of the file by what its columns say.
func (l *callLog) read() {
	l.entries = slices.Clone(l.log.Calls)
	if l.log.Table != nil {
		l.entries = l.log.Table.Entries(l.columns)
	}
	slices.SortStableFunc(l.entries, func(a, b phonelog.Entry) int { return cmp.Compare(a.When, b.When) })
}

func (l *callLog) view(id string) CallLog {
	view := CallLog{
		ID: id, FileName: filepath.Base(l.path), Skipped: int64(l.log.Skipped), Header: []string{}, Columns: []string{}, Sample: [][]string{},
		Fields: words(phonelog.Fields()), Entries: int64(len(l.entries)),
	}
	for _, entry := range l.entries {
		view.HasNumbers = view.HasNumbers || entry.Number != ""
	}
	if table := l.log.Table; table != nil {
		view.IsTable, view.Sure, view.MonthFirst = true, table.Sure, table.MonthFirst
		view.Header, view.Columns = append(view.Header, table.Header...), words(l.columns)
		for _, row := range table.Rows[:min(len(table.Rows), 4)] {
			view.Sample = append(view.Sample, append([]string{}, row...))
		}
	}
	return view
}

func (c *callLogs) get(id string) (*callLog, error) {
	log, known := c.logs[id]
	if !known {
		return nil, notFound("file", id)
	}
	return log, nil
}

// name says what the columns of a table are.
func (c *callLogs) name(id string, columns []string) (CallLog, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	log, err := c.get(id)
	if err != nil || log.log.Table == nil {
		return CallLog{}, cmp.Or(err, notFound("file", id))
	}
	log.columns = make([]phonelog.Field, len(log.log.Table.Columns))
	for at, column := range columns[:min(len(columns), len(log.columns))] {
		if slices.Contains(phonelog.Fields(), phonelog.Field(column)) {
			log.columns[at] = phonelog.Field(column)
		}
	}
	log.read()
	return log.view(id), nil
}

// mostNumbers are shown at once; a search finds the others.
const mostNumbers = 60

// numbers lists the numbers in a log whose name or digits have the words, those that seem to be a company's first, then
// the ones called most.
func (c *callLogs) numbers(id, wanted string, companyOf func(phonelog.Entry) string) ([]CallNumber, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	log, err := c.get(id)
	if err != nil {
		return nil, err
	}
	byKey := map[string]*CallNumber{}
	for _, entry := range log.entries {
		key := phonelog.Key(entry.Number)
		number, seen := byKey[key]
		if !seen {
			number = &CallNumber{Key: key, Number: entry.Number, Company: companyOf(entry)}
			byKey[key] = number
		}
		number.count(entry)
	}
	found := []CallNumber{}
	for _, number := range byKey {
		if matches(*number, wanted) {
			found = append(found, *number)
		}
	}
	slices.SortFunc(found, func(a, b CallNumber) int {
		return cmp.Or(-compareBool(a.Company != "", b.Company != ""), -compareBool(a.Key != "", b.Key != ""), cmp.Compare(b.Calls, a.Calls), cmp.Compare(a.Key, b.Key))
	})
	return found[:min(len(found), mostNumbers)], nil
}

func (n *CallNumber) count(entry phonelog.Entry) {
	day := entry.When[:min(len(entry.When), len(time.DateOnly))]
	n.Calls++
	if entry.Seconds != nil {
		n.Seconds += *entry.Seconds
	}
	if n.Name == "" {
		n.Name = entry.Name
	}
	if n.First == "" {
		n.First = day
	}
	n.Last = day
}

func matches(number CallNumber, wanted string) bool {
	digits := phonelog.Key(wanted)
	return wanted == "" || strings.Contains(foldWords(number.Name), foldWords(wanted)) || digits != "" && strings.Contains(number.Key, digits)
}

func compareBool(a, b bool) int {
	if a == b {
		return 0
	}
	if a {
		return 1
	}
	return -1
}

// chosen gives the entries with the chosen numbers and their companies; all of them when the log has no numbers.
func (c *callLogs) chosen(id string, choices []CallChoice) (entries []phonelog.Entry, isTable bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	log, err := c.get(id)
	if err != nil {
		return nil, false, err
	}
	companies := map[string]string{}
	for _, choice := range choices {
		companies[choice.Key] = choice.Company
	}
	byNumber := log.view(id).HasNumbers
	for _, entry := range log.entries {
		company, wanted := companies[phonelog.Key(entry.Number)]
		if byNumber && !wanted {
			continue
		}
		if company != "" {
			entry.Company = company
		}
		entries = append(entries, entry)
	}
	return entries, log.log.Table != nil, nil
}

// files are those of logs, to keep as evidence that shows what they are.
func (c *callLogs) files(ids []string, shows string) ([]casework.EvidenceFile, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var files []casework.EvidenceFile
	for _, id := range ids {
		log, err := c.get(id)
		if err != nil {
			continue // the program was started anew since: the rows are there, the file is not
		}
		files = append(files, casework.EvidenceFile{Path: log.path, Shows: shows})
	}
	return files, nil
}

func (c *callLogs) forget(ids []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, id := range ids {
		delete(c.logs, id)
	}
}
