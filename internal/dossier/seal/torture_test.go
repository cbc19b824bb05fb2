package seal_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

// TestToolsFindNothingWrongInCasesThatNobodyExpects holds the worst that a case can hold to the same checks as any other.
func TestToolsFindNothingWrongInCasesThatNobodyExpects(t *testing.T) {
	skipWhenShort(t)
	first := map[string][]byte{}
	for name, story := range map[string]*dossiertest.Story{
		"nothing": dossiertest.Empty(), "odd texts": oddTexts(), "odd pictures": oddPictures(t), "5,000 contacts": dossiertest.New(500),
	} {
		drawn := layOut(t, story, i18n.Catalan)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			requireSound(t, drawn.finish(t, originals()...))
		})
		first[strings.ReplaceAll(name, " ", "-")] = drawn.asFirstPart(t)
	}
	t.Run("appended pages", func(t *testing.T) {
		t.Parallel()
		drawn := layOut(t, oddPapers(t), i18n.English)
		requireReadable(t, drawn.finish(t, originals()...))
	})
	t.Run("first part", func(t *testing.T) {
		t.Parallel()
		requirePreflight(t, first)
	})
}

// oddTexts has emoji in titles, words without end, and names that are read from right to left.
func oddTexts() *dossiertest.Story {
	story := dossiertest.New(2)
	f := &story.File
	endless := strings.Repeat("impossible", 1000)
	f.Case.Title = "\U0001F4E6 Paquet perdut \U0001F468\u200D\U0001F469\u200D\U0001F467 \U0001F1EA\U0001F1F8 \u2764\uFE0F \U0001F44D\U0001F3FD 1\uFE0F\u20E3"
	f.Case.Summary = "ara " + endless + " i " + strings.Repeat("\U0001F480", 3000)
	f.Case.StillConcerned = endless
	f.Case.Outcome = []string{endless, "\U0001F4B6 238,20 €"}
	f.Case.Complainant.Name = "محمد بن عبد الله (ابن العم) 12"
	f.Parties[0].Value.Name = "חברת משלוחים בע״מ"
	f.People[0].Value.Name = "فاطمة الزهراء"
	f.People[1].Value.Name = "יוסף " + endless
	f.Contacts[0].Value.Summary = "قال إن الطرد 4471 وصل (أمس) — но не пришла. ไม่มีใครโทร हिन्दी में 中文 日本語 한국어 e\u0301\u0323 \U0001F600"
	f.Contacts[1].Value.Verbatim = endless + "\x00\x1b\u202e\xff\U000E0001\uFFFF\u0378"
	f.Promises[0].Value.What = "\U0001F91D " + endless
	f.Messages[0].Value.Reading.Subject = "\U0001F381 " + endless
	f.Messages[1].Value.Reading.Text = strings.Repeat("مرحبا بكم في خدمة العملاء\n", 400) + endless
	for i := range f.Evidence {
		f.Evidence[i].Value.Shows = "\U0001F4F7 تصوير " + endless[:100*i]
		f.Evidence[i].Value.FileName = "foto\U0001F4F7\u202egpj.exe"
	}
	return story
}

// oddPictures has those that a PDF can't hold as they are.
func oddPictures(t *testing.T) *dossiertest.Story {
	t.Helper()
	deep := image.NewNRGBA64(image.Rect(0, 0, 320, 200))
	for y := range 200 {
		for x := range 320 {
			deep.Set(x, y, color.NRGBA64{uint16(x * 200), uint16(y * 300), 0x8000, uint16(0xFFFF - x*100)})
		}
	}
	var sixteen bytes.Buffer
	if err := png.Encode(&sixteen, deep); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	convert := func(name string, arguments ...string) []byte {
		path := filepath.Join(folder, name)
		run(t, "convert", append(append([]string{save(t, dossiertest.JPEG(300, 200))}, arguments...), path)...)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	story := dossiertest.Empty()
	story.Add("cmyk.jpg", "image/jpeg", "CMYK", convert("cmyk.jpg", "-colorspace", "CMYK"))
	story.Add("profund.png", "image/png", "16 bits", sixteen.Bytes())
	story.Add("entrellacat.png", "image/png", "Entrellaçat", convert("interlaced.png", "-interlace", "PNG"))
	story.Add("girat.jpg", "image/jpeg", "Girat", convert("rotated.jpg", "-orient", "RightTop", "-set", "EXIF:Orientation", "6"))
	story.Add("gris.jpg", "image/jpeg", "Gris", convert("grey.jpg", "-colorspace", "Gray"))
	story.Add("progressiu.jpg", "image/jpeg", "Progressiu", convert("progressive.jpg", "-interlace", "JPEG"))
	story.Add("paleta.png", "image/png", "Paleta", convert("palette.png", "-type", "Palette", "-colors", "9"))
	story.Add("bits.png", "image/png", "Un bit", convert("bits.png", "-monochrome", "-depth", "1"))
	story.Add("foto.webp", "image/webp", "WebP", convert("photo.webp"))
	story.Add("escaneig.tiff", "image/tiff", "TIFF", convert("scan.tiff", "-compress", "lzw"))
	story.Add("mapa.bmp", "image/bmp", "BMP", convert("map.bmp"))
	story.Add("trencat.jpg", "image/jpeg", "Trencat", dossiertest.JPEG(300, 200)[:2000])
	return story
}

// oddPapers has a PDF of 300 pages, one that is protected, one that is damaged, and one of another size and turned.
func oddPapers(t *testing.T) *dossiertest.Story {
	t.Helper()
	paper := func(pages int, turned bool) []byte {
		marks := ""
		if turned {
			marks = "[/CropBox [60 60 600 300] /Rotate 90 /PAGES pdfmark"
		}
		program := fmt.Sprintf("<</PageSize [1191 842]>> setpagedevice %s /Helvetica findfont 14 scalefont setfont "+
			"1 1 %d {90 700 moveto (Clause ) show 4 string cvs show gsave 0.5 .setfillconstantalpha /Multiply .setblendmode "+
			"0.1 0.5 0.8 setrgbcolor 300 500 120 0 360 arc fill grestore showpage} for", marks, pages)
		out := filepath.Join(t.TempDir(), "paper.pdf")
		run(t, "gs", "-q", "-dNOPAUSE", "-dBATCH", "-dALLOWPSTRANSPARENCY", "-sDEVICE=pdfwrite", "-o", out, "-c", program)
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	locked := filepath.Join(t.TempDir(), "locked.pdf")
	run(t, "qpdf", "--encrypt", "secret", "owner", "256", "--", save(t, paper(1, false)), locked)
	encrypted, err := os.ReadFile(locked)
	if err != nil {
		t.Fatal(err)
	}
	story := dossiertest.Empty()
	story.Add("contract.pdf", "application/pdf", "The contract", paper(300, false))
	story.Add("locked.pdf", "application/pdf", "A protected letter", encrypted)
	story.Add("cut.pdf", "application/pdf", "A letter that was cut", paper(4, false)[:2500])
	story.Add("plan.pdf", "application/pdf", "A plan", paper(2, true))
	story.File.Case.Complainant = casefile.Complainant{Name: "Clara Vidal"}
	return story
}
