package library_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"constancia/internal/faults/ownmounts"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

func TestAFullDiskIsNamedAndTheLibraryIsAsItWas(t *testing.T) {
	skipWhenShort(t)
	if !ownmounts.Enter(t) {
		return
	}
	directory := t.TempDir()
	ownmounts.Disk(t, directory, "3m")
	l := open(t, directory)
	caseID := newCase(t, l)
	putEvidence(t, l, caseID, []byte("a receipt that was kept in time"))

	var acknowledged []string
	var err error
	for range 10_000 {
		drafts := []library.Draft{draftOf(record.KindContact, caseID, call(caseID, "First of two")), draftOf(record.KindContact, caseID, call(caseID, "Second of two"))}
		if err = l.Append(t.Context(), drafts...); err != nil {
			break
		}
		acknowledged = append(acknowledged, drafts[0].ID, drafts[1].ID)
	}
	requireProblem(t, err, problem.DiskFull)
	if len(acknowledged) < 20 {
		t.Errorf("only %d were acknowledged", len(acknowledged))
	}
	if path := problem.From(err).Values["path"]; path != directory {
		t.Errorf("it names %q", path)
	}
	for name, data := range map[string][]byte{"small": make([]byte, 500_000), "large": largeBytes(3)} {
		if _, err := l.PutContent(t.Context(), &repeating{data: data, left: 3 << 20}); !errors.Is(err, problem.New(problem.DiskFull, nil)) {
			t.Errorf("keeping a %s file on the full disk: %v", name, err)
		}
	}
	check := func(l *library.Library) {
		t.Helper()
		if got := len(entries(t, l)); got != 2+len(acknowledged) {
			t.Errorf("%d entries, want the case, the receipt and the %d acknowledged", got, len(acknowledged))
		}
		requireHolds(t, l)
	}
	check(l)
	if err := l.Close(); err != nil {
		t.Errorf("closing it on the full disk: %v", err)
	}
	if leftovers := vaultFiles(t, directory); len(leftovers) > 0 {
		t.Errorf("the vault has %v", leftovers)
	}

	ownmounts.Resize(t, directory, "16m")
	again := open(t, directory)
	check(again)
	put(t, again, record.KindContact, caseID, call(caseID, "After making room"))
	requireHolds(t, again)
}

// repeating gives its data again and again, left bytes in all.
type repeating struct {
	data []byte
	left int
}

func (r *repeating) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, os.ErrDeadlineExceeded
	}
	n := copy(p, r.data)
	r.left -= n
	return n, nil
}

func TestADiskWithoutRoomForALibraryIsNamed(t *testing.T) {
	skipWhenShort(t)
	if !ownmounts.Enter(t) {
		return
	}
	for _, size := range []string{"4k", "16k", "64k", "128k", "160k"} {
		t.Run(size, func(t *testing.T) {
			directory := t.TempDir()
			ownmounts.Disk(t, directory, size)
			_, err := library.Open(t.Context(), options(directory))
			requireProblem(t, err, problem.DiskFull)
			ownmounts.Resize(t, directory, "16m")
			l := open(t, directory)
			newCase(t, l)
			requireHolds(t, l)
		})
	}
}

func TestAFolderOnAReadOnlyDiskIsNamed(t *testing.T) {
	if !ownmounts.Enter(t) {
		return
	}
	disk := t.TempDir()
	ownmounts.Disk(t, disk, "16m")
	there := filepath.Join(disk, "library")
	made, err := library.Open(t.Context(), options(there))
	if err != nil {
		t.Fatal(err)
	}
	newCase(t, made)
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	ownmounts.Protect(t, disk)
	for name, directory := range map[string]string{"a library": there, "a new one": filepath.Join(disk, "new"), "the disk itself": disk} {
		t.Run(name, func(t *testing.T) {
			_, err := library.Open(t.Context(), options(directory))
			if name == "the disk itself" {
				requireProblem(t, err, problem.LibraryForeign)
				return
			}
			requireProblem(t, err, problem.LibraryUnwritable)
		})
	}
}
