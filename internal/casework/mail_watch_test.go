package casework_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/mail/imap/dovecottest"
	"constancia/internal/problem"
)

// watched begins a case whose mailbox is kept and watched.
func watched(t *testing.T, messages [][]byte) (*work, dovecottest.Server, string) {
	t.Helper()
	server := dovecottest.Start(t, messages)
	w := begin(t)
	added, err := w.AddMailbox(t.Context(), casework.NewMailbox{Address: server.User, Account: importOf(server, w.caseID).Account}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return w, server, added.ID
}

// looked looks for new mail, and gives the subjects of what waits.
func (w *work) looked() []string {
	w.t.Helper()
	if _, err := w.LookForMail(w.t.Context(), w.caseID, nil); err != nil {
		w.t.Fatal(err)
	}
	return w.waiting()
}

func (w *work) waiting() []string {
	w.t.Helper()
	watches, err := w.MailWatches(w.t.Context())
	if err != nil || len(watches) != 1 {
		w.t.Fatalf("%d cases are watched, %v", len(watches), err)
	}
	subjects := []string{}
	for _, mail := range watches[0].Waiting {
		subjects = append(subjects, mail.Subject)
	}
	return subjects
}

func TestAWatchedCaseOffersWhatCameSinceTheSearch(t *testing.T) {
	t.Parallel() // it waits for the server, mostly
	w, server, mailbox := watched(t, bytesOf(parcelMail))
	r, err := w.NewMailReview(t.Context(), casework.MailSearch{CaseID: w.caseID, Terms: []casework.MailTerm{corral}, Until: "2026-03-30"})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := w.SearchMailbox(t.Context(), r, mailbox, nil); err != nil {
		t.Fatal(err)
	}
	if err := w.WatchMail(t.Context(), w.caseID, mailbox, r); err != nil {
		t.Fatal(err)
	}
	if got := w.looked(); len(got) != 0 {
		t.Errorf("what the person has seen is offered: %v", got)
	}
	waited := make(chan error)
	go func() { waited <- w.WaitForMail(t.Context(), mailbox) }()
	server.Deliver(t, "INBOX", note{"Corral <ayuda@corral.example>", dolores, "Aparecido", "f@corral.example", "", "Lo tenemos", 9}.bytes())
	server.Deliver(t, "INBOX", note{"Otra <x@otra.example>", dolores, "Nada que ver", "g@otra.example", "", "", 9}.bytes())
	if err := <-waited; err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Aparecido"}, w.looked()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Aparecido"}, w.looked()); diff != "" {
		t.Errorf("looked for twice, -want +got:\n%s", diff)
	}
	if count := len(w.file().Messages); count != 0 {
		t.Errorf("watching brought %d emails", count)
	}
	offered, err := w.ReviewWaitingMail(t.Context(), w.caseID)
	if err != nil {
		t.Fatal(err)
	}
	defer offered.Close()
	requireCounts(t, w.importAll(offered), 1, 0, 0, 0)
	if got := w.waiting(); len(got) != 0 {
		t.Errorf("afterwards %v wait", got)
	}
	w.requireHolds()
}

func TestWhatIsDismissedIsNotOfferedAgain(t *testing.T) {
	t.Parallel() // it waits for the server, mostly
	w, _, mailbox := watched(t, bytesOf(parcelMail))
	if err := w.WatchMail(t.Context(), w.caseID, mailbox, nil); err != nil {
		t.Fatal(err)
	}
	if got := w.looked(); len(got) != 3 { // of the carrier's domain, and with the order's number
		t.Errorf("it offers %v", got)
	}
	if err := w.DismissMail(t.Context(), w.caseID); err != nil {
		t.Fatal(err)
	}
	if got := w.looked(); len(got) != 0 {
		t.Errorf("it offers %v again", got)
	}
	if err := w.StopWatchingMail(t.Context(), w.caseID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.LookForMail(t.Context(), w.caseID, nil); !errors.Is(err, problem.New(problem.NotFound, nil)) {
		t.Errorf("a case that is not watched: got %v", err)
	}
}

func TestAWatchSaysWhenItLookedAndWhatFailed(t *testing.T) {
	t.Parallel() // it waits for the server, mostly
	w, _, mailbox := watched(t, nil)
	if err := w.WatchMail(t.Context(), w.caseID, mailbox, nil); err != nil {
		t.Fatal(err)
	}
	w.looked()
	if _, err := w.ForgetMailbox(t.Context(), mailbox); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(time.Hour)
	if _, err := w.LookForMail(t.Context(), w.caseID, nil); !errors.Is(err, problem.New(problem.NotFound, nil)) {
		t.Errorf("got %v", err)
	}
	watches, err := w.MailWatches(t.Context())
	if err != nil || len(watches) != 1 || watches[0].Looked != "2026-03-20T13:00:00Z" || watches[0].Failure == nil || watches[0].Failure.Code != problem.NotFound {
		t.Errorf("it says %+v, %v", watches, err)
	}
}

func TestAnEmailAndAContactThatWasLoggedAreFoundToBeTheSame(t *testing.T) {
	w := begin(t)
	logged := func(company, when string, channel casefile.Channel, direction casefile.Direction) string {
		made, err := w.LogContact(t.Context(), casework.LogContact{
			CaseID: w.caseID, Company: company, When: when, Channel: channel, Direction: direction, Basis: casefile.Memory, Summary: "Escribieron",
		})
		if err != nil {
			t.Fatal(err)
		}
		return made.ID
	}
	logged("Corral Exprés", "2026-03-02", casefile.Phone, casefile.Incoming)
	logged("Almacenes Lumen", "2026-03-02", casefile.Email, casefile.Incoming)
	logged("Corral Exprés", "2026-03-02T16:00", casefile.Email, casefile.Incoming)
	received := logged("Corral Exprés", "2026-03-02T11:00", casefile.Email, casefile.Incoming)
	sent := logged("Corral Exprés", "2026-03-03", casefile.Email, casefile.Outgoing)
	w.importAll(w.review(casework.MailSearch{Everything: true}, parcelMail))
	events, err := w.SameEvents(t.Context(), w.caseID)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, event := range events {
		got[event.ContactID] = event.Subject
	}
	if diff := cmp.Diff(map[string]string{received: "Su envío", sent: "Re: Su envío"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	before, err := w.Figures(t.Context(), w.caseID)
	if err != nil {
		t.Fatal(err)
	}
	link, err := w.LinkMessage(t.Context(), events[0].MessageID, events[0].ContactID)
	if err != nil {
		t.Fatal(err)
	}
	after, err := w.Figures(t.Context(), w.caseID)
	if err != nil || after.Contacts != before.Contacts-1 {
		t.Errorf("%d contacts became %d, %v", before.Contacts, after.Contacts, err)
	}
	if events, err = w.SameEvents(t.Context(), w.caseID); err != nil || len(events) != 1 {
		t.Errorf("%d are left, %v", len(events), err)
	}
	if _, err := w.Undo(t.Context(), []string{link}); err != nil {
		t.Fatal(err)
	}
	if events, err = w.SameEvents(t.Context(), w.caseID); err != nil || len(events) != 2 {
		t.Errorf("parted again, %d are there, %v", len(events), err)
	}
	w.requireHolds()
}
