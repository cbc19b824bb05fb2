package faults_test

import (
	"bufio"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// prepared is an operation with the stage it starts from, and what happens when nothing disturbs it.
type prepared struct {
	operation
	base   stage
	before state
	// groups are the kinds of the entries that the operation puts on record together; once and twice count the entries
	// by kind after one run of it, and after two.
	groups      map[string]bool
	once, twice map[string]int
	took        time.Duration // about, and kept up with how busy the machine is
	// calls is how often one run makes each system call, in the thread that makes it most often.
	calls map[string]int
	// written is about how many bytes one run writes, largest the size of the largest file among those it changes.
	written, largest int64
	// steps counts what one run does to a disk, once it was asked for.
	stepsOnce sync.Once
	steps     int
}

// prepare makes the base of an operation and watches it run.
func (o operation) prepared(t *testing.T, story stage) *prepared {
	t.Helper()
	p := &prepared{operation: o, base: stage{folder: newFolder(t, "base"), program: story.program, story: story.story}, groups: map[string]bool{}}
	if err := copyTree(story.folder, p.base.folder); err != nil {
		t.Fatal(err)
	}
	if o.withoutLibrary {
		if err := os.RemoveAll(p.base.library()); err != nil {
			t.Fatal(err)
		}
	}
	if o.prepare != nil {
		o.prepare(t, &p.base)
	}
	p.before = mustReadState(t, p.base)

	undisturbed := p.copied(t, newFolder(t, "base"))
	began := time.Now()
	undisturbed.must(t, o.words(undisturbed)...)
	p.took = time.Since(began)
	after := mustReadState(t, undisturbed)
	for _, kinds := range after.since(p.before) {
		p.groups[strings.Join(kinds, " ")] = true
	}
	p.once = after.fresh(p.before)
	p.calls = p.countCalls(t)
	p.measure(t, undisturbed, began)
	undisturbed.must(t, o.wordsAgain(undisturbed)...)
	after = mustReadState(t, undisturbed)
	p.twice = after.fresh(p.before)
	return p
}

// measure looks at the files that a run has changed since it began.
func (p *prepared) measure(t *testing.T, s stage, began time.Time) {
	t.Helper()
	p.written = int64(p.calls["pwrite64"]) * 4096
	err := filepath.WalkDir(s.folder, func(_ string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.ModTime().After(began) {
			p.written += info.Size()
			p.largest = max(p.largest, info.Size())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// copied gives a copy of the base to run on.
func (p *prepared) copied(t *testing.T, folder string) stage {
	t.Helper()
	s := p.base
	s.folder = filepath.Join(folder, "stage")
	if err := copyTree(p.base.folder, s.folder); err != nil {
		t.Fatal(err)
	}
	return s
}

func mustReadState(t *testing.T, s stage) state {
	t.Helper()
	read, err := readState(s.library())
	if err != nil || len(read.unsound) > 0 {
		t.Fatal(err, read.unsound)
	}
	return read
}

func (o operation) wordsAgain(s stage) []string {
	if o.again != nil {
		return o.again(s)
	}
	return o.words(s)
}

// disturbedCalls are the system calls that reach the disk.
var disturbedCalls = []string{"open", "openat", "read", "pread64", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "fallocate",
	"rename", "renameat", "renameat2", "mkdir", "mkdirat", "unlink", "unlinkat", "rmdir", "chmod", "fchmod", "fchmodat", "link", "linkat",
	"fstat", "stat", "lstat", "newfstatat", "getdents64", "flock", "fcntl", "close", "copy_file_range"}

// countCalls watches the system calls of one run.
func (p *prepared) countCalls(t *testing.T) map[string]int {
	t.Helper()
	s := p.copied(t, newFolder(t, "base"))
	log := filepath.Join(t.TempDir(), "calls")
	done, err := run(s.command(t.Context(), p.words(s),
		"strace", "-f", "-qq", "--seccomp-bpf", "-e", "signal=none", "-e", "trace="+strings.Join(disturbedCalls, ","), "-o", log))
	if err != nil || done.code != 0 {
		t.Fatalf("%v, exit %d: %s", err, done.code, done.stderr)
	}
	file, err := os.Open(log)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	threads := map[string]int{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		thread, call, _ := strings.Cut(lines.Text(), " ")
		if name, _, isCall := strings.Cut(strings.TrimSpace(call), "("); isCall && !strings.HasPrefix(name, "<") {
			threads[thread+" "+name]++
		}
	}
	calls := map[string]int{}
	for key, count := range threads {
		_, name, _ := strings.Cut(key, " ")
		calls[name] = max(calls[name], count)
	}
	return calls
}

// callNames are the system calls that one run makes, of those that are named or of all.
func (p *prepared) callNames(names ...string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(p.calls)), func(name string) bool {
		return len(names) > 0 && !slices.Contains(names, name)
	})
}
