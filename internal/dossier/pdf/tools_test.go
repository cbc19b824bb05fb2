package pdf_test

import (
	"encoding/binary"
	"hash/crc32"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// save puts a dossier into a file for the tools that read it.
func save(t testing.TB, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dossier.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// run runs one of the PDF tools that `make test` installs.
func run(t testing.TB, name string, arguments ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Fatalf("%s is not installed; make test installs it", name)
	}
	out, err := exec.CommandContext(t.Context(), name, arguments...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// text is what pdftotext reads from pages first to last, with runs of blanks as one.
func text(t testing.TB, path, first, last string) string {
	t.Helper()
	return strings.Join(strings.Fields(run(t, "pdftotext", "-f", first, "-l", last, path, "-")), " ")
}

func pages(t testing.TB, path string) string {
	t.Helper()
	for line := range strings.Lines(run(t, "pdfinfo", path)) {
		if count, ok := strings.CutPrefix(line, "Pages:"); ok {
			return strings.TrimSpace(count)
		}
	}
	t.Fatal("pdfinfo tells no number of pages")
	return ""
}

// fixHeaderSum renews the checksum of a PNG's header chunk.
func fixHeaderSum(data []byte) []byte {
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}
