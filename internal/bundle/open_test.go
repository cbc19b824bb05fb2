package bundle

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"

	"constancia/internal/problem"
)

// zipOf packs files with an ordinary zip writer, as somebody would who wants to do harm.
func zipOf(t testing.TB, headers ...zip.FileHeader) []byte {
	t.Helper()
	var packed bytes.Buffer
	writer := zip.NewWriter(&packed)
	for _, header := range headers {
		file, err := writer.CreateHeader(&header)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(header.Name, "/") {
			continue
		}
		if _, err := file.Write([]byte(strings.Repeat("x", 1000))); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func linkHeader(name string) zip.FileHeader {
	header := zip.FileHeader{Name: name}
	header.SetMode(fs.ModeSymlink | 0o777)
	return header
}

// commented has a comment at its end, in which another archive could stand.
func commented(sound []byte) []byte {
	text := append(bytes.Clone(sound), "a comment"...)
	binary.LittleEndian.PutUint16(text[len(sound)-2:], uint16(len("a comment")))
	return text
}

// overlapping has a member that lies over another one: its record in the directory points there.
func overlapping(t testing.TB, sound []byte) []byte {
	t.Helper()
	text := bytes.Clone(sound)
	end := text[len(text)-endSize:]
	at := int(binary.LittleEndian.Uint32(end[16:]))
	second := at + directorySize + int(binary.LittleEndian.Uint16(text[at+28:]))
	binary.LittleEndian.PutUint32(text[second+42:], 0)
	return text
}

func TestWhatCouldDoHarmIsRefusedWithAProblemOfItsOwn(t *testing.T) {
	x := newExample(t)
	sound := mustWrite(t, x.contents(), Options{})
	store := func(name string) zip.FileHeader { return zip.FileHeader{Name: name} }
	newer := membersOf(t, sound)
	newer[aboutName] = bytes.Replace(newer[aboutName], []byte(`"format":1`), []byte(`"format":2`), 1)
	without := membersOf(t, sound)
	delete(without, aboutName)
	tests := []struct {
		name string
		text []byte
		want problem.Code
	}{
		{"nothing", nil, problem.NotABundle},
		{"a text", []byte("Dear Sir or Madam,\nplease find enclosed nothing at all.\n"), problem.NotABundle},
		{"another zip", pack(t, without), problem.NotABundle},
		{"a newer bundle", pack(t, newer), problem.BundleNewer},
		{"a name that leads out", zipOf(t, store("../../.bashrc")), problem.BundleNameRefused},
		{"a name that leads out of a folder of the bundle", zipOf(t, store("files/../../x")), problem.BundleNameRefused},
		{"an absolute name", zipOf(t, store("/etc/passwd")), problem.BundleNameRefused},
		{"a name of Windows", zipOf(t, store(`C:\x`)), problem.BundleNameRefused},
		{"a backslash", zipOf(t, store(`files\..\x`)), problem.BundleNameRefused},
		{"a folder", zipOf(t, store("files/")), problem.BundleNameRefused},
		{"a name that differs in case", zipOf(t, store("LOG.jsonl")), problem.BundleNameRefused},
		{"a name beyond ASCII", zipOf(t, store("files/ñ")), problem.BundleNameRefused},
		{"a control character", zipOf(t, store("files/\x1b[2J")), problem.BundleNameRefused},
		{"an endless name", zipOf(t, store("files/"+strings.Repeat("a", 60000))), problem.BundleNameRefused},
		{"a file that no bundle has", zipOf(t, store("setup.exe")), problem.BundleNameRefused},
		{"a symbolic link", zipOf(t, linkHeader(scriptName)), problem.BundleLink},
		{"a name twice", zipOf(t, store(logName), store(logName)), problem.BundleNameTwice},
		{"something compressed", zipOf(t, zip.FileHeader{Name: logName, Method: zip.Deflate}), problem.BundleCompressed},
		{"packed by another program", zipOf(t, store(aboutName)), problem.BundleDamaged},
		{"entries over one another", overlapping(t, sound), problem.BundleDamaged},
		{"bytes behind the end", append(bytes.Clone(sound), "PK"...), problem.BundleDamaged},
		{"bytes before the start", append([]byte("PK"), sound...), problem.BundleDamaged},
		{"a comment", commented(sound), problem.BundleDamaged},
		{"cut off", sound[:len(sound)-1], problem.BundleDamaged},
		{"cut in half", sound[:len(sound)/2], problem.BundleDamaged},
		{"more members than a bundle may have", ending64(maxMembers + 1), problem.BundleTooLarge},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Open(bytes.NewReader(test.text), int64(len(test.text)))
			if err == nil || problem.From(err).Code != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

// ending64 is the end of an archive that says it has that many members.
func ending64(count int) []byte {
	text := append(member{name: logName}.local(), ending(many, 0, 0)...)
	binary.LittleEndian.PutUint64(text[len(text)-endSize-locatorSize-end64Size+32:], uint64(count))
	return text
}

// sparse is a large archive of which only what is not zero is kept.
type sparse struct {
	size   int64
	pieces map[int64][]byte
}

func (s *sparse) put(at int64, text []byte) {
	s.pieces[at] = text
	s.size = max(s.size, at+int64(len(text)))
}

func (s *sparse) ReadAt(p []byte, at int64) (int, error) {
	clear(p)
	for start, text := range s.pieces {
		if from := max(at, start); from < min(at+int64(len(p)), start+int64(len(text))) {
			copy(p[from-at:], text[from-start:])
		}
	}
	if at+int64(len(p)) > s.size {
		return int(s.size - at), io.EOF
	}
	return len(p), nil
}

func TestLargeArchivesAreThoseOfZip64(t *testing.T) {
	var members []member
	for range 3 {
		members = append(members, member{filesFolder + strings.Repeat(string(rune('a'+len(members))), 64), 5 << 30, 7})
	}
	for i := range many {
		members = append(members, member{filesFolder + "f" + strings.Repeat("0", 58) + string([]byte{hexDigit(i >> 16), hexDigit(i >> 12), hexDigit(i >> 8), hexDigit(i >> 4), hexDigit(i)}), 0, 0})
	}
	places := offsets(members)
	file := &sparse{pieces: map[int64][]byte{}}
	var headers, central []byte
	for i, m := range members {
		if m.size > 0 {
			file.put(places[i], m.local())
		} else {
			headers = append(headers, m.local()...)
		}
		central = append(central, m.directory(places[i])...)
	}
	file.put(places[3], headers)
	file.put(places[len(members)], append(central, ending(len(members), int64(len(central)), places[len(members)])...))
	read, err := zip.NewReader(file, file.size)
	if err != nil {
		t.Fatal(err)
	}
	if len(read.File) != len(members) {
		t.Fatalf("an ordinary reader finds %d members of %d", len(read.File), len(members))
	}
	for i, found := range read.File[:4] {
		offset, err := found.DataOffset()
		got := []any{found.Name, int64(found.UncompressedSize64), found.CRC32, offset, err}
		want := []any{members[i].name, members[i].size, members[i].crc, places[i] + int64(len(members[i].local())), error(nil)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
	archive, err := openArchive(file, file.size)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(archive.members, members) {
		t.Error("read again, the members are others")
	}
}

func hexDigit(n int) byte { return "0123456789abcdef"[n&15] }

func TestAnOrdinaryReaderOfZipGetsEveryFile(t *testing.T) {
	sound := mustWrite(t, newExample(t).contents(), Options{})
	read, err := zip.NewReader(bytes.NewReader(sound), int64(len(sound)))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]byte{}
	for _, file := range read.File {
		body, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		if got[file.Name], err = io.ReadAll(body); err != nil { // checks the CRC-32, too
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(membersOf(t, sound), got); diff != "" {
		t.Error(diff)
	}
	python := exec.Command("python3", "-m", "zipfile", "-t", writeBundle(t, sound))
	if said, err := python.CombinedOutput(); err != nil {
		t.Errorf("Python's zipfile: %v\n%s", err, said)
	}
}

func writeBundle(t *testing.T, text []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "case.zip")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheSameContentsMakeTheSameBytes(t *testing.T) {
	x := newExample(t)
	if !bytes.Equal(mustWrite(t, x.contents(), Options{}), mustWrite(t, x.contents(), Options{})) {
		t.Error("two bundles of the same contents differ")
	}
}

func TestAnEncryptedBundleOpensWithItsKeyOnly(t *testing.T) {
	x := newExample(t)
	own, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	other, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	text := mustWrite(t, x.contents(), Options{Recipient: own.Recipient()})
	if bytes.Contains(text, []byte("Collserola")) {
		t.Error("it can be read without the key")
	}
	b, err := Open(bytes.NewReader(text), int64(len(text)), other, own)
	if err != nil {
		t.Fatal(err)
	}
	if report := mustVerify(t, b); len(report.Findings) > 0 {
		t.Error(report.Findings)
	}
	plain, err := age.Decrypt(bytes.NewReader(text), own)
	if err != nil {
		t.Fatal(err)
	}
	if inside, err := io.ReadAll(plain); err != nil || !bytes.Equal(inside, mustWrite(t, x.contents(), Options{})) {
		t.Errorf("what age decrypts is not the bundle: %v", err)
	}
	if _, err := Open(bytes.NewReader(text), int64(len(text))); !errors.Is(err, problem.New(problem.BundleLocked, nil)) {
		t.Errorf("without a key: %v", err)
	}
	if _, err := Open(bytes.NewReader(text), int64(len(text)), other); !errors.Is(err, problem.New(problem.BundleKeyWrong, nil)) {
		t.Errorf("with another key: %v", err)
	}
	for _, at := range []int{len(text) - 1, len(text) / 2} {
		damaged := bytes.Clone(text)
		damaged[at] ^= 1
		b, err := Open(bytes.NewReader(damaged), int64(len(damaged)), own)
		if err == nil {
			_, err = b.Verify(t.Context(), nil)
		}
		if !errors.Is(err, problem.New(problem.BundleDamaged, nil)) {
			t.Errorf("a flipped bit in byte %d: %v", at, err)
		}
	}
}

func TestAPassphraseOpensABundle(t *testing.T) {
	x := newExample(t)
	recipient, err := age.NewScryptRecipient("siete gatos en el tejado")
	if err != nil {
		t.Fatal(err)
	}
	recipient.SetWorkFactor(10)
	text := mustWrite(t, x.chosen(), Options{Recipient: recipient})
	for passphrase, want := range map[string]problem.Code{"siete gatos en el tejado": "", "seis gatos": problem.BundleKeyWrong} {
		identity, err := Passphrase(passphrase)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = Open(bytes.NewReader(text), int64(len(text)), identity); err == nil && want != "" || err != nil && problem.From(err).Code != want {
			t.Errorf("%s: got %v, want %q", passphrase, err, want)
		}
	}
}
