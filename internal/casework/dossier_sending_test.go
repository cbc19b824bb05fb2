package casework_test

import (
	"path/filepath"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/i18n"
	"constancia/internal/problem"
)

// madeFor makes a dossier for somebody and gives its id on record.
func (w *work) madeFor(name string) string {
	w.t.Helper()
	n := casework.ExportDossier{CaseID: w.caseID, Language: i18n.English, Addressee: name, Out: filepath.Join(w.t.TempDir(), "dossier.pdf")}
	if _, err := w.ExportDossier(w.t.Context(), n, nil); err != nil {
		w.t.Fatal(err)
	}
	exports, err := w.Exports(w.t.Context(), w.caseID)
	if err != nil {
		w.t.Fatal(err)
	}
	return exports[len(exports)-1].Value.ID
}

func TestADossierThatWasSentSaysToWhomAndWhenUntilThatIsTakenBack(t *testing.T) {
	w := aCaseToTell(t)
	first, second := w.madeFor("Ms Vidal"), w.madeFor("")
	id, err := w.RecordSending(t.Context(), casework.Sending{CaseID: w.caseID, ExportID: first, On: "2026-03-04"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.RecordSending(t.Context(), casework.Sending{CaseID: w.caseID, ExportID: first, On: "2026-03-05T09:30", To: "The board",
		Channel: casefile.Letter, Note: "By registered mail"}); err != nil {
		t.Fatal(err)
	}
	exports, err := w.Exports(t.Context(), w.caseID)
	if err != nil || len(exports) != 2 || len(exports[0].Sendings) != 2 || len(exports[1].Sendings) != 0 || exports[1].Value.ID != second {
		t.Fatalf("made were %+v, %v", exports, err)
	}
	sent := exports[0].Sendings[0].Value
	if sent.To != "Ms Vidal" || sent.SentAt.Date() != "2026-03-04" || sent.Channel != casefile.Email {
		t.Errorf("it was sent %+v", sent)
	}
	if other := exports[0].Sendings[1].Value; other.To != "The board" || other.Channel != casefile.Letter || other.Note != "By registered mail" {
		t.Errorf("it was sent %+v", other)
	}
	taken, err := w.Retract(t.Context(), casework.Retract{ID: id})
	if err != nil {
		t.Fatal(err)
	}
	if exports, err = w.Exports(t.Context(), w.caseID); err != nil || len(exports[0].Sendings) != 1 {
		t.Errorf("taken back, it was sent %+v, %v", exports[0].Sendings, err)
	}
	if _, err := w.Restore(t.Context(), taken.ID, ""); err != nil {
		t.Fatal(err)
	}
	if exports, err = w.Exports(t.Context(), w.caseID); err != nil || len(exports[0].Sendings) != 2 {
		t.Errorf("brought back, it was sent %+v, %v", exports[0].Sendings, err)
	}
}

func TestASendingNeedsADossierAndSomebodyItWentTo(t *testing.T) {
	w := aCaseToTell(t)
	unaddressed := w.madeFor("")
	for code, n := range map[problem.Code]casework.Sending{
		problem.NotFound:     {CaseID: w.caseID, ExportID: "nothing", To: "Ms Vidal"},
		problem.Missing:      {CaseID: w.caseID, ExportID: unaddressed},
		problem.NotAChoice:   {CaseID: w.caseID, ExportID: unaddressed, To: "Ms Vidal", Channel: "pigeon"},
		problem.TimeInFuture: {CaseID: w.caseID, ExportID: unaddressed, To: "Ms Vidal", On: "2126-01-01"},
		problem.NotADate:     {CaseID: w.caseID, ExportID: unaddressed, To: "Ms Vidal", On: "soon"},
	} {
		_, err := w.RecordSending(t.Context(), n)
		requireProblem(t, err, code)
	}
	_, err := w.RecordSending(t.Context(), casework.Sending{CaseID: w.caseID, ExportID: unaddressed, To: "Ms Vidal", ContactID: "nothing"})
	requireProblem(t, err, problem.NotFound)
	if exports, err := w.Exports(t.Context(), w.caseID); err != nil || len(exports[0].Sendings) != 0 {
		t.Errorf("it was sent %+v, %v", exports, err)
	}
}
