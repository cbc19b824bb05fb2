package cli_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"
)

// forms are the ways in which a secret may be written, each of which gives it away.
func forms(secret []byte) map[string][]byte {
	written := map[string][]byte{
		"as it is":           secret,
		"in hex":             []byte(hex.EncodeToString(secret)),
		"in capital hex":     []byte(strings.ToUpper(hex.EncodeToString(secret))),
		"in UTF-16":          inUTF16(secret, 1),
		"in swapped UTF-16":  inUTF16(secret, 0),
		"in base64":          inBase64(base64.RawStdEncoding, secret, 0),
		"in base64, 1 later": inBase64(base64.RawStdEncoding, secret, 1),
		"in base64, 2 later": inBase64(base64.RawStdEncoding, secret, 2),
		"in base64 of URLs":  inBase64(base64.RawURLEncoding, secret, 0),
	}
	return written
}

func inUTF16(text []byte, low int) []byte {
	var written []byte
	for _, unit := range utf16.Encode([]rune(string(text))) {
		pair := [2]byte{}
		pair[low], pair[1-low] = byte(unit), byte(unit>>8)
		written = append(written, pair[:]...)
	}
	return written
}

// inBase64 is what of the secret's own bits is seen in the base64 of a text in which so many bytes stand before it.
func inBase64(encoding *base64.Encoding, secret []byte, before int) []byte {
	written := encoding.EncodeToString(append(make([]byte, before), secret...))
	whole := len(secret) + before - (len(secret)+before)%3
	return []byte(written[(before*8+5)/6 : whole/3*4])
}

// contentsOf are a file's bytes, and whatever lies packed in them: in an archive, a PDF, an attachment, a PEM block.
func contentsOf(t *testing.T, name string, content []byte) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	unpack(t, name, content, found, 0)
	return found
}

var (
	pdfStream = regexp.MustCompile(`(?s)stream\r?\n`)
	// No line of a text is as long as this without a space.
	base64Lines = regexp.MustCompile(`(?:[A-Za-z0-9+/]{60,}={0,2}\r?\n)+[A-Za-z0-9+/]*={0,2}`)
)

func unpack(t *testing.T, name string, content []byte, found map[string][]byte, depth int) {
	t.Helper()
	found[name] = content
	if depth == 4 {
		return
	}
	inside := func(what string, packed []byte) { unpack(t, name+" > "+what, packed, found, depth+1) }
	if archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content))); err == nil {
		for _, member := range archive.File {
			inside(member.Name, read(t, member.Open))
		}
	}
	if bytes.HasPrefix(content, []byte{0x1f, 0x8b}) {
		inside("gzip", read(t, func() (io.ReadCloser, error) { return gzip.NewReader(bytes.NewReader(content)) }))
	}
	if bytes.HasPrefix(content, []byte("%PDF-")) {
		inside("text", pdfText(t, content))
		for _, at := range pdfStream.FindAllIndex(content, -1) {
			if stream, err := zlib.NewReader(bytes.NewReader(content[at[1]:])); err == nil {
				if plain, _ := io.ReadAll(stream); len(plain) > 0 {
					inside("stream", plain)
				}
			}
		}
		return
	}
	for _, lines := range base64Lines.FindAll(content, -1) {
		packed := strings.NewReplacer("\r", "", "\n", "", "=", "").Replace(string(lines))
		if plain, err := base64.RawStdEncoding.DecodeString(packed); err == nil {
			inside("base64", plain)
		}
	}
}

func read(t *testing.T, open func() (io.ReadCloser, error)) []byte {
	t.Helper()
	reader, err := open()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = reader.Close() }()
	content, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// pdfText is what a reader of a PDF can copy out of it: nothing when it is damaged, as some attachments are.
func pdfText(t *testing.T, content []byte) []byte {
	t.Helper()
	reader := exec.Command("pdftotext", "-", "-")
	reader.Stdin = bytes.NewReader(content)
	text, err := reader.Output()
	var damaged *exec.ExitError
	if err != nil && !errors.As(err, &damaged) {
		t.Fatalf("pdftotext: %v", err)
	}
	return text
}

// filesUnder are the files in a folder, by their path in it.
func filesUnder(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
