package appended_test

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jung-kurt/gofpdf"

	"constancia/internal/dossier/pdf/appended"
	"constancia/internal/dossier/pdf/fonts"
)

// sheet is a PDF of one page, with a typeface in it.
func sheet(t testing.TB, draw func(*gofpdf.Fpdf)) []byte {
	t.Helper()
	program, err := fonts.Read("SourceSans3-Regular")
	if err != nil {
		t.Fatal(err)
	}
	pdf := gofpdf.New("P", "pt", "A4", "")
	pdf.AddUTF8FontFromBytes("sans", "", program)
	pdf.AddPage()
	pdf.SetFont("sans", "", 20)
	pdf.Text(60, 80, "Señora")
	draw(pdf)
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// written is a sheet with operators of one's own.
func written(t testing.TB, operators string) []byte {
	t.Helper()
	return sheet(t, func(pdf *gofpdf.Fpdf) { pdf.RawWriteStr(operators) })
}

func TestPagesAreHeldToTheRulesOfTheArchivalStandard(t *testing.T) {
	picture := func(name string) []byte {
		return sheet(t, func(pdf *gofpdf.Fpdf) {
			pdf.RegisterImageOptions(name, gofpdf.ImageOptions{})
			pdf.ImageOptions(name, 60, 100, 50, 0, false, gofpdf.ImageOptions{}, 0, "")
		})
	}
	folder := t.TempDir()
	plain, inks := filepath.Join(folder, "plain.jpg"), filepath.Join(folder, "inks.jpg")
	for path, space := range map[string]string{plain: "sRGB", inks: "CMYK"} {
		if out, err := exec.Command("convert", "-size", "30x20", "xc:white", "-colorspace", space, path).CombinedOutput(); err != nil {
			t.Fatalf("convert: %v\n%s", err, out)
		}
	}
	smoothed := bytes.Replace(picture(plain), []byte("/BitsPerComponent 8"), []byte("/Interpolate true  "), 1)
	transparent := sheet(t, func(pdf *gofpdf.Fpdf) { pdf.SetAlpha(0.5, "Multiply"); pdf.Circle(200, 200, 40, "F") })
	for name, c := range map[string]struct {
		data []byte
		want string // the section; empty: none is broken
	}{
		"an embedded typeface":         {written(t, ""), ""},
		"a photo":                      {picture(plain), ""},
		"something transparent":        {transparent, ""},
		"a picture in the content":     {written(t, "BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI"), ""},
		"by qpdf, in object streams":   {by(t, written(t, ""), "--object-streams=generate"), ""},
		"a typeface that is not there": {letter(1), "6.2.11.4.1"},
		"a photo for printing presses": {picture(inks), "6.2.4.3"},
		"a photo to be smoothed":       {smoothed, "6.2.8"},
		"colours of a printing press":  {written(t, "0 0 0 1 k"), "6.2.4.3"},
		"such within a picture":        {written(t, "BI /W 1 /H 1 /BPC 8 /CS /CMYK ID abcd EI"), "6.2.4.3"},
		"a layer":                      {written(t, "/OC /layer BDC EMC"), "6.9"},
		"an operator of its own":       {written(t, "1 2 shine"), "6.2.2"},
		"a state saved too often":      {written(t, strings.Repeat("q ", 30)+strings.Repeat("Q ", 30)), "6.1.13"},
		"a character without a glyph":  {written(t, "BT <4E00> Tj ET"), "6.2.11.8"},
	} {
		document, err := appended.Read(t.Context(), c.data, "key")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if section, _, _ := strings.Cut(document.Deviation, ":"); section != c.want {
			t.Errorf("%s: found is %q, want %q", name, document.Deviation, c.want)
		}
	}
}
