package app

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"constancia/internal/casework"
	"constancia/internal/problem"
	_ "constancia/internal/secret/secrettest" // not the real keyring
)

func TestAContactThatIsLoggedIsInTheCaseWithItsPromise(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	id, err := (&Contacts{s.desk}).Log(contactIn(caseID))
	if err != nil {
		t.Fatal(err)
	}
	timeline := s.timeline(caseID)
	contact := timeline[0]
	if contact.ID != id || contact.Wall != "2026-03-02T10:05" || contact.HoldSeconds != 2100 || contact.Recorded != "later" {
		t.Errorf("got %+v", contact)
	}
	if len(contact.People) != 2 || contact.People[0].Name != "Núria" || !contact.People[1].Refused {
		t.Errorf("people: %+v", contact.People)
	}
	promise := s.promises(caseID)[0]
	if len(contact.PromiseIDs) != 1 || contact.PromiseIDs[0] != promise.ID || promise.State != "overdue" || promise.MadeIn != id {
		t.Errorf("promise: %+v", promise)
	}
	if deadline := timeline[1]; deadline.Kind != kindDeadline || deadline.Day != "2026-03-04" {
		t.Errorf("the date that passed is on the timeline: %+v", deadline)
	}

	if _, err := (&Promises{s.desk}).Settle(SettlementInput{PromiseID: promise.ID, Outcome: "late", On: "2026-03-09"}); err != nil {
		t.Fatal(err)
	}
	if got := s.promises(caseID)[0]; got.State != "late" || got.DaysLate != 5 || got.SettledOn != "2026-03-09" {
		t.Errorf("settled: %+v", got)
	}
	if end := s.timeline(caseID)[1]; end.Kind != kindSettlement || end.Outcome != "late" {
		t.Errorf("how it ended is on the timeline: %+v", end)
	}
}

func TestEverythingWrongWithAContactIsToldAtOnce(t *testing.T) {
	s := newScene(t)
	input := contactIn(s.newCase())
	input.Hold, input.Company = "a while", ""
	input.Promises[0].Amount = "much"
	_, err := (&Contacts{s.desk}).Log(input)
	fields := failureOf(err).Fields
	for _, field := range []string{"hold", "company", "promises.0.amount"} {
		if _, told := fields[field]; !told {
			t.Errorf("%s is not told: %v", field, fields)
		}
	}

	input = contactIn(input.CaseID)
	input.When = "2026-02-31"
	input.Promises[0].Due = "2026-06-31"
	_, err = (&Contacts{s.desk}).Log(input)
	fields = failureOf(err).Fields
	for _, field := range []string{"when", "promises.0.due"} {
		if _, told := fields[field]; !told {
			t.Errorf("%s is not told: %v", field, fields)
		}
	}
	if len(s.timeline(input.CaseID)) > 0 {
		t.Error("a refused contact was recorded")
	}
}

func TestNothingThePageGetsIsNull(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	head, err := (&Cases{s.desk}).Open(caseID)
	if err != nil {
		t.Fatal(err)
	}
	page, err := (&Cases{s.desk}).Timeline(caseID, TimelineFilter{}, TimelineCursor{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	strip, err := (&Cases{s.desk}).Strip(caseID)
	if err != nil {
		t.Fatal(err)
	}
	list, err := (&Cases{s.desk}).List()
	if err != nil {
		t.Fatal(err)
	}
	start, err := (&Window{s.desk}).Ready("ca-ES", "")
	if err != nil {
		t.Fatal(err)
	}
	for name, answer := range map[string]any{
		"head": head, "page": page, "strip": strip, "promises": s.promises(caseID), "evidence": s.evidence(caseID),
		"people": s.people(caseID), "list": list, "start": start,
	} {
		text, err := json.Marshal(answer)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "null") {
			t.Errorf("%s: %s", name, text)
		}
	}
	if start.SystemLanguage != "ca" {
		t.Errorf("the system speaks Catalan, got %q", start.SystemLanguage)
	}
}

func firstOf(timeline []TimelineItem, kind string) TimelineItem {
	return timeline[slices.IndexFunc(timeline, func(item TimelineItem) bool { return item.Kind == kind })]
}

func TestADossierIsMadeAsAJobWhereThePersonSaid(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	if _, err := (&Contacts{s.desk}).Log(contactIn(caseID)); err != nil {
		t.Fatal(err)
	}
	dossiers := &Dossiers{s.desk}
	input := DossierInput{CaseID: caseID, Edition: "head-office", Language: "ca"}

	if id, err := dossiers.Export(input); id != "" || err != nil {
		t.Errorf("a person who thought better of it gets no job: %q, %v", id, err)
	}

	s.saves = filepath.Join(t.TempDir(), "dossier") // without an ending
	id, err := dossiers.Export(input)
	if err != nil {
		t.Fatal(err)
	}
	report := s.finish(id)
	if report.State != jobDone || report.FileName != s.saves+".pdf" {
		t.Fatalf("got %+v", report)
	}
	if content, err := os.ReadFile(report.FileName); err != nil || !strings.HasPrefix(string(content), "%PDF-") {
		t.Errorf("not a PDF: %v", err)
	}
	if err := errors.Join(dossiers.OpenFile(id), dossiers.OpenFolder(id)); err != nil {
		t.Fatal(err)
	}
	if s.opened[0] != report.FileName || s.opened[1] != filepath.Dir(report.FileName) {
		t.Errorf("opened %v", s.opened)
	}
	if err := dossiers.OpenFile("somebody else's"); !errors.Is(err, problem.New(problem.NotFound, nil)) {
		t.Errorf("an id the page made up opens nothing: %v", err)
	}
}

func TestAJobEndsInOneReport(t *testing.T) {
	s := newScene(t)
	works := map[string]struct {
		work func(context.Context, func(casework.Progress)) (string, error)
		want string
	}{
		"done":   {func(context.Context, func(casework.Progress)) (string, error) { return "/a", nil }, jobDone},
		"failed": {func(context.Context, func(casework.Progress)) (string, error) { return "", errors.New("no") }, jobFailed},
		"panics": {func(context.Context, func(casework.Progress)) (string, error) { panic("oh") }, jobFailed},
		"cancelled": {func(ctx context.Context, report func(casework.Progress)) (string, error) {
			report(casework.Progress{What: "drawing"})
			<-ctx.Done()
			return "", ctx.Err()
		}, jobCancelled},
	}
	for name, c := range works {
		t.Run(name, func(t *testing.T) {
			id := s.jobs.start(c.work)
			if c.want == jobCancelled {
				if err := (&Dossiers{s.desk}).Cancel(id); err != nil {
					t.Fatal(err)
				}
			}
			if report := s.finish(id); report.State != c.want {
				t.Errorf("got %+v", report)
			}
		})
	}
}

func TestDraftsAreKeptForTheirOwnerOnlyAndNoKeyIsAPath(t *testing.T) {
	s := newScene(t)
	drafts := &Drafts{s.desk}
	const key = "contact/../../../../tmp/x"
	if text, err := drafts.Read(key); text != "" || err != nil {
		t.Errorf("nothing was kept: %q, %v", text, err)
	}
	if err := drafts.Keep(key, `{"summary":"half a sen"}`); err != nil {
		t.Fatal(err)
	}
	if text, _ := drafts.Read(key); text != `{"summary":"half a sen"}` {
		t.Errorf("got %q", text)
	}
	entries, err := os.ReadDir(filepath.Join(s.state, "drafts"))
	if err != nil || len(entries) != 1 {
		t.Fatalf("got %v, %v", entries, err)
	}
	if info, _ := entries[0].Info(); info.Mode().Perm() != 0o600 {
		t.Errorf("readable by others: %v", info.Mode())
	}
	if err := errors.Join(drafts.Drop(key), drafts.Drop(key)); err != nil {
		t.Errorf("dropping twice: %v", err)
	}
	if text, _ := drafts.Read(key); text != "" {
		t.Errorf("got %q", text)
	}
}

func TestSettingsAndTheWindowsSizeAreRemembered(t *testing.T) {
	s := newScene(t)
	want := Settings{Language: "es", Theme: "dark"}
	if err := (&Window{s.desk}).SaveSettings(want); err != nil {
		t.Fatal(err)
	}
	if got := s.readSettings(); got != want {
		t.Errorf("got %+v", got)
	}
	if frame := readFrame(s.state); frame.Width != firstWidth || frame.Maximised {
		t.Errorf("the first window: %+v", frame)
	}
	writeFrame(s.state, windowFrame{Width: 1500, Height: 300, Maximised: true})
	if frame := readFrame(s.state); frame.Width != 1500 || frame.Height != minHeight || !frame.Maximised {
		t.Errorf("got %+v", frame)
	}
}

func TestThePageMayAskBeforeTheWindowHasStarted(t *testing.T) {
	folder := t.TempDir()
	d := newDesk(filepath.Join(folder, "library"), filepath.Join(folder, "state"))
	answered := make(chan error, 1)
	go func() {
		_, err := (&Window{d}).Ready("en", "")
		answered <- err
	}()
	select {
	case err := <-answered:
		t.Fatalf("answered before it could: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	d.begin(t.Context(), nil, func(string, any) {})
	defer d.end()
	if err := <-answered; err != nil {
		t.Error(err)
	}
}

func TestASecondWindowTouchesNothingAndSaysWhy(t *testing.T) {
	folder := t.TempDir()
	d := newDesk(filepath.Join(folder, "library"), filepath.Join(folder, "state"))
	d.refuse(problem.New(problem.WindowOpen, nil))
	if _, err := (&Window{d}).Ready("en", ""); !errors.Is(err, problem.New(problem.WindowOpen, nil)) {
		t.Errorf("got %v", err)
	}
	d.end()
	if entries, _ := os.ReadDir(folder); len(entries) > 0 {
		t.Errorf("it made %v", entries)
	}
}

func TestOnlyOneProcessHoldsTheWindow(t *testing.T) {
	state := t.TempDir()
	held, first := holdWindow(state)
	if !first || held == nil {
		t.Fatal("the first window is the first")
	}
	if _, second := holdWindow(state); second {
		t.Error("a second one was let in")
	}
	if err := held.Unlock(); err != nil {
		t.Fatal(err)
	}
	again, first := holdWindow(state)
	if !first {
		t.Fatal("after the first is closed, the next is the first")
	}
	_ = again.Unlock()
}
