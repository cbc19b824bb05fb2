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

func TestOfAWholeMailboxOnlyWhatIsWantedComesIn(t *testing.T) {
	t.Parallel()
	w := begin(t)
	undated := []byte("From: Peña <p@corral.example>\nTo: dolores@example.org\nSubject: Sin fecha\n\nx\n")
	unix := func(message []byte) []byte { return bytes.ReplaceAll(message, []byte("\r\n"), []byte("\n")) }
	invoice, lost := unix(email("Su factura", "1", "%PDF")), unix(email("Envío perdido", "2", ""))
	other := bytes.Replace(bytes.Replace(lost, []byte("Corral <ayuda@corral"), []byte("Amiga <amiga@correo"), 1), []byte("02 Mar"), []byte("01 Mar"), 1)
	path := save(t, t.TempDir(), "todo.mbox", mbox(invoice, lost, other, undated))
	tests := []struct {
		name   string
		wanted casework.FilesImport
		want   []string
	}{
		{"everything", casework.FilesImport{}, []string{"Su factura", "Envío perdido", "Envío perdido", "Sin fecha"}},
		{"a company", casework.FilesImport{From: "CORRAL.example"}, []string{"Su factura", "Envío perdido", "Sin fecha"}},
		{"a name with an accent", casework.FilesImport{From: "peÑa"}, []string{"Sin fecha"}},
		{"a subject", casework.FilesImport{Subject: "envÍo", From: "corral"}, []string{"Envío perdido"}},
		{"a recipient", casework.FilesImport{To: "nadie@"}, nil},
		{"from a day on, in the sender's own time", casework.FilesImport{Since: "2026-03-02"}, []string{"Su factura", "Envío perdido", "Sin fecha"}},
	}
	w.importFiles(save(t, t.TempDir(), "known.eml", invoice))
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.wanted.CaseID, test.wanted.Paths = w.caseID, []string{path}
			found, err := w.FindInFiles(t.Context(), test.wanted, nil)
			if err != nil {
				t.Fatal(err)
			}
			var subjects []string
			for _, one := range found {
				subjects = append(subjects, one.Subject)
				if one.Already != (one.Subject == "Su factura") || one.Size == 0 {
					t.Errorf("it tells of %+v", one)
				}
			}
			if diff := cmp.Diff(test.want, subjects); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	result, err := w.ImportFromFiles(t.Context(), casework.FilesImport{CaseID: w.caseID, Paths: []string{path}, From: "corral"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	requireCounts(t, result, 2, 1, 0, 0)
	w.requireStored(invoice, lost, undated)
	_, err = w.FindInFiles(t.Context(), casework.FilesImport{CaseID: w.caseID, Since: "pronto"}, nil)
	requireProblem(t, err, problem.NotADate)
	w.requireHolds()
}
