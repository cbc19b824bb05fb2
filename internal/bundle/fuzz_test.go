package bundle

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// released are bundles as format 1 was released with them, the seeds of the fuzz tests.
func released(t testing.TB) [][]byte {
	t.Helper()
	var texts [][]byte
	for _, name := range []string{"whole.zip", "chosen.zip"} {
		text, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text)
	}
	return texts
}

// Whatever bytes come as a bundle, they are read without a panic; and what holds is what this program would have written.
func FuzzABundleIsReadAsSomethingHostile(f *testing.F) {
	for _, text := range released(f) {
		f.Add(text)
		f.Add(text[:len(text)/2])
		f.Add(overlapping(f, text))
	}
	f.Add(zipOf(f))
	f.Add([]byte(ageIntro + "-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := Open(bytes.NewReader(text), int64(len(text)))
		if err != nil {
			return
		}
		report, err := b.Verify(t.Context(), nil)
		if err != nil {
			t.Fatalf("bytes in memory can always be read: %v", err)
		}
		if len(report.Findings) == 0 && !bytes.Equal(pack(t, membersOf(t, text)), text) {
			t.Error("it holds, and packed anew it is another")
		}
	})
}

// Whatever somebody puts into a bundle, with a manifest that fits, is read without a panic.
func FuzzAMemberIsReadAsSomethingHostile(f *testing.F) {
	for which, text := range released(f) {
		members := membersOf(f, text)
		for name, text := range members {
			f.Add(which == 0, name, text)
		}
	}
	sound := released(f)
	f.Fuzz(func(t *testing.T, whole bool, name string, text []byte) {
		if nameProblem(name) != nil {
			return
		}
		original := sound[1]
		if whole {
			original = sound[0]
		}
		members := membersOf(t, original)
		was, there := members[name]
		members[name] = text
		packed := pack(t, members)
		b, err := Open(bytes.NewReader(packed), int64(len(packed)))
		if err != nil {
			return
		}
		report, err := b.Verify(t.Context(), nil)
		if err != nil {
			t.Fatalf("bytes in memory can always be read: %v", err)
		}
		// What a bundle says of itself can be said otherwise by whoever packs it; the record can't.
		free := slices.Contains([]string{guideName, scriptName, aboutName, manifestName}, name)
		if !free && !bytes.Equal(was, text) && len(report.Findings) == 0 {
			t.Errorf("%s (there before: %t) became %q, and nobody finds it", name, there, text)
		}
	})
}
