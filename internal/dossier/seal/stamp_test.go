package seal_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"

	"constancia/internal/dossier/seal"
	"constancia/internal/dossier/seal/pdfatest"
	"constancia/internal/i18n"
)

var byteRange = regexp.MustCompile(`/ByteRange \[0 (\d+) (\d+) (\d+)\]`)

// takenApart is what the last seal of a file covers, and the seal, as anybody can cut them out with the numbers that stand
// in the file.
func takenApart(t *testing.T, data []byte) (covered, sealed []byte) {
	t.Helper()
	found := byteRange.FindAllSubmatch(data, -1)
	if len(found) == 0 {
		t.Fatal("there is no seal")
	}
	var numbers [3]int
	for i, digits := range found[len(found)-1][1:] {
		var err error
		if numbers[i], err = strconv.Atoi(string(digits)); err != nil {
			t.Fatal(err)
		}
	}
	before, after, length := numbers[0], numbers[1], numbers[2]
	if after+length != len(data) || data[before] != '<' || data[after-1] != '>' {
		t.Fatalf("it covers %d and %d from %d of %d bytes", before, length, after, len(data))
	}
	sealed, err := hex.DecodeString(string(data[before+1 : after-1]))
	if err != nil {
		t.Fatal(err)
	}
	return append(append([]byte{}, data[:before]...), data[after:]...), sealed
}

func TestOpenSSLTakesTheStampAndNotWithAFlippedBit(t *testing.T) {
	service, folder := clock(t), t.TempDir()
	stamped := stamp(t, service, draw(t, i18n.Catalan, 1).finish(t, originals()...))
	covered, token := takenApart(t, stamped)
	write := func(name string, data []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	root, tokenFile := write("root.pem", service.RootPEM()), write("token", token)
	verified := func() bool {
		_, good := try(t, "openssl", "ts", "-verify", "-token_in", "-in", tokenFile, "-data", write("covered", covered), "-CAfile", root)
		return good
	}
	if !verified() {
		t.Error("openssl refuses it")
	}
	covered[len(covered)/2] ^= 1
	if verified() {
		t.Error("openssl takes it with a flipped bit")
	}
}

func TestToolsOfOthersFindNothingWrongInAStampedDossier(t *testing.T) {
	service := clock(t)
	stamped := stamp(t, service, draw(t, i18n.English, 1).finish(t, originals()...))
	path := save(t, stamped)
	if said := run(t, "qpdf", "--check", path); strings.Contains(said, "WARNING") {
		t.Errorf("qpdf: %s", said)
	}
	if said := run(t, "gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONWARNING", "-sDEVICE=nullpage", path); strings.TrimSpace(said) != "" {
		t.Errorf("Ghostscript: %s", said)
	}
	said, _ := try(t, "pdfsig", "-nocert", path) // it knows no time stamps, but what they cover
	for _, want := range []string{"Signer Certificate Common Name: Example Clock", "Total document signed"} {
		if !strings.Contains(said, want) {
			t.Errorf("pdfsig lacks %q: %s", want, said)
		}
	}
	if err := api.Validate(bytes.NewReader(stamped), pdfatest.Settings()); err != nil {
		t.Errorf("pdfcpu: %v", err)
	}
}

func TestAStampThatCantBeMadeLeavesNothing(t *testing.T) {
	finished := draw(t, i18n.English, 1).finish(t)
	refused := errors.New("no more today")
	for name, test := range map[string]struct {
		data  []byte
		token func([sha256.Size]byte) ([]byte, error)
		want  error
	}{
		"a service that refuses": {finished, func([sha256.Size]byte) ([]byte, error) { return nil, refused }, refused},
		"a huge token":           {finished, func([sha256.Size]byte) ([]byte, error) { return make([]byte, 100_000), nil }, seal.ErrSealTooLarge},
		"no dossier":             {[]byte("hello"), nil, seal.ErrNotFinished},
	} {
		revision, err := seal.Stamp(t.Context(), bytes.NewReader(test.data), int64(len(test.data)), test.token)
		if !errors.Is(err, test.want) || revision != nil {
			t.Errorf("%s: %v, and %d bytes", name, err, len(revision))
		}
	}
}

func TestARevisionThatIsMoreThanASealIsNoticed(t *testing.T) {
	service := clock(t)
	finished := draw(t, i18n.English, 1).finish(t)
	stamped := stamp(t, service, finished)
	other := []byte("1 0 obj\n<</Type /Catalog>>\nendobj\n")
	shadow := append(append(append([]byte{}, finished...), other...), stamped[len(finished):]...)
	if report, err := verify(t, shadow, nil); err == nil && report.Holds() {
		t.Errorf("it holds: %+v", report)
	}
}

// TestTheCommandsOfTheAppendixCheckAStamp types what the dossier tells its reader to type.
func TestTheCommandsOfTheAppendixCheckAStamp(t *testing.T) {
	service := clock(t)
	stamped := stamp(t, service, draw(t, i18n.English, 1).finish(t))
	path := save(t, stamped)
	folder := filepath.Dir(path)
	if err := os.WriteFile(filepath.Join(folder, "root.pem"), service.RootPEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	printed := strings.Split(run(t, "pdftotext", "-layout", path, "-"), "\n")
	typed := []string{"set -e", `cd "$1"`}
	lists := "pdfsig " + filepath.Base(path)
	if !slices.ContainsFunc(printed, func(line string) bool { return strings.TrimSpace(line) == lists }) {
		t.Fatalf("the appendix has not the command %q, which prints the ranges", lists)
	}
	ranges := regexp.MustCompile(`\[0 - (\d+)\], \[(\d+) - (\d+)\]`).FindStringSubmatch(run(t, "sh", "-c", `cd "$1"; `+lists+" || true", "sh", folder))
	if ranges == nil {
		t.Fatalf("%s prints no ranges", lists)
	}
	from, err1 := strconv.Atoi(ranges[2])
	to, err2 := strconv.Atoi(ranges[3])
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	for _, line := range printed {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "pdfsig -dump"):
			typed = append(typed, line+" || true") // it knows no time stamps, but saves them
		case strings.HasPrefix(line, "(head -c N"), strings.HasPrefix(line, "openssl ts"):
			typed = append(typed, strings.NewReplacer("-c N ", "-c "+ranges[1]+" ", "-c L ", "-c "+strconv.Itoa(to-from)+" ").Replace(line))
		}
	}
	if len(typed) != 5 {
		t.Fatalf("the appendix has not the commands: %q", typed)
	}
	if said := run(t, "sh", "-c", strings.Join(typed, "\n"), "sh", folder); !strings.Contains(said, "Verification: OK") {
		t.Errorf("%q say %s", typed, said)
	}
}
