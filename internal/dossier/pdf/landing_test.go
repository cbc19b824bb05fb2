package pdf_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/dossier/pdf"
	"constancia/internal/dossier/redaction"
	"constancia/internal/dossier/seal/pdfatest"
	"constancia/internal/i18n"
)

// edition is a story's dossier of an edition, as it is written.
func edition(t *testing.T, story *dossiertest.Story, of dossier.Edition, language i18n.Language) []byte {
	t.Helper()
	o := options(language)
	o.Edition = of
	if of == dossier.Press {
		o.Press = redaction.Find(story.File, nil, redaction.Choices{Exhibits: []string{"A-1", "A-2"}}, i18n.For(language))
	}
	made, err := dossier.Compile(story.File, o)
	if err != nil {
		t.Fatal(err)
	}
	_, data := finish(t, made, pdf.Options{Open: story.Open})
	return data
}

// placedWord is a word of a page with its place, in points from the upper left corner.
type placedWord struct {
	Left   float64 `xml:"xMin,attr"`
	Top    float64 `xml:"yMin,attr"`
	Right  float64 `xml:"xMax,attr"`
	Bottom float64 `xml:"yMax,attr"`
	Text   string  `xml:",chardata"`
}

// placedWords are the words of each page.
func placedWords(t *testing.T, path string) [][]placedWord {
	t.Helper()
	var read struct {
		Pages []struct {
			Words []placedWord `xml:"word"`
		} `xml:"body>doc>page"`
	}
	if err := xml.Unmarshal([]byte(run(t, "pdftotext", "-bbox", path, "-")), &read); err != nil {
		t.Fatal(err)
	}
	var pages [][]placedWord
	for _, page := range read.Pages {
		pages = append(pages, page.Words)
	}
	return pages
}

// said joins words, in the order in which they stand.
func said(words []placedWord) string {
	var texts []string
	for _, w := range words {
		texts = append(texts, w.Text)
	}
	return strings.Join(texts, " ")
}

// leads is a link: the words that it is on, and to which page it leads.
type leads struct {
	page, to int
	text     string
	contents string
}

// linksOf are the links of a file.
func linksOf(t *testing.T, file *model.Context, words [][]placedWord) []leads {
	t.Helper()
	const paper = 841.89 // height of A4
	var numbers []string // of the pages, as they are referred to
	for page := 1; page <= file.PageCount; page++ {
		reference, err := file.PageDictIndRef(page)
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, reference.PDFString())
	}
	var found []leads
	for page := 1; page <= file.PageCount; page++ {
		dict, _, _, err := file.PageDict(page, false)
		if err != nil {
			t.Fatal(err)
		}
		annotations, err := file.DereferenceArray(dict["Annots"])
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range annotations {
			link, err := file.DereferenceDict(o)
			if err != nil {
				t.Fatal(err)
			}
			destination, err1 := file.DereferenceArray(link["Dest"])
			rect, err2 := file.RectForArray(link["Rect"].(types.Array))
			contents, err3 := file.DereferenceText(link["Contents"])
			if err1 != nil || err2 != nil || err3 != nil || len(destination) == 0 {
				t.Fatalf("page %d: %v, %v, %v", page, err1, err2, err3)
			}
			inside := slices.DeleteFunc(slices.Clone(words[page-1]), func(w placedWord) bool {
				x, y := (w.Left+w.Right)/2, paper-(w.Top+w.Bottom)/2
				return x < rect.LL.X || x > rect.UR.X || y < rect.LL.Y || y > rect.UR.Y
			})
			found = append(found, leads{page, 1 + slices.Index(numbers, destination[0].PDFString()), said(inside), contents})
		}
	}
	return found
}

var (
	tagText      = regexp.MustCompile(`^[A-Z]-[0-9]+(\.[0-9]+)?$`)
	contentsText = regexp.MustCompile(`^(?:([0-9]+) )?(\D.*?)[ .…]+([0-9]{1,3})$`)
)

func TestContentsBookmarksAndLinksOfEveryEditionLandOnThePageThatTheyName(t *testing.T) {
	for _, language := range i18n.Languages() {
		for _, of := range dossier.Editions() {
			t.Run(fmt.Sprint(of, " ", language), func(t *testing.T) {
				t.Parallel()
				data := edition(t, dossiertest.New(2), of, language)
				words := placedWords(t, save(t, data))
				file, err := api.ReadContext(bytes.NewReader(data), pdfatest.Settings())
				if err == nil {
					err = file.EnsurePageCount()
				}
				if err != nil {
					t.Fatal(err)
				}
				for page := range words {
					if printed := fmt.Sprintf("%d / %d", page+1, len(words)); !strings.Contains(said(words[page]), printed) {
						t.Errorf("%q is not printed on its page", printed)
					}
				}
				links := linksOf(t, file, words)
				requireLinksLand(t, links, words, i18n.For(language))
				requireFeetNameTheSection(t, links, words)
				requireBookmarksLand(t, data, words)
			})
		}
	}
}

func requireLinksLand(t *testing.T, links []leads, words [][]placedWord, texts *i18n.Texts) {
	t.Helper()
	tags, lines := 0, 0
	for _, link := range links {
		if link.to < 1 {
			t.Errorf("page %d: %q leads nowhere", link.page, link.text)
			continue
		}
		if want := texts.Text("dossier.see_page", i18n.Values{"page": link.to}); link.contents != want {
			t.Errorf("page %d: %q leads to page %d and says %q", link.page, link.text, link.to, link.contents)
		}
		there := said(words[link.to-1])
		if tagText.MatchString(link.text) {
			tags++
			if !strings.Contains(there, link.text) {
				t.Errorf("page %d: %s leads to page %d, where it does not stand", link.page, link.text, link.to)
			}
		}
		if line := contentsText.FindStringSubmatch(link.text); line != nil && link.page <= 3 && link.page > 1 {
			lines++
			if number, _ := strconv.Atoi(line[3]); number != link.to || !holdsWords(there, line[2]) {
				t.Errorf("%q of the contents leads to page %d", link.text, link.to)
			}
		}
	}
	if tags < 20 || lines < 6 {
		t.Errorf("only %d links are on numbers and %d in the contents", tags, lines)
	}
}

// requireFeetNameTheSection wants the foot of a page to name the section that begins on it: the first of several, and on
// the page of the contents these.
func requireFeetNameTheSection(t *testing.T, links []leads, words [][]placedWord) {
	t.Helper()
	const feet = 795 // points from the upper edge
	named := map[int]bool{}
	for _, link := range links {
		line := contentsText.FindStringSubmatch(link.text)
		if line == nil || line[1] == "" || link.to <= link.page || named[link.to] {
			continue
		}
		named[link.to] = true
		foot := said(slices.DeleteFunc(slices.Clone(words[link.to-1]), func(w placedWord) bool { return w.Top < feet }))
		if begins, _, _ := strings.Cut(line[2], " "); !strings.HasPrefix(foot, begins) {
			t.Errorf("%q begins on page %d, whose foot says %q", line[2], link.to, foot)
		}
	}
	if len(named) < 4 {
		t.Errorf("only %d sections", len(named))
	}
}

// holdsWords reports whether a page has all words of a line, which may be broken there.
func holdsWords(page, line string) bool {
	for word := range strings.FieldsSeq(line) {
		if !strings.Contains(page, word) {
			return false
		}
	}
	return true
}

func requireBookmarksLand(t *testing.T, data []byte, words [][]placedWord) {
	t.Helper()
	bookmarks, err := api.Bookmarks(bytes.NewReader(data), pdfatest.Settings())
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	var look func(list []pdfcpu.Bookmark)
	look = func(list []pdfcpu.Bookmark) {
		for _, b := range list {
			count++
			first, _, _ := strings.Cut(b.Title, "  ") // of an exhibit its number
			summary := count == 1 && b.PageFrom == 1  // which has the case's title instead
			if b.PageFrom < 1 || !summary && !holdsWords(said(words[b.PageFrom-1]), first) {
				t.Errorf("the bookmark %q leads to page %d, where it does not stand", b.Title, b.PageFrom)
			}
			look(b.Kids)
		}
	}
	look(bookmarks)
	if count < 12 {
		t.Errorf("only %d bookmarks", count)
	}
}
