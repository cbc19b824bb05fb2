package addressee_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"constancia/internal/dossier/addressee"
	"constancia/internal/i18n"
)

func TestEachSourceIsAnAddressAndADay(t *testing.T) {
	for _, one := range addressee.Of("") {
		if err := sound(one.Source); err != "" {
			t.Errorf("%s: %s: %+v", one.ID, err, one.Source)
		}
	}
}

func sound(s addressee.Source) string {
	at, err := url.Parse(s.URL)
	_, dayless := time.Parse(time.DateOnly, s.Checked)
	switch {
	case err != nil || at.Scheme != "https" || s.Title == "":
		return "there is no such page"
	case dayless != nil:
		return "nobody knows when it was noted"
	case s.As != "" && (s.Read == "" || s.As > s.Checked):
		return "that text cannot have been read"
	}
	return ""
}

func TestASourceSaysWhatItWasCheckedAgainst(t *testing.T) {
	for _, c := range []struct {
		source addressee.Source
		says   []string
	}{
		{addressee.Source{Checked: "2026-11-23", Read: addressee.Law, As: "2026-02-11"}, []string{"text of the law as of 11 February 2026", "23 November 2026"}},
		{addressee.Source{Checked: "2026-11-23", Read: addressee.Law}, []string{"text of the law, ", "23 November 2026"}},
		{addressee.Source{Checked: "2026-11-23", Read: addressee.Page, As: "2021-02-15"}, []string{"copy of the page from 15 February 2021"}},
		{addressee.Source{Checked: "2026-11-23", Read: addressee.Page}, []string{"undated copy of the page"}},
		{addressee.Source{Checked: "2026-11-22"}, []string{"noted on 22 November 2026", "please check"}},
	} {
		said := c.source.How(i18n.For(i18n.English))
		for _, part := range c.says {
			if !strings.Contains(said, part) {
				t.Errorf("of %+v it says %q", c.source, said)
			}
		}
		if strings.Contains(said, "please check") != (c.source.Read == "") {
			t.Errorf("of %+v it says %q", c.source, said)
		}
	}
}

func TestEveryCheckHasItsWords(t *testing.T) {
	for _, language := range i18n.Languages() {
		words := i18n.For(language)
		for _, read := range addressee.Reads() {
			if !words.Has("source."+string(read)) || !words.Has("source."+string(read)+"_of") {
				t.Errorf("%s has no words for %s", language, read)
			}
		}
		if !words.Has("source.unchecked") {
			t.Errorf("%s has no words for what is unchecked", language)
		}
	}
}
