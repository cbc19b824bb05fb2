package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/i18n"
	"constancia/internal/problem"
)

// spring is a scene in which it is a Friday, the 20th of March 2026.
func spring(t *testing.T) (s *scene, caseID string) {
	s = newScene(t)
	s.clock = func() time.Time { return time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC) }
	return s, s.newCase()
}

func (s *scene) readRows(caseID string, rows ...ManyRow) []ManyRowRead {
	s.t.Helper()
	read, err := (&Many{s.desk}).Read(ManyInput{CaseID: caseID, Zone: "Europe/Madrid", Rows: rows})
	if err != nil {
		s.t.Fatal(err)
	}
	return read
}

func TestARowTakesItsCompanyAndItsYearFromTheRowAbove(t *testing.T) {
	s, caseID := spring(t)
	read := s.readRows(caseID,
		ManyRow{When: "20/12/2024", Company: "Envíos Rayo"}, ManyRow{When: "3/1"}, ManyRow{}, ManyRow{When: "març", Channel: "Correo", Promise: "Una carta"},
		ManyRow{When: "ayer hacia las 10", Company: "Iberluz", Channel: "me llamaron", Promise: "Llamar", Due: "48 h"})
	for i, want := range []struct{ company, when, due, channel, direction string }{
		{"Envíos Rayo", "2024-12-20", "", "phone", "outgoing"}, {"Envíos Rayo", "2025-01-03", "", "phone", "outgoing"}, {"Envíos Rayo", "", "", "phone", "outgoing"},
		{"Envíos Rayo", "2025-03", "", "email", "outgoing"}, {"Iberluz", "2026-03-19T10", "2026-03-21", "phone", "incoming"},
	} {
		got := read[i]
		if got.Company != want.company || got.When != want.when || got.Due != want.due || got.Channel != want.channel || got.Direction != want.direction || len(got.Problems) > 0 {
			t.Errorf("row %d is read as %+v, want %+v", i+1, got, want)
		}
	}
	if !read[2].Blank || read[1].Blank {
		t.Error("an empty row is blank, and no other")
	}
}

func TestEachProblemIsToldAtItsCell(t *testing.T) {
	s, caseID := spring(t)
	rows := []ManyRow{
		{When: "soon", Hold: "a while", Channel: "pigeon", Due: "marzo", Promise: "A refund"}, {What: "They said no"}, {When: "31/2"},
		{When: "20/3/2026 19:00"}, {When: "lunes 12/3/2026"}, {When: "12/3", Due: "14/3"}, {When: "12/3", What: "Good"},
	}
	want := []string{
		"channel:not_a_choice due:due_needs_day hold:not_a_duration when:not_a_date", "when:missing", "when:no_such_date",
		"when:time_in_future", "when:weekday_differs", "promise:missing", "",
	}
	for i, read := range s.readRows(caseID, rows...) {
		var got []string
		for _, cell := range []string{"channel", "company", "due", "hold", "promise", "what", "when", "who"} {
			if found, bad := read.Problems[cell]; bad {
				got = append(got, cell+":"+string(found.Code))
			}
		}
		if strings.Join(got, " ") != want[i] {
			t.Errorf("row %d: %v, want %s", i+1, got, want[i])
		}
	}
	_, err := (&Many{s.desk}).Save(ManyInput{CaseID: caseID, Zone: "Europe/Madrid", Rows: rows})
	told := failureOf(err).Fields
	if len(told) != 9 || told["rows.5.promise"].Code != problem.Missing || told["rows.3.when"].Code != problem.TimeInFuture {
		t.Errorf("saving tells %v", told)
	}
	if timeline := s.timeline(caseID); len(timeline) != 0 {
		t.Errorf("with problems %d things are on record", len(timeline))
	}
	if _, err := (&Many{s.desk}).Save(ManyInput{CaseID: caseID, Zone: "Europe/Madrid", Rows: []ManyRow{{}, {}}}); failureOf(err).Fields["rows"].Code != problem.Missing {
		t.Errorf("nothing at all is saved: %v", err)
	}
}

func TestTwentyRowsAreOnRecordTogetherAndTakenBackTogether(t *testing.T) {
	s, caseID := spring(t)
	rows := make([]ManyRow, 20)
	for i := range rows {
		rows[i] = ManyRow{When: fmt.Sprintf("%d/2 10:%02d", i+1, i), Who: "Núria, supervisora; se negó", Hold: "35", What: "Que mañana."}
	}
	rows[4].Promise, rows[4].Due = "Llamar", "48 h"
	saved, err := (&Many{s.desk}).Save(ManyInput{CaseID: caseID, Zone: "Europe/Madrid", Basis: "note", Rows: rows})
	if err != nil || len(saved.ContactIDs) != 20 {
		t.Fatalf("%d contacts: %v", len(saved.ContactIDs), err)
	}
	first := s.timeline(caseID)[0]
	if first.Wall != "2026-02-01T10:00" || first.HoldSeconds != 2100 || first.Basis != "note" || len(first.People) != 2 || !first.People[1].Refused || first.Recorded != "later" {
		t.Errorf("the first is %+v", first)
	}
	if promises := s.promises(caseID); len(promises) != 1 || promises[0].DueDay != "2026-02-07" {
		t.Errorf("the promises are %+v", promises)
	}
	work, err := s.work()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := work.Retract(t.Context(), casework.Retract{ID: saved.ContactIDs[7], Operation: true}); err != nil {
		t.Fatal(err)
	}
	if timeline := s.timeline(caseID); len(timeline) != 0 || len(s.promises(caseID)) != 0 {
		t.Errorf("%d things are left", len(timeline))
	}
}

const phoneCalls = `<calls count="3">
<call number="+34900123456" duration="312" date="1772442300000" type="2" presentation="1" contact_name="Iberluz atención"/>
<call number="900123456" duration="0" date="1772528700000" type="3" presentation="1" contact_name="(Unknown)"/>
<call number="600000000" duration="60" date="1772442300000" type="1" presentation="1" contact_name="Mamá"/>
</calls>`

func (s *scene) choose(name, text string) CallLog {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
	s.opens = []string{path}
	log, err := (&CallLogs{s.desk}).Choose("Europe/Madrid")
	if err != nil {
		s.t.Fatal(err)
	}
	return log
}

func TestTheCallsOfTheCompanysNumberBecomeRowsAndTheLogIsKept(t *testing.T) {
	s, caseID := spring(t)
	logs := &CallLogs{s.desk}
	log := s.choose("calls.xml", phoneCalls)
	if log.IsTable || !log.HasNumbers || log.Entries != 3 || log.FileName != "calls.xml" {
		t.Errorf("the log is %+v", log)
	}
	numbers, err := logs.Numbers(log.ID, caseID, "")
	if err != nil || len(numbers) != 2 || numbers[0].Company != "Iberluz" || numbers[0].Calls != 2 || numbers[0].First != "2026-03-02" || numbers[0].Last != "2026-03-03" {
		t.Fatalf("the numbers are %+v, %v", numbers, err)
	}
	for words, want := range map[string]int{"mama": 1, "900 123": 1, "iberluz": 1, "nobody": 0} {
		if found, err := logs.Numbers(log.ID, caseID, words); err != nil || len(found) != want {
			t.Errorf("%q finds %d numbers: %v", words, len(found), err)
		}
	}
	rows, err := logs.Rows(log.ID, []CallChoice{{Key: numbers[0].Key, Company: "Iberluz"}})
	if err != nil || len(rows.Rows) != 2 {
		t.Fatalf("the rows are %+v, %v", rows, err)
	}
	if got := rows.Rows[0]; got.When != "2/3/2026 10:05" || got.Length != "5:12" || got.Direction != "outgoing" || got.Basis != "phone_log" {
		t.Errorf("the first row is %+v", got)
	}
	if got := rows.Rows[1]; got.What != "Missed call." || got.Direction != "incoming" {
		t.Errorf("the missed call is %+v", got)
	}
	rows.Rows[0].Hold = "3"
	if _, err := (&Many{s.desk}).Save(ManyInput{CaseID: caseID, Zone: "Europe/Madrid", Rows: rows.Rows, LogIDs: []string{log.ID}}); err != nil {
		t.Fatal(err)
	}
	if evidence := s.evidence(caseID); len(evidence) != 1 || evidence[0].FileName != "calls.xml" || evidence[0].Shows == "" {
		t.Errorf("the log is kept as %+v", evidence)
	}
	call := s.timeline(caseID)[0]
	if call.HoldSeconds != 180 || call.TalkSeconds != 132 || call.Number != "+34900123456" || call.Basis != string(casefile.PhoneLog) {
		t.Errorf("the call is %+v", call)
	}
}

func TestTheColumnsOfATableAreWhatSomebodySays(t *testing.T) {
	s, caseID := spring(t)
	logs := &CallLogs{s.desk}
	log := s.choose("mine.csv", "2/3/2026;Iberluz;Que mañana seguro que viene\n4/3/2026;Iberluz;No ha venido nadie en todo el día\n")
	if !log.IsTable || log.Sure || len(log.Sample) != 2 || log.HasNumbers {
		t.Errorf("the table is %+v", log)
	}
	log, err := logs.Columns(log.ID, []string{"when", "company", "what"})
	if err != nil || strings.Join(log.Columns, " ") != "when company what" {
		t.Fatalf("the columns are %v, %v", log.Columns, err)
	}
	rows, err := logs.Rows(log.ID, nil)
	if err != nil || len(rows.Rows) != 2 || rows.Rows[1] != (ManyRow{When: "4/3/2026", Company: "Iberluz", What: "No ha venido nadie en todo el día"}) {
		t.Errorf("the rows are %+v, %v", rows, err)
	}
	for i, read := range s.readRows(caseID, rows.Rows...) {
		if len(read.Problems) > 0 {
			t.Errorf("row %d: %+v", i+1, read.Problems)
		}
	}
	if _, err := logs.Rows("nothing", nil); !errors.Is(err, problem.New(problem.NotFound, nil)) {
		t.Errorf("a log that nobody chose: %v", err)
	}
	s.opens = nil
	if none, err := logs.Choose("Europe/Madrid"); err != nil || none.ID != "" {
		t.Errorf("the person thought better of it: %+v, %v", none, err)
	}
}

func TestWhatIsTypedIntoACellIsReadInAnyLanguage(t *testing.T) {
	for typed, want := range map[string]casefile.Channel{
		"": casefile.Phone, "Teléfono": casefile.Phone, "llamada": casefile.Phone, "trucada": casefile.Phone, "E-mail": casefile.Email, "correu electrònic": casefile.Email,
		"tienda": casefile.InPerson, "burofax": casefile.Letter, "WhatsApp": casefile.Chat, "web_form": casefile.WebForm, "full de reclamació": casefile.CommentCard,
	} {
		if got, direction, err := typedChannel(typed); err != nil || got != want || direction != casefile.Outgoing {
			t.Errorf("%q is %s, %s, %v", typed, got, direction, err)
		}
	}
	for typed, want := range map[string]casefile.Channel{
		"me llamaron": casefile.Phone, "em van trucar": casefile.Phone, "They wrote": casefile.Email, "carta, de ellos": casefile.Letter, "correo recibido": casefile.Email,
	} {
		if got, direction, err := typedChannel(typed); err != nil || got != want || direction != casefile.Incoming {
			t.Errorf("%q is %s, %s, %v", typed, got, direction, err)
		}
	}
	for _, language := range i18n.Languages() {
		texts := i18n.For(language)
		for _, channel := range casefile.Channels() {
			if got, _, err := typedChannel(texts.Text("term.channel." + string(channel))); err != nil || got != channel {
				t.Errorf("the page’s own word for %s in %s is read as %s: %v", channel, language, got, err)
			}
		}
		fromThem := texts.Text("page.many.from_them", i18n.Values{"channel": texts.Text("term.channel.email")})
		if got, direction, err := typedChannel(fromThem); err != nil || got != casefile.Email || direction != casefile.Incoming {
			t.Errorf("%q is read as %s, %s: %v", fromThem, got, direction, err)
		}
		if people := typedPeople(texts.Text("page.many.refused")); len(people) != 1 || !people[0].Refused {
			t.Errorf("refusing a name in %s is read as %+v", language, people)
		}
	}
	people := typedPeople("Núria, supervisora; No quiso dar su nombre / ;")
	if len(people) != 2 || people[0] != (casework.Spoken{Name: "Núria", Position: "supervisora"}) || people[1] != (casework.Spoken{Refused: true}) {
		t.Errorf("the people are %+v", people)
	}
	if people := typedPeople("Núria > Marc, supervisor → No quiso dar su nombre"); len(people) != 3 || typedPassings("Núria > Marc → ") != 2 {
		t.Errorf("those who passed the person on are %+v", people)
	}
}

func TestTheFormReadsADateAsItIsTypedAndSaysBackWhatItMeans(t *testing.T) {
	s, caseID := spring(t)
	read, err := (&Dates{s.desk}).Read(DateInput{Text: "ayer 10:30", Zone: "Europe/Madrid", Sense: "happened"})
	if err != nil || read.Wall != "2026-03-19T10:30" {
		t.Errorf("it is read as %+v, %v", read, err)
	}
	input := contactIn(caseID)
	input.When, input.Promises[0].Due = "ayer 10:30", "48 h"
	if _, err := (&Contacts{s.desk}).Log(input); err != nil {
		t.Fatal(err)
	}
	if timeline, promises := s.timeline(caseID), s.promises(caseID); timeline[0].Wall != "2026-03-19T10:30" || promises[0].DueDay != "2026-03-21" {
		t.Errorf("it is on record as %+v, %+v", timeline, promises)
	}
	input.When, input.Promises[0].Due, input.Summary = "soon", "then", " "
	_, err = (&Contacts{s.desk}).Log(input)
	told := failureOf(err).Fields
	if told["when"].Code != problem.NotADate || told["promises.0.due"].Code != problem.NotADate || len(told) < 2 {
		t.Errorf("it tells %v", told)
	}
}
