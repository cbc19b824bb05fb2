package seal_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
)

// of are the options for a part of what was drawn.
func (d drawn) of(part seal.Excerpt) seal.Options {
	o := d.Options
	o.Excerpt = part
	return o
}

func TestEveryExcerptIsAWholeDocumentOfItsPages(t *testing.T) {
	d := draw(t, i18n.Catalan, 1)
	count := len(regexp.MustCompile(`/Type /Page\n`).FindAll(d.pages, -1))
	if count < 9 {
		t.Fatalf("%d pages were drawn", count)
	}
	var whole int
	for _, part := range []seal.Excerpt{{First: 1, Last: 5}, {First: 6, Last: count}} {
		var out bytes.Buffer
		if err := seal.Finish(t.Context(), &out, d.pages, d.of(part)); err != nil {
			t.Fatalf("%v: %v", part, err)
		}
		requireSound(t, out.Bytes())
		path := save(t, out.Bytes())
		if info := run(t, "pdfinfo", path); !regexp.MustCompile(fmt.Sprintf(`(?m)^Pages:\s+%d$`, part.Last-part.First+1)).MatchString(info) {
			t.Errorf("%v: %s", part, info)
		}
		first := run(t, "pdftotext", "-f", "1", "-l", "1", path, "-")
		if number := strconv.Itoa(part.First) + " / " + strconv.Itoa(count); !strings.Contains(first, number) {
			t.Errorf("%v: the first page does not say %s", part, number)
		}
		if read := run(t, "pdfinfo", "-struct-text", path); !strings.Contains(read, "Document") || strings.Contains(read, "Syntax Error") {
			t.Errorf("%v: read aloud it is %.300s", part, read)
		}
		whole = out.Len()
	}
	var one bytes.Buffer
	if err := seal.Finish(t.Context(), &one, d.pages, d.of(seal.Excerpt{First: 3, Last: 3})); err != nil {
		t.Fatal(err)
	}
	if one.Len() > whole {
		t.Errorf("a page has %d bytes, all have %d: pictures of others are in it", one.Len(), whole)
	}
}

func TestPagesThatAreNotThereAreRefused(t *testing.T) {
	d := draw(t, i18n.English, 1)
	for _, part := range []seal.Excerpt{{First: 0, Last: 2}, {First: 3, Last: 2}, {First: 1, Last: 1000}} {
		if err := seal.Finish(t.Context(), &bytes.Buffer{}, d.pages, d.of(part)); err == nil {
			t.Errorf("%v was taken", part)
		}
	}
}
