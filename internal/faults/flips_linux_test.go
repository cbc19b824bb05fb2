package faults_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

// A bit flips in a file of a library that nobody has open, as disks do it: the check notices, or it made no difference.
func TestEveryFlippedBitOfALibraryIsNoticedOrMakesNoDifference(t *testing.T) {
	t.Setenv("CONSTANCIA_SECRETS", "files")
	told := preparedNamed(t, "make a promise").base // and in its library is the story
	before := mustReadState(t, told)
	const workers = 2
	flips := pick(80, 8_000)
	var noticed, harmless atomic.Int64
	var work sync.WaitGroup
	for worker := range workers {
		work.Go(func() {
			flipper := newFlipper(t, told, before)
			for number := worker; number < flips; number += workers {
				where, did := flipper.flip(t, rand.New(rand.NewPCG(*seed+uint64(number), 1)))
				switch did {
				case flipNoticed:
					noticed.Add(1)
				case flipHarmless:
					harmless.Add(1)
				default:
					t.Errorf("%s: %s; once more: -run '^%s$' -seed %d -runs 1", where, did, t.Name(), *seed+uint64(number))
				}
			}
		})
	}
	work.Wait()
	t.Logf("%d noticed, %d made no difference", noticed.Load(), harmless.Load())
	if *only == 0 && noticed.Load() < int64(flips)/8 {
		t.Errorf("only %d of %d flips were noticed", noticed.Load(), flips)
	}
}

const (
	flipNoticed  = "noticed"
	flipHarmless = "harmless"
)

// flipper flips bits in a library of its own, one at a time.
type flipper struct {
	stage  stage
	before state
	files  map[string][]byte // as they are when nothing is flipped, by path
	paths  []string          // of those in the library, the databases more than once
}

func newFlipper(t *testing.T, told stage, before state) *flipper {
	f := &flipper{stage: told, before: before, files: map[string][]byte{}}
	f.stage.folder = filepath.Join(newFolder(t, "flips"), "stage")
	if err := copyTree(told.folder, f.stage.folder); err != nil {
		t.Error(err)
		return f
	}
	err := filepath.WalkDir(f.stage.folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		f.files[path], err = os.ReadFile(path)
		return errors.Join(err, os.Chmod(path, 0o600))
	})
	if err != nil {
		t.Error(err)
	}
	for _, path := range slices.Sorted(maps.Keys(f.files)) {
		switch {
		case filepath.Base(path) == "constancia.db":
			f.paths = append(f.paths, path, path, path, path)
		case filepath.Base(path) == "contents.db":
			f.paths = append(f.paths, path, path)
		case filepath.Base(filepath.Dir(filepath.Dir(path))) == "vault":
			f.paths = append(f.paths, path)
		}
	}
	return f
}

// flip flips one bit, tells where it was and what came of it, and puts everything back.
func (f *flipper) flip(t *testing.T, random *rand.Rand) (where, did string) {
	path := f.paths[random.IntN(len(f.paths))]
	flipped := slices.Clone(f.files[path])
	at, bit := random.IntN(len(flipped)), random.IntN(8)
	flipped[at] ^= 1 << bit
	where = fmt.Sprintf("bit %d of byte %d of %s", bit, at, filepath.Base(path))
	defer f.restore(t)
	if err := os.WriteFile(path, flipped, 0o600); err != nil {
		return where, err.Error()
	}
	holds, err := f.check()
	switch {
	case err != nil && problem.From(err).Code == problem.Unexpected:
		return where, "it is not told in plain words: " + err.Error()
	case err != nil || !holds:
		return where, flipNoticed
	}
	after, err := readState(f.stage.library())
	switch {
	case err != nil:
		return where, "it holds, and can't be read: " + err.Error()
	case len(after.unsound) > 0:
		return where, "it holds, and is unsound: " + fmt.Sprint(after.unsound)
	case !maps.Equal(f.before.contents, after.contents):
		return where, "it holds, and the contents are not what they were"
	}
	for table, rows := range allTables(f.before) {
		if !maps.Equal(rows, allTables(after)[table]) {
			return where, "it holds, and the table " + table + " is not what it was"
		}
	}
	return where, flipHarmless
}

func allTables(s state) map[string]map[string]bool {
	all := maps.Clone(s.log)
	maps.Copy(all, s.views)
	return all
}

// check is what constancia library check does.
func (f *flipper) check() (holds bool, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	work, err := casework.Open(ctx, casework.Options{Directory: f.stage.library(), State: filepath.Join(f.stage.folder, "home", "state", "constancia")})
	if err != nil {
		return false, err
	}
	defer func() { _ = work.Close() }()
	verification, err := work.CheckLibrary(ctx, nil)
	return verification.Holds, err
}

// restore puts back what a flip, or a look at it, has changed.
func (f *flipper) restore(t *testing.T) {
	err := filepath.WalkDir(f.stage.folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if _, ours := f.files[path]; !ours {
			return os.Remove(path)
		}
		return nil
	})
	for path, data := range f.files {
		err = errors.Join(err, os.WriteFile(path, data, 0o600))
	}
	if err != nil {
		t.Error(err)
	}
}
