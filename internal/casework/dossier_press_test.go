package casework_test

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/i18n"
	"constancia/internal/problem"
)

// pressText is the text of the press edition of the case.
func (w *work) pressText() string {
	w.t.Helper()
	out := filepath.Join(w.t.TempDir(), "press.pdf")
	if _, err := w.ExportDossier(w.t.Context(), casework.ExportDossier{CaseID: w.caseID, Edition: dossier.Press, Language: i18n.English, Out: out}, nil); err != nil {
		w.t.Fatal(err)
	}
	text, err := exec.CommandContext(w.t.Context(), "pdftotext", out, "-").Output()
	if err != nil {
		w.t.Fatalf("pdftotext (make test installs it): %v", err)
	}
	return string(text)
}

func TestThePressEditionHidesWhatItsPreviewLists(t *testing.T) {
	w := aCaseToTell(t)
	preview, err := w.PreviewPress(t.Context(), w.caseID, i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(preview.Hidden, func(h casework.PressHidden) bool { return h.Value == "Núria" })
	if at < 0 || preview.Hidden[at].ID != "agent-1" || preview.Hidden[at].Label != "agent 1" || preview.Hidden[at].Count == 0 {
		t.Fatalf("it lists %+v", preview.Hidden)
	}
	text := w.pressText()
	if !strings.Contains(text, "[agent 1]") || strings.Contains(text, "Núria") || strings.Contains(text, "note.txt") || strings.Contains(text, "A note") {
		t.Errorf("it reads %s", text)
	}
}

func TestWhatAPersonChoosesForThePressIsKept(t *testing.T) {
	w := aCaseToTell(t)
	change := casework.ChangePress{CaseID: w.caseID, Hide: []string{"the van"}, Show: []string{"agent-1"}, Exhibits: []string{"A-1"}}
	if err := w.ChangePress(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w.open(w.Directory())
	text := w.pressText()
	if !strings.Contains(text, "[hidden]") || strings.Contains(text, "the van") || !strings.Contains(text, "Núria") || !strings.Contains(text, "A note") {
		t.Errorf("it reads %s", text)
	}
	if err := w.ChangePress(t.Context(), casework.ChangePress{CaseID: w.caseID, Unhide: []string{"the van"}, Unshow: []string{"agent-1"}, Without: []string{"A-1"}}); err != nil {
		t.Fatal(err)
	}
	if text = w.pressText(); !strings.Contains(text, "the van") || strings.Contains(text, "Núria") || strings.Contains(text, "A note") {
		t.Errorf("with all taken back it reads %s", text)
	}
	requireProblem(t, w.ChangePress(t.Context(), casework.ChangePress{CaseID: w.caseID, Exhibits: []string{"A-9"}}), problem.NotFound)
}

func TestATextThatIsAnExhibitIsShownToThePressWithoutWhatIsHidden(t *testing.T) {
	w := aCaseToTell(t)
	if err := w.add(w.caseID, "chat.txt", "Nuria: mi IBAN es ES91 2100 0418 4502 0005 1332\n"); err != nil {
		t.Fatal(err)
	}
	if err := w.ChangePress(t.Context(), casework.ChangePress{CaseID: w.caseID, Exhibits: []string{"A-2"}}); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(w.pressText()), " ")
	if !strings.Contains(text, "[agent 1]: mi IBAN es") || !strings.Contains(text, "[bank account]") || strings.Contains(text, "ES91") || strings.Contains(text, "Nuria") {
		t.Errorf("it reads %s", text)
	}
}
