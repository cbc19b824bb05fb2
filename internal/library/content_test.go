package library_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

const mebibyte = 1 << 20

// largeBytes are bytes that go into the vault, other ones for each seed.
func largeBytes(seed byte) []byte { return bytes.Repeat([]byte{seed, 'p', 'd', 'f'}, mebibyte/4+1) }

func putContent(t testing.TB, l *library.Library, data []byte) library.Content {
	t.Helper()
	content, err := l.PutContent(t.Context(), bytes.NewReader(data))
	if err != nil {
		t.Fatalf("failed to keep a content: %v", err)
	}
	return content
}

// putEvidence keeps bytes and the entry that names them.
func putEvidence(t testing.TB, l *library.Library, caseID string, data []byte) library.Content {
	t.Helper()
	content := putContent(t, l, data)
	put(t, l, record.KindEvidence, caseID, casefile.Evidence{
		CaseID: caseID, FileName: "receipt.pdf", MediaType: "application/pdf", SHA256: content.SHA256, Size: content.Size,
	})
	return content
}

func readContent(l *library.Library, sum string) ([]byte, error) {
	body, err := l.OpenContent(context.Background(), sum)
	if err != nil {
		return nil, err
	}
	defer func() { _ = body.Close() }()
	return io.ReadAll(body)
}

func TestContentsComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	l := open(t, directory)
	tests := []struct {
		name    string
		data    []byte
		inVault bool
	}{
		{"nothing at all", []byte{}, false},
		{"a few bytes, of any value", []byte("\x00\xff\r\n.\r\n"), false},
		{"the largest small one", bytes.Repeat([]byte("s"), mebibyte), false},
		{"the smallest large one", bytes.Repeat([]byte("l"), mebibyte+1), true},
		{"a large one", bytes.Repeat([]byte("0123456789"), mebibyte), true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			sum := sha256.Sum256(test.data)
			want := library.Content{SHA256: hex.EncodeToString(sum[:]), Size: int64(len(test.data))}
			for _, reader := range []io.Reader{bytes.NewReader(test.data), iotest.HalfReader(bytes.NewReader(test.data))} {
				got, err := l.PutContent(t.Context(), reader)
				if err != nil || got != want {
					t.Fatalf("it was kept as %+v, %v, want %+v", got, err, want)
				}
			}
			together, err := l.PutContents(t.Context(), [][]byte{test.data, []byte("and another"), test.data})
			if err != nil || together[0] != want || together[2] != want {
				t.Fatalf("with others it was kept as %+v, %v, want %+v", together, err, want)
			}
			got, err := readContent(l, want.SHA256)
			if err != nil || !bytes.Equal(got, test.data) {
				t.Errorf("%d bytes came back, %v", len(got), err)
			}
			_, err = os.Stat(filepath.Join(directory, "vault", want.SHA256[:2], want.SHA256))
			if (err == nil) != test.inVault {
				t.Errorf("in the vault: %t, want %t", err == nil, test.inVault)
			}
		})
	}
}

func TestTheSameBytesAreStoredOnce(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	l := open(t, directory)
	putContent(t, l, []byte("a small receipt"))
	large := putContent(t, l, largeBytes(1))
	first, err := os.Stat(filepath.Join(directory, "vault", large.SHA256[:2], large.SHA256))
	if err != nil || first.Mode().Perm() != 0o400 {
		t.Fatalf("the file has the mode %v, %v", first.Mode(), err)
	}
	for range 2 {
		putContent(t, l, []byte("a small receipt"))
		putContent(t, l, largeBytes(1))
	}
	if again, err := os.Stat(filepath.Join(directory, "vault", large.SHA256[:2], large.SHA256)); err != nil || !os.SameFile(first, again) {
		t.Errorf("the file was written anew, %v", err)
	}
	var rows int
	if err := behind(t, directory, "contents.db").QueryRow("SELECT count(*) FROM content").Scan(&rows); err != nil || rows != 1 {
		t.Errorf("contents.db has %d rows, %v, want 1", rows, err)
	}
	if files := vaultFiles(t, directory); len(files) != 1 {
		t.Errorf("the vault has %v, want one file", files)
	}
}

// vaultFiles lists the files in the vault, half-written ones, too.
func vaultFiles(t testing.TB, directory string) []string {
	t.Helper()
	var files []string
	for path := range snapshot(t, filepath.Join(directory, "vault")) {
		files = append(files, path)
	}
	return files
}

func TestAContentThatIsDamagedOrGoneIsNoticed(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	small, large := []byte("a small receipt"), largeBytes(1)
	tests := []struct {
		name   string
		data   []byte
		damage func(t *testing.T, directory string, content library.Content)
		code   problem.Code
		what   record.What
	}{
		{"a small one with one other bit", small, func(t *testing.T, directory string, _ library.Content) {
			execute(t, behind(t, directory, "contents.db"), "UPDATE content SET bytes = CAST('a smalL receipt' AS BLOB)")
		}, problem.ContentDamaged, library.ContentDamaged},
		{"a small one that is gone", small, func(t *testing.T, directory string, _ library.Content) {
			execute(t, behind(t, directory, "contents.db"), "DELETE FROM content")
		}, problem.ContentMissing, library.ContentMissing},
		{"a large one with one other byte in the middle", large, func(t *testing.T, directory string, content library.Content) {
			overwrite(t, vaultPath(directory, content), func(data []byte) []byte { data[len(data)/2]++; return data })
		}, problem.ContentDamaged, library.ContentDamaged},
		{"a large one that was cut", large, func(t *testing.T, directory string, content library.Content) {
			overwrite(t, vaultPath(directory, content), func(data []byte) []byte { return data[:len(data)-1] })
		}, problem.ContentDamaged, library.ContentDamaged},
		{"a large one that got longer", large, func(t *testing.T, directory string, content library.Content) {
			overwrite(t, vaultPath(directory, content), func(data []byte) []byte { return append(data, 'x') })
		}, problem.ContentDamaged, library.ContentDamaged},
		{"a large one that is gone", large, func(t *testing.T, directory string, content library.Content) {
			if err := os.Remove(vaultPath(directory, content)); err != nil {
				t.Fatal(err)
			}
		}, problem.ContentMissing, library.ContentMissing},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			directory := t.TempDir()
			l := open(t, directory)
			content := putEvidence(t, l, newCase(t, l), test.data)
			requireHolds(t, l)
			test.damage(t, directory, content)
			_, err := readContent(l, content.SHA256)
			requireProblem(t, err, test.code)
			if body, err := l.OpenContent(t.Context(), content.SHA256); err == nil {
				_, err = io.Copy(io.Discard, body)
				requireProblem(t, err, test.code)
				_ = body.Close()
			}
			if sum := problem.From(err).Values["sha256"]; sum != content.SHA256 {
				t.Errorf("it names %q", sum)
			}
			found := findings(t, l)
			if want := (record.Finding{What: test.what, Where: content.SHA256}); len(found) != 1 || found[0] != want {
				t.Errorf("the check finds %v, want %v", found, want)
			}
		})
	}
}

func vaultPath(directory string, content library.Content) string {
	return filepath.Join(directory, "vault", content.SHA256[:2], content.SHA256)
}

func overwrite(t *testing.T, path string, change func([]byte) []byte) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []func() error{
		func() error { return os.Chmod(path, 0o600) },
		func() error { return os.WriteFile(path, change(data), 0o600) },
		func() error { return os.Chmod(path, info.Mode()) },
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestANameThatIsNoHashOpensNothing(t *testing.T) {
	l := open(t, t.TempDir())
	for _, sum := range []string{"", "ab", "../../../../etc/passwd", strings.Repeat("0", 64), strings.Repeat("z", 64)} {
		_, err := readContent(l, sum)
		requireProblem(t, err, problem.ContentMissing)
	}
}

func TestASourceThatBreaksOffLeavesNothing(t *testing.T) {
	t.Parallel()
	broken := errors.New("somebody pulled out the stick")
	for name, length := range map[string]int{"early": 100, "after more than a mebibyte": 2 * mebibyte} {
		t.Run(name, func(t *testing.T) {
			directory := t.TempDir()
			l := open(t, directory)
			_, err := l.PutContent(t.Context(), io.MultiReader(bytes.NewReader(make([]byte, length)), iotest.ErrReader(broken)))
			if !errors.Is(err, broken) {
				t.Errorf("got %v, want what the source said", err)
			}
			if files := vaultFiles(t, directory); len(files) > 0 {
				t.Errorf("it left %v", files)
			}
			requireHolds(t, l)
		})
	}
}

func TestKeepingALargeContentCanBeCalledOff(t *testing.T) {
	directory := t.TempDir()
	l := open(t, directory)
	ctx, cancel := context.WithCancel(t.Context())
	endless := readerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil })
	_, err := l.PutContent(ctx, endless)
	requireProblem(t, err, problem.Cancelled)
	if files := vaultFiles(t, directory); len(files) > 0 {
		t.Errorf("it left %v", files)
	}
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestWhatACrashLeftHalfWrittenIsSweptAndBytesWithoutAnEntryAreOnlyNamed(t *testing.T) {
	directory := filepath.Join(t.TempDir(), "[2026] parcel") // as a pattern it would match something else
	first, err := library.Open(t.Context(), options(directory))
	if err != nil {
		t.Fatal(err)
	}
	small, large := putContent(t, first, []byte("nobody names me")), putContent(t, first, largeBytes(7))
	half := filepath.Join(directory, "vault", ".incoming-123456")
	write(t, half, "half a fi")

	second := open(t, directory)
	if _, err := os.Stat(half); err != nil {
		t.Error("it was swept while somebody else could have been writing it")
	}
	if err := errors.Join(second.Close(), first.Close()); err != nil {
		t.Fatal(err)
	}
	third := open(t, directory)
	if _, err := os.Stat(half); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the half-written file is still there: %v", err)
	}
	for _, content := range []library.Content{small, large} {
		if _, err := readContent(third, content.SHA256); err != nil {
			t.Errorf("bytes that were acknowledged are gone: %v", err)
		}
	}
	found := findings(t, third)
	if len(found) != 2 || found[0].What != library.ContentUnnamed || found[1].What != library.ContentUnnamed {
		t.Errorf("the check finds %v, want the two that nothing names", found)
	}
}
