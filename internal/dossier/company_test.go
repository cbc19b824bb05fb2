package dossier_test

import (
	"slices"
	"strings"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

func TestEachLineOfTheCompaniesSideSaysWhoseWordsItIs(t *testing.T) {
	side := compile(t, dossiertest.New(2).File, options(i18n.English)).CompanySide
	emails, noted := 0, 0
	for _, answer := range side.Answers {
		email := strings.HasPrefix(string(answer.Row), "E-")
		switch {
		case email && answer.Source == "The company’s own words, from its email" && strings.HasPrefix(answer.Text, "“") && strings.HasSuffix(answer.Text, "”"):
			emails++
		case !email && strings.HasSuffix(answer.Source, "; told in the complainant’s words"):
			noted++
		default:
			t.Errorf("nobody can tell whose words these are: %+v", answer)
		}
	}
	if emails == 0 || noted == 0 {
		t.Errorf("there are %d emails and %d contacts, so little was looked at", emails, noted)
	}
}

func TestWhereSomebodyHelpedNobodyIsNamed(t *testing.T) {
	file := dossiertest.New(2).File
	side := compile(t, file, options(i18n.English)).CompanySide
	if len(side.Helped) == 0 {
		t.Fatal("nobody helped, so nothing was looked at")
	}
	for _, helped := range side.Helped {
		if helped.Row == "" || helped.Text != "" {
			t.Errorf("%+v does not leave it to its row", helped)
		}
		for _, person := range file.People {
			if name := person.Value.Name; name != "" && strings.Contains(helped.Who+helped.Source, name) {
				t.Errorf("%+v names %s", helped, name)
			}
		}
	}
}

func TestAnAnswerOnACompanysDocumentLeadsToIt(t *testing.T) {
	file := dossiertest.New(1).File
	letter := slices.IndexFunc(file.Contacts, func(c casefile.Recorded[casefile.Contact]) bool { return c.Value.Channel == casefile.Letter })
	scan := slices.IndexFunc(file.Evidence, func(e casefile.Recorded[casefile.Evidence]) bool {
		return e.Value.ID == file.Exhibits[0].Value.EvidenceID
	})
	for basis, want := range map[casefile.Basis]string{casefile.CompanyDocument: "The document itself: " + file.Exhibits[0].Value.Label, casefile.Memory: ""} {
		file.Contacts[letter].Value.Basis = basis
		file.Evidence[scan].Value.ContactID = file.Contacts[letter].Value.ID
		for _, answer := range compile(t, file, options(i18n.English)).CompanySide.Answers {
			if strings.HasPrefix(answer.Source, "Letter") && (answer.Shown != want || (answer.Document != "") != (want != "")) {
				t.Errorf("based on %s it is %q, leading to %q", basis, answer.Shown, answer.Document)
			}
		}
	}
}

func TestWhoAcceptedOrDeclinedWhatAndWhyIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		remedy casefile.Remedy
		want   dossier.Remedy
	}{
		"a declined voucher": {casefile.Remedy{Kind: "gesture", Answer: casefile.Declined, Reason: "It closes the case."},
			dossier.Remedy{Answer: "The complainant declined.", Reason: "Reason given: “It closes the case.”"}},
		"a refusal": {casefile.Remedy{Kind: "reasoned_refusal", Answer: casefile.Declined, Reason: "I do not agree."},
			dossier.Remedy{Answer: "The complainant did not accept this refusal.", Reason: "Reason given: “I do not agree.”"}},
		"a refusal that was taken": {casefile.Remedy{Kind: "reasoned_refusal", Answer: casefile.Accepted},
			dossier.Remedy{Answer: "The complainant accepted this refusal."}},
		"an apology, which is done when it is made": {casefile.Remedy{Kind: "apology", Answer: casefile.Accepted, Done: true},
			dossier.Remedy{Answer: "The complainant accepted."}},
		"an offer that is open": {casefile.Remedy{Kind: "replacement", Reason: "I am thinking about it."},
			dossier.Remedy{Answer: "The complainant has neither accepted nor declined so far.", Done: "The company has not done it so far.",
				Reason: "Note: “I am thinking about it.”"}},
	} {
		story := dossiertest.New(1)
		story.File.Contacts[0].Value.Remedy = &c.remedy
		got := compile(t, story.File, options(i18n.English)).CompanySide.Remedies[0]
		if got.Answer != c.want.Answer || got.Reason != c.want.Reason || got.Done != c.want.Done {
			t.Errorf("%s: %q, %q, %q", name, got.Answer, got.Done, got.Reason)
		}
	}
}

// TestWordsOfACompanyAreToldWithTheReasonTheyGive reads the company's own words from an email: what fits is whole, and
// what is left out is marked.
func TestWordsOfACompanyAreToldWithTheReasonTheyGive(t *testing.T) {
	long := strings.Repeat("We looked into it. ", 20)
	for body, want := range map[string]string{
		"Dear customer:\n\nWe closed it.\n\nThe parcel was delivered.\n\nKind regards,\n\nThe customer team":     "We closed it. The parcel was delivered.",
		"Dear customer:\n\nWe have news. These are the details:\n\nDelivered on 16 March.\n\nYours,\n\nThe shop": "We have news. These are the details: Delivered on 16 March.",
		"Dear customer:\n\n" + long + "\n\nThe parcel was delivered to you.":                                     strings.TrimSpace(long) + " (…)",
	} {
		story := dossiertest.New(2)
		for i := range story.File.Messages {
			story.File.Messages[i].Value.Reading.Text = body
		}
		found := false
		for _, answer := range compile(t, story.File, options(i18n.English)).CompanySide.Answers {
			found = found || strings.Contains(answer.Text, "“"+want+"”")
		}
		if !found {
			t.Errorf("%q is not told as %q", body, want)
		}
	}
}
