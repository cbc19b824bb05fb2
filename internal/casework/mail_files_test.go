package casework_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

// email is a message of the carrier's with the text and, if there is one, an attached PDF.
func email(subject, text, attachment string) []byte {
	head := "From: Corral <ayuda@corral.example>\r\nTo: dolores@example.org\r\nSubject: " + subject +
		"\r\nDate: Mon, 02 Mar 2026 10:05:00 +0100\r\nMessage-ID: <" + hex.EncodeToString([]byte(subject)) + "@corral.example>\r\nMIME-Version: 1.0\r\n"
	if attachment == "" {
		return []byte(head + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text + "\r\n")
	}
	return []byte(head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text +
		"\r\n--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"factura.pdf\"\r\n\r\n" +
		base64.StdEncoding.EncodeToString([]byte(attachment)) + "\r\n--b--\r\n")
}

// mbox joins messages as mail programs do, in the form where lines that begin with From are quoted (mboxrd).
func mbox(messages ...[]byte) []byte {
	var file bytes.Buffer
	for _, message := range messages {
		file.WriteString("From ayuda@corral.example Mon Mar  2 10:05:00 2026\n")
		file.Write(bytes.ReplaceAll(message, []byte("\r\n"), []byte("\n")))
		file.WriteString("\n")
	}
	return file.Bytes()
}

func save(t testing.TB, folder, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func (w *work) importFiles(paths ...string) casework.ImportResult {
	w.t.Helper()
	result, err := w.ImportFiles(w.t.Context(), w.caseID, paths, nil)
	if err != nil {
		w.t.Fatalf("failed to import: %v", err)
	}
	return result
}

// requireCounts compares how many messages an import took, knew, could not read whole, and could not take.
func requireCounts(t testing.TB, got casework.ImportResult, imported, already, defective, failed int64) {
	t.Helper()
	want := casework.ImportResult{Imported: imported, Already: already, Defective: defective, Failed: failed}
	got.Failures, got.Skipped, got.Skips, got.Acts = nil, 0, nil, nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// requireStored fails the test unless exactly these messages are on record, byte for byte.
func (w *work) requireStored(messages ...[]byte) {
	w.t.Helper()
	want := map[string]bool{}
	for _, message := range messages {
		sum := sha256.Sum256(message)
		want[hex.EncodeToString(sum[:])] = true
	}
	for _, message := range w.file().Messages {
		sum := message.Value.SHA256
		if !want[sum] {
			w.t.Errorf("%q is stored as something else: %s", message.Value.Reading.Subject, sum)
		}
		delete(want, sum)
		body, err := w.OpenContent(w.t.Context(), sum)
		if err != nil {
			w.t.Fatal(err)
		}
		digest := sha256.New()
		size, err := io.Copy(digest, body)
		_ = body.Close()
		if err != nil || hex.EncodeToString(digest.Sum(nil)) != sum || size != message.Value.Size {
			w.t.Errorf("its %d bytes come back as %d others, %v", message.Value.Size, size, err)
		}
	}
	if len(want) > 0 {
		w.t.Errorf("%d messages are not stored", len(want))
	}
}

func TestMessagesOfFilesAreTakenOnceWithWhatTheySay(t *testing.T) {
	t.Parallel()
	w := begin(t)
	folder := t.TempDir()
	invoice, lost := email("Su factura", "Adjunta.", "%PDF-1.7 invoice"), email("Envio perdido", "Lo sentimos.\r\n>From here on", "")
	single := save(t, folder, "factura.eml", invoice)
	many := save(t, folder, "Archivo", mbox(email("Uno", "1", ""), email("Dos", "2", ""), email("Uno", "1", "")))
	save(t, folder, "lost.eml", lost)
	save(t, folder, "notes.txt", []byte("Bread, milk.\n"))

	requireCounts(t, w.importFiles(single), 1, 0, 0, 0)
	requireCounts(t, w.importFiles(single, many), 2, 2, 0, 0)
	requireCounts(t, w.importFiles(folder), 1, 4, 0, 0)
	entries := w.entries()
	requireCounts(t, w.importFiles(folder, single, many), 0, 9, 0, 0)
	if w.entries() != entries {
		t.Error("an import of what is there adds entries")
	}
	unix := func(message []byte) []byte { return bytes.ReplaceAll(message, []byte("\r\n"), []byte("\n")) }
	w.requireStored(invoice, lost, unix(email("Uno", "1", "")), unix(email("Dos", "2", "")))

	for _, message := range w.file().Messages {
		source := message.Value.Source
		if source.Kind != "file" || source.Program != casework.Program || source.FetchedAt != "2026-03-20T12:00:00Z" {
			t.Errorf("%q comes from %+v", message.Value.Reading.Subject, source)
		}
		if message.Value.Reading.Subject == "Dos" && (source.FileName != "Archivo" || source.Position != 2) {
			t.Errorf("the second of the mbox comes from %+v", source)
		}
	}
	if hits, err := w.Search(t.Context(), w.caseID, "sentimos", 10); err != nil || len(hits) != 1 || hits[0].Kind != "message" || hits[0].CaseTitle != "The parcel that never came" {
		t.Errorf("the search finds %+v, %v", hits, err)
	}
	w.requireHolds()
}

func TestAnAttachmentBecomesEvidenceWithoutANumberAndAnInlinePictureStaysInTheText(t *testing.T) {
	t.Parallel()
	w := begin(t)
	picture := []byte("From: a@corral.example\r\nDate: Mon, 02 Mar 2026 10:05:00 +0100\r\nSubject: Logo\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n" +
		"--b\r\nContent-Type: text/html\r\n\r\n<p>Hello <img src=\"cid:logo\"></p>\r\n--b\r\nContent-Type: image/png\r\nContent-ID: <logo>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n--b--\r\n")
	document := []byte("From: a@corral.example\r\nDate: Mon, 02 Mar 2026 10:05:00 +0100\r\nSubject: Only a file\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: application/pdf; name=\"solo.pdf\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"solo.pdf\"\r\n\r\nJVBERg==\r\n")
	folder := t.TempDir()
	save(t, folder, "1.eml", email("Su factura", "Adjunta.", "%PDF-1.7 invoice"))
	save(t, folder, "2.eml", picture)
	save(t, folder, "3.eml", document)
	for range 2 {
		w.importFiles(folder)
	}
	items, err := w.Evidence(t.Context(), w.caseID)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, item := range items {
		body, err := w.OpenContent(t.Context(), item.Value.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(body)
		_ = body.Close()
		if err != nil {
			t.Fatal(err)
		}
		names[item.Value.FileName] = string(content)
		if item.Label != "" || item.Value.MediaType != "application/pdf" || item.Value.MessageID == "" || item.Value.Attachment == "" || item.Value.OccurredAt.Wall != "2026-03-02T10:05" {
			t.Errorf("it became evidence as %+v", item)
		}
	}
	if diff := cmp.Diff(map[string]string{"factura.pdf": "%PDF-1.7 invoice", "solo.pdf": "%PDF"}, names); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if err := w.RebuildRecord(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	w.requireHolds()
}

func TestAMessageThatIsBrokenIsStoredWholeAndCounted(t *testing.T) {
	t.Parallel()
	w := begin(t)
	folder := t.TempDir()
	broken := [][]byte{
		[]byte("From: a@corral.example\r\nSubject: No end\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext"),
		[]byte("From: a@corral.example\r\nSubject: Holes\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!%%%%\r\n"),
		[]byte("From: a@corral.example\r\nSubject: Odd bytes\r\nDate: yesterday\r\n\r\n\xff\xfe\x01\x02\r\n"),
	}
	for i, message := range broken {
		save(t, folder, fmt.Sprintf("%d.eml", i), message)
	}
	requireCounts(t, w.importFiles(folder), 3, 0, 3, 0)
	requireCounts(t, w.importFiles(folder), 0, 3, 0, 0)
	w.requireStored(broken...)
	w.requireHolds()
}

func TestAMessageOverAMebibyteGoesToTheVault(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	w := begin(t)
	folder := t.TempDir()
	large := email("Fotos", strings.Repeat("Una línea de texto muy larga.\r\n", 50_000), strings.Repeat("picture", 300_000))
	path := save(t, folder, "large.eml", large)
	requireCounts(t, w.importFiles(path, path), 1, 1, 0, 0)
	w.requireStored(large)
	sum := w.file().Messages[0].Value.SHA256
	if info, err := os.Stat(filepath.Join(w.Directory(), "vault", sum[:2], sum)); err != nil || info.Size() != int64(len(large)) {
		t.Errorf("it is not in the vault: %v", err)
	}
	if evidence := w.file().Evidence; len(evidence) != 1 || evidence[0].Value.Size != 2_100_000 {
		t.Errorf("its attachment is %+v", evidence)
	}
	w.requireHolds()
}

func TestAFileThatCanNotBeTakenIsNamedAndTheOthersAreTaken(t *testing.T) {
	w := begin(t)
	folder := t.TempDir()
	good := save(t, folder, "good.eml", email("Uno", "1", ""))
	shopping := save(t, folder, "list.txt", []byte("Bread, milk.\n"))
	missing := filepath.Join(folder, "missing.eml")
	result := w.importFiles(missing, shopping, good)
	requireCounts(t, result, 1, 0, 0, 2)
	want := map[string]problem.Code{missing: problem.FileNotFound, shopping: problem.NotAMessage}
	for _, failure := range result.Failures {
		if want[failure.Where] != failure.Problem.Code {
			t.Errorf("%s failed with %s", failure.Where, failure.Problem.Code)
		}
	}
	w.requireStored(email("Uno", "1", ""))
	w.requireHolds()
}

// sixty are messages with an attachment each.
func sixty() (messages [][]byte) {
	for i := range 60 {
		messages = append(messages, email(fmt.Sprintf("Mensaje %d", i), strings.Repeat("x", i), fmt.Sprintf("%%PDF %d", i%3)))
	}
	return messages
}

// filesOf is a folder with a file for each message.
func filesOf(t *testing.T, messages [][]byte) (folder string) {
	t.Helper()
	folder = t.TempDir()
	for i, message := range messages {
		save(t, folder, fmt.Sprintf("%03d.eml", i), message)
	}
	return folder
}

func TestTwoImportsAtOnceTakeEachMessageOnce(t *testing.T) {
	t.Parallel()
	w := begin(t)
	folder := t.TempDir()
	var messages [][]byte
	for i := range 40 {
		messages = append(messages, email(fmt.Sprintf("Mensaje %d", i), "x", fmt.Sprintf("%%PDF %d", i)))
		save(t, folder, fmt.Sprintf("%03d.eml", i), messages[i])
	}
	second := &work{t: t, now: w.now, caseID: w.caseID}
	second.open(w.Directory())
	results := make(chan casework.ImportResult, 2)
	for _, one := range []*work{w, second} {
		go func() {
			result, err := one.ImportFiles(t.Context(), one.caseID, []string{folder}, nil)
			if err != nil {
				t.Error(err)
			}
			results <- result
		}()
	}
	first, other := <-results, <-results
	if first.Imported+other.Imported != 40 || first.Already+other.Already != 40 || first.Failed+other.Failed != 0 {
		t.Errorf("together they say %+v and %+v", first, other)
	}
	w.requireStored(messages...)
	if count := len(w.file().Messages); count != 40 {
		t.Errorf("%d messages are on record", count)
	}
	if evidence := len(w.file().Evidence); evidence != 40 {
		t.Errorf("%d attachments became evidence, want 40", evidence)
	}
	w.requireHolds()
}

func TestAMessageOfTwoCasesIsOnRecordInEach(t *testing.T) {
	w := begin(t)
	path := save(t, t.TempDir(), "a.eml", email("Uno", "1", "%PDF"))
	requireCounts(t, w.importFiles(path), 1, 0, 0, 0)
	other, err := w.NewCase(t.Context(), theParcel())
	if err != nil {
		t.Fatal(err)
	}
	result, err := w.ImportFiles(t.Context(), other, []string{path}, nil)
	if err != nil {
		t.Fatal(err)
	}
	requireCounts(t, result, 1, 0, 0, 0)
	w.requireHolds()
}

func TestProgressTellsWhatIsBeingDone(t *testing.T) {
	w := begin(t)
	content := mbox(email("Uno", "1", ""), email("Dos", "2", ""))
	path, size := save(t, t.TempDir(), "a", content), int64(len(content))
	var told []casework.Progress
	if _, err := w.ImportFiles(t.Context(), w.caseID, []string{path}, func(p casework.Progress) { told = append(told, p) }); err != nil {
		t.Fatal(err)
	}
	want := []casework.Progress{{What: "importing", Done: size, Total: size}, {What: "importing", Done: size, Total: size, Count: 1},
		{What: "reading", Total: 2}, {What: "reading", Done: 1, Total: 2}, {What: "reading", Done: 2, Total: 2}}
	if !slices.Equal(told, want) {
		t.Errorf("it tells %+v, want %+v", told, want)
	}
}

func TestMailCountsAmongTheFigures(t *testing.T) {
	w := begin(t)
	w.importFiles(save(t, t.TempDir(), "a", mbox(email("Uno", "1", ""), email("Dos", "2", "%PDF"))))
	figures, err := w.Figures(t.Context(), w.caseID)
	if err != nil || figures.Messages != 2 || figures.Contacts != 2 || figures.ByChannel[casefile.Email] != 2 || figures.Days != 18 || figures.Evidence != 1 {
		t.Errorf("they are %+v, %v", figures, err)
	}
}
