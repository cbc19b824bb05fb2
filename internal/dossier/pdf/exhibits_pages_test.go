package pdf_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jung-kurt/gofpdf"

	"constancia/internal/dossier/dossiertest"
	"constancia/internal/dossier/seal/pdfatest"
	"constancia/internal/i18n"
)

// contract is a PDF of some pages, each saying its number.
func contract(pages int) []byte {
	file := gofpdf.New("P", "mm", "A4", "")
	file.SetFont("Helvetica", "", 14)
	for number := range pages {
		file.AddPage()
		file.Text(30, 40, fmt.Sprintf("Clause %d", number+1))
	}
	var out bytes.Buffer
	if err := file.Output(&out); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func TestThePagesOfAPDFAreAppendedWithTagCaptionAndBatesNumber(t *testing.T) {
	story := dossiertest.Empty()
	story.Add("contrato.pdf", "application/pdf", "The contract", contract(300))
	path := save(t, finished(t, story))
	if out := run(t, "qpdf", "--check", path); strings.Contains(out, "WARNING") {
		t.Errorf("qpdf warns:\n%s", out)
	}
	read := text(t, path, "1", pages(t, path))
	for _, want := range []string{"The contract", "Clause 1 ", "Clause 300", "page 300 of 300", "-000300", "no file that holds these pages claims to be PDF/A"} {
		if !strings.Contains(read, want) {
			t.Errorf("not in the text: %q", want)
		}
	}
	if inside, err := os.ReadFile(path); err != nil || bytes.Contains(inside, []byte("pdfaid:part")) {
		t.Errorf("it claims to be PDF/A: %v", err)
	}
}

func TestADossierStaysPDFAWhenThePagesOfAnotherFileFollowItToo(t *testing.T) {
	other := dossiertest.New(1)
	story := dossiertest.Empty()
	story.Add("dosier.pdf", "application/pdf", "An earlier dossier", finished(t, other))
	data := finished(t, story)
	if broken, err := pdfatest.Broken(data); err != nil || len(broken) > 0 {
		t.Errorf("it breaks %v, %v", broken, err)
	}
	path := save(t, data)
	if read := text(t, path, "1", pages(t, path)); !strings.Contains(read, "follow PDF/A, the archival standard") {
		t.Error("it does not say that the pages follow PDF/A")
	}
	story.Add("contrato.pdf", "application/pdf", "The contract", contract(2))
	path = save(t, finished(t, story))
	if read := text(t, path, "1", pages(t, path)); !strings.Contains(read, "Those of A-2 do not follow PDF/A") {
		t.Error("it does not say which pages do not follow PDF/A")
	}
}

// finished is a story's dossier as it is written.
func finished(t *testing.T, story *dossiertest.Story) []byte {
	t.Helper()
	return write(t, story, options(i18n.English))
}

func TestADossierWithAppendedPagesIsTheSameEachTime(t *testing.T) {
	story := dossiertest.New(1)
	story.Add("contrato.pdf", "application/pdf", "El contrato", contract(5))
	story.Add("anexo.pdf", "application/pdf", "El anexo", contract(2))
	first := finished(t, story)
	for range 3 {
		if !bytes.Equal(first, finished(t, story)) {
			t.Fatal("two runs differ")
		}
	}
}

func TestAPDFThatCantBeShownIsDescribedAndNamed(t *testing.T) {
	locked := func() []byte {
		from, to := save(t, contract(1)), filepath.Join(t.TempDir(), "locked.pdf")
		run(t, "qpdf", "--encrypt", "secret", "owner", "256", "--", from, to)
		data, err := os.ReadFile(to)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}()
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"protected by a password": {locked, "protected by a password"},
		"no PDF at all":           {[]byte("%PDF-1.4 not shown"), "This PDF is damaged"},
		"a book":                  {contract(700), "too large to print"},
	} {
		t.Run(name, func(t *testing.T) {
			story := dossiertest.Empty()
			story.Add("prueba.pdf", "application/pdf", "The proof", c.data)
			path := save(t, write(t, story, options(i18n.English)))
			if read := text(t, path, "2", pages(t, path)); !strings.Contains(read, c.want) || !strings.Contains(read, "prueba.pdf") || strings.Contains(read, "PDF/A") {
				t.Errorf("%q is not said in: %s", c.want, read)
			}
		})
	}
}
