// Package phonelog reads calls out of files that phones, operators and spreadsheets write: the XML of Android's call
// backups, and tables of comma-separated values of any kind. Files come from anywhere, so everything in them is bounded,
// and what can't be read is counted instead of guessed.
package phonelog

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"constancia/internal/problem"
)

// Limits of what is taken from one file.
const (
	longestFile = 32 << 20 // bytes
	mostEntries = 100_000
	mostColumns = 60
	longestCell = 2000 // characters; the rest is cut off
)

// Direction is who called.
type Direction string

// Directions. A missed call came in, and nobody answered.
const (
	UnknownDirection Direction = ""
	Incoming         Direction = "incoming"
	Outgoing         Direction = "outgoing"
	Missed           Direction = "missed"
)

// Entry is one line of a log: a call, or whatever a person has kept in a table. What the log does not say is empty.
type Entry struct {
	// When is a wall time, YYYY-MM-DDTHH:MM or YYYY-MM-DD; what is written in words stays as it is.
	When string
	// Seconds is how long it took, nil when unknown.
	Seconds   *int64
	Number    string // as it is in the log; empty when it was hidden
	Name      string // under which the number is in the phone's address book
	Direction Direction
	// The rest comes from tables only, as it was written.
	Company, Channel, Who, Hold, What, Promise, Due string
}

// Log is what a file holds: the calls of a phone, or a table whose columns have to be named first.
type Log struct {
	Calls   []Entry
	Skipped int // calls that could not be read
	Table   *Table
}

// Read tells what kind of file it is by its first bytes, and reads it. location is where its clock stood.
//
// Problems: not_a_call_log, log_too_large, and those of reading.
func Read(file io.Reader, location *time.Location) (Log, error) {
	limited := &io.LimitedReader{R: file, N: longestFile + 1}
	body := bufio.NewReader(limited)
	head, err := body.Peek(64)
	if err != nil && !errors.Is(err, io.EOF) {
		return Log{}, problem.Wrap(err, problem.FileUnreadable, problem.Values{"path": ""})
	}
	var log Log
	if bytes.HasPrefix(bytes.TrimLeft(head, "\ufeff \t\r\n"), []byte("<")) {
		log.Calls, log.Skipped, err = readCalls(body, location)
	} else {
		var raw []byte
		if raw, err = io.ReadAll(body); err == nil && limited.N > 0 {
			log.Table, err = readTable(raw)
		}
	}
	if limited.N <= 0 {
		return Log{}, problem.New(problem.LogTooLarge, problem.Values{"limit": "32 MB"})
	}
	return log, err
}

func notACallLog(cause error) error { return problem.Wrap(cause, problem.NotACallLog, nil) }

// decoded is a text in whichever of the usual encodings it is written: UTF-8, UTF-16 with its mark, or Windows-1252.
func decoded(raw []byte) (string, error) {
	var encoded encoding.Encoding = charmap.Windows1252
	switch {
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}), bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		encoded = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case utf8.Valid(raw):
		return strings.TrimPrefix(string(raw), "\ufeff"), nil
	}
	text, err := encoded.NewDecoder().Bytes(raw)
	return string(text), err
}

// tidy is one line of a bounded text.
func tidy(text string) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "\uFFFD")), " ")
	if utf8.RuneCountInString(text) > longestCell {
		text = string([]rune(text)[:longestCell])
	}
	return text
}

// Key is what two writings of one telephone number have in common: its last nine digits, without the country's.
func Key(number string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
	const withoutCountry = 9
	if len(digits) > withoutCountry {
		return digits[len(digits)-withoutCountry:]
	}
	return digits
}
