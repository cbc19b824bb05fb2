package pdf_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

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

// TestAParagraphThatIsReadFromRightToLeftStandsAtTheRight looks for where the furthest word of it ends, in an email and in
// the complainant's account on the first page.
func TestAParagraphThatIsReadFromRightToLeftStandsAtTheRight(t *testing.T) {
	const arabic = "وصل الطرد أمس"
	story := dossiertest.New(1)
	plain := wordsOf(t, save(t, write(t, story, options(i18n.English))))
	for _, one := range plain {
		if strings.ContainsFunc(one.text, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
			t.Fatalf("the story holds %q", one.text)
		}
	}
	const emailRight, pageRight, near = (24 + 6 + 142) * 72 / 25.4, (210 - 20) * 72 / 25.4, 3.0
	for name, test := range map[string]struct {
		say  func()
		want float64
	}{
		"an email":              {func() { story.File.Messages[0].Value.Reading.Text = arabic }, emailRight},
		"the account on page 1": {func() { story.File.Case.Summary = arabic }, pageRight},
	} {
		story = dossiertest.New(1)
		test.say()
		furthest, nearest := 0.0, 1000.0
		for _, one := range wordsOf(t, save(t, write(t, story, options(i18n.English)))) {
			if strings.ContainsFunc(one.text, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
				furthest, nearest = max(furthest, one.right), min(nearest, one.left)
			}
		}
		if furthest < test.want-near || furthest > test.want+near {
			t.Errorf("%s: it ends at %.1f, its column at %.1f (it begins at %.1f)", name, furthest, test.want, nearest)
		}
	}
}
