package casework_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/mail/imap/dovecottest"
	"constancia/internal/problem"
)

// note is an email of March 2026.
type note struct {
	from, to, subject, id, answers, text string
	day                                  int
}

func (n note) bytes() []byte {
	header := fmt.Sprintf("From: %s\r\nTo: %s\r\nSubject: %s\r\nDate: %02d Mar 2026 10:05:00 +0100\r\nMessage-ID: <%s>\r\n", n.from, n.to, n.subject, n.day, n.id)
	if n.answers != "" {
		header += "In-Reply-To: <" + n.answers + ">\r\nReferences: <" + n.answers + ">\r\n"
	}
	return []byte(header + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + n.text + "\r\n")
}

const dolores = "Dolores <dolores@example.org>"

// parcelMail is what Dolores has of the lost parcel, and something else.
var parcelMail = []note{
	{"Corral Exprés <ayuda@mail.corral.example>", dolores, "Su envío", "a@corral.example", "", "No está", 2},
	{dolores, "ayuda@mail.corral.example", "Re: Su envío", "b@example.org", "a@corral.example", "Lo quiero hoy", 3},
	{"Lumen <pedidos@tienda.example>", dolores, "Pedido L-4471 confirmado", "c@tienda.example", "", "Gracias", 1},
	{"Jefa <jefa@otra.example>", dolores, "RV: Su envío", "d@otra.example", "b@example.org", "¿Y esto?", 4},
	{"Boletín <ofertas@recorral.example>", dolores, "Ofertas", "e@recorral.example", "", "Nada de L-4471", 5},
}

func bytesOf(notes []note) [][]byte {
	all := make([][]byte, len(notes))
	for i, one := range notes {
		all[i] = one.bytes()
	}
	return all
}

// unix are emails as an mbox has them: with the line ends of its system.
func unix(notes []note) [][]byte {
	all := bytesOf(notes)
	for i := range all {
		all[i] = bytes.ReplaceAll(all[i], []byte("\r\n"), []byte("\n"))
	}
	return all
}

// review searches an mbox with the emails.
func (w *work) review(search casework.MailSearch, notes []note) *casework.MailReview {
	w.t.Helper()
	search.CaseID = w.caseID
	r, err := w.NewMailReview(w.t.Context(), search)
	if err != nil {
		w.t.Fatal(err)
	}
	path := save(w.t, w.t.TempDir(), "mail.mbox", mbox(bytesOf(notes)...))
	if err := w.SearchMailFiles(w.t.Context(), r, []string{path}, nil); err != nil {
		w.t.Fatal(err)
	}
	return r
}

// conversations tells a review as a list of lists of Message-IDs.
func conversations(r *casework.MailReview) [][]string {
	found := [][]string{}
	for _, one := range r.Page(0, 100).Conversations {
		var ids []string
		for _, mail := range one.Emails {
			ids = append(ids, mail.MessageID)
		}
		found = append(found, ids)
	}
	return found
}

func all(string) bool { return true }

func (w *work) importAll(r *casework.MailReview) casework.ImportResult {
	w.t.Helper()
	plan, err := r.Plan(all)
	if err != nil {
		w.t.Fatal(err)
	}
	result, err := w.ImportPlanned(w.t.Context(), plan, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return result
}

var (
	corral = casework.MailTerm{Kind: casework.TermDomain, Text: "corral.example"}
	order  = casework.MailTerm{Kind: casework.TermReference, Text: "L-4471"}
)

func TestWhatIsWorthLookingForComesFromWhatTheCaseKnows(t *testing.T) {
	w := begin(t)
	if _, err := w.LogContact(t.Context(), casework.LogContact{
		CaseID: w.caseID, Company: "Corral Exprés", When: "2026-03-05", Channel: casefile.Phone, Direction: casefile.Outgoing,
		Basis: casefile.Memory, CompanyReference: "INC-99", Summary: "Que escriba a quejas@corral.example o a perez.corral@gmail.com",
	}); err != nil {
		t.Fatal(err)
	}
	w.importAll(w.review(casework.MailSearch{Terms: []casework.MailTerm{order}}, parcelMail))
	suggestions, err := w.SuggestMail(t.Context(), w.caseID)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, one := range suggestions {
		got = append(got, fmt.Sprintf("%s %s %s %v", one.Kind, one.Text, one.Reason, one.Likely))
	}
	want := []string{
		"name Almacenes Lumen company true", "reference L-4471 reference true",
		"domain corral.example company true", "name Corral Exprés company false",
		"domain tienda.example mail true", "reference INC-99 contact true", "address perez.corral@gmail.com contact false",
		"replies  conversations true",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestEmailsOfFilesAreFoundByEachKindOfTermAndToldAsConversations(t *testing.T) {
	w := begin(t)
	tests := []struct {
		name   string
		search casework.MailSearch
		want   [][]string
	}{
		{"a domain and those below it", casework.MailSearch{Terms: []casework.MailTerm{corral}}, [][]string{{"a@corral.example", "b@example.org"}}},
		{"an address", casework.MailSearch{Terms: []casework.MailTerm{{Kind: casework.TermAddress, Text: "Jefa@otra.example"}}}, [][]string{{"d@otra.example"}}},
		{"a name without its accents", casework.MailSearch{Terms: []casework.MailTerm{{Kind: casework.TermName, Text: "corral expres"}}}, [][]string{{"a@corral.example"}}},
		{"a number in the subject", casework.MailSearch{Terms: []casework.MailTerm{order}}, [][]string{{"c@tienda.example"}}},
		{"a number anywhere", casework.MailSearch{Terms: []casework.MailTerm{order}, Text: true}, [][]string{{"e@recorral.example"}, {"c@tienda.example"}}},
		{"two terms", casework.MailSearch{Terms: []casework.MailTerm{corral, order}}, [][]string{{"a@corral.example", "b@example.org"}, {"c@tienda.example"}}},
		{"some days", casework.MailSearch{Terms: []casework.MailTerm{corral}, Since: "2026-03-03", Until: "2026-03-03"}, [][]string{{"b@example.org"}}},
		{"all of it", casework.MailSearch{Everything: true},
			[][]string{{"e@recorral.example"}, {"a@corral.example", "b@example.org", "d@otra.example"}, {"c@tienda.example"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, conversations(w.review(test.search, parcelMail))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestASearchThatSaysNothingIsRefused(t *testing.T) {
	w := begin(t)
	tests := map[problem.Code]casework.MailSearch{
		problem.Missing:    {},
		problem.NotADate:   {Terms: []casework.MailTerm{corral}, Since: "yesterday"},
		problem.NotAChoice: {Terms: []casework.MailTerm{{Kind: "smell", Text: "fish"}}},
	}
	for code, search := range tests {
		search.CaseID = w.caseID
		if _, err := w.NewMailReview(t.Context(), search); !errors.Is(err, problem.New(code, nil)) {
			t.Errorf("%s: got %v", code, err)
		}
	}
	if _, err := w.NewMailReview(t.Context(), casework.MailSearch{CaseID: "none", Terms: []casework.MailTerm{corral}}); !errors.Is(err, problem.New(problem.NotFound, nil)) {
		t.Errorf("a case that is not there: got %v", err)
	}
}

func TestOnlyWhatIsChosenComesInAndIsKnownFromThenOn(t *testing.T) {
	w := begin(t)
	r := w.review(casework.MailSearch{Everything: true}, parcelMail)
	var chosen string
	for _, one := range r.Page(0, 10).Conversations {
		if one.Emails[0].MessageID == "c@tienda.example" {
			chosen = one.Emails[0].ID
		}
	}
	plan, err := r.Plan(func(id string) bool { return id == chosen })
	if err != nil {
		t.Fatal(err)
	}
	result, err := w.ImportPlanned(t.Context(), plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	requireCounts(t, result, 1, 0, 0, 0)
	w.requireStored(unix(parcelMail[2:3])...)
	page := w.review(casework.MailSearch{Everything: true}, parcelMail).Page(0, 10)
	if last := page.Conversations[2]; page.New != 4 || last.New != 0 || last.Emails[0].State != casework.MailKnown ||
		last.Emails[0].EntryID != w.file().Messages[0].Value.ID {
		t.Errorf("afterwards %d are new, and that one is %+v", page.New, last)
	}
	if _, err := r.Plan(func(string) bool { return false }); !errors.Is(err, problem.New(problem.Missing, nil)) {
		t.Errorf("choosing none: got %v", err)
	}
	w.requireHolds()
}

func TestAnImportIsTakenBackAsOneThingAndSaidToBe(t *testing.T) {
	w := begin(t)
	r, err := w.NewMailReview(t.Context(), casework.MailSearch{CaseID: w.caseID, Everything: true})
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	save(t, folder, "a.eml", email("Factura", "Adjunta", "%PDF-1.7 factura"))
	save(t, folder, "b.eml", parcelMail[0].bytes())
	if err := w.SearchMailFiles(t.Context(), r, []string{folder}, nil); err != nil {
		t.Fatal(err)
	}
	result := w.importAll(r)
	if file := w.file(); len(file.Messages) != 2 || len(file.Evidence) != 1 {
		t.Fatalf("%d emails came in, with %d attachments", len(file.Messages), len(file.Evidence))
	}
	retractions, err := w.Undo(t.Context(), result.Acts)
	if err != nil {
		t.Fatal(err)
	}
	if file := w.file(); len(file.Messages)+len(file.Evidence) != 0 {
		t.Errorf("%d emails and %d attachments stay", len(file.Messages), len(file.Evidence))
	}
	again, err := w.NewMailReview(t.Context(), casework.MailSearch{CaseID: w.caseID, Everything: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.SearchMailFiles(t.Context(), again, []string{folder}, nil); err != nil {
		t.Fatal(err)
	}
	for _, one := range again.Page(0, 10).Conversations {
		if one.Emails[0].State != casework.MailTakenBack {
			t.Errorf("%q is offered as %s", one.Subject, one.Emails[0].State)
		}
	}
	if _, err := w.Redo(t.Context(), retractions); err != nil {
		t.Fatal(err)
	}
	if file := w.file(); len(file.Messages) != 2 || len(file.Evidence) != 1 {
		t.Errorf("%d emails and %d attachments come back", len(file.Messages), len(file.Evidence))
	}
	w.requireHolds()
}

func TestAConversationIsWidenedBeyondWhatWasFound(t *testing.T) {
	w := begin(t)
	r := w.review(casework.MailSearch{Terms: []casework.MailTerm{corral}, Since: "2026-03-03"}, parcelMail)
	if diff := cmp.Diff([][]string{{"b@example.org"}}, conversations(r)); diff != "" {
		t.Fatal(diff)
	}
	more, err := w.WidenMail(t.Context(), r, r.Page(0, 1).Conversations[0].ID, nil)
	if err != nil || more != 2 {
		t.Errorf("%d more were found, %v", more, err)
	}
	if diff := cmp.Diff([][]string{{"a@corral.example", "b@example.org", "d@otra.example"}}, conversations(r)); diff != "" {
		t.Error(diff)
	}
}

func TestAnEmailIsReadBeforeItIsChosenAndNothingOfItIsKept(t *testing.T) {
	w := begin(t)
	r := w.review(casework.MailSearch{Terms: []casework.MailTerm{corral}}, parcelMail)
	reading, err := w.PreviewMail(t.Context(), r, r.Page(0, 1).Conversations[0].Emails[1].ID)
	if err != nil || strings.TrimSpace(reading.Text) != "Lo quiero hoy" {
		t.Errorf("it reads %q, %v", reading.Text, err)
	}
	if _, err := w.PreviewMail(t.Context(), r, "99"); !errors.Is(err, problem.New(problem.NotFound, nil)) {
		t.Errorf("one that was not found: got %v", err)
	}
	if count := len(w.file().Messages); count != 0 {
		t.Errorf("%d emails are in the case", count)
	}
}

func TestFilesThatChangedSinceTheSearchAreNotImported(t *testing.T) {
	w := begin(t)
	r := w.review(casework.MailSearch{Everything: true}, parcelMail)
	plan, err := r.Plan(all)
	if err != nil {
		t.Fatal(err)
	}
	path := plan.Files.Paths[0]
	save(t, filepath.Dir(path), filepath.Base(path), mbox(parcelMail[4].bytes()))
	if _, err := w.ImportPlanned(t.Context(), plan, nil); !errors.Is(err, problem.New(problem.FileChanged, nil)) {
		t.Errorf("got %v", err)
	}
	if count := len(w.file().Messages); count != 0 {
		t.Errorf("%d emails came in", count)
	}
}

func TestAnImportThatWasCutOffGoesOnWhereItWas(t *testing.T) {
	w := begin(t)
	r := w.review(casework.MailSearch{Everything: true}, parcelMail)
	plan, err := r.Plan(all)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cut := context.WithCancel(t.Context())
	result, err := w.ImportPlanned(ctx, plan, func(p casework.Progress) {
		if p.What == "fetching" && p.Done == 2 {
			cut()
		}
	})
	if !errors.Is(err, problem.New(problem.Cancelled, nil)) || result.Imported == 0 || result.Imported == 5 {
		t.Fatalf("%d came in, %v", result.Imported, err)
	}
	left, err := w.UnfinishedMail(t.Context(), w.caseID)
	if err != nil || left == nil {
		t.Fatalf("what is left is not known: %v", err)
	}
	rest, err := w.ImportPlanned(t.Context(), *left, nil)
	if err != nil || rest.Imported != 5-result.Imported || rest.Already != result.Imported {
		t.Errorf("then %+v, %v", rest, err)
	}
	if left, err := w.UnfinishedMail(t.Context(), w.caseID); left != nil || err != nil {
		t.Errorf("afterwards %+v is left, %v", left, err)
	}
	w.requireStored(unix(parcelMail)...)
	w.requireHolds()
}

func TestEmailsOfAServerAreFoundInAllItsFoldersChosenAndTakenIn(t *testing.T) {
	t.Parallel() // it waits for the server, mostly
	server := dovecottest.Start(t, bytesOf(parcelMail[2:]))
	server.Deliver(t, "INBOX", parcelMail[0].bytes())
	server.Deliver(t, "Enviados", parcelMail[1].bytes())
	server.Deliver(t, "Papelera", note{"x@corral.example", dolores, "Tirado", "t@corral.example", "", "", 6}.bytes())
	w := begin(t)
	account := importOf(server, w.caseID).Account
	r, err := w.NewMailReview(t.Context(), casework.MailSearch{CaseID: w.caseID, Terms: []casework.MailTerm{corral}})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := w.SearchAccount(t.Context(), r, account, nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{{"a@corral.example", "b@example.org"}}, conversations(r)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if more, err := w.WidenMail(t.Context(), r, r.Page(0, 1).Conversations[0].ID, nil); err != nil || more != 1 {
		t.Errorf("widened by %d, %v", more, err)
	}
	reading, err := w.PreviewMail(t.Context(), r, r.Page(0, 1).Conversations[0].Emails[1].ID)
	if err != nil || strings.TrimSpace(reading.Text) != "Lo quiero hoy" {
		t.Errorf("it reads %q, %v", reading.Text, err)
	}
	requireCounts(t, w.importAll(r), 3, 0, 0, 0)
	w.requireStored(parcelMail[0].bytes(), parcelMail[1].bytes(), parcelMail[3].bytes())

	wide, err := w.NewMailReview(t.Context(), casework.MailSearch{CaseID: w.caseID, Terms: []casework.MailTerm{corral, {Kind: casework.TermReplies}}, ThrownAway: true})
	if err != nil {
		t.Fatal(err)
	}
	defer wide.Close()
	if err := w.SearchAccount(t.Context(), wide, account, nil); err != nil {
		t.Fatal(err)
	}
	if page := wide.Page(0, 10); page.Emails != 4 || page.New != 1 {
		t.Errorf("with what was thrown away %d are found, %d of them new", page.Emails, page.New)
	}
	w.requireHolds()
}
