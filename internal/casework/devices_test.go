package casework_test

import (
	"slices"
	"testing"
	"time"

	"constancia/internal/casework"
	"constancia/internal/record"
)

// onAnotherDevice opens the same library on a device of its own, since it has not the key of the first.
func (w *work) onAnotherDevice() *work {
	w.t.Helper()
	other := &work{t: w.t, now: w.now, caseID: w.caseID}
	opened, err := casework.Open(w.t.Context(), casework.Options{
		Directory: w.Directory(), State: w.t.TempDir(), Clock: func() time.Time { return other.now }})
	w.must(err)
	other.Casework = opened
	w.t.Cleanup(func() { w.must(opened.Close()) })
	return other
}

func TestWhatTwoDevicesSayIsToldApart(t *testing.T) {
	w := begin(t)
	ctx := t.Context()
	logged := w.aCall()
	w.must(w.add(w.caseID, "first.txt", "first"))
	other := w.onAnotherDevice()
	for i, device := range []*work{w, other} {
		device.now = device.now.Add(time.Duration(i+1) * time.Hour)
		device.must(onlyError(device.CorrectContact(ctx, casework.Correct{ID: logged.ID, Given: []string{"hold"}},
			casework.LogContact{HoldSeconds: seconds(int64(100 * (i + 1)))})))
	}
	other.must(other.add(w.caseID, "second.txt", "second"))

	entry := w.contact(logged.ID)
	rivals := entry.Entry.Rivals()
	if len(rivals) != 1 || rivals[0].Field != "hold_seconds" || len(rivals[0].Corrections) != 2 || *entry.Value.HoldSeconds != 200 {
		t.Errorf("the rivals are %+v", rivals)
	}
	exhibits, err := w.Exhibits(ctx, w.caseID)
	if err != nil || len(exhibits) != 2 || exhibits[0].Label != "A-1" || exhibits[1].Label != "B-1" {
		t.Errorf("the exhibits are %+v, %v", exhibits, err)
	}
	history, err := w.History(ctx, logged.ID)
	if err != nil || len(history.Events) != 2 || history.Events[0].LogID == history.Events[1].LogID || history.Letter != "A" {
		t.Errorf("the history is %+v, %v", history, err)
	}
	plan, err := other.PlanErasure(ctx, []string{logged.ID})
	if err != nil || !slices.Equal(plan.OutOfReach.Devices, []string{"A"}) {
		t.Errorf("out of reach are %+v, %v", plan.OutOfReach, err)
	}
	w.requireKinds("what goes", plan.Goes, record.KindContact, record.KindCorrection, record.KindCorrection)

	// What one device recorded the other can take back, and bring back.
	retracted, err := other.Retract(ctx, casework.Retract{ID: logged.ID, Operation: true})
	w.must(err)
	w.requireKinds("what goes", retracted.Entries, record.KindParty, record.KindPerson, record.KindContact, record.KindPromise)
	w.restore(logged.ID)
	if got := w.contact(logged.ID); *got.Value.HoldSeconds != 200 {
		t.Errorf("it comes back as %+v", got.Value)
	}
	w.requireHolds()
}

func TestAnErasureKnowsWhereBackupsAreMade(t *testing.T) {
	w := begin(t)
	logged := w.aCall()
	folder := t.TempDir()
	w.must(onlyError(w.MakeBackup(t.Context(), casework.MakeBackup{Folder: folder}, nil)))
	plan, err := w.PlanErasure(t.Context(), []string{logged.ID})
	if err != nil || plan.OutOfReach.BackupFolder != folder {
		t.Errorf("it says %q, %v", plan.OutOfReach.BackupFolder, err)
	}
}
