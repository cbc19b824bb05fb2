package faults_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
)

func TestNothingIsLostWhenASystemCallFails(t *testing.T) {
	disturb(t, fault{name: "failing call", runs: pick(14, 500), strike: failCall})
}

// failures are the errors that a system call can give when a disk dies or fills, or a limit is met.
var failures = []struct{ errno, calls string }{
	{"EIO", "read pread64 write pwrite64 fsync fdatasync ftruncate open openat rename renameat mkdir mkdirat unlink unlinkat fstat chmod fchmod fchmodat getdents64 flock fcntl close"},
	{"ENOSPC", "write pwrite64 fsync fdatasync ftruncate open openat rename renameat mkdir mkdirat"},
	{"EMFILE", "open openat"},
	{"EDQUOT", "write pwrite64 openat mkdirat"},
	{"EROFS", "open openat unlink unlinkat renameat mkdirat ftruncate"},
}

// failCall fails one system call, or that one and all of its kind that follow.
func failCall(t *testing.T, p *prepared, folder string, random *rand.Rand) *trial {
	failure := failures[random.IntN(len(failures))]
	call, number := p.drawCall(random, failure.calls)
	from := ""
	if random.IntN(2) == 0 {
		from = "+"
	}
	done := p.straced(t, folder, call, fmt.Sprintf("inject=%s:error=%s:when=%d%s", call, failure.errno, number, from))
	done.silenced = call == "write"
	return done
}

func wasInjected(t *testing.T, log string) bool {
	t.Helper()
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Contains(data, []byte("(INJECTED)"))
}
