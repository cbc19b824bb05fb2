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
	"constancia/internal/dossier/addressee"
	"constancia/internal/i18n"
	"constancia/internal/problem"
)

// scanned is a signature on yellowish paper, with much paper around it.
func scanned(encode func(*bytes.Buffer, image.Image) error) []byte {
	paper := image.NewRGBA(image.Rect(0, 0, 2400, 1200))
	for i := 0; i < len(paper.Pix); i += 4 {
		copy(paper.Pix[i:], []byte{0xFA, 0xF4, 0xE8, 0xFF})
	}
	for x := 900; x < 1500; x++ {
		for y := range 30 {
			paper.Set(x, 550+y+(x-900)/6, color.RGBA{0x12, 0x1A, 0x60, 0xFF})
		}
	}
	var out bytes.Buffer
	if err := encode(&out, paper); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func TestASignatureIsKeptAsItIsDrawnWithoutThePaperAroundIt(t *testing.T) {
	w := begin(t)
	for name, encode := range map[string]func(*bytes.Buffer, image.Image) error{
		"PNG":  func(out *bytes.Buffer, i image.Image) error { return png.Encode(out, i) },
		"JPEG": func(out *bytes.Buffer, i image.Image) error { return jpeg.Encode(out, i, nil) },
	} {
		if err := w.KeepSignatureImage(t.Context(), bytes.NewReader(scanned(encode))); err != nil {
			t.Fatal(name, err)
		}
		kept, err := w.SignatureImage(t.Context())
		if err != nil {
			t.Fatal(name, err)
		}
		decoded, err := png.Decode(bytes.NewReader(kept))
		if err != nil {
			t.Fatal(name, err)
		}
		size := decoded.Bounds().Size()
		if size.X < 240 || size.X > 270 || size.Y < 45 || size.Y > 70 {
			t.Errorf("%s: it is %v, of 250 times 54", name, size)
		}
		corner := color.GrayModel.Convert(decoded.At(decoded.Bounds().Max.X-1, decoded.Bounds().Min.Y)).(color.Gray)
		if corner.Y != 0xFF {
			t.Errorf("%s: the paper is %d", name, corner.Y)
		}
	}
	if err := w.ForgetSignatureImage(t.Context()); err != nil {
		t.Fatal(err)
	}
	if kept, err := w.SignatureImage(t.Context()); err != nil || kept != nil {
		t.Errorf("after it was forgotten there are %d bytes, %v", len(kept), err)
	}
}

func TestWhatIsNoSignatureIsRefused(t *testing.T) {
	w := begin(t)
	var white bytes.Buffer
	if err := png.Encode(&white, image.NewRGBA(image.Rect(0, 0, 50, 50))); err != nil {
		t.Fatal(err)
	}
	for _, data := range [][]byte{nil, []byte("no picture"), white.Bytes(), bytes.Repeat([]byte("x"), 17<<20)} {
		requireProblem(t, w.KeepSignatureImage(t.Context(), bytes.NewReader(data)), problem.SignatureRefused)
	}
}

func TestADossierToBeSignedNeedsAKeptSignatureAndALetterHasItsLimit(t *testing.T) {
	w := aCaseToTell(t)
	n := casework.ExportDossier{CaseID: w.caseID, Language: i18n.English, WithSignature: true}
	var out bytes.Buffer
	_, err := w.PreviewDossier(t.Context(), n, &out, nil)
	requireProblem(t, err, problem.SignatureMissing)
	n.WithSignature, n.CoverNote = false, strings.Repeat("x", 6001)
	_, err = w.PreviewDossier(t.Context(), n, &out, nil)
	requireProblem(t, err, problem.TextTooLong)
}

func TestAllOptionsHoldForThePreviewAndForTheFile(t *testing.T) {
	w := aCaseToTell(t)
	if err := w.KeepSignatureImage(t.Context(), bytes.NewReader(scanned(func(out *bytes.Buffer, i image.Image) error { return png.Encode(out, i) }))); err != nil {
		t.Fatal(err)
	}
	n := casework.ExportDossier{CaseID: w.caseID, Language: i18n.English, Out: filepath.Join(t.TempDir(), "dossier.pdf"),
		Period: casework.Period{From: "2026-03-01"}, Sections: []dossier.Section{dossier.ChronologySection},
		CoverNote: "I ask you to read this.", WithSignature: true, Light: true}
	var preview bytes.Buffer
	if _, err := w.PreviewDossier(t.Context(), n, &preview, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := w.ExportDossier(t.Context(), n, nil); err != nil {
		t.Fatal(err)
	}
	verified, err := casework.VerifyDossier(t.Context(), n.Out)
	if err != nil || !verified.Holds {
		t.Fatalf("%+v, %v", verified, err)
	}
	for _, file := range verified.Files {
		if strings.Contains(file.Name, "note.txt") {
			t.Errorf("the light version holds %s", file.Name)
		}
	}
	read := func(data []byte) string {
		t.Helper()
		path := filepath.Join(t.TempDir(), "read.pdf")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		text, err := exec.CommandContext(t.Context(), "pdftotext", path, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	made, err := os.ReadFile(n.Out)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"preview": read(preview.Bytes()), "file": read(made)} {
		for _, want := range []string{"I ask you to read this.", "This dossier covers the period since 1 March 2026", "left these parts out", "light version"} {
			if !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
				t.Errorf("the %s does not say %q", name, want)
			}
		}
	}
}

func TestFilingDetailsAreKeptForTheirCaseAndThoseGivenGoFirst(t *testing.T) {
	w := aCaseToTell(t)
	kept := dossier.FilingDetails{TaxID: "12345678Z", Contract: "GM-1"}
	if err := w.KeepFilingDetails(t.Context(), w.caseID, dossier.FilingDetails{TaxID: " 12345678Z\n", Contract: "GM-1"}); err != nil {
		t.Fatal(err)
	}
	if got, err := w.FilingDetails(t.Context(), w.caseID); err != nil || got != kept {
		t.Errorf("kept are %+v, %v", got, err)
	}
	n := casework.ExportDossier{CaseID: w.caseID, Edition: dossier.Regulator, Addressee: "es-omic"}
	missing, err := w.FilingMissing(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	for _, need := range missing {
		if need == addressee.NeedTaxID || need == addressee.NeedContract {
			t.Errorf("%s is missing, though it is kept", need)
		}
	}
	if err := w.KeepFilingDetails(t.Context(), w.caseID, dossier.FilingDetails{}); err != nil {
		t.Fatal(err)
	}
	without, err := w.FilingMissing(t.Context(), n)
	if err != nil || len(without) <= len(missing) {
		t.Errorf("without them %v is missing, %v", without, err)
	}
	_, err = w.FilingDetails(t.Context(), "nowhere")
	requireProblem(t, err, problem.NotFound)
	requireProblem(t, w.KeepFilingDetails(t.Context(), "nowhere", kept), problem.NotFound)
}

func TestADossierForARegulatorSaysForWhomItWasMadeWhenNobodyWasNamed(t *testing.T) {
	w := aCaseToTell(t)
	n := casework.ExportDossier{CaseID: w.caseID, Edition: dossier.Regulator, Language: i18n.English, Out: filepath.Join(t.TempDir(), "a.pdf")}
	usual := addressee.Of("es")
	to, others, err := w.DossierAddressee(t.Context(), n)
	if err != nil || to.ID != usual[0].ID || !to.Assumed || len(others) != len(usual)-1 {
		t.Errorf("it goes to %+v, or to %d others, %v", to, len(others), err)
	}
	made, err := w.ExportDossier(t.Context(), n, nil)
	if err != nil || made.Addressee != to {
		t.Errorf("it was made for %+v, %v", made.Addressee, err)
	}
	if exports, err := w.Exports(t.Context(), w.caseID); err != nil || exports[0].Value.Addressee != usual[0].Name {
		t.Errorf("on record is %+v, %v", exports, err)
	}
	n.Addressee = "Somebody else"
	if to, others, err := w.DossierAddressee(t.Context(), n); err != nil || to != (casework.Addressed{Name: "Somebody else"}) || others != nil {
		t.Errorf("it goes to %+v, %v, %v", to, others, err)
	}
}
