package casework_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/i18n"
	"constancia/internal/mail/message"
	"constancia/internal/problem"
)

func TestAnEmailWithADossierCarriesTheStateOfTheRecord(t *testing.T) {
	w := begin(t)
	w.call("It is on the van")
	folder := t.TempDir()
	path := save(t, folder, "dossier.pdf", []byte("%PDF"))
	entries, err := w.Entries(t.Context(), w.caseID, 0)
	w.must(err)
	for _, language := range i18n.Languages() {
		out := filepath.Join(folder, string(language)+".eml")
		w.must(w.WriteDraft(t.Context(), casework.DraftMail{CaseID: w.caseID, Dossier: path, To: "jefe@corral.example", Language: language}, out))
		raw, err := os.ReadFile(out)
		w.must(err)
		text := message.Read(bytes.NewReader(raw)).Text
		words := i18n.For(language)
		if !regexp.MustCompile(`\(SHA-256\): [0-9a-f]{64}\b`).MatchString(text) ||
			!regexp.MustCompile(entries[0].LogID+", "+words.Count("count.entry", int64(len(entries)))+`, \S+ [0-9a-f]{64}\b`).MatchString(text) {
			t.Errorf("%s: it reads\n%s", language, text)
		}
	}
}

func TestADossierTellsWhenTheRecordWasStampedAndWhatWasTakenBackSince(t *testing.T) {
	s := beginSealed(t)
	s.choose(s.service.URL)
	stamped := s.log(casework.LogContact{Company: "Almacenes Lumen", Summary: "Noted twice"})
	s.seal()
	s.now = s.now.Add(time.Minute)
	s.must(onlyError(s.Retract(t.Context(), casework.Retract{ID: stamped.ID, Operation: true, Reason: "It was there already"})))
	slip := s.log(casework.LogContact{Company: "Almacenes Lumen", Summary: "A slip"})
	s.must(onlyError(s.Retract(t.Context(), casework.Retract{ID: slip.ID})))
	history, err := s.History(t.Context(), stamped.ID)
	if err != nil || len(history.Seals) != 1 || history.Seals[0].Service != s.service.URL {
		t.Errorf("its history has the time stamps %+v, %v", history.Seals, err)
	}
	requireProblem(t, onlyError(s.Retract(t.Context(), casework.Retract{ID: history.Seals[0].ID})), problem.CannotRetract)
	withdrawn := s.file().Withdrawn
	if len(withdrawn) != 2 || !withdrawn[0].InFull() || withdrawn[1].InFull() {
		t.Fatalf("taken back are %+v", withdrawn)
	}
	out := filepath.Join(t.TempDir(), "dossier.pdf")
	s.must(onlyError(s.ExportDossier(t.Context(), casework.ExportDossier{CaseID: s.caseID, Language: "en", Out: out}, nil)))
	printed, err := exec.Command("pdftotext", "-raw", out, "-").Output()
	s.must(err)
	text := strings.Join(strings.Fields(string(printed)), " ")
	for _, want := range []string{"Time stamp: 20 Mar 2026, 13:01 (UTC+01:00)", "Log " + history.Entry.LogID + ", 11 entries. Root:",
		"covering its first 10 entries.", "A time stamp had covered it. It was there already", "1 more entry was taken back or erased"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	exports := s.exports()
	at := slices.IndexFunc(exports[0].Heads, func(h casefile.LogHead) bool { return h.LogID == history.Entry.LogID })
	if at < 0 || !strings.Contains(text, exports[0].Heads[at].Root) || !strings.Contains(text, exports[0].Fingerprint) {
		t.Errorf("it does not have what was put on record: %s", fmt.Sprint(exports))
	}
}
