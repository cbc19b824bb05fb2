package redaction

import (
	"strings"
	"unicode/utf8"
)

// spellings of what is hidden. Each covers what the folding does not: parts of a name, their order, what stands between
// the figures of a number.

// spelled is a text letter by letter, with anything between its words but nothing within them.
func spelled(text string) pattern {
	var p pattern
	for _, token := range tokens(text) {
		for place, r := range []rune(token) {
			p.runes, p.gaps = append(p.runes, r), append(p.gaps, place == 0)
		}
	}
	return p
}

// numbered is a number, with anything between its letters and figures.
func numbered(text string) pattern {
	p := pattern{runes: []rune(squeezed(text))}
	p.gaps = make([]bool, len(p.runes))
	for i := range p.gaps {
		p.gaps[i] = true
	}
	return p
}

// nameSpellings are those of a person's name: each part by itself, the parts run together, and with initials.
func nameSpellings(name string) []pattern {
	var parts []string
	for _, token := range tokens(name) {
		if !particles[token] {
			parts = append(parts, token)
		}
	}
	if len(parts) == 0 {
		return nil
	}
	all := []pattern{spelled(name)}
	for _, part := range parts {
		if utf8.RuneCountInString(part) < 2 {
			continue
		}
		one := spelled(part)
		one.capital, one.frequent = ordinary[part] || utf8.RuneCountInString(part) < 3, frequent[part]
		all = append(all, one)
		for _, short := range shortNames[part] {
			all = append(all, spelled(short))
		}
	}
	for i, first := range parts {
		for j, other := range parts {
			if i == j {
				continue
			}
			all = append(all, spelled(first+other))
			if i < j {
				all = append(all, spelled(initial(first)+other), spelled(initial(first)+" "+other), spelled(first+" "+initial(other)))
			}
		}
	}
	return append(all, spelled(strings.Join(parts, "")))
}

func initial(part string) string {
	_, size := utf8.DecodeRuneInString(part)
	return part[:size]
}

// numberSpellings are those of a number: the whole, and its last long run of figures by itself.
func numberSpellings(number string) []pattern {
	const long = 5
	whole := numbered(number)
	if len(whole.runes) < 3 {
		return nil
	}
	all := []pattern{whole}
	for _, token := range tokens(number) {
		if len(token) >= long && class(rune(token[0])) == digits && token != string(whole.runes) {
			all = append(all, numbered(token))
		}
	}
	return all
}

// addressSpellings are those of an email address: the whole, and what stands before the @ where that is no ordinary word.
func addressSpellings(address string) []pattern {
	all := []pattern{spelled(address)}
	local, _, ok := strings.Cut(address, "@")
	if bare, _, tagged := strings.Cut(local, "+"); tagged {
		local = bare
	}
	if ok && utf8.RuneCountInString(squeezed(local)) >= 5 && !rolePart(local) && !ordinary[squeezed(local)] {
		all = append(all, spelled(local))
	}
	return all
}

// ordinary are words of everyday language that are names, too.
var ordinary = setOf("mas", "sol", "mar", "rey", "reina", "rueda", "costa", "casa", "casas", "calle", "campo", "campos", "flores", "rios",
	"torre", "torres", "iglesia", "iglesias", "prado", "blanco", "blanca", "rubio", "moreno", "delgado", "bravo", "bueno", "cruz", "luna",
	"leon", "vega", "marina", "angel", "jesus", "rosa", "pilar", "consuelo", "esperanza", "soledad", "dolores", "concepcion", "mercedes",
	"gracia", "paz", "luz", "nieves", "rocio", "remedios", "milagros", "asuncion", "pastor", "molina", "serrano", "soler", "font", "puig",
	"serra", "sala", "pla", "bosch", "roca", "vidal", "valls", "vila", "pons", "riera", "roig", "ferrer", "sastre", "guerra", "franco",
	"nuevo", "gallego", "catalan", "aragon", "santos", "domingo", "marzo", "abril", "mayo", "primo", "hermoso", "alegre", "cordero",
	"cabello", "cabeza", "barba", "mano", "puente", "fuente", "monte", "sierra", "rio", "villa", "villar", "real", "duque", "conde",
	"marques", "page", "may", "june", "april", "will", "mark", "grant", "rose", "hope", "grace", "faith", "joy", "young", "white", "black",
	"brown", "green", "king", "cook", "price", "long", "best", "day", "brooks", "hill", "wood", "woods", "field", "fields", "baker", "bell",
	"bill", "rob", "sue", "pat", "art", "chase", "rich", "frank", "drew", "dean", "carter", "mason", "parker", "walker", "turner",
	"smith", "house", "street", "banks", "stone", "fox", "bird", "lake", "rivers", "case", "cash", "sales", "sans", "del", "paco",
	"inma", "sal", "cala", "bella", "viva", "perla", "rita", "clara", "alba", "aurora", "victoria", "estrella", "lucero", "candela",
	"justo", "sincero", "valiente", "crespo", "calvo", "cano", "pardo", "redondo", "lozano", "salud", "amparo", "socorro", "martes")

// frequent are those of them that often begin a sentence.
var frequent = setOf("mas", "may", "will", "case", "long", "best", "day", "real", "nuevo", "bueno", "primo", "sin", "sales", "justo", "del",
	"sans", "bill", "mark", "page", "cash", "house", "viva", "mano", "casa", "calle")

// shortNames are the short forms under which people are also called.
var shortNames = map[string][]string{
	"francisco": {"paco", "fran", "curro", "quico"}, "francesc": {"cesc", "quico", "xesc"}, "jose": {"pepe"}, "josep": {"pep"},
	"maria": {"mari"}, "dolores": {"lola", "loli"}, "dolors": {"lola"}, "nuria": {"nuri"}, "montserrat": {"montse"},
	"antonio": {"toni", "tono"}, "antoni": {"toni"}, "manuel": {"manolo", "manu"}, "ignacio": {"nacho"}, "ignasi": {"nasi"},
	"concepcion": {"concha", "conchi"}, "rosario": {"charo"}, "mercedes": {"merche"}, "merce": {"mercedes"}, "guillermo": {"guille"},
	"alejandro": {"alex", "jandro"}, "alejandra": {"alex"}, "alexandre": {"alex"}, "jordi": {"jorge"}, "jorge": {"jordi"},
	"beatriz": {"bea"}, "cristina": {"cris"}, "daniel": {"dani"}, "david": {"davi"}, "eduardo": {"edu"}, "fernando": {"fer", "nando"},
	"gabriel": {"gabi"}, "isabel": {"isa", "bel"}, "javier": {"javi"}, "xavier": {"xavi"}, "juan": {"juanito"}, "joan": {"joanet"},
	"jesus": {"chus", "suso"}, "joaquin": {"quim"}, "joaquim": {"quim"}, "leticia": {"leti"}, "manuela": {"manoli"}, "miguel": {"migue"},
	"patricia": {"patri", "patry"}, "rafael": {"rafa"}, "ramon": {"moncho"}, "roberto": {"rober"}, "salvador": {"salva"},
	"sebastian": {"sebas"}, "sergio": {"sergi"}, "susana": {"susi"}, "teresa": {"tere"}, "vicente": {"vicen"}, "yolanda": {"yoli"},
	"robert": {"rob", "bob"}, "william": {"bill", "will", "liam"}, "elizabeth": {"liz", "beth", "lizzie"}, "margaret": {"maggie", "peggy"},
	"richard": {"dick", "rick"}, "james": {"jim", "jimmy"}, "john": {"jack", "johnny"}, "katherine": {"kate", "kathy"},
	"catherine": {"cathy", "kate"}, "michael": {"mike"}, "thomas": {"tom"}, "christopher": {"chris"}, "samantha": {"sam"},
	"samuel": {"sam"}, "benjamin": {"ben"}, "jennifer": {"jen", "jenny"}, "rebecca": {"becky"}, "susan": {"sue"}, "edward": {"ed", "ted"},
}
