package backup_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"constancia/internal/backup"
	"constancia/internal/problem"
	"constancia/internal/record"
)

func (p *place) path(name string) string { return filepath.Join(p.folder, filepath.FromSlash(name)) }

func (p *place) write(name string, data []byte) {
	p.t.Helper()
	if err := os.WriteFile(p.path(name), data, 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// notices reports whether a check finds anything, or says that the folder is not what it should be.
func (p *place) notices() bool {
	checked, err := backup.Check(p.t.Context(), p.folder, p.key, nil)
	return err != nil || len(checked.Findings) > 0
}

func TestEveryFlippedBitIsNoticed(t *testing.T) {
	skipWhenShort(t)
	p, m := newPlace(t), newMemory(t)
	m.contact(m.newCase(), "The parcel never came")
	m.file([]byte("photograph of the open box"))
	p.make(m)
	for name, data := range p.files() {
		// Every byte of what is small, and of the beginnings and ends of the rest, where formats have their odd places.
		for i := range data {
			if i > 120 && i < len(data)-40 && i%23 != 0 {
				continue
			}
			flipped := bytes.Clone(data)
			flipped[i] ^= 1 << (i % 8)
			p.write(name, flipped)
			if !p.notices() {
				t.Errorf("bit %d of byte %d of %s was flipped, and nobody noticed", i%8, i, name)
			}
		}
		p.write(name, data)
	}
	p.mustHold()
}

func TestAnObjectThatIsCutGrownMissingOrAnotherIsNoticed(t *testing.T) {
	skipWhenShort(t)
	p, m := newPlace(t), dispute(t)
	p.make(m)
	files := p.files()
	var objects []string
	for name := range files {
		if strings.HasSuffix(name, ".age") {
			objects = append(objects, name)
		}
	}
	slices.Sort(objects)
	for i, name := range objects {
		data := files[name]
		other := files[objects[(i+1)%len(objects)]]
		for what, damage := range map[string][]byte{
			"cut": data[:len(data)-1], "empty": {}, "grown": append(bytes.Clone(data), 0), "another": other} {
			p.write(name, damage)
			if !p.notices() {
				t.Errorf("%s is %s, and nobody noticed", name, what)
			}
		}
		if err := os.Remove(p.path(name)); err != nil {
			t.Fatal(err)
		}
		if !p.notices() {
			t.Errorf("%s is gone, and nobody noticed", name)
		}
		p.write(name, data)
	}
	p.mustHold()
}

func TestDamageIsNamed(t *testing.T) {
	p, m := newPlace(t), dispute(t)
	p.make(m)
	for name, data := range p.files() {
		if !strings.Contains(name, "/files/") && !strings.Contains(name, "/segments/") {
			continue
		}
		p.write(name, append(bytes.Clone(data), 'x'))
		if got := p.check().Findings; !slices.Equal(got, []record.Finding{{What: backup.ObjectDamaged, Where: name}}) {
			t.Errorf("%s grew: %v", name, got)
		}
		if err := os.Remove(p.path(name)); err != nil {
			t.Fatal(err)
		}
		if got := p.check().Findings; !slices.Equal(got, []record.Finding{{What: backup.ObjectMissing, Where: name}}) {
			t.Errorf("%s is gone: %v", name, got)
		}
		p.write(name, data)
	}
}

// Anybody who knows the folder can encrypt to its public key.
func TestASnapshotThatWasMadeWithoutTheKeyIsRefused(t *testing.T) {
	p, m := newPlace(t), dispute(t)
	p.make(m)
	recipient, err := age.ParseX25519Recipient(p.key.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	var forged bytes.Buffer
	w, err := age.Encrypt(&forged, recipient)
	if err != nil {
		t.Fatal(err)
	}
	body := `{"format":1,"device":"` + m.device + `","number":7,"time":"2027-01-01T00:00:00.000Z","logs":[],"segments":[],"files":[]}`
	if _, err := w.Write(append(make([]byte, 32), body...)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	name := m.device + "/snapshots/20270101T000000Z-000007-" + m.device[len(m.device)-6:] + ".age"
	p.write(name, forged.Bytes())
	if got := p.check().Findings; !slices.Equal(got, []record.Finding{{What: backup.SnapshotDamaged, Where: name}}) {
		t.Errorf("the check says %v", got)
	}
	if got := p.snapshots(); len(got) != 1 || got[0].Number != 1 {
		t.Errorf("the folder offers %v", got)
	}
}

func TestASnapshotUnderTheNameOfAnotherIsRefused(t *testing.T) {
	p, m := newPlace(t), dispute(t)
	p.make(m)
	m.contact(m.logs[0], "What the older one does not have")
	p.make(m)
	snapshots := p.snapshots()
	older, err := os.ReadFile(p.path(m.device + "/snapshots/" + snapshots[1].ID + ".age"))
	if err != nil {
		t.Fatal(err)
	}
	p.write(m.device+"/snapshots/"+snapshots[0].ID+".age", older)
	if !p.notices() {
		t.Error("an older snapshot under the name of the newest was not noticed")
	}
}

func TestAFolderThatIsNotABackupIsSaidToBeSo(t *testing.T) {
	for _, c := range []struct {
		name    string
		prepare func(p *place) error
		code    problem.Code
	}{
		{"somebody's documents", func(p *place) error {
			return errors.Join(os.Mkdir(p.folder, 0o700), os.WriteFile(p.path("letter.odt"), nil, 0o600))
		}, problem.BackupForeign},
		{"another program's marker", func(p *place) error {
			return errors.Join(os.Mkdir(p.folder, 0o700), os.WriteFile(p.path("constancia-backup.json"), []byte("[]"), 0o600))
		}, problem.BackupForeign},
		{"a newer program's", func(p *place) error {
			return errors.Join(os.Mkdir(p.folder, 0o700),
				os.WriteFile(p.path("constancia-backup.json"), []byte(`{"format":2,"recipient":"x"}`), 0o600))
		}, problem.BackupNewer},
		{"a file", func(p *place) error { return os.WriteFile(p.folder, nil, 0o600) }, problem.BackupNoFolder},
		{"on a disk that is not there", func(p *place) error { p.folder = filepath.Join(p.folder, "copies"); return nil },
			problem.BackupNoFolder},
	} {
		p, m := newPlace(t), dispute(t)
		if err := c.prepare(p); err != nil {
			t.Fatal(err)
		}
		_, err := backup.Make(t.Context(), p.options(m), m)
		if !errors.Is(err, problem.New(c.code, nil)) {
			t.Errorf("%s: making says %v, want %s", c.name, err, c.code)
		}
		_, err = backup.Check(t.Context(), p.folder, p.key, nil)
		if !errors.Is(err, problem.New(c.code, nil)) {
			t.Errorf("%s: checking says %v, want %s", c.name, err, c.code)
		}
	}
}

func TestAFolderIsMadeOnlyWhenAskedTo(t *testing.T) {
	p, m := newPlace(t), dispute(t)
	options := p.options(m)
	options.Create = false
	_, err := backup.Make(t.Context(), options, m)
	requireProblem(t, err, problem.BackupNoFolder)
	if err := os.Mkdir(p.folder, 0o700); err != nil {
		t.Fatal(err)
	}
	_, err = backup.Make(t.Context(), options, m)
	requireProblem(t, err, problem.BackupForeign)
	if err := os.WriteFile(p.path(".stfolder"), nil, 0o600); err != nil { // what a syncing program puts there
		t.Fatal(err)
	}
	options.Create = true
	if _, err := backup.Make(t.Context(), options, m); err != nil {
		t.Error(err)
	}
	_, err = backup.Check(t.Context(), p.folder, p.key, nil)
	if err != nil {
		t.Error(err)
	}
}

func TestAFolderWithoutAnySnapshotHasNothingToRestore(t *testing.T) {
	p, m := newPlace(t), dispute(t)
	m.interrupt = func() error { return problem.New(problem.LibraryDamaged, nil) }
	_, err := backup.Make(t.Context(), p.options(m), m)
	requireProblem(t, err, problem.LibraryDamaged)
	opened := p.open()
	defer func() { _ = opened.Close() }()
	_, err = opened.Snapshots()
	requireProblem(t, err, problem.BackupNone)
	_, err = backup.Check(t.Context(), p.folder, p.key, nil)
	requireProblem(t, err, problem.BackupNone)
}

func TestOneBackupIsMadeAtATime(t *testing.T) {
	p, m := newPlace(t), dispute(t)
	p.make(m)
	m.contact(m.logs[0], "One more")
	var second error
	tried := false
	m.interrupt = func() error {
		if !tried {
			tried = true
			_, second = backup.Make(t.Context(), p.options(m), dispute(t))
			options := p.options(m)
			_, second = backup.Make(t.Context(), options, m)
		}
		return nil
	}
	p.make(m)
	requireProblem(t, second, problem.BackupBusy)
	p.mustHold()
}

func TestTwoComputersShareAFolder(t *testing.T) {
	p, a, b := newPlace(t), dispute(t), dispute(t)
	p.make(a)
	p.make(b)
	a.contact(a.logs[0], "On the first computer")
	p.make(a)
	p.mustHold()
	snapshots := p.snapshots()
	if len(snapshots) != 3 || snapshots[0].Device != a.device || snapshots[1].Device != a.device || snapshots[2].Device != b.device {
		t.Fatalf("the folder offers %d snapshots, the newest of %s", len(snapshots), snapshots[0].Device)
	}
	p.mustBring(snapshots[0], a)
	p.mustBring(snapshots[2], b)
}
