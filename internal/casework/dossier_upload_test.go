package casework_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/dossier/addressee"
	"constancia/internal/dossier/seal/pdfatest"
	"constancia/internal/i18n"
	"constancia/internal/problem"
)

// noisy is a photo of so many pixels each way that can't be made much smaller.
func noisy(side, seed int) []byte {
	drawn := image.NewRGBA(image.Rect(0, 0, side, side))
	state := uint32(seed)*2654435761 + 1
	for i := range drawn.Pix {
		state = state*1664525 + 1013904223
		drawn.Pix[i] = byte(state >> 24)
		if i%4 == 3 {
			drawn.Pix[i] = 0xFF
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, drawn, &jpeg.Options{Quality: 90}); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// withPhotos is a case with photos of about a size each, in bytes.
func withPhotos(t *testing.T, count, side int) *work {
	t.Helper()
	w := aCaseToTell(t)
	for i := range count {
		if err := w.add(w.caseID, fmt.Sprintf("photo %d.jpg", i+1), string(noisy(side, i))); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func readPDF(t *testing.T, path string, arguments ...string) string {
	t.Helper()
	text, err := exec.CommandContext(t.Context(), "pdftotext", append(arguments, path, "-")...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %s", err, text)
	}
	return strings.Join(strings.Fields(string(text)), " ")
}

func TestAnUploadSetHasAllPagesOnceInVolumesThatAnAuthorityTakes(t *testing.T) {
	w := withPhotos(t, 4, 1300)
	folder := filepath.Join(t.TempDir(), "upload")
	set, err := w.ExportUploadSet(t.Context(), casework.UploadSet{ExportDossier: casework.ExportDossier{CaseID: w.caseID, Language: i18n.English,
		Addressee: "es-omic", Anyway: true}, Folder: folder}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Unfit) > 0 || len(set.Volumes) < 2 || len(set.Volumes) > set.Limits.Files {
		t.Fatalf("made was %+v", set)
	}
	complete, err := os.ReadFile(set.Complete.Path)
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(complete); hex.EncodeToString(sum[:]) != set.Complete.SHA256 {
		t.Error("the complete dossier has another hash")
	}
	total, next := int64(0), 1
	for i, volume := range set.Volumes {
		path := filepath.Join(folder, volume.Name)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if volume.First != next || int64(len(data)) != volume.Size || volume.Size > set.Limits.FileBytes {
			t.Errorf("%+v follows page %d", volume, next-1)
		}
		next = volume.Last + 1
		total += volume.Size
		if len(volume.Name) >= 50 || regexp.MustCompile(`[^A-Za-z0-9.-]`).MatchString(volume.Name) {
			t.Errorf("it is called %q", volume.Name)
		}
		if broken, err := pdfatest.Broken(data); err != nil || len(broken) > 0 {
			t.Errorf("%s: %.500q, %v", volume.Name, broken, err)
		}
		if said, err := exec.CommandContext(t.Context(), "qpdf", "--check", path).CombinedOutput(); err != nil {
			t.Errorf("%s: %s", volume.Name, said)
		}
		if bytes.Contains(data, []byte("/EmbeddedFiles")) {
			t.Errorf("%s has files embedded", volume.Name)
		}
		read := readPDF(t, path)
		says := fmt.Sprintf("Volume %d of %d · pages %d–%d · complete dossier: SHA-256 %s", i+1, len(set.Volumes), volume.First, volume.Last, set.Complete.SHA256)
		if count := strings.Count(read, says); count != volume.Last-volume.First+1 {
			t.Errorf("%d pages of %s say %q", count, volume.Name, says)
		}
		if first := readPDF(t, path, "-l", "1"); !strings.Contains(first, fmt.Sprintf("%d / ", volume.First)) {
			t.Errorf("the first page of %s is not numbered %d", volume.Name, volume.First)
		}
	}
	if total > set.Limits.TotalBytes {
		t.Errorf("together they have %d bytes", total)
	}
	if whole := readPDF(t, set.Complete.Path); !strings.Contains(whole, fmt.Sprintf("%d / %d", next-1, next-1)) {
		t.Errorf("the volumes end with page %d", next-1)
	}
	facts, err := os.ReadFile(set.Facts)
	if err != nil || utf8.RuneCount(facts) > 1500 || len(facts) == 0 {
		t.Errorf("the facts have %d characters, %v", utf8.RuneCount(facts), err)
	}
	exports, err := w.Exports(t.Context(), w.caseID)
	if err != nil || len(exports) != 1+len(set.Volumes) || exports[0].Value.SHA256 != set.Complete.SHA256 || exports[1].Value.Edition != "volume" {
		t.Errorf("on record are %+v, %v", exports, err)
	}
}

func TestAnUploadSetTakesSmallPicturesAndSaysWhatDoesNotFitAllTheSame(t *testing.T) {
	w := withPhotos(t, 2, 2600) // each larger than any volume
	folder := filepath.Join(t.TempDir(), "upload")
	n := casework.UploadSet{ExportDossier: casework.ExportDossier{CaseID: w.caseID, Language: i18n.English, Edition: dossier.HeadOffice}, Folder: folder}
	set, err := w.ExportUploadSet(t.Context(), n, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !set.SmallPictures || len(set.Unfit) > 0 || set.Limits != addressee.Usual {
		t.Errorf("made was %+v", set)
	}
	if read := readPDF(t, filepath.Join(folder, set.Volumes[0].Name)); strings.Contains(read, "did not fit") {
		t.Error("it says that something did not fit")
	}
	_, err = w.ExportUploadSet(t.Context(), n, nil)
	requireProblem(t, err, problem.FileExists)
	n.Folder, n.Edition = folder+"-press", dossier.Press
	_, err = w.ExportUploadSet(t.Context(), n, nil)
	requireProblem(t, err, problem.NotAChoice)
	if _, err := os.Stat(n.Folder); err == nil {
		t.Error("the press got a folder")
	}
	left, err := os.ReadDir(filepath.Dir(folder))
	if err != nil || len(left) != 1 {
		t.Errorf("left behind is %v, %v", left, err)
	}
}

func TestWhatFitsNoVolumeIsSaidOnEachPageAndNamed(t *testing.T) {
	w := withPhotos(t, 30, 1000)
	folder := filepath.Join(t.TempDir(), "upload")
	set, err := w.ExportUploadSet(t.Context(), casework.UploadSet{ExportDossier: casework.ExportDossier{CaseID: w.caseID, Language: i18n.English,
		Edition: dossier.HeadOffice}, Folder: folder}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Unfit) == 0 || len(set.UnfitRows) == 0 || len(set.Volumes) > set.Limits.Files {
		t.Fatalf("%d pages in %d volumes, unfit are %v, %v", set.Volumes[len(set.Volumes)-1].Last, len(set.Volumes), set.Unfit, set.UnfitRows)
	}
	total := int64(0)
	for _, volume := range set.Volumes {
		total += volume.Size
		if !strings.Contains(readPDF(t, filepath.Join(folder, volume.Name), "-l", "1"), "were too large to upload") {
			t.Errorf("%s does not say that something is missing", volume.Name)
		}
	}
	if total > set.Limits.TotalBytes {
		t.Errorf("together they have %d bytes", total)
	}
}
