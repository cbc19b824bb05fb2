package appended_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jung-kurt/gofpdf"

	"constancia/internal/dossier/pdf/appended"
)

// letter is a PDF of some pages, each saying its number.
func letter(pages int) []byte {
	pdf := gofpdf.New("P", "pt", "A4", "")
	pdf.SetFont("Helvetica", "", 20)
	for number := range pages {
		pdf.AddPage()
		pdf.Text(60, 80, fmt.Sprintf("Sheet %d", number+1))
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// by gives a PDF to qpdf and takes what it makes of it.
func by(t testing.TB, data []byte, options ...string) []byte {
	t.Helper()
	from, to := filepath.Join(t.TempDir(), "from.pdf"), filepath.Join(t.TempDir(), "to.pdf")
	if err := os.WriteFile(from, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("qpdf", append(options, from, to)...).CombinedOutput(); err != nil {
		t.Fatalf("qpdf: %v\n%s", err, out)
	}
	made, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// drawn places all pages of a document on pages of a new file, and gives what pdftotext reads in it.
func drawn(t testing.TB, document appended.Document) string {
	t.Helper()
	pdf := gofpdf.New("P", "pt", "A3", "")
	pdf.ImportObjects(document.Objects)
	pdf.ImportObjPos(document.Positions)
	for number, page := range document.Pages {
		name := fmt.Sprintf("/P%d", number)
		pdf.ImportTemplates(map[string]string{name: page.Form})
		pdf.AddPage()
		pdf.RawWriteStr("q 1 0 0 1 10 10 cm " + name + " Do Q")
	}
	path := filepath.Join(t.TempDir(), "drawn.pdf")
	if err := pdf.OutputFileAndClose(path); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("qpdf", "--check", path).CombinedOutput(); err != nil {
		t.Fatalf("qpdf: %v\n%s", err, out)
	}
	read, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(read)
}

func TestThePagesOfAFileAreDrawnWithWhatIsOnThem(t *testing.T) {
	for name, c := range map[string]struct {
		data          []byte
		pages         int
		width, height float64
		want          string
	}{
		"a letter":                     {letter(3), 3, 595, 842, "Sheet 3"},
		"three hundred pages":          {letter(300), 300, 595, 842, "Sheet 300"},
		"objects in streams":           {by(t, letter(2), "--object-streams=generate"), 2, 595, 842, "Sheet 2"},
		"a page lying on its side":     {by(t, letter(1), "--rotate=90:1"), 1, 842, 595, "Sheet 1"},
		"a page upside down":           {by(t, letter(1), "--rotate=180:1"), 1, 595, 842, "Sheet 1"},
		"only changing is forbidden":   {by(t, letter(1), "--encrypt", "", "owner", "256", "--modify=none", "--"), 1, 595, 842, "Sheet 1"},
		"a form that was filled in":    {form(), 1, 300, 200, "Clara Vidal"},
		"a table of objects that errs": {bytes.Replace(letter(1), []byte("startxref\n"), []byte("startxref\n9"), 1), 1, 595, 842, "Sheet 1"},
		"the end is missing":           {letter(2)[:len(letter(2))-200], 2, 595, 842, "Sheet 2"},
	} {
		t.Run(name, func(t *testing.T) {
			document, err := appended.Read(t.Context(), c.data, "key")
			if err != nil {
				t.Fatal(err)
			}
			first := document.Pages[0]
			if len(document.Pages) != c.pages || int(first.Width+0.5) != int(c.width) || int(first.Height+0.5) != int(c.height) {
				t.Errorf("%d pages of %.0f × %.0f", len(document.Pages), first.Width, first.Height)
			}
			if read := drawn(t, document); !bytes.Contains([]byte(read), []byte(c.want)) {
				t.Errorf("%q is not in %q", c.want, read)
			}
		})
	}
}

// form is a page with a field that says “Clara Vidal”, a hidden note, and a link.
func form() []byte {
	objects := []string{
		"<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [5 0 R]>> /OpenAction <</S /JavaScript /JS (app.alert\\(1\\))>>>>",
		"<</Type /Pages /Kids [3 0 R] /Count 1>>",
		"<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources <</Font <</F 7 0 R>>>> /Annots [5 0 R 8 0 R 9 0 R] /AA <</O <</S /JavaScript /JS (1)>>>>>>",
		stream("", "BT /F 12 Tf 20 150 Td (Name:) Tj ET"),
		"<</Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Clara Vidal) /Rect [80 140 220 165] /F 4 /AP <</N 6 0 R>>>>",
		stream("/Type /XObject /Subtype /Form /BBox [0 0 140 25] /Resources <</Font <</F 7 0 R>>>>", "BT /F 12 Tf 4 8 Td (Clara Vidal) Tj ET"),
		"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
		"<</Type /Annot /Subtype /FreeText /F 2 /Rect [0 0 90 20] /AP <</N 10 0 R>>>>",
		"<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /A <</S /URI /URI (http://tracker.example)>>>>",
		stream("/Type /XObject /Subtype /Form /BBox [0 0 90 20] /Resources <</Font <</F 7 0 R>>>>", "BT /F 12 Tf 4 8 Td (Hidden note) Tj ET"),
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	places := make([]int, len(objects))
	for i, object := range objects {
		places[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, place := range places {
		fmt.Fprintf(&out, "%010d 00000 n \n", place)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table)
	return out.Bytes()
}

func stream(dict, content string) string {
	return fmt.Sprintf("<<%s /Length %d>>\nstream\n%s\nendstream", dict, len(content), content)
}

func TestNothingComesAlongThatActsOrIsHidden(t *testing.T) {
	document, err := appended.Read(t.Context(), form(), "key")
	if err != nil {
		t.Fatal(err)
	}
	for _, object := range document.Objects {
		for _, unwanted := range []string{"JavaScript", "tracker.example", "Hidden note", "/Annots"} {
			if bytes.Contains(object, []byte(unwanted)) {
				t.Errorf("%q came along: %s", unwanted, object)
			}
		}
	}
}

// TestAFieldThatTheFileLeavesToItsReaderToDrawIsTold takes the field's appearance away.
func TestAFieldThatTheFileLeavesToItsReaderToDrawIsTold(t *testing.T) {
	shown, err := appended.Read(t.Context(), form(), "key")
	if err != nil || len(shown.Undrawn) > 0 {
		t.Errorf("a field with its drawing is told besides: %+v, %v", shown.Undrawn, err)
	}
	bare := bytes.Replace(form(), []byte("/AP <</N 6 0 R>>>>"), []byte("/Xx <</N 6 0 R>>>>"), 1)
	read, err := appended.Read(t.Context(), bare, "key")
	if want := (appended.Field{Name: "name", Value: "Clara Vidal"}); err != nil || len(read.Undrawn) != 1 || read.Undrawn[0] != want {
		t.Errorf("it tells %+v, %v", read.Undrawn, err)
	}
	for from, value := range map[string]string{"/V (Clara Vidal)": "/V <FEFF00D1>      ", "/FT /Tx /T (name) /V (Clara Vidal)": "/FT /Btn /T (name) /V /Off        "} {
		changed := bytes.Replace(bare, []byte(from), []byte(value), 1)
		read, err := appended.Read(t.Context(), changed, "key")
		if err != nil {
			t.Fatal(err)
		}
		if told := len(read.Undrawn) == 1 && read.Undrawn[0].Value == "Ñ"; told == strings.Contains(value, "Off") {
			t.Errorf("%s: it tells %+v", value, read.Undrawn)
		}
	}
}

func TestAFileWhosePagesCantBeShownSaysWhy(t *testing.T) {
	cyclic := bytes.Replace(form(), []byte("/Kids [3 0 R]"), []byte("/Kids [2 0 R]"), 1)
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"a password":              {by(t, letter(1), "--encrypt", "secret", "owner", "256", "--"), appended.ErrProtected},
		"an old kind of password": {by(t, letter(1), "--allow-weak-crypto", "--encrypt", "secret", "owner", "128", "--use-aes=n", "--"), appended.ErrProtected},
		"nothing":                 {nil, appended.ErrDamaged},
		"no PDF":                  {[]byte("%PDF-1.4 not shown"), appended.ErrDamaged},
		"pages within themselves": {cyclic, appended.ErrDamaged},
		"a thousand pages":        {letter(1000), appended.ErrTooLarge},
		"too many bytes":          {make([]byte, appended.MaxBytes+1), appended.ErrTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := appended.Read(t.Context(), c.data, "key"); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestReadingEndsWhenItIsCalledOff(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := appended.Read(ctx, letter(300), "key"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

// FuzzRead holds that no file does more than fail, and that what is read can be drawn.
func FuzzRead(f *testing.F) {
	f.Add(letter(1))
	f.Add(form())
	f.Add(form()[:len(form())-120])
	f.Add([]byte("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R>>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			t.Skip()
		}
		document, err := appended.Read(t.Context(), data, "key")
		if err != nil {
			return
		}
		for id, positions := range document.Positions {
			for at, target := range positions {
				if string(document.Objects[id][at:at+40]) != target || document.Objects[target] == nil {
					t.Fatalf("object %s refers to %s, which is not there", id, target)
				}
			}
		}
	})
}
