package bundle

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// unpack lays a bundle out in a folder as a stranger would, with unzip.
func unpack(t *testing.T, text []byte) string {
	t.Helper()
	folder := t.TempDir()
	archive := filepath.Join(t.TempDir(), "case.zip")
	if err := os.WriteFile(archive, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command("unzip", "-q", archive, "-d", folder).CombinedOutput(); err != nil {
		t.Fatalf("unzip does not open the bundle (\"make test\" installs it): %v\n%s", err, said)
	}
	return folder
}

// commandsOf are the indented lines of a text, those that stand together in one piece.
func commandsOf(text string) []string {
	var commands []string
	inside := false
	for line := range strings.Lines(text) {
		command, indented := strings.CutPrefix(line, "    ")
		switch {
		case indented && inside:
			commands[len(commands)-1] += command
		case indented:
			commands = append(commands, command)
		}
		inside = indented
	}
	return commands
}

// follow does what VERIFY.txt says in a folder, up to the first command that fails, and returns what was said and whether
// every command succeeded.
func follow(t *testing.T, folder string) (string, bool) {
	t.Helper()
	guide, err := os.ReadFile(filepath.Join(folder, guideName))
	if err != nil {
		t.Fatal(err)
	}
	commands := commandsOf(string(guide))
	if len(commands) < 3 {
		t.Fatalf("VERIFY.txt has only %d commands", len(commands))
	}
	var said strings.Builder
	for _, command := range commands {
		shell := exec.Command("sh", "-c", command)
		shell.Dir = folder
		output, err := shell.CombinedOutput()
		said.Write(output)
		if err != nil {
			return said.String(), false
		}
	}
	return said.String(), true
}

func TestAStrangerFollowsTheGuideInEachLanguage(t *testing.T) {
	x := newExample(t)
	unsealed := x.contents()
	unsealed.Logs, unsealed.Seals, unsealed.Chosen = unsealed.Logs[:1], nil, []Chosen{{Stored: x.b.entries[1]}}
	unsealed.Files = []File{fileOf(x.mail, "eml")}
	for _, language := range []string{"en", "es", "ca"} {
		for name, contents := range map[string]Contents{
			"whole": x.contents(), "chosen entries": x.chosen("/summary"), "without a time stamp": unsealed,
		} {
			t.Run(language+", "+name, func(t *testing.T) {
				bundle := mustOpen(t, mustWrite(t, contents, Options{Language: language}))
				folder := unpack(t, mustWrite(t, contents, Options{Language: language}))
				said, good := follow(t, folder)
				for _, want := range []string{"Holds: all ", "Signature Verified Successfully", "Fingerprint of the case: " + mustVerify(t, bundle).Fingerprint} {
					if !strings.Contains(said, want) {
						t.Errorf("the commands do not say %q", want)
					}
				}
				if stamps := strings.Count(said, "Verification: OK"); stamps != len(contents.Seals) {
					t.Errorf("%d time stamps of %d are good", stamps, len(contents.Seals))
				}
				if !good || t.Failed() {
					t.Error(said)
				}
			})
		}
	}
}
