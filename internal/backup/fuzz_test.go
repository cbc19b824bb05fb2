package backup_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"constancia/internal/backup"
	"constancia/internal/secret"
)

// fuzzKey is the same in every run, so that what was found once is found again.
const fuzzKey = "AGE-SECRET-KEY-1G2MANQKATMW675G3U0LD5LLZ6X38YUWLGCJW4GYY62KC40GF0XSSSR3MQE"

// FuzzBytesInPlaceOfAnObject puts what somebody else wrote, encrypted or not, in the place of each kind of object: it is
// always noticed, and never believed.
func FuzzBytesInPlaceOfAnObject(f *testing.F) {
	key, err := backup.ParseKey(secret.NewText(fuzzKey))
	if err != nil {
		f.Fatal(err)
	}
	recipient, err := age.ParseX25519Recipient(key.Recipient())
	if err != nil {
		f.Fatal(err)
	}
	m := newMemory(f)
	m.contact(m.newCase(), "The parcel never came")
	m.file([]byte("photograph of the open box"))
	p := newPlace(f)
	p.key = key
	p.make(m)
	whole := p.files()
	var names []string
	for name := range whole {
		if strings.HasSuffix(name, ".age") {
			names = append(names, name)
		}
	}
	f.Add(0, true, []byte(`{"format":1}`))
	f.Add(1, true, append(make([]byte, 32), `{"format":1,"number":1,"logs":[],"segments":[{"name":"../../x"}]}`...))
	f.Add(2, true, []byte("{\"header\":{},\"leaf\":\"zz\"}\n"))
	f.Add(3, false, []byte("age-encryption.org/v1\n-> X25519 "))
	f.Add(0, false, []byte{})
	f.Fuzz(func(t *testing.T, which int, encrypted bool, data []byte) {
		name := names[uint(which)%uint(len(names))]
		if encrypted {
			var sealed bytes.Buffer
			w, err := age.Encrypt(&sealed, recipient)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write(data); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			data = sealed.Bytes()
		}
		if bytes.Equal(data, whole[name]) || encrypted && string(data) == "photograph of the open box" {
			return
		}
		path := filepath.Join(p.folder, filepath.FromSlash(name))
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		p.t = t
		if !p.notices() {
			t.Errorf("%s is something else, and nobody noticed", name)
		}
		if err := os.WriteFile(path, whole[name], 0o600); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzARecoveryKeyIsReadOnlyWhenItIsOne(f *testing.F) {
	f.Add("AGE-SECRET-KEY-1")
	f.Add("age-secret-key-1 qqqq")
	f.Add(fuzzKey)
	f.Fuzz(func(t *testing.T, typed string) {
		key, err := backup.ParseKey(secret.NewText(typed))
		if err != nil {
			return
		}
		again, err := backup.ParseKey(key.Text())
		if err != nil || again.Recipient() != key.Recipient() {
			t.Errorf("%q is a key that reads as another: %v", typed, err)
		}
	})
}
