package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"constancia/internal/i18n"
)

func TestEveryFindingOfABundleHasItsWords(t *testing.T) {
	text, err := os.ReadFile("../bundle/verify.go")
	if err != nil {
		t.Fatal(err)
	}
	codes := findings.FindAllStringSubmatch(string(text), -1)
	if len(codes) < 15 {
		t.Fatalf("only %d codes were found", len(codes))
	}
	for _, code := range codes {
		for _, language := range i18n.Languages() {
			if key := "cli.finding." + code[1]; !i18n.For(language).Has(key) {
				t.Errorf("%s has no %s", language, key)
			}
		}
	}
}

func TestABundleThatCanNotBeOpenedDoesNotHoldForPrograms(t *testing.T) {
	cut := filepath.Join(t.TempDir(), "cut.zip")
	if err := os.WriteFile(cut, []byte("PK\x03\x04 and nothing more"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, problems bytes.Buffer
	code := Run(t.Context(), []string{"--json", "bundle", "verify", cut}, Streams{Out: &out, Err: &problems},
		Environment{Variable: func(string) string { return "" }})
	if want := `{"holds":false,"problems":[{"what":"bundle_damaged","where":"zip"}],"entries":0}` + "\n"; code != failed || out.String() != want {
		t.Errorf("code %d: %s", code, out.String())
	}
	if !strings.Contains(problems.String(), `"code":"bundle_damaged"`) {
		t.Error(problems.String())
	}
}
