package casework_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/i18n"
	"constancia/internal/problem"
	"constancia/internal/raster"
)

// label is a grey picture with a red field from a quarter to half of its width and height.
func label(t *testing.T, format string) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 160, 160))
	for y := range 160 {
		for x := range 160 {
			shade := color.RGBA{0xb0, 0xb0, 0xb0, 0xff}
			if x >= 40 && x < 80 && y >= 40 && y < 80 {
				shade = color.RGBA{0xff, 0, 0, 0xff}
			}
			picture.SetRGBA(x, y, shade)
		}
	}
	var out bytes.Buffer
	err := png.Encode(&out, picture)
	if format == "jpeg" {
		out.Reset()
		err = jpeg.Encode(&out, picture, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// redInPictures counts the red pixels of all pictures that a PDF holds, and the pictures.
func redInPictures(t *testing.T, path string) (red, pictures int) {
	t.Helper()
	folder := t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "pdfimages", "-png", path, filepath.Join(folder, "p")).CombinedOutput(); err != nil {
		t.Fatalf("pdfimages, which make test installs: %v: %s", err, out)
	}
	names, err := filepath.Glob(filepath.Join(folder, "*.png"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		shown, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		for y := range shown.Bounds().Dy() {
			for x := range shown.Bounds().Dx() {
				if r, g, _, _ := shown.At(x, y).RGBA(); r > g+0x2000 {
					red++
				}
			}
		}
	}
	return red, len(names)
}

func TestWhatIsPaintedOverForThePressIsInNoPictureOfTheFile(t *testing.T) {
	for _, format := range []string{"png", "jpeg"} {
		w := begin(t)
		picture := label(t, format)
		for range 2 { // the same file under two numbers
			w.must(w.add(w.caseID, "label."+format, string(picture)))
		}
		export := func(edition dossier.Edition) string {
			out := filepath.Join(t.TempDir(), "dossier.pdf")
			n := casework.ExportDossier{CaseID: w.caseID, Edition: edition, Language: i18n.English, Out: out}
			if _, err := w.ExportDossier(t.Context(), n, nil); err != nil {
				t.Fatal(err)
			}
			return out
		}
		w.must(w.ChangePress(t.Context(), casework.ChangePress{CaseID: w.caseID, Exhibits: []string{"A-1", "A-2"}}))
		if red, pictures := redInPictures(t, export(dossier.Press)); pictures == 0 || red < 1000 {
			t.Fatalf("%s: before it is painted over, %d pictures show %d red pixels", format, pictures, red)
		}
		area := raster.Area{X: 0.2, Y: 0.2, Width: 0.35, Height: 0.35}
		w.must(w.ChangePress(t.Context(), casework.ChangePress{CaseID: w.caseID, Paint: []casework.PaintPicture{{Exhibit: "A-1", Areas: []raster.Area{area}}}}))
		out := export(dossier.Press)
		if red, pictures := redInPictures(t, out); pictures == 0 || red > 0 {
			t.Errorf("%s: %d pictures show %d red pixels", format, pictures, red)
		}
		text, err := exec.CommandContext(t.Context(), "pdftotext", out, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		sum := w.file().Evidence[0].Value.SHA256
		if strings.Count(string(text), "painted over parts of this picture") != 2 || strings.Contains(string(text), sum) {
			t.Errorf("%s: the pages do not say of both that they were painted over, or tell the hash of what is covered: %s", format, text)
		}
		if red, _ := redInPictures(t, export(dossier.HeadOffice)); red < 1000 {
			t.Errorf("%s: the head office does not see it whole", format)
		}
		preview, err := w.PreviewPress(t.Context(), w.caseID, i18n.English)
		if err != nil || len(preview.Exhibits) != 2 || len(preview.Exhibits[0].Painted) != 1 || preview.Exhibits[0].Painted[0] != area || len(preview.Exhibits[1].Painted) != 0 {
			t.Errorf("%s: the preview lists %+v, %v", format, preview.Exhibits, err)
		}
		w.must(w.ChangePress(t.Context(), casework.ChangePress{CaseID: w.caseID, Unpaint: []string{"A-1"}}))
		if red, _ := redInPictures(t, export(dossier.Press)); red < 1000 {
			t.Errorf("%s: the paint does not come off", format)
		}
	}
}

func TestOnlyPartsOfPicturesArePaintedOver(t *testing.T) {
	w := begin(t)
	w.must(w.add(w.caseID, "note.txt", "A note"))
	w.must(w.add(w.caseID, "label.png", string(label(t, "png"))))
	whole := raster.Area{Width: 1, Height: 1}
	for _, test := range []struct {
		exhibit string
		area    raster.Area
		want    problem.Code
	}{
		{"A-1", whole, problem.NotAPicture},
		{"A-9", whole, problem.NotFound},
		{"A-2", raster.Area{X: 0.5, Width: 0.6, Height: 1}, problem.NotAnArea},
		{"A-2", raster.Area{}, problem.NotAnArea},
	} {
		err := w.ChangePress(t.Context(), casework.ChangePress{CaseID: w.caseID, Paint: []casework.PaintPicture{{Exhibit: test.exhibit, Areas: []raster.Area{test.area}}}})
		requireProblem(t, err, test.want)
	}
}
