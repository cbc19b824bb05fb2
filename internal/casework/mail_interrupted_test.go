package casework_test

import (
	"context"
	"fmt"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

func TestAnImportThatWasCalledOffIsTakenUpWhereItStopped(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	w := begin(t)
	messages := sixty()
	folder := filesOf(t, messages)
	for _, when := range []func(casework.Progress) bool{whileImporting(20), whileImporting(45), whileReading(0)} {
		t.Logf("called off: %+v", w.calledOff(folder, when))
		w.requireHolds()
	}
	total := w.importFiles(folder)
	if total.Imported+total.Already != 60 || total.Failed != 0 {
		t.Errorf("at the end it says %+v", total)
	}
	w.requireStored(messages...)
	if evidence := len(w.file().Evidence); evidence != 60 {
		t.Errorf("%d attachments became evidence, want one of each message", evidence)
	}
	w.requireHolds()
}

// readOf counts the messages of the case, and those that are read.
func (w *work) readOf() (read, all int) {
	w.t.Helper()
	messages := w.file().Messages
	for _, message := range messages {
		if message.Value.Reading.Reader != "" {
			read++
		}
	}
	return read, len(messages)
}

// calledOff takes files in, and calls that off when it says so.
func (w *work) calledOff(folder string, when func(casework.Progress) bool) casework.ImportResult {
	w.t.Helper()
	ctx, cancel := context.WithCancel(w.t.Context())
	defer cancel()
	result, err := w.ImportFiles(ctx, w.caseID, []string{folder}, func(p casework.Progress) {
		if when(p) {
			cancel()
		}
	})
	requireProblem(w.t, err, problem.Cancelled)
	return result
}

// whileImporting is when so many messages have come in, whileReading when so many are read.
func whileImporting(count int64) func(casework.Progress) bool {
	return func(p casework.Progress) bool { return p.What == "importing" && p.Count >= count }
}
func whileReading(count int64) func(casework.Progress) bool {
	return func(p casework.Progress) bool { return p.What == "reading" && p.Done >= count }
}

func TestWhatCameInBeforeAnImportWasCalledOffIsReadAllTheSame(t *testing.T) {
	w := begin(t)
	result := w.calledOff(filesOf(t, sixty()), whileImporting(20))
	if read, all := w.readOf(); all < 20 || read != all || int64(all) != result.Imported {
		t.Errorf("of %d messages %d are read; it says %+v", all, read, result)
	}
	w.requireHolds()
}

func TestMessagesThatWereNotReadWhenAnImportEndedAreReadLater(t *testing.T) {
	w := begin(t)
	w.calledOff(filesOf(t, sixty()), whileReading(0))
	if read, all := w.readOf(); all != 60 || read == all {
		t.Fatalf("of %d messages %d are read", all, read)
	}
	first := w.caseID
	w.beginCase()
	w.calledOff(filesOf(t, sixty()), whileReading(0))
	if err := w.ReadWaiting(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, w.caseID = range []string{w.caseID, first} {
		if read, all := w.readOf(); read != 60 || all != 60 {
			t.Errorf("then of %d messages of a case %d are read", all, read)
		}
	}
	if evidence := len(w.file().Evidence); evidence != 60 {
		t.Errorf("%d attachments became evidence, want one of each message", evidence)
	}
	w.requireHolds()
}

// A mailbox of very many is not read only at its end.
func TestALongImportReadsInBetween(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	w := begin(t)
	messages := make([][]byte, 23_000)
	for i := range messages {
		messages[i] = email(fmt.Sprintf("Mensaje %d", i), "Corto.", "")
	}
	read, all := 0, 0
	w.calledOff(save(t, t.TempDir(), "todo.mbox", mbox(messages...)), func(p casework.Progress) bool {
		if p.What != "importing" || p.Count < 22_500 {
			return false
		}
		read, all = w.readOf()
		return true
	})
	if read < 19_000 {
		t.Errorf("of %d messages %d were read before the import ended", all, read)
	}
}
