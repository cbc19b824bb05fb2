package law_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dossier/addressee"
	"constancia/internal/dossier/law"
	"constancia/internal/i18n"
)

func TestEachRuleHasItsWordsItsSourceAndWhatBreaksIt(t *testing.T) {
	seen := map[string]bool{}
	for _, rule := range law.Of("", casefile.Roles()) {
		if seen[rule.ID] || rule.Article == "" || len(rule.Places) == 0 {
			t.Errorf("%q stands there twice, or is nowhere", rule.ID)
		}
		seen[rule.ID] = true
		for _, language := range i18n.Languages() {
			if words := i18n.For(language); !words.Has("law.rule."+rule.ID) || rule.Binds != "" && !words.Has("law.binds."+rule.Binds) {
				t.Errorf("%s: not all is said in %s", rule.ID, language)
			}
		}
		if _, err := time.Parse(time.DateOnly, rule.From); err != nil {
			t.Errorf("%s begins %q", rule.ID, rule.From)
		}
		if at, err := url.Parse(rule.Source.URL); err != nil || at.Scheme != "https" || rule.Source.Title == "" || rule.Source.Read == "" {
			t.Errorf("%s: the source is %+v", rule.ID, rule.Source)
		}
		if _, err := time.Parse(time.DateOnly, rule.Source.Checked); err != nil || rule.Source.As > rule.Source.Checked {
			t.Errorf("%s was checked %q in a text of %q", rule.ID, rule.Source.Checked, rule.Source.As)
		}
		ways := 0
		for _, there := range []bool{rule.AnswerWithin != addressee.Period{}, len(rule.Supervisors) > 0, len(rule.Failures) > 0} {
			if there {
				ways++
			}
		}
		if ways != 1 {
			t.Errorf("%s is broken in %d ways", rule.ID, ways)
		}
		for _, supervisor := range rule.Supervisors {
			if !slices.Contains(casefile.Supervisors(), supervisor) {
				t.Errorf("%s: nobody records %q", rule.ID, supervisor)
			}
		}
		for _, failure := range rule.Failures {
			if !i18n.For(i18n.English).Has("term.failure." + string(failure)) {
				t.Errorf("%s: nobody records %q", rule.ID, failure)
			}
		}
	}
}

func TestRulesAreThoseOfThePlaceAndOfTheCompaniesThere(t *testing.T) {
	for name, c := range map[string]struct {
		place string
		roles []casefile.PartyRole
		want  bool
	}{
		"a bank of the place": {"uk", []casefile.PartyRole{casefile.Seller, casefile.Bank}, true},
		"a shop of the place": {"uk", []casefile.PartyRole{casefile.Seller}, false},
		"a bank elsewhere":    {"es", []casefile.PartyRole{casefile.Bank}, false},
	} {
		rules := law.Of(c.place, c.roles)
		if got := slices.ContainsFunc(rules, func(r law.Rule) bool { return r.ID == "uk-disp-1-6-2" }); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestEachLawSaysWhatItsTextDoes(t *testing.T) {
	fifteenDays, month, eightWeeks := addressee.Period{Days: 15}, addressee.Period{Months: 1}, addressee.Period{Days: 56}
	type figures struct {
		article, from, to string
		within            addressee.Period
	}
	want := map[string]figures{
		"es-21-3":         {"art. 21.3", "2025-12-28", "", fifteenDays},
		"es-21-3-month":   {"art. 21.3", "2014-03-29", "2025-12-27", month},
		"ct-211-4-c":      {"art. 211-4.c", "2011-07-23", "", month},
		"ct-211-4-b":      {"art. 211-4.b", "2011-07-23", "", addressee.Period{}},
		"es-21-2-person":  {"art. 21.2", "2014-03-29", "", addressee.Period{}},
		"es-21-2-selling": {"art. 21.2", "2014-03-29", "", addressee.Period{}},
		"es-61-2":         {"art. 61.2", "2022-01-01", "", addressee.Period{}},
		"es-66":           {"arts. 21.1, 66 bis, 66 ter", "2022-01-01", "", addressee.Period{}},
		"es-118-4":        {"art. 118.4", "2022-01-01", "", addressee.Period{}},
		"es-10-2025-8-2":  {"arts. 8.1, 8.2", "2026-12-29", "", addressee.Period{}},
		"es-10-2025-8-3":  {"art. 8.3", "2026-12-29", "", addressee.Period{}},
		"es-10-2025-13-1": {"art. 13.1", "2026-12-29", "", addressee.Period{}},
		"uk-disp-1-6-2":   {"DISP 1.6.2 R", "2013-04-01", "", eightWeeks},
		"uk-cra-28":       {"ss. 28, 29", "2015-10-01", "", addressee.Period{}},
		"us-16-cfr-435":   {"Part 435", "2015-01-01", "", addressee.Period{}},
		"mx-lfpc-7":       {"art. 7", "2018-01-12", "", addressee.Period{}},
		"ar-24240-8-bis":  {"art. 8 bis", "2009-01-01", "", addressee.Period{}},
		"ar-24240-10-bis": {"art. 10 bis", "2009-01-01", "", addressee.Period{}},
	}
	for _, rule := range law.Of("", casefile.Roles()) {
		is := want[rule.ID]
		if !strings.HasSuffix(rule.Article, is.article) || is.article == "" || rule.From != is.from || rule.To != is.to || rule.AnswerWithin != is.within {
			t.Errorf("%s: %s from %s to %q, within %+v", rule.ID, rule.Article, rule.From, rule.To, rule.AnswerWithin)
		}
		delete(want, rule.ID)
	}
	if len(want) > 0 {
		t.Errorf("nobody holds %v", want)
	}
}

// Ley 10/2025 has been in force since 28 December 2025 and gave companies twelve months to adapt.
func TestASpanishCompanyHasOneTimeForItsAnswerOnAnyDay(t *testing.T) {
	for day, want := range map[string]string{"2025-12-27": "es-21-3-month", "2025-12-28": "es-21-3", "2027-01-01": "es-21-3"} {
		at, _ := time.Parse(time.DateOnly, day)
		var binding []string
		for _, rule := range law.Of("es", nil) {
			if rule.InForce(at) && rule.AnswerWithin != (addressee.Period{}) {
				binding = append(binding, rule.ID)
			}
		}
		if !slices.Equal(binding, []string{want}) {
			t.Errorf("on %s: %v", day, binding)
		}
	}
}

func TestARuleBindsFromItsFirstDayToItsLast(t *testing.T) {
	rule := law.Rule{From: "2026-12-28", To: "2027-06-30"}
	for day, want := range map[string]bool{"2026-12-27": false, "2026-12-28": true, "2027-06-30": true, "2027-07-01": false} {
		at, _ := time.Parse(time.DateOnly, day)
		if rule.InForce(at) != want {
			t.Errorf("on %s: %t", day, !want)
		}
	}
}
