package casework_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

func TestWhatHappenedSinceAPromiseCanShowHowItEndedTheLatestFirst(t *testing.T) {
	w := begin(t)
	w.log(casework.LogContact{Company: "Corral Exprés", When: "2026-02-20", Summary: "Before"})
	made := w.log(casework.LogContact{Company: "Corral Exprés", When: "2026-03-02T10:05", Summary: "They promised",
		Promises: []casework.MakePromise{{What: "Bring it"}}})
	chat := w.log(casework.LogContact{Company: "Corral Exprés", When: "2026-03-02T10:30", Channel: casefile.Chat, Summary: "Nobody knew of it"})
	keep := func(name, shows, when string) string {
		added, err := w.AddEvidence(t.Context(), casework.AddEvidence{
			CaseID: w.caseID, FileName: name, Content: strings.NewReader(name), Shows: shows, When: when})
		w.must(err)
		return added.ID
	}
	keep("box.png", "The empty doorstep", "2026-03-01")
	video := keep("door.mp4", "", "2026-03-02")
	undated := keep("note.txt", "", "")

	grounds, err := w.Grounds(t.Context(), made.PromiseIDs[0])
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, g := range grounds {
		got = append(got, []string{g.ID, string(g.Kind), g.Day, string(g.Channel), g.Text})
	}
	want := [][]string{
		{undated, "evidence", "", "", "note.txt"},
		{chat.ID, "contact", "2026-03-02", "chat", "Nobody knew of it"},
		{video, "evidence", "2026-03-02", "", "door.mp4"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for _, g := range grounds {
		if _, err := w.SettlePromise(t.Context(), casework.SettlePromise{
			PromiseID: made.PromiseIDs[0], Outcome: casefile.Broken, ShownBy: []string{g.ID}}); err != nil {
			t.Errorf("%s does not show it: %v", g.Text, err)
		}
	}
	if got := w.promise(made.PromiseIDs[0]).Settlement.Value.ShownBy; len(got) != 1 || got[0] != video {
		t.Errorf("it is shown by %v", got)
	}
}

func TestAPromiseThatIsNotThereHasNoGrounds(t *testing.T) {
	w := begin(t)
	_, err := w.Grounds(t.Context(), "01a202db-d0ae-700f-a406-bef3f30d2fdc")
	requireProblem(t, err, problem.NotFound)
}
