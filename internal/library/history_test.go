package library_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// history is what happens at random to the libraries of a few devices that pass their records on to one another.
type history struct {
	devices []*library.Library
	things  map[record.Kind][]string // ids
	mails   int
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
		exhibit := casefile.Exhibit{CaseID: caseID, EvidenceID: h.drawTarget(t, record.KindEvidence), Label: "A-1"}
		for range rapid.IntRange(0, 2).Draw(t, "more pieces") {
			exhibit.With = append(exhibit.With, h.drawTarget(t, record.KindEvidence))
		}
		return exhibit
	case record.KindExpense:
		return casefile.Expense{CaseID: caseID, What: drawText(t, "what"), Amount: casefile.Money{Minor: 1840, Currency: "EUR"}, SpentAt: drawWhen(t, "spent"),
			ContactID: h.drawTarget(t, record.KindContact), EvidenceIDs: []string{h.drawTarget(t, record.KindEvidence)}}
	case record.KindContradiction:
		return casefile.Contradiction{CaseID: caseID, Question: drawText(t, "question"), Note: drawText(t, "note"), Answers: []casefile.Answer{
			{EntryID: h.drawTarget(t, record.KindContact), Said: drawText(t, "said")}, {EntryID: h.drawTarget(t, record.KindMessage), Said: drawText(t, "said")}}}
	case record.KindJoin:
		return casefile.Join{CaseID: caseID, PersonIDs: []string{h.drawTarget(t, record.KindPerson), h.drawTarget(t, record.KindPerson)}}
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
func (h *history) drawCorrection(t *rapid.T) (kind record.Kind, fields map[string]any) {
	kind = rapid.SampledFrom([]record.Kind{record.KindCase, record.KindParty, record.KindContact, record.KindPromise, record.KindMessage, record.KindEvidence, record.KindExpense, record.KindContradiction}).Draw(t, "corrected kind")
	return kind, map[record.Kind]map[string]any{
		record.KindCase: {"title": drawText(t, "title"), "summary": nil}, record.KindParty: {"name": drawText(t, "name"), "references": nil},
		record.KindContact: {"summary": drawText(t, "summary"), "occurred_at": drawWhen(t, "occurred"), "hold_seconds": nil},
		record.KindPromise: {"what": drawText(t, "what"), "due": nil}, record.KindMessage: {"contact": h.drawTarget(t, record.KindContact)},
		record.KindExpense:       {"what": drawText(t, "what"), "spent_at": drawWhen(t, "spent"), "evidence": nil},
		record.KindContradiction: {"question": drawText(t, "question"), "note": nil},
		record.KindEvidence:      {"shows": drawText(t, "shows"), "occurred_at": drawWhen(t, "occurred")},
	}[kind]
}

// drawTargets names a few entries that a device has, of any kind, with the case of the first; none when it has none.
func (h *history) drawTargets(t *rapid.T, tb testing.TB, l *library.Library, kinds []record.Kind) (targets []casefile.Target, caseID string) {
	for range rapid.IntRange(1, 3).Draw(t, "targets") {
		id := h.drawTarget(t, rapid.SampledFrom(kinds).Draw(t, "target's kind"))
		found, err := l.Entry(tb.Context(), id)
		if err != nil || caseID != "" && found.CaseID != caseID {
			continue
		}
		caseID = found.CaseID
		targets = append(targets, found.Target())
	}
	return targets, caseID
}

var happenings = []record.Kind{record.KindCase, record.KindParty, record.KindPerson, record.KindContact, record.KindPromise,
	record.KindSettlement, record.KindEvidence, record.KindExhibit, record.KindMessage, record.KindExpense, record.KindContradiction,
	record.KindJoin, record.KindCorrection, record.KindCorrection,
	record.KindRetraction, record.KindRetraction, "take back a retraction", record.KindErasure, "reading", "rebuild", "import", "import"}

var taken = []record.Kind{record.KindCase, record.KindParty, record.KindPerson, record.KindContact, record.KindPromise,
	record.KindSettlement, record.KindEvidence, record.KindExhibit, record.KindMessage, record.KindExpense, record.KindContradiction,
	record.KindJoin, record.KindCorrection}

func (h *history) happen(t *rapid.T, tb testing.TB, l *library.Library) {
	kind := rapid.SampledFrom(happenings).Draw(t, "kind")
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
		if waiting := unread(tb, l, ""); len(waiting) > 0 {
			read(tb, l, waiting[0])
		}
		return
	case "import":
		p := pack(tb, rapid.SampledFrom(h.devices).Draw(t, "from"))
		whole := rapid.Bool().Draw(t, "whole")
		if !whole { // an erasure may come without what it erased, and the other way round: that is refused
			p.drop(rapid.IntRange(0, 99).Draw(t, "dropped log"))
		}
		_, err := l.Import(tb.Context(), p.incoming(), library.ImportOptions{Erase: true})
		if err != nil && (whole || !errors.Is(err, problem.New(problem.ImportDoesNotHold, nil))) {
			t.Fatal(err)
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
		corrected, fields := h.drawCorrection(t)
		target, err := l.Entry(tb.Context(), h.drawTarget(t, corrected))
		if err != nil {
			return
		}
		id = put(tb, l, kind, target.CaseID, casefile.Correction{CaseID: target.CaseID, Target: target.Header.EntryID,
			TargetLeaf: target.Leaf, Fields: fields, Reason: drawText(t, "reason")})
	case record.KindRetraction, "take back a retraction":
		kinds := taken
		if kind != record.KindRetraction {
			kind, kinds = record.KindRetraction, []record.Kind{record.KindRetraction}
		}
		targets, caseID := h.drawTargets(t, tb, l, kinds)
		if len(targets) == 0 {
			return
		}
		id = put(tb, l, kind, caseID, casefile.Retraction{CaseID: caseID, Targets: targets, Reason: drawText(t, "reason")})
	case record.KindErasure:
		targets, _ := h.drawTargets(t, tb, l, taken[1:])
		var ids []string
		for _, target := range targets {
			ids = append(ids, target.EntryID)
		}
		if _, _, err := l.Erase(tb.Context(), ids, drawText(t, "reason"), nil); err != nil && problem.From(err).Code != problem.NotFound {
			t.Fatal(err)
		}
		return
	default:
		id = put(tb, l, kind, caseID, h.drawThing(t, kind, caseID))
	}
	h.things[kind] = append(h.things[kind], id)
}

// tellings is what a library says of every case, and of what a few searches find.
func (h *history) tellings(t *rapid.T, tb testing.TB, l *library.Library) []any {
	var all []any
	for _, id := range h.things[record.KindCase] {
		file, heads, err := l.CaseFileWithHeads(tb.Context(), id)
		if err != nil && problem.From(err).Code != problem.NotFound {
			t.Fatal(err)
		}
		all = append(all, file, heads, file.SamePeople(), file.Figures(time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC)))
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
func quickFolder(t testing.TB) string {
	t.Helper()
	directory, err := os.MkdirTemp("/dev/shm", "constancia-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(directory) })
	return directory
}

// exchange passes the records around until every device has everything, each in an order of its own.
func (h *history) exchange(t *rapid.T, tb testing.TB) {
	var parcels []*parcel
	for _, device := range h.devices {
		parcels = append(parcels, pack(tb, device))
	}
	for _, device := range h.devices {
		for _, at := range rapid.Permutation([]int{0, 1, 2}[:len(parcels)]).Draw(t, "order") {
			if _, err := device.Import(tb.Context(), parcels[at].incoming(), library.ImportOptions{Erase: true}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, device := range h.devices {
		read(tb, device, unread(tb, device, "")...)
	}
}

func TestWhateverHappensOnWhicheverDeviceTheViewsSayWhatARebuildSaysAndEverywhereTheSame(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	parent := quickFolder(t)
	rapid.Check(t, func(r *rapid.T) {
		h := &history{things: map[record.Kind][]string{}}
		for range rapid.IntRange(2, 3).Draw(r, "devices") {
			directory := filepath.Join(parent, library.NewID())
			o := options(directory)
			o.Clock = ticking(rapid.SampledFrom([]string{"2026-03-02T10:00:00Z", "2026-03-02T10:00:07Z", "2024-01-01T00:00:00Z"}).Draw(r, "clock"))
			device, err := library.Open(t.Context(), o)
			if err != nil {
				r.Fatal(err)
			}
			defer func() { _, _ = device.Close(), os.RemoveAll(directory) }()
			h.devices = append(h.devices, device)
		}
		for range rapid.IntRange(1, 25).Draw(r, "length") {
			h.happen(r, t, rapid.SampledFrom(h.devices).Draw(r, "device"))
		}
		for i, device := range h.devices {
			if found := findings(t, device); len(found) > 0 {
				r.Fatalf("device %d, live: %v", i, found)
			}
		}
		h.exchange(r, t)
		told := h.tellings(r, t, h.devices[0])
		for i, device := range h.devices {
			if found := findings(t, device); len(found) > 0 {
				r.Fatalf("device %d, after the exchange: %v", i, found)
			}
			if diff := cmp.Diff(told, h.tellings(r, t, device)); diff != "" {
				r.Fatalf("-device 0 +device %d:\n%s", i, diff)
			}
		}
		if err := h.devices[0].Rebuild(t.Context(), nil); err != nil {
			r.Fatal(err)
		}
		if diff := cmp.Diff(told, h.tellings(r, t, h.devices[0])); diff != "" {
			r.Fatalf("-live +rebuilt:\n%s", diff)
		}
	})
}
