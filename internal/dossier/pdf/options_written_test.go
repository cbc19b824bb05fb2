package pdf_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"

	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

func TestTheCoveringLetterStandsBehindTheFirstPageOrBeforeAllElse(t *testing.T) {
	const words = "I enclose the record of my complaint, and ask you to decide it."
	for _, c := range []struct {
		edition dossier.Edition
		first   bool
		page    string
	}{
		{dossier.HeadOffice, false, "2"}, {dossier.HeadOffice, true, "1"}, {dossier.Regulator, false, "3"}, {dossier.Regulator, true, "1"},
	} {
		o := options(i18n.English)
		o.Edition, o.FilingFor = c.edition, "es-omic"
		o.Cover = dossier.Cover{Text: "Dear all,\n\n" + words, First: c.first, Signature: dossiertest.PNG(300, 90)}
		path := save(t, write(t, dossiertest.New(1), o))
		if !strings.Contains(text(t, path, c.page, c.page), words) {
			t.Errorf("%s: the letter is not on page %s", c.edition, c.page)
		}
		assertInsidePage(t, path)
		if out := run(t, "qpdf", "--check", path); strings.Contains(out, "WARNING") {
			t.Errorf("qpdf warns:\n%s", out)
		}
	}
}

func TestALongLetterGoesOnAndKeepsItsSignatureWithIt(t *testing.T) {
	o := options(i18n.Spanish)
	o.Cover = dossier.Cover{Text: strings.Repeat("Esta frase se repite muchas veces para llenar la carta. ", 40) + "\n\n" + strings.Repeat("Y esta también. ", 70),
		Signature: dossiertest.PNG(300, 90)}
	path := save(t, write(t, dossiertest.New(1), o))
	second := text(t, path, "3", "3")
	if !strings.Contains(second, "Y esta también.") || !strings.Contains(second, "Clara Vidal Roca") {
		t.Errorf("the second page of the letter reads %.300q", second)
	}
	if !strings.Contains(text(t, path, "4", "4"), "Índice") {
		t.Error("the contents do not follow the letter")
	}
}

// photo is a large picture with much detail.
func photo() []byte {
	drawn := image.NewRGBA(image.Rect(0, 0, 2000, 1500))
	for i := range drawn.Pix {
		drawn.Pix[i] = byte(i*i>>7 ^ i>>3)
	}
	for i := 3; i < len(drawn.Pix); i += 4 {
		drawn.Pix[i] = 0xFF
	}
	drawn.Set(0, 0, color.White)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, drawn, &jpeg.Options{Quality: 92}); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func TestTheLightVersionHasSmallPicturesAndStillTheHashOfEachOriginal(t *testing.T) {
	story := dossiertest.Empty()
	story.Add("photo.jpg", "image/jpeg", "The parcel", photo())
	o := options(i18n.English)
	whole := write(t, story, o)
	o.Light = true
	light := write(t, story, o)
	if len(light) > len(whole)/2 {
		t.Errorf("light it has %d bytes, else %d", len(light), len(whole))
	}
	path := save(t, light)
	read := text(t, path, "1", pages(t, path))
	for _, want := range []string{story.File.Evidence[0].Value.SHA256, "This is the light version"} {
		if !strings.Contains(read, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	for _, line := range strings.Split(run(t, "pdfimages", "-list", path), "\n")[2:] {
		if fields := strings.Fields(line); len(fields) > 4 && (len(fields[3]) > 4 || fields[3] == "2000") {
			t.Errorf("a picture is %s pixels wide", fields[3])
		}
	}
}

func TestAPeriodAndWhatIsLeftOutStandInTheDocument(t *testing.T) {
	for _, language := range i18n.Languages() {
		o := options(language)
		o.Period = dossier.Period{From: "2026-04-01", To: "2026-05-15"}
		o.Sections = []dossier.Section{dossier.ChronologySection, dossier.ExhibitsSection}
		story := dossiertest.New(2)
		path := save(t, write(t, story, o))
		model, err := dossier.Compile(story.File, o)
		if err != nil {
			t.Fatal(err)
		}
		said := strings.Join(strings.Fields(model.OmittedParts), " ")
		if !strings.Contains(text(t, path, "2", "2"), said) || strings.Count(text(t, path, "1", pages(t, path)), said) < 3 {
			t.Errorf("%s: contents, case and appendix do not all say %q", language, said)
		}
		told, _, _ := strings.Cut(model.Summary.Sentence, ". ")
		if !strings.Contains(text(t, path, "1", "1"), told) {
			t.Errorf("%s: the first page does not say %q", language, told)
		}
	}
}
