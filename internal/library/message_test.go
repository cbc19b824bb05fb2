package library_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// mail is an email from the carrier; date is its Date field.
func mail(subject, date, text string) []byte {
	return []byte("From: =?UTF-8?Q?Atenci=C3=B3n?= <help@corral.example>\r\nTo: dolores@example.org\r\nSubject: " + subject +
		"\r\nDate: " + date + "\r\nMessage-ID: <" + hex.EncodeToString([]byte(subject)) + "@corral.example>\r\n\r\n" + text + "\r\n")
}

const onSecondOfMarch = "Mon, 02 Mar 2026 11:30:00 -0500"

// putMessage keeps a message and the entry that names it; it waits to be read.
func putMessage(t testing.TB, l *library.Library, caseID string, raw []byte) casefile.Message {
	t.Helper()
	content := putContent(t, l, raw)
	m := casefile.Message{CaseID: caseID, SHA256: content.SHA256, Size: content.Size, Source: casefile.MessageSource{
		Kind: "imap", FetchedAt: "2026-03-20T10:00:00Z", Program: "Constancia", Host: "mail.example", User: "dolores",
		Mailbox: "INBOX", UIDValidity: 7, UID: content.Size, InternalDate: "2026-03-03T10:00:00Z",
	}}
	m.ID = put(t, l, record.KindMessage, caseID, m)
	return m
}

func readAndStore(t testing.TB, l *library.Library, m casefile.Message, drafts ...library.Draft) {
	t.Helper()
	reading, err := l.ReadMessage(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.StoreReadings(t.Context(), library.MessageRead{MessageID: m.ID, Reading: reading, Drafts: drafts}); err != nil {
		t.Fatal(err)
	}
}

func unread(t testing.TB, l *library.Library, caseID string) []library.UnreadMessage {
	t.Helper()
	messages, err := l.Unread(t.Context(), caseID)
	if err != nil {
		t.Fatal(err)
	}
	return messages
}

func TestAMessageWaitsUntilItIsRead(t *testing.T) {
	l := open(t, t.TempDir())
	caseID, other := newCase(t, l), newCase(t, l)
	m := putMessage(t, l, caseID, mail("Your parcel", onSecondOfMarch, "It was delivered to a neighbour."))
	putMessage(t, l, other, mail("Another matter", onSecondOfMarch, "Nothing."))
	if diff := cmp.Diff([]library.UnreadMessage{{ID: m.ID, CaseID: caseID, Content: library.Content{SHA256: m.SHA256, Size: m.Size}}}, unread(t, l, caseID)); diff != "" {
		t.Errorf("waiting: -want +got:\n%s", diff)
	}
	if all := unread(t, l, ""); len(all) != 2 {
		t.Errorf("in all cases %d wait, want 2", len(all))
	}
	requireHolds(t, l)
	readAndStore(t, l, m)
	if waiting := unread(t, l, caseID); len(waiting) != 0 {
		t.Errorf("%v still waits", waiting)
	}
	file, err := l.CaseFile(t.Context(), caseID)
	if err != nil {
		t.Fatal(err)
	}
	got := file.Messages[0].Value
	if got.Reading.Subject != "Your parcel" || got.Reading.From[0].Name != "Atención" || got.Reading.Date != "2026-03-02T11:30:00-05:00" {
		t.Errorf("it reads as %+v", got.Reading)
	}
	if diff := cmp.Diff(m, got.Message); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for _, words := range []string{"parcel deliver", "neighbour", "atencion", "help@corral", "dolores"} {
		if hits := search(t, l, caseID, words); len(hits) != 1 || hits[0].ID != m.ID || hits[0].At.Format(time.RFC3339) != "2026-03-02T16:30:00Z" {
			t.Errorf("%q finds %v", words, hits)
		}
	}
}

func TestAReadingIsStoredWithWhatFollowsFromItOnceOnly(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	l, otherProcess := open(t, directory), open(t, directory)
	caseID := newCase(t, l)
	m := putMessage(t, l, caseID, mail("Your invoice", onSecondOfMarch, "See the attachment."))
	attachment := func() library.Draft {
		return draftOf(record.KindEvidence, caseID, casefile.Evidence{
			CaseID: caseID, FileName: "invoice.pdf", MediaType: "application/pdf", SHA256: m.SHA256, MessageID: m.ID, Attachment: "2",
		})
	}
	readAndStore(t, l, m, attachment())
	readAndStore(t, otherProcess, m, attachment()) // it had read it before the first was stored
	file, err := l.CaseFile(t.Context(), caseID)
	if err != nil || len(file.Evidence) != 1 {
		t.Errorf("%d attachments became evidence, %v, want one", len(file.Evidence), err)
	}
	kept, err := l.AttachmentsKept(t.Context(), m.ID)
	if diff := cmp.Diff(map[string]bool{"2": true}, kept); err != nil || diff != "" {
		t.Errorf("%v, -want +got:\n%s", err, diff)
	}
	requireHolds(t, l)
}

func TestAReadingThatCanNotBeStoredLeavesNothingBehind(t *testing.T) {
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	m := putMessage(t, l, caseID, mail("Your invoice", onSecondOfMarch, "See the attachment."))
	reading, err := l.ReadMessage(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	before := entries(t, l)
	broken := library.MessageRead{MessageID: m.ID, Reading: reading, Drafts: []library.Draft{draftOf(record.KindEvidence, caseID, "no evidence")}}
	if err := l.StoreReadings(t.Context(), broken); err == nil {
		t.Fatal("it was stored")
	}
	if diff := cmp.Diff(before, entries(t, l)); diff != "" || len(unread(t, l, caseID)) != 1 {
		t.Errorf("something was written: %s", diff)
	}
}

func TestReadingsThatAreStoredTogetherAreAnActOfEachMessage(t *testing.T) {
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	var read []library.MessageRead
	for _, subject := range []string{"Your invoice", "Your receipt"} {
		m := putMessage(t, l, caseID, mail(subject, onSecondOfMarch, "See the attachment."))
		reading, err := l.ReadMessage(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		attachment := draftOf(record.KindEvidence, caseID, casefile.Evidence{
			CaseID: caseID, FileName: subject + ".pdf", SHA256: m.SHA256, MessageID: m.ID, Attachment: "2"})
		read = append(read, library.MessageRead{MessageID: m.ID, Reading: reading, Drafts: []library.Draft{attachment}})
	}
	before := entries(t, l)
	if err := l.StoreReadings(t.Context(), read...); err != nil {
		t.Fatal(err)
	}
	acts := map[string]bool{}
	err := l.Entries(t.Context(), func(stored record.Stored) error {
		if stored.Header.Kind == record.KindEvidence {
			acts[stored.Header.OperationID] = true
		}
		return nil
	})
	if err != nil || len(acts) != 2 || len(entries(t, l)) != len(before)+2 {
		t.Errorf("%d acts, %v", len(acts), err)
	}
	if waiting := unread(t, l, caseID); len(waiting) != 0 {
		t.Errorf("%v waits to be read", waiting)
	}
	if err := l.StoreReadings(t.Context(), read...); err != nil {
		t.Fatal(err)
	}
	if again := entries(t, l); len(again) != len(before)+2 {
		t.Errorf("stored again, they add %d entries", len(again)-len(before)-2)
	}
}

func TestANewerReaderReadsEveryMessageAgain(t *testing.T) {
	directory := t.TempDir()
	old := options(directory)
	old.Reader = "reader/1"
	old.ReadMessage = func(io.Reader) casefile.Reading { return casefile.Reading{Reader: "reader/1", Subject: "unreadable"} }
	first := openWith(t, old)
	caseID := newCase(t, first)
	m := putMessage(t, first, caseID, mail("Your parcel", onSecondOfMarch, "It is lost."))
	readAndStore(t, first, m)
	if len(unread(t, first, "")) != 0 {
		t.Error("the reader that read it wants to read it again")
	}
	second := open(t, directory)
	if len(unread(t, second, "")) != 1 {
		t.Fatal("the newer reader does not want to read it")
	}
	readAndStore(t, second, m)
	if len(search(t, second, "", "unreadable")) != 0 || len(search(t, second, "", "lost")) != 1 {
		t.Error("the search finds what the old reader read")
	}
	requireHolds(t, second)
}

func TestAMessageWhoseAttachmentsAreNotOnRecordStaysUnreadInARebuild(t *testing.T) {
	o := options(t.TempDir())
	o.Reader = "reader"
	o.ReadMessage = func(io.Reader) casefile.Reading {
		return casefile.Reading{Reader: "reader", Attachments: []casefile.Attachment{
			{Part: "2", FileName: "invoice.pdf", Content: []byte("invoice")}, {Part: "3", FileName: "logo.png", Inline: true},
		}}
	}
	l := openWith(t, o)
	caseID := newCase(t, l)
	m := putMessage(t, l, caseID, mail("Your invoice", onSecondOfMarch, "See the attachment."))
	for _, waiting := range []int{1, 0} {
		if err := l.Rebuild(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if got := len(unread(t, l, caseID)); got != waiting {
			t.Errorf("%d wait to be read, want %d", got, waiting)
		}
		requireHolds(t, l)
		readAndStore(t, l, m, draftOf(record.KindEvidence, caseID, casefile.Evidence{
			CaseID: caseID, FileName: "invoice.pdf", SHA256: m.SHA256, MessageID: m.ID, Attachment: "2",
		}))
	}
	if file, err := l.CaseFile(t.Context(), caseID); err != nil || len(file.Evidence) != 1 {
		t.Errorf("%d attachments became evidence, %v", len(file.Evidence), err)
	}
}

func TestWhatAnOlderReaderReadDoesNotCountAsDamage(t *testing.T) {
	directory := t.TempDir()
	old := options(directory)
	old.Reader = "reader/1"
	old.ReadMessage = func(io.Reader) casefile.Reading {
		return casefile.Reading{Reader: "reader/1", Subject: "as it read then"}
	}
	first := openWith(t, old)
	readAndStore(t, first, putMessage(t, first, newCase(t, first), mail("Your parcel", onSecondOfMarch, "It is lost.")))
	requireHolds(t, open(t, directory))
}

func TestACorrectedMessageStillSaysWhatItsBytesSay(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	contact := put(t, l, record.KindContact, caseID, call(caseID, "They wrote to me"))
	link := func(m casefile.Message) {
		correct(t, l, caseID, m.ID, map[string]any{"contact": contact})
	}
	before := putMessage(t, l, caseID, mail("Linked before it was read", onSecondOfMarch, "aubergine"))
	link(before)
	readAndStore(t, l, before)
	after := putMessage(t, l, caseID, mail("Linked after it was read", onSecondOfMarch, "aubergine"))
	readAndStore(t, l, after)
	link(after)
	if hits := search(t, l, "", "linked aubergine"); len(hits) != 2 {
		t.Errorf("%d are found, want both", len(hits))
	}
	file, err := l.CaseFile(t.Context(), caseID)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range file.Messages {
		if m.Value.ContactID != contact || len(m.Entry.Corrections) != 1 || !strings.HasPrefix(m.Value.Reading.Subject, "Linked") {
			t.Errorf("it reads as %+v", m.Value)
		}
	}
	requireHolds(t, l)
}

func TestADateNobodyCanLiveInDoesNotBreakTheSearch(t *testing.T) {
	for _, date := range []string{"9999-12-31T23:59:59-12:00", "0000-01-01T00:00:00+14:00", "yesterday"} {
		t.Run(date, func(t *testing.T) {
			o := options(t.TempDir())
			o.Reader = "odd"
			o.ReadMessage = func(io.Reader) casefile.Reading {
				return casefile.Reading{Reader: "odd", Subject: "aubergine", Date: date}
			}
			l := openWith(t, o)
			m := putMessage(t, l, newCase(t, l), mail("Any", onSecondOfMarch, "Text"))
			readAndStore(t, l, m)
			if hits := search(t, l, "", "aubergine"); len(hits) != 1 {
				t.Errorf("it finds %v", hits)
			}
			requireHolds(t, l)
		})
	}
}

func TestNothingIsReadFromADamagedMessage(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	for name, text := range map[string]string{"a small one": "lost", "a large one": strings.Repeat("lost and found ", mebibyte/10)} {
		t.Run(name, func(t *testing.T) {
			directory := t.TempDir()
			l := open(t, directory)
			m := putMessage(t, l, newCase(t, l), mail("Your parcel", onSecondOfMarch, text))
			readAndStore(t, l, m)
			requireHolds(t, l)
			if m.Size > mebibyte {
				overwrite(t, vaultPath(directory, library.Content{SHA256: m.SHA256}), func(data []byte) []byte { data[200]++; return data })
			} else {
				execute(t, behind(t, directory, "contents.db"), "UPDATE content SET bytes = x'00'")
			}
			_, err := l.ReadMessage(t.Context(), m)
			requireProblem(t, err, problem.ContentDamaged)
			want := record.Finding{What: library.ContentDamaged, Where: m.SHA256}
			if found := findings(t, l); len(found) != 1 || found[0] != want {
				t.Errorf("the check finds %v", found)
			}
			if err := l.Rebuild(t.Context(), nil); err != nil {
				t.Fatalf("the rebuild gives up: %v", err)
			}
			if len(unread(t, l, "")) != 1 {
				t.Error("the rebuild reads it")
			}
			if found := findings(t, l); len(found) != 1 || found[0] != want {
				t.Errorf("after a rebuild the check finds %v", found)
			}
		})
	}
}

func TestALibraryKnowsWhichMessagesItHas(t *testing.T) {
	l := open(t, t.TempDir())
	caseID, other := newCase(t, l), newCase(t, l)
	m := putMessage(t, l, caseID, mail("Your parcel", onSecondOfMarch, "It is lost."))
	absent := sha256.Sum256([]byte("never seen"))
	for _, test := range []struct {
		caseID, sum string
		want        bool
	}{{caseID, m.SHA256, true}, {other, m.SHA256, false}, {caseID, hex.EncodeToString(absent[:]), false}} {
		if got, err := l.HasMessage(t.Context(), test.caseID, test.sum); err != nil || got != test.want {
			t.Errorf("got %t, %v, want %t", got, err, test.want)
		}
	}
	source := m.Source
	for _, test := range []struct {
		name   string
		caseID string
		change func(*casefile.MessageSource)
		want   map[int64]bool
	}{
		{"of the same mailbox", caseID, func(*casefile.MessageSource) {}, map[int64]bool{m.Source.UID: true}},
		{"of a mailbox that was made anew", caseID, func(s *casefile.MessageSource) { s.UIDValidity++ }, map[int64]bool{}},
		{"of another mailbox", caseID, func(s *casefile.MessageSource) { s.Mailbox = "Archive" }, map[int64]bool{}},
		{"of another person", caseID, func(s *casefile.MessageSource) { s.User = "marc" }, map[int64]bool{}},
		{"of another server", caseID, func(s *casefile.MessageSource) { s.Host = "mail.test" }, map[int64]bool{}},
		{"of another case", other, func(*casefile.MessageSource) {}, map[int64]bool{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			changed := source
			test.change(&changed)
			got, err := l.ImportedUIDs(t.Context(), test.caseID, changed)
			if diff := cmp.Diff(test.want, got); err != nil || diff != "" {
				t.Errorf("%v, -want +got:\n%s", err, diff)
			}
		})
	}
}

func TestACaseWithoutItsMailHasAllElseAndItsDates(t *testing.T) {
	l := open(t, t.TempDir())
	caseID := newCase(t, l)
	put(t, l, record.KindContact, caseID, call(caseID, "They hung up"))
	readAndStore(t, l, putMessage(t, l, caseID, mail("Your parcel", onSecondOfMarch, "It is lost.")))
	putMessage(t, l, caseID, mail("Not read yet", onSecondOfMarch, "Nothing."))
	want := caseFile(t, l, caseID)
	for i := range want.Messages {
		reading := &want.Messages[i].Value.Reading
		*reading = casefile.Reading{Date: reading.Date}
	}
	got, err := l.CaseFileWithoutMail(t.Context(), caseID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got.Messages[0].Value.Reading.Date+got.Messages[1].Value.Reading.Date != "2026-03-02T11:30:00-05:00" {
		t.Errorf("the messages are %+v", got.Messages)
	}
	_, err = l.CaseFileWithoutMail(t.Context(), "none")
	requireProblem(t, err, problem.NotFound)
}

func TestAMessageThatIsErasedWhileItIsReadLeavesNothing(t *testing.T) {
	directory := t.TempDir()
	l := open(t, directory)
	caseID := newCase(t, l)
	m := putMessage(t, l, caseID, mail("Your xanthium", onSecondOfMarch, "See the attachment."))
	reading, err := l.ReadMessage(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	erase(t, l, m.ID)
	attachment := draftOf(record.KindEvidence, caseID, casefile.Evidence{CaseID: caseID, FileName: "xanthium.pdf", SHA256: m.SHA256, MessageID: m.ID, Attachment: "2"})
	late := library.MessageRead{MessageID: m.ID, Reading: reading, Drafts: []library.Draft{attachment}}
	if err := l.StoreReadings(t.Context(), late); err != nil {
		t.Fatal(err)
	}
	requireGone(t, directory, "xanthium")
	requireHolds(t, l)
}
