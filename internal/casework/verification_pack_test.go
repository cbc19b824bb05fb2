package casework_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/i18n"
	"constancia/internal/problem"
)

// unpacked are the files of a ZIP by their names.
func unpacked(t *testing.T, path string) map[string]string {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = archive.Close() }()
	files := map[string]string{}
	for _, entry := range archive.File {
		opened, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(opened)
		if err != nil {
			t.Fatal(err)
		}
		files[entry.Name] = string(data)
	}
	return files
}

func TestAVerificationPackTellsWhoIsWhoByThePressEditionsLabelsAndNothingOfOthers(t *testing.T) {
	w := aCaseToTell(t)
	w.log(casework.LogContact{Company: "Corral Exprés", When: "2026-03-05T10:05", People: []casework.Spoken{{Name: "Berta Quiles", Position: "depot"}},
		Summary: "Berta gave me 611 222 333. My neighbour Hug saw the van; his IBAN is ES91 2100 0418 4502 0005 1332."})
	if err := w.ChangePress(t.Context(), casework.ChangePress{CaseID: w.caseID, Exhibits: []string{"A-1"}, Hide: []string{"Hug"}}); err != nil {
		t.Fatal(err)
	}
	if err := w.add(w.caseID, "not chosen.txt", "Nobody chose this"); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	press, err := w.ExportDossier(t.Context(), casework.ExportDossier{CaseID: w.caseID, Edition: dossier.Press, Language: i18n.English,
		Out: filepath.Join(folder, "press.pdf")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	n := casework.VerificationPack{CaseID: w.caseID, Language: i18n.English, Out: filepath.Join(folder, "pack.zip")}
	_, err = w.ExportVerificationPack(t.Context(), n, nil)
	requireProblem(t, err, problem.ConsentMissing)
	if _, err := os.Stat(n.Out); err == nil {
		t.Error("it was made without consent")
	}
	n.Consent = true
	made, err := w.ExportVerificationPack(t.Context(), n, nil)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(n.Out)
	if sum := sha256.Sum256(data); err != nil || made.SHA256 != hex.EncodeToString(sum[:]) || made.Size != int64(len(data)) {
		t.Errorf("it is %+v, %v", made, err)
	}
	files := unpacked(t, n.Out)
	who := files["who-is-who.txt"]
	preview, err := w.PreviewPress(t.Context(), w.caseID, i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	agents := 0
	for _, hidden := range preview.Hidden {
		switch hidden.Kind {
		case "agent":
			agents++
			if !strings.Contains(who, hidden.Label+": "+hidden.Value+"\n") {
				t.Errorf("it does not say that %s is %s:\n%s", hidden.Label, hidden.Value, who)
			}
		case "phone", "chosen", "iban", "person":
			for name, text := range files {
				if strings.Contains(text, hidden.Value) {
					t.Errorf("%s holds %q", name, hidden.Value)
				}
			}
		}
	}
	if agents < 2 || !strings.Contains(who, "depot, Corral Exprés") {
		t.Errorf("of %d people it says:\n%s", agents, who)
	}
	if !strings.Contains(files["README.txt"], press.SHA256) {
		t.Errorf("it does not name the press edition:\n%s", files["README.txt"])
	}
	if files["originals/A-1 note.txt"] != "A note" {
		t.Errorf("the original is not as it was: %q", files["originals/A-1 note.txt"])
	}
	for name, text := range files {
		if strings.Contains(text, "Nobody chose this") {
			t.Errorf("%s was not chosen", name)
		}
		sum := sha256.Sum256([]byte(text))
		if line := fmt.Sprintf("%x  %s\n", sum, name); name != "SHA256SUMS.txt" && !strings.Contains(files["SHA256SUMS.txt"], line) {
			t.Errorf("the list lacks %s", line)
		}
	}
	exports, err := w.Exports(t.Context(), w.caseID)
	if err != nil || exports[len(exports)-1].Value.SHA256 != made.SHA256 {
		t.Errorf("on record are %+v, %v", exports, err)
	}
	if bytes.Contains(data, []byte(filepath.Dir(folder))) {
		t.Error("it names a folder of this computer")
	}
}
