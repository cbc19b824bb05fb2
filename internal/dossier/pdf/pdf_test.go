package pdf_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/dossier/pdf"
	"constancia/internal/i18n"
)

func TestADossierIsAValidFileWithEveryFontEmbedded(t *testing.T) {
	for name, story := range map[string]*dossiertest.Story{"story": dossiertest.New(1), "empty": dossiertest.Empty()} {
		t.Run(name, func(t *testing.T) {
			path := save(t, write(t, story, options(i18n.Spanish)))
			if out := run(t, "qpdf", "--check", path); strings.Contains(out, "WARNING") {
				t.Errorf("qpdf warns:\n%s", out)
			}
			fonts := strings.Split(strings.TrimSpace(run(t, "pdffonts", path)), "\n")[2:]
			if len(fonts) < 3 {
				t.Errorf("only %d fonts", len(fonts))
			}
			for _, font := range fonts {
				if !regexp.MustCompile(`\s+yes\s+(yes|no)\s+yes\s+`).MatchString(font) {
					t.Errorf("not embedded, or without a map to Unicode: %s", font)
				}
			}
		})
	}
}

func TestEverythingOfTheCaseCanBeReadFromTheText(t *testing.T) {
	for _, language := range i18n.Languages() {
		t.Run(string(language), func(t *testing.T) {
			t.Parallel()
			story := dossiertest.New(2)
			model, err := dossier.Compile(story.File, options(language))
			if err != nil {
				t.Fatal(err)
			}
			path := save(t, write(t, story, options(language)))
			read := text(t, path, "1", pages(t, path))
			var wanted []string
			for _, person := range model.People {
				wanted = append(wanted, person.Name)
			}
			for _, promise := range model.Promises {
				wanted = append(wanted, promise.What, string(promise.Tag))
			}
			for _, email := range model.Emails {
				wanted = append(wanted, email.Subject, email.SHA256)
			}
			for _, exhibit := range model.Exhibits {
				wanted = append(wanted, exhibit.SHA256, string(exhibit.Tag))
			}
			for _, row := range model.Chronology {
				wanted = append(wanted, string(row.Tag))
			}
			wanted = append(wanted, model.Title, model.Generated, model.Reference+"-000001")
			for _, want := range wanted {
				if !strings.Contains(read, strings.Join(strings.Fields(want), " ")) {
					t.Errorf("not in the text: %q", want)
				}
			}
		})
	}
}

func TestTheSummaryFitsOnePageWhateverTheLengths(t *testing.T) {
	long := strings.Repeat("Una frase que cuenta con mucho detalle lo que pasó aquel día en la tienda. ", 1400)
	cases := map[string]func(f *casefile.CaseFile){
		"as it is": func(*casefile.CaseFile) {},
		"long words of the person": func(f *casefile.CaseFile) {
			f.Case.Summary, f.Case.StillConcerned = long, long[:5000]
			f.Case.Outcome = slices.Repeat([]string{long[:2000]}, 9)
		},
		"long names": func(f *casefile.CaseFile) {
			f.Case.Title = long
			f.Case.Complainant.Name, f.Case.Complainant.Address = long[:5000], long
			for i := range f.Parties {
				f.Parties[i].Value.Name = long[:1000]
			}
		},
		"long rows": func(f *casefile.CaseFile) {
			for i := range f.Contacts {
				f.Contacts[i].Value.Summary = long[:1500]
			}
			for i := range f.Promises {
				f.Promises[i].Value.What = long[:1000]
			}
			for i := range f.Evidence {
				f.Evidence[i].Value.Shows = long[:2000]
			}
		},
		"one endless word": func(f *casefile.CaseFile) {
			f.Case.Title, f.Case.Summary = strings.Repeat("x", 3000), strings.Repeat("y", 3000)
		},
		"huge figures": func(f *casefile.CaseFile) {
			f.Case.Claimed = &casefile.Money{Minor: 987_654_321_098_765, Currency: "EUR"}
			hold := int64(9_876_543_210)
			f.Contacts[0].Value.HoldSeconds = &hold
		},
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			story := dossiertest.New(1)
			change(&story.File)
			path := save(t, write(t, story, options(i18n.Spanish)))
			first := text(t, path, "1", "1")
			for _, want := range []string{"MOMENTOS CLAVE", "QUÉ SE PROMETIÓ", "QUÉ SE PIDE", "ÚLTIMA RESPUESTA", "CUÁNDO SE ANOTÓ", "HUELLA DEL REGISTRO", "44fc38cf"} {
				if !strings.Contains(first, want) {
					t.Errorf("the first page lacks %q", want)
				}
			}
			assertInsidePage(t, path)
		})
	}
}

// assertInsidePage holds that no word of the first page leaves the type area.
func assertInsidePage(t *testing.T, path string) {
	t.Helper()
	const millimetre = 72 / 25.4
	word := regexp.MustCompile(`xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>`)
	found := word.FindAllStringSubmatch(run(t, "pdftotext", "-bbox", "-f", "1", "-l", "1", path, "-"), -1)
	if len(found) < 50 {
		t.Fatalf("only %d words on the first page", len(found))
	}
	for _, match := range found {
		var left, top, right, bottom float64
		if _, err := fmt.Sscan(strings.Join(match[1:5], " "), &left, &top, &right, &bottom); err != nil {
			t.Fatal(err)
		}
		if left < 23*millimetre || right > 191*millimetre || bottom > 289*millimetre {
			t.Errorf("%q leaves the type area: %.0f–%.0f mm, to %.0f mm", match[5], left/millimetre, right/millimetre, bottom/millimetre)
		}
	}
}

func TestTheChronologySaysHowTheCaseEndedWhereItDid(t *testing.T) {
	for name, c := range map[string]struct {
		story *dossiertest.Story
		on    *casefile.Due
		after string // what stands before it
	}{
		"between two contacts": {dossiertest.New(2), &casefile.Due{Date: "2026-06-25", Zone: dossiertest.Zone}, "junio de 2026"},
		"after all of them":    {dossiertest.New(2), &casefile.Due{Date: "2026-07-20", Zone: dossiertest.Zone}, "julio de 2026"},
		"on a day not known":   {dossiertest.New(1), nil, ""},
		"without any contact":  {dossiertest.Empty(), &casefile.Due{Date: "2026-07-20", Zone: dossiertest.Zone}, "julio de 2026"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.story.File.Case.Ending = &casefile.Ending{Kind: casefile.Partly, On: c.on, Note: "Pagaron sin disculparse."}
			c.story.File.Parties = append(c.story.File.Parties, casefile.Recorded[casefile.Party]{
				Value: casefile.Party{ID: "far", Name: "Reparaciones Nogal", Address: "Avenida del Puerto 4\n46021 València"}})
			path := save(t, write(t, c.story, options(i18n.Spanish)))
			first, read := text(t, path, "1", "1"), text(t, path, "2", pages(t, path))
			if !strings.Contains(first, "lo da por resuelto en parte") {
				t.Errorf("the first page does not say how it ended:\n%s", first)
			}
			_, chronology, _ := strings.Cut(read, c.after)
			for _, want := range []string{"resuelto en parte", "«Pagaron sin disculparse.»"} {
				if strings.Count(read, want) != 1 || !strings.Contains(chronology, want) {
					t.Errorf("%q does not stand once behind %q:\n%s", want, c.after, read)
				}
			}
			if want := "Avenida del Puerto 4, 46021 València"; !strings.Contains(read, want) {
				t.Errorf("nowhere: %q", want)
			}
		})
	}
}

func TestPrintedPageNumbersAreThoseOfTheFile(t *testing.T) {
	path := save(t, write(t, dossiertest.New(1), options(i18n.English)))
	total := pages(t, path)
	for page := 1; fmt.Sprint(page) != total; page++ {
		number := fmt.Sprint(page)
		if got := text(t, path, number, number); !strings.Contains(got, number+" / "+total) {
			t.Errorf("page %s does not say %q", number, number+" / "+total)
		}
	}
}

func TestLinksAndBookmarksLeadToPagesOfTheFile(t *testing.T) {
	path := save(t, write(t, dossiertest.New(1), options(i18n.English)))
	readable := run(t, "qpdf", "--qdf", "--object-streams=disable", path, "-")
	if links := strings.Count(readable, "/Subtype /Link"); links < 50 {
		t.Errorf("only %d links", links)
	}
	outline := run(t, "qpdf", "--json", "--json-key=outlines", path)
	for _, want := range []string{"Summary", "Chronology", "March 2026", "Promises", "A-2", "How to check this dossier"} {
		if !strings.Contains(outline, want) {
			t.Errorf("no bookmark %q", want)
		}
	}
	if strings.Contains(outline, `"destpageposfrom1": null`) {
		t.Error("a bookmark leads nowhere")
	}
}

func TestEveryPieceOfContentCarriesItsRole(t *testing.T) {
	path := save(t, write(t, dossiertest.New(1), options(i18n.English)))
	readable := run(t, "qpdf", "--qdf", "--object-streams=disable", path, "-")
	for _, role := range []string{"/H1 <<", "/H2 <<", "/H3 <<", "/P <<", "/TD <<", "/TH <<", "/LI <<", "/TOCI <<", "/Figure <<", "/Caption <<", "/BlockQuote <<", "/Artifact BMC"} {
		if !strings.Contains(readable, role) {
			t.Errorf("nothing is marked %s", role)
		}
	}
	begun, ended := strings.Count(readable, "BDC\n")+strings.Count(readable, "BMC\n"), strings.Count(readable, "EMC\n")
	if begun != ended {
		t.Errorf("%d pieces begun, %d ended", begun, ended)
	}
	if shown := strings.Count(readable, "TJ ET"); shown == 0 || begun < shown/4 {
		t.Errorf("%d texts in %d pieces", shown, begun)
	}
}

func TestTheSameCaseGivesTheSameBytes(t *testing.T) {
	first, second := write(t, dossiertest.New(1), options(i18n.Catalan)), write(t, dossiertest.New(1), options(i18n.Catalan))
	if !bytes.Equal(first, second) {
		t.Error("two runs differ")
	}
}

func TestHostileTextChangesThePageNotTheOutcome(t *testing.T) {
	nasty := "a\x00b\x07c\u202Ecod.exe\u200B \xff\xfe e\u0301 \U0001F600\U0001F4A9 漢字かな مرحبا ﷽ \U00012000\U00012001 \ufeff\u00ad \u0300\u0301\u0302"
	story := dossiertest.New(1)
	f := &story.File
	f.Case.Title, f.Case.Summary = "Título "+nasty, strings.Repeat(nasty+"\n", 100)
	for i := range f.Contacts {
		f.Contacts[i].Value.Summary = nasty + strings.Repeat("\n", 50) + "(fin) \\ % <</Type>> endstream"
	}
	f.Contacts[0].Value.Verbatim = strings.Repeat("palabra ", 5_000)
	for i := range f.Messages {
		f.Messages[i].Value.Reading.Subject = nasty
		f.Messages[i].Value.Reading.Text = strings.Repeat(">", 5000) + nasty + "\r\n" + strings.Repeat("> > > cita\r", 500)
	}
	for i := range f.People {
		f.People[i].Value.Name = "\n\t " + nasty
	}
	path := save(t, write(t, story, options(i18n.Spanish)))
	run(t, "qpdf", "--check", path)
	read := text(t, path, "1", pages(t, path))
	for _, want := range []string{"abccod.exe", "é", "\U0001F600\U0001F4A9", "漢字かな", "[U+12000 U+12001]", "Caracteres que no se muestran", `(fin) \ % <</Type>> endstream`} {
		if !strings.Contains(read, want) {
			t.Errorf("not in the text: %q", want)
		}
	}
}

func TestGreekCyrillicAndSymbolsAreDrawn(t *testing.T) {
	story := dossiertest.Empty()
	story.File.Case.Summary = "Καλημέρα · Здравствуйте · Łódź · ĄĘ ☎ ✔ ★ → € ŀ l·l ″ ①"
	path := save(t, write(t, story, options(i18n.English)))
	read := text(t, path, "1", "1")
	for _, want := range []string{"Καλημέρα", "Здравствуйте", "Łódź", "☎", "✔", "★", "→", "ŀ"} {
		if !strings.Contains(read, want) {
			t.Errorf("not drawn: %s", want)
		}
	}
}

func TestAFileThatCantBeShownIsDescribed(t *testing.T) {
	photo := dossiertest.JPEG(600, 400)
	cases := map[string]struct {
		data []byte
		want string
	}{
		"an image of any size":  {bomb(60_000, 60_000), "image is too large"},
		"a cut photo":           {photo[:len(photo)/2], "image is damaged"},
		"a cut screenshot":      {dossiertest.PNG(500, 300)[:900], "image is damaged"},
		"not an image":          {[]byte("GIF? no"), "can’t be shown as a picture"},
		"an empty file":         {nil, "can’t be shown as a picture"},
		"zero pixels":           {bomb(0, 0), "can’t be shown as a picture"},
		"a photo without a top": {photo[200:], "can’t be shown as a picture"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			story := dossiertest.Empty()
			story.Add("prueba.img", "image/png", "The proof", c.data)
			path := save(t, write(t, story, options(i18n.English)))
			if read := text(t, path, "2", pages(t, path)); !strings.Contains(read, c.want) || !strings.Contains(read, "prueba.img") {
				t.Errorf("%q is not said in: %s", c.want, read)
			}
		})
	}
}

func TestAFileThatCantBeOpenedIsDescribed(t *testing.T) {
	story := dossiertest.New(1)
	model, err := dossier.Compile(story.File, options(i18n.English))
	if err != nil {
		t.Fatal(err)
	}
	fails := func(string) (io.ReadCloser, error) { return nil, errors.New("gone") }
	_, data := finish(t, model, pdf.Options{Open: fails})
	path := save(t, data)
	if read := text(t, path, "2", pages(t, path)); !strings.Contains(read, "could not be opened") {
		t.Error("the dossier does not say that files could not be opened")
	}
}

func TestAStoppedExportSaysSo(t *testing.T) {
	model, err := dossier.Compile(dossiertest.New(1).File, options(i18n.English))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := pdf.Write(ctx, io.Discard, model, pdf.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestDocumentInformationNamesTheCase(t *testing.T) {
	path := save(t, write(t, dossiertest.New(1), options(i18n.Spanish)))
	info := run(t, "pdfinfo", path)
	for _, want := range []string{"Abrigo pagado y no entregado", "Clara Vidal Roca", "Constancia 0.1.0", "A4"} {
		if !strings.Contains(info, want) {
			t.Errorf("%q is not in the document information:\n%s", want, info)
		}
	}
}

// BenchmarkWrite lays out a case of 20 calls, its emails and exhibits.
func BenchmarkWrite(b *testing.B) {
	story := dossiertest.New(2)
	model, err := dossier.Compile(story.File, options(i18n.Spanish))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := pdf.Write(b.Context(), io.Discard, model, pdf.Options{Open: story.Open}); err != nil {
			b.Fatal(err)
		}
	}
}

// bomb is the beginning of a PNG that claims a size.
func bomb(width, height uint32) []byte {
	data := bytes.Clone(dossiertest.PNG(1, 1))
	for i := range 4 {
		data[16+i] = byte(width >> (24 - 8*i))
		data[20+i] = byte(height >> (24 - 8*i))
	}
	return fixHeaderSum(data)
}
