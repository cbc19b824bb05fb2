package record

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// opensslCommands are those of FORMAT.md, so that what a stranger reads there is what is tried here.
func opensslCommands(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(text), "### The signature, with openssl\n")
	if !found {
		t.Fatal("FORMAT.md does not tell how openssl checks a head")
	}
	section, _, _ = strings.Cut(section, "\n### ")
	var commands []string
	for line := range strings.Lines(section) {
		if command, ok := strings.CutPrefix(line, "    "); ok {
			commands = append(commands, command)
		}
	}
	return "set -e\n" + strings.Join(commands, "")
}

// checkWithOpenSSL runs the commands, and returns what they say and whether they found the signature good.
func checkWithOpenSSL(t *testing.T, signed, verifierKey string) (string, bool) {
	t.Helper()
	for _, tool := range []string{"sh", "openssl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is not installed: the commands of FORMAT.md can't be tried. \"make test\" installs it.", tool)
		}
	}
	folder := t.TempDir()
	for name, text := range map[string]string{"head.txt": signed, "key.txt": verifierKey + "\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	shell := exec.Command("sh", "-c", opensslCommands(t))
	shell.Dir = folder
	output, err := shell.CombinedOutput()
	return string(output), err == nil
}

func TestOpenSSLChecksASignedHeadAsFormatMDTells(t *testing.T) {
	heads := makeTreeVectors(t).Heads
	for _, head := range heads {
		if said, good := checkWithOpenSSL(t, head.Signed, head.VerifierKey); !good || !strings.Contains(said, "Signature Verified Successfully") {
			t.Errorf("head of %d: %s", head.Size, said)
		}
	}
	_, witness := witnessOf(t)
	signed := mustSign(t, exampleHead(), exampleKey("device"))
	verifierKey := mustVerifierKey(t, exampleHead().LogID, exampleKey("device"))
	if said, good := checkWithOpenSSL(t, string(withWitness(t, signed, verifierKey, witness)), verifierKey); !good {
		t.Errorf("a head that a witness signed too: %s", said)
	}
}

func TestOpenSSLRefusesAHeadThatWasTouched(t *testing.T) {
	head := makeTreeVectors(t).Heads[1]
	root := strings.Split(head.Signed, "\n")[2]
	tests := []struct{ name, signed, key string }{
		{"another size", strings.Replace(head.Signed, "\n3\n", "\n4\n", 1), head.VerifierKey},
		{"another root", strings.Replace(head.Signed, "\n"+root, "\n"+strings.Repeat("A", 42)+root[42:], 1), head.VerifierKey},
		{"another key", head.Signed, mustVerifierKey(t, head.LogID, exampleKey("other"))},
		{"the signature of another head", strings.Replace(makeTreeVectors(t).Heads[0].Signed, "\n1\n", "\n3\n", 1), head.VerifierKey},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			said, good := checkWithOpenSSL(t, test.signed, test.key)
			if good || !strings.Contains(said, "Signature Verification Failure") {
				t.Error(said)
			}
			if _, err := OpenHead([]byte(test.signed), test.key); err == nil {
				t.Error("and we take it")
			}
		})
	}
}
