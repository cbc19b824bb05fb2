package secret_test

import (
	"os"
	"path/filepath"
	"testing"

	"constancia/internal/secret"
)

// silences are the ways in which a keyring does not do its work.
func silences(t *testing.T) map[string]func(*fakeKeyring) {
	forever := make(chan struct{})
	t.Cleanup(func() { close(forever) })
	return map[string]func(*fakeKeyring){
		"it refuses": func(k *fakeKeyring) { k.refuses = errNoAnswer },
		"it hangs":   func(k *fakeKeyring) { k.hangs = forever },
	}
}

func answersAgain(k *fakeKeyring) { k.refuses, k.hangs = nil, nil }

func TestANewSecretGoesToAFileWhenTheKeyringDoesNotTakeIt(t *testing.T) {
	failures := silences(t)
	failures["it does not keep what it takes"] = func(k *fakeKeyring) { k.forgetful = true }
	for name, fail := range failures {
		t.Run(name, func(t *testing.T) {
			keyring := newKeyring()
			keyring.set(fail)
			folder := t.TempDir()
			store := secret.OpenWith(folder, keyring)
			wantNone(t, store, "device-1")
			put(t, store, "device-1", "a key")
			if place := store.Place("device-1"); place.Keyring || place.File != filepath.Join(folder, "device-1") {
				t.Errorf("it is in %+v", place)
			}
			wantSecret(t, store, "device-1", "a key")

			keyring.set(func(k *fakeKeyring) { answersAgain(k); k.forgetful = false })
			wantSecret(t, store, "device-1", "a key")
			put(t, store, "device-1", "a newer key") // it stays where it is
			wantSecret(t, secret.InFiles(folder), "device-1", "a newer key")
			if err := store.Delete("device-1"); err != nil {
				t.Fatal(err)
			}
			wantNone(t, store, "device-1")
		})
	}
}

func TestASecretInAKeyringThatDoesNotAnswerTodayIsNotTakenForAbsent(t *testing.T) {
	for name, fail := range silences(t) {
		t.Run(name, func(t *testing.T) {
			keyring := newKeyring()
			store := secret.OpenWith(t.TempDir(), keyring)
			put(t, store, "device-1", "a key")

			keyring.set(fail)
			_, found, err := store.Get("device-1")
			wantSilent(t, err)
			if found {
				t.Error("it was found in a keyring that does not answer")
			}
			wantSilent(t, store.Delete("device-1"))
			wantNone(t, store, "device-2") // nothing says that this one was ever there

			keyring.set(answersAgain)
			wantSecret(t, store, "device-1", "a key")
		})
	}
}

func TestASecretInTheKeyringIsNotTakenForAbsentWhenOnlyFilesMayBeUsed(t *testing.T) {
	folder := t.TempDir()
	keyring := newKeyring()
	put(t, secret.OpenWith(folder, keyring), "device-1", "a key")
	_, _, err := secret.InFiles(folder).Get("device-1")
	wantSilent(t, err)
	wantSilent(t, secret.InFiles(folder).Delete("device-1"))
	wantSecret(t, secret.OpenWith(folder, keyring), "device-1", "a key")
}

func TestAFileCountsMoreThanTheKeyring(t *testing.T) {
	for name, fail := range silences(t) {
		t.Run(name, func(t *testing.T) {
			keyring := newKeyring()
			store := secret.OpenWith(t.TempDir(), keyring)
			put(t, store, "mail-1", "old")
			keyring.set(fail)
			put(t, store, "mail-1", "new")
			wantSecret(t, store, "mail-1", "new")
			keyring.set(answersAgain)
			wantSecret(t, store, "mail-1", "new")
			if err := store.Delete("mail-1"); err != nil {
				t.Fatal(err)
			}
			wantNone(t, store, "mail-1")
			if len(keyring.kept) > 0 {
				t.Errorf("the keyring still holds %v", keyring.kept)
			}
		})
	}
}

func TestASecretThatTheKeyringHasLostIsAbsent(t *testing.T) {
	keyring := newKeyring()
	store := secret.OpenWith(t.TempDir(), keyring)
	put(t, store, "device-1", "a key")
	keyring.set(func(k *fakeKeyring) { clear(k.kept) })
	wantNone(t, store, "device-1")
}

func TestASecretInTheKeyringIsFoundWhenTheFolderIsLost(t *testing.T) {
	keyring := newKeyring()
	folder := filepath.Join(t.TempDir(), "state")
	store := secret.OpenWith(folder, keyring)
	put(t, store, "device-1", "a key")
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	wantSecret(t, store, "device-1", "a key")

	keyring.set(func(k *fakeKeyring) { k.refuses = errNoAnswer })
	_, _, err := store.Get("device-1")
	wantSilent(t, err) // it has been noted again
}
