package dossier_test

import (
	"slices"
	"strings"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/addressee"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

func forAddressee(id string) dossier.Options {
	o := options(i18n.English)
	o.Edition, o.FilingFor = dossier.Regulator, id
	o.Filing = dossier.FilingDetails{TaxID: "12345678Z", CompanyTaxID: "A58818501", Representative: "Jorge Lanza, solicitor"}
	return o
}

func TestAFilingSheetStandsInTheOrderOfItsAddressee(t *testing.T) {
	for _, to := range addressee.Of("") {
		d := compile(t, dossiertest.New(2).File, forAddressee(to.ID))
		var order []addressee.Section
		for _, part := range d.Filing.Parts {
			order = append(order, part.Section)
			if part.Title == "" || len(part.Lines) == 0 {
				t.Errorf("%s: %s is empty", to.ID, part.Section)
			}
		}
		if !slices.Equal(order, to.Order) || d.Filing.Addressee != to.Name || d.Reader != to.Name || !strings.Contains(d.Filing.Source, to.Source.URL) {
			t.Errorf("%s: %v for %s", to.ID, order, d.Filing.Addressee)
		}
	}
	if d := compile(t, dossiertest.New(1).File, options(i18n.English)); d.Filing != nil {
		t.Error("the head office gets a filing sheet")
	}
}

func TestAFilingSheetNamesTheFirstClaimInWritingAndTheLastAnswer(t *testing.T) {
	d := compile(t, dossiertest.New(2).File, forAddressee("es-omic"))
	at := slices.IndexFunc(d.Filing.Parts, func(p dossier.FilingPart) bool { return p.Section == addressee.EarlierClaim })
	part := d.Filing.Parts[at]
	if len(part.Rows) != 2 || part.Rows[0] != "E-002" || part.Rows[1] != d.Summary.LastAnswer.Row {
		t.Errorf("it names %v: %q", part.Rows, part.Lines)
	}
}

func TestAFilingSheetTakesNothingForAnAnswerThatCameBeforeTheClaim(t *testing.T) {
	file := claimed("es", 0)
	confirmed := file.Contacts[0]
	confirmed.Value.ID, confirmed.Value.Direction = "confirmation", casefile.Incoming
	confirmed.Value.OccurredAt.Wall = "2026-03-01"
	file.Contacts = append(file.Contacts, confirmed)
	d := compile(t, file, forAddressee("es-omic"))
	at := slices.IndexFunc(d.Filing.Parts, func(p dossier.FilingPart) bool { return p.Section == addressee.EarlierClaim })
	if lines := d.Filing.Parts[at].Lines; len(lines) != 2 || lines[1] != i18n.For(i18n.English).Text("filing.no_answer") {
		t.Errorf("it says %q", lines)
	}
}

func TestWhatAnAddresseeRefusesACaseWithoutIsListed(t *testing.T) {
	omic, _ := addressee.Find("es-omic")
	whole := dossiertest.New(2).File
	details := dossier.FilingDetails{TaxID: "12345678Z"}
	if missing := dossier.FilingMissing(whole, omic, details, dossiertest.Now); len(missing) > 0 {
		t.Errorf("of a whole case %v is missing", missing)
	}
	if missing := dossier.FilingMissing(dossiertest.Empty().File, omic, dossier.FilingDetails{}, dossiertest.Now); !slices.Equal(missing, omic.Needs) {
		t.Errorf("of an empty case only %v is missing", missing)
	}
	unanswered := whole
	unanswered.Messages = unanswered.Messages[1:2] // the claim
	unanswered.Contacts = slices.DeleteFunc(slices.Clone(whole.Contacts), func(c casefile.Recorded[casefile.Contact]) bool { return c.Value.Direction == casefile.Incoming })
	day := dossiertest.Now.AddDate(0, -4, 0) // a day after the claim
	if missing := dossier.FilingMissing(unanswered, omic, details, day); !slices.Equal(missing, []addressee.Need{addressee.NeedWaited}) {
		t.Errorf("a day after the claim %v is missing", missing)
	}
	if missing := dossier.FilingMissing(unanswered, omic, details, day.AddDate(0, 0, 31)); len(missing) > 0 {
		t.Errorf("a month after the claim %v is missing", missing)
	}
}

func TestThePlainFactsFitAndEndWithASentence(t *testing.T) {
	file := dossiertest.New(1).File
	for _, limit := range []int{1500, 500, 200, 60} {
		text := dossier.PlainFacts(file, "A sentence.", "Asked for", limit)
		if n := len([]rune(text)); n > limit || n < limit/3 && limit < 500 || strings.Contains(text, "\n") {
			t.Errorf("with room for %d it has %d characters: %q", limit, n, text)
		}
		if !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "…") {
			t.Errorf("it ends %q", text)
		}
	}
}
