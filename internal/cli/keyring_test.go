package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"constancia/internal/problem"
)

// TestNothingIsSignedInAnothersNameWhileTheKeyringIsSilent plays a computer whose key is in a keyring that is locked:
// there is a note that it is there, and the keyring is not asked.
func TestNothingIsSignedInAnothersNameWhileTheKeyringIsSilent(t *testing.T) {
	d := newDesk(t)
	id := d.makes("case", "new", "--title", "La lavadora", "--company", "Montalbeda")
	before := d.once(0, "record", "verify", "--json")
	keys, err := filepath.Glob(d.at("state/keys/*"))
	if err != nil || len(keys) != 1 {
		t.Fatalf("the keys are %v, %v", keys, err)
	}
	key, away := keys[0], d.at("key")
	if err := os.Rename(key, away); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(key+".keyring", nil, 0o600); err != nil {
		t.Fatal(err)
	}

	d.fails(problem.KeyringSilent, "contact", "log", "--case", id, "--summary", "Llamé")
	for _, words := range [][]string{
		{"case", "list"}, {"figures", "--case", id}, {"search", "lavadora"}, {"library", "check"}, {"record", "rebuild"},
	} {
		d.runs(0, words...)
	}

	if err := os.Rename(away, key); err != nil {
		t.Fatal(err)
	}
	if after := d.once(0, "record", "verify", "--json"); !bytes.Equal(after, before) {
		t.Errorf("the record was\n%s\nand is\n%s", before, after)
	}
	d.makes("contact", "log", "--case", id, "--summary", "Llamé otra vez")
}
