package addressee_test

import (
	"net/url"
	"slices"
	"testing"
	"time"

	"constancia/internal/dossier/addressee"
	"constancia/internal/i18n"
)

func TestEachAddresseeHasItsSourceAndASheetWithEveryPartOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, one := range addressee.Of("") {
		if seen[one.ID] || one.Name == "" {
			t.Errorf("%q stands there twice, or without a name", one.ID)
		}
		seen[one.ID] = true
		sections := slices.Sorted(slices.Values(one.Order))
		if want := slices.Sorted(slices.Values(addressee.Sections())); !slices.Equal(sections, want) {
			t.Errorf("%s: the sheet has %v", one.ID, one.Order)
		}
		for _, need := range one.Needs {
			if !slices.Contains(addressee.Needs(), need) {
				t.Errorf("%s needs %q", one.ID, need)
			}
		}
		if slices.Contains(one.Needs, addressee.NeedWaited) != (one.WaitDays > 0) {
			t.Errorf("%s waits %d days", one.ID, one.WaitDays)
		}
		if _, err := time.Parse(time.DateOnly, one.Source.Checked); err != nil || one.Source.Title == "" || one.Source.Sure != "high" && one.Source.Sure != "medium" {
			t.Errorf("%s: the source is %+v", one.ID, one.Source)
		}
		if at, err := url.Parse(one.Source.URL); err != nil || at.Scheme != "https" {
			t.Errorf("%s: the source is at %q", one.ID, one.Source.URL)
		}
		if one.Limits.Files < 1 || one.Limits.FileBytes > one.Limits.TotalBytes {
			t.Errorf("%s takes %+v", one.ID, one.Limits)
		}
	}
	for _, place := range []string{"mx", "es", "ct", "uk", "us", "eu", "ar"} {
		if len(addressee.Of(place)) == 0 {
			t.Errorf("%s has none", place)
		}
	}
}

func TestEveryPartAndNeedHasItsWords(t *testing.T) {
	for _, language := range i18n.Languages() {
		for _, section := range addressee.Sections() {
			if key := "filing.section." + string(section); !i18n.For(language).Has(key) {
				t.Errorf("%s has no %s", language, key)
			}
		}
		for _, need := range addressee.Needs() {
			if key := "filing.need." + string(need); !i18n.For(language).Has(key) {
				t.Errorf("%s has no %s", language, key)
			}
		}
	}
}
