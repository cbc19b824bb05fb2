package faults_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"constancia/internal/faults/ownmounts"
)

// inOwnMounts runs a test once more in a process with mounts of its own, and takes over what it found. It reports whether
// this is that process.
func inOwnMounts(t *testing.T) bool {
	t.Helper()
	if ownmounts.Inside(t) {
		return true
	}
	table := filepath.Join(t.TempDir(), "table.json")
	command := ownmounts.Command(t, fmt.Sprintf("-seed=%d", *seed), fmt.Sprintf("-runs=%d", *only), fmt.Sprintf("-full=%t", *full))
	command.Env = append(command.Env, tableVariable+"="+table, programVariable+"="+builtProgram(t))
	output, err := command.CombinedOutput()
	if ownmounts.Refused(err) {
		cannot(t, "mount anything of one's own", err)
		return false
	}
	if err != nil {
		t.Errorf("%v\n%s", err, output)
	}
	if err := results.take(table); err != nil {
		t.Error(err)
	}
	return false
}

// cannot ends a test for which this system gives too little. The campaign does not go without it.
func cannot(t *testing.T, what string, err error) {
	t.Helper()
	if *full {
		t.Fatalf("on this system nobody can %s: %v", what, err)
	}
	t.Skipf("on this system nobody can %s: %v", what, err)
}

func TestNothingIsLostOnAFullDisk(t *testing.T) {
	if inOwnMounts(t) {
		disturb(t, fault{name: "full disk", runs: pick(3, 50), strike: fillDisk})
	}
}

// fillDisk runs the operation on a disk that has room for a part of what it writes, and makes room then.
func fillDisk(t *testing.T, p *prepared, folder string, random *rand.Rand) *trial {
	disk := filepath.Join(folder, "disk")
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	remount(t, disk, 0, 0)
	release := func() { _ = syscall.Unmount(disk, syscall.MNT_DETACH) }
	done := &trial{prepared: p, stage: p.copied(t, disk), release: release}
	var used syscall.Statfs_t
	if err := syscall.Statfs(disk, &used); err != nil {
		t.Fatal(err)
	}
	pages := int64(used.Blocks-used.Bfree) + random.Int64N(p.written/used.Bsize+1)
	remount(t, disk, syscall.MS_REMOUNT, pages*used.Bsize)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	done.run(t, done.command(ctx, p.words(done.stage)))
	done.fault, done.struck = fmt.Sprintf("a disk of %d pages", pages), done.code != 0
	remount(t, disk, syscall.MS_REMOUNT, 0)
	return done
}

// remount gives a folder a disk of some bytes, 0 for as many as it likes, or changes the size of the one it has.
func remount(t *testing.T, directory string, flags uintptr, size int64) {
	t.Helper()
	if size == 0 {
		size = 2 << 30
	}
	if err := syscall.Mount("none", directory, "tmpfs", flags, fmt.Sprintf("mode=0700,size=%d", size)); err != nil {
		t.Fatal(err)
	}
}

func TestNothingIsLostWhenFilesMayNotGrow(t *testing.T) {
	disturb(t, fault{name: "file size limit", runs: pick(3, 50), strike: limitFileSize})
}

// limitFileSize runs the operation where no file may be larger than some size (RLIMIT_FSIZE).
func limitFileSize(t *testing.T, p *prepared, folder string, random *rand.Rand) *trial {
	done := &trial{prepared: p, stage: p.copied(t, folder)}
	// Mostly small ones: an operation beside the largest file, as a backup of what is new, would rarely meet a large one.
	limit := random.Int64N(1 + random.Int64N(p.largest))
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	done.run(t, done.command(ctx, p.words(done.stage), "prlimit", fmt.Sprintf("--fsize=%d", limit)))
	done.fault, done.struck = fmt.Sprintf("files of at most %d bytes", limit), done.code != 0
	return done
}
