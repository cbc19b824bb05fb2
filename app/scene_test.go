package app

import (
	"path/filepath"
	"testing"
	"time"

	_ "constancia/internal/secret/secrettest" // not the real keyring
)

// scene is a desk without a window: dialogs that answer what a test says, and the events that the page would get.
type scene struct {
	*desk
	t      *testing.T
	opens  []string // what the open dialog answers
	saves  string   // what the save dialog answers
	opened []string // what was shown in the system's programs
	events chan JobReport
	// browsed, when it is set, gets the addresses that jobs open beside the test.
	browsed chan string
	told    []FileSelection // what the page was told of dropped files
	// news, when it is set, gets what the page is told of watched cases.
	news chan MailNews
}

func newScene(t *testing.T) *scene {
	t.Helper()
	folder := t.TempDir()
	s := &scene{t: t, desk: newDesk(filepath.Join(folder, "library"), filepath.Join(folder, "state"))}
	s.events = make(chan JobReport, 1000)
	s.open = s
	s.begin(t.Context(), s, func(name string, data any) {
		switch told := data.(type) {
		case JobReport:
			s.events <- told
		case FileSelection:
			s.told = append(s.told, told)
		case MailNews:
			if s.news != nil {
				s.news <- told
			}
		default:
			t.Errorf("event %s carries a %T", name, data)
		}
	})
	t.Cleanup(s.end)
	return s
}

func (s *scene) openFiles(string) ([]string, error)      { return s.opens, nil }
func (s *scene) openFolder(string) (string, error)       { return s.opens[0], nil }
func (s *scene) saveFile(string, string) (string, error) { return s.saves, nil }
func (s *scene) file(path string) error                  { s.opened = append(s.opened, path); return nil }
func (s *scene) address(to string) error {
	if s.browsed != nil {
		s.browsed <- to
		return nil
	}
	s.opened = append(s.opened, to)
	return nil
}
func (s *scene) folder(path string) error {
	s.opened = append(s.opened, filepath.Dir(path))
	return nil
}

// finish waits for a job's last report.
func (s *scene) finish(id string) JobReport {
	s.t.Helper()
	for {
		select {
		case report := <-s.events:
			if report.ID == id && report.State != jobRunning {
				return report
			}
		case <-time.After(time.Minute):
			s.t.Fatal("the job never ended")
		}
	}
}

func (s *scene) newCase() string {
	s.t.Helper()
	id, err := (&Cases{s.desk}).New(CaseInput{
		Title: "Fibra que nunca llegó", Company: "Iberluz", Role: "seller", ReferenceLabel: "Contrato", ReferenceNumber: "C-88",
		Outcome: "Alta de la línea\nDevolución", Claimed: "438,20", Currency: "EUR", Zone: "Europe/Madrid",
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

// of gives what the page gets when it asks for a part of a case.
func of[T any](s *scene, ask func(caseID string) (T, error), caseID string) T {
	s.t.Helper()
	answer, err := ask(caseID)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer
}

func (s *scene) promises(caseID string) []PromiseView {
	s.t.Helper()
	page, err := (&Promises{s.desk}).List(PromiseQuery{CaseID: caseID, Limit: longestPage})
	if err != nil {
		s.t.Fatal(err)
	}
	return page.Promises
}
func (s *scene) evidence(caseID string) []EvidenceView {
	return of(s, (&Cases{s.desk}).Evidence, caseID)
}
func (s *scene) people(caseID string) []PersonView { return of(s, (&Cases{s.desk}).People, caseID) }

// timeline gives all of a case's timeline, oldest first.
func (s *scene) timeline(caseID string) []TimelineItem {
	return of(s, func(caseID string) (TimelinePage, error) {
		return (&Cases{s.desk}).Timeline(caseID, TimelineFilter{OldestFirst: true}, TimelineCursor{Limit: 1000})
	}, caseID).Items
}

func contactIn(caseID string) ContactInput {
	return ContactInput{
		CaseID: caseID, Company: "Iberluz", When: "2026-03-02T10:05", Zone: "Europe/Madrid", Direction: "outgoing",
		Channel: "phone", People: []PersonInput{{Name: "Núria", Position: "agente"}, {Refused: true}}, Hold: "35", Transfers: "2",
		Summary: "Prometen llamar.", Failures: []string{"long_wait"}, Basis: "note",
		Promises: []PromiseTerms{{What: "Llamar en 48 horas", Due: "2026-03-04", Currency: "EUR"}},
	}
}
