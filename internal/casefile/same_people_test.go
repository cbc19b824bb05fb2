package casefile_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
)

func TestWhoWasJoinedIsOneAndTheSame(t *testing.T) {
	tests := []struct {
		name  string
		joins [][]string
		want  [][]string
	}{
		{"nobody", nil, [][]string{{"a"}, {"b"}, {"c"}, {"d"}}},
		{"two", [][]string{{"c", "a"}}, [][]string{{"a", "c"}, {"b"}, {"d"}}},
		{"three at once", [][]string{{"a", "b", "d"}}, [][]string{{"a", "b", "d"}, {"c"}}},
		{"one after the other", [][]string{{"a", "b"}, {"c", "d"}, {"d", "b"}}, [][]string{{"a", "b", "c", "d"}}},
		{"the same people twice", [][]string{{"a", "b"}, {"b", "a"}}, [][]string{{"a", "b"}, {"c"}, {"d"}}},
		{"with the same third, who counts no longer", [][]string{{"a", "gone"}, {"gone", "d"}}, [][]string{{"a", "d"}, {"b"}, {"c"}}},
		{"with nobody who counts", [][]string{{"gone", "a"}, {"", ""}, {}}, [][]string{{"a"}, {"b"}, {"c"}, {"d"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file := casefile.CaseFile{Case: casefile.Case{Zone: "Europe/Madrid"}}
			for _, id := range []string{"a", "b", "c", "d"} {
				file.People = append(file.People, recorded(casefile.Person{ID: id, Refused: id == "b"}, "2026-03-20T10:00:00Z"))
			}
			for _, people := range test.joins {
				file.Joins = append(file.Joins, recorded(casefile.Join{PersonIDs: people}, "2026-03-20T10:00:00Z"))
			}
			if diff := cmp.Diff(test.want, file.SamePeople()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			figures := file.Figures(instant("2026-03-20T12:00:00Z"))
			if figures.People != int64(len(test.want)) || figures.RefusedNames != 1 {
				t.Errorf("%d people were counted and %d refused names", figures.People, figures.RefusedNames)
			}
		})
	}
}
