package app

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// today reads what needs the person.
func (s *scene) today() TodayView {
	s.t.Helper()
	view, err := (&Today{s.desk}).Read()
	if err != nil {
		s.t.Fatal(err)
	}
	return view
}

func TestTodayTellsWhatIsLateAndCanBeSettledThere(t *testing.T) {
	s := newScene(t)
	s.clock = func() time.Time { return time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC) }
	caseID := s.newCase()
	if _, err := (&Contacts{s.desk}).Log(contactIn(caseID)); err != nil {
		t.Fatal(err)
	}
	view := s.today()
	if len(view.Late) != 1 {
		t.Fatalf("late: %+v", view.Late)
	}
	late := view.Late[0]
	if late.DaysLate != 5 || late.CaseID != caseID || late.Companies[0] != "Iberluz" || late.Promise.What != "Llamar en 48 horas" {
		t.Errorf("got %+v, %+v", late, late.Promise)
	}
	if told, err := json.Marshal(view); err != nil || strings.Contains(string(told), "null") {
		t.Errorf("the page gets %s, %v", told, err)
	}
	if _, err := (&Promises{s.desk}).Settle(SettlementInput{PromiseID: late.Promise.ID, Outcome: "broken"}); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(s.today())
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != `{"day":"2026-03-09","late":[],"thisWeek":[],"waiting":[],"unfinished":[],"backupDue":false,"backupLast":""}` {
		t.Errorf("got %s", text)
	}
}

func TestTheDayIsThatOfThePersonsZone(t *testing.T) {
	s := newScene(t)
	s.clock = func() time.Time { return time.Date(2026, 3, 9, 23, 30, 0, 0, time.UTC) }
	if _, err := (&Window{s.desk}).Ready("es", "Europe/Madrid"); err != nil {
		t.Fatal(err)
	}
	if day := s.today().Day; day != "2026-03-10" {
		t.Errorf("as the page says: %s", day)
	}
	if err := (&Window{s.desk}).SaveSettings(Settings{Zone: "America/Mexico_City"}); err != nil {
		t.Fatal(err)
	}
	if day := s.today().Day; day != "2026-03-09" {
		t.Errorf("as the person chose: %s", day)
	}
	if start, err := (&Window{s.desk}).Ready("es", "Nowhere/At_All"); err != nil || start.Zone != "America/Mexico_City" {
		t.Errorf("got %s, %v", start.Zone, err)
	}
}

func TestANewCaseHasThePersonOfTheSettings(t *testing.T) {
	s := newScene(t)
	if err := (&Window{s.desk}).SaveSettings(Settings{Name: "Núria Vidal", Address: "Carrer Major 1\n08001 Barcelona"}); err != nil {
		t.Fatal(err)
	}
	work, err := s.work()
	if err != nil {
		t.Fatal(err)
	}
	file, err := work.CaseFile(t.Context(), s.newCase())
	if err != nil {
		t.Fatal(err)
	}
	if got := file.Case.Complainant; got.Name != "Núria Vidal" || !strings.HasSuffix(got.Address, "Barcelona") {
		t.Errorf("got %+v", got)
	}
}
