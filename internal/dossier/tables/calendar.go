package tables

import (
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/emersion/go-ical"
)

// event is a row of a table as a calendar has it.
type event struct {
	id       string
	start    time.Time
	wholeDay bool
	length   time.Duration // 0: a moment
	summary  string
	// description says more.
	description string
}

// WriteCalendar writes a table as an iCalendar (RFC 5545). An event keeps its UID for good, so that a calendar that reads
// the table again brings up to date what it has. program is the name and version of this program.
func (t Table) WriteCalendar(w io.Writer, program string, now time.Time) error {
	calendar := ical.NewCalendar()
	calendar.Props.SetText(ical.PropVersion, "2.0")
	calendar.Props.SetText(ical.PropProductID, "-//"+program+"//"+string(t.Subject)+"//EN")
	for _, one := range t.events {
		calendar.Children = append(calendar.Children, one.component(t.Subject, now))
	}
	out := folding{w}
	if len(calendar.Children) == 0 { // the library takes an empty calendar for a mistake; others read one as what it is
		_, err := io.WriteString(out, "BEGIN:VCALENDAR\r\nPRODID:-//"+program+"//"+string(t.Subject)+"//EN\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")
		return err
	}
	return ical.NewEncoder(out).Encode(calendar)
}

func (e event) component(subject Subject, now time.Time) *ical.Component {
	made := ical.NewEvent()
	made.Props.SetText(ical.PropUID, e.id+"."+string(subject)+"@constancia")
	made.Props.SetDateTime(ical.PropDateTimeStamp, now.UTC())
	made.Props.SetText(ical.PropSummary, calendarText(e.summary))
	if description := calendarText(e.description); description != "" {
		made.Props.SetText(ical.PropDescription, description)
	}
	made.Props.SetText(ical.PropTransparency, "TRANSPARENT")
	if e.wholeDay {
		made.Props.SetDate(ical.PropDateTimeStart, e.start)
		return made.Component
	}
	made.Props.SetDateTime(ical.PropDateTimeStart, e.start.UTC())
	if e.length > 0 {
		made.Props.SetDateTime(ical.PropDateTimeEnd, e.start.Add(e.length).UTC())
	}
	return made.Component
}

// calendarText leaves out what a text value may not hold: all controls but the line end, which is written as "\n".
func calendarText(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, "\uFFFD"))
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text)
}

// folding breaks lines after 75 octets at most, never within a character (RFC 5545, section 3.1).
type folding struct{ io.Writer }

func (f folding) Write(line []byte) (int, error) {
	const longest = 75
	var out []byte
	room := longest
	for rest := line; len(rest) > 0; {
		_, size := utf8.DecodeRune(rest)
		switch {
		case rest[0] == '\r' || rest[0] == '\n':
			room = longest + size
		case room < size:
			out = append(out, "\r\n "...)
			room = longest - 1
		}
		out = append(out, rest[:size]...)
		room -= size
		rest = rest[size:]
	}
	if _, err := f.Writer.Write(out); err != nil {
		return 0, err
	}
	return len(line), nil
}
