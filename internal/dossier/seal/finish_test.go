package seal_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/dossier/pdf"
	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
)

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	first := draw(t, i18n.Catalan, 1).finish(t, originals()...)
	for range 3 {
		if again := draw(t, i18n.Catalan, 1).finish(t, originals()...); !bytes.Equal(first, again) {
			t.Fatal("two runs differ")
		}
	}
}

func TestPhotographsThatStandApartAreWrittenWholeAndNoOthers(t *testing.T) {
	story := dossiertest.New(1)
	model, err := dossier.Compile(story.File, dossier.Options{
		Edition: dossier.HeadOffice, Language: i18n.English, GeneratedAt: dossiertest.Now, Program: "Constancia 0.1.0"})
	if err != nil {
		t.Fatal(err)
	}
	var pages, out bytes.Buffer
	drawn, err := pdf.Write(t.Context(), &pages, model, pdf.Options{Open: story.Open, Apart: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := seal.Finish(t.Context(), &out, pages.Bytes(), drawn.Options); err != nil {
		t.Fatal(err)
	}
	requireSound(t, out.Bytes())
	if len(drawn.Pictures) != 2 {
		t.Errorf("%d photographs stand apart", len(drawn.Pictures))
	}
	for name, photo := range map[string][]byte{"the receipt": dossiertest.JPEG(450, 600), "the letter": dossiertest.JPEG(496, 702)} {
		if bytes.Contains(pages.Bytes(), photo) || !bytes.Contains(out.Bytes(), photo) {
			t.Errorf("%s does not stand apart, or is not in the file", name)
		}
	}
	for stand, picture := range drawn.Pictures {
		picture.Size++
		drawn.Pictures[stand] = picture
	}
	if err := seal.Finish(t.Context(), io.Discard, pages.Bytes(), drawn.Options); !errors.Is(err, seal.ErrFileDiffers) {
		t.Errorf("photographs that have changed were taken: %v", err)
	}
}

func TestEmbeddedFilesComeOutWholeAndTheirListChecks(t *testing.T) {
	folder := t.TempDir()
	files := originals()
	path := save(t, draw(t, i18n.English, 1).finish(t, files...))
	run(t, "pdfdetach", "-saveall", "-o", folder, path)
	for _, file := range files {
		data, err := os.ReadFile(filepath.Join(folder, file.Name))
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != file.SHA256 {
			t.Errorf("%s came out changed", file.Name)
		}
	}
	said := run(t, "sh", "-c", `cd "$1" && sha256sum --strict -c SHA256SUMS.txt`, "sh", folder)
	if strings.Count(said, ": OK") != len(files) {
		t.Errorf("sha256sum says %s", said)
	}
}

func TestAFinishedDossierIsTaggedAndSaysWhatItIs(t *testing.T) {
	skipWhenShort(t)
	d := draw(t, i18n.Spanish, 1)
	path := save(t, d.finish(t))
	info := run(t, "pdfinfo", path)
	for _, want := range []string{"Tagged:          yes", "PDF version:     1.7", "Abrigo pagado y no entregado", "Constancia 0.1.0", "2026"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo lacks %q:\n%s", want, info)
		}
	}
	tree := run(t, "pdfinfo", "-struct-text", path)
	at := 0
	for _, want := range []string{"Abrigo pagado y no entregado", "Índice", "Cronología", "Promesas", "Cómo comprobar este dosier"} {
		next := strings.Index(tree[at:], want)
		if next < 0 {
			t.Fatalf("%q does not follow in the structure:\n%.2000s", want, tree)
		}
		at += next
	}
	for _, want := range []string{"H1", "Figure", "Link", "Document"} {
		if !strings.Contains(tree, want) {
			t.Errorf("the structure has no %s", want)
		}
	}
	meta := run(t, "pdfinfo", "-meta", path)
	for _, want := range []string{"<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>B<", "Abrigo pagado y no entregado", "<rdf:li>es</rdf:li>"} {
		if !strings.Contains(meta, want) {
			t.Errorf("the XMP lacks %q", want)
		}
	}
	for _, part := range []seal.Excerpt{{}, {First: 1, Last: 2}, {First: 2, Last: 3}} {
		o := d.Options
		o.Deviating, o.Excerpt = []int{3}, part
		claims := bytes.Contains(d.finishWith(t, o), []byte("pdfaid:part"))
		if wanted := part.Last == 2; claims != wanted {
			t.Errorf("%v: that it claims to be PDF/A is %t, while page 3 is not", part, claims)
		}
	}
}

// zeros are so many bytes that nobody holds.
type zeros struct{ left int64 }

func (z *zeros) Read(p []byte) (int, error) {
	if z.left == 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), z.left)
	clear(p[:n])
	z.left -= n
	return int(n), nil
}

func (*zeros) Close() error { return nil }

func TestMemoryDoesNotFollowTheSizeOfWhatIsEmbedded(t *testing.T) {
	const size = 256 << 20
	digest := sha256.New()
	if _, err := io.Copy(digest, &zeros{size}); err != nil {
		t.Fatal(err)
	}
	d := draw(t, i18n.English, 1)
	recording := seal.File{
		Name: "call.wav", MediaType: "audio/wav", Size: size, SHA256: hex.EncodeToString(digest.Sum(nil)),
		Open: func() (io.ReadCloser, error) { return &zeros{size}, nil },
	}
	allocated := func(files ...seal.File) int64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := seal.Finish(t.Context(), io.Discard, d.pages, d.with(files...))
		runtime.ReadMemStats(&after)
		if err != nil {
			t.Fatal(err)
		}
		return int64(after.TotalAlloc - before.TotalAlloc)
	}
	without := allocated()
	// A sync.Pool keeps what it is given as long as it likes, and under the race detector throws a part of it away: some
	// megabytes more or less say nothing. The size of the file would.
	if more := allocated(recording) - without; more > size/8 {
		t.Errorf("%d bytes more were used for a file of %d", more, size)
	}
}

func TestAFileThatIsNotWhatItsHashSaysStopsTheWriting(t *testing.T) {
	d := draw(t, i18n.English, 1)
	gone, other, short := originals()[0], originals()[0], originals()[0]
	gone.Open = func() (io.ReadCloser, error) { return nil, os.ErrNotExist }
	other.SHA256 = strings.Repeat("0", 64)
	short.Size++
	for name, file := range map[string]seal.File{"gone": gone, "other bytes": other, "another size": short} {
		err := seal.Finish(t.Context(), io.Discard, d.pages, d.with(file))
		if !errors.Is(err, seal.ErrFileDiffers) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestItEndsWhenItIsCalledOffWhileAFileIsCopied(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	endless := originals()[0]
	endless.Open = func() (io.ReadCloser, error) { cancel(); return &zeros{1 << 62}, nil }
	d := draw(t, i18n.English, 1)
	err := seal.Finish(ctx, io.Discard, d.pages, d.with(endless))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
}

func TestWhatIsNoPDFIsRefused(t *testing.T) {
	d := draw(t, i18n.English, 1)
	whole := d.pages
	for name, data := range map[string][]byte{
		"nothing": nil, "a text": []byte("%PDF-1.7\nstartxref\n99999\n"), "the first half": whole[:len(whole)/2],
		"a table that points elsewhere": bytes.Replace(whole, []byte("\n0000000009 00000 n"), []byte("\n0000000011 00000 n"), 1),
	} {
		if err := seal.Finish(t.Context(), io.Discard, data, d.Options); err == nil {
			t.Errorf("%s was finished", name)
		}
	}
	wrong, without := d.Options, d.Options
	wrong.Structure = seal.Structure{{Type: seal.Paragraph, Marks: []seal.Mark{{Page: 4000}}}}
	if err := seal.Finish(t.Context(), io.Discard, whole, wrong); err == nil {
		t.Error("a structure with a page that is not there was taken")
	}
	without.Fonts = nil
	if err := seal.Finish(t.Context(), io.Discard, whole, without); err == nil {
		t.Error("pages were finished without their fonts")
	}
	if err := seal.Finish(t.Context(), io.Discard, whole, d.Options); err != nil {
		t.Errorf("what is a PDF was refused: %v", err)
	}
}

func TestNamesOfFilesAreFitForEverySystem(t *testing.T) {
	for given, want := range map[string]string{
		`a/b\c:d*e?.txt`: "a_b_c_d_e_.txt", "señora\u202E.jpg": "señora.jpg", "line\nbreak": "line_break", "\xff.bin": "_.bin",
	} {
		if got := seal.FileName(given); got != want {
			t.Errorf("%q becomes %q, want %q", given, got, want)
		}
	}
}
