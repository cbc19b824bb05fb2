package pdf_test

import (
	"regexp"
	"strings"
	"testing"

	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

func TestTextOfEveryScriptCanBeReadBack(t *testing.T) {
	for name, words := range map[string][]string{
		"Arabic":                {"محمد بن عبد الله"},
		"an Arabic ligature":    {"السلام عليكم لا بأس"},
		"Arabic within Spanish": {"Habló con محمد الأحمد sobre el pedido"},
		"Hebrew":                {"שלום עולם"},
		"a Hebrew bracket":      {"שלום (עולם) טוב"},
		"Devanagari":            {"नमस्ते दुनिया क्षत्रिय"},
		"Thai":                  {"สวัสดีครับ ขอบคุณ"},
		"Chinese":               {"订单没有送到"},
		"Japanese":              {"荷物が届きません"},
		"Korean":                {"주문이 도착하지 않았습니다"},
		"emoji":                 {"Gracias 😀🚚 bien"},
		"emoji of several":      {"familia 👨‍👩‍👧 y 👍🏽 fin"},
		"a flag":                {"🇪🇸 aquí"},
		"keycaps":               {"1️⃣ primero"},
		// Where a number stands among what is read to the left, a reader of the page has to guess; each part is whole.
		"an Arabic number": {"وصل الطرد رقم", "4512", "أمس"},
		"a Hebrew number":  {"Order", "123", "שלום", "arrived late"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			story := dossiertest.Empty()
			story.File.Case.Title = words[0]
			story.File.Case.Summary = strings.Join(words, " ")
			path := save(t, write(t, story, options(i18n.English)))
			run(t, "qpdf", "--check", path)
			first := asRead(text(t, path, "1", "1"))
			for _, part := range words {
				if strings.Count(first, part) < 2 && len(words) == 1 || !strings.Contains(first, part) {
					t.Errorf("%q is not in %q", part, first)
				}
			}
			if outline := run(t, "qpdf", "--check", "--verbose", path); strings.Contains(outline, "WARNING") {
				t.Error(outline)
			}
			if information := run(t, "pdfinfo", path); !strings.Contains(information, words[0]) {
				t.Errorf("%q is not in the document information:\n%s", words[0], information)
			}
		})
	}
}

// asRead leaves out the marks that pdftotext puts around what is read to the left.
func asRead(text string) string {
	return strings.Join(strings.Fields(regexp.MustCompile("[\u202A-\u202E]").ReplaceAllString(text, " ")), " ")
}

func TestAWordOfTenThousandCharactersIsBrokenInEveryScript(t *testing.T) {
	for name, word := range map[string]string{
		"Latin": "x", "Arabic": "م", "Hebrew": "ש", "Devanagari": "क्ष", "Thai": "ก", "Chinese": "订", "emoji": "😀", "families": "👨‍👩‍👧",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			story := dossiertest.New(1)
			endless := strings.Repeat(word, 10_000)
			story.File.Case.Title, story.File.Case.Summary = "Título "+endless, endless
			story.File.People[0].Value.Name = endless
			path := save(t, write(t, story, options(i18n.Spanish)))
			assertInsidePage(t, path)
		})
	}
}
