package pdf

import (
	"slices"
	"strings"
	"testing"
)

func TestTheCellsOfATableThatCameAsHTMLStandBelowEachOther(t *testing.T) {
	got := inColumns([]string{"Hello:", "Number | PL44", "Handed to | porter", "", "a | b"})
	want := []string{"Hello:", "Number       PL44", "Handed to    porter", "", "a | b"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFiguresBelowEachOtherEndInOneLine(t *testing.T) {
	got := inColumns([]string{"Item | Count | Price", "Sewing machine | 1 | 429,00\u00a0€", "Delivery | 12 | 5,30\u00a0€", "In all |  | 434,30\u00a0€"})
	want := []string{
		"Item              Count       Price", "Sewing machine        1    429,00\u00a0€",
		"Delivery             12      5,30\u00a0€", "In all                     434,30\u00a0€"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := inColumns([]string{"Number | PL44", "Pieces | 1"}); got[1] != "Pieces    1" {
		t.Errorf("one figure among words: %q", got)
	}
}

func TestTheFieldsOfACSVFileStandBelowEachOther(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"semicolons", "Día;Duración;Coste\n10 marzo;16:45;1,20\n9 abril;47:28;12,00\n",
			"Día         Duración    Coste\n10 marzo    16:45        1,20\n9 abril     47:28       12,00"},
		{"commas and quotes", "day,what\n1,\"a, b\"\n", "day    what\n1      a, b"},
		{"fields of their own", "a;b\n1;2;3\n", "a;b\n1;2;3\n"},
		{"a line end in a field", "a;b\n\"1\n2\";3\n", "a;b\n\"1\n2\";3\n"},
		{"no table", "just a line\nand one more\n", "just a line\nand one more\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := csvInColumns(c.file); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestATableTooWideForTheMeasureStaysAsItCame(t *testing.T) {
	rows := []string{"a | " + strings.Repeat("b", monoColumns), "c | d"}
	if got := inColumns(rows); !slices.Equal(got, rows) {
		t.Errorf("got %q", got)
	}
}

func TestASentenceDoesNotEndBehindAnAbbreviation(t *testing.T) {
	text := "La Sra. Ruiz llamó a las 10. Dijo que vendría. Colgó. Nada más"
	var parts []string
	from := 0
	for _, end := range sentenceEnds(text) {
		parts = append(parts, strings.TrimSpace(text[from:end]))
		from = end
	}
	want := []string{"La Sra. Ruiz llamó a las 10. Dijo que vendría.", "Colgó.", "Nada más"}
	if !slices.Equal(parts, want) {
		t.Errorf("got %q", parts)
	}
}
