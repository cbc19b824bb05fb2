package casework_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
	"constancia/internal/record"
)

func TestAnErasureSaysBeforehandWhatGoesWhatStaysAndWhatItCanNotReach(t *testing.T) {
	w := begin(t)
	ctx := t.Context()
	logged := w.aCall()
	w.must(onlyError(w.CorrectContact(ctx, casework.Correct{ID: logged.ID, Given: []string{"summary"}}, casework.LogContact{Summary: "My account number is 99887766"})))
	alone, err := w.AddEvidence(ctx, casework.AddEvidence{CaseID: w.caseID, FileName: "card.txt", Content: strings.NewReader("99887766"), ContactID: logged.ID})
	w.must(err)
	shared, err := w.AddEvidence(ctx, casework.AddEvidence{CaseID: w.caseID, FileName: "both.txt", Content: strings.NewReader("both")})
	w.must(err)
	w.must(w.add(w.caseID, "same.txt", "both"))
	w.now = w.now.Add(time.Hour)
	exported, err := w.ExportDossier(ctx, casework.ExportDossier{CaseID: w.caseID, Language: "en", Out: t.TempDir() + "/out.pdf"}, nil)
	w.must(err)

	ids := []string{logged.ID, alone.ID, shared.ID}
	before := w.entries()
	plan, err := w.PlanErasure(ctx, ids)
	w.must(err)
	if after := w.entries(); after != before || len(w.file().Contacts) != 1 {
		t.Errorf("planning wrote %d entries", after-before)
	}
	w.requireKinds("what goes", plan.Goes, record.KindContact, record.KindCorrection, record.KindEvidence, record.KindEvidence)
	w.requireKinds("what stays", plan.Stays, record.KindPromise, record.KindExhibit, record.KindExhibit)
	if !slices.Equal(plan.Files, []string{alone.SHA256}) || !slices.Equal(plan.SharedFiles, []string{shared.SHA256}) {
		t.Errorf("files %v go, and %v stay", plan.Files, plan.SharedFiles)
	}
	if out := plan.OutOfReach; len(out.Exports) != 1 || out.Exports[0].SHA256 != exported.SHA256 || out.BackupFolder != "" || len(out.Devices) != 0 {
		t.Errorf("out of reach are %+v", out)
	}

	erased, err := w.Erase(ctx, ids, "It has my account number", nil)
	w.must(err)
	w.requireKinds("what went", erased.Goes, record.KindContact, record.KindCorrection, record.KindEvidence, record.KindEvidence)
	if found, err := w.Search(ctx, w.caseID, "99887766", 10); err != nil || len(found) != 0 {
		t.Errorf("it is still found: %v, %v", found, err)
	}
	requireProblem(t, onlyError(w.OpenContent(ctx, alone.SHA256)), problem.ContentMissing)
	file := w.file()
	at := slices.IndexFunc(file.Withdrawn, func(one casefile.Withdrawal) bool { return one.EntryID == logged.ID })
	if len(file.Contacts) != 0 || at < 0 || !file.Withdrawn[at].Erased || file.Withdrawn[at].Reason != "It has my account number" {
		t.Errorf("the case says of it %+v", file.Withdrawn)
	}
	for _, act := range []func() error{
		func() error { return onlyError(w.PlanErasure(ctx, []string{logged.ID})) },
		func() error { return onlyError(w.Erase(ctx, []string{logged.ID}, "", nil)) },
	} {
		requireProblem(t, act(), problem.AlreadyErased)
	}
	requireProblem(t, onlyError(w.Erase(ctx, []string{nobody}, "", nil)), problem.NotFound)
	requireProblem(t, onlyError(w.Erase(ctx, []string{erased.ID}, "", nil)), problem.NotErasable)
	w.requireHolds()
}

func TestTheHistoryOfAnEntryTellsAllThatWasSaidAboutIt(t *testing.T) {
	w := begin(t)
	ctx := t.Context()
	logged := w.aCall()
	later := func() { w.now = w.now.Add(time.Hour) }
	later()
	first, err := w.CorrectContact(ctx, casework.Correct{ID: logged.ID, Given: []string{"hold"}, Reason: "The phone says so"}, casework.LogContact{HoldSeconds: seconds(300)})
	w.must(err)
	later()
	second, err := w.CorrectContact(ctx, casework.Correct{ID: logged.ID, Given: []string{"hold"}, Clear: []string{"person"}}, casework.LogContact{HoldSeconds: seconds(400)})
	w.must(err)
	later()
	w.retract(second.ID, false)
	later()
	retracted := w.retract(logged.ID, false)
	later()
	w.restore(logged.ID)
	later()
	exported, err := w.ExportDossier(ctx, casework.ExportDossier{CaseID: w.caseID, Language: "en", Out: t.TempDir() + "/out.pdf"}, nil)
	w.must(err)
	later()
	w.call("Later on")

	h, err := w.History(ctx, logged.ID)
	w.must(err)
	if e := h.Entry; e.Kind != record.KindContact || !e.Counts || e.Sequence != 7 || e.RecordedAt != "2026-03-20T12:00:00.000Z" ||
		e.Leaf != w.contact(logged.ID).Entry.Leaf || h.Letter != "A" || h.DeviceID == "" || e.Title != "They will see" {
		t.Errorf("the entry is %+v of %s %s", e, h.DeviceID, h.Letter)
	}
	var events []casework.Entry
	for _, event := range h.Events {
		events = append(events, event.Entry)
	}
	w.requireKinds("what was said", events, record.KindCorrection, record.KindCorrection, record.KindRetraction, record.KindRetraction, record.KindRetraction)
	if c := h.Events[0]; c.ID != first.ID || c.Reason != "The phone says so" || !c.Counts || len(c.Changes) != 1 ||
		c.Changes[0] != (casework.Change{Field: "hold_seconds", Before: 600.0, After: 300.0}) {
		t.Errorf("the first correction is %+v", c)
	}
	if c := h.Events[1]; c.Counts || len(c.Changes) != 2 || c.Changes[0] != (casework.Change{Field: "hold_seconds", Before: 300.0, After: 400.0}) || c.Changes[1].After != nil {
		t.Errorf("the correction that was taken back is %+v", c)
	}
	if e := h.Events[3]; e.ID != retracted.ID || e.Counts || e.RestoresID != "" || !slices.Equal(e.Targets, []string{logged.ID}) || e.Reason != "A slip" {
		t.Errorf("the retraction is %+v", e)
	}
	if e := h.Events[4]; e.RestoresID != retracted.ID || !e.Counts {
		t.Errorf("what brought it back is %+v", e)
	}
	if len(h.Exports) != 1 || h.Exports[0].SHA256 != exported.SHA256 || len(h.Seals) != 0 {
		t.Errorf("it is in %+v and %+v", h.Exports, h.Seals)
	}
	// What came after an export is not covered by it.
	if after, err := w.History(ctx, w.file().Contacts[1].Value.ID); err != nil || len(after.Exports) != 0 || len(after.Events) != 0 {
		t.Errorf("a later call has %+v, %v", after, err)
	}

	w.must(onlyError(w.Erase(ctx, []string{logged.ID}, "", nil)))
	h, err = w.History(ctx, logged.ID)
	if err != nil || !h.Entry.Erased || h.Entry.Counts || h.Payload != nil || h.Entry.Title != "" || len(h.Events) == 0 {
		t.Errorf("erased it is %+v, %v", h, err)
	}
	for _, event := range h.Events {
		if len(event.Changes) > 0 || event.Kind == record.KindCorrection && event.Reason != "" {
			t.Errorf("its history still says %+v", event)
		}
	}
	requireProblem(t, onlyError(w.History(ctx, nobody)), problem.NotFound)
	w.requireHolds()
}

func TestEntriesAreListedInTheOrderInWhichTheyWereRecorded(t *testing.T) {
	w := begin(t)
	logged := w.aCall()
	w.retract(logged.PromiseIDs[0], false)
	w.must(onlyError(w.Erase(t.Context(), []string{logged.ID}, "", nil)))
	all, err := w.Entries(t.Context(), w.caseID, 0)
	w.must(err)
	w.requireKinds("all", all, record.KindDevice, record.KindCase, record.KindParty, record.KindParty, record.KindParty, record.KindPerson,
		record.KindContact, record.KindPromise, record.KindRetraction, record.KindErasure)
	if e := all[6]; !e.Erased || e.Counts || e.Title != "" {
		t.Errorf("the erased one is %+v", e)
	}
	if e := all[7]; e.Erased || e.Counts || e.Title != "Call back" || e.OperationID != all[5].OperationID {
		t.Errorf("the one that was taken back is %+v", e)
	}
	path := save(t, t.TempDir(), "a.eml", []byte("From: a@corral.example\r\nSubject: Where it is\r\n\r\nHere."))
	w.importFiles(path)
	if with, err := w.Entries(t.Context(), w.caseID, 1); err != nil || with[0].Kind != record.KindMessage || with[0].Title != "Where it is" {
		t.Errorf("an email is listed as %+v, %v", with, err)
	}
	last, err := w.Entries(t.Context(), w.caseID, 3)
	w.must(err)
	w.requireKinds("the last", last, record.KindRetraction, record.KindErasure, record.KindMessage)
	requireProblem(t, onlyError(w.Entries(t.Context(), nobody, 0)), problem.NotFound)
}
