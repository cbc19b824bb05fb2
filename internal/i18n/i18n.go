// Package i18n holds every word a person sees, in English, Spanish and Catalan, and writes numbers, money, dates and
// lists the way each language does.
//
// The words live in locales/AREA.LANG.json, in the format of github.com/nicksnyder/go-i18n/v2; the page reads the same
// files. Formats follow Unicode CLDR as the page's Intl does, under the tags en-GB, es and ca; testdata/golden.json is
// checked on both sides. Dates are put together from the catalogue's own date.* keys, so that both sides agree on them
// whatever CLDR version a browser carries.
//
// A key that is missing is a defect: it panics in a test, and shows itself, harmlessly, in the product.
package i18n

import (
	"maps"
	"strings"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

// Language is a language the product speaks, as its ISO 639-1 code.
type Language string

// The languages.
const (
	English Language = "en"
	Spanish Language = "es"
	Catalan Language = "ca"
)

// Languages lists the languages the product speaks.
func Languages() []Language { return []Language{English, Spanish, Catalan} }

// Parse finds the language for a BCP 47 tag or a POSIX locale: "es-MX" and "es_ES.UTF-8" are Spanish. It is false when
// the product does not speak it.
func Parse(tag string) (Language, bool) {
	tag, _, _ = strings.Cut(tag, ".")
	tag, _, _ = strings.Cut(tag, "@")
	parsed, err := language.Parse(tag)
	if err != nil {
		return "", false
	}
	base, confidence := parsed.Base()
	if confidence < language.High { // "und" only looks English
		return "", false
	}
	for _, spoken := range Languages() {
		if base.String() == string(spoken) {
			return spoken, true
		}
	}
	return "", false
}

// Values fill the placeholders of a text, {{.name}}.
type Values = map[string]any

// Texts are the words of one language. They are safe for concurrent use.
type Texts struct {
	language  Language
	localizer *goi18n.Localizer
	messages  map[string]*goi18n.Message
	// loud makes a defect of the catalogue a panic.
	loud bool
}

// strict refuses a text whose placeholder has no value.
var strict = &template.TextParser{Option: "missingkey=error"}

// For returns the words of a language; of English for one the product does not speak.
func For(language Language) *Texts {
	if read, ok := catalogues[language]; ok {
		return read()
	}
	return catalogues[English]()
}

// Language is the language of the texts.
func (t *Texts) Language() Language { return t.language }

// Has reports whether the catalogue has the key.
func (t *Texts) Has(key string) bool { return t.messages[key] != nil }

// Text is the text of a key with its placeholders filled. Of a text with plural forms it is the form "other".
func (t *Texts) Text(key string, values ...Values) string {
	if message := t.messages[key]; message != nil && len(values) == 0 && !strings.Contains(message.Other, "{{") {
		return message.Other
	}
	return t.localize(&goi18n.LocalizeConfig{MessageID: key, TemplateData: merge(values), TemplateParser: t.parser()})
}

// Count is the text of a key in the plural form that n asks for (CLDR). The placeholder {{.count}} is n as [Texts.Number]
// writes it, and {{.times}} as [Texts.Times] does.
func (t *Texts) Count(key string, n int64, values ...Values) string {
	all := merge(values)
	all["count"] = t.Number(n)
	if message := t.messages[key]; message != nil && all["times"] == nil && strings.Contains(message.Other, "{{.times}}") {
		all["times"] = t.Times(n)
	}
	return t.localize(&goi18n.LocalizeConfig{MessageID: key, TemplateData: all, TemplateParser: t.parser(), PluralCount: n})
}

func (t *Texts) parser() template.Parser {
	if t.language == Catalan {
		return catalan
	}
	return strict
}

func (t *Texts) localize(config *goi18n.LocalizeConfig) string {
	text, err := t.localizer.Localize(config)
	if err == nil {
		return text
	}
	if t.loud {
		panic("i18n: " + string(t.language) + ": " + config.MessageID + ": " + err.Error())
	}
	return config.MessageID
}

func merge(values []Values) Values {
	all := Values{}
	for _, some := range values {
		maps.Copy(all, some)
	}
	return all
}
