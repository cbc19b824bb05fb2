package sample

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"constancia/internal/i18n"
)

//go:embed texts
var textFiles embed.FS

// textAreas are the files of each language.
var textAreas = []string{"case", "contacts", "promises", "mail", "evidence"}

// words are the sample's texts in one language, with the facts filled in.
type words struct {
	language i18n.Language
	texts    map[string]string
}

// wordsOf reads a language once. A language the sample does not speak is English.
func wordsOf(language i18n.Language) *words {
	if read, ok := readers[language]; ok {
		return read()
	}
	return readers[i18n.English]()
}

var readers = func() map[i18n.Language]func() *words {
	byLanguage := map[i18n.Language]func() *words{}
	for _, language := range i18n.Languages() {
		byLanguage[language] = sync.OnceValue(func() *words { return readWords(language) })
	}
	return byLanguage
}()

func readWords(language i18n.Language) *words {
	fill := facts(language)
	texts := map[string]string{}
	for _, area := range textAreas {
		content, err := textFiles.ReadFile(fmt.Sprintf("texts/%s/%s.txt", language, area))
		if err != nil {
			panic(err)
		}
		maps.Copy(texts, parseTexts(fill.Replace(string(content))))
	}
	return &words{language: language, texts: texts}
}

// parseTexts reads "# key" lines, each followed by its text.
func parseTexts(content string) map[string]string {
	texts := map[string]string{}
	for section := range strings.SplitSeq("\n"+content, "\n# ") {
		key, text, _ := strings.Cut(section, "\n")
		if key != "" {
			texts[key] = strings.TrimSpace(text)
		}
	}
	return texts
}

// text returns a text that has to be there.
func (w *words) text(key string) string {
	text, ok := w.texts[key]
	if !ok {
		panic("sample: no text " + key + " in " + string(w.language))
	}
	return text
}

// maybe returns a text that only some things have, else "".
func (w *words) maybe(key string) string { return w.texts[key] }

// lines returns the lines of a text.
func (w *words) lines(key string) []string { return strings.Split(w.text(key), "\n") }

// rows returns the lines of a text as cells.
func (w *words) rows(key string) [][]string {
	var rows [][]string
	for _, line := range w.lines(key) {
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	return rows
}

// keys lists the keys in order.
func (w *words) keys() []string { return slices.Sorted(maps.Keys(w.texts)) }
