package addressee_test

import (
	"slices"
	"testing"

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
		if slices.Contains(one.Needs, addressee.NeedWaited) != (one.Wait != addressee.Period{}) {
			t.Errorf("%s waits %+v", one.ID, one.Wait)
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

func TestAnAddresseeRefusesACaseWithoutWhatItsSourceNames(t *testing.T) {
	type needs = []addressee.Need
	month, thirtyDays, eightWeeks := addressee.Period{Months: 1}, addressee.Period{Days: 30}, addressee.Period{Days: 56}
	for id, want := range map[string]struct {
		asks, doesNotAsk needs
		wait             addressee.Period
	}{
		// Ley 7/2017, articles 17.1 and 18.1.a.
		"es-omic": {needs{addressee.NeedTaxID, addressee.NeedEarlierClaim}, needs{addressee.NeedAmount}, month},
		// Real Decreto 713/2024, article 32.2: the amount only of a claim for money.
		"es-arbitraje":  {needs{addressee.NeedTaxID, addressee.NeedPetition, addressee.NeedEarlierClaim}, needs{addressee.NeedAmount}, month},
		"ct-arbitratge": {needs{addressee.NeedTaxID, addressee.NeedPetition, addressee.NeedEarlierClaim}, needs{addressee.NeedAmount}, month},
		"ct-consum":     {needs{addressee.NeedTaxID, addressee.NeedCompanyAddress, addressee.NeedEarlierClaim}, nil, month},
		"ct-omic-bcn":   {needs{addressee.NeedTaxID, addressee.NeedEarlierClaim}, nil, thirtyDays},
		// Ley Federal de Protección al Consumidor, article 99.
		"mx-profeco": {needs{addressee.NeedIdentity, addressee.NeedCompanyAddress}, needs{addressee.NeedEarlierClaim, addressee.NeedTaxID}, addressee.Period{}},
		// Ley de Protección y Defensa al Usuario de Servicios Financieros, articles 50 Bis and 63: it need not be the bank first.
		"mx-condusef": {needs{addressee.NeedIdentity, addressee.NeedContract}, needs{addressee.NeedEarlierClaim}, addressee.Period{}},
		"uk-fos":      {needs{addressee.NeedIdentity, addressee.NeedContract, addressee.NeedEarlierClaim}, needs{addressee.NeedTaxID}, eightWeeks},
		"us-cfpb":     {needs{addressee.NeedFacts, addressee.NeedCompany}, needs{addressee.NeedAmount, addressee.NeedEarlierClaim}, addressee.Period{}},
		"eu-ecc":      {needs{addressee.NeedEarlierClaim}, needs{addressee.NeedTaxID}, addressee.Period{}},
	} {
		one, known := addressee.Find(id)
		if !known || one.Wait != want.wait || one.Source.Read == "" {
			t.Errorf("%s waits %+v, after %+v", id, one.Wait, one.Source)
		}
		for _, need := range want.asks {
			if !slices.Contains(one.Needs, need) {
				t.Errorf("%s takes a case without %s", id, need)
			}
		}
		for _, need := range want.doesNotAsk {
			if slices.Contains(one.Needs, need) {
				t.Errorf("%s asks for %s", id, need)
			}
		}
	}
}

func TestWhatIsKnownOfUploadsIsNoMoreThanThereIsRoomFor(t *testing.T) {
	if addressee.Usual != (addressee.Limits{Files: 5, TotalBytes: 15_000_000, FileBytes: 4_500_000}) {
		t.Errorf("usual is %+v", addressee.Usual)
	}
	barcelona, _ := addressee.Find("ct-omic-bcn")
	if l := barcelona.Limits; l.FileBytes >= 2_000_000 || l.TotalBytes > addressee.Usual.TotalBytes || l.Known {
		t.Errorf("Barcelona’s office takes %+v", l)
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
