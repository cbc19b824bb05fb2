package casework_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

// archive packs files into a .zip.
func archive(t testing.TB, files map[string][]byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for name, content := range files {
		member, err := w.Create(name)
		if err == nil {
			_, err = member.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func TestMessagesOfATakeoutArchiveSayWhereTheyStoodInIt(t *testing.T) {
	t.Parallel()
	w := begin(t)
	first := bytes.ReplaceAll(append([]byte("X-Gmail-Labels: Recibidos,Importante\r\n"), email("Uno", "1", "%PDF")...), []byte("\r\n"), []byte("\n"))
	second := bytes.ReplaceAll(email("Dos", "2\r\nFrom ahora", ""), []byte("\r\n"), []byte("\n"))
	quoted := bytes.Replace(second, []byte("\nFrom"), []byte("\n>From"), 1)
	const member = "Takeout/Correo/Todo el correo, incluido Spam y Papelera.mbox"
	path := save(t, t.TempDir(), "takeout-20260301.zip", archive(t, map[string][]byte{
		member: mbox(first, quoted), "Takeout/archive_browser.html": []byte("<!DOCTYPE html>"),
	}))
	result := w.importFiles(path)
	requireCounts(t, result, 2, 0, 0, 0)
	if diff := cmp.Diff([]casework.ImportSkip{{Where: path + "/Takeout/archive_browser.html", Why: "not_mail"}}, result.Skips); diff != "" || result.Skipped != 1 {
		t.Errorf("passed over (-want +got):\n%s", diff)
	}
	w.requireStored(first, second)
	want := map[string]casefile.MessageSource{
		"Uno": {Form: "mbox", Position: 1, Offset: 51, Labels: []string{"Recibidos", "Importante"}},
		"Dos": {Form: "mboxo", Position: 2, Offset: 51 + int64(len(first)) + 52, Unquoted: 1},
	}
	for _, message := range w.file().Messages {
		one := want[message.Value.Reading.Subject]
		one.Kind, one.FetchedAt, one.Program, one.FileName, one.Member = "file", "2026-03-20T12:00:00Z", casework.Program, "takeout-20260301.zip", member
		if diff := cmp.Diff(one, message.Value.Source); diff != "" {
			t.Errorf("%q (-want +got):\n%s", message.Value.Reading.Subject, diff)
		}
	}
	w.requireHolds()
}

func TestALargeMessageThatADamagedArchiveCutsIsNamedAndNotStored(t *testing.T) {
	t.Parallel()
	w := begin(t)
	noise := make([]byte, 2<<20)
	_, _ = rand.NewChaCha8([32]byte{}).Read(noise)
	whole, cut := email("Uno", "1", ""), email("Fotos", hex.EncodeToString(noise), "")
	var packed bytes.Buffer
	gz := gzip.NewWriter(&packed)
	if _, err := gz.Write(mbox(whole, cut)); err != nil {
		t.Fatal(err)
	}
	if err := gz.Close(); err != nil {
		t.Fatal(err)
	}
	path := save(t, t.TempDir(), "correo.mbox.gz", packed.Bytes()[:packed.Len()-1000])
	result := w.importFiles(path)
	requireCounts(t, result, 1, 0, 0, 1)
	if failure := result.Failures[0]; failure.Where != path || failure.Problem.Code != problem.MailArchiveUnreadable {
		t.Errorf("it says %+v, %v", failure, failure.Problem)
	}
	w.requireStored(bytes.ReplaceAll(whole, []byte("\r\n"), []byte("\n")))
	w.requireHolds()
}
