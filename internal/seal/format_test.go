package seal_test

import (
	"bytes"
	"encoding/base64"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"constancia/internal/seal"
)

// The worked example of FORMAT.md is made by: go test ./internal/seal -run Example -update
var update = flag.Bool("update", false, "make the worked example of FORMAT.md anew")

const formatMD = "../record/FORMAT.md"

// section is a part of FORMAT.md, from its heading to the next one of the same depth or above.
func section(t *testing.T, heading string) string {
	t.Helper()
	text, err := os.ReadFile(formatMD)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), "\n"+heading+"\n")
	if !found {
		t.Fatalf("FORMAT.md has no %q", heading)
	}
	depth := strings.Count(strings.Fields(heading)[0], "#")
	for _, end := range []string{"\n## ", "\n### "}[:depth-1] {
		rest, _, _ = strings.Cut(rest, end)
	}
	return rest
}

// blocks are the indented parts of a section, without the indent.
func blocks(text string) []string {
	var found []string
	inside := false
	for line := range strings.Lines(text) {
		code, ok := strings.CutPrefix(line, "    ")
		switch {
		case ok && inside:
			found[len(found)-1] += code
		case ok:
			found = append(found, code)
		}
		inside = ok
	}
	return found
}

// signedHead is the worked example of section 8, whose last blocks are the head and its signature.
func signedHead(t *testing.T) []byte {
	t.Helper()
	_, example, found := strings.Cut(section(t, "## 8. The tree and the head"), "### Worked example\n")
	if !found {
		t.Fatal("section 8 has no worked example")
	}
	found8 := blocks(example)
	return []byte(found8[len(found8)-2] + "\n" + found8[len(found8)-1])
}

func TestTheWorkedExampleOfFormatMDIsRight(t *testing.T) {
	if *update {
		makeExample(t)
	}
	example := blocks(section(t, "### The worked example of a seal"))
	if len(example) != 2 {
		t.Fatalf("the example has %d parts", len(example))
	}
	folder := t.TempDir()
	write(t, folder, "head.txt", signedHead(t))
	write(t, folder, "token.txt", []byte(example[0]))
	write(t, folder, "root.pem", []byte(example[1]))

	commands := blocks(section(t, "### The seal, with openssl"))
	said, good := inFolder(t, folder, "sh", "-c", "set -e\n"+strings.Join(commands, ""))
	if !good || !strings.Contains(said, "Verification: OK") || !strings.Contains(said, "Time stamp: Mar  2 09:06:07 2026 GMT") ||
		!strings.Contains(said, "CN = Example Clock") {
		t.Errorf("the commands say: %s", said)
	}
	token, err := os.ReadFile(filepath.Join(folder, "token.der"))
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := seal.Verify(token, signedHead(t), pool(t, filepath.Join(folder, "root.pem")))
	if err != nil || !sealed.Rooted || sealed.At.Format(time.RFC3339) != "2026-03-02T09:06:07Z" {
		t.Errorf("%+v, %v", sealed, err)
	}
	write(t, folder, "head.txt", bytes.Replace(signedHead(t), []byte("\n3\n"), []byte("\n4\n"), 1))
	if said, good := inFolder(t, folder, "sh", "-c", "set -e\n"+strings.Join(commands, "")); good {
		t.Errorf("the commands take another head: %s", said)
	}
}

// TestTheSeedsOfTheFuzzTestAreWhatFormatMDShows keeps the two from drifting apart.
func TestTheSeedsOfTheFuzzTestAreWhatFormatMDShows(t *testing.T) {
	example := blocks(section(t, "### The worked example of a seal"))
	token, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(example[0], "\n", ""))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]byte{"head.txt": signedHead(t), "token.der": token} {
		if got, err := os.ReadFile(filepath.Join("testdata", "example", name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s differs from FORMAT.md: %v", name, err)
		}
	}
}

func makeExample(t *testing.T) {
	t.Helper()
	service := start(t)
	service.SetClock(func() time.Time { return time.Date(2026, 3, 2, 9, 6, 7, 0, time.UTC) })
	token := stamp(t, service, signedHead(t))
	example := filepath.Join("testdata", "example")
	write(t, example, "head.txt", signedHead(t))
	write(t, example, "token.der", token)

	old := section(t, "### The worked example of a seal")
	for i, block := range []string{wrapped(base64.StdEncoding.EncodeToString(token)), string(service.RootPEM())} {
		if was := blocks(old); i < len(was) {
			replaceInFormatMD(t, indented(was[i]), indented(block))
		}
	}
}

func replaceInFormatMD(t *testing.T, old, now string) {
	t.Helper()
	text, err := os.ReadFile(formatMD)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(formatMD, bytes.Replace(text, []byte(old), []byte(now), 1), 0o600); err != nil {
		t.Fatal(err)
	}
}

func indented(block string) string {
	return "    " + strings.ReplaceAll(strings.TrimSuffix(block, "\n"), "\n", "\n    ") + "\n"
}

func wrapped(text string) string {
	const width = 112
	var lines strings.Builder
	for ; len(text) > width; text = text[width:] {
		lines.WriteString(text[:width] + "\n")
	}
	return lines.String() + text + "\n"
}
