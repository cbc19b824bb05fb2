package app

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestFilesForAnOnlineFormAreMadeInAFolderOfTheirOwn(t *testing.T) {
	a := newAssets(t)
	a.opens = []string{t.TempDir()}
	id, err := (&Dossiers{a.desk}).UploadSet(DossierInput{CaseID: a.caseID, Edition: "regulator", Language: "en", Anyway: true})
	seals := a.sealed(id, err)
	volumes, err := filepath.Glob(filepath.Join(a.opens[0], "*", "*.pdf"))
	if err != nil || len(volumes) == 0 || len(seals.Said) < 3 || !strings.Contains(seals.Said[0], a.opens[0]) {
		t.Errorf("there are %v, and it says %q", volumes, seals.Said)
	}
}

func TestWhoIsWhoIsToldWithConsentOnly(t *testing.T) {
	a := newAssets(t)
	dossiers := &Dossiers{a.desk}
	a.saves = filepath.Join(t.TempDir(), "pack.zip")
	input := DossierInput{CaseID: a.caseID, Edition: "press", Language: "en"}
	id, err := dossiers.VerificationPack(input, false)
	if err != nil {
		t.Fatal(err)
	}
	if report := a.finish(id); report.State != jobFailed || !strings.Contains(report.Failure, "consent_missing") {
		t.Errorf("without consent it comes to %+v", report)
	}
	id, err = dossiers.VerificationPack(input, true)
	if seals := a.sealed(id, err); len(seals.Said) != 1 || !strings.Contains(seals.Said[0], a.saves) {
		t.Errorf("it says %q", seals.Said)
	}
}

func TestADossierIsMarkedAsSent(t *testing.T) {
	a := newAssets(t)
	dossiers := &Dossiers{a.desk}
	a.dossier()
	made, err := dossiers.Made(a.caseID)
	if err != nil || len(made) != 1 || len(made[0].Sent) != 0 {
		t.Fatalf("made were %+v, %v", made, err)
	}
	sending := SendingInput{CaseID: a.caseID, ExportID: made[0].ID, To: "Ms Vidal", On: "2026-03-04", Channel: "letter"}
	if id, err := dossiers.MarkSent(sending); id == "" || err != nil {
		t.Fatalf("it gives %q, %v", id, err)
	}
	if made, err = dossiers.Made(a.caseID); err != nil || len(made[0].Sent) != 1 || made[0].Sent[0].To != "Ms Vidal" || made[0].Sent[0].On != "2026-03-04" {
		t.Errorf("made were %+v, %v", made, err)
	}
}
