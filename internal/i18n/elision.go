package i18n

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n/template"
)

// catalan is the parser of Catalan texts. There the article and the preposition "de" lean on the value behind them: l’1
// d’abril, de l’11 de març, d’Elena. The texts are written with the full form, el {{.date}}.
var catalan = elidingParser{&template.TextParser{Option: strict.Option, Funcs: map[string]any{"elide": elide}}}

// elidingParser puts the words that lean on a placeholder into it.
type elidingParser struct{ *template.TextParser }

// leaning finds what may lean on a placeholder.
var leaning = regexp.MustCompile(`(^|[\s(«])([Ee]l|[Dd]el|[Aa]l|[Pp]el|[Dd]e) \{\{\.(\w+)\}\}`)

// Cacheable is true: elide never changes.
func (elidingParser) Cacheable() bool { return true }

// Parse reads a text with the default delimiters.
func (p elidingParser) Parse(src, left, right string) (template.ParsedTemplate, error) {
	return p.TextParser.Parse(leaning.ReplaceAllString(src, `$1{{elide "$2" .$3}}`), left, right)
}

var (
	// oneOrEleven are the days and numbers that are read with a vowel first: u, onze.
	oneOrEleven = regexp.MustCompile(`^(1|11)($|[\s\x{00A0}])`)
	// vowelFirst is a word, not an abbreviation in capitals, that begins with a vowel; consonantal i and u are none.
	vowelFirst    = regexp.MustCompile(`^[Hh]?[AEIOUÀÈÉÍÒÓÚaeiouàèéíòóú]\p{Ll}`)
	consonantLike = regexp.MustCompile(`^[Hh]?[IUiu][aeiouàèéíòóú]`)
)

// elide writes a leaning word and the value behind it.
func elide(word string, value any) string {
	text := fmt.Sprint(value)
	numbered := oneOrEleven.MatchString(text)
	if preposition, isArticle := strings.CutSuffix(word, "l"); isArticle && numbered {
		return map[string]string{"e": "l’", "E": "L’", "de": "de l’", "De": "De l’", "a": "a l’", "A": "A l’", "pe": "per l’", "Pe": "Per l’"}[preposition] + text
	}
	if strings.EqualFold(word, "de") && (numbered || vowelFirst.MatchString(text) && !consonantLike.MatchString(text)) {
		return word[:1] + "’" + text
	}
	return word + " " + text
}
