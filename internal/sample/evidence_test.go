package sample

import (
	"bytes"
	"encoding/csv"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/draw"

	"constancia/internal/i18n"
	"constancia/internal/sample/hall"
)

func TestThereAreSixEvidenceFilesOfTheKindsPeopleKeep(t *testing.T) {
	for _, language := range i18n.Languages() {
		kinds := map[string]int{}
		names := map[string]bool{}
		for _, file := range EvidenceFiles(language) {
			kinds[file.MediaType]++
			names[file.Name] = true
			if len(file.Body) == 0 || file.Shows == "" {
				t.Errorf("%s: %s is empty or says nothing", language, file.Name)
			}
		}
		want := map[string]int{"image/jpeg": 2, "image/png": 1, "application/pdf": 1, "text/plain": 1, "text/csv": 1}
		for kind, count := range want {
			if kinds[kind] != count {
				t.Errorf("%s: %d files of %s, want %d", language, kinds[kind], kind, count)
			}
		}
		if len(names) != 6 {
			t.Errorf("%s: %d names of files, want 6", language, len(names))
		}
	}
}

func TestEveryPictureDecodesAtASizeThatPrints(t *testing.T) {
	for _, language := range i18n.Languages() {
		for _, file := range EvidenceFiles(language) {
			kind, isImage := strings.CutPrefix(file.MediaType, "image/")
			if !isImage {
				continue
			}
			picture, format, err := image.Decode(bytes.NewReader(file.Body))
			if err != nil || format != kind {
				t.Errorf("%s: %s decodes as %q: %v", language, file.Name, format, err)
				continue
			}
			if size := picture.Bounds().Size(); size.X < 1200 || size.Y < 900 {
				t.Errorf("%s: %s is %v", language, file.Name, size)
			}
		}
	}
}

func TestThePapersAreSoundPDFs(t *testing.T) {
	qpdf, err := exec.LookPath("qpdf")
	if err != nil {
		t.Fatal("qpdf is not installed; make test installs it")
	}
	for _, language := range i18n.Languages() {
		w := wordsOf(language)
		for name, body := range map[string][]byte{"invoice": invoice(w), "receipt": receipt(w)} {
			path := filepath.Join(t.TempDir(), name+".pdf")
			if err := os.WriteFile(path, body, 0o600); err != nil {
				t.Fatal(err)
			}
			if told, err := exec.Command(qpdf, "--check", path).CombinedOutput(); err != nil {
				t.Errorf("%s: the %s is not sound: %s", language, name, told)
			}
		}
	}
}

func TestTheOperatorsLogHasEveryCallWithItsLength(t *testing.T) {
	w := wordsOf(i18n.Spanish)
	table := csv.NewReader(bytes.NewReader(callLog(w)))
	table.Comma = ';'
	rows, err := table.ReadAll()
	if err != nil || len(rows) != 21 {
		t.Fatalf("%d rows, want a heading and 20 calls: %v", len(rows), err)
	}
	want := []string{"2026-04-07", "10:02", w.text("calls.outgoing"), carrierPhone, "00:54:42"}
	if got := rows[9]; strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("the ninth call is %v, want %v: 44 min 12 s on hold and 10 min 30 s of talk", got, want)
	}
}

func TestTheSameFilesAreDrawnEveryTime(t *testing.T) {
	w := wordsOf(i18n.Catalan)
	first, second := drawFiles(w), drawFiles(w)
	for i := range first {
		if !bytes.Equal(first[i].Body, second[i].Body) {
			t.Errorf("%s differs when it is drawn again", first[i].Name)
		}
	}
}

// The photo is carried drawn, because drawing takes seconds. It is compared small, and within what rounding does.
func TestTheCarriedPhotoIsTheOneThatHallDraws(t *testing.T) {
	carried, _, err := image.Decode(bytes.NewReader(hallPhoto))
	if err != nil {
		t.Fatal(err)
	}
	const width, height = 64, 48
	small := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(small, small.Rect, carried, carried.Bounds(), draw.Src, nil)
	drawn := hall.Photo(width, height, 48)
	var difference int
	for i := range small.Pix {
		difference += max(int(small.Pix[i])-int(drawn.Pix[i]), int(drawn.Pix[i])-int(small.Pix[i]))
	}
	if mean := float64(difference) / float64(len(small.Pix)); mean > 4 {
		t.Errorf("a byte differs by %.1f on average: run go generate ./internal/sample", mean)
	}
}
