package phonelog_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"constancia/internal/phonelog"
	"constancia/internal/problem"
)

func madrid(t testing.TB) *time.Location {
	t.Helper()
	location, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	return location
}

func read(t *testing.T, text string) phonelog.Log {
	t.Helper()
	log, err := phonelog.Read(strings.NewReader(text), madrid(t))
	if err != nil {
		t.Fatalf("failed to read: %v", err)
	}
	return log
}

func seconds(n int64) *int64 { return &n }

const androidCalls = `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<!--File Created By SMS Backup & Restore v10.19.004-->
<?xml-stylesheet type="text/xsl" href="calls.xsl"?>
<calls count="6" backup_set="a" backup_date="1772500000000" type="full">
  <call number="+34900123456" duration="312" date="1772442300000" type="2" presentation="1" subscription_id="8934" readable_date="2 mar. 2026 10:05:00" contact_name="Iberluz &amp; Cía" />
  <call number="900123456" duration="0" date="1782897330000" type="3" presentation="1" contact_name="(Unknown)" />
  <call number="-2" duration="15" date="1772442300000" type="1" presentation="2" contact_name="null" />
  <call number="600000000" duration="60" date="yesterday" type="1" presentation="1" contact_name="Mamá &#55357;&#56832;" />
  <call number="600000000" duration="-5" date="1772442360000" type="77" presentation="1" contact_name="Mamá" />
</calls>`

func TestTheCallsOfAnAndroidPhoneAreReadByTheClockWhereThePersonLives(t *testing.T) {
	log := read(t, androidCalls)
	want := []phonelog.Entry{
		{When: "2026-03-02T10:05", Seconds: seconds(312), Number: "+34900123456", Name: "Iberluz & Cía", Direction: phonelog.Outgoing},
		{When: "2026-07-01T11:15", Seconds: seconds(0), Number: "900123456", Direction: phonelog.Missed},
		{When: "2026-03-02T10:05", Seconds: seconds(15), Direction: phonelog.Incoming}, // its number was hidden
		{When: "2026-03-02T10:06", Number: "600000000", Name: "Mamá"},
	}
	if diff := cmp.Diff(want, log.Calls); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if log.Skipped != 1 || log.Table != nil {
		t.Errorf("%d calls were skipped, want the one without a time", log.Skipped)
	}
}

func TestAFileThatIsNoCallLogIsRefused(t *testing.T) {
	refused := map[string]string{
		"empty":                   "",
		"one word":                "hello",
		"prose":                   "Dear Sir,\nI am writing to you about my parcel.\n",
		"another XML":             `<smses><sms address="1"/></smses>`,
		"a log without a call":    `<calls count="0"></calls>`,
		"cut off":                 `<calls><call number="900123456" date="1772442300000"`,
		"calls within each other": `<calls>` + strings.Repeat("<call>", 50),
		"an entity of its own":    `<!DOCTYPE calls [<!ENTITY a "aaaa">]><calls><call number="&a;" date="1772442300000"/></calls>`,
		"bytes":                   "\x00\x01\x02;\x00;\x03",
		"a header and no row":     "Fecha;Número\n",
	}
	for name, text := range refused {
		if _, err := phonelog.Read(strings.NewReader(text), madrid(t)); !errors.Is(err, problem.New(problem.NotACallLog, nil)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// endless gives a text, and after it the same one for ever.
type endless struct {
	head, again string
	at          int
}

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		if e.at < len(e.head) {
			p[i] = e.head[e.at]
		} else {
			p[i] = e.again[(e.at-len(e.head))%len(e.again)]
		}
		e.at++
	}
	return len(p), nil
}

func TestAFileWithoutEndIsRefusedBeforeItFillsTheMemory(t *testing.T) {
	for name, file := range map[string]*endless{
		"calls":         {head: "<calls>", again: "<call date=\"1772442300000\"/>\n"},
		"one attribute": {head: "<calls><call number=\"", again: "9"},
		"a table":       {again: "2026-03-02;900123456\n"},
		"one cell":      {again: "a"},
	} {
		if _, err := phonelog.Read(file, madrid(t)); !errors.Is(err, problem.New(problem.LogTooLarge, nil)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestATableIsReadWhateverItsSeparatorAndItsEncoding(t *testing.T) {
	for _, separator := range []string{";", ",", "\t", "|"} {
		text := strings.ReplaceAll("Fecha;Número;Duración;Tipo\n02/03/2026 10:05:33;900 123 456;0:05:12;Saliente\n13/03/2026 9:00;900123456;65;Recibida\n", ";", separator)
		utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		latin, err := charmap.Windows1252.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		for encoding, file := range map[string]string{"UTF-8": text, "UTF-8 with a mark": "\ufeff" + text, "UTF-16": utf16, "Windows-1252": latin} {
			table := read(t, file).Table
			if table == nil || !table.Sure || !cmp.Equal(table.Columns, []phonelog.Field{phonelog.When, phonelog.Number, phonelog.Duration, phonelog.Way}) {
				t.Errorf("%q in %s is read as %+v", separator, encoding, table)
				continue
			}
			want := []phonelog.Entry{
				{When: "2026-03-02T10:05", Seconds: seconds(312), Number: "900 123 456", Direction: phonelog.Outgoing},
				{When: "2026-03-13T09:00", Seconds: seconds(65), Number: "900123456", Direction: phonelog.Incoming},
			}
			if diff := cmp.Diff(want, table.Entries(table.Columns)); diff != "" {
				t.Errorf("%q in %s: -want +got:\n%s", separator, encoding, diff)
			}
		}
	}
}

func TestAnOperatorsTitleLinesAreNotItsTable(t *testing.T) {
	table := read(t, "Detalle de llamadas;;;\nTitular: Dolores Vidal;;;\n\nDía;Hora;Destino;Duración (min)\n2/3/26;10:05;900123456;5\n").Table
	want := []phonelog.Entry{{When: "2026-03-02T10:05", Seconds: seconds(300), Number: "900123456"}}
	if diff := cmp.Diff(want, table.Entries(table.Columns)); diff != "" || !table.Sure {
		t.Errorf("sure: %t, -want +got:\n%s", table.Sure, diff)
	}
}

func TestColumnsWithoutAHeadingAreGuessedAndSomebodyIsAsked(t *testing.T) {
	table := read(t, "2026-03-02;10:05;900123456;They said it was on the van\n2026-03-04;11:30;900123456;They knew nothing of it at all\n").Table
	if table.Sure || !cmp.Equal(table.Columns, []phonelog.Field{phonelog.When, phonelog.Clock, phonelog.Number, phonelog.What}) {
		t.Errorf("sure: %t, the columns are %v", table.Sure, table.Columns)
	}
	entries := table.Entries([]phonelog.Field{phonelog.When, phonelog.NoField, phonelog.NoField, phonelog.What})
	if len(entries) != 2 || entries[0] != (phonelog.Entry{When: "2026-03-02", What: "They said it was on the van"}) {
		t.Errorf("the columns that a person chose are not those that count: %+v", entries)
	}
}

func TestASpreadsheetOfAPersonsOwnIsReadWithAllItsColumns(t *testing.T) {
	table := read(t, "Cuándo,Empresa,Canal,Con quién,Espera,Qué pasó,Prometieron,Para cuándo\n"+
		"12 de marzo,Iberluz,teléfono,Núria,35,\"Que sí, que \"\"mañana\"\"\",Llamar,14/03/2026\n").Table
	want := []phonelog.Entry{{When: "12 de marzo", Company: "Iberluz", Channel: "teléfono", Who: "Núria", Hold: "35", What: `Que sí, que "mañana"`,
		Promise: "Llamar", Due: "2026-03-14"}}
	if diff := cmp.Diff(want, table.Entries(table.Columns)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestTheDayComesFirstUnlessTheFileSaysOtherwise(t *testing.T) {
	for text, want := range map[string]string{
		"Date,Number\n03/04/2026,900123456\n":                                   "2026-04-03",
		"Date,Number\n03/04/2026 1:05 PM,900123456\n03/25/2026,900123456\n":     "2026-03-04T13:05",
		"Date,Number\n03/04/2026,900123456\n25/03/2026,9001\n03/26/2026,9001\n": "2026-04-03", // it is damaged: nothing is turned round
		"Date,Number\n2026-04-03T10:05:00,900123456\n":                          "2026-04-03T10:05",
		"Date,Number\n31/02/2026,900123456\n":                                   "31/02/2026", // somebody is shown it
	} {
		table := read(t, text).Table
		if got := table.Entries(table.Columns)[0].When; got != want {
			t.Errorf("%q is read as %s, want %s", text, got, want)
		}
	}
}

func TestHowLongACallTookIsReadAsItIsWritten(t *testing.T) {
	for cell, want := range map[string]int64{"312": 312, "5:12": 312, "00:05:12": 312, "1:02:03": 3723, "5 min 12 s": 312, "5m 12s": 312, "1 h 2 min": 3720, "45 seg": 45, "3'": 180} {
		table := read(t, fmt.Sprintf("Fecha;Número;Duración\n02/03/2026;900123456;%s\n", cell)).Table
		if got := table.Entries(table.Columns)[0].Seconds; got == nil || *got != want {
			t.Errorf("%q is read as %v", cell, got)
		}
	}
	for _, cell := range []string{"", "long", "-5", "5:99:1:2"} {
		table := read(t, fmt.Sprintf("Fecha;Número;Duración\n02/03/2026;900123456;%s\n", cell)).Table
		if got := table.Entries(table.Columns)[0].Seconds; got != nil {
			t.Errorf("%q is read as %d seconds", cell, *got)
		}
	}
}

func TestOneNumberIsKnownHoweverItIsWritten(t *testing.T) {
	for _, number := range []string{"900123456", "+34 900 123 456", "0034900123456", "(900) 123-456"} {
		if phonelog.Key(number) != "900123456" {
			t.Errorf("%s is %s", number, phonelog.Key(number))
		}
	}
	if phonelog.Key("1004") != "1004" || phonelog.Key("") != "" {
		t.Error("a short number is not itself")
	}
}

func FuzzReadBoundsWhateverItIsGiven(f *testing.F) {
	f.Add(androidCalls)
	f.Add("Fecha;Número;Duración;Tipo\n02/03/2026 10:05:33;900 123 456;0:05:12;Saliente\n")
	f.Add("\ufeffDate,Number\n03/25/2026 1:05 PM,\"900\n123\"\n")
	f.Add("\xff\xfe1\x00;\x002\x00\n\x00")
	f.Add("a|b\n1|2026-03-02\n\"")
	location := madrid(f)
	f.Fuzz(func(t *testing.T, text string) {
		log, err := phonelog.Read(strings.NewReader(text), location)
		if err != nil {
			if problem.From(err).Code == problem.Unexpected {
				t.Errorf("refused without a reason: %v", err)
			}
			return
		}
		entries := log.Calls
		if log.Table != nil {
			if len(log.Table.Columns) != len(log.Table.Header) {
				t.Errorf("%d columns with %d headings", len(log.Table.Columns), len(log.Table.Header))
			}
			entries = log.Table.Entries(log.Table.Columns)
		}
		for _, entry := range entries {
			if entry.Seconds != nil && *entry.Seconds < 0 || len(entry.What) > 4*2000 {
				t.Errorf("an entry out of bounds: %+v", entry)
			}
		}
	})
}
