package casework_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/mail/imap/dovecottest"
)

func TestAMailboxThatTheServerNumbersAnewIsReadAgainAndNothingComesTwice(t *testing.T) {
	t.Parallel() // it waits for the server, mostly
	server := dovecottest.Start(t, realMail(12))
	w := begin(t)
	n := importOf(server, w.caseID)
	requireCounts(t, w.importMail(n), 12, 0, 1, 0)
	before := w.file().Messages[0].Value.Source.UIDValidity
	if err := os.Remove(filepath.Join(server.MaildirPath, "dovecot-uidlist")); err != nil {
		t.Fatal(err)
	}
	found, err := w.FindMail(t.Context(), n, nil)
	if err != nil || len(found) != 12 {
		t.Fatalf("%d found, %v", len(found), err)
	}
	requireCounts(t, w.importMail(n), 0, 12, 0, 0)
	w.requireStored(onDisk(t, server)...)
	if got := w.file().Messages[0].Value.Source.UIDValidity; got != before {
		t.Errorf("where it came from has changed: %d, then %d", before, got)
	}
	entries := w.entries()
	requireCounts(t, w.importMail(n), 0, 12, 0, 0)
	if w.entries() != entries {
		t.Error("an import that was repeated adds entries")
	}
	details, err := w.MessageDetails(t.Context(), w.file().Messages[0].Value.ID)
	if err != nil || len(details.Sightings) != 1 || details.Sightings[0].UIDValidity == before || details.Sightings[0].Mailbox != "INBOX" {
		t.Errorf("it was met at %+v, %v", details.Sightings, err)
	}
	w.requireHolds()
}

func TestMessagesThatAreDeletedDuringAnImportAreToldAndTheOthersCome(t *testing.T) {
	t.Parallel() // it waits for the server, mostly
	server := dovecottest.Start(t, realMail(150))
	w := begin(t)
	n := importOf(server, w.caseID)
	deleted := 0
	result, err := w.ImportIMAP(t.Context(), n, func(progress casework.Progress) {
		if progress.What != "fetching" || deleted > 0 {
			return
		}
		names, err := filepath.Glob(filepath.Join(server.MaildirPath, "cur", "*"))
		if err != nil || len(names) != 150 {
			t.Errorf("%d messages, %v", len(names), err)
			return
		}
		for _, name := range names[100:140] { // asked for later
			if err := os.Remove(name); err != nil {
				t.Error(err)
			}
			deleted++
		}
	})
	if err != nil || deleted != 40 || result.Imported+result.Failed != 150 || result.Imported < 110 {
		t.Errorf("%d deleted; %+v, %v", deleted, result, err)
	}
	for _, failure := range result.Failures {
		if !strings.HasPrefix(failure.Where, "UID ") {
			t.Errorf("it says %q: %v", failure.Where, failure.Problem)
		}
	}
	w.requireStored(onDisk(t, server)...)
	again := w.importMail(n)
	if again.Imported != 0 || again.Failed != 0 {
		t.Errorf("once more: %+v", again)
	}
	w.requireHolds()
}
