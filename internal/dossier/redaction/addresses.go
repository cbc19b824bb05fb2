package redaction

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// streetTypes are how streets begin, or in English end, and how that is shortened.
var streetTypes = map[string]bool{}

var streetForms = [][]string{
	{"calle", "c", "cl", "carrer", "cr"}, {"avenida", "avda", "av", "avd", "avinguda", "avgda"}, {"plaza", "pza", "pl", "plz", "placa"},
	{"paseo", "po", "pso", "passeig", "pg", "psg"}, {"camino", "cmno", "cami"}, {"carretera", "ctra", "crta"}, {"travesia", "trva", "passatge", "ptge"},
	{"ronda", "rda"}, {"rambla", "rbla"}, {"via"}, {"urbanizacion", "urb"}, {"calzada", "calz"}, {"boulevard", "blvd", "bulevar"},
	{"street", "st"}, {"road", "rd"}, {"avenue", "ave"}, {"lane", "ln"}, {"drive", "dr"}, {"close"}, {"court", "ct"}, {"square", "sq"},
	{"terrace"}, {"crescent"}, {"gardens"}, {"way"}, {"place"},
}

func init() {
	for _, forms := range streetForms {
		for _, form := range forms {
			streetTypes[form] = true
		}
	}
}

// homeSpellings are those of a postal address: the whole, its lines, the street with its number, the street, the
// postcode.
func homeSpellings(address string) []pattern {
	all := []pattern{spelled(address)}
	pieces := strings.FieldsFunc(address, func(r rune) bool { return r == '\n' || r == '\r' || r == ',' || r == ';' })
	for line := range strings.Lines(address) {
		if len(tokens(line)) > 1 {
			all = append(all, spelled(line))
		}
	}
	for i, piece := range pieces {
		parts := tokens(piece)
		if len(parts) == 0 {
			continue
		}
		if i == 0 || slices.ContainsFunc(parts, func(token string) bool { return streetTypes[token] && len(token) > 2 }) {
			all = append(all, streetSpellings(parts, slices.Concat(splitTokens(pieces[i+1:])...))...)
			continue
		}
		for _, token := range parts {
			if len(token) >= 4 && class(rune(token[0])) == digits {
				all = append(all, numbered(token), spelled(piece))
			}
		}
	}
	return all
}

// townName is a town as an address has it: words with capitals, and small ones between them.
var townName = regexp.MustCompile(`\p{Lu}[\p{L}'’·-]{2,}(?:\s+(?:(?:de|del|d['’]|la|el|les|los|las|els|dels|y|i|on|upon|the)\s+){0,2}\p{Lu}[\p{L}'’·-]+)*`)

// townsOf are the towns of an address: what stands beside a postcode, or in a piece behind the street that is no floor,
// door or country.
func townsOf(address string) (towns []string) {
	pieces := strings.FieldsFunc(address, func(r rune) bool { return strings.ContainsRune("\n\r,;()", r) })
	coded := func(piece string) bool {
		return slices.ContainsFunc(tokens(piece), func(token string) bool { return len(token) >= 4 && class(rune(token[0])) == digits }) ||
			postcode.MatchString(piece)
	}
	for i, piece := range pieces {
		if i == 0 && !coded(piece) {
			continue // the street
		}
		parts := tokens(piece)
		inside := slices.ContainsFunc(parts, func(token string) bool { return withinHouse[token] || streetTypes[token] && len(token) > 2 })
		if inside || !coded(piece) && strings.ContainsFunc(piece, unicode.IsDigit) {
			continue
		}
		for _, town := range townName.FindAllString(piece, -1) {
			if !countries[squeezed(town)] {
				towns = append(towns, town)
			}
		}
	}
	return towns
}

// withinHouse are words for a place in a house; countries tell too little to be hidden.
var (
	withinHouse = setOf("piso", "puerta", "pta", "esc", "escalera", "escala", "bloque", "bloc", "portal", "planta", "bajo", "bajos", "baixos",
		"izquierda", "izq", "derecha", "dcha", "esquerra", "dreta", "atico", "atic", "principal", "entresuelo", "flat", "apartment", "apt", "floor", "suite", "unit",
		"apartado", "apartat", "interior", "exterior", "local", "nave", "po", "box")
	countries = setOf("espana", "espanya", "spain", "mexico", "argentina", "unitedkingdom", "uk", "england", "scotland", "wales", "usa", "unitedstates",
		"estadosunidos", "catalunya", "cataluna", "catalonia", "cp")
)

// town hides a town everywhere: beside a street that is hidden it tells where somebody lives. One that is an ordinary word, too,
// is hidden where it has a capital.
func (g *gatherer) town(name string) {
	for _, party := range g.file.Parties {
		own := setOf(tokens(party.Value.Name)...)
		if !slices.ContainsFunc(tokens(name), func(token string) bool { return !own[token] }) {
			return // a company is called by it wherever it is
		}
	}
	spelling := spelled(name)
	spelling.capital = ordinary[squeezed(name)] || utf8.RuneCountInString(name) < 5
	g.add(Secret{ID: idOf(Town, name), Kind: Town, Value: name}, spelling)
}

func splitTokens(pieces []string) [][]string {
	var all [][]string
	for _, piece := range pieces {
		all = append(all, tokens(piece))
	}
	return all
}

// streetSpellings are those of a street with what follows it: number, stairs, floor and door.
func streetSpellings(parts, rest []string) []pattern {
	var name, full []string // without and with what belongs to no name
	var numbers []string
	for _, token := range parts {
		switch {
		case class([]rune(token)[0]) == digits && len(name) > 0:
			numbers = append(numbers, token)
		case class([]rune(token)[0]) == digits:
			numbers = append([]string{token}, numbers...)
		case streetTypes[token] && len(numbers) == 0:
			full = append(full, token)
		case len(numbers) > 0 && len(name) > 0:
			numbers = append(numbers, token) // "3º B"
		default:
			full = append(full, token)
			if !particles[token] && token != "les" && token != "els" {
				name = append(name, token)
			}
		}
	}
	if len(name) == 0 {
		return []pattern{spelled(strings.Join(parts, " "))}
	}
	numbers = append(numbers, rest...)
	core := strings.Join(name, " ")
	all := []pattern{spelled(strings.Join(parts, " "))}
	for from := 1; from <= len(numbers) && from <= 8; from++ {
		tail := strings.Join(numbers[:from], " ")
		for _, sign := range []string{" ", " no ", " n ", " num ", " numero "} {
			all = append(all, spelled(core+sign+tail))
		}
	}
	if len(numbers) > 0 {
		all = append(all, spelled(numbers[0]+" "+core))
	}
	if len(name) > 1 || utf8.RuneCountInString(core) >= 5 && !ordinary[core] {
		all = append(all, spelled(core))
	}
	withoutType := full
	if streetTypes[full[0]] {
		withoutType = full[1:]
	}
	for _, forms := range streetForms {
		for _, form := range forms {
			if len(form) > 0 && len(withoutType) > 0 {
				all = append(all, spelled(form+" "+core), spelled(form+" "+strings.Join(withoutType, " ")), spelled(core+" "+form))
			}
		}
	}
	return all
}

// A street with a house number, in the languages of the places; and a postcode with its town.
var (
	street = regexp.MustCompile(`(?i)(?:^|[\s(,;:«"“])((?:calle|c/|c\.|carrer|avenida|avda?\.?|avinguda|plaza|pza\.?|plaça|pl\.|paseo|pº|passeig|pg\.|camino|camí|carretera|ctra\.?|travesía|passatge|ronda|rambla|vía|urbanización|urb\.|calzada|boulevard|blvd\.?)\s*(?:[\p{L}.'’·-]+\s+){0,5}[\p{L}.'’·-]+,?\s*(?:n[.ºo°]*m?\.?\s*)?\d{1,4}\b(?:[,\s]+(?:\d{1,2}\s?[.ºªnrta]+\.?|piso \d+|puerta \d+|esc\.? ?\w+|[A-Da-d]\b|pta\.? ?\w+)){0,4})`)
	// English has the number first.
	englishStreet = regexp.MustCompile(`\b\d{1,5}[a-zA-Z]?\s+(?:[A-Z][\p{L}'’]+\s+){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Square|Terrace|Crescent|Gardens|Way|Boulevard|Blvd)\b\.?`)
	postcode      = regexp.MustCompile(`\b(?:(?:0[1-9]|[1-4]\d|5[0-2])\d{3},?\s+(?:(?:Sant?|Santa|Santo|La|El|Els|Los|Las|Les|Vila|Villa)\s+)?\p{Lu}[\p{L}'’·-]+(?:\s+(?:del?\s+|d['’])(?:l[ae]s?\s+|los\s+|el\s+)?\p{Lu}[\p{L}'’·-]+)?|C\.?\s?P\.?\s*:?\s*\d{5}|[A-Z]\d{4}[A-Z]{3}|[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}|[A-Z]{2} \d{5}(?:-\d{4})?)\b`)
)
