package library_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// The tests' own program stands in for another process: it does one of these things to a library when this variable
// names it.
const actVariable = "CONSTANCIA_TEST_ACT"

var acts = map[string]func(directory, argument string) error{
	"hold the lock":        func(directory, _ string) error { return holdLock(directory, (*flock.Flock).TryLock) },
	"hold the lock shared": func(directory, _ string) error { return holdLock(directory, (*flock.Flock).TryRLock) },
	"migrate and wait":     migrateAndWait,
	"append a hundred":     func(directory, caseID string) error { return appendCalls(directory, caseID, 100) },
	"append and attach":    appendAndAttach,
	"append until shot":    func(directory, caseID string) error { return appendCalls(directory, caseID, 1_000_000) },
	"make":                 func(directory, _ string) error { return appendCalls(directory, "", 0) },
}

func TestMain(m *testing.M) {
	act, ok := acts[os.Getenv(actVariable)]
	if !ok {
		os.Exit(m.Run())
	}
	if err := act(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// holdLock takes a library for itself, as maintenance does, or shares it with others, until its standard input ends.
func holdLock(directory string, take func(*flock.Flock) (bool, error)) error {
	lock := flock.New(filepath.Join(directory, "lock"))
	if held, err := take(lock); !held {
		return fmt.Errorf("the lock is taken: %w", err)
	}
	fmt.Println("held")
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}

// appendCalls appends contacts one by one, and prints the id of each once it was acknowledged.
func appendCalls(directory, caseID string, count int) error {
	ctx := context.Background()
	l, err := library.Open(ctx, options(directory))
	if err != nil {
		return err
	}
	for i := range count {
		draft := draftOf(record.KindContact, caseID, call(caseID, fmt.Sprintf("Call %d", i)))
		if err := l.Append(ctx, draft); err != nil {
			return err
		}
		fmt.Println(draft.ID)
	}
	return l.Close()
}

// process is another process at work on a library.
type process struct {
	*exec.Cmd
	input  io.Closer
	output *bufio.Scanner
	errors bytes.Buffer
}

func start(t *testing.T, act, directory, argument string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(os.Args[0], directory, argument)}
	p.Env = append(os.Environ(), actVariable+"="+act)
	p.Stderr = &p.errors
	input, err := p.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.input, p.output = input, bufio.NewScanner(output)
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill() })
	return p
}

// lines gives what the process printed, up to count lines, or all when count is 0.
func (p *process) lines(count int) []string {
	var lines []string
	for (count == 0 || len(lines) < count) && p.output.Scan() {
		lines = append(lines, p.output.Text())
	}
	return lines
}

func (p *process) requireDone(t *testing.T) {
	t.Helper()
	if err := p.Wait(); err != nil {
		t.Fatalf("the other process failed: %v\n%s", err, p.errors.String())
	}
}

func TestALibraryThatAnotherProcessHoldsForMaintenanceSaysSoSoonAndStaysAsItWas(t *testing.T) {
	skipWhenShort(t)
	t.Parallel() // it waits
	directory := t.TempDir()
	made, err := library.Open(t.Context(), options(directory))
	if err != nil {
		t.Fatal(err)
	}
	newCase(t, made)
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	other := start(t, "hold the lock", directory, "")
	if said := other.lines(1); !slices.Equal(said, []string{"held"}) {
		t.Fatalf("the other process says %v: %s", said, other.errors.String())
	}
	before := snapshot(t, directory)
	began := time.Now()
	_, err = library.Open(t.Context(), options(directory))
	requireProblem(t, err, problem.LibraryBusy)
	if waited := time.Since(began); waited > time.Minute {
		t.Errorf("it took %s", waited)
	}
	if path := problem.From(err).Values["path"]; path != directory {
		t.Errorf("it names %q", path)
	}
	after := snapshot(t, directory)
	if len(after) != len(before) {
		t.Errorf("it holds %d files, held %d", len(after), len(before))
	}
	for name, content := range before {
		if after[name] != content {
			t.Errorf("%s was changed", name)
		}
	}
	if err := other.input.Close(); err != nil {
		t.Fatal(err)
	}
	other.requireDone(t)
	requireHolds(t, open(t, directory))
}

func TestTenProcessesAppendAndKeepFilesInOneLibraryAtOnce(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	directory := t.TempDir()
	l := open(t, directory)
	caseID := newCase(t, l)
	var others []*process
	for range 10 {
		others = append(others, start(t, "append and attach", directory, caseID))
	}
	var acknowledged []string
	for _, other := range others {
		acknowledged = append(acknowledged, other.lines(0)...)
		other.requireDone(t)
	}
	if want := 10 * (appendedAtOnce + attachedAtOnce); len(acknowledged) != want {
		t.Fatalf("%d were acknowledged, want %d", len(acknowledged), want)
	}
	logs := map[string]int64{}
	stored := map[string]bool{}
	err := l.Entries(t.Context(), func(entry record.Stored) error {
		if entry.Header.Sequence != logs[entry.Header.LogID]+1 {
			t.Errorf("%d comes after %d", entry.Header.Sequence, logs[entry.Header.LogID])
		}
		logs[entry.Header.LogID] = entry.Header.Sequence
		stored[entry.Header.EntryID] = true
		return nil
	})
	// One log of the case, one of the library; each begins with the device, and the case's with the case.
	if err != nil || len(logs) != 2 || len(stored) != len(acknowledged)+3 {
		t.Errorf("%d entries in %d logs, %v, want %d in 2", len(stored), len(logs), err, len(acknowledged)+3)
	}
	for _, id := range acknowledged {
		if !stored[id] {
			t.Errorf("%s was acknowledged and is not there", id)
		}
	}
	// All of them attached the same two files.
	if files := vaultFiles(t, directory); len(files) != 1 {
		t.Errorf("the vault has %v, want one file", files)
	}
	requireHolds(t, l)
}

// How many contacts and files each of ten processes appends.
const appendedAtOnce, attachedAtOnce = 20, 2

// appendAndAttach appends contacts one by one, and between them a small and a large file that the others attach, too. It
// prints the id of each entry once it was acknowledged.
func appendAndAttach(directory, caseID string) error {
	ctx := context.Background()
	l, err := library.Open(ctx, options(directory))
	if err != nil {
		return err
	}
	files := [attachedAtOnce][]byte{[]byte("a receipt"), largeBytes(1)}
	for i := range appendedAtOnce {
		drafts := []library.Draft{draftOf(record.KindContact, caseID, call(caseID, fmt.Sprintf("Call %d", i)))}
		if i%(appendedAtOnce/attachedAtOnce) == 0 {
			content, err := l.PutContent(ctx, bytes.NewReader(files[i*attachedAtOnce/appendedAtOnce]))
			if err != nil {
				return err
			}
			drafts = append(drafts, draftOf(record.KindEvidence, caseID, casefile.Evidence{
				CaseID: caseID, FileName: "receipt.pdf", SHA256: content.SHA256, Size: content.Size}))
		}
		if err := l.Append(ctx, drafts...); err != nil {
			return err
		}
		for _, draft := range drafts {
			fmt.Println(draft.ID)
		}
	}
	return l.Close()
}

func TestSeveralProcessesMakeOneLibraryAtOnce(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	for range 5 {
		directory := filepath.Join(t.TempDir(), "library")
		var others []*process
		for range 4 {
			others = append(others, start(t, "make", directory, ""))
		}
		for _, other := range others {
			other.requireDone(t)
		}
		l := open(t, directory)
		newCase(t, l)
		requireHolds(t, l)
	}
}

func TestWhatWasAcknowledgedIsThereWhenAProcessIsKilled(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	directory := t.TempDir()
	made := open(t, directory)
	caseID := newCase(t, made)
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	var acknowledged []string
	for round := range 4 {
		other := start(t, "append until shot", directory, caseID)
		acknowledged = append(acknowledged, other.lines(10+17*round)...)
		if err := other.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		acknowledged = append(acknowledged, other.lines(0)...) // what it still had printed
		_ = other.Wait()

		l, err := library.Open(t.Context(), options(directory))
		if err != nil {
			t.Fatal(err)
		}
		stored := entries(t, l)
		for _, id := range acknowledged {
			if len(id) == len(caseID) && !slices.Contains(stored, id) {
				t.Errorf("%s was acknowledged and is not there", id)
			}
		}
		requireHolds(t, l)
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(acknowledged) < 4*10 {
		t.Errorf("only %s", strings.Join(acknowledged, ", "))
	}
}
