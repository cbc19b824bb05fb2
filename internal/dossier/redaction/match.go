package redaction

import (
	"cmp"
	"slices"
	"strings"
)

// pattern is one spelling of a secret.
type pattern struct {
	runes []rune
	// gaps tells before which runes something that is neither letter nor digit may stand.
	gaps []bool
	// capital asks for a capital at its start, or for a word before it that leads to a name: an ordinary word that is a
	// name, too. With frequent no sentence may start there either.
	capital, frequent bool
	// always hides it within the name of a company, too.
	always bool
	secret int
}

// maxGap is how much may stand between two letters or digits of one spelling: ") - " of a phone number.
const maxGap = 3

// span is a stretch of a text that is to be hidden, in bytes, with the secrets that it may be.
type span struct {
	start, end int
	secrets    []int
	always     bool
}

// patterns are spellings by their first rune.
type patterns map[rune][]pattern

func (p patterns) add(one pattern) {
	if len(one.runes) > 0 {
		p[one.runes[0]] = append(p[one.runes[0]], one)
	}
}

// find lists where the spellings stand in a text, in order, none overlapping; but for those within a stretch of shown.
func (p patterns) find(text string, shown patterns) []span {
	f := fold(text)
	all := p.matches(f)
	if len(all) == 0 {
		return nil
	}
	kept := shown.matches(f)
	all = slices.DeleteFunc(all, func(s span) bool {
		return !s.always && slices.ContainsFunc(kept, func(k span) bool { return k.start <= s.start && s.end <= k.end })
	})
	slices.SortStableFunc(all, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
	return joined(text, united(all))
}

// matches lists every place of every spelling.
func (p patterns) matches(f folded) []span {
	var found []span
	for i, r := range f.runes {
		kind := class(r)
		if kind == between || i > 0 && class(f.runes[i-1]) == kind {
			continue
		}
		for _, one := range p[r] {
			if end, ok := one.at(f, i); ok {
				found = append(found, span{f.start[i], f.end[end-1], []int{one.secret}, one.always})
			}
		}
	}
	return found
}

// at holds a spelling against the text from rune i on, and tells where it would end.
func (p pattern) at(f folded, i int) (end int, ok bool) {
	from := i
	for place, wanted := range p.runes {
		if place > 0 && p.gaps[place] {
			for gap := 0; gap < maxGap && i < len(f.runes) && class(f.runes[i]) == between; gap++ {
				i++
			}
		}
		if i >= len(f.runes) || f.runes[i] != wanted {
			return 0, false
		}
		i++
	}
	if i < len(f.runes) && class(f.runes[i]) == class(f.runes[i-1]) {
		return 0, false
	}
	if p.capital && !leadsToName(f, from) && (!f.capital[from] || p.frequent && startsSentence(f, from)) {
		return 0, false
	}
	return i, true
}

// startsSentence reports whether nothing but what ends a sentence, or a quotation mark, stands before rune i.
func startsSentence(f folded, i int) bool {
	for i--; i >= 0 && strings.ContainsRune(" \t\u00A0\"'“”‘’«»¿¡(*-–—", f.runes[i]); i-- {
	}
	return i < 0 || strings.ContainsRune(".!?…\n\r:;>", f.runes[i])
}

// leadsToName reports whether a word that names follow stands before rune i: "Sra. Costa", "con clara".
func leadsToName(f folded, i int) bool {
	for i > 0 && (f.runes[i-1] == ' ' || f.runes[i-1] == '\u00A0' || f.runes[i-1] == '.') {
		i--
	}
	return titles[wordBefore(f, i)]
}

// wordBefore is the run of letters that ends before rune i.
func wordBefore(f folded, i int) string {
	start := i
	for start > 0 && class(f.runes[start-1]) == word {
		start--
	}
	return string(f.runes[start:i])
}

// united makes one of stretches that overlap; where several secrets are spelled alike it keeps all.
func united(sorted []span) []span {
	var apart []span
	for _, next := range sorted {
		last := len(apart) - 1
		if last < 0 || next.start >= apart[last].end {
			apart = append(apart, next)
			continue
		}
		if next.start == apart[last].start && next.end == apart[last].end {
			apart[last].secrets = append(slices.Clone(apart[last].secrets), next.secrets...)
		}
		apart[last].end = max(apart[last].end, next.end)
	}
	return apart
}

// joined makes one of stretches of one secret with nothing but a little punctuation or a particle between them: surname
// and name.
func joined(text string, apart []span) []span {
	var whole []span
	for _, next := range apart {
		last := len(whole) - 1
		if last >= 0 {
			common := intersection(whole[last].secrets, next.secrets)
			if len(common) > 0 && isJoint(text[whole[last].end:next.start]) {
				whole[last].end, whole[last].secrets = next.end, common
				continue
			}
		}
		whole = append(whole, next)
	}
	return whole
}

func intersection(a, b []int) []int {
	var both []int
	for _, one := range a {
		if slices.Contains(b, one) && !slices.Contains(both, one) {
			both = append(both, one)
		}
	}
	return both
}

// isJoint reports whether what stands between two parts of a name belongs to it.
func isJoint(text string) bool {
	if len(text) > 12 || strings.Count(text, "\n") > 1 {
		return false
	}
	for _, token := range tokens(text) {
		if !particles[token] {
			return false
		}
	}
	return !strings.ContainsAny(text, ";()/|<>")
}

// particles stand between the parts of names.
var particles = setOf("de", "del", "la", "las", "los", "el", "i", "y", "e", "da", "do", "dos", "van", "von", "den", "der", "d", "l", "mc", "mac", "o", "san", "santa")

// titles, and words of a conversation, stand before names.
var titles = setOf("con", "amb", "with", "soy", "soc", "llamo", "llama", "dic", "diu", "named", "called", "speaking",
	"sr", "sra", "srta", "sres", "senor", "senora", "senorita", "don", "dona", "d", "dna", "dr", "dra", "doctor", "doctora",
	"senyor", "senyora", "senyoreta", "en", "na", "mr", "mrs", "ms", "miss", "mx", "sir", "lic", "ing", "prof")

func setOf(words ...string) map[string]bool {
	set := map[string]bool{}
	for _, one := range words {
		set[one] = true
	}
	return set
}
