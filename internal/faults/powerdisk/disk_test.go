//go:build linux

package powerdisk_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"

	"constancia/internal/faults/powerdisk"
)

// mounted gives a disk that holds old.txt, durably, and the folder it is mounted at.
func mounted(t *testing.T, cutAt int, lies powerdisk.Lies) (*powerdisk.Disk, string) {
	t.Helper()
	from, at := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(from, "old.txt"), []byte("durable"), 0o600); err != nil {
		t.Fatal(err)
	}
	disk, err := powerdisk.Mount(at, from, cutAt, lies)
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.ENOENT) || errors.Is(err, syscall.ENODEV) {
		t.Skipf("this system lets nobody mount a FUSE disk: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := disk.Unmount(); err != nil {
			t.Error(err)
		}
	})
	return disk, at
}

// cuts gives what a folder holds after each of many cuts of the same disk: its files' bytes by name.
func cuts(t *testing.T, disk *powerdisk.Disk) []map[string]string {
	t.Helper()
	disk.Cut()
	var all []map[string]string
	for seed := range uint64(200) {
		directory := filepath.Join(t.TempDir(), "survivors")
		if err := disk.Survivors(directory, rand.New(rand.NewPCG(seed, 0))); err != nil {
			t.Fatal(err)
		}
		files := map[string]string{}
		err := filepath.WalkDir(directory, func(path string, entry os.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() {
				var data []byte
				data, err = os.ReadFile(path)
				files[path[len(directory)+1:]] = string(data)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, files)
	}
	return all
}

func count(all []map[string]string, holds func(map[string]string) bool) int {
	return len(slices.Collect(func(yield func(map[string]string) bool) {
		for _, files := range all {
			if holds(files) {
				yield(files)
			}
		}
	}))
}

func write(t *testing.T, path string, data []byte, sync bool) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = file.Write(data)
	if sync {
		err = errors.Join(err, file.Sync())
	}
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
}

func syncFolder(t *testing.T, path string) {
	t.Helper()
	folder, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestWhatWasSyncedSurvivesEveryCut(t *testing.T) {
	disk, at := mounted(t, 0, powerdisk.Lies{})
	large := bytes.Repeat([]byte("0123456789"), 30_000)
	write(t, filepath.Join(at, "new.bin"), large, true)
	syncFolder(t, at)
	for _, files := range cuts(t, disk) {
		if files["old.txt"] != "durable" || files["new.bin"] != string(large) {
			t.Fatalf("old.txt is %q, new.bin has %d bytes", files["old.txt"], len(files["new.bin"]))
		}
	}
}

func TestANameThatWasNotSyncedCanBeLostThoughItsFileWas(t *testing.T) {
	disk, at := mounted(t, 0, powerdisk.Lies{})
	write(t, filepath.Join(at, "new.txt"), []byte("synced"), true)
	all := cuts(t, disk)
	there := count(all, func(files map[string]string) bool { return files["new.txt"] == "synced" })
	lost := count(all, func(files map[string]string) bool { _, is := files["new.txt"]; return !is })
	if there == 0 || lost == 0 || there+lost != len(all) {
		t.Errorf("there %d times, lost %d times of %d", there, lost, len(all))
	}
}

func TestBytesThatWereNotSyncedSurviveInPart(t *testing.T) {
	disk, at := mounted(t, 0, powerdisk.Lies{})
	write(t, filepath.Join(at, "new.bin"), nil, true)
	syncFolder(t, at)
	write(t, filepath.Join(at, "new.bin"), bytes.Repeat([]byte{1}, 8192), false)
	whole, none, torn, empty := 0, 0, 0, 0
	for _, files := range cuts(t, disk) {
		data, ok := files["new.bin"]
		if !ok {
			t.Fatal("its name was durable")
		}
		switch ones := bytes.Count([]byte(data), []byte{1}); {
		case ones == 8192:
			whole++
		case ones > 0:
			torn++
		case len(data) > 0:
			empty++ // its new size, and nothing in it
		default:
			none++
		}
	}
	if whole == 0 || none == 0 || torn == 0 || empty == 0 {
		t.Errorf("whole %d, none %d, torn %d, only its size %d", whole, none, torn, empty)
	}
}

func TestARenameInOneFolderHappensAtOnceOrNot(t *testing.T) {
	disk, at := mounted(t, 0, powerdisk.Lies{})
	write(t, filepath.Join(at, "new.txt"), []byte("newer"), true)
	syncFolder(t, at)
	if err := os.Rename(filepath.Join(at, "new.txt"), filepath.Join(at, "old.txt")); err != nil {
		t.Fatal(err)
	}
	all := cuts(t, disk)
	before := count(all, func(files map[string]string) bool {
		return files["old.txt"] == "durable" && files["new.txt"] == "newer"
	})
	after := count(all, func(files map[string]string) bool { return files["old.txt"] == "newer" && len(files) == 1 })
	if before == 0 || after == 0 || before+after != len(all) {
		t.Errorf("before %d, after %d of %d", before, after, len(all))
	}
}

func TestAFileInAFolderWhoseNameWasLostIsLost(t *testing.T) {
	disk, at := mounted(t, 0, powerdisk.Lies{})
	inside := filepath.Join(at, "folder")
	if err := os.Mkdir(inside, 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(inside, "new.txt"), []byte("synced"), true)
	syncFolder(t, inside)
	if lost := count(cuts(t, disk), func(files map[string]string) bool { return len(files) == 1 }); lost == 0 {
		t.Error("it was never lost")
	}
}

func TestNothingIsPossibleOnceThePowerIsGone(t *testing.T) {
	disk, at := mounted(t, 3, powerdisk.Lies{})
	err := os.WriteFile(filepath.Join(at, "new.txt"), []byte("a"), 0o600) // made, and written
	if err != nil {
		t.Fatal(err)
	}
	select {
	case <-disk.Gone():
		t.Fatal("the power went too soon")
	default:
	}
	for _, test := range []struct {
		name string
		act  func() error
	}{
		{"make", func() error { return os.WriteFile(filepath.Join(at, "newer.txt"), nil, 0o600) }}, // the third step
		{"rename", func() error { return os.Rename(filepath.Join(at, "old.txt"), filepath.Join(at, "new.txt")) }},
		{"remove", func() error { return os.Remove(filepath.Join(at, "old.txt")) }},
		{"read", func() error { _, err := os.ReadFile(filepath.Join(at, "old.txt")); return err }},
	} {
		if err := test.act(); !errors.Is(err, syscall.EIO) {
			t.Errorf("%s: %v, want an I/O error", test.name, err)
		}
	}
	<-disk.Gone()
	if disk.Steps() != 3 {
		t.Errorf("%d steps, want 3", disk.Steps())
	}
}

func TestADiskThatLiesLosesWhatItSaidWasDurable(t *testing.T) {
	tests := map[string]powerdisk.Lies{"about folders": {Folders: true}, "about files": {Files: "*.txt"}}
	for name, lies := range tests {
		t.Run(name, func(t *testing.T) {
			disk, at := mounted(t, 0, lies)
			write(t, filepath.Join(at, "new.txt"), []byte("synced"), true)
			write(t, filepath.Join(at, "new.bin"), []byte("synced"), true)
			syncFolder(t, at)
			all := cuts(t, disk)
			lost := count(all, func(files map[string]string) bool { return files["new.txt"] != "synced" })
			others := count(all, func(files map[string]string) bool { return files["new.bin"] != "synced" })
			if lost == 0 || (others > 0) != lies.Folders {
				t.Errorf("lost %d, others lost %d of %d", lost, others, len(all))
			}
		})
	}
}

// A database keeps its index in memory that processes share, mapped from a file of the disk.
// mapped names the file that this program, started anew by a test, is to map into memory.
const mapped = "POWERDISK_MAPPED"

func TestMain(m *testing.M) {
	if path := os.Getenv(mapped); path != "" {
		if err := shareMemory(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// shareMemory maps a file twice and looks at what is written into one map through the other.
func shareMemory(path string) error {
	var maps [2][]byte
	for i := range maps {
		file, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			return err
		}
		defer func() { _ = file.Close() }()
		maps[i], err = syscall.Mmap(int(file.Fd()), 0, 32<<10, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
		if err != nil {
			return err
		}
		defer func() { _ = syscall.Munmap(maps[i]) }()
	}
	maps[0][12_345] = 7
	if maps[1][12_345] != 7 {
		return errors.New("one map does not show what was written into the other")
	}
	return nil
}

// The file is mapped by a process of its own: while the kernel writes a page back that is not mapped any more, it holds
// that process's memory still, and a process that serves the disk itself may wait for itself for ever.
func TestAFileCanBeMappedIntoMemory(t *testing.T) {
	_, at := mounted(t, 0, powerdisk.Lies{})
	path := filepath.Join(at, "shared")
	write(t, path, make([]byte, 32<<10), false)
	program := exec.CommandContext(t.Context(), os.Args[0])
	program.Env = append(os.Environ(), mapped+"="+path)
	if said, err := program.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	if content, err := os.ReadFile(path); err != nil || content[12_345] != 7 {
		t.Errorf("what was written into the map is not in the file: %v", err)
	}
}

func TestManyNamesAreListed(t *testing.T) {
	_, at := mounted(t, 0, powerdisk.Lies{})
	for i := range 500 {
		write(t, filepath.Join(at, fmt.Sprintf("a file with a rather long name, number %03d", i)), nil, false)
	}
	names, err := os.ReadDir(at)
	if err != nil || len(names) != 501 {
		t.Errorf("%d names, %v", len(names), err)
	}
}
