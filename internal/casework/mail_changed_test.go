package casework_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/mail/imap/dovecottest"
	"constancia/internal/problem"
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

func TestAnImportThatGoesOnAfterTheServerNumberedAnewBringsEachEmailOnce(t *testing.T) {
	t.Parallel() // it waits for the server, mostly
	server := dovecottest.Start(t, realMail(40))
	w := begin(t)
	added, err := w.AddMailbox(t.Context(), casework.NewMailbox{Address: server.User, Account: importOf(server, w.caseID).Account}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.NewMailReview(t.Context(), casework.MailSearch{CaseID: w.caseID, Terms: []casework.MailTerm{{Kind: casework.TermWords, Text: "Envío"}}})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := w.SearchMailbox(t.Context(), r, added.ID, nil); err != nil || r.Count() != 37 {
		t.Fatalf("%d are found, %v", r.Count(), err)
	}
	ctx, stop := context.WithCancel(t.Context())
	plan, err := r.Plan(func(id string) bool { return id != "3" })
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.ImportPlanned(ctx, plan, func(progress casework.Progress) {
		if progress.What == "fetching" && progress.Done == 10 {
			stop()
		}
	})
	if !errors.Is(err, problem.New(problem.Cancelled, nil)) {
		t.Fatalf("it was to be cut off: %v", err)
	}
	brought := len(w.file().Messages)
	if brought >= int(plan.Total) {
		t.Fatalf("it was not cut off: %d came", brought)
	}
	numberAnew(t, server)
	left, err := w.UnfinishedMail(t.Context(), w.caseID)
	if err != nil || left == nil {
		t.Fatalf("what is left is %+v, %v", left, err)
	}
	result, err := w.ImportPlanned(t.Context(), *left, nil)
	if err != nil || result.Imported != plan.Total-int64(brought) || result.Failed != 0 {
		t.Fatalf("%d of %d had come; then %+v, %v", brought, plan.Total, result, err)
	}
	if count := len(w.file().Messages); count != int(plan.Total) {
		t.Errorf("%d emails are in the case, %d were chosen", count, plan.Total)
	}
	if again, err := w.ImportPlanned(t.Context(), plan, nil); err != nil || again.Imported != 0 || again.Already != plan.Total {
		t.Errorf("once more: %+v, %v", again, err)
	}
	w.requireHolds()
}

// Some programs give their mail no Message-ID, and say the same in every header.
func TestEmailsWithoutAMessageIDAreFoundAgainByTheirBytesAfterTheServerNumberedAnew(t *testing.T) {
	t.Parallel() // it waits for the server, mostly
	notice := func(text string) []byte {
		return []byte("From: avisos@envios.example\r\nTo: begona@correo.example\r\nSubject: Aviso de entrega\r\n" +
			"Date: Mon, 2 Mar 2026 10:00:00 +0100\r\n\r\n" + text + "\r\n")
	}
	server := dovecottest.Start(t, [][]byte{
		notice("Pasamos el lunes."), notice("Pasamos el jueves"), notice("Pasamos ayer tú."), notice("No estaba nadie en casa.")})
	w := begin(t)
	added, err := w.AddMailbox(t.Context(), casework.NewMailbox{Address: server.User, Account: importOf(server, w.caseID).Account}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.NewMailReview(t.Context(), casework.MailSearch{CaseID: w.caseID, Terms: []casework.MailTerm{{Kind: casework.TermWords, Text: "Aviso"}}})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := w.SearchMailbox(t.Context(), r, added.ID, nil); err != nil || r.Count() != 4 {
		t.Fatalf("%d are found, %v", r.Count(), err)
	}
	whole, err := r.Plan(func(string) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	part := whole
	part.Folders = slices.Clone(whole.Folders)
	part.Folders[0].UIDs, part.Folders[0].Identities = whole.Folders[0].UIDs[2:3], whole.Folders[0].Identities[2:3]
	if result, err := w.ImportPlanned(t.Context(), part, nil); err != nil || result.Imported != 1 {
		t.Fatalf("the third one: %+v, %v", result, err)
	}
	numberAnew(t, server)
	result, err := w.ImportPlanned(t.Context(), whole, nil)
	if err != nil || result.Imported != 3 || result.Already != 1 || result.Failed != 0 {
		t.Errorf("the others: %+v, %v", result, err)
	}
	w.requireStored(onDisk(t, server)...)
	w.requireHolds()
}

// numberAnew makes the server give its messages other numbers, in the opposite order.
func numberAnew(t *testing.T, server dovecottest.Server) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(server.MaildirPath, "cur", "*"))
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	slices.Sort(names)
	for i, name := range names {
		if err := os.Rename(name, filepath.Join(filepath.Dir(name), fmt.Sprintf("%03d.%s", 100-i, filepath.Base(name)))); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(server.MaildirPath, "dovecot-uidlist")); err != nil {
		t.Fatal(err)
	}
}
