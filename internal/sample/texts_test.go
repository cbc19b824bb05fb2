package sample

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"constancia/internal/i18n"
)

func TestTheSampleHasTheSameTextsInEveryLanguageAndNoneEmpty(t *testing.T) {
	want := wordsOf(i18n.English).keys()
	for _, language := range i18n.Languages() {
		w := wordsOf(language)
		if got := w.keys(); !slices.Equal(got, want) {
			t.Errorf("%s has other keys than English: %v against %v", language, got, want)
		}
		for _, key := range w.keys() {
			if w.text(key) == "" {
				t.Errorf("%s: %s is empty", language, key)
			}
		}
	}
}

func TestNoKeyIsWrittenTwice(t *testing.T) {
	heading := regexp.MustCompile(`(?m)^# (.+)$`)
	for _, language := range i18n.Languages() {
		seen := map[string]bool{}
		for _, area := range textAreas {
			content, err := textFiles.ReadFile(fmt.Sprintf("texts/%s/%s.txt", language, area))
			if err != nil {
				t.Fatal(err)
			}
			for _, key := range heading.FindAllStringSubmatch(string(content), -1) {
				if seen[key[1]] {
					t.Errorf("%s: %s stands twice", language, key[1])
				}
				seen[key[1]] = true
			}
		}
	}
}

func TestEveryPlaceholderIsFilled(t *testing.T) {
	placeholder := regexp.MustCompile(`\{[a-z.]+\}`)
	for _, language := range i18n.Languages() {
		w := wordsOf(language)
		for _, key := range w.keys() {
			for _, found := range placeholder.FindAllString(w.text(key), -1) {
				if found != tableMark {
					t.Errorf("%s: %s keeps %s", language, key, found)
				}
			}
		}
	}
}

func TestTablesHaveTheSameShapeInEveryLanguage(t *testing.T) {
	english := wordsOf(i18n.English)
	for _, language := range i18n.Languages() {
		w := wordsOf(language)
		for _, key := range w.keys() {
			if !strings.Contains(english.text(key), " | ") {
				continue
			}
			got, want := w.rows(key), english.rows(key)
			if len(got) != len(want) {
				t.Errorf("%s: %s has %d rows, English %d", language, key, len(got), len(want))
				continue
			}
			for i := range got {
				if len(got[i]) != len(want[i]) {
					t.Errorf("%s: row %d of %s has %d cells, English %d", language, i+1, key, len(got[i]), len(want[i]))
				}
			}
		}
	}
}

func TestNoTextPassesAVerdict(t *testing.T) {
	verdict := regexp.MustCompile(`(?i)\b(fraud|estafa|frau|theft|robo|robatori|stole|lie|lied|mentira|mienten|mentida|scam|liar)\b`)
	everyText(t, func(t *testing.T, where, text string) {
		if found := verdict.FindString(text); found != "" {
			t.Errorf("%s says %q", where, found)
		}
	})
}

func TestEveryDomainIsReservedForExamples(t *testing.T) {
	domain := regexp.MustCompile(`(?i)(@|www\.|https?://)[a-z0-9.-]+`)
	everyText(t, func(t *testing.T, where, text string) {
		for _, found := range domain.FindAllString(text, -1) {
			if !strings.HasSuffix(strings.TrimRight(found, "."), ".example") {
				t.Errorf("%s names %s", where, found)
			}
		}
	})
}

func TestEveryPhoneNumberIsKeptForFiction(t *testing.T) {
	number := regexp.MustCompile(`\b\d{3} ?\d{2,3} ?\d{2} ?\d{1,2}\b|\b\d{3} \d{3} \d{3}\b`)
	fiction := regexp.MustCompile(`^555 010 1\d\d$`)
	everyText(t, func(t *testing.T, where, text string) {
		for _, found := range number.FindAllString(text, -1) {
			if strings.Contains(found, " ") && !fiction.MatchString(found) {
				t.Errorf("%s has the number %s", where, found)
			}
		}
	})
	for _, c := range contacts() {
		if c.number != "" && !fiction.MatchString(c.number) {
			t.Errorf("%s has the number %s", c.key, c.number)
		}
	}
}

// everyText visits the texts, the decoded mail and the text files of the evidence, in each language.
func everyText(t *testing.T, visit func(t *testing.T, where, text string)) {
	t.Helper()
	for _, language := range i18n.Languages() {
		w := wordsOf(language)
		for _, key := range w.keys() {
			visit(t, string(language)+" "+key, w.text(key))
		}
		for i, letter := range Mailbox(language) {
			head, _, _ := strings.Cut(string(letter.Raw), "\r\n\r\n")
			visit(t, fmt.Sprintf("%s header of message %d", language, i+1), head)
		}
		for _, file := range EvidenceFiles(language) {
			if strings.HasPrefix(file.MediaType, "text/") {
				visit(t, string(language)+" "+file.Name, string(file.Body))
			}
		}
	}
}

func TestTheTextsAreTheOnlyFilesOfTheirFolder(t *testing.T) {
	count := 0
	err := fs.WalkDir(textFiles, "texts", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			count++
		}
		return err
	})
	if err != nil || count != len(textAreas)*len(i18n.Languages()) {
		t.Errorf("%d files of texts, want %d (%v)", count, len(textAreas)*len(i18n.Languages()), err)
	}
}
