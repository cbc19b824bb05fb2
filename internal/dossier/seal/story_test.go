package seal_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/dossier/pdf"
	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
)

// drawn is a dossier as the layout leaves it.
type drawn struct {
	pages []byte
	pdf.Drawn
}

// draw lays out the story of a lost parcel, told rounds times.
func draw(t testing.TB, language i18n.Language, rounds int) drawn {
	t.Helper()
	return layOut(t, dossiertest.New(rounds), language)
}

// layOut lays a story out for the head office.
func layOut(t testing.TB, story *dossiertest.Story, language i18n.Language) drawn {
	t.Helper()
	return layOutEdition(t, story.File, story.Open, dossier.Options{Edition: dossier.HeadOffice, Language: language})
}

func layOutEdition(t testing.TB, file casefile.CaseFile, open func(string) (io.ReadCloser, error), o dossier.Options) drawn {
	t.Helper()
	o.GeneratedAt, o.Program = dossiertest.Now, "Constancia 0.1.0"
	o.RecordFingerprint = "44fc38cf0b4b1f2f5f4a2f6a0a4a44fc38cf0b4b1f2f5f4a2f6a0a4a44fc38cf"
	model, err := dossier.Compile(file, o)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	laidOut, err := pdf.Write(t.Context(), &out, model, pdf.Options{Open: open})
	if err != nil {
		t.Fatal(err)
	}
	return drawn{out.Bytes(), laidOut}
}

// finish finishes what was drawn, with files embedded.
func (d drawn) finish(t testing.TB, files ...seal.File) []byte {
	t.Helper()
	return d.finishWith(t, d.with(files...))
}

// with are the options for what was drawn, with files to embed.
func (d drawn) with(files ...seal.File) seal.Options {
	o := d.Options
	o.Files = files
	return o
}

func (d drawn) finishWith(t testing.TB, o seal.Options) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := seal.Finish(t.Context(), &out, d.pages, o); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// file is one to embed, from memory.
func file(name, mediaType string, data []byte) seal.File {
	sum := sha256.Sum256(data)
	return seal.File{
		Name: name, Description: "What " + name + " is", MediaType: mediaType, Modified: dossiertest.Now, Size: int64(len(data)),
		SHA256: hex.EncodeToString(sum[:]),
		Open:   func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil },
	}
}

// originals are files of several kinds, one of them with a name that is not ASCII.
func originals() []seal.File {
	return []seal.File{
		file("A-2 señora.jpg", "image/jpeg", dossiertest.JPEG(300, 200)),
		file("A-1 note.txt", "text/plain; charset=utf-8", bytes.Repeat([]byte("They said it was on the van.\n"), 200)),
		file("E-001.eml", "message/rfc822", []byte("From: a@example.org\r\n\r\nHello\r\n")),
	}
}

func save(t testing.TB, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dossier.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// run runs one of the tools that `make test` installs.
func run(t testing.TB, command string, arguments ...string) string {
	t.Helper()
	said, good := try(t, command, arguments...)
	if !good {
		t.Fatalf("%s: %s", command, said)
	}
	return said
}

// try runs a tool that may find something wrong.
func try(t testing.TB, command string, arguments ...string) (said string, good bool) {
	t.Helper()
	if _, err := exec.LookPath(command); err != nil {
		t.Fatalf("%s is not installed; make test installs it", command)
	}
	out, err := exec.CommandContext(t.Context(), command, arguments...).CombinedOutput()
	return string(out), err == nil
}

// skipWhenShort leaves a test out of -short runs, which are those under the race detector: nothing here runs at once.
func skipWhenShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it takes long under the race detector")
	}
}
