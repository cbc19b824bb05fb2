package pdf_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

// TestTheFirstPageSaysWhoseClockItWas reads beside the counts of what was recorded when that nobody else's clock confirms
// them, as long as that is so.
func TestTheFirstPageSaysWhoseClockItWas(t *testing.T) {
	for _, language := range i18n.Languages() {
		said := joinedWords(i18n.For(language).Text("dossier.summary.own_clock"))
		for _, stamped := range []bool{true, false} {
			o := options(language)
			if !stamped {
				o.Logs[0].Sealed, o.Logs[0].SealedAt = 0, time.Time{}
			}
			page := joinedWords(run(t, "pdftotext", "-f", "1", "-l", "1", save(t, write(t, dossiertest.New(1), o)), "-"))
			if got := strings.Contains(page, said); got == stamped {
				t.Errorf("%s, stamped %t: the first page says %t", language, stamped, got)
			}
		}
	}
}

// TestTheLedgerDefinesTheLabelsItPrints reads what is said above the promises.
func TestTheLedgerDefinesTheLabelsItPrints(t *testing.T) {
	story := dossiertest.New(2)
	for _, language := range i18n.Languages() {
		words := i18n.For(language)
		broken := joinedWords(words.Text("dossier.ledger.broken_is", i18n.Values{"label": words.Text("term.outcome.broken")}))
		overdue := joinedWords(words.Text("dossier.ledger.overdue_is", i18n.Values{"label": words.Text("dossier.outcome.overdue")}))
		o := options(language)
		o.Sections = []dossier.Section{dossier.PromisesSection}
		read := func() string { return joinedWords(run(t, "pdftotext", save(t, write(t, story, o)), "-")) }
		if all := read(); !strings.Contains(all, broken) || !strings.Contains(all, overdue) {
			t.Errorf("%s: a label is printed and not defined", language)
		}
		kept := *story
		kept.File.Promises = slices.DeleteFunc(slices.Clone(story.File.Promises), func(p casefile.Recorded[casefile.Promise]) bool {
			return !slices.ContainsFunc(story.File.Settlements, func(s casefile.Recorded[casefile.Settlement]) bool {
				return s.Value.PromiseID == p.Value.ID
			})
		})
		story := &kept
		if settled := joinedWords(run(t, "pdftotext", save(t, write(t, story, o)), "-")); strings.Contains(settled, overdue) {
			t.Errorf("%s: it defines a label that it does not print", language)
		}
	}
}
