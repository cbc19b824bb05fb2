package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/problem"
)

const (
	letter  = "From: a@correo.example\r\nSubject: uno\r\n\r\nTexto.\r\n"
	another = "Subject: dos\nFrom: b@correo.example\n\nFrom aquí en adelante.\n\n>From el 2.\n"
)

// folder makes a folder of files; it gives its path.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// walked gives each message as "name#position: bytes", and everything that failed.
func walked(paths ...string) (got []string, failed error) {
	err := Walk(context.Background(), paths, Receiver{
		Message: func(f File) error {
			content, err := io.ReadAll(iotest.OneByteReader(f.Body))
			got = append(got, fmt.Sprintf("%s#%d: %s", filepath.Base(f.Name), f.Place().Position, content))
			return err
		},
		Failed:  func(_ string, why error) { failed = errors.Join(failed, why) },
		Skipped: func(string, Skip) {},
	})
	return got, errors.Join(err, failed)
}

func TestWalkGivesTheBytesOfEachMessageAsTheyStandInTheFile(t *testing.T) {
	tests := []struct {
		name, content string
		want          []string
	}{
		{"a message", letter, []string{"#0: " + letter}},
		{"a message with a byte order mark", "\xef\xbb\xbf" + letter, []string{"#0: \xef\xbb\xbf" + letter}},
		{"an mbox with one", "From a@b Mon Mar  2 10:00:00 2026\n" + letter + "\r\n", []string{"#1: " + letter}},
		{"an mbox with two, protected lines set free",
			"From a@b Mon Mar  2 10:00:00 2026\r\n" + letter + "\r\n" +
				"From - Tue Mar  3 10:00:00 2026\n" + another + "\n",
			[]string{"#1: " + letter, "#2: " + strings.Replace(another, ">From", "From", 1)}},
		{"twice protected lines lose one mark only", "From a@b 10:00:00\nTo: c\n\n>>From x\n>From\n> From y\n",
			[]string{"#1: To: c\n\n>From x\n>From\n> From y\n"}},
		{"a sentence that starts with From", "From a@b 10:00:00\nTo: c\n\nx\n\nFrom now on, no more.\n",
			[]string{"#1: To: c\n\nx\n\nFrom now on, no more.\n"}},
		{"a separator needs an empty line before it", "From a@b 10:00:00\nTo: c\n\nx\nFrom a@b 10:00:00\n",
			[]string{"#1: To: c\n\nx\nFrom a@b 10:00:00\n"}},
		{"empty lines within a message stay", "From a@b 10:00:00\nTo: c\n\n\n\nx\n\n\n\nFrom a@b 10:00:00\nTo: d\n\ny",
			[]string{"#1: To: c\n\n\n\nx\n\n\n", "#2: To: d\n\ny"}},
		{"a line longer than any buffer", "From a@b 10:00:00\nTo: c\n\n" + strings.Repeat("x", 100_000) + "\n\n",
			[]string{"#1: To: c\n\n" + strings.Repeat("x", 100_000) + "\n"}},
		{"an mbox that ends after its separator", "From a@b 10:00:00\nTo: c\n\nFrom a@b 10:00:00\n",
			[]string{"#1: To: c\n", "#2: "}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := folder(t, map[string]string{"correo": test.content})
			got, err := walked(filepath.Join(dir, "correo"))
			for i := range test.want {
				test.want[i] = "correo" + test.want[i]
			}
			if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
				t.Errorf("messages differ (-want +got), %v:\n%s", err, diff)
			}
		})
	}
}

func TestWalkTakesTheMessagesOfAFolderAndPassesOverTheRest(t *testing.T) {
	dir := folder(t, map[string]string{
		"b.eml": letter, "a/correo.mbox": "From a@b 10:00:00\n" + letter + "\nFrom a@b 10:00:00\n" + letter,
		"foto.jpg": "\xff\xd8\xff\xe0\x00\x10JFIF", "notas.txt": "Llamar el lunes: urgente.\n", "vacío": "",
	})
	if err := os.Symlink(dir, filepath.Join(dir, "círculo")); err != nil {
		t.Fatal(err)
	}
	got, err := walked(dir)
	want := []string{"correo.mbox#1: " + letter, "correo.mbox#2: " + letter, "b.eml#0: " + letter}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("messages differ (-want +got), %v:\n%s", err, diff)
	}
}

func TestWalkTellsWhatItCanNotRead(t *testing.T) {
	dir := folder(t, map[string]string{
		"nota.eml": "Esto no es un correo.\n", "foto.eml": "\xff\xd8\xff\xe0\x00", "vacío.eml": "",
		"json.eml": "{\"from\": \"a\",\n \"subject\": \"b\"}\n", "header.http": "HTTP/1.1 200 OK\nDate: x\n\n",
	})
	for name, want := range map[string]problem.Code{
		"nota.eml": problem.NotAMessage, "foto.eml": problem.NotAMessage, "vacío.eml": problem.NotAMessage,
		"json.eml": problem.NotAMessage, "header.http": problem.NotAMessage, "no está.eml": problem.FileNotFound,
	} {
		path := filepath.Join(dir, name)
		_, err := walked(path)
		if got := problem.From(err); got.Code != want || got.Values["path"] != path {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
}

func TestWalkGoesOnBehindWhatCanNotBeReadInAFolder(t *testing.T) {
	dir := folder(t, map[string]string{"a.eml": letter, "b.eml": letter, "c/d.eml": letter, "e.eml": letter})
	gone := []string{filepath.Join(dir, "b.eml"), filepath.Join(dir, "c")}
	var taken, failed []string
	err := Walk(t.Context(), []string{dir}, Receiver{
		Message: func(f File) error {
			taken = append(taken, filepath.Base(f.Name))
			for _, path := range gone { // the walk has seen their names already
				if err := os.RemoveAll(path); err != nil {
					return err
				}
			}
			return nil
		},
		Failed: func(path string, why error) {
			if problem.From(why).Code != problem.FileNotFound {
				t.Errorf("%s failed with %v", path, why)
			}
			failed = append(failed, path)
		},
		Skipped: func(string, Skip) {},
	})
	if diff := cmp.Diff([]string{"a.eml", "e.eml"}, taken); diff != "" || err != nil {
		t.Errorf("taken (-want +got), %v:\n%s", err, diff)
	}
	if diff := cmp.Diff(gone, failed); diff != "" {
		t.Errorf("failed (-want +got):\n%s", diff)
	}
}

// receiving is a receiver to which nothing may fail.
func receiving(message func(File) error) Receiver {
	return Receiver{
		Message: message,
		Failed:  func(path string, why error) { panic(path + ": " + why.Error()) },
		Skipped: func(string, Skip) {},
	}
}

func TestWalkEndsWithTheErrorOfTheReceiver(t *testing.T) {
	dir := folder(t, map[string]string{"a.mbox": strings.Repeat("From a@b 10:00:00\n"+letter+"\n", 3)})
	full := errors.New("disk full")
	calls := 0
	err := Walk(t.Context(), []string{dir}, receiving(func(File) error { calls++; return full }))
	if !errors.Is(err, full) || calls != 1 {
		t.Errorf("%d calls, %v", calls, err)
	}
}

func TestWalkEndsWhenItIsCanceled(t *testing.T) {
	dir := folder(t, map[string]string{"a.mbox": strings.Repeat("From a@b 10:00:00\n"+letter+"\n", 100_000)})
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	err := Walk(ctx, []string{dir}, receiving(func(File) error { calls++; cancel(); return nil }))
	if problem.From(err).Code != problem.Cancelled || calls > 1000 {
		t.Errorf("%d calls, %v", calls, err)
	}
}

// protectedLine is a line that an mbox has to protect, having been protected before or not.
var protectedLine = regexp.MustCompile(`(?m)^>*From `)

// FuzzWalk checks that any message that was put into an mbox comes out of it as it was.
func FuzzWalk(f *testing.F) {
	f.Add(letter)
	f.Add(another + "\n\nFrom a@b 10:00:00\n\n" + letter)
	f.Add(">>From x\r\n\r\n\r\nFrom\x00 y\n\n\n")
	f.Fuzz(func(t *testing.T, body string) {
		message := "Subject: x\n\n" + body + "\n"
		content := "From a@b 10:00:00\n" + protectedLine.ReplaceAllString(message, ">$0") + "\n" +
			"From a@b 10:00:00\nSubject: y\n\nz\n"
		path := filepath.Join(t.TempDir(), "a.mbox")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := walked(path)
		want := []string{"a.mbox#1: " + message, "a.mbox#2: Subject: y\n\nz\n"}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("messages differ (-want +got), %v:\n%s", err, diff)
		}
	})
}
