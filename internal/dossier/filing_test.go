package dossier_test

import (
	"maps"
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

func TestWhatIsSignedIsNeverCut(t *testing.T) {
	file := written()
	file.Case.Summary = strings.Repeat("The parcel never came. ", 60)
	file.Case.StillConcerned = strings.Repeat("The shop and the carrier say different things. ", 30) + "That is all."
	for _, part := range compile(t, file, forAddressee("es-omic")).Filing.Parts {
		if part.Section == addressee.Facts && (part.Lines[0] != file.Case.Summary || part.Lines[len(part.Lines)-1] != file.Case.StillConcerned) {
			t.Errorf("the facts end %q", part.Lines[len(part.Lines)-1])
		}
	}
}

// filed are the lines of a filing sheet, by its parts.
func filed(d dossier.Dossier) map[addressee.Section]string {
	lines := map[addressee.Section]string{}
	for _, part := range d.Filing.Parts {
		lines[part.Section] = plain(strings.Join(part.Lines, "\n"))
	}
	return lines
}

func TestAFilingSheetHasRoomForWhatTheRecordLacks(t *testing.T) {
	file := written()
	carrier := casefile.Party{ID: "carrier", Name: "Veloz", Role: casefile.Carrier}
	file.Parties = append(file.Parties, casefile.Recorded[casefile.Party]{Value: carrier})
	o := forAddressee("es-omic")
	o.Filing.TaxID = ""
	d := compile(t, file, o)
	lines := filed(d)
	for section, want := range map[addressee.Section]string{
		addressee.Complainant: "tax or identity number: ____", addressee.Company: "Veloz (carrier) · registered name and tax number: ____",
		addressee.Signature: "Place and date\n", addressee.EarlierClaim: "To Veloz: no complaint in writing is on record", addressee.Enclosures: "This dossier",
		addressee.Petition: "Of the office: to put this complaint to the companies and to mediate.",
	} {
		if !strings.Contains(lines[section], want) {
			t.Errorf("%s: %q", section, lines[section])
		}
	}
	if strings.Count(lines[addressee.Company], dossier.Blank) != 1 || d.Filing.Writing != "Consumer complaint" {
		t.Errorf("there is a blank for a number that is known: %q; it is a %q", lines[addressee.Company], d.Filing.Writing)
	}
	o.FilingFor = "uk-fos" // asks for no number
	if said := strings.Join(slices.Collect(maps.Values(filed(compile(t, file, o)))), "\n"); strings.Contains(said, dossier.Blank) {
		t.Errorf("there is a blank for a number that nobody asks for:\n%s", said)
	}
}

func TestAFilingSheetSaysWithWhichExhibitsItGoes(t *testing.T) {
	evidence := casefile.Recorded[casefile.Evidence]{Value: casefile.Evidence{ID: "photo", FileName: "photo.jpg", SHA256: strings.Repeat("0", 64)}}
	for name, c := range map[string]struct {
		labels []string
		says   string
	}{
		"none":                      {nil, "This dossier"},
		"one":                       {[]string{"A-1"}, "This dossier, with exhibit A-1"},
		"several without a gap":     {[]string{"A-9", "A-10", "A-11", "A-12"}, "This dossier, with exhibits A-9 … A-12"},
		"several, one was not kept": {[]string{"A-1", "A-2", "A-4"}, "This dossier, with exhibits A-1, A-2 and A-4"},
	} {
		file := written()
		file.Evidence = append(file.Evidence, evidence)
		for _, label := range c.labels {
			file.Exhibits = append(file.Exhibits, casefile.Recorded[casefile.Exhibit]{Value: casefile.Exhibit{EvidenceID: "photo", Label: label}})
		}
		if lines := filed(compile(t, file, forAddressee("es-omic"))); lines[addressee.Enclosures] != c.says {
			t.Errorf("%s: %q", name, lines[addressee.Enclosures])
		}
	}
}

func claimPart(d dossier.Dossier) dossier.FilingPart {
	at := slices.IndexFunc(d.Filing.Parts, func(p dossier.FilingPart) bool { return p.Section == addressee.EarlierClaim })
	return d.Filing.Parts[at]
}

// written is a case with a call, a comment card, a letter and a form to the company, and an answer to the letter.
func written() casefile.CaseFile {
	file := claimed("es", 0)
	letter := file.Contacts[0]
	file.Contacts = nil
	for _, one := range []struct {
		day     string
		channel casefile.Channel
		from    casefile.Direction
	}{
		{"2026-03-01", casefile.Phone, casefile.Outgoing}, {"2026-03-02", casefile.CommentCard, casefile.Outgoing},
		{"2026-03-03", casefile.Letter, casefile.Outgoing}, {"2026-03-20", casefile.Letter, casefile.Incoming},
		{"2026-04-01", casefile.WebForm, casefile.Outgoing},
	} {
		contact := letter
		contact.Value.ID, contact.Value.OccurredAt.Wall = one.day, one.day
		contact.Value.Channel, contact.Value.Direction = one.channel, one.from
		file.Contacts = append(file.Contacts, contact)
	}
	return file
}

func TestAFilingSheetListsAllThatWasPutInWritingAndTheLastAnswer(t *testing.T) {
	const card, letter, form, answer = "2 Mar 2026, comment card, Miramar (C-002)", "3 Mar 2026, letter, Miramar (C-003)",
		"1 Apr 2026, web form, Miramar (C-005)", "Last answer: 20 Mar 2026, Miramar (C-004)"
	const order = "Put to the companies in writing, in order:"
	for name, c := range map[string]struct {
		wanted string
		lines  []string
		rows   []dossier.Tag
	}{
		"nothing was chosen":                {"", []string{order, "1. " + card, "2. " + letter, "3. " + form, answer}, []dossier.Tag{"C-002", "C-003", "C-005", "C-004"}},
		"a later one was the first claim":   {"C-003", []string{order, "1. " + letter, "2. " + form, answer}, []dossier.Tag{"C-003", "C-005", "C-004"}},
		"a call, and what was written then": {"c-001; C-005", []string{"Put to the companies, in order:", "1. 1 Mar 2026, phone, Miramar (C-001)", "2. " + card, "3. " + letter, "4. " + form, answer}, []dossier.Tag{"C-001", "C-002", "C-003", "C-005", "C-004"}},
		"only one":                          {"C-005", []string{"Complaint to the company: " + form, "No answer is on record"}, []dossier.Tag{"C-005"}},
		"one that is not there":             {"C-999", []string{"No earlier complaint in writing is on record", answer}, []dossier.Tag{"C-004"}},
	} {
		o := forAddressee("es-omic")
		o.Filing.EarlierClaim = c.wanted
		part := claimPart(compile(t, written(), o))
		for i := range part.Lines {
			part.Lines[i] = plain(part.Lines[i])
		}
		if !slices.Equal(part.Lines, c.lines) || !slices.Equal(part.Rows, c.rows) {
			t.Errorf("%s: it says %q and leads to %v", name, part.Lines, part.Rows)
		}
	}
}

func TestADossierIsCalledByWhatItsAddresseeIs(t *testing.T) {
	for id, want := range map[string]string{
		"es-omic": "for the consumer office", "es-arbitraje": "for the arbitration board", "uk-fos": "for the ombudsman", "us-cfpb": "for the regulator",
	} {
		if got := compile(t, written(), forAddressee(id)).Kind; got != "Complaint dossier "+want {
			t.Errorf("for %s it is called %q", id, got)
		}
	}
	o := forAddressee("")
	o.Addressee = "OMIC de Vila-seca"
	if d := compile(t, written(), o); d.Kind != "Complaint dossier" || d.Reader != o.Addressee {
		t.Errorf("for somebody else it is called %q, %q", d.Kind, d.Reader)
	}
	for _, kind := range addressee.Kinds() {
		if !i18n.For(i18n.Catalan).Has("dossier.kind." + string(kind)) {
			t.Errorf("a dossier for %s has no name", kind)
		}
	}
	for _, one := range addressee.Of("") {
		if !slices.Contains(addressee.Kinds(), one.Kind) {
			t.Errorf("%s is %q", one.ID, one.Kind)
		}
	}
}

func TestAFilingSheetTakesNothingForAnAnswerThatCameBeforeTheClaim(t *testing.T) {
	file := claimed("es", 0)
	confirmed := file.Contacts[0]
	confirmed.Value.ID, confirmed.Value.Direction = "confirmation", casefile.Incoming
	confirmed.Value.OccurredAt.Wall = "2026-03-01"
	file.Contacts = append(file.Contacts, confirmed)
	d := compile(t, file, forAddressee("es-omic"))
	if lines := claimPart(d).Lines; len(lines) != 2 || lines[1] != i18n.For(i18n.English).Text("filing.no_answer") {
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
