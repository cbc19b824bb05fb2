package redaction_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"constancia/internal/casefile"
	"constancia/internal/dossier/redaction"
	"constancia/internal/i18n"
)

// aCase is a case in which everything that can be hidden is known from a field.
func aCase() casefile.CaseFile {
	return casefile.CaseFile{
		Case: casefile.Case{ID: "case", Place: "es", Zone: "Europe/Madrid", Complainant: casefile.Complainant{
			Name: "Clara Vidal Roca", Address: "Carrer de les Oronetes, 12, 2n 1a, 43007 Tarragona", Email: "cvidal84@correo.example", Phone: "+34 600 123 456"}},
		Parties: []casefile.Recorded[casefile.Party]{{Value: casefile.Party{ID: "shop", Name: "Galerías Morrow", Domains: []string{"morrow.example"},
			Address: "Calle Mayor 3\n28013 Madrid", References: []casefile.Reference{{Label: "Pedido", Number: "GM-2026-118840"}, {Label: "Cuenta", Number: "44 7710 2"}}}}},
		People: []casefile.Recorded[casefile.Person]{
			{Value: casefile.Person{ID: "nuria", PartyID: "shop", Name: "Núria Peralta"}},
			{Value: casefile.Person{ID: "mas", PartyID: "shop", Name: "Jordi Mas", Position: "agente 4471"}},
			{Value: casefile.Person{ID: "other-nuria", PartyID: "shop", Name: "Núria Costa"}},
		},
		Contacts: []casefile.Recorded[casefile.Contact]{
			{Value: casefile.Contact{ID: "first", PartyID: "shop", PersonIDs: []string{"nuria"}}},
			{Value: casefile.Contact{ID: "second", PartyID: "shop", PersonIDs: []string{"mas"}}},
			{Value: casefile.Contact{ID: "call", PartyID: "shop", PersonIDs: []string{"other-nuria"},
				Number: "977 000 118", CompanyReference: "INC/77120", MadeBy: "Tomàs Rovira, mi marido", Summary: "Contacto"}}},
	}
}

func find(t testing.TB, file casefile.CaseFile, choices redaction.Choices) *redaction.Plan {
	t.Helper()
	return redaction.Find(file, nil, choices, i18n.For(i18n.English))
}

func TestWhatIsHiddenIsHiddenInEverySpelling(t *testing.T) {
	plan := find(t, aCase(), redaction.Choices{})
	for label, spellings := range map[string][]string{
		"agent 1":            {"Peralta", "PERALTA", "peralta", "Peralta, Núria", "Nuria Peralta", norm.NFD.String("Núria Peralta"), "N. Peralta", "Núria P.", "nuria.peralta", "nuriaperalta", "NuriaPeralta", "Peralta’s", "Sra. Peralta", "Nu\u00ADria Peralta"},
		"agent 2":            {"Jordi", "Jordi Mas", "Mas, Jordi", "jmas", "Sr. Mas", "señor Mas", "4471"},
		"complainant":        {"Clara Vidal", "VIDAL ROCA, Clara", "la señora Vidal"},
		"household member 1": {"Tomàs", "tomas", "TOMÀS ROVIRA", "Rovira"},
		"home address":       {"Carrer de les Oronetes, 12, 2n 1a, 43007 Tarragona", "C/ de les Oronetes 12", "c. Oronetes núm. 12, 2n 1a", "oronetes 12", "ORONETES, 12", "43007", "Carrer Oronetes"},
		"phone number 1":     {"600123456", "600 12 34 56", "600.123.456", "+34 600-123-456", "0034600123456", "(+34) 600 123 456", "６００１２３４５６"},
		"phone number 2":     {"977000118", "977-000-118"},
		"email address":      {"cvidal84@correo.example", "CVidal84@correo.example", "cvidal84"},
		"order number":       {"GM-2026-118840", "gm 2026 118840", "GM2026118840", "118840", "118.840"},
		"account number":     {"4477102", "44-77102"},
		"reference number":   {"INC/77120", "INC 77120", "77120"},
	} {
		for _, spelling := range spellings {
			text := "Dije que " + spelling + " es así"
			if got, want := plan.Text(text), "Dije que "+redaction.Bar(label)+" es así"; got != want && !strings.HasPrefix(got, "Dije que "+redaction.Bar(label)) && !strings.HasSuffix(strings.TrimRight(got, "."), redaction.Bar(label)+" es así") {
				t.Errorf("%q: %q becomes %q", label, text, got)
			}
			if got := plan.Text(text); strings.Contains(strings.ToLower(got), strings.ToLower(spelling)) {
				t.Errorf("%q stays in %q", spelling, got)
			}
		}
	}
}

func TestWhatSharesALabelIsToldApartInTheOrderInWhichItAppears(t *testing.T) {
	file := aCase()
	file.Case.Complainant.Phone = "" // it appears nowhere
	file.Case.Summary = "Del 688 777 666 al 677 111 222, y otra vez el 688777666. El pedido GM-2026-118840."
	plan := find(t, file, redaction.Choices{})
	first, second := redaction.Bar("phone number 1"), redaction.Bar("phone number 2")
	if got, want := plan.CaseFile().Case.Summary, "Del "+first+" al "+second+", y otra vez el "+first+". El pedido "+redaction.Bar("order number")+"."; got != want {
		t.Errorf("it reads %q, want %q", got, want)
	}
	if got, want := plan.CaseFile().Contacts[2].Value.Number, redaction.Bar("phone number 3"); got != want {
		t.Errorf("the third is %q, want %q", got, want)
	}
	shown := find(t, file, redaction.Choices{Show: []string{idOf(t, plan, "677 111 222"), idOf(t, plan, "977 000 118")}})
	if got := shown.CaseFile().Case.Summary; !strings.Contains(got, redaction.Bar("phone number")+" al 677 111 222") {
		t.Errorf("the only one that is hidden is %q", got)
	}
	if strings.ContainsRune(first, ' ') {
		t.Errorf("a line can end within %q", first)
	}
}

// idOf is the id of a secret that a plan hides.
func idOf(t *testing.T, plan *redaction.Plan, value string) string {
	t.Helper()
	for _, hidden := range plan.Review().Hidden {
		if hidden.Value == value {
			return hidden.ID
		}
	}
	t.Fatalf("%q is not hidden", value)
	return ""
}

func TestWhatIsNoSecretStays(t *testing.T) {
	plan := find(t, aCase(), redaction.Choices{})
	for _, text := range []string{
		"Más tarde no hubo más que decir.", "Mas no lo hicieron.", "Dos más dos.", "Está clara la respuesta y la costa queda lejos.",
		"Galerías Morrow, Calle Mayor 3, Madrid", "El 16 de marzo de 2026 pagué 438,20 € a las 10:05.", "Valencia", "atencion@morrow.example",
		"La llamada duró 12 minutos.", "la autorización de 2026", "no tengo autorización PARA eso", "authorisation by 20 April", "2026-03-02 18:31", "una historia nueva", "",
	} {
		if got := plan.Text(text); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

func TestOneOfTwoWithTheSameNameIsNamedOnlyWhereItIsKnownWhich(t *testing.T) {
	file := aCase()
	file.Contacts[2].Value.Summary = "Núria dijo que no."
	plan := find(t, file, redaction.Choices{})
	if got, want := plan.CaseFile().Contacts[2].Value.Summary, redaction.Bar("agent 3")+" dijo que no."; got != want {
		t.Errorf("where she was spoken to: %q, want %q", got, want)
	}
	if got, want := plan.Text("Núria dijo que no."), redaction.Bar("somebody")+" dijo que no."; got != want {
		t.Errorf("elsewhere: %q, want %q", got, want)
	}
}

func TestPersonalDataThatNoFieldKnowsIsFoundByItsForm(t *testing.T) {
	for kind, texts := range map[redaction.Kind][]string{
		redaction.Email:    {"escriba a marta.gil@otro.example hoy"},
		redaction.Phone:    {"llame al 612 345 678", "o al +52 55 1234 5678", "o al +44 20 7946 0958", "tel. 0034 912 345 678"},
		redaction.IBAN:     {"cuenta ES91 2100 0418 4502 0005 1332 del banco", "iban es9121000418450200051332"},
		redaction.Card:     {"tarjeta 4111 1111 1111 1111", "tarjeta 4111-1111-1111-1111"},
		redaction.Identity: {"DNI 12345678Z", "12.345.678-Z", "NIE X1234567L", "CURP HEGG560427MVZRRL04", "RFC GODE561231GR8", "CUIT 20-12345678-6", "DNI 30.123.456", "SSN 078-05-1120"},
		redaction.Number:   {"pagué con la autorización 058213", "amb l'autorització núm. 058213", "authorisation code: 0A58B3", "Autorización | 058213"},
		redaction.Address:  {"vive en la calle Luna Nueva, 14, 3.º B", "C/ del Pez 9", "at 221 Baker Street", "Avda. de la Paz nº 7"},
		redaction.Link:     {"https://morrow.example/t?u=8f3a", "www.morrow.example/seguimiento/8H2kd93KdLq02mXz81"},
	} {
		for _, text := range texts {
			file := aCase()
			file.Case.Summary = "Antes " + text + " y después."
			plan := find(t, file, redaction.Choices{})
			review := plan.Review()
			if !slices.ContainsFunc(review.Hidden, func(h redaction.Hidden) bool { return h.Kind == kind && h.Count > 0 }) {
				t.Errorf("%s is not found in %q: %q", kind, text, plan.CaseFile().Case.Summary)
			}
			if shown := plan.CaseFile().Case.Summary; !redaction.IsHidden(shown) || !strings.HasPrefix(shown, "Antes ") {
				t.Errorf("%q becomes %q", text, shown)
			}
		}
	}
}

func TestANumberThatFailsItsCheckDigitIsOnlyReported(t *testing.T) {
	file := aCase()
	file.Case.Summary = "Me dieron el 12345678A y el 4111 1111 1111 1112."
	review := find(t, file, redaction.Choices{}).Review()
	for _, one := range review.Hidden {
		if (one.Kind == redaction.Identity || one.Kind == redaction.Card) && one.Count > 0 {
			t.Errorf("%q was hidden", one.Value)
		}
	}
	if !slices.ContainsFunc(review.Suspects, func(s redaction.Suspect) bool { return strings.Contains(s.Text, "4111") }) {
		t.Errorf("it reports %+v", review.Suspects)
	}
}

func TestAgesAndBirthdaysOfPeopleAreReportedAndNotHiddenByThemselves(t *testing.T) {
	for text, want := range map[string]string{
		"antes del 28, el cumpleaños de mi madre":              "cumpleaños de mi madre",
		"El sábado mi madre cumple ochenta años.":              "cumple ochenta años",
		"el regalo de mi madre por sus ochenta años":           "sus ochenta años",
		"abans del 28, l’aniversari de la meva mare":           "aniversari de la meva mare",
		"Dissabte la meva mare fa vuitanta anys.":              "fa vuitanta anys",
		"pels vuitanta anys de la mare":                        "pels vuitanta anys",
		"before the 28th, my mother’s birthday":                "my mother’s birthday",
		"On Saturday my mother turns eighty.":                  "turns eighty",
		"for her 80th birthday":                                "80th birthday",
		"La empresa no cumple lo que promete desde 2019.":      "",
		"Fa vuit dies que espero; la garantia és de dos mesos": "",
		"It took eighty days and three calls.":                 "",
	} {
		file := aCase()
		file.Case.Summary = text
		plan := find(t, file, redaction.Choices{})
		var got []string
		for _, one := range plan.Review().Suspects {
			if one.Kind == redaction.Age {
				got = append(got, one.Text)
			}
		}
		if want == "" && len(got) > 0 || want != "" && !slices.Contains(got, want) {
			t.Errorf("%q: it reports %q", text, got)
		}
		if shown := plan.CaseFile().Case.Summary; shown != text {
			t.Errorf("%q becomes %q", text, shown)
		}
		if want != "" {
			if shown := find(t, file, redaction.Choices{Hide: got[:1]}).CaseFile().Case.Summary; !redaction.IsHidden(shown) {
				t.Errorf("%q can not be hidden", got[0])
			}
		}
	}
}

func TestWhatThePersonChoosesIsHiddenOrShown(t *testing.T) {
	file := aCase()
	file.Case.Summary = "El perro Bruno mordió a Peralta en Galerías Morrow."
	plan := find(t, file, redaction.Choices{Hide: []string{"perro bruno", "Morrow"}, Show: []string{"agent-1"}})
	want := "El " + redaction.Bar("hidden 1") + " mordió a Peralta en Galerías " + redaction.Bar("hidden 2") + "."
	if got := plan.CaseFile().Case.Summary; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if name := plan.CaseFile().People[0].Value.Name; name != "Núria Peralta" {
		t.Errorf("who is shown is called %q", name)
	}
}

func TestANumberOnceGivenToSomebodyStays(t *testing.T) {
	file := aCase()
	first := find(t, file, redaction.Choices{})
	file.People = slices.Insert(file.People, 0, casefile.Recorded[casefile.Person]{Value: casefile.Person{ID: "earlier", PartyID: "shop", Name: "Zenobia Krauss"}})
	later := find(t, file, first.Choices())
	if got, want := later.Text("Peralta y Krauss"), redaction.Bar("agent 1")+" y "+redaction.Bar("agent 4"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestALabelSaysTheSameInEveryLanguage(t *testing.T) {
	for language, want := range map[i18n.Language]string{i18n.English: "agent 1", i18n.Spanish: "agente 1", i18n.Catalan: "agent 1"} {
		plan := redaction.Find(aCase(), nil, redaction.Choices{}, i18n.For(language))
		if got := plan.Text("Peralta"); got != redaction.Bar(want) {
			t.Errorf("%s: %q", language, got)
		}
	}
}

func TestNumbersHaveNoGapsButOfWhoIsNamed(t *testing.T) {
	file := aCase()
	refused := casefile.Recorded[casefile.Person]{Value: casefile.Person{ID: "refused", PartyID: "shop", Refused: true, Position: "jefe de turno"}}
	numbered := casefile.Recorded[casefile.Person]{Value: casefile.Person{ID: "numbered", PartyID: "shop", Refused: true, Position: "agente 8812"}}
	file.People = slices.Insert(file.People, 0, refused, numbered)
	file.Contacts[0].Value.PersonIDs = []string{"refused", "nuria"}
	plan := find(t, file, redaction.Choices{})
	if got, want := plan.Text("Peralta, Mas, 8812"), redaction.Bar("agent 1")+", "+redaction.Bar("agent 2")+", "+redaction.Bar("agent 4"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if plan.HasGaps() {
		t.Error("a number is missing")
	}
	if !find(t, file, redaction.Choices{Show: []string{"agent-2"}}).HasGaps() {
		t.Error("the number of who is named is not missed")
	}
}

func TestANameThatSomebodyHadBeforeItWasRefusedIsHidden(t *testing.T) {
	file := aCase()
	file.People = append(file.People, casefile.Recorded[casefile.Person]{Value: casefile.Person{ID: "refused", PartyID: "shop", Refused: true}})
	corrected := casefile.Correction{Target: "refused", Fields: map[string]any{"name": "Zenobia Krauss"}}
	plan := redaction.FindWithEarlier(file, nil, redaction.Earlier{Corrections: []casefile.Correction{corrected}}, redaction.Choices{}, i18n.For(i18n.English))
	if got := plan.Text("Dijo Krauss"); strings.Contains(got, "Krauss") {
		t.Errorf("it reads %q", got)
	}
}

func TestALineOfACompanyIsNoPersonalData(t *testing.T) {
	call := func(id, number string, people ...string) casefile.Recorded[casefile.Contact] {
		return casefile.Recorded[casefile.Contact]{Value: casefile.Contact{ID: id, PartyID: "shop", Number: number, PersonIDs: people}}
	}
	robot := call("robot", "977 000 130")
	robot.Value.Failures = []casefile.Failure{"robocall"}
	for name, c := range map[string]struct {
		calls []casefile.Recorded[casefile.Contact]
		stays bool
	}{
		"several people in several calls":   {[]casefile.Recorded[casefile.Contact]{call("a", "977 000 130", "nuria"), call("b", "+34 977000130", "mas")}, true},
		"one person's extension":            {[]casefile.Recorded[casefile.Contact]{call("a", "977 000 130", "nuria"), call("b", "977 000 130", "nuria")}, false},
		"one call passed on":                {[]casefile.Recorded[casefile.Contact]{call("a", "977 000 130", "nuria", "mas")}, false},
		"nobody came on":                    {[]casefile.Recorded[casefile.Contact]{call("a", "977 000 130"), call("b", "977 000 130")}, false},
		"an automaton":                      {[]casefile.Recorded[casefile.Contact]{robot}, true},
		"free to call":                      {[]casefile.Recorded[casefile.Contact]{call("a", "900 123 456", "nuria")}, true},
		"the complainant's own, by mistake": {[]casefile.Recorded[casefile.Contact]{call("a", "600 123 456", "nuria"), call("b", "600 123 456", "mas")}, false},
	} {
		file := aCase()
		file.Contacts = append(file.Contacts, c.calls...)
		number := c.calls[0].Value.Number
		file.Case.Summary = "Llame al " + number + "."
		plan := find(t, file, redaction.Choices{})
		if got := plan.CaseFile().Case.Summary; strings.Contains(got, number) != c.stays {
			t.Errorf("%s: it reads %q", name, got)
		}
		if c.stays && slices.ContainsFunc(plan.Review().Suspects, func(s redaction.Suspect) bool { return strings.Contains(s.Text, "000") }) {
			t.Errorf("%s: it is reported", name)
		}
	}
}

func TestThePlaceOfABranchThatAPositionNamesIsHidden(t *testing.T) {
	for position, text := range map[string]string{
		"responsable de la tienda de Tarragona":     "Fui a la tienda de Tarragona con los papeles.",
		"Customer service manager, Tarragona store": "I went to the Tarragona store.",
		"cap de torn, botiga de Sant Pere de Ribes": "Vaig anar a Sant Pere de Ribes.",
		"encargado, almacén de L’Hospitalet":        "El almacén de L'Hospitalet no contesta.",
		"manager of the shop in Stow on the Wold":   "Ask in Stow.",
	} {
		file := aCase()
		file.People[0].Value.Position = position
		plan := find(t, file, redaction.Choices{})
		if !slices.ContainsFunc(plan.Review().Hidden, func(h redaction.Hidden) bool { return h.Kind == redaction.Branch }) && plan.Text(text) == text {
			t.Errorf("%q stays of %q", text, position)
		}
		if got := plan.CaseFile().People[0].Value.Position; !redaction.IsHidden(got) {
			t.Errorf("the position is %q", got)
		}
	}
	for _, position := range []string{"Customer Service, Head Office", "agente de la Oficina de Atención al Cliente", "Complaints", "oficina central", "tienda Galerías Morrow"} {
		file := aCase()
		file.People[0].Value.Position = position
		if got := find(t, file, redaction.Choices{}).CaseFile().People[0].Value.Position; got != position {
			t.Errorf("%q becomes %q", position, got)
		}
	}
}

func TestAPostcodeIsHiddenWithItsTownAndTheTownEverywhere(t *testing.T) {
	address, place, home := redaction.Bar("address"), redaction.Bar("place"), redaction.Bar("home address")
	for text, want := range map[string]string{
		"el código (43204, Reus) era del piso anterior":              "el código (" + address + ") era del piso anterior",
		"el 43204 Reus es malo; el 43204 solo, en REUS":              "el " + address + " es malo; el " + address + " solo, en " + place,
		"08172 Sant Cugat del Vallès; nave de Sant Cugat del Vallès": address + "; nave de " + place,
		"la nave de Reus y los reos; el 43204, Reus":                 "la nave de " + place + " y los reos; el " + address,
		"43007 Tarragona es el bueno":                                home + " es el bueno",
		"en Tarragona y en Madrid":                                   "en " + place + " y en Madrid",
		"el pedido 20881 Galerías Morrow":                            "el pedido 20881 Galerías Morrow",
		"pagué 12000 euros":                                          "pagué 12000 euros",
	} {
		file := aCase()
		file.Case.Summary = text
		if got := find(t, file, redaction.Choices{}).CaseFile().Case.Summary; got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestTheTownOfTheComplainantsAddressIsHiddenHoweverThatIsWritten(t *testing.T) {
	for address, town := range map[string]string{
		"Carrer de les Oronetes, 12, 2n 1a, 43007 Tarragona":   "Tarragona",
		"Calle Luna 4, 3.º B\n28801 Alcalá de Henares\nEspaña": "Alcalá de Henares",
		"C/ Sol 4, bajo, Vigo":                                 "Vigo",
		"12 Baker Street\nLeeds\nLS1 4AP":                      "Leeds",
		"1204 Maple Avenue, Springfield, IL 62704":             "Springfield",
		"Av. de la Paz 7, Col. Centro, C.P. 06000 Toluca":      "Toluca",
	} {
		file := aCase()
		file.Case.Complainant.Address = address
		file.Case.Summary = "La nave de " + town + " está en España. Spain, the floor."
		if got, want := find(t, file, redaction.Choices{}).CaseFile().Case.Summary, "La nave de "+redaction.Bar("place")+" está en España. Spain, the floor."; got != want {
			t.Errorf("%q: it reads %q", address, got)
		}
	}
	file := aCase()
	file.Parties[0].Value.Name, file.Case.Summary = "Banco Tarragona", "Llamé a Tarragona."
	if got := find(t, file, redaction.Choices{}).CaseFile().Case.Summary; got != file.Case.Summary {
		t.Errorf("a company of the town’s name is hidden: %q", got)
	}
}

func FuzzHidingEndsAndHidesWhole(f *testing.F) {
	for _, seed := range []string{"Núria Peralta", "\xff\xfe", "N\u0301uria", "600 12 34 56", "ﬁ ß İ", "a\u0301\u0301\u0301", "Oronetes 12"} {
		f.Add(seed, "después")
	}
	plan := find(f, aCase(), redaction.Choices{})
	f.Fuzz(func(t *testing.T, before, after string) {
		text := before + " Peralta " + after
		if got := plan.Text(text); strings.Contains(got, " Peralta ") {
			t.Errorf("%q becomes %q", text, got)
		}
	})
}
