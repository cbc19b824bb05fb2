package library_test

import (
	"errors"
	"slices"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// arrive appends messages as an import does, without reading them, and gives them as they wait.
func arrive(t testing.TB, l *library.Library, caseID string, all ...[]byte) []library.UnreadMessage {
	t.Helper()
	before := len(unread(t, l, caseID))
	err := l.AppendMessages(t.Context(), caseID, func(func([]string) (map[string]bool, error)) ([]library.Draft, error) {
		drafts := make([]library.Draft, len(all))
		for i, raw := range all {
			content := putContent(t, l, raw)
			drafts[i] = draftOf(record.KindMessage, caseID, casefile.Message{CaseID: caseID, SHA256: content.SHA256, Size: content.Size,
				Source: casefile.MessageSource{Kind: "imap", FetchedAt: "2026-03-20T10:00:00Z", Program: "Constancia", Host: "mail.example",
					User: "dolores", Mailbox: "INBOX", UIDValidity: 7, UID: content.Size, InternalDate: "2026-03-03T10:00:00Z"}})
		}
		return drafts, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return unread(t, l, caseID)[before:]
}

// read reads messages as an import does: fetched together, and stored together.
func read(t testing.TB, l *library.Library, messages ...library.UnreadMessage) {
	t.Helper()
	var all []library.MessageRead
	for _, fetched := range l.FetchMessages(t.Context(), messages) {
		reading, err := l.ReadFetched(t.Context(), fetched)
		if err != nil {
			t.Fatal(err)
		}
		one := library.MessageRead{MessageID: fetched.ID, Reading: reading}
		if err := l.PrepareReading(&one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	if err := l.StoreReadings(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
}

func TestMessagesReadTogetherAreWhatEachIsByItself(t *testing.T) {
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	messages := arrive(t, l, caseID,
		mail("Your parcel", onSecondOfMarch, "It has left."),
		mail("No date", "sometime", "It has left."),
		mail("Far away", "Mon, 02 Mar 9999 23:30:00 -0500", "It has left."),
		slices.Concat(mail("A film", onSecondOfMarch, "It has left."), make([]byte, 2<<20)), // it is kept as a file
		[]byte("no message at all"),
	)
	read(t, l, messages...)
	if waiting := unread(t, l, caseID); len(messages) != 5 || len(waiting) != 0 {
		t.Errorf("of %d messages, %d wait to be read", len(messages), len(waiting))
	}
	if hits := search(t, l, caseID, "left"); len(hits) != 4 {
		t.Errorf("%d are found", len(hits))
	}
	requireHolds(t, l) // the views are those that come of storing the reading of each by itself
}

func TestAMessageThatComesInIsFoundOnceItIsRead(t *testing.T) {
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	messages := arrive(t, l, caseID, mail("Your parcel", onSecondOfMarch, "It has left the warehouse."))
	contactID := put(t, l, record.KindContact, caseID, call(caseID, "They know of no warehouse")) // a person does not wait for an import
	if hits := search(t, l, caseID, "warehouse"); len(hits) != 1 || hits[0].ID != contactID {
		t.Errorf("found before it is read: %v", hits)
	}
	requireHolds(t, l)
	read(t, l, messages...)
	if hits := search(t, l, caseID, "warehouse"); len(hits) != 2 || hits[0].ID != messages[0].ID && hits[1].ID != messages[0].ID {
		t.Errorf("found in the end: %v", hits)
	}
	requireHolds(t, l)
}

func TestAMessageThatIsTakenBackBeforeItIsReadIsReadOnceItCountsAgain(t *testing.T) {
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	messages := arrive(t, l, caseID,
		mail("One", onSecondOfMarch, "It has left the warehouse."), mail("Two", onSecondOfMarch, "It has left the warehouse."))
	takenBack := put(t, l, record.KindRetraction, caseID, casefile.Retraction{
		CaseID: caseID, Targets: []casefile.Target{state(t, l, messages[1].ID).Target()}})
	read(t, l, messages...)
	if hits := search(t, l, caseID, "warehouse"); len(hits) != 1 || hits[0].ID != messages[0].ID {
		t.Errorf("found: %v", hits)
	}
	requireHolds(t, l)
	put(t, l, record.KindRetraction, caseID, casefile.Retraction{CaseID: caseID, Targets: []casefile.Target{state(t, l, takenBack).Target()}})
	if waiting := unread(t, l, caseID); len(waiting) != 1 || waiting[0].ID != messages[1].ID {
		t.Errorf("%v waits", waiting)
	}
	read(t, l, unread(t, l, caseID)...)
	if hits := search(t, l, caseID, "warehouse"); len(hits) != 2 {
		t.Errorf("found in the end: %v", hits)
	}
	requireHolds(t, l)
}

func TestAMessageThatTwoProcessesReadIsStoredOnce(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	l, otherProcess := open(t, directory), open(t, directory)
	caseID := newCase(t, l)
	messages := arrive(t, l, caseID, mail("Your parcel", onSecondOfMarch, "It has left the warehouse."))
	read(t, l, messages...)
	read(t, otherProcess, append(messages, messages...)...)
	if hits := search(t, l, caseID, "warehouse"); len(hits) != 1 {
		t.Errorf("found: %v", hits)
	}
	requireHolds(t, l)
}

func TestMessagesOfACaseThatIsNotThereAreNotAppended(t *testing.T) {
	l := open(t, t.TempDir())
	err := l.AppendMessages(t.Context(), library.NewID(), func(func([]string) (map[string]bool, error)) ([]library.Draft, error) {
		return nil, errors.New("it is asked for messages")
	})
	requireProblem(t, err, problem.NotFound)
}
