package faults_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

var (
	full = flag.Bool("full", false, "run the whole campaign, not the slice of it")
	seed = flag.Uint64("seed", 0, "the seed of the first run; 0: 1 for the slice, and another each time for the campaign")
	only = flag.Int("runs", 0, "how many runs of each fault on each operation; 0: as many as there should be")
)

// actVariable names what the tests' own program does in place of the tests, for them.
const actVariable = "CONSTANCIA_TEST_ACT"

var acts = map[string]func() error{
	"run by another clock": runByAnotherClock,
	"write in pieces":      writeInPieces,
}

func TestMain(m *testing.M) {
	if act, ok := acts[os.Getenv(actVariable)]; ok {
		if err := act(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	flag.Parse()
	if *seed == 0 {
		*seed = 1
		if *full {
			*seed = uint64(time.Now().Unix())
		}
	}
	os.Exit(runTests(m))
}

// workFolder is where all of this happens. A run that failed leaves its folder there.
var workFolder string

func runTests(m *testing.M) int {
	var err error
	if workFolder, err = os.MkdirTemp("", "constancia-faults-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	code := m.Run()
	if err := results.finish(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	if code == 0 {
		_ = os.RemoveAll(workFolder)
	}
	return code
}

// program is the program as people have it, built once.
var program struct {
	once sync.Once
	path string
	err  error
}

// programVariable names a program that was built already, for the tests that run in a process of their own.
const programVariable = "CONSTANCIA_TEST_PROGRAM"

func builtProgram(t *testing.T) string {
	t.Helper()
	if built := os.Getenv(programVariable); built != "" {
		return built
	}
	program.once.Do(func() {
		program.path = filepath.Join(workFolder, "constancia")
		build := exec.Command("go", "build", "-ldflags", "-s -w", "-o", program.path, "constancia")
		build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-buildvcs=false")
		if output, err := build.CombinedOutput(); err != nil {
			program.err = fmt.Errorf("%w\n%s", err, output)
		}
	})
	if program.err != nil {
		t.Fatal(program.err)
	}
	return program.path
}

// pick chooses by whether this is the slice or the whole campaign.
func pick(slice, whole int) int {
	switch {
	case *only > 0:
		return *only
	case *full:
		return whole
	}
	return slice
}
