package law_test

import (
	"net/url"
	"slices"
	"testing"
	"time"

	"constancia/internal/casefile"
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
		if _, err := time.Parse(time.DateOnly, rule.Source.Checked); err != nil || rule.Source.Title == "" || rule.Source.Sure != "high" && rule.Source.Sure != "medium" {
			t.Errorf("%s: the source is %+v", rule.ID, rule.Source)
		}
		if at, err := url.Parse(rule.Source.URL); err != nil || at.Scheme != "https" {
			t.Errorf("%s: the source is at %q", rule.ID, rule.Source.URL)
		}
		ways := 0
		for _, there := range []bool{rule.AnswerWithin != law.Period{}, len(rule.Supervisors) > 0, len(rule.Failures) > 0} {
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

func TestAPeriodEndsWithADay(t *testing.T) {
	for _, c := range []struct {
		period   law.Period
		from, to string
	}{
		{law.Period{Months: 1}, "2026-03-03T10:00:00", "2026-04-03T23:59:59"},
		{law.Period{Months: 1}, "2026-01-31T10:00:00", "2026-02-28T23:59:59"},
		{law.Period{Months: 1}, "2028-01-30T00:00:00", "2028-02-29T23:59:59"},
		{law.Period{Months: 1}, "2026-12-15T23:59:59", "2027-01-15T23:59:59"},
		{law.Period{Days: 56}, "2026-03-03T10:00:00", "2026-04-28T23:59:59"},
	} {
		const layout = "2006-01-02T15:04:05"
		from, _ := time.Parse(layout, c.from)
		if got := c.period.After(from).Format(layout); got != c.to {
			t.Errorf("%+v after %s ends %s, not %s", c.period, c.from, got, c.to)
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
