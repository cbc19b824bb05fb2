package casework_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

// fileOf writes a file to add.
func fileOf(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAFileThatIsWrittenToWhileItIsReadIsNotKept(t *testing.T) {
	for name, size := range map[string]int{"a small one": 10_000, "a large one": 3 << 20} {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			path := fileOf(t, "recording.wav", bytes.Repeat([]byte("w"), size))
			grown := false
			grow := func(int64) {
				if grown {
					return
				}
				grown = true
				file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
				if err != nil {
					t.Fatal(err)
				}
				_, err = file.WriteString("and more")
				if err := file.Close(); err != nil {
					t.Fatal(err)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			_, err := w.AddEvidenceFile(t.Context(), path, casework.AddEvidence{CaseID: w.caseID, Progress: grow})
			requireProblem(t, err, problem.FileChanged)
			if items, err := w.Evidence(t.Context(), w.caseID); err != nil || len(items) != 0 {
				t.Errorf("it is on record: %+v, %v", items, err)
			}
			added, err := w.AddEvidenceFile(t.Context(), path, casework.AddEvidence{CaseID: w.caseID})
			if err != nil || added.Size != int64(size+len("and more")) {
				t.Errorf("once it rests it is added: %+v, %v", added, err)
			}
			w.requireHolds()
		})
	}
}

func TestHowMuchOfAFileWasReadIsTold(t *testing.T) {
	w := begin(t)
	path := fileOf(t, "video.mp4", make([]byte, 3<<20))
	var told []int64
	_, err := w.AddEvidenceFile(t.Context(), path, casework.AddEvidence{
		CaseID: w.caseID, Progress: func(bytes int64) { told = append(told, bytes) }})
	if err != nil {
		t.Fatal(err)
	}
	if len(told) < 3 || told[len(told)-1] != 3<<20 {
		t.Errorf("told %v", told)
	}
	for i := 1; i < len(told); i++ {
		if told[i] <= told[i-1] {
			t.Fatalf("it went back: %v", told)
		}
	}
}

func TestAFileThatIsEvidenceAlreadyIsNamedAndNotAddedTwice(t *testing.T) {
	w := begin(t)
	other, err := w.NewCase(t.Context(), theParcel())
	if err != nil {
		t.Fatal(err)
	}
	path := fileOf(t, "photo.jpg", []byte("\xff\xd8\xff a photo"))
	onlyNew := casework.AddEvidence{CaseID: w.caseID, OnlyNew: true}
	if _, err := w.AddEvidenceFile(t.Context(), path, onlyNew); err != nil {
		t.Fatal(err)
	}
	onlyNew.FileName = "the same under another name.jpg"
	_, err = w.AddEvidenceFile(t.Context(), path, onlyNew)
	requireProblem(t, err, problem.AlreadyExists)
	if values := problem.From(err).Values; values["kind"] != "evidence" || values["value"] != "A-1" {
		t.Errorf("it names %v", values)
	}
	if _, err := w.AddEvidenceFile(t.Context(), path, casework.AddEvidence{CaseID: other, OnlyNew: true}); err != nil {
		t.Errorf("another case may have it, too: %v", err)
	}
	items, err := w.Evidence(t.Context(), w.caseID)
	if err != nil || len(items) != 1 {
		t.Fatalf("the evidence is %+v, %v", items, err)
	}

	// One that was taken back counts no longer.
	if _, err := w.Retract(t.Context(), casework.Retract{ID: items[0].Value.ID, Operation: true, Reason: "wrong photo"}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.AddEvidenceFile(t.Context(), path, onlyNew); err != nil {
		t.Errorf("after it was taken back: %v", err)
	}
	w.requireHolds()
}

func TestEvidenceIsFoundInItsOwnCaseOnly(t *testing.T) {
	w := begin(t)
	other, err := w.NewCase(t.Context(), theParcel())
	if err != nil {
		t.Fatal(err)
	}
	added, err := w.AddEvidenceFile(t.Context(), fileOf(t, "chat.txt", []byte("Hola")), casework.AddEvidence{CaseID: w.caseID})
	if err != nil {
		t.Fatal(err)
	}
	if evidence, err := w.EvidenceOf(t.Context(), w.caseID, added.ID); err != nil || evidence.FileName != "chat.txt" {
		t.Errorf("it is %+v, %v", evidence, err)
	}
	for _, wrong := range [][2]string{{other, added.ID}, {"", added.ID}, {w.caseID, nobody}, {w.caseID, ""}} {
		_, err := w.EvidenceOf(t.Context(), wrong[0], wrong[1])
		requireProblem(t, err, problem.NotFound)
	}
}

func TestWhatAFileIsIsToldByItsFirstBytes(t *testing.T) {
	for content, want := range map[string]string{
		"": "text/plain", "Hola": "text/plain", "%PDF-1.7\n": "application/pdf", "\x89PNG\r\n\x1a\n": "image/png",
		"RIFF\x24\x00\x00\x00WAVEfmt ": "audio/wav", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00": "image/heic",
	} {
		if got, err := casework.FileMediaType(fileOf(t, "file", []byte(content))); err != nil || got != want {
			t.Errorf("%q is %s, %v, want %s", content, got, err, want)
		}
	}
	_, err := casework.FileMediaType(t.TempDir())
	requireProblem(t, err, problem.FileUnreadable)
}
