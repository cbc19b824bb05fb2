package faults_test

import (
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"constancia/internal/seal/sealtest"
)

// fault is a way to disturb the program.
type fault struct {
	name string
	// runs is how often it strikes in all, over all operations.
	runs int
	// strike runs the operation in a new folder and disturbs it. random belongs to this run alone.
	strike func(t *testing.T, p *prepared, folder string, random *rand.Rand) *trial
}

// theater prepares each operation once for all tests, when it is first needed.
var theater struct {
	once       sync.Once
	told       stage
	operations map[string]*once
}

type once struct {
	sync.Once
	prepared *prepared
}

// preparedNamed gives an operation, ready to be disturbed.
func preparedNamed(t *testing.T, name string) *prepared {
	t.Helper()
	toldStory(t)
	this := theater.operations[name]
	this.Do(func() {
		for _, o := range operations() {
			if o.name == name {
				this.prepared = o.prepared(t, theater.told)
			}
		}
	})
	if this.prepared == nil {
		t.Fatalf("%q could not be prepared", name)
	}
	return this.prepared
}

// toldStory is the stage that every operation starts from.
func toldStory(t *testing.T) stage {
	t.Helper()
	theater.once.Do(func() {
		theater.told = tellStory(t)
		theater.operations = map[string]*once{}
		for _, o := range operations() {
			theater.operations[o.name] = &once{}
		}
	})
	return theater.told
}

// newFolder makes a folder that stays when the test fails.
func newFolder(t *testing.T, name string) string {
	t.Helper()
	folder, err := os.MkdirTemp(workFolder, name+"-")
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// tellStory makes the library that every operation starts from.
func tellStory(t *testing.T) stage {
	t.Helper()
	folder := newFolder(t, "story")
	service, err := sealtest.Start() // for as long as the tests run
	if err != nil {
		t.Fatal(err)
	}
	s := stage{folder: filepath.Join(folder, "stage"), program: builtProgram(t),
		story: story{inputs: filepath.Join(folder, "inputs"), timeService: service.URL}}
	writeInputs(t, s.story.inputs)
	if err := os.MkdirAll(s.out(), 0o700); err != nil {
		t.Fatal(err)
	}
	s.story.caseID = id(s.must(t, "case", "new", "--title", "A parcel that never came", "--company", "Veloz"))
	for i := range 4 {
		s.story.contactID = id(s.must(t, "contact", "log", "--case", s.story.caseID, "--company", "Veloz",
			"--person", fmt.Sprintf("Agent %d", i), "--summary", fmt.Sprintf("Call number %d about the parcel.", i)))
		s.must(t, "promise", "make", "--case", s.story.caseID, "--contact", s.story.contactID, "--what", "They will call back.")
	}
	letter := s.must(t, "evidence", "add", "--case", s.story.caseID, s.story.input("letter.txt"))
	s.story.letterID, s.story.letterSHA256 = id(letter), letter["sha256"].(string)
	photo := s.must(t, "evidence", "add", "--case", s.story.caseID, s.story.input("photo.bin"))
	s.story.photoID, s.story.photoSHA256 = id(photo), photo["sha256"].(string)
	s.must(t, "mail", "import", "files", "--case", s.story.caseID, s.story.input("mail/00.eml"))
	return s
}

// disturb runs a fault on every operation. A slice is too small for all of them: each fault begins with another one.
func disturb(t *testing.T, f fault) {
	t.Helper()
	all := operations()
	first := int(crc32.ChecksumIEEE([]byte(f.name))) % len(all)
	for i := range all {
		operation := all[(first+i)%len(all)]
		runs := f.runs / len(all)
		if i < f.runs%len(all) {
			runs++
		}
		if *only > 0 {
			runs = *only
		}
		if runs == 0 {
			continue
		}
		t.Run(operation.name, func(t *testing.T) {
			t.Parallel()
			f.disturb(t, preparedNamed(t, operation.name), runs)
		})
	}
}

// disturb runs a fault on one operation. A run that the fault missed is judged like the others, and does not count.
func (f fault) disturb(t *testing.T, p *prepared, runs int) {
	began := time.Now()
	struck, lost := 0, 0
	for number := 0; struck < runs && number < 3*runs+10; number++ {
		random := rand.New(rand.NewPCG(*seed+uint64(number), 0))
		folder := newFolder(t, "run")
		done := f.strike(t, p, folder, random)
		losses := done.losses()
		if done.release != nil {
			done.release()
		}
		if done.struck {
			struck++
		}
		if len(losses) > 0 {
			lost++
			t.Errorf("%s, run %d: %s\n  %s\nkept in %s; once more: -run '^%s$' -seed %d -runs 1",
				done.fault, number, p.name, strings.Join(losses, "\n  "), done.folder, strings.ReplaceAll(t.Name(), "/", "$/^"), *seed+uint64(number))
			continue
		}
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	}
	if struck < runs {
		t.Errorf("it was struck %d times of %d", struck, runs)
	}
	results.add(f.name, p.name, struck, lost, time.Since(began))
}
