package dossier_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/dossier/redaction"
	"constancia/internal/i18n"
	"constancia/internal/problem"
)

func TestADossierOfAPeriodTellsAndCountsOnlyWhatIsOfItsDays(t *testing.T) {
	file := dossiertest.New(2).File
	whole := compile(t, file, options(i18n.English))
	for _, period := range []dossier.Period{
		{From: "2026-04-01", To: "2026-05-15"}, {From: "2026-05-01"}, {To: "2026-04-10"}, {From: "2026-03-05", To: "2026-03-05"},
	} {
		o := options(i18n.English)
		o.Period = period
		d := compile(t, file, o)
		within := func(what string, at time.Time) {
			t.Helper()
			if day := at.Format(time.DateOnly); day < period.From || period.To != "" && day > period.To {
				t.Errorf("%v: %s is of %s", period, what, day)
			}
		}
		for _, row := range d.Chronology {
			within(string(row.Tag), row.At)
			if !slices.ContainsFunc(whole.Chronology, func(full dossier.Row) bool { return full.Tag == row.Tag && full.Text == row.Text }) {
				t.Errorf("%v: %s has another number in the whole dossier", period, row.Tag)
			}
		}
		for _, promise := range d.Promises {
			within(string(promise.Tag), promise.MadeAt)
		}
		if len(d.Chronology) == 0 || len(d.Chronology) >= len(whole.Chronology) {
			t.Errorf("%v: %d rows of %d", period, len(d.Chronology), len(whole.Chronology))
		}
		figure := d.Summary.Figures[1]
		if figure.Value != i18n.For(i18n.English).Number(int64(len(d.Chronology))) || figure.Told != dossier.ChronologySection {
			t.Errorf("%v: the first page counts %s contacts of %d rows", period, figure.Value, len(d.Chronology))
		}
		var bars int64
		for _, bar := range d.Charts.Weeks {
			bars += bar.Value
		}
		if bars != int64(len(d.Chronology)) {
			t.Errorf("%v: the weeks hold %d of %d rows", period, bars, len(d.Chronology))
		}
		if !strings.HasPrefix(d.Summary.Sentence, "This dossier covers the period ") || !strings.Contains(d.Notes[0], "figures are for that period only") {
			t.Errorf("%v: it does not say of which days it tells: %q, %q", period, d.Summary.Sentence, d.Notes)
		}
		if whole.Summary.Claimed != d.Summary.Claimed || !slices.Equal(whole.Summary.Asked, d.Summary.Asked) {
			t.Errorf("%v: what is asked changes with the period", period)
		}
	}
}

func TestTheDaysOfAPeriodCountFromItsFirstRowToItsEnd(t *testing.T) {
	file := dossiertest.New(2).File
	first := compile(t, file, options(i18n.English)).Chronology[0].At
	for period, want := range map[dossier.Period]string{
		{From: "2020-01-01", To: first.AddDate(0, 0, 9).Format(time.DateOnly)}:                                  "10",
		{To: first.Format(time.DateOnly)}:                                                                       "1",
		{From: dossiertest.Now.AddDate(0, 0, -4).Format(time.DateOnly), To: "2030-01-01"}:                       "0", // nothing happened
		{From: first.Format(time.DateOnly), To: first.AddDate(0, 0, 30).Format(time.DateOnly)}:                  "31",
		{From: first.AddDate(0, 0, -3).Format(time.DateOnly), To: first.AddDate(0, 0, 1).Format(time.DateOnly)}: "2",
	} {
		o := options(i18n.English)
		o.Period = period
		if got := compile(t, file, o).Summary.Figures[0].Value; got != want {
			t.Errorf("%v has %s days, not %s", period, got, want)
		}
	}
}

func TestWhatIsOnlyKnownToTheMonthIsOfAPeriodThatTouchesIt(t *testing.T) {
	file := dossiertest.Empty().File
	file.Contacts = []casefile.Recorded[casefile.Contact]{{Value: casefile.Contact{ID: "one", Summary: "In spring", Channel: casefile.Phone,
		OccurredAt: casefile.When{Wall: "2026-04", Zone: dossiertest.Zone, OffsetSeconds: 7200, Precision: casefile.Month}}}}
	for period, rows := range map[dossier.Period]int{
		{From: "2026-04-20", To: "2026-06-01"}: 1, {From: "2026-05-01"}: 0, {To: "2026-04-02"}: 1, {To: "2026-03-31"}: 0,
	} {
		o := options(i18n.English)
		o.Period = period
		if got := len(compile(t, file, o).Chronology); got != rows {
			t.Errorf("%v has %d rows", period, got)
		}
	}
}

func TestOptionsThatMakeNoSenseAreRefused(t *testing.T) {
	for code, change := range map[problem.Code]func(*dossier.Options){
		problem.NotADate:        func(o *dossier.Options) { o.Period.From = "2026-02-30" },
		problem.PeriodBackwards: func(o *dossier.Options) { o.Period = dossier.Period{From: "2026-05-02", To: "2026-05-01"} },
		problem.NotAChoice:      func(o *dossier.Options) { o.Sections = []dossier.Section{"summary"} },
	} {
		o := options(i18n.English)
		change(&o)
		if _, err := dossier.Compile(dossiertest.Empty().File, o); !errors.Is(err, problem.New(code, nil)) {
			t.Errorf("not %s but %v", code, err)
		}
	}
}

func TestADossierSaysWhichPartsAreLeftOut(t *testing.T) {
	file := dossiertest.New(1).File
	for _, language := range i18n.Languages() {
		for _, left := range dossier.Sections() {
			o := options(language)
			o.Sections = slices.DeleteFunc(dossier.Sections(), func(one dossier.Section) bool { return one == left })
			d := compile(t, file, o)
			name := i18n.For(language).Text("dossier.section." + string(left))
			if d.Has(left) || !strings.Contains(d.OmittedParts, name) || !slices.Contains(d.Notes, d.OmittedParts) {
				t.Errorf("%s: without %s it says %q", language, left, d.OmittedParts)
			}
		}
		if d := compile(t, file, options(language)); d.OmittedParts != "" || len(d.Notes) > 0 {
			t.Errorf("%s: a whole dossier says %q", language, d.Notes)
		}
	}
}

func TestWhatAPartLeftOutHeldIsNowhereInTheDossier(t *testing.T) {
	o := options(i18n.Spanish)
	o.Sections = []dossier.Section{dossier.ChronologySection}
	d := compile(t, dossiertest.New(1).File, o)
	for _, file := range d.Integrity.Files {
		t.Errorf("the list names %q of a part that was left out", file.Name)
	}
	if len(d.People)+len(d.Promises)+len(d.Emails)+len(d.Exhibits)+len(d.Contradictions)+len(d.Charts.Weeks)+len(d.CompanySide.Answers) > 0 || !d.Cost.Empty() {
		t.Error("a part that was left out is there")
	}
	if len(d.Chronology) == 0 || len(d.Summary.TurningPoints) == 0 {
		t.Error("what was asked for is not there")
	}
}

// tagsIn are all tags that a value holds, by whether they name a row of their own (field Tag) or lead to another.
func tagsIn(value reflect.Value, own string, rows, named map[dossier.Tag]bool) {
	switch value.Kind() {
	case reflect.Pointer:
		if !value.IsNil() {
			tagsIn(value.Elem(), own, rows, named)
		}
	case reflect.Slice:
		for i := range value.Len() {
			tagsIn(value.Index(i), own, rows, named)
		}
	case reflect.Struct:
		if value.Type().PkgPath() == "time" {
			return
		}
		for i := range value.NumField() {
			tagsIn(value.Field(i), value.Type().Name()+"."+value.Type().Field(i).Name, rows, named)
		}
	case reflect.String:
		if tag, ok := value.Interface().(dossier.Tag); ok && tag != "" {
			switch own {
			case "Row.Tag", "Promise.Tag", "Email.Tag", "Exhibit.Tag":
				rows[tag] = true
			default:
				named[tag] = true
			}
		}
	}
}

func TestNoTagNamesARowThatTheDossierDoesNotHaveWhateverIsLeftOut(t *testing.T) {
	file := dossiertest.New(2).File
	press := redaction.Find(file, nil, redaction.Choices{Exhibits: []string{"A-1", "A-3"}}, i18n.For(i18n.English))
	rapid.Check(t, func(t *rapid.T) {
		o := options(i18n.English)
		o.Edition = rapid.SampledFrom(dossier.Editions()).Draw(t, "edition")
		o.FilingFor, o.Press = "es-omic", press
		for _, section := range dossier.Sections() {
			if rapid.Bool().Draw(t, string(section)) {
				o.Sections = append(o.Sections, section)
			}
		}
		from := rapid.IntRange(0, 120).Draw(t, "from")
		o.Period.From = time.Date(2026, 3, 1+from, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		o.Period.To = time.Date(2026, 3, 1+from+rapid.IntRange(0, 90).Draw(t, "days"), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		if rapid.Bool().Draw(t, "whole") {
			o.Period = dossier.Period{}
		}
		d, err := dossier.Compile(file, o)
		if err != nil {
			t.Fatal(err)
		}
		rows, named := map[dossier.Tag]bool{}, map[dossier.Tag]bool{}
		tagsIn(reflect.ValueOf(d), "", rows, named)
		for tag := range named {
			if !rows[tag] {
				t.Errorf("%s is named and not there: %v of %v", tag, o.Sections, o.Period)
			}
		}
	})
}

func TestAnEarlierClaimCountsThoughThePeriodLeavesItOut(t *testing.T) {
	file := dossiertest.New(2).File
	o := options(i18n.English)
	o.Edition, o.FilingFor = dossier.Regulator, "es-omic"
	claim := func(d dossier.Dossier) string {
		for _, part := range d.Filing.Parts {
			if part.Section == "earlier_claim" {
				return part.Lines[0]
			}
		}
		return ""
	}
	whole := claim(compile(t, file, o))
	o.Period.From = "2026-07-15"
	late := claim(compile(t, file, o))
	day, _, _ := strings.Cut(whole, "(")
	if !strings.HasPrefix(late, day) || !strings.Contains(late, "not in this dossier") {
		t.Errorf("of %q it says %q", whole, late)
	}
}

func TestALetterHasItsPlaceItsAddresseeAndItsParagraphs(t *testing.T) {
	file := dossiertest.New(1).File
	for address, place := range map[string]string{
		"Calle Mayor 5, 3.º B\n50001 Zaragoza": "Zaragoza, ", "Calle Mayor 5, 28013 Madrid": "Madrid, ",
		"12 High Street\nLondon SW1A 1AA": "London, ", "12 Main St, Springfield, IL 62701": "Springfield, ",
		"Col. Roma, 06700 Ciudad de México": "Ciudad de México, ", "Calle Mayor 5": "", "": "",
	} {
		file.Case.Complainant.Address = address
		o := options(i18n.English)
		o.Addressee, o.Cover.Text = "Ms Vidal", "\r\nDear Ms Vidal,\r\n\r\nI enclose\nmy dossier.\n\n\n\nYours"
		letter := compile(t, file, o).Letter
		if letter.Dateline != place+"21 July 2026" {
			t.Errorf("%q gives %q", address, letter.Dateline)
		}
		if !slices.Equal(letter.To, []string{"Ms Vidal"}) || !slices.Equal(letter.Paragraphs, []string{"Dear Ms Vidal,", "I enclose\nmy dossier.", "Yours"}) {
			t.Errorf("it is %+v", letter)
		}
	}
	if compile(t, file, options(i18n.English)).Letter != nil {
		t.Error("there is a letter without a text")
	}
}

func TestTheHeadOfficesLetterGoesToTheCompanyUnlessSomebodyIsNamed(t *testing.T) {
	file := dossiertest.New(1).File
	file.Parties[0].Value.Address = "Avenida 1\n50002 Zaragoza"
	o := options(i18n.English)
	o.Cover.Text = "Hello"
	if to := compile(t, file, o).Letter.To; !slices.Equal(to, []string{file.Parties[0].Value.Name, "Avenida 1", "50002 Zaragoza"}) {
		t.Errorf("it goes to %q", to)
	}
}

func TestThePressGetsNoSignatureOfSomebodyWhoIsHidden(t *testing.T) {
	file := dossiertest.New(1).File
	o := options(i18n.English)
	o.Edition, o.Cover.Signature = dossier.Press, []byte("picture")
	if d := compile(t, file, o); !redaction.IsHidden(d.Complainant.Name) || d.Signature != nil {
		t.Errorf("%q signs", d.Complainant.Name)
	}
	o.Press = redaction.Find(file, nil, redaction.Choices{Show: []string{"complainant"}}, i18n.For(i18n.English))
	if d := compile(t, file, o); redaction.IsHidden(d.Complainant.Name) || d.Signature == nil {
		t.Errorf("%q, who is shown, does not sign", d.Complainant.Name)
	}
}
