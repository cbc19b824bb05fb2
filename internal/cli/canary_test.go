package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"constancia/internal/cli"
)

const (
	password   = `Tr0ub4dor "canario-4471" \ 3`
	mistyped   = "Tr0ub4dor-canario-8823"
	passphrase = "siete gatos canario-6690 en el tejado"
	// witness is a text that is not secret. It must be found where secrets must not, or the search was blind.
	witness = "testigo-5512"
)

// desk is a computer at which the program is used, and at which everything it says is kept.
type desk struct {
	*testing.T
	folder    string
	variables map[string]string
	typed     string // what is typed, or comes from another program
	// secrets are what must not be written anywhere.
	secrets map[string][]byte
	// said is everything that came on stdout and stderr, by the command.
	said map[string][]byte
}

func newDesk(t *testing.T) *desk {
	d := &desk{T: t, folder: t.TempDir(), said: map[string][]byte{}}
	d.secrets = map[string][]byte{
		"the password": []byte("canario-4471"), "what was mistyped": []byte("canario-8823"), "the passphrase": []byte("canario-6690"),
	}
	d.variables = map[string]string{"MAIL_PASSWORD": password, "MISTYPED": mistyped, "LANG": "es_ES.UTF-8"}
	t.Setenv("CONSTANCIA_LIBRARY", d.at("library"))
	t.Setenv("CONSTANCIA_STATE", d.at("state"))
	return d
}

func (d *desk) at(name string) string { return filepath.Join(d.folder, name) }

func (d *desk) writes(name, content string) string {
	d.Helper()
	if err := os.WriteFile(d.at(name), []byte(content), 0o600); err != nil {
		d.Fatal(err)
	}
	return d.at(name)
}

// runs runs a command as a person and as a program would, the second time with its answer as JSON, which it gives.
func (d *desk) runs(exit int, words ...string) []byte {
	d.Helper()
	d.once(exit, append(slices.Clone(words), "--lang", "ca")...)
	return d.once(exit, append(slices.Clone(words), "--json")...)
}

// once runs a command, which must end with the code. It gives the answer, or what is told of the error.
func (d *desk) once(exit int, words ...string) []byte {
	d.Helper()
	var out, err bytes.Buffer
	code := cli.Run(d.Context(), words, cli.Streams{In: strings.NewReader(d.typed), Out: &out, Err: &err},
		cli.Environment{Variable: func(name string) string { return d.variables[name] }})
	if code != exit {
		d.Fatalf("%q ended with %d:\n%s%s", words, code, out.String(), err.String())
	}
	command := fmt.Sprintf("command %d (%s) ", len(d.said), strings.Join(words[:2], " "))
	d.said[command+"stdout"], d.said[command+"stderr"] = out.Bytes(), err.Bytes()
	if out.Len() == 0 {
		return err.Bytes()
	}
	return out.Bytes()
}

// makes runs a command that makes something, and gives its id.
func (d *desk) makes(words ...string) string {
	d.Helper()
	var made struct{ ID string }
	if err := json.Unmarshal(d.once(0, append(words, "--json")...), &made); err != nil || made.ID == "" {
		d.Fatalf("%q made nothing: %v", words, err)
	}
	return made.ID
}

// TestNothingSecretIsWrittenAnywhere does the program's whole work with secrets that are known, and looks for these in
// every file, in every answer and in every error, in whatever form and however packed.
func TestNothingSecretIsWrittenAnywhere(t *testing.T) {
	d := newDesk(t)
	id := d.makes("case", "new", "--title", "El "+witness, "--company", "Montalbeda", "--email", "elena@example.com")
	d.makes("contact", "log", "--case", id, "--when", "2026-03-02 10:05", "--summary", "Llamé por el "+witness)
	d.makes("evidence", "add", d.writes("photo.txt", witness+"\n"), "--case", id)
	d.importsMail(id)
	d.meetsParrots(id)
	d.mistypes(id)
	d.seals(id)
	d.exports(id)
	d.bundles(id)
	d.backups()
	d.runs(0, "record", "verify")
	d.runs(0, "library", "check")
	d.runs(0, "record", "rebuild")

	kept := filesUnder(t, d.at("state/keys"))
	for name, key := range kept {
		d.secrets["the key "+name] = key
	}
	if len(kept) != 2 || kept["backup-key"] == nil {
		t.Fatalf("the keys that are kept are %q", slices.Sorted(maps.Keys(kept)))
	}
	d.holdsNone()
}

// holdsNone looks for secrets in everything that was written and said, but for the place where keys are kept.
func (d *desk) holdsNone() {
	d.Helper()
	written := filesUnder(d.T, d.folder)
	for name := range written {
		if strings.HasPrefix(name, "state/keys/") {
			delete(written, name)
		}
	}
	for command, said := range d.said {
		written[command] = said
	}
	seen := map[string]bool{} // where the witness was
	for name, content := range written {
		for where, content := range contentsOf(d.T, name, content) {
			if bytes.Contains(content, []byte(witness)) {
				seen[where] = true
			}
			for secret, value := range d.secrets {
				for form, leak := range forms(value) {
					if bytes.Contains(content, leak) {
						d.Errorf("%s stands %s in %s", secret, form, where)
					}
				}
			}
		}
	}
	for _, place := range []string{
		"photo.txt", "library/constancia.db", "library/contents.db", "regulator.pdf > text", "regulator.eml > base64 > text",
	} {
		if !seen[place] {
			d.Errorf("the search does not see into %s, only into %q", place, slices.Sorted(maps.Keys(seen)))
		}
	}
}
