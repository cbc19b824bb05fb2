package library_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/mail/message"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// arrive appends a message together with what is read of it, as an import does.
func arrive(t testing.TB, l *library.Library, caseID string, raw []byte, follows ...library.Draft) string {
	t.Helper()
	content := putContent(t, l, raw)
	draft := draftOf(record.KindMessage, caseID, casefile.Message{CaseID: caseID, SHA256: content.SHA256, Size: content.Size,
		Source: casefile.MessageSource{Kind: "imap", FetchedAt: "2026-03-20T10:00:00Z", Program: "Constancia", Host: "mail.example",
			User: "dolores", Mailbox: "INBOX", UIDValidity: 7, UID: content.Size, InternalDate: "2026-03-03T10:00:00Z"}})
	reading := l.ReadInMemory(raw)
	err := l.AppendMessages(t.Context(), caseID, func(func([]string) (map[string]bool, error)) ([]library.NewMessage, error) {
		return []library.NewMessage{{Draft: draft, Reading: &reading, Follows: follows}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return draft.ID
}

func indexWords(t testing.TB, l *library.Library) {
	t.Helper()
	if err := l.IndexWords(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

func TestMessagesOfSeveralBatchesGetIntoTheSearchIndexInOneGo(t *testing.T) {
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	for _, subject := range []string{"First", "Second", "Third"} {
		arrive(t, l, caseID, mail(subject, onSecondOfMarch, "It has left."))
	}
	var left []int64
	if err := l.IndexWords(t.Context(), func(rows int64) { left = append(left, rows) }); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(left, []int64{3}) {
		t.Errorf("before each transaction there were %v left", left)
	}
	if hits := search(t, l, caseID, "left"); len(hits) != 3 {
		t.Errorf("%d are found", len(hits))
	}
}

func TestAMessageThatComesWithItsReadingIsWhatOneReadLaterIs(t *testing.T) {
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	for _, raw := range [][]byte{
		mail("Your parcel", onSecondOfMarch, "It has left."),
		mail("No date", "sometime", "It has left."),
		mail("Far away", "Mon, 02 Mar 9999 23:30:00 -0500", "It has left."),
	} {
		arrive(t, l, caseID, raw)
	}
	if waiting := unread(t, l, caseID); len(waiting) != 0 {
		t.Errorf("%d wait to be read", len(waiting))
	}
	indexWords(t, l)
	requireHolds(t, l) // the views are those that come of reading each anew
}

func TestWhatFollowsFromAMessageIsAnActOfItsOwn(t *testing.T) {
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	follows := draftOf(record.KindEvidence, caseID, casefile.Evidence{CaseID: caseID, FileName: "invoice.pdf"})
	messageID := arrive(t, l, caseID, mail("Your invoice", onSecondOfMarch, "See the attachment."), follows)
	if a, b := state(t, l, messageID), state(t, l, follows.ID); a.Header.OperationID == b.Header.OperationID {
		t.Error("both are one act")
	}
}

func TestAMessageIsFoundOnceTheSearchIndexHasTakenItIn(t *testing.T) {
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	messageID := arrive(t, l, caseID, mail("Your parcel", onSecondOfMarch, "It has left the warehouse."))
	if hits := search(t, l, caseID, "warehouse"); len(hits) != 0 {
		t.Errorf("found at once: %v", hits)
	}
	contactID := put(t, l, record.KindContact, caseID, call(caseID, "They know of no warehouse")) // a person does not wait for an import
	if hits := search(t, l, caseID, "warehouse"); len(hits) != 1 || hits[0].ID != contactID {
		t.Errorf("found of the contact and the message: %v", hits)
	}
	requireHolds(t, l)
	indexWords(t, l)
	if hits := search(t, l, caseID, "warehouse"); len(hits) != 2 || hits[0].ID != messageID && hits[1].ID != messageID {
		t.Errorf("found in the end: %v", hits)
	}
	requireHolds(t, l)
}

func TestWhatTheSearchIndexHadNotTakenInWhenTheProgramEndedItTakesInWhenTheLibraryIsOpened(t *testing.T) {
	directory := t.TempDir()
	l := open(t, directory)
	caseID := newCase(t, l)
	for _, subject := range []string{"One", "Two", "Three"} {
		arrive(t, l, caseID, mail(subject, onSecondOfMarch, "It has left the warehouse."))
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l = open(t, directory)
	if hits := search(t, l, caseID, "warehouse"); len(hits) != 3 {
		t.Errorf("%d are found", len(hits))
	}
	requireHolds(t, l)
}

func TestAMessageIsTakenBackAndBroughtBackWhileTheSearchIndexHasYetToTakeItIn(t *testing.T) {
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	arrive(t, l, caseID, mail("One", onSecondOfMarch, "It has left the warehouse."))
	last := arrive(t, l, caseID, mail("Two", onSecondOfMarch, "It has left the warehouse."))
	target := state(t, l, last).Target()
	put(t, l, record.KindRetraction, caseID, casefile.Retraction{CaseID: caseID, Targets: []casefile.Target{target}})
	contactID := put(t, l, record.KindContact, caseID, call(caseID, "They know of no warehouse"))
	indexWords(t, l)
	if hits := search(t, l, caseID, "warehouse"); len(hits) != 2 {
		t.Errorf("found: %v (the contact is %s)", hits, contactID)
	}
	requireHolds(t, l)
}

func TestMessagesOfACaseThatIsNotThereAreNotAppended(t *testing.T) {
	l := open(t, t.TempDir())
	err := l.AppendMessages(t.Context(), library.NewID(), func(func([]string) (map[string]bool, error)) ([]library.NewMessage, error) {
		return nil, errors.New("it is asked for messages")
	})
	requireProblem(t, err, problem.NotFound)
}

func TestReadingAMessageInMemoryLeavesItsBytesAsTheyAre(t *testing.T) {
	raw := mail("Your parcel\r\nContent-Transfer-Encoding: base64", onSecondOfMarch, "SXQgaGFzIGxlZnQu")
	before := bytes.Clone(raw)
	l := open(t, t.TempDir())
	if reading := l.ReadInMemory(raw); reading.Text != "It has left." || reading.Reader != message.Reader {
		t.Errorf("%+v", reading)
	}
	if !bytes.Equal(raw, before) {
		t.Errorf("%s", raw)
	}
}
