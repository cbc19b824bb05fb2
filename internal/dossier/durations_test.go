package dossier_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
	"constancia/internal/sample"
)

var printedTime = regexp.MustCompile(`(\d+) (h|min|s)\b`)

// printed adds up the lengths of time in a text, in seconds.
func printed(text string) (seconds int64) {
	unit := map[string]int64{"h": 3600, "min": 60, "s": 1}
	for _, found := range printedTime.FindAllStringSubmatch(plain(text), -1) {
		n, _ := strconv.ParseInt(found[1], 10, 64)
		seconds += n * unit[found[2]]
	}
	return seconds
}

// TestWhatIsPrintedOfTheTimeOnHoldAddsUp sums the months and the channels as a reader does, and compares with the total that
// the first page prints.
func TestWhatIsPrintedOfTheTimeOnHoldAddsUp(t *testing.T) {
	seconds := func(n int64) *int64 { return &n }
	of := func(holds ...int64) casefile.CaseFile {
		file := dossiertest.New(1).File
		for i := range file.Contacts {
			file.Contacts[i].Value.HoldSeconds = nil
			if i < len(holds) {
				file.Contacts[i].Value.HoldSeconds = seconds(holds[i])
				file.Contacts[i].Value.OccurredAt.Wall = "2026-0" + strconv.Itoa(i+1) + "-10T10:00"
			}
		}
		return file
	}
	mixed := of(1800, 2459, 3599)
	mixed.Contacts[1].Value.Channel, mixed.Contacts[1].Value.MadeBy = casefile.InPerson, "Tomàs Rovira"
	for name, file := range map[string]casefile.CaseFile{
		"the story": dossiertest.New(2).File, "under an hour": of(59, 61, 1000), "just an hour": of(1199, 1202, 1199),
		"a month of seconds": of(7199, 25, 29), "nothing lost": of(3600, 60, 7200), "by two channels": mixed,
		"the sample, en": sample.Story(i18n.English), "the sample, es": sample.Story(i18n.Spanish), "the sample, ca": sample.Story(i18n.Catalan),
	} {
		for _, language := range i18n.Languages() {
			d := compile(t, file, options(language))
			months := int64(0)
			for _, month := range d.Charts.Holds {
				if strings.Contains(month.Text, "<") {
					continue // told as less than a minute: no minute of the sum
				}
				months += printed(month.Text)
			}
			total := d.Summary.Figures[2].Value
			if months != printed(total) || !strings.Contains(d.Charts.HoldsNote, total) || !strings.Contains(plain(d.Summary.Sentence), plain(total)) {
				t.Errorf("%s, %s: the months come to %d s, the first page says %s, the chart %q", name, language, months, total, d.Charts.HoldsNote)
			}
			for _, figure := range d.Cost.Figures {
				own, isOwn := strings.CutPrefix(figure.Label, i18n.For(language).Text("dossier.cost.time"))
				channels, _, _ := strings.Cut(figure.Note, "Tomàs")
				if cut := strings.LastIndex(channels, ";"); cut >= 0 && channels != figure.Note {
					channels = channels[:cut]
				}
				if isOwn && own == "" && printed(channels) != 0 && printed(channels) != printed(figure.Value) {
					t.Errorf("%s, %s: %s is not what %q comes to", name, language, figure.Value, channels)
				}
			}
		}
	}
}

func TestChartsOverTimeRunUpToTheDayOfTheDossier(t *testing.T) {
	file := dossiertest.New(2).File
	o := options(i18n.English)
	for _, c := range []struct {
		months int
		ended  string
		until  string
	}{{0, "", "2026-07-21"}, {3, "", "2026-10-21"}, {3, "2026-07-20", "2026-07-20"}, {3, "2026-06-01", "2026-07-02"}} {
		o.GeneratedAt = dossiertest.Now.AddDate(0, c.months, 0)
		file.Case.Ending = nil
		if c.ended != "" {
			file.Case.Ending = &casefile.Ending{Kind: casefile.Partly, On: &casefile.Due{Date: c.ended, Zone: dossiertest.Zone}}
		}
		d := compile(t, file, o)
		first := d.Chronology[0].At
		until, err := time.Parse(time.DateOnly, c.until)
		if err != nil {
			t.Fatal(err)
		}
		begun := first.AddDate(0, 0, -(int(first.Weekday())+6)%7)
		weeks := int(until.Sub(begun.Truncate(24*time.Hour))/(7*24*time.Hour)) + 1
		if got := d.Until.Format(time.DateOnly); got != c.until || len(d.Charts.Weeks) != weeks {
			t.Errorf("%+v: it runs to %s with %d weeks, not %d", c, got, len(d.Charts.Weeks), weeks)
		}
		if plain(d.Charts.LastContact) != "Last contact: 2 Jul 2026" {
			t.Errorf("it says %q", d.Charts.LastContact)
		}
	}
	empty := compile(t, dossiertest.Empty().File, o)
	if len(empty.Charts.Weeks) > 0 || empty.Charts.LastContact != "" || len(empty.Charts.Holds) > 0 {
		t.Errorf("without a contact it draws %+v", empty.Charts)
	}
}
