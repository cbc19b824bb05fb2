package durable_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"constancia/internal/durable"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

func requireFile(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Errorf("%s has %q, %v; want %q", path, got, err, want)
	}
}

func requireNames(t *testing.T, folder string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s has %q, want %q", folder, got, want)
	}
}

func TestAFileIsWrittenForItsOwnerInPlaceOfTheOneBefore(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "letter")
	for _, content := range []string{"first, and longer", "second"} {
		if err := durable.WriteFile(path, text(content)); err != nil {
			t.Fatal(err)
		}
		requireFile(t, path, content)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("it is %v, %v", info, err)
	}
	requireNames(t, folder, "letter")
}

func TestAFileThatCanNotBeWrittenWholeLeavesTheOneBefore(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "letter")
	if err := durable.WriteFile(path, text("whole")); err != nil {
		t.Fatal(err)
	}
	failed := errors.New("the ink is out")
	err := durable.WriteFile(path, func(w io.Writer) error { return errors.Join(text("ha")(w), failed) })
	if !errors.Is(err, failed) {
		t.Errorf("it says %v", err)
	}
	requireFile(t, path, "whole")
	requireNames(t, folder, "letter")
}

func TestRemovingAFileTakesWhatPowerCutsLeftOfItAndNothingElse(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "[a folder] with * in its name")
	if err := durable.MakeFolders(folder); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"key", ".key.123", ".key.45", "key-new", ".key-new.6", "other"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := durable.Remove(filepath.Join(folder, "key")); err != nil {
			t.Fatal(err)
		}
		requireNames(t, folder, ".key-new.6", "key-new", "other")
	}
	if err := durable.Remove(filepath.Join(folder, "nowhere", "key")); err != nil {
		t.Errorf("in no folder: %v", err)
	}
}

func TestFoldersAreMadeForTheirOwner(t *testing.T) {
	top := t.TempDir()
	path := filepath.Join(top, "one", "two", "three")
	for range 2 {
		if err := durable.MakeFolders(path); err != nil {
			t.Fatal(err)
		}
	}
	for folder := path; folder != top; folder = filepath.Dir(folder) {
		if info, err := os.Stat(folder); err != nil || info.Mode() != fs.ModeDir|0o700 {
			t.Errorf("%s is %v, %v", folder, info, err)
		}
	}
	file := filepath.Join(top, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := durable.MakeFolders(filepath.Join(file, "in a file")); err == nil {
		t.Error("there is a folder in a file")
	}
}
