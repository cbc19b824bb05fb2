package casework_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/i18n"
	"constancia/internal/library"
	"constancia/internal/mail/message"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// aCaseToTell is a case with a call, a promise that was not kept, and a picture.
func aCaseToTell(t testing.TB) *work {
	t.Helper()
	w := begin(t)
	w.log(casework.LogContact{
		Company: "Corral Exprés", When: "2026-03-02T10:05", Summary: "They said it was on the van", HoldSeconds: seconds(2280),
		People: []casework.Spoken{{Name: "Núria"}}, Promises: []casework.MakePromise{{What: "Call back", Due: "2026-03-03"}},
	})
	if err := w.add(w.caseID, "note.txt", "A note"); err != nil {
		t.Fatal(err)
	}
	return w
}

// exports are the entries about exports, as they stand on record.
func (w *work) exports() []casefile.Export {
	w.t.Helper()
	if err := w.Close(); err != nil {
		w.t.Fatal(err)
	}
	l, err := library.Open(w.t.Context(), library.Options{Directory: w.Directory(), ReadMessage: message.Read, Reader: message.Reader})
	if err != nil {
		w.t.Fatal(err)
	}
	var ids []string
	err = l.Entries(w.t.Context(), func(stored record.Stored) error {
		if stored.Header.Kind == record.KindExport {
			ids = append(ids, stored.Header.EntryID)
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	var exports []casefile.Export
	for _, id := range ids {
		export, err := library.Thing[casefile.Export](w.t.Context(), l, record.KindExport, id)
		if err != nil {
			w.t.Fatal(err)
		}
		exports = append(exports, export.Value)
	}
	if err := l.Close(); err != nil {
		w.t.Fatal(err)
	}
	w.open(w.Directory())
	return exports
}

func TestAPreviewIsTheDossierWithoutItsOriginalsAndLeavesNoTrace(t *testing.T) {
	t.Parallel()
	w := aCaseToTell(t)
	request := casework.ExportDossier{CaseID: w.caseID, Language: i18n.Spanish, Out: filepath.Join(t.TempDir(), "dossier.pdf")}
	var preview bytes.Buffer
	size, err := w.PreviewDossier(t.Context(), request, &preview, nil)
	if err != nil {
		t.Fatal(err)
	}
	if exports := w.exports(); len(exports) != 0 {
		t.Errorf("%d exports are on record", len(exports))
	}
	if !bytes.HasPrefix(preview.Bytes(), []byte("%PDF-")) || size < int64(preview.Len()) {
		t.Errorf("it has %d bytes and begins %.8q; the file is said to get %d", preview.Len(), preview.Bytes(), size)
	}
	exported, err := w.ExportDossier(t.Context(), request, nil)
	if err != nil {
		t.Fatal(err)
	}
	if difference := exported.Size - size; difference < 0 || difference > exported.Size/5 {
		t.Errorf("it was to get %d bytes, and has %d", size, exported.Size)
	}
	made, err := w.Exports(t.Context(), w.caseID)
	if err != nil || len(made) != 1 || made[0].Value.SHA256 != exported.SHA256 {
		t.Errorf("made were %+v, %v", made, err)
	}
}

func TestADossierIsWrittenWholeAndPutOnRecord(t *testing.T) {
	t.Parallel()
	w := aCaseToTell(t)
	out := filepath.Join(t.TempDir(), "dossier.pdf")
	var told []string
	exported, err := w.ExportDossier(t.Context(), casework.ExportDossier{CaseID: w.caseID, Language: i18n.Spanish, Out: out}, func(p casework.Progress) {
		told = append(told, p.What)
	})
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(content)
	want := casework.Exported{Path: out, SHA256: hex.EncodeToString(sum[:]), Size: int64(len(content))}
	if exported != want || !bytes.HasPrefix(content, []byte("%PDF-")) || !bytes.Contains(content[len(content)-16:], []byte("%%EOF")) {
		t.Errorf("it is %+v, want %+v: %.8q…", exported, want, content)
	}
	if strings.Join(told, " ") != "gathering drawing" {
		t.Errorf("it tells %v", told)
	}
	if info, err := os.Stat(out); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
	exports := w.exports()
	if len(exports) != 1 {
		t.Fatalf("%d exports are on record", len(exports))
	}
	got := exports[0]
	if got.SHA256 != want.SHA256 || got.Size != want.Size || got.FileName != "dossier.pdf" || got.Edition != string(dossier.HeadOffice) || got.Language != "es" || len(got.Fingerprint) != 64 {
		t.Errorf("it is on record as %+v", got)
	}
	w.requireHolds()
}

func TestADossierThatFailsLeavesNoFileAndNoEntry(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	folder := t.TempDir()
	existing := save(t, folder, "existing.pdf", []byte("what was there"))
	subfolder := filepath.Join(folder, "folder.pdf")
	if err := os.Mkdir(subfolder, 0o700); err != nil {
		t.Fatal(err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	tests := []struct {
		name string
		ctx  context.Context
		n    casework.ExportDossier
		want problem.Code
	}{
		{"called off", cancelled, casework.ExportDossier{Out: filepath.Join(folder, "a.pdf")}, problem.Cancelled},
		{"into a folder that is not there", t.Context(), casework.ExportDossier{Out: filepath.Join(folder, "none", "a.pdf")}, problem.FileUnwritable},
		{"over a file that is there", t.Context(), casework.ExportDossier{Out: existing}, problem.FileExists},
		{"in place of a folder", t.Context(), casework.ExportDossier{Out: subfolder, Overwrite: true}, problem.FileUnwritable},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := aCaseToTell(t)
			test.n.CaseID, test.n.Language = w.caseID, i18n.English
			_, err := w.ExportDossier(test.ctx, test.n, nil)
			requireProblem(t, err, test.want)
			if exports := w.exports(); len(exports) > 0 {
				t.Errorf("it is on record as %+v", exports)
			}
			names, err := os.ReadDir(folder)
			if err != nil || len(names) != 2 {
				t.Errorf("the folder holds %v, %v", names, err)
			}
			if content, err := os.ReadFile(existing); err != nil || string(content) != "what was there" {
				t.Errorf("the file that was there is %q, %v", content, err)
			}
			w.requireHolds()
		})
	}
}

func TestAnExportThatIsCalledOffWhileItIsDrawnLeavesNothing(t *testing.T) {
	w := aCaseToTell(t)
	ctx, cancel := context.WithCancel(t.Context())
	out := filepath.Join(t.TempDir(), "a.pdf")
	_, err := w.ExportDossier(ctx, casework.ExportDossier{CaseID: w.caseID, Language: i18n.English, Out: out}, func(p casework.Progress) {
		if p.What == "drawing" {
			cancel()
		}
	})
	requireProblem(t, err, problem.Cancelled)
	if names, err := os.ReadDir(filepath.Dir(out)); err != nil || len(names) > 0 {
		t.Errorf("the folder holds %v, %v", names, err)
	}
	if exports := w.exports(); len(exports) > 0 {
		t.Errorf("it is on record as %+v", exports)
	}
}

func TestADossierReplacesAnOlderOneWhenThePersonSaysSo(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	w := aCaseToTell(t)
	out := save(t, t.TempDir(), "a.pdf", []byte("what was there"))
	for range 2 {
		if _, err := w.ExportDossier(t.Context(), casework.ExportDossier{CaseID: w.caseID, Language: i18n.Catalan, Out: out, Overwrite: true}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if content, err := os.ReadFile(out); err != nil || !bytes.HasPrefix(content, []byte("%PDF-")) {
		t.Errorf("it is %.8q, %v", content, err)
	}
	exports := w.exports()
	if len(exports) != 2 || exports[0].Fingerprint == exports[1].Fingerprint {
		t.Errorf("they are on record as %+v", exports)
	}
}

func TestADossierDoesNotShowAPictureThatIsDamagedOrGone(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	w := begin(t)
	picture, err := os.ReadFile(filepath.Join("..", "sample", "pictures", "hall.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	large := append(bytes.Clone(picture), make([]byte, 2<<20)...) // into the vault
	added, err := w.AddEvidence(t.Context(), casework.AddEvidence{CaseID: w.caseID, FileName: "hall.jpg", Content: bytes.NewReader(large)})
	if err != nil {
		t.Fatal(err)
	}
	size := func() int64 {
		exported, err := w.ExportDossier(t.Context(), casework.ExportDossier{CaseID: w.caseID, Language: i18n.English, Out: filepath.Join(t.TempDir(), "a.pdf")}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return exported.Size
	}
	whole := size()
	path := filepath.Join(w.Directory(), "vault", added.SHA256[:2], added.SHA256)
	for _, step := range []struct {
		name   string
		damage func() error
	}{
		{"one other byte", func() error {
			large[len(large)-10]++
			return errors.Join(os.Chmod(path, 0o600), os.WriteFile(path, large, 0o600))
		}},
		{"gone", func() error { return os.Remove(path) }},
	} {
		if err := step.damage(); err != nil {
			t.Fatal(err)
		}
		if without := size(); whole-without < int64(len(picture))/2 {
			t.Errorf("%s: the dossier has %d bytes, with the whole picture it had %d", step.name, without, whole)
		}
	}
}

func TestADraftIsSavedAsAMessageReadyToSend(t *testing.T) {
	for _, language := range i18n.Languages() {
		t.Run(string(language), func(t *testing.T) {
			w := begin(t)
			folder := t.TempDir()
			attached := append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte{0, 0xff, '\r', '\n'}, 10_000)...)
			path := save(t, folder, "Dossier señora Vidal.pdf", attached)
			out := filepath.Join(folder, "draft.eml")
			n := casework.DraftMail{CaseID: w.caseID, Dossier: path, To: "jefe@corral.example", Language: language}
			if err := w.WriteDraft(t.Context(), n, out); err != nil {
				t.Fatal(err)
			}
			raw, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			parsed, err := mail.ReadMessage(bytes.NewReader(raw))
			if err != nil || parsed.Header.Get("X-Unsent") != "1" {
				t.Errorf("X-Unsent is %q, %v", parsed.Header.Get("X-Unsent"), err)
			}
			reading := message.Read(bytes.NewReader(raw))
			if len(reading.Defects) > 0 || reading.From[0] != (casefile.Mailbox{Name: "Dolores Vidal", Address: "dolores@example.org"}) || reading.To[0].Address != "jefe@corral.example" ||
				!strings.Contains(reading.Subject, "The parcel that never came") || !strings.Contains(reading.Text, "The money back") {
				t.Errorf("it reads as %+v", reading)
			}
			if len(reading.Attachments) != 1 || reading.Attachments[0].FileName != "Dossier señora Vidal.pdf" || !bytes.Equal(reading.Attachments[0].Content, attached) {
				t.Errorf("the dossier does not come back whole: %d attachments", len(reading.Attachments))
			}
			requireProblem(t, w.WriteDraft(t.Context(), n, out), problem.FileExists)
		})
	}
}

func TestADraftThatCanNotBeMadeLeavesNothing(t *testing.T) {
	w := begin(t)
	folder := t.TempDir()
	path := save(t, folder, "dossier.pdf", []byte("%PDF"))
	for name, test := range map[string]struct {
		change func(*casework.DraftMail)
		want   problem.Code
	}{
		"to nobody":             {func(n *casework.DraftMail) { n.To = "" }, problem.Missing},
		"to no address":         {func(n *casework.DraftMail) { n.To = "the boss" }, problem.NotAnAddress},
		"from no address":       {func(n *casework.DraftMail) { n.From = "me" }, problem.NotAnAddress},
		"without its dossier":   {func(n *casework.DraftMail) { n.Dossier = filepath.Join(folder, "none.pdf") }, problem.FileNotFound},
		"with a folder instead": {func(n *casework.DraftMail) { n.Dossier = folder }, problem.FileUnreadable},
	} {
		t.Run(name, func(t *testing.T) {
			n := casework.DraftMail{CaseID: w.caseID, Dossier: path, To: "jefe@corral.example", Language: i18n.English}
			test.change(&n)
			requireProblem(t, w.WriteDraft(t.Context(), n, filepath.Join(folder, "draft.eml")), test.want)
			if names, err := os.ReadDir(folder); err != nil || len(names) != 1 {
				t.Errorf("the folder holds %v, %v", names, err)
			}
		})
	}
}
