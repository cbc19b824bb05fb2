package seal_test

import (
	"fmt"
	"slices"
	"testing"
)

// requirePagesFilled wants every page but the last to be used to three fifths, from its top down to the last thing on it:
// what is emptier looks as if something were missing.
func requirePagesFilled(t *testing.T, data []byte) {
	t.Helper()
	const least, dots = 0.59, 36 // a hair less than it is meant: a page of text may end a line earlier
	pages := greyPages(t, data, dots)
	for i, page := range pages[:len(pages)-1] {
		rows := slices.Collect(slices.Chunk(page.grey, page.width))
		top, bottom := 28*len(rows)/297, 271*len(rows)/297 // millimetres of A4: below the running head, above the foot
		last := top
		for y, row := range rows[top:bottom] {
			if slices.Min(row) < 245 {
				last = top + y
			}
		}
		if used := float64(last-top) / float64(bottom-top); used < least {
			t.Errorf("only %.0f %% of page %d is used", 100*used, i+1)
		}
	}
}

// greyPage is a page drawn in grey, a byte for each dot, row by row.
type greyPage struct {
	width int
	grey  []byte
}

// greyPages draws the pages of a file, with so many dots to an inch. pdftoppm writes them one behind the other, as PGM.
func greyPages(t *testing.T, data []byte, dots int) []greyPage {
	t.Helper()
	drawn := []byte(run(t, "pdftoppm", "-gray", "-r", fmt.Sprint(dots), save(t, data)))
	var pages []greyPage
	for len(drawn) > 0 {
		var width, height, white int
		if _, err := fmt.Sscanf(string(drawn[:min(len(drawn), 40)]), "P5\n%d %d\n%d\n", &width, &height, &white); err != nil {
			t.Fatal(err)
		}
		head := len(fmt.Sprintf("P5\n%d %d\n%d\n", width, height, white))
		pages = append(pages, greyPage{width, drawn[head : head+width*height]})
		drawn = drawn[head+width*height:]
	}
	return pages
}
