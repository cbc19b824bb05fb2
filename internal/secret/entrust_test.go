package secret_test

import (
	"os"
	"testing"

	"constancia/internal/secret"
)

func TestWhatIsEntrustedIsInTheKeyring(t *testing.T) {
	store := secret.OpenWith(t.TempDir(), newKeyring())
	if kept, err := store.Entrust("mailbox-1", []byte("secreta")); err != nil || !kept {
		t.Fatalf("kept: %v, %v", kept, err)
	}
	wantSecret(t, store, "mailbox-1", "secreta")
	if place := store.Place("mailbox-1"); !place.Keyring {
		t.Errorf("it is in %+v", place)
	}
	if err := store.Delete("mailbox-1"); err != nil {
		t.Fatal(err)
	}
	wantNone(t, store, "mailbox-1")
}

func TestWhatIsEntrustedIsNowhereWhenTheKeyringDoesNotTakeIt(t *testing.T) {
	stores := map[string]func(folder string) *secret.Store{"there is none": secret.InFiles}
	failures := silences(t)
	failures["it does not keep what it takes"] = func(k *fakeKeyring) { k.forgetful = true }
	for name, fail := range failures {
		stores[name] = func(folder string) *secret.Store {
			keyring := newKeyring()
			keyring.set(fail)
			return secret.OpenWith(folder, keyring)
		}
	}
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			if kept, err := open(folder).Entrust("mailbox-1", []byte("secreta")); err != nil || kept {
				t.Fatalf("kept: %v, %v", kept, err)
			}
			if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
				t.Errorf("it left %v, %v", left, err)
			}
		})
	}
}
