package pdf_test

import (
	"strings"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

func TestWhatTheLawAsksStandsInTheRegulatorsEditionWithWhatIsOnRecordAgainstIt(t *testing.T) {
	for _, language := range i18n.Languages() {
		story := dossiertest.New(2)
		story.File.Case.Place = "es"
		// Nobody wrote or called after the claim.
		story.File.Messages = story.File.Messages[:2]
		for at := range story.File.Contacts {
			story.File.Contacts[at].Value.Direction = casefile.Outgoing
		}
		last := &story.File.Contacts[len(story.File.Contacts)-1].Value
		last.OccurredAt.Wall, last.OccurredAt.Precision = "2027-01-11", casefile.Day
		last.Supervisor = casefile.SupervisorRefused
		o := options(language)
		o.Edition, o.FilingFor, o.GeneratedAt = dossier.Regulator, "es-omic", time.Date(2027, 2, 1, 10, 0, 0, 0, time.UTC)
		path := save(t, write(t, story, o))
		words := i18n.For(language)
		all := strings.Join(strings.Fields(text(t, path, "1", pages(t, path))), " ")
		for _, wanted := range []string{"art. 21.3", "10/2025", "art. 8.3", words.Text("law.claim", i18n.Values{"channel": words.Text("term.channel.email")}), words.Text("law.rule.es-21-3")[:40], words.Text("law.binds.es-10-2025")[:40]} {
			if !strings.Contains(all, wanted) {
				t.Errorf("%s: %q is not told", language, wanted)
			}
		}
		if heading := words.Text("dossier.section.breaches"); strings.Count(all, heading) < 2 {
			t.Errorf("%s: the contents do not list %q", language, heading)
		}
	}
}
