package casework_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"constancia/internal/casework"
)

func TestAnEarlierRecoveryKeyIsKeptWhenAnotherTakesItsPlace(t *testing.T) {
	w := begin(t)
	own := w.backUp(filepath.Join(t.TempDir(), "copies"))
	elsewhere := filepath.Join(t.TempDir(), "copies")
	other := begin(t).backUp(elsewhere)

	_, err := w.MakeBackup(t.Context(), casework.MakeBackup{Folder: elsewhere, Key: other.NewKey}, nil)
	if err != nil {
		t.Fatalf("with the key of another computer: %v", err)
	}
	keys := filepath.Join(w.Directory()+"-state", "keys")
	names, err := os.ReadDir(keys)
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]string{}
	for _, name := range names {
		if !strings.HasPrefix(name.Name(), "backup-key") {
			continue
		}
		key, err := os.ReadFile(filepath.Join(keys, name.Name()))
		if err != nil {
			t.Fatal(err)
		}
		kept[string(key)] = name.Name()
	}
	if len(kept) != 2 || kept[other.NewKey.Reveal()] != "backup-key" || !strings.HasPrefix(kept[own.NewKey.Reveal()], "backup-key-age1") {
		t.Errorf("what is kept goes by the names %q", names)
	}
}
