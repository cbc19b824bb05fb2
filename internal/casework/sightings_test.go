package casework_test

import (
	"fmt"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/record"
)

func TestWhereAMessageIsMetOnceMoreIsKeptOnRecordOnce(t *testing.T) {
	w := begin(t)
	notice := email("Su envío", "Sale mañana.", "")
	single := save(t, t.TempDir(), "aviso.eml", notice)
	box := save(t, t.TempDir(), "todo.mbox", mbox(email("Otro", "Nada.", ""), notice, notice))
	w.importFiles(single)
	for range 2 { // the second time all places are known
		w.importFiles(box)
		w.importFiles(single)
	}
	met := map[string]string{}
	for _, message := range w.file().Messages {
		details, err := w.MessageDetails(t.Context(), message.Value.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, source := range details.Sightings {
			met[message.Value.Reading.Subject] += fmt.Sprintf("%s %d ", source.FileName, source.Position)
		}
	}
	// Saved with the line ends of an mbox its bytes are others, and so is the message; the second copy there is the same.
	if len(w.file().Messages) != 3 || fmt.Sprint(met) != "map[Su envío:todo.mbox 3 ]" {
		t.Errorf("%d messages, met %v", len(w.file().Messages), met)
	}
	w.requireHolds()
}

func TestAMessageThatWasTakenBackIsNotMet(t *testing.T) {
	w := begin(t)
	notice := email("Su envío", "Sale mañana.", "")
	w.importFiles(save(t, t.TempDir(), "aviso.eml", notice))
	if _, err := w.Retract(t.Context(), casework.Retract{ID: w.file().Messages[0].Value.ID}); err != nil {
		t.Fatal(err)
	}
	entries := w.entries()
	w.importFiles(save(t, t.TempDir(), "copia.eml", notice))
	if w.entries() != entries {
		t.Error("something was put on record")
	}
}

func TestTheSightingsOfAMessageAreErasedWithIt(t *testing.T) {
	w := begin(t)
	notice := email("Su envío", "Sale mañana.", "")
	w.importFiles(save(t, t.TempDir(), "aviso.eml", notice))
	w.importFiles(save(t, t.TempDir(), "copia.eml", notice))
	plan, err := w.PlanErasure(t.Context(), []string{w.file().Messages[0].Value.ID})
	if err != nil || len(plan.Goes) != 2 || plan.Goes[1].Kind != record.KindSighting {
		t.Errorf("%+v, %v", plan, err)
	}
}
