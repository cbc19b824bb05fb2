package markup

import (
	"encoding/hex"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

const (
	attackRuns  = `parent.taken=1`
	attackLoads = `http://canary.example/asked`
)

// attacks are those of testdata/attacks.txt, by name, as a reader of mail gives them.
func attacks(t testing.TB) map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/attacks.txt")
	if err != nil {
		t.Fatal(err)
	}
	times := regexp.MustCompile(`(?s)\{\{times (\d+) (.*?)\}\}`)
	bytes := regexp.MustCompile(`\{\{bytes ([0-9a-f]+)\}\}`)
	all := map[string]string{}
	for _, one := range strings.Split(string(text), "\n== ")[1:] {
		name, source, _ := strings.Cut(one, "\n")
		source = strings.NewReplacer("{{run}}", attackRuns, "{{load}}", attackLoads, "{{host}}", "canary.example").Replace(source)
		source = times.ReplaceAllStringFunc(source, func(found string) string {
			part := times.FindStringSubmatch(found)
			count, _ := strconv.Atoi(part[1])
			return strings.Repeat(part[2], count)
		})
		source = bytes.ReplaceAllStringFunc(source, func(found string) string {
			raw, _ := hex.DecodeString(bytes.FindStringSubmatch(found)[1])
			return string(raw)
		})
		all[name] = strings.ToValidUTF8(source, "�")
	}
	return all
}

// shownElements and shownAttributes are all that may stand in what is shown.
var (
	shownElements = strings.Fields(`html head body a p div span br hr wbr center section article header footer main address h1 h2 h3 h4
		h5 h6 blockquote pre code samp kbd tt ul ol li dl dt dd b strong i em u s strike del ins small big sub sup mark q cite abbr
		table caption colgroup col thead tbody tfoot tr td th font figure figcaption time img`)
	shownAttributes = strings.Fields(`title class dir lang align valign width height border cellpadding cellspacing colspan rowspan
		span start size color bgcolor face alt src style`)
	// loadsInStyle is anything of a style that could have an address loaded, or called in old browsers.
	loadsInStyle = regexp.MustCompile(`(?i)url|expression|import|@|\\|/\*|attr\(|var\(|env\(|element\(|//`)
)

// requireHarmless holds what is shown, as a browser takes it apart, against all that may stand in it.
func requireHarmless(t *testing.T, name, body string) {
	t.Helper()
	tree, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for node := range tree.Descendants() {
		if node.Type == html.CommentNode {
			t.Errorf("%s: a comment stays: %q", name, node.Data)
		}
		if node.Type != html.ElementNode {
			continue
		}
		if !slices.Contains(shownElements, node.Data) || node.Namespace != "" {
			t.Errorf("%s: <%s> stays", name, node.Data)
		}
		for _, one := range node.Attr {
			switch {
			case !slices.Contains(shownAttributes, one.Key):
				t.Errorf("%s: %s of <%s> stays", name, one.Key, node.Data)
			case one.Key == "src" && !strings.HasPrefix(one.Val, "data:image/png;base64,"):
				t.Errorf("%s: a picture of %q stays", name, one.Val)
			case one.Key == "style" && loadsInStyle.MatchString(one.Val):
				t.Errorf("%s: the style %q stays", name, one.Val)
			}
		}
	}
}

// ownPictures has a picture for every id, as an email made for it would.
func ownPictures(string) (Picture, bool) { return Picture{"image/png", []byte("png")}, true }

func TestNoAttackLeavesAnythingThatRunsOrLoads(t *testing.T) {
	all := attacks(t)
	if len(all) < 60 {
		t.Fatalf("there are %d attacks", len(all))
	}
	for name, source := range all {
		requireHarmless(t, name, Clean(source, ownPictures).Body)
	}
}

func TestWhatWasCleanedStaysAsItIs(t *testing.T) {
	for name, source := range attacks(t) {
		once := Clean(source, nil).Body
		if twice := Clean(once, nil).Body; twice != once {
			t.Errorf("%s: it is cleaned to something else the second time:\n%.300s\n%.300s", name, once, twice)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, source := range attacks(f) {
		if len(source) < 2000 {
			f.Add(source)
		}
	}
	f.Fuzz(func(t *testing.T, source string) {
		requireHarmless(t, "it", Clean(source, ownPictures).Body)
	})
}
