package sample

import "constancia/internal/casefile"

// Keys of the companies.
const (
	storeKey   = "store"
	carrierKey = "carrier"
	insurerKey = "insurer"
	caseKey    = "case"
)

// caseRecorded is when the complainant opened the case: the evening nothing came.
const caseRecorded = "2026-03-16 18:41"

func tellCase(w *words) casefile.Case {
	return casefile.Case{
		ID:       caseKey,
		Title:    w.text("case.title"),
		Outcome:  w.lines("case.outcome"),
		AnswerBy: due("2026-08-28"),
		Claimed:  euros(totalCents),
		Zone:     Zone,
		Place:    "ct",
		Complainant: casefile.Complainant{
			Name:    complainant,
			Address: "Carrer de les Oronetes, 12, 2n 1a, 43007 Tarragona",
			Email:   address,
			Phone:   homePhone,
		},
		Summary:        w.text("case.summary"),
		StillConcerned: w.text("case.still_concerned"),
	}
}

func tellParties(w *words) []casefile.Recorded[casefile.Party] {
	reference := func(label, number string) casefile.Reference {
		return casefile.Reference{Label: w.text("label." + label), Number: number}
	}
	return []casefile.Recorded[casefile.Party]{
		recorded(caseRecorded, casefile.Party{
			ID: storeKey, CaseID: caseKey, Name: "Galerías Montalbeda", Role: casefile.Seller,
			References: []casefile.Reference{
				reference("order", orderNumber), reference("invoice", invoiceNumber), reference("incident", incidentNumber)},
			Domains: []string{storeDomain},
		}),
		recorded(caseRecorded, casefile.Party{
			ID: carrierKey, CaseID: caseKey, Name: "Pasolargo Mensajería", Role: casefile.Carrier,
			References: []casefile.Reference{reference("tracking", trackingNumber)},
			Domains:    []string{carrierDomain},
		}),
		recorded(caseRecorded, casefile.Party{
			ID: insurerKey, CaseID: caseKey, Name: "Norvela Seguros", Role: casefile.Insurer,
			References: []casefile.Reference{reference("claim", claimNumber)},
			Domains:    []string{insurerDomain},
		}),
	}
}

// person is somebody spoken to; an empty name was refused.
type person struct{ key, party, name string }

// people are the twenty, in the order they came on.
var people = []person{
	{"irene-collado", storeKey, "Irene Collado"},
	{"oscar-penalver", storeKey, "Óscar Peñalver"},
	{"ruben-cidoncha", carrierKey, "Rubén Cidoncha"},
	{"soraya-quintela", carrierKey, "Soraya Quintela"},
	{"lidia-sarmiento", storeKey, "Lidia Sarmiento"},
	{"angel-burgues", storeKey, "Ángel Burgués"},
	{"mireia-castellnou", storeKey, "Mireia Castellnou"},
	{"shift-manager", storeKey, ""},
	{"jordi-vilamanya", carrierKey, "Jordi Vilamanyà"},
	{"depot-agent", carrierKey, ""},
	{"teresa-ibarrola", storeKey, "Teresa Ibarrola"},
	{"marcos-alderete", storeKey, "Marcos Alderete"},
	{"beatriz-lozoya", insurerKey, "Beatriz Lozoya"},
	{"hector-valdivieso", insurerKey, "Héctor Valdivieso"},
	{"noelia-trujillo", carrierKey, "Noelia Trujillo"},
	{"gonzalo-arizmendi", storeKey, "Gonzalo Arizmendi"},
	{"carmen-orduna", insurerKey, "Carmen Orduña"},
	{"pau-recasens", insurerKey, "Pau Recasens"},
	{"silvia-bordonaba", storeKey, "Silvia Bordonaba"},
	{"ivan-retamero", storeKey, "Iván Retamero"},
}

// tellPeople gives each person with the time of the first contact they were noted with.
func tellPeople(w *words) []casefile.Recorded[casefile.Person] {
	first := map[string]casefile.Entry{}
	for _, c := range contacts() {
		for _, key := range c.people {
			if _, known := first[key]; !known {
				first[key] = casefile.Entry{RecordedAt: instant(c.recorded)}
			}
		}
	}
	var told []casefile.Recorded[casefile.Person]
	for _, p := range people {
		told = append(told, casefile.Recorded[casefile.Person]{Entry: first[p.key], Value: casefile.Person{
			ID: p.key, CaseID: caseKey, PartyID: p.party, Name: p.name, Refused: p.name == "",
			Position: w.text(p.key + ".position"),
		}})
	}
	return told
}

// recorded is a thing with the wall time it was recorded at.
func recorded[T any](at string, value T) casefile.Recorded[T] {
	return casefile.Recorded[T]{Value: value, Entry: casefile.Entry{RecordedAt: instant(at)}}
}
