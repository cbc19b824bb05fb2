package backup_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"constancia/internal/backup"
	"constancia/internal/problem"
)

const mountsVariable = "CONSTANCIA_TEST_MOUNTS"

// inOwnMounts runs a test once more in a process with mounts of its own, where it may mount what it likes and nobody
// else sees it. It reports whether this is that process.
func inOwnMounts(t *testing.T) bool {
	t.Helper()
	if os.Getenv(mountsVariable) == t.Name() {
		if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
			t.Fatal(err)
		}
		return true
	}
	command := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	command.Env = append(os.Environ(), mountsVariable+"="+t.Name())
	command.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	output, err := command.CombinedOutput()
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.ENOSYS) || errors.Is(err, syscall.ENOSPC) {
		t.Skipf("this system gives no mounts of one's own: %v", err)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return false
}

// stick mounts a disk of a size in bytes where the backups go.
func (p *place) stick(size string) {
	p.t.Helper()
	p.folder = p.t.TempDir()
	if err := syscall.Mount("none", p.folder, "tmpfs", 0, "mode=0700,size="+size); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = syscall.Unmount(p.folder, syscall.MNT_DETACH) })
}

func TestAFullDiskIsNamedAndTheEarlierBackupsStayWhole(t *testing.T) {
	if !inOwnMounts(t) {
		return
	}
	p, m := newPlace(t), dispute(t)
	p.stick("1m")
	p.make(m)
	whole := m.copy()
	first := p.snapshots()[0]
	for i := range 3 {
		m.contact(m.logs[0], "After the disk was full")
		m.file([]byte(strings.Repeat("a film that has no room ", 60_000) + strings.Repeat("x", i)))
		_, err := backup.Make(t.Context(), p.options(m), m)
		requireProblem(t, err, problem.DiskFull)
		if path := problem.From(err).Values["path"]; path != p.folder {
			t.Errorf("it names %q", path)
		}
		p.mustHold()
		p.mustBring(first, whole)
	}
	for name := range p.files() {
		if strings.Contains(name, ".incoming-") {
			t.Errorf("%s is left", name)
		}
	}
}

func TestADiskThatCanNotBeWrittenIsNamed(t *testing.T) {
	if !inOwnMounts(t) {
		return
	}
	p, m := newPlace(t), dispute(t)
	p.stick("1m")
	p.make(m)
	if err := syscall.Mount("none", p.folder, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	m.contact(m.logs[0], "After the little switch was moved")
	_, err := backup.Make(t.Context(), p.options(m), m)
	requireProblem(t, err, problem.BackupUnwritable)
	p.mustHold()
}

func TestADiskThatIsPulledOutInTheMiddleIsNamed(t *testing.T) {
	for steps := range 9 {
		p, m := newPlace(t), dispute(t)
		p.make(m)
		m.contact(m.logs[0], "While it was copied")
		m.file([]byte("a photograph that came too late"))
		away := filepath.Join(t.TempDir(), "in somebody's pocket")
		left := steps
		m.interrupt = func() error {
			if left--; left == 0 {
				if err := os.Rename(p.folder, away); err != nil {
					t.Error(err)
				}
				if err := os.RemoveAll(filepath.Join(away, m.device)); err != nil {
					t.Error(err)
				}
			}
			return nil
		}
		_, err := backup.Make(t.Context(), p.options(m), m)
		if left > 0 || steps == 0 {
			continue // it was done before
		}
		if !errors.Is(err, problem.New(problem.BackupUnreachable, nil)) {
			t.Errorf("after %d steps it says %v", steps, err)
		}
	}
}
