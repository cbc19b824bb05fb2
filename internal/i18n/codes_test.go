package i18n_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

func TestEveryCodeOfTheDomainHasItsWord(t *testing.T) {
	for kind, codes := range map[string][]string{
		"failure":    words(casefile.Failures()),
		"channel":    words(casefile.Channels()),
		"direction":  words(casefile.Directions()),
		"role":       words(casefile.Roles()),
		"basis":      words(casefile.Bases()),
		"supervisor": words(casefile.Supervisors()),
		"outcome":    append(words(casefile.Outcomes()), "open", "overdue"),
		"ending":     words(casefile.EndingKinds()),
		"remedy":     words(casefile.RemedyKinds()),
		"answer":     words(casefile.RemedyAnswers()),
		"consent":    words(casefile.Consents()),
		"precision":  words(casefile.Precisions()),
		"edition":    {"head-office", "regulator", "press"},
		"recorded":   {"live", "same_day", "later"},
	} {
		for _, code := range codes {
			for _, language := range i18n.Languages() {
				if key := "term." + kind + "." + code; !i18n.For(language).Has(key) {
					t.Errorf("%s has no %s", language, key)
				}
			}
		}
	}
}

// values are what codes.go says belongs to a problem beyond its own comment.
var fieldsOfCode = regexp.MustCompile(`[a-z0-9]+`)

func TestEveryProblemSaysWhatHappenedAndWhatToDo(t *testing.T) {
	placeholder := regexp.MustCompile(`\{\{\.(\w+)\}\}`)
	for code, comment := range problemCodes(t) {
		for _, language := range i18n.Languages() {
			texts := i18n.For(language)
			for _, part := range []string{"message", "do"} {
				key := "error." + code + "." + part
				if !texts.Has(key) {
					t.Errorf("%s has no %s", language, key)
					continue
				}
				text := texts.Text(key, everything)
				if strings.Contains(text, "\n") {
					t.Errorf("%s: %s is more than one line", language, key)
				}
				for _, match := range placeholder.FindAllStringSubmatch(text, -1) {
					if !slices.Contains(fieldsOfCode.FindAllString(comment, -1), match[1]) {
						t.Errorf("%s: %s asks for %q, which codes.go does not name there: %q", language, key, match[1], comment)
					}
				}
			}
		}
	}
}

// everything fills each placeholder with itself, so that it can be seen which ones a text asks for.
var everything = func() i18n.Values {
	values := i18n.Values{}
	for _, name := range []string{"detail", "field", "value", "choices", "limit", "kind", "path", "sha256", "host", "port",
		"fingerprint", "user", "mailbox", "variable", "failed", "count", "name", "where", "log",
		"provider", "domain", "addressee", "missing"} {
		values[name] = "{{." + name + "}}"
	}
	return values
}()

// problemCodes reads the codes and the comments that name their values out of package problem.
func problemCodes(t *testing.T) map[string]string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../problem/codes.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]string{}
	ast.Inspect(file, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for _, value := range spec.Values {
			literal, ok := value.(*ast.BasicLit)
			if !ok {
				continue
			}
			code, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			codes[code] = spec.Comment.Text() + spec.Doc.Text()
		}
		return true
	})
	if len(codes) < 40 {
		t.Fatalf("only %d codes found in codes.go", len(codes))
	}
	return codes
}

func words[T ~string](codes []T) []string {
	texts := make([]string, len(codes))
	for i, code := range codes {
		texts[i] = string(code)
	}
	return texts
}
