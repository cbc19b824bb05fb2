package tables_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"constancia/internal/casefile"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/dossier/tables"
	"constancia/internal/i18n"
)

func table(subject tables.Subject, change func(*casefile.CaseFile)) tables.Table {
	file := dossiertest.New(2).File
	if change != nil {
		change(&file)
	}
	return tables.Of(file, subject, dossiertest.Now, i18n.For(i18n.Spanish))
}

func readCSV(t *testing.T, one tables.Table) [][]string {
	t.Helper()
	var out bytes.Buffer
	if err := one.WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	text, ok := strings.CutPrefix(out.String(), "\uFEFF")
	if !ok || !strings.Contains(text, "\r\n") {
		t.Fatalf("it begins %.20q", out.String())
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestEachRowOfTheCaseStandsInItsTable(t *testing.T) {
	file := dossiertest.New(2).File
	for subject, want := range map[tables.Subject]int{tables.Chronology: len(file.Contacts) + len(file.Messages), tables.Promises: len(file.Promises)} {
		rows := readCSV(t, table(subject, nil))
		if len(rows) != want+1 {
			t.Errorf("%s has %d rows with its head, the case %d", subject, len(rows), want)
		}
		for _, row := range rows {
			if len(row) != len(rows[0]) {
				t.Errorf("%s has a row of %d cells: %q", subject, len(row), row)
			}
		}
	}
	figures := file.Figures(dossiertest.Now)
	ways := map[string]int64{}
	for _, row := range readCSV(t, table(tables.Chronology, nil))[1:] {
		ways[row[4]]++
	}
	if ways["outgoing"] != figures.ToCompanies || ways["incoming"] != figures.FromCompanies {
		t.Errorf("its rows go %v, the figures are %d and %d", ways, figures.ToCompanies, figures.FromCompanies)
	}
	deadlines := readCSV(t, table(tables.Deadlines, nil))
	if len(deadlines) < 3 || !slices.ContainsFunc(deadlines, func(row []string) bool { return row[0] == "2026-08-04" }) {
		t.Errorf("the deadlines are %q", deadlines)
	}
}

func TestACellThatASpreadsheetWouldComputeIsText(t *testing.T) {
	for _, cell := range []string{"=1+1", "+34 600", "-5", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C calc'!A0", "\u200b=1", "＝1+1", "\n=2"} {
		rows := readCSV(t, table(tables.Chronology, func(file *casefile.CaseFile) { file.Contacts[0].Value.Summary = cell }))
		if got := rows[1][14]; !strings.HasPrefix(got, "'") {
			t.Errorf("%q is written as %q", cell, got)
		}
	}
	for _, cell := range []string{"a = b", "1-2", "Dije \"no\", y nada", "uno\ndos", "¿Qué?", "’tis"} {
		rows := readCSV(t, table(tables.Chronology, func(file *casefile.CaseFile) { file.Contacts[0].Value.Summary = cell }))
		if got := rows[1][14]; got != cell {
			t.Errorf("%q is written as %q", cell, got)
		}
	}
}

func TestJSONHasTheSameRows(t *testing.T) {
	one := table(tables.Promises, nil)
	var out bytes.Buffer
	if err := one.WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	var read struct{ Items []map[string]string }
	if err := json.Unmarshal(out.Bytes(), &read); err != nil {
		t.Fatal(err)
	}
	if len(read.Items) != len(one.Rows) || read.Items[0]["what"] != one.Rows[0][1] || read.Items[0]["number"] != "P-01" {
		t.Errorf("it reads %v", read.Items[0])
	}
}

func calendar(t *testing.T, one tables.Table) (*ical.Calendar, string) {
	t.Helper()
	var out bytes.Buffer
	if err := one.WriteCalendar(&out, "Constancia", dossiertest.Now); err != nil {
		t.Fatal(err)
	}
	read, err := ical.NewDecoder(bytes.NewReader(out.Bytes())).Decode()
	if err != nil {
		t.Fatal(err)
	}
	return read, out.String()
}

func TestACalendarIsReadBackWithTheSameUIDsEachTime(t *testing.T) {
	for _, subject := range tables.Subjects() {
		first, text := calendar(t, table(subject, nil))
		again, _ := calendar(t, table(subject, nil))
		seen := map[string]bool{}
		for i, event := range first.Events() {
			uid, _ := event.Props.Text(ical.PropUID)
			other, _ := again.Events()[i].Props.Text(ical.PropUID)
			if uid == "" || seen[uid] || uid != other {
				t.Errorf("%s: the UID is %q, then %q", subject, uid, other)
			}
			seen[uid] = true
			if _, err := event.DateTimeStart(time.UTC); err != nil {
				t.Errorf("%s: %v", subject, err)
			}
		}
		if len(seen) == 0 {
			t.Errorf("%s has no events", subject)
		}
		for line := range strings.SplitSeq(text, "\r\n") {
			if len(line) > 75 || strings.Contains(line, "\n") {
				t.Errorf("a line of %d octets: %q", len(line), line)
			}
		}
	}
}

func TestATextOfManyLinesAndSignsComesBackFromACalendar(t *testing.T) {
	const text = "Primero; después, \"nada\"\\\nY más: " + "ñandú ñandú ñandú ñandú ñandú ñandú ñandú ñandú ñandú"
	read, _ := calendar(t, table(tables.Chronology, func(file *casefile.CaseFile) {
		file.Contacts[0].Value.Summary, file.Contacts[0].Value.Verbatim = strings.ReplaceAll(text, "\n", "\r\n")+"\x07", ""
	}))
	if got, err := read.Events()[0].Props.Text(ical.PropDescription); err != nil || got != text {
		t.Errorf("%q, %v", got, err)
	}
}

func TestAPromiseForADayIsAWholeDay(t *testing.T) {
	read, _ := calendar(t, table(tables.Promises, func(file *casefile.CaseFile) {
		file.Promises[0].Value.Due = &casefile.Due{Date: "2026-03-07", Zone: dossiertest.Zone}
		file.Promises[1].Value.Due = &casefile.Due{Date: "2026-03-08", Time: "14:00", Zone: dossiertest.Zone}
	}))
	if start := read.Events()[0].Props.Get(ical.PropDateTimeStart); start.Value != "20260307" {
		t.Errorf("it starts at %q", start.Value)
	}
	if start := read.Events()[1].Props.Get(ical.PropDateTimeStart); start.Value != "20260308T130000Z" {
		t.Errorf("it starts at %q", start.Value)
	}
}

func TestACaseWithoutAnythingGivesTablesWithoutRows(t *testing.T) {
	for _, subject := range tables.Subjects() {
		one := tables.Of(dossiertest.Empty().File, subject, dossiertest.Now, i18n.For(i18n.Catalan))
		if rows := readCSV(t, one); len(rows) != 1 {
			t.Errorf("%s: %q", subject, rows)
		}
		var out bytes.Buffer
		if err := one.WriteCalendar(&out, "Constancia", dossiertest.Now); err != nil || !strings.Contains(out.String(), "END:VCALENDAR\r\n") {
			t.Errorf("%s: %q, %v", subject, out.String(), err)
		}
	}
}

func FuzzACellNeverBecomesAFormula(f *testing.F) {
	for _, seed := range []string{"=1", "\x00=1", " \u200b+", "\ufeff@x", "\xff=1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		file := dossiertest.New(1).File
		file.Contacts = file.Contacts[:1]
		file.Contacts[0].Value.Summary = cell
		var out bytes.Buffer
		if err := tables.Of(file, tables.Chronology, dossiertest.Now, i18n.For(i18n.English)).WriteCSV(&out); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\uFEFF"))).ReadAll()
		if err != nil {
			t.Fatalf("%q: %v", out.String(), err)
		}
		if got := rows[1][14]; got != "" && strings.ContainsRune("=+-@\t\r", rune(got[0])) {
			t.Errorf("%q is written as %q", cell, got)
		}
	})
}
