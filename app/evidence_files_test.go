package app

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestWhatADroppedFolderHoldsIsTakenAndTheRestIsNamed(t *testing.T) {
	s := newScene(t)
	folder := t.TempDir()
	photos := filepath.Join(folder, "photos")
	outside := putFile(t, filepath.Join(folder, "outside.txt"), []byte("outside"))
	putFile(t, filepath.Join(photos, "b.jpg"), []byte("b"))
	putFile(t, filepath.Join(photos, "a", "c.jpg"), nil)
	putFile(t, filepath.Join(photos, ".hidden", "d.jpg"), []byte("d"))
	putFile(t, filepath.Join(photos, "Thumbs.db"), []byte("e"))
	locked := putFile(t, filepath.Join(photos, "locked.jpg"), []byte("f"))
	if err := os.Chmod(locked, 0); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"in the folder.txt": outside, "up": folder} {
		if err := os.Symlink(to, filepath.Join(photos, name)); err != nil {
			t.Fatal(err)
		}
	}
	nowhere, link := filepath.Join(folder, "nowhere"), filepath.Join(folder, "link.txt")
	if err := errors.Join(os.Symlink(filepath.Join(folder, "gone"), nowhere), os.Symlink(outside, link)); err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(folder, "empty")
	if err := os.Mkdir(empty, 0o700); err != nil {
		t.Fatal(err)
	}
	selection := s.drop(photos, empty, link, nowhere, filepath.Join(folder, "gone"), os.DevNull)
	var got []string
	for _, file := range selection.Files {
		got = append(got, file.Name)
	}
	want := []string{"c.jpg", "b.jpg", "link.txt"}
	if os.Geteuid() == 0 { // who may read everything
		want = []string{"c.jpg", "b.jpg", "locked.jpg", "link.txt"}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the files are %q, want %q", got, want)
	}
	got = nil
	for _, out := range selection.LeftOut {
		got = append(got, out.Name+" "+out.Reason)
	}
	want = []string{"in the folder.txt link", "up link", "empty empty", "nowhere unreadable", "gone gone", "null unreadable"}
	if os.Geteuid() != 0 {
		want = slices.Insert(want, 1, "locked.jpg unreadable")
	}
	if !slices.Equal(got, want) {
		t.Errorf("left out are %q, want %q", got, want)
	}
}

func TestAHomeFolderThatFellOnTheWindowIsNotTakenWhole(t *testing.T) {
	s := newScene(t)
	folder := t.TempDir()
	for i := range mostChosen + 3 {
		putFile(t, filepath.Join(folder, strings.Repeat("x", i%40+1)+time.Duration(i).String()), nil)
	}
	single := putFile(t, filepath.Join(t.TempDir(), "single.txt"), nil)
	selection := s.drop(folder, single)
	if len(selection.Files) != mostChosen || len(selection.LeftOut) != 2 {
		t.Fatalf("%d files, left out %+v", len(selection.Files), selection.LeftOut)
	}
	for i, name := range []string{filepath.Base(folder), "single.txt"} {
		if out := selection.LeftOut[i]; out.Name != name || out.Reason != leftOutTooMany {
			t.Errorf("left out is %+v", out)
		}
	}
}

func TestACopyForTheSystemsViewerHasANameThatEverySystemTakesAndThatHidesNothing(t *testing.T) {
	for name, want := range map[string]string{
		"photo.jpg":            "copy photo.jpg",
		"a\u202Egpj.pdf":       "copy a_gpj.pdf",
		"two\nlines.txt":       "copy two_lines.txt",
		`a:b*c?"<>|\/.png`:     "copy a_b_c_______.png",
		"trailing.pdf. .":      "copy trailing.pdf",
		".pdf":                 "copy .pdf",
		"CON.txt":              "copy CON.txt",
		"Núria 3ª gestión.ogg": "copy Núria 3ª gestión.ogg",
	} {
		if got := copyName(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
		if isHarmless(name) != isHarmless(copyName(name)) {
			t.Errorf("%q is not as harmless as its copy", name)
		}
	}
	if got := copyName(strings.Repeat("ñ", 300) + ".jpg"); len(got) > 200 || !strings.HasSuffix(got, ".jpg") {
		t.Errorf("a long name becomes %q", got)
	}
}

func TestAnEmptyFileAndAHostileNameAreKeptAsTheyAre(t *testing.T) {
	s := newScene(t)
	caseID := s.newCase()
	folder := t.TempDir()
	empty := putFile(t, filepath.Join(folder, "empty.txt"), nil)
	odd := putFile(t, filepath.Join(folder, "a\u202Egpj\n.txt"), bytes.Repeat([]byte("x"), 10))
	report, outcome := s.addAll(all(caseID, s.drop(empty, odd)))
	if report.State != jobDone || len(outcome.EntryIDs) != 2 {
		t.Fatalf("got %+v, %s", report, states(outcome))
	}
	for _, kept := range s.evidenceOf(caseID) {
		if err := (&Evidence{s.desk}).Open(caseID, kept.ID); err != nil {
			t.Errorf("%q is not opened: %v", kept.FileName, err)
		}
	}
}
