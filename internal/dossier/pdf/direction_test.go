package pdf_test

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

// word is a word of a page, with where it begins and ends, in points from the left.
type word struct {
	text        string
	left, right float64
}

func wordsOf(t *testing.T, path string) []word {
	t.Helper()
	var words []word
	pattern := regexp.MustCompile(`<word xMin="([0-9.]+)" yMin="[0-9.]+" xMax="([0-9.]+)" yMax="[0-9.]+">([^<]*)</word>`)
	for _, match := range pattern.FindAllStringSubmatch(run(t, "pdftotext", "-bbox", path, "-"), -1) {
		one := word{text: match[3]}
		if _, err := fmt.Sscan(match[1]+" "+match[2], &one.left, &one.right); err != nil {
			t.Fatal(err)
		}
		words = append(words, one)
	}
	return words
}

// TestATextThatIsReadFromRightToLeftStandsAtTheRightOfItsPlace looks for where the words of it end: in a paragraph, a table's
// cell, a card, a heading.
func TestATextThatIsReadFromRightToLeftStandsAtTheRightOfItsPlace(t *testing.T) {
	const near = 1.0 // millimetre
	for name, test := range map[string]struct {
		say   func(f *casefile.CaseFile, text string)
		wants []float64 // millimetres from the left
	}{
		"an email":              {func(f *casefile.CaseFile, text string) { f.Messages[0].Value.Reading.Text = text }, []float64{172}},
		"an email’s subject":    {func(f *casefile.CaseFile, text string) { f.Messages[0].Value.Reading.Subject = text }, []float64{30 + 166 - 12 - 16}},
		"the account on page 1": {func(f *casefile.CaseFile, text string) { f.Case.Summary = text }, []float64{190}},
		"the title":             {func(f *casefile.CaseFile, text string) { f.Case.Title = text }, []float64{190}},
		"the complainant":       {func(f *casefile.CaseFile, text string) { f.Case.Complainant.Name = text }, []float64{190}},
		"a company in the case": {func(f *casefile.CaseFile, text string) { f.Parties[0].Value.Name = text }, []float64{190}},
		"a card": {func(f *casefile.CaseFile, text string) {
			f.People[0].Value.Name, f.People[0].Value.Position = text, text
			f.Promises[0].Value.What = text
		}, []float64{24 + 78.5, 24 + 91}},
		"an exhibit": {func(f *casefile.CaseFile, text string) {
			f.Evidence[0].Value.Shows = text
		}, []float64{190, 190 - 16}},
		"the name of a file": {func(f *casefile.CaseFile, text string) { f.Evidence[0].Value.FileName = text + ".pdf" }, []float64{24 + 150 - 4}},
		"a row":              {func(f *casefile.CaseFile, text string) { f.Contacts[0].Value.Summary = text }, []float64{24 + 28 + 108}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for script, said := range map[*unicode.RangeTable]string{unicode.Arabic: "وصل الطرد أمس", unicode.Hebrew: "החבילה הגיעה אתמול"} {
				story := dossiertest.New(1)
				test.say(&story.File, said)
				var ends []float64
				for _, one := range wordsOf(t, save(t, write(t, story, options(i18n.English)))) {
					if strings.ContainsFunc(one.text, func(r rune) bool { return unicode.Is(script, r) }) {
						ends = append(ends, one.right*25.4/72)
					}
				}
				for _, want := range test.wants {
					if !slices.ContainsFunc(ends, func(end float64) bool { return math.Abs(end-want) < near }) {
						t.Errorf("%q: none of its words ends at %.1f, but at %.1f", said, want, ends)
					}
				}
			}
		})
	}
}

// TestANameOfAnotherScriptStaysWithTheWordsAroundIt holds that only a text's own direction moves it.
func TestANameOfAnotherScriptStaysWithTheWordsAroundIt(t *testing.T) {
	story := dossiertest.New(1)
	story.File.Case.Title = "A parcel for محمد that never came"
	for _, one := range wordsOf(t, save(t, write(t, story, options(i18n.English)))) {
		if one.text == "parcel" && one.left*25.4/72 < 24+15 {
			return
		}
	}
	t.Error("the title does not begin at the left")
}

// The rows of the runaround and the line with whom to call are the dossier's own: whatever script a name in them has, they
// are read from the left, and an arrow leads from the first place to the second.
func TestTheDossiersOwnLinesAreReadFromTheLeftWhateverTheNames(t *testing.T) {
	const near = 4 * 72 / 25.4 // 4 mm, in points
	hebrew := func(text string) bool {
		return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Hebrew, r) })
	}
	story := dossiertest.New(1)
	story.File.Parties[0].Value.Name = "שליחים"
	story.File.Case.Complainant.Phone, story.File.Case.Complainant.Email = "555 010 147", ""
	story.File.Case.Complainant.Address = "שדרות"
	model, err := dossier.Compile(story.File, options(i18n.English))
	if err != nil {
		t.Fatal(err)
	}
	ways := 0
	for _, turn := range model.Runaround.Turns {
		if from, _, sent := strings.Cut(turn.Way, "→"); sent && hebrew(from) {
			ways++
		}
	}
	drawn, called := 0, false
	words := wordsOf(t, save(t, write(t, story, options(i18n.English))))
	for i, one := range words {
		around := words[max(0, i-4):min(len(words), i+5)]
		besides := func(other word) bool {
			return hebrew(other.text) && other.right <= one.left && one.left-other.right < near
		}
		if one.text == "→" && slices.ContainsFunc(around, besides) {
			drawn++
		}
		if strings.Contains(one.text, "147") {
			called = called || slices.ContainsFunc(around, func(other word) bool { return hebrew(other.text) && other.left > one.right })
		}
	}
	if ways == 0 || drawn != ways {
		t.Errorf("%d of %d arrows lead away from the name that stands before them", drawn, ways)
	}
	if !called {
		t.Error("the address does not stand behind the phone number")
	}
}
