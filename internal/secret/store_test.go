package secret_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	system "github.com/zalando/go-keyring"

	"constancia/internal/problem"
	"constancia/internal/secret"
)

func put(t *testing.T, store *secret.Store, name, value string) {
	t.Helper()
	if err := store.Put(name, []byte(value)); err != nil {
		t.Fatalf("putting %s: %v", name, err)
	}
}

func wantSecret(t *testing.T, store *secret.Store, name, want string) {
	t.Helper()
	got, found, err := store.Get(name)
	if err != nil || !found || string(got) != want {
		t.Errorf("%s is %q, found: %v, %v; want %q", name, got, found, err, want)
	}
}

func wantNone(t *testing.T, store *secret.Store, name string) {
	t.Helper()
	if got, found, err := store.Get(name); err != nil || found {
		t.Errorf("%s is %q, found: %v, %v; want none", name, got, found, err)
	}
}

func wantSilent(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, problem.New(problem.KeyringSilent, nil)) {
		t.Errorf("it says %v, not that the keyring does not answer", err)
	}
}

// stores are one of each kind, empty.
func stores(t *testing.T) map[string]*secret.Store {
	t.Helper()
	system.MockInit()
	return map[string]*secret.Store{
		"in files":             secret.InFiles(t.TempDir()),
		"in a keyring":         secret.OpenWith(t.TempDir(), newKeyring()),
		"in the system's mock": secret.OpenWith(t.TempDir(), secret.SystemKeyring),
	}
}

func TestAStoreGivesBackWhatWasPutIntoIt(t *testing.T) {
	for kind, store := range stores(t) {
		t.Run(kind, func(t *testing.T) {
			wantNone(t, store, "device-1")
			for _, value := range []string{"a key", "another, in its place", "", "\x00\xff\r\n not a text",
				strings.Repeat("long ", 10_000)} {
				put(t, store, "device-1", value)
				wantSecret(t, store, "device-1", value)
			}
			put(t, store, "backup-key", "of the backups")
			wantSecret(t, store, "backup-key", "of the backups")

			for range 2 { // the second time there is nothing to delete
				if err := store.Delete("device-1"); err != nil {
					t.Fatal(err)
				}
			}
			wantNone(t, store, "device-1")
			wantSecret(t, store, "backup-key", "of the backups")
			if place := store.Place("device-1"); place != (secret.Place{}) {
				t.Errorf("a deleted secret is in %+v", place)
			}
		})
	}
}

func TestAStoreTellsWhereASecretIs(t *testing.T) {
	folder := t.TempDir()
	keyring := newKeyring()
	for kind, test := range map[string]struct {
		store *secret.Store
		want  secret.Place
	}{
		"a keyring": {secret.OpenWith(t.TempDir(), keyring), secret.Place{Keyring: true}},
		"a file":    {secret.InFiles(folder), secret.Place{File: filepath.Join(folder, "device-1")}},
	} {
		if place := test.store.Place("device-1"); place != (secret.Place{}) {
			t.Errorf("%s: before it is put, it is in %+v", kind, place)
		}
		put(t, test.store, "device-1", "a key")
		if place := test.store.Place("device-1"); place != test.want {
			t.Errorf("%s: it is in %+v, want %+v", kind, place, test.want)
		}
	}
	if keyring.kept["device-1"] != "YSBrZXk=" {
		t.Errorf("the keyring holds %q, want base64", keyring.kept["device-1"])
	}
}

func TestAStoreRefusesNamesThatAreNotPlain(t *testing.T) {
	folder := t.TempDir()
	for kind, store := range map[string]*secret.Store{
		"in files": secret.InFiles(filepath.Join(folder, "files")), "in a keyring": secret.OpenWith(filepath.Join(folder, "notes"), newKeyring()),
	} {
		for _, name := range []string{"", ".", "..", "../device", "a/b", `a\b`, "a.keyring", ".new", "-a", "Device", "ñ",
			"a\x00", "a b", "a\n", "C:a", strings.Repeat("a", 101)} {
			_, found, err := store.Get(name)
			if err == nil || found {
				t.Errorf("%s: %q can be asked for", kind, name)
			}
			if store.Put(name, []byte(canary)) == nil {
				t.Errorf("%s: %q can be put", kind, name)
			}
			if store.Delete(name) == nil {
				t.Errorf("%s: %q can be deleted", kind, name)
			}
			if place := store.Place(name); place != (secret.Place{}) {
				t.Errorf("%s: %q is in %+v", kind, name, place)
			}
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("something was written: %v, %v", left, err)
	}
}

func TestAStoreSaysWhichFileItCanNotUse(t *testing.T) {
	inTheWay := filepath.Join(t.TempDir(), "state")
	if err := os.WriteFile(inTheWay, []byte("a file where the folder should be"), 0o600); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "device-1"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, _, unreadable := secret.InFiles(folder).Get("device-1")
	for name, test := range map[string]struct {
		err  error
		code problem.Code
	}{
		"the folder is a file":  {secret.InFiles(inTheWay).Put("device-1", []byte(canary)), problem.FileUnwritable},
		"the file is a folder":  {secret.InFiles(folder).Put("device-1", []byte(canary)), problem.FileUnwritable},
		"it can't be read back": {unreadable, problem.FileUnreadable},
	} {
		if !errors.Is(test.err, problem.New(test.code, nil)) {
			t.Errorf("%s: %v, want %s", name, test.err, test.code)
		} else if strings.Contains(test.err.Error(), canary) {
			t.Errorf("%s: the error says the secret: %v", name, test.err)
		}
	}
}

func TestTheEnvironmentCanKeepSecretsInFiles(t *testing.T) {
	system.MockInit()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
	folder := t.TempDir()
	t.Setenv(secret.Variable, "files")
	store := secret.Open(folder)
	put(t, store, "device-1", "a key")
	if place := store.Place("device-1"); place.Keyring || place.File == "" {
		t.Errorf("it is in %+v", place)
	}
	t.Setenv(secret.Variable, "")
	store = secret.Open(folder)
	wantSecret(t, store, "device-1", "a key")
	put(t, store, "device-2", "another key")
	if place := store.Place("device-2"); !place.Keyring {
		t.Errorf("without the variable it is in %+v", place)
	}
	if text, err := system.Get("constancia", "device-2"); err != nil || text != "YW5vdGhlciBrZXk=" {
		t.Errorf("the system's keyring holds %q, %v", text, err)
	}
}

func TestASecretIsInOneFileAndNowhereElseInTheFolder(t *testing.T) {
	folder := t.TempDir()
	put(t, secret.InFiles(folder), "device-1", canary)
	put(t, secret.InFiles(folder), "device-1", canary+" again")
	put(t, secret.OpenWith(folder, newKeyring()), "backup-key", canary)
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(folder, file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(content, []byte(canary)) != (file.Name() == "device-1") {
			t.Errorf("%s holds %q", file.Name(), content)
		}
	}
}
