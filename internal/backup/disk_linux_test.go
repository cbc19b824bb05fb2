package backup_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"constancia/internal/backup"
	"constancia/internal/faults/ownmounts"
	"constancia/internal/problem"
)

// stick mounts a disk of a size in bytes where the backups go.
func (p *place) stick(size string) {
	p.t.Helper()
	p.folder = p.t.TempDir()
	ownmounts.Disk(p.t, p.folder, size)
}

func TestAFullDiskIsNamedAndTheEarlierBackupsStayWhole(t *testing.T) {
	if !ownmounts.Enter(t) {
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
	if !ownmounts.Enter(t) {
		return
	}
	p, m := newPlace(t), dispute(t)
	p.stick("1m")
	p.make(m)
	ownmounts.Protect(t, p.folder)
	m.contact(m.logs[0], "After the little switch was moved")
	_, err := backup.Make(t.Context(), p.options(m), m)
	requireProblem(t, err, problem.BackupUnwritable)
	p.mustHold()
}

func TestADiskThatIsPulledOutInTheMiddleIsNamed(t *testing.T) {
	pulled := 0
	for steps := 1; steps < 9; steps++ {
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
		if left > 0 {
			continue // it was done before
		}
		pulled++
		if !errors.Is(err, problem.New(problem.BackupUnreachable, nil)) {
			t.Errorf("after %d steps it says %v", steps, err)
		}
	}
	if pulled == 0 {
		t.Error("it was always done before")
	}
}
