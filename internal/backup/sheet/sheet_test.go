package sheet_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"constancia/internal/backup"
	"constancia/internal/backup/sheet"
	"constancia/internal/i18n"
)

// printed is a sheet on disk, with its key.
func printed(t testing.TB, language i18n.Language, folder string) (path, key string) {
	t.Helper()
	made, err := backup.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	err = sheet.Write(&page, sheet.Sheet{
		Language: language, Key: made.Text(), Folder: folder, Program: "Constancia 0.1.0",
		PrintedAt: time.Date(2026, 11, 22, 9, 30, 0, 0, time.FixedZone("CET", 3600)),
	})
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "sheet.pdf")
	if err := os.WriteFile(path, page.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, made.Text().Reveal()
}

// run runs one of the tools that `make test` installs.
func run(t testing.TB, name string, arguments ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Fatalf("%s is not installed; make test installs it", name)
	}
	out, err := exec.CommandContext(t.Context(), name, arguments...).Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(out)
}

func TestTheSheetHasTheKeyInGroupsAndInOnePieceAndSaysWhatToDo(t *testing.T) {
	for _, language := range i18n.Languages() {
		path, key := printed(t, language, "/media/rosa/LACIE/Copies of Constancia")
		text := run(t, "pdftotext", "-layout", path, "-")
		words := strings.Join(strings.Fields(text), " ")
		if !strings.Contains(words, key) {
			t.Errorf("%s: the key does not stand there in one piece", language)
		}
		for group := range strings.SplitSeq(key[16:36], "") {
			if !strings.Contains(words, group) {
				t.Errorf("%s: %q is missing", language, group)
			}
		}
		if first := key[16:21] + " " + key[21:26] + " " + key[26:31] + " " + key[31:36]; !strings.Contains(words, first) {
			t.Errorf("%s: the first line of groups, %q, is missing", language, first)
		}
		for _, want := range []string{"constancia backup restore --from", "age-encryption.org", "LACIE/Copies of",
			i18n.For(language).Text("sheet.title"), i18n.For(language).Text("sheet.step_1")} {
			if !strings.Contains(words, want) {
				t.Errorf("%s: %q is missing in %s", language, want, words)
			}
		}
	}
}

func TestTheSquareOnTheSheetScansAsTheKey(t *testing.T) {
	path, key := printed(t, i18n.Catalan, "/home/rosa/copies")
	picture := filepath.Join(t.TempDir(), "sheet")
	run(t, "pdftoppm", "-r", "120", "-gray", "-png", "-singlefile", path, picture)
	if got := strings.TrimSpace(run(t, "zbarimg", "--quiet", "--raw", picture+".png")); got != key {
		t.Errorf("it scans as %q", got)
	}
}

func TestTheSheetIsOnePageThatTellsTheKeyNowhereElse(t *testing.T) {
	for _, folder := range []string{"", "/short", "/" + strings.Repeat("a very long name of a folder/", 60)} {
		for _, language := range i18n.Languages() {
			path, key := printed(t, language, folder)
			about := run(t, "pdfinfo", path)
			if !strings.Contains(about, "Pages:           1") || !strings.Contains(about, "A4") {
				t.Errorf("%s: %s", language, about)
			}
			if strings.Contains(about, key[20:30]) {
				t.Errorf("%s: the properties tell the key", language)
			}
		}
	}
}
