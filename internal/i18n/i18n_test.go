package i18n

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestATagOfAnyKindFindsItsLanguage(t *testing.T) {
	for tag, want := range map[string]Language{
		"en": English, "es": Spanish, "ca": Catalan, "es-MX": Spanish, "es_ES.UTF-8": Spanish, "ca_ES@valencia": Catalan,
		"ca-ES-valencia": Catalan, "en-GB": English, "EN": English,
	} {
		if got, ok := Parse(tag); !ok || got != want {
			t.Errorf("Parse(%q) = %q, %v; want %q", tag, got, ok, want)
		}
	}
	for _, tag := range []string{"", "C", "POSIX", "fr", "pt-BR", "und", "not a tag", "C.UTF-8"} {
		if got, ok := Parse(tag); ok {
			t.Errorf("Parse(%q) = %q; want none", tag, got)
		}
	}
}

func TestEveryKeyIsInEveryLanguageAndInOneAreaOnly(t *testing.T) {
	for area := range areas(t) {
		english := file(t, area, English)
		for _, spoken := range Languages() {
			for _, difference := range differentKeys(english, file(t, area, spoken)) {
				t.Errorf("%s.%s.json: the key %q is not in both this language and English", area, spoken, difference)
			}
		}
	}
	home := map[string]string{}
	for area := range areas(t) {
		for key := range file(t, area, English) {
			if other, taken := home[key]; taken {
				t.Errorf("the key %q is in both %s and %s", key, other, area)
			}
			home[key] = area
		}
	}
}

// pluralForms are the forms CLDR has for whole numbers in each language.
var pluralForms = map[Language][]string{
	English: {"one", "other"},
	Spanish: {"many", "one", "other"},
	Catalan: {"many", "one", "other"},
}

func TestEveryTextHasItsPluralFormsAndTheSamePlaceholders(t *testing.T) {
	for area := range areas(t) {
		english := file(t, area, English)
		for _, spoken := range Languages() {
			for key, forms := range file(t, area, spoken) {
				where := area + "." + string(spoken) + ".json: " + key
				_, single := forms[""]
				if _, englishSingle := english[key][""]; single != englishSingle {
					t.Errorf("%s: has plural forms in one language and not in the other", where)
				}
				if names := slices.Sorted(maps.Keys(forms)); !single && !slices.Equal(names, pluralForms[spoken]) {
					t.Errorf("%s: has the plural forms %v, want %v", where, names, pluralForms[spoken])
				}
				want := placeholders(english[key])
				if got := placeholders(forms); !slices.Equal(got, want) {
					t.Errorf("%s: has the placeholders %v, English has %v", where, got, want)
				}
				for form, text := range forms {
					if strings.TrimSpace(text) == "" || strings.TrimSpace(text) != text {
						t.Errorf("%s %s: %q is empty or has space around it", where, form, text)
					}
				}
			}
		}
	}
}

func TestEveryTextCanBeFilled(t *testing.T) {
	for _, spoken := range Languages() {
		texts := For(spoken)
		for area := range areas(t) {
			for key, forms := range file(t, area, spoken) {
				values := Values{}
				for _, name := range placeholders(forms) {
					values[name] = "‹" + name + "›"
				}
				if text := texts.Text(key, values); strings.Contains(text, "{{") || text == key {
					t.Errorf("%s: %s becomes %q", spoken, key, text)
				}
			}
		}
	}
}

func TestCountChoosesTheFormAndWritesTheNumber(t *testing.T) {
	for _, c := range []struct {
		language Language
		n        int64
		want     string
	}{
		{English, 1, "1 promise"}, {English, 0, "0 promises"}, {English, 12345, "12,345 promises"},
		{Spanish, 1, "1 promesa"}, {Spanish, 2, "2 promesas"}, {Spanish, 1000000, "1.000.000 de promesas"},
		{Catalan, 1, "1 promesa"}, {Catalan, 0, "0 promeses"}, {Catalan, 1000000, "1.000.000 de promeses"},
	} {
		if got := For(c.language).Count("count.promise", c.n); got != c.want {
			t.Errorf("%s, %d: %q, want %q", c.language, c.n, got, c.want)
		}
	}
}

func TestAMissingKeyOrValueIsLoudInATest(t *testing.T) {
	for name, use := range map[string]func(*Texts){
		"missing key":              func(x *Texts) { x.Text("no.such.key") },
		"missing key with a count": func(x *Texts) { x.Count("no.such.key", 2) },
		"missing value":            func(x *Texts) { x.Text("error.server_cut.message") },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("did not panic")
				}
			}()
			use(For(Spanish))
		})
	}
}

func TestAMissingKeyIsVisibleAndHarmlessInTheProduct(t *testing.T) {
	texts := *For(Spanish)
	texts.loud = false
	if got := texts.Text("no.such.key"); got != "no.such.key" {
		t.Errorf("Text gives %q", got)
	}
	if got := texts.Count("no.such.key", 3); got != "no.such.key" {
		t.Errorf("Count gives %q", got)
	}
	if got := texts.Text("error.server_cut.message"); got != "error.server_cut.message" {
		t.Errorf("a missing value gives %q", got)
	}
	if texts.Has("no.such.key") || !texts.Has("term.promise") {
		t.Error("Has is wrong")
	}
}

func TestNoLanguageBorrowsFromAnother(t *testing.T) {
	files := fstest.MapFS{
		"locales/a.en.json": {Data: []byte(`{"greeting": "hello"}`)},
		"locales/a.ca.json": {Data: []byte(`{"farewell": "adeu"}`)},
	}
	catalan, err := load(files, Catalan)
	if err != nil {
		t.Fatal(err)
	}
	catalan.loud = false
	if got := catalan.Text("greeting"); got != "greeting" {
		t.Errorf("Catalan says %q, which is not its own", got)
	}
}

func TestAProblemIsSaidWholeWithOurWordsForKindsAndFields(t *testing.T) {
	message, do := For(Spanish).Problem("not_found", map[string]string{"kind": "promise", "value": "p-9"})
	if want := "No está en la carpeta de casos: promesa «p-9»."; message != want {
		t.Errorf("message %q, want %q", message, want)
	}
	if do == "" {
		t.Error("says nothing of what to do")
	}
	message, _ = For(Catalan).Problem("missing", map[string]string{"field": "title"})
	if want := "Falta una dada: el títol."; message != want {
		t.Errorf("message %q, want %q", message, want)
	}
}

// areas are the parts of the catalogue: each is a file per language.
func areas(t *testing.T) map[string]bool {
	t.Helper()
	paths, err := fs.Glob(locales, "locales/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatal("no locales", err)
	}
	found := map[string]bool{}
	for _, path := range paths {
		area, _, _ := strings.Cut(filepath.Base(path), ".")
		found[area] = true
	}
	return found
}

// file reads one file of the catalogue: for each key its texts by plural form; "" for one without.
func file(t *testing.T, area string, spoken Language) map[string]map[string]string {
	t.Helper()
	path := "locales/" + area + "." + string(spoken) + ".json"
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(content, &raw); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	texts := map[string]map[string]string{}
	for key, value := range raw {
		var text string
		if json.Unmarshal(value, &text) == nil {
			texts[key] = map[string]string{"": text}
			continue
		}
		forms := map[string]string{}
		if err := json.Unmarshal(value, &forms); err != nil {
			t.Fatalf("%s: %s: %v", path, key, err)
		}
		texts[key] = forms
	}
	return texts
}

var placeholder = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

// placeholders are the names that a text asks for in any of its forms.
func placeholders(forms map[string]string) []string {
	names := map[string]bool{}
	for _, text := range forms {
		for _, match := range placeholder.FindAllStringSubmatch(text, -1) {
			names[match[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func differentKeys[V any](a, b map[string]V) []string {
	var keys []string
	for key := range a {
		if _, ok := b[key]; !ok {
			keys = append(keys, key)
		}
	}
	for key := range b {
		if _, ok := a[key]; !ok {
			keys = append(keys, key)
		}
	}
	return keys
}

func TestSizesAreWrittenInDecimalUnits(t *testing.T) {
	for bytes, want := range map[int64]string{
		0: "0 B", 999: "999 B", 1000: "1 kB", 53_400: "53 kB", 1_440_000: "1.4 MB", 2_000_000_000: "2,000.0 MB",
	} {
		if got := strings.ReplaceAll(For(English).Size(bytes), noBreak, " "); got != want {
			t.Errorf("%d bytes are %q, want %q", bytes, got, want)
		}
	}
	if got := For(Catalan).Size(1_768_134); got != "1,8"+noBreak+"MB" {
		t.Errorf("in Catalan it is %q", got)
	}
}
