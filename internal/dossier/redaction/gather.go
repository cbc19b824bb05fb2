package redaction

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// gatherer collects the secrets of a case.
type gatherer struct {
	file    casefile.CaseFile
	words   *i18n.Texts
	choices Choices
	region  string // ISO 3166-1, of phone numbers without a country code
	secrets []Secret
	byValue map[string]int // by kind and squeezed value
	people  map[string]int // secret by person id
	boxes   map[string]int // secret by folded mail address
	numbers map[string]Kind
	homes   int
	thirds  int
	lines   map[string]bool // phone numbers of companies, by what [phoneSpellings] have in common
}

func newGatherer(file casefile.CaseFile, choices Choices, words *i18n.Texts) *gatherer {
	choices.Agents = maps.Clone(choices.Agents)
	if choices.Agents == nil {
		choices.Agents = map[string]int{}
	}
	g := &gatherer{
		file: file, words: words, choices: choices, region: regionOf(file.Case),
		byValue: map[string]int{}, people: map[string]int{}, boxes: map[string]int{},
		numbers: map[string]Kind{},
	}
	g.lines = g.companyLines()
	return g
}

// known collects what the fields of the record say.
func (g *gatherer) known(e Earlier) {
	for _, text := range g.choices.Hide {
		g.add(Secret{ID: idOf(Chosen, text), Kind: Chosen, Value: text}, always(spelled(text)), always(numbered(text)))
	}
	g.complainant(g.file.Case.Complainant)
	g.agents()
	for _, party := range g.file.Parties {
		for _, reference := range party.Value.References {
			g.reference(reference)
		}
	}
	for _, contact := range g.file.Contacts {
		g.phone(contact.Value.Number)
		g.number(Number, contact.Value.CompanyReference)
		g.household(contact.Value.MadeBy)
	}
	for _, message := range g.file.Messages {
		g.mailboxes(message.Value.Reading)
	}
	g.earlier(e)
}

func always(p pattern) pattern {
	p.always = true
	return p
}

// add keeps a secret, or the further spellings of one that is known, and gives its place.
func (g *gatherer) add(secret Secret, spellings ...pattern) int {
	key := string(secret.Kind) + " " + secret.ID
	place, known := g.byValue[key]
	if !known {
		place = len(g.secrets)
		g.byValue[key] = place
		if secret.Label == "" {
			secret.Label = g.label(secret.Kind)
		}
		secret.Shown = slices.Contains(g.choices.Show, secret.ID)
		g.secrets = append(g.secrets, secret)
	}
	for _, spelling := range spellings {
		spelling.secret = place
		g.secrets[place].spellings = append(g.secrets[place].spellings, spelling)
	}
	return place
}

func (g *gatherer) label(kind Kind) string { return g.words.Text("press.label." + string(kind)) }

func (g *gatherer) complainant(c casefile.Complainant) {
	if c.Name != "" {
		g.add(Secret{ID: "complainant", Kind: Complainant, Value: c.Name}, nameSpellings(c.Name)...)
	}
	if c.Address != "" {
		g.add(Secret{ID: "home", Kind: Home, Value: c.Address}, homeSpellings(c.Address)...)
		for _, town := range townsOf(c.Address) {
			g.town(town)
		}
	}
	g.email(c.Email)
	g.phone(c.Phone)
}

func (g *gatherer) email(address string) {
	if strings.Contains(address, "@") {
		g.add(Secret{ID: idOf(Email, address), Kind: Email, Value: address}, addressSpellings(address)...)
	}
}

// number keeps a number that somebody gave; shorter ones would be found everywhere.
func (g *gatherer) number(kind Kind, number string) {
	const shortest = 4
	plain := squeezed(number)
	if known, ok := g.numbers[plain]; ok || len(plain) < shortest {
		kind = known // it was given with another name before
		if !ok {
			return
		}
	}
	g.numbers[plain] = kind
	g.add(Secret{ID: idOf(kind, number), Kind: kind, Value: number}, numberSpellings(number)...)
}

func (g *gatherer) phone(number string) {
	if len(squeezed(number)) < 3 {
		return
	}
	national, spellings := phoneSpellings(number, g.region)
	if g.lines[national] {
		return
	}
	g.add(Secret{ID: idOf(Phone, national), Kind: Phone, Value: number}, spellings...)
}

// reference keeps a number under what its label says it is.
func (g *gatherer) reference(reference casefile.Reference) {
	kind := Number
	for _, token := range tokens(reference.Label) {
		if named, ok := referenceKinds[token]; ok {
			kind = named
			break
		}
	}
	if kind == Phone {
		g.phone(reference.Number)
		return
	}
	g.number(kind, reference.Number)
}

var referenceKinds = map[string]Kind{
	"pedido": Order, "order": Order, "comanda": Order, "encargo": Order, "orden": Order, "compra": Order, "purchase": Order,
	"cuenta": Account, "account": Account, "compte": Account, "cliente": Account, "client": Account, "customer": Account, "iban": Account,
	"usuario": Account, "usuari": Account, "user": Account, "abonado": Account, "socio": Account, "soci": Account, "member": Account,
	"contrato": Contract, "contract": Contract, "contracte": Contract, "poliza": Contract, "polissa": Contract, "policy": Contract,
	"linea": Line, "line": Line, "linia": Line, "suministro": Line, "cups": Line,
	"telefono": Phone, "telefon": Phone, "phone": Phone, "movil": Phone, "mobil": Phone, "mobile": Phone, "celular": Phone,
}

// household keeps who of the household made a contact.
func (g *gatherer) household(name string) {
	bare := withoutWords(name, kin)
	if bare == "" { // "my daughter" names nobody
		return
	}
	id := idOf(Household, bare)
	if _, known := g.byValue[string(Household)+" "+id]; !known {
		g.homes++
	}
	g.add(Secret{ID: id, Kind: Household, Value: name,
		Label: g.words.Text("press.label.household", i18n.Values{"number": g.homes})}, nameSpellings(bare)...)
}

func (g *gatherer) referencesOf(list []any) {
	for _, one := range list {
		if fields, ok := one.(map[string]any); ok {
			g.reference(casefile.Reference{Label: textOf(fields["label"]), Number: textOf(fields["number"])})
		}
	}
}

func textOf(value any) string {
	text, _ := value.(string)
	return text
}

func allCorrections(f casefile.CaseFile) []casefile.Correction {
	all := slices.Clone(f.Entry.Corrections)
	for _, one := range f.Parties {
		all = append(all, one.Entry.Corrections...)
	}
	for _, one := range f.People {
		all = append(all, one.Entry.Corrections...)
	}
	for _, one := range f.Contacts {
		all = append(all, one.Entry.Corrections...)
	}
	return all
}

// agents numbers the people who were spoken to, one number for all whom the complainant joined: in the order in which
// they first appear, and each for good. Who gave no name, and has nothing else to hide, has no number.
func (g *gatherer) agents() {
	type group struct {
		ids   []string
		first casefile.Entry
		met   int
	}
	met := map[string]int{}
	for i, contact := range slices.Backward(g.file.Contacts) {
		for _, id := range contact.Value.PersonIDs {
			met[id] = i
		}
	}
	entries := map[string]casefile.Recorded[casefile.Person]{}
	for _, person := range g.file.People {
		entries[person.Value.ID] = person
	}
	var groups []group
	for _, ids := range g.file.SamePeople() {
		if !g.isNumbered(ids, entries) {
			for _, id := range ids {
				g.branches(entries[id].Value.Position)
			}
			continue
		}
		one := group{ids: ids, first: entries[ids[0]].Entry, met: len(g.file.Contacts)}
		for _, id := range ids {
			if place, spoken := met[id]; spoken {
				one.met = min(one.met, place)
			}
			if entry := entries[id].Entry; entry.RecordedAt.Before(one.first.RecordedAt) {
				one.first = entry
			}
		}
		groups = append(groups, one)
	}
	slices.SortStableFunc(groups, func(a, b group) int {
		return cmp.Or(cmp.Compare(a.met, b.met), a.first.RecordedAt.Compare(b.first.RecordedAt), cmp.Compare(a.first.LogID, b.first.LogID), cmp.Compare(a.first.Sequence, b.first.Sequence))
	})
	for _, one := range groups {
		number := g.numberOf(one.ids)
		place := g.agent(number)
		for _, id := range one.ids {
			g.people[id] = place
			person := entries[id].Value
			if !person.Refused && person.Name != "" {
				g.spellAgent(place, person.Name)
			}
			g.position(place, person.Position)
		}
	}
}

// isNumbered reports whether any of these has a number already, or a name or number to hide.
func (g *gatherer) isNumbered(ids []string, entries map[string]casefile.Recorded[casefile.Person]) bool {
	return slices.ContainsFunc(ids, func(id string) bool {
		person := entries[id].Value
		return g.choices.Agents[id] > 0 || !person.Refused && person.Name != "" || len(entries[id].Entry.Corrections) > 0 ||
			slices.ContainsFunc(tokens(person.Position), isStaffNumber)
	})
}

// hiddenAgents are the numbers of the people who are not named.
func (g *gatherer) hiddenAgents() (numbers []int) {
	for _, secret := range g.secrets {
		if secret.Kind == Agent && !secret.Shown {
			number, _ := strconv.Atoi(strings.TrimPrefix(secret.ID, "agent-"))
			numbers = append(numbers, number)
		}
	}
	return numbers
}

// spellAgent adds a name under which somebody of a company is known.
func (g *gatherer) spellAgent(place int, name string) {
	secret := &g.secrets[place]
	switch {
	case secret.Value == "":
		secret.Value = name
	case !strings.Contains(secret.Value, name):
		secret.Value += " / " + name
	}
	for _, spelling := range nameSpellings(g.bareName(name)) {
		spelling.secret = place
		secret.spellings = append(secret.spellings, spelling)
	}
}

// isStaffNumber reports whether a word is a number by which a company knows its own people: "agent 4471".
func isStaffNumber(token string) bool { return len(token) >= 3 && class(rune(token[0])) == digits }

// position hides what of a position tells who holds it: a number, and the place of a branch.
func (g *gatherer) position(place int, position string) {
	g.branches(position)
	for _, token := range tokens(position) {
		if isStaffNumber(token) {
			spelling := numbered(token)
			spelling.secret = place
			g.secrets[place].spellings = append(g.secrets[place].spellings, spelling)
		}
	}
}

// IsManager reports whether a position is that of somebody who decides over others, in the languages of the places.
func IsManager(position string) bool {
	return slices.ContainsFunc(tokens(position), func(token string) bool { return managers[token] })
}

// numberOf is the number that any of these was given before, the lowest when they were given several, else the next.
func (g *gatherer) numberOf(keys []string) int {
	number := 0
	for _, key := range keys {
		if given := g.choices.Agents[key]; given > 0 && (number == 0 || given < number) {
			number = given
		}
	}
	if number == 0 {
		for _, given := range g.choices.Agents {
			number = max(number, given)
		}
		number++
	}
	for _, key := range keys {
		if g.choices.Agents[key] == 0 {
			g.choices.Agents[key] = number
		}
	}
	return number
}

func (g *gatherer) agent(number int) int {
	return g.add(Secret{ID: fmt.Sprintf("agent-%d", number), Kind: Agent,
		Label: g.words.Text("press.label.agent", i18n.Values{"number": number})})
}

// bareName is a name without what is none: a job, a title, the company.
func (g *gatherer) bareName(name string) string {
	name = withoutWords(withoutWords(name, jobs), titles)
	for _, party := range g.file.Parties {
		name = withoutWords(name, setOf(tokens(party.Value.Name)...))
	}
	return withoutWords(name, roles)
}

// withoutWords is the words of a text that are not in a set; empty when what is left names nobody.
func withoutWords(text string, set map[string]bool) string {
	var left []string
	names := false
	for _, token := range tokens(text) {
		if !set[token] {
			left = append(left, token)
			names = names || !particles[token] && class([]rune(token)[0]) == word
		}
	}
	if !names {
		return ""
	}
	return strings.Join(left, " ")
}

// kin are words for one's own people, jobs those for a company's.
var (
	kin = setOf("mi", "mis", "my", "our", "el", "la", "meu", "meva", "nostre", "nostra", "hija", "hijo", "madre", "padre", "marido", "mujer",
		"esposa", "esposo", "pareja", "hermano", "hermana", "abuela", "abuelo", "nieto", "nieta", "filla", "fill", "mare", "pare", "home",
		"dona", "parella", "germa", "germana", "avia", "avi", "wife", "husband", "daughter", "son", "mother", "father", "partner", "sister",
		"brother", "grandmother", "grandfather", "vecino", "vecina", "vei", "veina", "neighbour", "neighbor", "tio", "tia", "suegra", "suegro",
		"marit", "muller", "sogre", "sogra", "gendre", "nora", "oncle", "net", "neta", "nebot", "neboda", "cosi", "cosina", "nieta", "yerno",
		"nuera", "cunado", "cunada", "cunyat", "cunyada", "sobrino", "sobrina", "primo", "prima", "nephew", "niece", "uncle", "aunt", "cousin")
	managers = setOf("supervisor", "supervisora", "encargado", "encargada", "encarregat", "encarregada", "manager", "gerente", "gerent",
		"responsable", "director", "directora", "jefe", "jefa", "cap", "head", "delegado", "delegada", "delegat")
	jobs = setOf("agente", "agent", "operador", "operadora", "operator", "supervisor", "supervisora", "encargado", "encargada", "encarregat",
		"encarregada", "manager", "gerente", "gerent", "responsable", "director", "directora", "tecnico", "tecnica", "tecnic", "jefe", "jefa",
		"cap", "turno", "torn", "shift", "turn", "delegado", "delegada", "delegat", "repartidor", "repartidora", "driver", "conductor",
		"dependiente", "dependienta", "dependent", "cajero", "cajera", "gestor", "gestora", "comercial", "teleoperador", "teleoperadora",
		"asesor", "asesora", "assessor", "assistant", "asistente", "bot", "chatbot", "the", "un", "una", "a", "an", "head", "of", "desk")
)
