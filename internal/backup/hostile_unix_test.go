//go:build unix

package backup_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestWhatIsNoPlainFileIsNotOpened(t *testing.T) {
	skipWhenShort(t)
	outside := filepath.Join(t.TempDir(), "outside")
	if err := os.WriteFile(outside, []byte("not part of the folder"), 0o600); err != nil {
		t.Fatal(err)
	}
	replacements := map[string]func(path string) error{
		"a link out of the folder": func(path string) error { return os.Symlink(outside, path) },
		"a link within the folder": func(path string) error { return os.Symlink("README.txt", path) },
		"a pipe":                   func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"a folder":                 func(path string) error { return os.Mkdir(path, 0o700) },
	}
	for what, replace := range replacements {
		p, m := newPlace(t), dispute(t)
		p.make(m)
		for name := range p.files() {
			if strings.HasSuffix(name, "lock") {
				continue
			}
			aside := p.path(name) + ".aside"
			if err := errors.Join(os.Rename(p.path(name), aside), replace(p.path(name))); err != nil {
				t.Fatal(err)
			}
			if !p.notices() {
				t.Errorf("%s in place of %s was not noticed", what, name)
			}
			if err := errors.Join(os.Remove(p.path(name)), os.Rename(aside, p.path(name))); err != nil {
				t.Fatal(err)
			}
		}
		p.mustHold()
	}
	if data, err := os.ReadFile(outside); err != nil || string(data) != "not part of the folder" {
		t.Errorf("what lies outside was touched: %q %v", data, err)
	}
}
