package phonelog

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"time"

	"constancia/internal/problem"
)

const deepest = 8 // elements within each other

// readCalls reads the calls.xml that "SMS Backup & Restore" writes: <calls><call number date duration type …/></calls>.
// It skips, and counts, calls without a time.
func readCalls(file io.Reader, location *time.Location) (calls []Entry, skipped int, err error) {
	decoder := xml.NewDecoder(file) // it knows no entities but the five of XML, and fetches nothing
	calls = []Entry{}
	var depth, seen int
	for {
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, 0, notACallLog(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if depth++; depth > deepest || depth == 1 && token.Name.Local != "calls" {
				return nil, 0, notACallLog(nil)
			}
			if token.Name.Local != "call" {
				continue
			}
			if seen++; seen > mostEntries {
				return nil, 0, problem.New(problem.LogTooLarge, problem.Values{"limit": strconv.Itoa(mostEntries)})
			}
			if call, ok := callOf(token.Attr, location); ok {
				calls = append(calls, call)
			} else {
				skipped++
			}
		case xml.EndElement:
			depth--
		}
	}
	if seen == 0 {
		return nil, 0, notACallLog(nil)
	}
	return calls, skipped, nil
}

// Types of a call, as Android numbers them (CallLog.Calls.TYPE).
var types = map[string]Direction{
	"1": Incoming, "2": Outgoing, "3": Missed, "4": Missed /* voicemail */, "5": Missed /* rejected */, "6": Missed, /* blocked */
	"7": Incoming, // answered on another device
}

func callOf(attributes []xml.Attr, location *time.Location) (Entry, bool) {
	said := map[string]string{}
	for _, attribute := range attributes {
		said[attribute.Name.Local] = tidy(attribute.Value)
	}
	at, ok := instant(said["date"])
	if !ok {
		return Entry{}, false
	}
	call := Entry{When: at.In(location).Format(wallMinute), Number: said["number"], Name: said["contact_name"], Direction: types[said["type"]]}
	if call.Name == "(Unknown)" || call.Name == "null" {
		call.Name = ""
	}
	// Android writes -1, -2 and -3 for a number that was not told.
	if said["presentation"] == "2" || said["presentation"] == "3" || len(call.Number) == 2 && call.Number[0] == '-' {
		call.Number = ""
	}
	if seconds, err := strconv.ParseInt(said["duration"], 10, 32); err == nil && seconds >= 0 {
		call.Seconds = &seconds
	}
	return call, true
}

const wallMinute = "2006-01-02T15:04"

// instant reads milliseconds since 1970, of a year that a phone can have seen.
func instant(text string) (time.Time, bool) {
	millis, err := strconv.ParseInt(text, 10, 64)
	if err != nil || len(text) != len("1772442300000") {
		return time.Time{}, false
	}
	return time.UnixMilli(millis), true
}
