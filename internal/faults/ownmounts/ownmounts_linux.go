// Package ownmounts runs a test in a process with mounts of its own, where it may mount small or read-only disks, and
// nobody else sees them.
package ownmounts

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
	"testing"
)

// variable names the test that the process is to run with mounts of its own.
const variable = "CONSTANCIA_TEST_MOUNTS"

// Inside reports whether this is the process with mounts of its own, and keeps what is mounted from the others.
func Inside(t *testing.T) bool {
	t.Helper()
	if os.Getenv(variable) != t.Name() {
		return false
	}
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		t.Fatal(err)
	}
	return true
}

// Command runs this test alone in such a process, with more arguments for the tests' program, if any.
func Command(t *testing.T, arguments ...string) *exec.Cmd {
	command := exec.Command(os.Args[0], append([]string{"-test.run=^" + t.Name() + "$"}, arguments...)...)
	command.Env = append(os.Environ(), variable+"="+t.Name())
	command.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	return command
}

// Refused tells whether a command of Command failed because this system gives nobody mounts of their own.
func Refused(err error) bool {
	return errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.ENOSYS) || errors.Is(err, syscall.ENOSPC)
}

// Enter runs the test once more in such a process, and reports whether this is that process: only then does the test go
// on. A system that gives no mounts skips it.
func Enter(t *testing.T) bool {
	t.Helper()
	if Inside(t) {
		return true
	}
	output, err := Command(t).CombinedOutput()
	if Refused(err) {
		t.Skipf("this system gives no mounts of one's own: %v", err)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return false
}

// Disk mounts a disk at a folder until the test is over; its size is in bytes, or with the k, m or g of tmpfs.
func Disk(t testing.TB, folder, size string) {
	t.Helper()
	if err := syscall.Mount("none", folder, "tmpfs", 0, "mode=0700,size="+size); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(folder, syscall.MNT_DETACH) })
}

// Resize gives the disk at a folder another size.
func Resize(t testing.TB, folder, size string) {
	t.Helper()
	remount(t, folder, 0, "size="+size)
}

// Protect lets nobody write to the disk at a folder any more.
func Protect(t testing.TB, folder string) {
	t.Helper()
	remount(t, folder, syscall.MS_RDONLY, "")
}

func remount(t testing.TB, folder string, flags uintptr, options string) {
	t.Helper()
	if err := syscall.Mount("none", folder, "tmpfs", syscall.MS_REMOUNT|flags, options); err != nil {
		t.Fatal(err)
	}
}
