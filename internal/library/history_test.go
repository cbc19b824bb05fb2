package library_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/record"
)

// history is a library to which things happen at random. Any of its processes may do the next one.
type history struct {
	processes []*library.Library
	things    map[record.Kind][]string // ids
	mails     int
}

var words = []string{"parcel", "refund", "Núria", "niño", "\u0065\u0301tage", "«quoted»", `"plain"`, "line\nbreak", "<b>&amp;", "Ω 漢字 👍", "it's", "{json}"}

func drawText(t *rapid.T, label string) string {
	text := ""
	for _, word := range rapid.SliceOfN(rapid.SampledFrom(words), 1, 4).Draw(t, label) {
		text += word + " "
	}
	return text
}

func drawWhen(t *rapid.T, label string) casefile.When {
	wall := rapid.SampledFrom([]string{"2026", "2026-03", "2026-03-02", "2026-03-02T10", "2026-03-02T10:05", "2025-12-31T23:59", "2028-02-29"}).Draw(t, label)
	zone := rapid.SampledFrom([]string{"Europe/Madrid", "America/Mexico_City", "Asia/Kathmandu"}).Draw(t, label+" zone")
	when, err := casefile.ParseWhen(wall, zone, "", "")
	if err != nil {
		t.Fatal(err)
	}
	return when
}

// drawThing makes the payload of a thing of a case.
func (h *history) drawThing(t *rapid.T, kind record.Kind, caseID string) any {
	switch kind {
	case record.KindCase:
		return casefile.Case{Title: drawText(t, "title"), Zone: "Europe/Madrid", Summary: drawText(t, "summary")}
	case record.KindParty:
		return casefile.Party{CaseID: caseID, Name: drawText(t, "name"), Role: casefile.Seller, References: []casefile.Reference{{Label: "order", Number: drawText(t, "number")}}}
	case record.KindPerson:
		return casefile.Person{CaseID: caseID, Name: drawText(t, "name"), Position: drawText(t, "position")}
	case record.KindContact:
		hold := rapid.Int64Range(0, 9000).Draw(t, "hold")
		return casefile.Contact{
			CaseID: caseID, OccurredAt: drawWhen(t, "occurred"), Direction: casefile.Outgoing, Channel: casefile.Phone,
			HoldSeconds: &hold, Summary: drawText(t, "summary"), Verbatim: drawText(t, "verbatim"), Basis: casefile.Memory,
			Failures: rapid.SliceOfN(rapid.SampledFrom(casefile.Failures()), 0, 2).Draw(t, "failures"),
		}
	case record.KindPromise:
		return casefile.Promise{CaseID: caseID, What: drawText(t, "what"), MadeAt: drawWhen(t, "made"), Due: &casefile.Due{Date: "2026-03-10", Zone: "Europe/Madrid"}}
	case record.KindSettlement:
		return casefile.Settlement{CaseID: caseID, PromiseID: h.drawTarget(t, record.KindPromise), Outcome: casefile.Broken, Note: drawText(t, "note")}
	case record.KindExhibit:
		return casefile.Exhibit{CaseID: caseID, EvidenceID: h.drawTarget(t, record.KindEvidence), Label: "A-1"}
	}
	panic(kind)
}

// drawTarget names a thing of a kind, or one that nobody recorded.
func (h *history) drawTarget(t *rapid.T, kind record.Kind) string {
	if len(h.things[kind]) == 0 {
		return library.NewID()
	}
	return rapid.SampledFrom(h.things[kind]).Draw(t, "target")
}

// drawCorrection corrects a thing of any kind, or one that nobody recorded.
func (h *history) drawCorrection(t *rapid.T) casefile.Correction {
	kind := rapid.SampledFrom([]record.Kind{record.KindCase, record.KindParty, record.KindContact, record.KindPromise, record.KindMessage, record.KindEvidence}).Draw(t, "corrected kind")
	fields := map[record.Kind]map[string]any{
		record.KindCase: {"title": drawText(t, "title"), "summary": nil}, record.KindParty: {"name": drawText(t, "name"), "references": nil},
		record.KindContact: {"summary": drawText(t, "summary"), "occurred_at": drawWhen(t, "occurred"), "hold_seconds": nil},
		record.KindPromise: {"what": drawText(t, "what"), "due": nil}, record.KindMessage: {"contact": h.drawTarget(t, record.KindContact)},
		record.KindEvidence: {"shows": drawText(t, "shows"), "occurred_at": drawWhen(t, "occurred")},
	}
	return casefile.Correction{Target: h.drawTarget(t, kind), Fields: fields[kind], Reason: drawText(t, "reason")}
}

func (h *history) happen(t *rapid.T, tb testing.TB, l *library.Library) {
	kinds := []record.Kind{record.KindCase, record.KindParty, record.KindPerson, record.KindContact, record.KindPromise,
		record.KindSettlement, record.KindEvidence, record.KindExhibit, record.KindMessage, record.KindCorrection, "reading", "rebuild"}
	kind := rapid.SampledFrom(kinds).Draw(t, "kind")
	if len(h.things[record.KindCase]) == 0 {
		kind = record.KindCase
	}
	caseID := ""
	if kind != record.KindCase {
		caseID = rapid.SampledFrom(h.things[record.KindCase]).Draw(t, "case")
	}
	id := ""
	switch kind {
	case "rebuild":
		if err := l.Rebuild(tb.Context(), nil); err != nil {
			t.Fatal(err)
		}
		return
	case "reading":
		if waiting := unread(tb, l, caseID); len(waiting) > 0 {
			readAndStore(tb, l, waiting[0])
		}
		return
	case record.KindMessage:
		h.mails++
		id = putMessage(tb, l, caseID, mail(fmt.Sprintf("%d about it", h.mails), onSecondOfMarch, drawText(t, "mail"))).ID
	case record.KindEvidence:
		content := putContent(tb, l, []byte(drawText(t, "bytes")))
		when := drawWhen(t, "occurred")
		id = put(tb, l, kind, caseID, casefile.Evidence{CaseID: caseID, FileName: "a.txt", SHA256: content.SHA256, Size: content.Size, OccurredAt: &when})
	case record.KindCorrection:
		correction := h.drawCorrection(t)
		correction.CaseID = caseID
		id = put(tb, l, kind, caseID, correction)
	default:
		id = put(tb, l, kind, caseID, h.drawThing(t, kind, caseID))
	}
	h.things[kind] = append(h.things[kind], id)
}

// tellings is what the library says of every case, and of what a few searches find.
func (h *history) tellings(t *rapid.T, tb testing.TB, l *library.Library) []any {
	var all []any
	for _, id := range h.things[record.KindCase] {
		file, heads, err := l.CaseFileWithHeads(tb.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, file, heads)
	}
	for _, word := range []string{"nuria", "parcel", "etage", "json", "quoted"} {
		hits := map[string]string{}
		for _, hit := range search(tb, l, "", word) {
			hits[hit.ID] = hit.Title
		}
		if len(hits) < 50 { // beyond, which ones come depends on the order of rows
			all = append(all, hits)
		}
	}
	return all
}

// quickFolder is a folder in memory where the system has one: what happens at random need not outlive a power cut.
func quickFolder(t *testing.T) string {
	t.Helper()
	directory, err := os.MkdirTemp("/dev/shm", "constancia-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(directory) })
	return directory
}

func TestWhateverHappensTheViewsSayWhatARebuildSays(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	parent := quickFolder(t)
	rapid.Check(t, func(r *rapid.T) {
		directory := filepath.Join(parent, library.NewID())
		h := &history{things: map[record.Kind][]string{}}
		for range 2 {
			process, err := library.Open(t.Context(), options(directory))
			if err != nil {
				r.Fatal(err)
			}
			defer func() { _ = process.Close() }()
			h.processes = append(h.processes, process)
		}
		for range rapid.IntRange(1, 15).Draw(r, "length") {
			h.happen(r, t, h.processes[rapid.IntRange(0, 1).Draw(r, "process")])
		}
		if found := findings(t, h.processes[0]); len(found) > 0 {
			r.Fatalf("live: %v", found)
		}
		for _, waiting := range unread(t, h.processes[1], "") {
			readAndStore(t, h.processes[1], waiting)
		}
		live := h.tellings(r, t, h.processes[0])
		if err := h.processes[1].Rebuild(t.Context(), nil); err != nil {
			r.Fatal(err)
		}
		if diff := cmp.Diff(live, h.tellings(r, t, h.processes[0])); diff != "" {
			r.Fatalf("-live +rebuilt:\n%s", diff)
		}
	})
}
