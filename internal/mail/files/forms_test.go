package files

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/problem"
)

// taken is a message that a walk gave, with its place.
type taken struct {
	Body  string
	Place Place
}

// outcome is all that a walk told.
type outcome struct {
	Taken   []taken
	Failed  map[string]problem.Code
	Skipped map[string]Skip
}

// walkAll walks what lies in a folder under a name, and tells of paths below the folder.
func walkAll(t *testing.T, dir, name string) outcome {
	t.Helper()
	got := outcome{Failed: map[string]problem.Code{}, Skipped: map[string]Skip{}}
	below := func(path string) string {
		relative, err := filepath.Rel(dir, path)
		if err != nil {
			t.Error(err)
		}
		return filepath.ToSlash(relative)
	}
	err := Walk(t.Context(), []string{filepath.Join(dir, name)}, Receiver{
		Message: func(f File) error {
			content, err := io.ReadAll(f.Body)
			if err == nil {
				got.Taken = append(got.Taken, taken{string(content), f.Place()})
			}
			return err
		},
		Failed:  func(path string, why error) { got.Failed[below(path)] = problem.From(why).Code },
		Skipped: func(path string, why Skip) { got.Skipped[below(path)] = why },
	})
	if err != nil {
		t.Fatalf("the walk ended with %v", err)
	}
	return got
}

func gzipped(t testing.TB, content string) string {
	t.Helper()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := io.WriteString(w, content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.String()
}

// zipped packs pairs of a name and a content.
func zipped(t testing.TB, pairs ...string) string {
	t.Helper()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for i := 0; i < len(pairs); i += 2 {
		member, err := w.Create(pairs[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(member, pairs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.String()
}

const from = "From ana@correo.example Mon Mar  2 10:00:00 2026\n"

// counted is a message that tells the length of its body, as it stands in an mboxcl2.
func counted(subject, body string) string {
	return fmt.Sprintf("Subject: %s\nContent-Length: %d\n\n%s", subject, len(body), body)
}

func TestTheFormOfAnMboxIsToldByWhatStandsInIt(t *testing.T) {
	plain := "Subject: uno\n\nHola.\n"
	cut := "Hola.\n\nFrom ana@correo.example Mon Mar  2 10:00:00 2026\nSubject: dentro\n\n>From aquí\n"
	lying := "Subject: x\nContent-Length: 3\n\nHola.\n\n>From aquí\n"
	tests := []struct {
		name, content string
		want          []taken
	}{
		{"no line needs a mark", from + plain + "\n" + from + plain + "\n", []taken{
			{plain, Place{Form: Mbox, Position: 1, Offset: 49}},
			{plain, Place{Form: Mbox, Position: 2, Offset: 49 + int64(len(plain)) + 50}},
		}},
		{"a line with one mark", from + plain + "\n>From aquí.\n>From allá.\n> From acullá.\n", []taken{
			{plain + "\nFrom aquí.\nFrom allá.\n> From acullá.\n", Place{Form: MboxO, Position: 1, Offset: 49, Unquoted: 2}},
		}},
		{"a line with several marks", from + plain + "\n>From aquí.\n>>>From allá.\n", []taken{
			{plain + "\nFrom aquí.\n>>From allá.\n", Place{Form: MboxRD, Position: 1, Offset: 49, Unquoted: 2}},
		}},
		{"lengths that hold", from + counted("uno", cut) + "\n" + from + counted("dos", "") + "\n" + from + counted("tres", "fin"+"\n") + "\n", []taken{
			{counted("uno", cut), Place{Form: MboxCL2, Position: 1, Offset: 49}},
			{counted("dos", ""), Place{Form: MboxCL2, Position: 2, Offset: 49 + int64(len(counted("uno", cut))) + 50}},
			{counted("tres", "fin\n"), Place{Form: MboxCL2, Position: 3,
				Offset: 49 + int64(len(counted("uno", cut))) + 50 + int64(len(counted("dos", ""))) + 50}},
		}},
		{"lengths without an empty line behind them", from + counted("uno", "a\n") + from + counted("dos", "b\n"), []taken{
			{counted("uno", "a\n"), Place{Form: MboxCL2, Position: 1, Offset: 49}},
			{counted("dos", "b\n"), Place{Form: MboxCL2, Position: 2, Offset: 49 + int64(len(counted("uno", "a\n"))) + 49}},
		}},
		{"a length that lies", from + lying + "\n" + from + plain, []taken{
			{strings.Replace(lying, ">From", "From", 1), Place{Form: MboxO, Position: 1, Offset: 49, Unquoted: 1}},
			{plain, Place{Form: Mbox, Position: 2, Offset: 49 + int64(len(lying)) + 50}},
		}},
		{"a length of a later message only, by which a sender would swallow the next",
			from + plain + "\n" + from + counted("dos", "a\n\n"+from+plain) + "\n" + from + plain, []taken{
				{plain, Place{Form: Mbox, Position: 1, Offset: 49}},
				{counted("dos", "a\n\n"+from+plain)[:len(counted("dos", "a\n\n"+from+plain))-len("\n"+from+plain)],
					Place{Form: Mbox, Position: 2, Offset: 49 + int64(len(plain)) + 50}},
				{plain, Place{Form: Mbox, Position: 3, Offset: 204}},
				{plain, Place{Form: Mbox, Position: 4, Offset: 274}},
			}},
		{"a lying length among those that hold marks nothing anyway",
			from + counted("uno", "a\n") + "\n" + from + lying + "\n", []taken{
				{counted("uno", "a\n"), Place{Form: MboxCL2, Position: 1, Offset: 49}},
				{lying, Place{Form: Mbox, Position: 2, Offset: 49 + int64(len(counted("uno", "a\n"))) + 50}},
			}},
		{"a sentence that looks like a separator is followed by no header",
			from + plain + "\nFrom 9:00 to 14:00 we are open.\nCall us then.\n", []taken{
				{plain + "\nFrom 9:00 to 14:00 we are open.\nCall us then.\n", Place{Form: Mbox, Position: 1, Offset: 49}},
			}},
		{"what Thunderbird has deleted but not cleared away",
			"From - Mon Mar  2 10:00:00 2026\nX-Mozilla-Status: 0009\n" + plain + "\nFrom - Mon Mar  2 10:00:00 2026\nX-Mozilla-Status: 0001\n" + plain, []taken{
				{"X-Mozilla-Status: 0001\n" + plain, Place{Form: Mbox, Position: 2, Offset: 108}},
			}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := folder(t, map[string]string{"Bandeja": test.content, "Bandeja.gz": gzipped(t, test.content)})
			if diff := cmp.Diff(test.want, walkAll(t, dir, "Bandeja").Taken); diff != "" {
				t.Errorf("messages differ (-want +got):\n%s", diff)
			}
			for i := range test.want {
				test.want[i].Place.Gzip = true
			}
			if diff := cmp.Diff(test.want, walkAll(t, dir, "Bandeja.gz").Taken); diff != "" {
				t.Errorf("packed with gzip they differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSingleMessagesComeInEachFormThatMailProgramsSaveThemIn(t *testing.T) {
	property := "<?xml version=\"1.0\"?>\n<plist><dict><key>flags</key></dict></plist>\n"
	dir := folder(t, map[string]string{
		"uno.eml": letter, "uno.eml.gz": gzipped(t, letter),
		"1234.emlx": fmt.Sprintf("%-10d\n%s%s", len(letter), letter, property),
	})
	for name, want := range map[string]Place{
		"uno.eml": {Form: EML}, "uno.eml.gz": {Form: EML, Gzip: true}, "1234.emlx": {Form: EMLX, Offset: 11},
	} {
		if diff := cmp.Diff([]taken{{letter, want}}, walkAll(t, dir, name).Taken); diff != "" {
			t.Errorf("%s differs (-want +got):\n%s", name, diff)
		}
	}
}

func TestAFolderGivesItsMailAndSaysWhatItPassesOver(t *testing.T) {
	dir := folder(t, map[string]string{
		"Maildir/cur/1700000000.M1P2.host:2,S": letter, "Maildir/new/1700000001.M1P3.host": letter, "Maildir/tmp/1700000002": "Subje",
		"Mail/Local Folders/Bandeja": from + letter, "Mail/Local Folders/Bandeja.msf": "// <!-- <mdb:mork:z v=\"1.4\"/> -->\n",
		"tmp/nota.txt": "Date: 2 March\nBring bread.\n", "foto.jpg": "\xff\xd8\xff\xe0\x00\x10JFIF",
		"carta.docx": zipped(t, "word/document.xml", "<w:document/>"), "viejo.zip": zipped(t, "a/uno.eml", letter, "a/foto.png", "\x89PNG"),
		"saved.msg": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "old.doc": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "all.pst": "!BDN\x00",
	})
	if err := os.Symlink(dir, filepath.Join(dir, "círculo")); err != nil {
		t.Fatal(err)
	}
	got := walkAll(t, dir, ".")
	want := map[string]Skip{
		"Maildir/tmp": Undelivered, "Mail/Local Folders/Bandeja.msf": NotMail, "tmp/nota.txt": NotMail, "foto.jpg": NotMail,
		"carta.docx": NotMail, "viejo.zip/a/foto.png": NotMail, "old.doc": NotMail, "círculo": Link,
	}
	if diff := cmp.Diff(want, got.Skipped); diff != "" {
		t.Errorf("passed over (-want +got):\n%s", diff)
	}
	failed := map[string]problem.Code{"saved.msg": problem.OutlookFile, "all.pst": problem.OutlookFile}
	if diff := cmp.Diff(failed, got.Failed); diff != "" {
		t.Errorf("failed (-want +got):\n%s", diff)
	}
	if len(got.Taken) != 4 {
		t.Errorf("took %d messages, want 4: %+v", len(got.Taken), got.Taken)
	}
}

func TestATakeoutIsReadAsItIsWhateverItsLanguage(t *testing.T) {
	labelled := "X-GM-THRID: 1\nX-Gmail-Labels: =?UTF-8?Q?Recibidos,Abierto,Reclamaci=C3=B3n?=\n" + letter
	for _, name := range []string{
		"Takeout/Mail/All mail Including Spam and Trash.mbox",
		"Takeout/Correo/Todo el correo, incluido Spam y Papelera.mbox",
		"Takeout/Correu/Tots els correus, inclosos Correu brossa i Paperera.mbox",
	} {
		pairs := []string{
			"Takeout/archive_browser.html", "<!DOCTYPE html>", name, from + labelled + "\n" + from + letter + "\n",
			"Takeout/Mail/User Settings/Filters.json", "{\"from\": \"a\"}", "Takeout/Drive/otro.zip", zipped(t, "dentro.eml", letter),
			"../../etc/passwd.eml", letter,
		}
		dir := folder(t, map[string]string{"takeout.zip": zipped(t, pairs...), "takeout.tgz": gzipped(t, tarred(t, pairs...))})
		for _, archive := range []string{"takeout.zip", "takeout.tgz"} {
			got := walkAll(t, dir, archive)
			want := []taken{
				{labelled, Place{Form: Mbox, Member: name, Position: 1, Offset: 49, Labels: []string{"Recibidos", "Abierto", "Reclamación"}}},
				{letter, Place{Form: Mbox, Member: name, Position: 2, Offset: 49 + int64(len(labelled)) + 50}},
				{letter, Place{Form: EML, Member: "etc/passwd.eml"}},
			}
			if diff := cmp.Diff(want, got.Taken); diff != "" {
				t.Errorf("%s with %s (-want +got):\n%s", archive, name, diff)
			}
			skipped := map[string]Skip{
				archive + "/Takeout/archive_browser.html":            NotMail,
				archive + "/Takeout/Mail/User Settings/Filters.json": NotMail,
				archive + "/Takeout/Drive/otro.zip":                  Nested,
			}
			if diff := cmp.Diff(skipped, got.Skipped); diff != "" || len(got.Failed) > 0 {
				t.Errorf("%s passed over (-want +got), failed %v:\n%s", archive, got.Failed, diff)
			}
		}
	}
}

// tarred packs pairs of a name and a content.
func tarred(t testing.TB, pairs ...string) string {
	t.Helper()
	var packed bytes.Buffer
	w := tar.NewWriter(&packed)
	for i := 0; i < len(pairs); i += 2 {
		if err := w.WriteHeader(&tar.Header{Name: pairs[i], Mode: 0o600, Size: int64(len(pairs[i+1]))}); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, pairs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.String()
}

// zeros is an endless text.
type zeros struct{}

func (zeros) Read(into []byte) (int, error) {
	clear(into)
	return len(into), nil
}

// TestABombIsLeftAloneAfterALittle packs messages that would fill a disk.
func TestABombIsLeftAloneAfterALittle(t *testing.T) {
	const size = 90 << 20
	var single, archive bytes.Buffer
	write := func(w io.Writer) {
		if _, err := io.Copy(w, io.MultiReader(strings.NewReader(letter), io.LimitReader(zeros{}, size))); err != nil {
			t.Fatal(err)
		}
	}
	gz := gzip.NewWriter(&single)
	write(gz)
	zw := zip.NewWriter(&archive)
	for _, name := range []string{"a.eml", "b.eml"} {
		member, err := zw.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if name == "b.eml" {
			write(member)
		} else if _, err := io.WriteString(member, letter); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(gz.Close(), zw.Close()); err != nil {
		t.Fatal(err)
	}
	dir := folder(t, map[string]string{"bomb.gz": single.String(), "bomb.zip": archive.String()})
	for name, before := range map[string]int{"bomb.gz": 0, "bomb.zip": 1} {
		var taken int
		var read int64
		var failed []string
		err := Walk(t.Context(), []string{filepath.Join(dir, name)}, Receiver{
			Message: func(f File) error {
				n, err := io.Copy(io.Discard, f.Body)
				read += n
				if err == nil {
					taken++
				}
				return err
			},
			Failed: func(_ string, why error) { failed = append(failed, string(problem.From(why).Code)) },
		})
		if err != nil || taken != before || !cmp.Equal(failed, []string{string(problem.MailArchiveTooLarge)}) {
			t.Errorf("%s: took %d, failed %v, %v", name, taken, failed, err)
		}
		if read > 80<<20 {
			t.Errorf("%s: %d bytes were unpacked", name, read)
		}
	}
}

func TestAnArchiveThatIsDamagedOrLockedIsNamedAndTheOthersAreTaken(t *testing.T) {
	noise := make([]byte, 200_000) // packs badly, so that the first message is out before the cut
	_, _ = rand.NewChaCha8([32]byte{}).Read(noise)
	packed := gzipped(t, from+letter+"\n"+from+letter+hex.EncodeToString(noise))
	locked := []byte(zipped(t, "a.eml", letter, "b.eml", letter))
	// The flag that says "encrypted" in the list at the end, of the first file.
	at := bytes.Index(locked, []byte("PK\x01\x02"))
	locked[at+8] |= 1
	dir := folder(t, map[string]string{
		"a-cut.mbox.gz": packed[:len(packed)-20], "b-locked.zip": string(locked), "c-cut.zip": zipped(t, "a.eml", letter)[:60], "d.eml": letter,
	})
	got := walkAll(t, dir, ".")
	want := map[string]problem.Code{
		"a-cut.mbox.gz": problem.MailArchiveUnreadable, "b-locked.zip/a.eml": problem.MailArchiveUnreadable, "c-cut.zip": problem.MailArchiveUnreadable,
	}
	if diff := cmp.Diff(want, got.Failed); diff != "" {
		t.Errorf("failed (-want +got):\n%s", diff)
	}
	if len(got.Taken) != 3 { // the first of the cut mbox, the second of the locked archive, the message
		t.Errorf("took %d messages, want 3", len(got.Taken))
	}
}

func TestAWalkTellsHowManyBytesItHasRead(t *testing.T) {
	dir := folder(t, map[string]string{"a.eml": letter, "b.gz": gzipped(t, letter), "c.zip": zipped(t, "a.eml", letter), "foto.jpg": "\xff\xd8\xff"})
	var last int64
	err := Walk(t.Context(), []string{dir}, Receiver{
		Message: func(f File) error { _, err := io.Copy(io.Discard, f.Body); return err },
		Skipped: func(string, Skip) {},
		Read: func(bytes int64) {
			if bytes < last {
				t.Errorf("%d after %d", bytes, last)
			}
			last = bytes
		},
	})
	size := Size(context.Background(), []string{dir})
	if err != nil || last < size*3/4 || size == 0 {
		t.Errorf("read %d of %d bytes, %v", last, size, err)
	}
}

// FuzzCounted checks that any message comes out of an mbox that tells its length, and marks nothing, as it was.
func FuzzCounted(f *testing.F) {
	f.Add("Hola.\n\n" + from + "Subject: dentro\n\n>From aquí")
	f.Add("\r\n\r\nContent-Length: 7\n\n")
	f.Fuzz(func(t *testing.T, body string) {
		first, second := counted("uno", body+"\n"), counted("dos", "fin\n")
		dir := folder(t, map[string]string{"a": from + first + "\n" + from + second})
		got, err := walked(filepath.Join(dir, "a"))
		if diff := cmp.Diff([]string{"a#1: " + first, "a#2: " + second}, got); diff != "" || err != nil {
			t.Errorf("messages differ (-want +got), %v:\n%s", err, diff)
		}
	})
}
