package bundle

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

const manyEntries = 100_000

// largeCase is a log of many contacts.
func largeCase(b *testing.B) *device {
	b.Helper()
	d := newDevice(b, "a")
	d.append(record.KindCase, casefile.Case{Title: "El paquete que no llegó", Zone: "Europe/Madrid"})
	for i := len(d.entries); i < manyEntries; i++ {
		hold := int64(i % 3600)
		d.append(record.KindContact, casefile.Contact{CaseID: caseID, PartyID: "0198a1c0-0000-7000-8000-000000000003",
			Summary: fmt.Sprintf("Llamada número %d: «mañana llega», dicen otra vez.", i), HoldSeconds: &hold,
			Failures: []casefile.Failure{"long_wait", "promise_broken"}})
	}
	return d
}

func (d *device) bundle(pointers []string, chosen ...int) Contents {
	contents := Contents{CaseID: caseID, Program: "Constancia benchmark", Logs: []Log{d.log()}}
	for _, at := range chosen {
		contents.Chosen = append(contents.Chosen, Chosen{Stored: d.entries[at], Pointers: pointers})
	}
	return contents
}

// BenchmarkBundle measures what a bundle costs beside hashing it: sha256sum is a process, as the script is.
func BenchmarkBundle(b *testing.B) {
	d := largeCase(b)
	for _, kind := range []struct {
		name     string
		contents Contents
	}{
		{"one of 100000 entries, shown in part", d.bundle([]string{"/summary"}, manyEntries/2)},
		{"all of 100000 entries", d.bundle(nil)},
	} {
		text := mustWrite(b, kind.contents, Options{})
		folder := b.TempDir()
		for name, member := range membersOf(b, text) {
			path := filepath.Join(folder, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				b.Fatal(err)
			}
			if err := os.WriteFile(path, member, 0o600); err != nil {
				b.Fatal(err)
			}
		}
		run := func(name string, words ...string) {
			b.Run(kind.name+"/"+name, func(b *testing.B) {
				for b.Loop() {
					command := exec.Command(words[0], words[1:]...)
					command.Dir = folder
					if said, err := command.CombinedOutput(); err != nil {
						b.Fatalf("%v\n%s", err, said)
					}
				}
			})
		}
		b.Run(kind.name+"/write", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				mustWrite(b, kind.contents, Options{})
			}
		})
		b.Run(kind.name+"/verify", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				mustVerify(b, mustOpen(b, text))
			}
		})
		b.Run(kind.name+"/hash in memory", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				sha256.Sum256(bytes.Clone(text))
			}
		})
		run("sha256sum", "sha256sum", "-c", "--quiet", manifestName)
		run("script", "python3", "-I", "-S", scriptName, ".")
	}
}
