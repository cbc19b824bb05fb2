package dossiertest

import (
	"fmt"

	"constancia/internal/casefile"
)

// connections adds who sent the complainant to whom, two answers to one question, and what it has cost.
func (s *Story) connections() {
	f := &s.File
	sent := map[string]casefile.SentTo{
		"contact-1": {PartyID: "shop"}, "contact-3": {Words: "Departamento de investigaciones"}, "contact-6": {PartyID: "shop"},
		"contact-7": {PartyID: "insurer"}, "contact-9": {PartyID: "shop"},
	}
	for i := range f.Contacts {
		if to, ok := sent[f.Contacts[i].Value.ID]; ok {
			f.Contacts[i].Value.SentTo = &to
		}
	}
	f.Contradictions = append(f.Contradictions, casefile.Recorded[casefile.Contradiction]{Value: casefile.Contradiction{
		ID: "contradiction-0", Question: "¿De quién es la firma del albarán?",
		Answers: []casefile.Answer{
			{EntryID: "contact-0", Said: "Consta entregado y firmado por usted."},
			{EntryID: "contact-4", Said: "Esa firma no es de nadie de su casa, eso está claro."},
		},
		Note: "La foto del albarán está en A-2.",
	}, Entry: s.entry(50, Now)})
	for i, e := range []struct {
		what, day string
		minor     int64
	}{{"Taxi a la tienda del centro", "2026-04-11", 1140}, {"Burofax a la aseguradora", "2026-05-20", 3325}} {
		when, err := casefile.ParseWhen(e.day, Zone, "", "")
		if err != nil {
			panic(err)
		}
		f.Expenses = append(f.Expenses, casefile.Recorded[casefile.Expense]{Value: casefile.Expense{
			ID: fmt.Sprintf("expense-%d", i), What: e.what, Amount: casefile.Money{Minor: e.minor, Currency: "EUR"}, SpentAt: when,
			ContactID: "visit-1", EvidenceIDs: []string{"evidence-3"},
		}, Entry: s.entry(60+i, Now)})
	}
	f.Case.CustomerSince = "2014-09"
	f.Case.YearlySpend = &casefile.Money{Minor: 80000, Currency: "EUR"}
	f.Case.HourValue = &casefile.Money{Minor: 1500, Currency: "EUR"}
}
