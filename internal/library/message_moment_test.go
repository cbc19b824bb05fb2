package library_test

import (
	"slices"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/record"
)

// betweenCalls is a case with a call of the second of March and a visit of the fourth, and emails that the server had on the
// third. Two were sent before, one does not say when.
func betweenCalls(t *testing.T) (l *library.Library, caseID string, messages []library.UnreadMessage, ids map[string]string) {
	t.Helper()
	l = open(t, t.TempDir())
	caseID = newCase(t, l)
	ids = map[string]string{}
	for name, wall := range map[string]string{"call": "2026-03-02T12:00", "visit": "2026-03-04T12:00"} {
		contact := call(caseID, name)
		contact.OccurredAt = atMinute(wall)
		ids[name] = put(t, l, record.KindContact, caseID, contact)
	}
	messages = arrive(t, l, caseID,
		mail("second", "Mon, 02 Mar 2026 11:30:00 +0000", "They answer."),
		mail("first", "Sun, 01 Mar 2026 11:30:00 +0000", "They are asked."),
		mail("undated", "sometime", "They say when they can."))
	for i, name := range []string{"second", "first", "undated"} {
		ids[name] = messages[i].ID
	}
	return l, caseID, messages, ids
}

func requireTold(t *testing.T, l *library.Library, caseID string, ids map[string]string, when, want string) {
	t.Helper()
	if got := told(t, l, caseID, ids, library.TimelineFilter{OldestFirst: true}); got != want {
		t.Errorf("%s the timeline is\n%s, not\n%s", when, got, want)
	}
	requireHolds(t, l)
}

func TestAMessageStandsWhereItWasReceivedUntilItIsReadAndThenWhereItWasSent(t *testing.T) {
	l, caseID, messages, ids := betweenCalls(t)
	requireTold(t, l, caseID, ids, "before they are read", "call, second, first, undated, visit")
	for name, want := range map[string]int64{"call": 0, "second": 1, "undated": 3, "visit": 4} {
		if row, before, err := l.TimelineRowOf(t.Context(), caseID, ids[name], true, evening); err != nil || row.ID != ids[name] || before != want {
			t.Errorf("%s is row %+v behind %d, %v", name, row, before, err)
		}
	}
	read(t, l, messages[0])
	requireTold(t, l, caseID, ids, "once one is read", "second, call, first, undated, visit")
	read(t, l, messages[1:]...)
	requireTold(t, l, caseID, ids, "once all are read", "first, second, call, undated, visit")
	if err := l.Rebuild(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	requireTold(t, l, caseID, ids, "made anew", "first, second, call, undated, visit")
}

func TestAMessageThatWaitsIsToldWithItsContactAndNotAtAllOnceItIsTakenBack(t *testing.T) {
	l, caseID, messages, ids := betweenCalls(t)
	correct(t, l, caseID, ids["second"], map[string]any{"contact": ids["visit"]})
	takenBack := retract(t, l, ids["first"])
	requireTold(t, l, caseID, ids, "before they are read", "call, undated, visit")
	if row, _, err := l.TimelineRowOf(t.Context(), caseID, ids["second"], true, evening); err != nil || row.ID != ids["visit"] {
		t.Errorf("the linked one is row %+v, %v", row, err)
	}
	read(t, l, messages...)
	requireTold(t, l, caseID, ids, "once they are read", "call, undated, visit")
	retract(t, l, takenBack)
	requireTold(t, l, caseID, ids, "once one counts again", "call, first, undated, visit")
	read(t, l, unread(t, l, caseID)...)
	requireTold(t, l, caseID, ids, "once that is read", "first, call, undated, visit")
}

func TestTheMessagesOfACaseStandInTheOrderInWhichTheyWereSent(t *testing.T) {
	l, caseID, messages, _ := betweenCalls(t)
	read(t, l, messages...)
	whole, err := l.CaseFile(t.Context(), caseID)
	if err != nil {
		t.Fatal(err)
	}
	page, err := l.Timeline(t.Context(), caseID, library.TimelineFilter{}, 0, 100, evening)
	if err != nil {
		t.Fatal(err)
	}
	headers, err := l.MailHeaders(t.Context(), caseID)
	if err != nil {
		t.Fatal(err)
	}
	var fromHeaders casefile.CaseFile
	for _, header := range headers {
		fromHeaders.Messages = append(fromHeaders.Messages, casefile.Recorded[casefile.MessageView]{Value: casefile.MessageView{Reading: header.Reading}})
	}
	for _, file := range []casefile.CaseFile{whole, page.File, fromHeaders} {
		var subjects []string
		for _, message := range file.Messages {
			subjects = append(subjects, message.Value.Reading.Subject)
		}
		if want := []string{"first", "second", "undated"}; !slices.Equal(subjects, want) {
			t.Errorf("they stand as %v, not %v", subjects, want)
		}
	}
}
