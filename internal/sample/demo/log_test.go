package demo

import (
	"cmp"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/i18n"
	"constancia/internal/sample"
)

func TestTheDisputeIsOnRecordAsTheStoryTellsIt(t *testing.T) {
	for _, language := range i18n.Languages() {
		t.Run(string(language), func(t *testing.T) {
			t.Parallel()
			got, want := logged(t, language), sample.Story(language)
			if difference := diff.Diff(inOneOrder(want), inOneOrder(got), alike); difference != "" {
				t.Errorf("the story (-) and the record (+) differ:\n%s", difference)
			}
			if difference := diff.Diff(links(want), links(got)); difference != "" {
				t.Errorf("who belongs to what differs:\n%s", difference)
			}
		})
	}
}

func logged(t *testing.T, language i18n.Language) casefile.CaseFile {
	t.Helper()
	var clock Clock
	work, err := casework.Open(t.Context(), casework.Options{
		Directory: filepath.Join(t.TempDir(), "library"), Create: true, State: t.TempDir(), Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := work.Close(); err != nil {
			t.Error(err)
		}
	})
	id, err := Log(t.Context(), work, language, &clock)
	if err != nil {
		t.Fatal(err)
	}
	if check, err := work.VerifyRecord(t.Context(), nil); err != nil || !check.Holds {
		t.Errorf("the record does not hold: %+v %v", check, err)
	}
	file, err := work.CaseFile(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// alike leaves out what is the library's own: ids, places in the record, what it makes of a file's bytes and of
// no-break spaces.
var alike = diff.Options{
	cmpopts.IgnoreFields(casefile.Entry{}, "LogID", "Sequence", "Leaf"),
	cmpopts.IgnoreFields(casefile.Evidence{}, "MediaType"),
	diff.FilterPath(func(path diff.Path) bool {
		name := strings.TrimPrefix(path.Last().String(), ".")
		return strings.HasSuffix(name, "ID") || strings.HasSuffix(name, "IDs") || name == "ShownBy" || strings.HasPrefix(name, "Target")
	}, diff.Ignore()),
	diff.Comparer(func(a, b time.Time) bool { return a.Equal(b) }),
	diff.Comparer(func(a, b string) bool { return breakable(a) == breakable(b) }),
	diff.Transformer("JSON", func(fields map[string]any) string {
		text, _ := json.Marshal(fields)
		return string(text)
	}),
	cmpopts.EquateEmpty(),
}

func breakable(text string) string { return strings.ReplaceAll(text, "\u00a0", " ") }

// inOneOrder sorts what the record lists in an order of its own.
func inOneOrder(file casefile.CaseFile) casefile.CaseFile {
	byTime(file.People)
	byTime(file.Settlements)
	byTime(file.Evidence)
	return file
}

func byTime[T any](things []casefile.Recorded[T]) {
	slices.SortStableFunc(things, func(a, b casefile.Recorded[T]) int { return a.Entry.RecordedAt.Compare(b.Entry.RecordedAt) })
}

// links says in names and words which person, company, contact and promise each thing belongs to.
func links(file casefile.CaseFile) []string {
	names := map[string]string{}
	for _, one := range file.Parties {
		names[one.Value.ID] = one.Value.Name
	}
	for _, one := range file.People {
		names[one.Value.ID] = cmp.Or(one.Value.Name, "?") + " of " + names[one.Value.PartyID]
	}
	for _, one := range file.Contacts {
		names[one.Value.ID] = breakable(one.Value.Summary)
	}
	for _, one := range file.Promises {
		names[one.Value.ID] = breakable(one.Value.What)
	}
	for _, one := range file.Evidence {
		names[one.Value.ID] = one.Value.FileName
	}
	named := func(ids ...string) string {
		texts := make([]string, len(ids))
		for i, id := range ids {
			texts[i] = names[id]
		}
		return strings.Join(texts, " | ")
	}
	var all []string
	for _, one := range file.Contacts {
		all = append(all, named(append([]string{one.Value.ID, one.Value.PartyID}, one.Value.PersonIDs...)...))
	}
	for _, one := range file.Promises {
		all = append(all, named(one.Value.ID, one.Value.PartyID, one.Value.ContactID, one.Value.PersonID, one.Value.RepeatsID))
	}
	for _, one := range file.Settlements {
		all = append(all, named(append([]string{one.Value.PromiseID}, one.Value.ShownBy...)...))
	}
	for _, one := range file.Evidence {
		all = append(all, named(one.Value.ID, one.Value.ContactID))
	}
	for _, one := range file.Exhibits {
		all = append(all, one.Value.Label+" "+named(one.Value.EvidenceID))
	}
	slices.Sort(all)
	return all
}
