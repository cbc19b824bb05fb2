//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// mainVariable makes this test's program the program itself.
const mainVariable = "CONSTANCIA_TEST_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(mainVariable) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// person is somebody at a computer whose programs let everybody read what they write, unless they take care.
type person struct {
	*testing.T
	home string
}

// at gives the path of a file of the person's.
func (p person) at(name string) string { return filepath.Join(p.home, name) }

// runs runs the program, which must say where it is done, and gives its answer.
func (p person) runs(words ...string) (answer struct{ ID string }) {
	p.Helper()
	program := exec.Command(os.Args[0], append(words, "--json")...)
	program.Env = []string{mainVariable + "=1", "HOME=" + p.home, "LANG=en_GB.UTF-8", "TZ=Europe/Madrid", "CONSTANCIA_SECRETS=files"}
	program.Dir = p.home
	var out, said bytes.Buffer
	program.Stdout, program.Stderr = &out, &said
	if err := program.Run(); err != nil {
		p.Fatalf("%v: %v\n%s", words, err, said.String())
	}
	if err := json.Unmarshal(out.Bytes(), &answer); err != nil {
		p.Fatalf("%v: %v\n%s", words, err, out.String())
	}
	return answer
}

// writes writes a file, as another program would.
func (p person) writes(name, content string) string {
	p.Helper()
	if err := os.WriteFile(p.at(name), []byte(content), 0o600); err != nil {
		p.Fatal(err)
	}
	return p.at(name)
}

// TestWhatTheProgramWritesIsTheOwnersOnly holds for what it keeps and for what it makes for the person, a dossier or a
// letter: whom these are shown is the person's to decide.
func TestWhatTheProgramWritesIsTheOwnersOnly(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	p := person{t, t.TempDir()}
	if err := os.Chmod(p.home, 0o700); err != nil {
		t.Fatal(err)
	}
	photo := p.writes("photo.txt", "a photograph")
	recording := p.writes("recording.txt", strings.Repeat("a recording ", 200_000)) // large enough for the vault
	message := p.writes("message.eml", "From: a@example.com\r\nTo: b@example.com\r\nSubject: x\r\nDate: Mon, 16 Mar 2026 10:00:00 +0100\r\n\r\nx\r\n")

	p.runs("demo", "--out", p.at("demonstration"))
	id := p.runs("case", "new", "--title", "Lost parcel", "--company", "Rayo").ID
	p.runs("contact", "log", "--case", id, "--channel", "phone", "--direction", "outgoing", "--when", "2026-03-02 10:05", "--summary", "x")
	p.runs("evidence", "add", "--case", id, photo)
	p.runs("evidence", "add", "--case", id, recording)
	p.runs("mail", "import", "files", "--case", id, message)
	p.runs("dossier", "export", "--case", id, "--edition", "head-office", "--out", p.at("dossier.pdf"))
	p.runs("mail", "draft", "--case", id, "--dossier", p.at("dossier.pdf"), "--to", "rayo@example.com", "--out", p.at("letter.eml"))
	p.runs("contact", "draft", "begin", "--case", id)
	p.runs("bundle", "export", "--case", id, "--out", p.at("bundle.zip"))
	p.runs("backup", "make", "--to", p.at("copies"))
	p.runs("backup", "sheet", "--out", p.at("sheet.pdf"))
	p.runs("backup", "restore", "--from", p.at("copies"), "--yes")

	written := 0
	err := filepath.WalkDir(p.home, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		written++
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is %v: others can use it", path, info.Mode())
		}
		return nil
	})
	if err != nil || written < 20 {
		t.Fatalf("%d files and folders, %v", written, err)
	}
	for _, made := range []string{"demonstration", "dossier.pdf", "letter.eml", "bundle.zip", "copies", "sheet.pdf",
		".local/share/constancia/library/constancia.db", ".local/state/constancia/keys/backup-key"} {
		if _, err := os.Stat(p.at(made)); err != nil {
			t.Errorf("it made no %s: %v", made, err)
		}
	}
}

func TestWhatIsWrittenWithoutAThoughtIsTheOwnersOnly(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	keepPrivate()
	folder := filepath.Join(t.TempDir(), "folder")
	file := filepath.Join(folder, "file")
	if err := os.Mkdir(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]os.FileMode{folder: 0o700, file: 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v, want %v", path, info.Mode(), err, want)
		}
	}
}
