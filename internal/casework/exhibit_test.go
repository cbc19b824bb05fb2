package casework_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

func TestSeveralFilesShareOneExhibitNumber(t *testing.T) {
	w := begin(t)
	ctx := t.Context()
	_, _, elsewhere := w.otherCase()
	front, back, side, other := w.addFile("front"), w.addFile("back"), w.addFile("side"), w.addFile("other")
	item, err := w.AssignExhibit(ctx, front, back, front, "", side)
	w.must(err)
	if item.Label != "A-1" || item.EvidenceID != front || item.FileName != "front" || len(item.With) != 2 || item.With[1].FileName != "side" {
		t.Errorf("the exhibit is %+v", item)
	}
	for name, test := range map[string]struct {
		ids  []string
		want problem.Code
	}{
		"none": {nil, problem.Missing}, "one that has a number": {[]string{other, back}, problem.AlreadyExists},
		"one of another case": {[]string{other, elsewhere}, problem.NotFound}, "nobody’s": {[]string{other, nobody}, problem.NotFound},
	} {
		before := w.entries()
		if _, err := w.AssignExhibit(ctx, test.ids...); problem.From(err).Code != test.want || w.entries() != before {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
	second, err := w.AssignExhibit(ctx, other)
	w.must(err)
	items, err := w.Exhibits(ctx, w.caseID)
	w.must(err)
	if diff := cmp.Diff([]casework.ExhibitItem{item, second}, items); diff != "" || second.Label != "A-2" {
		t.Errorf("the list: -want +got:\n%s", diff)
	}
	evidence, err := w.Evidence(ctx, w.caseID)
	w.must(err)
	labels := map[string]string{}
	for _, one := range evidence {
		labels[one.Value.ID] = one.Label
	}
	if diff := cmp.Diff(map[string]string{front: "A-1", back: "A-1", side: "A-1", other: "A-2"}, labels); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if _, err := w.Retract(ctx, casework.Retract{ID: item.ID}); err != nil {
		t.Fatal(err)
	}
	again, err := w.AssignExhibit(ctx, back)
	if err != nil || again.Label != "A-3" {
		t.Errorf("after the exhibit was taken back the file is %+v, %v", again, err)
	}
	w.requireHolds()
}
