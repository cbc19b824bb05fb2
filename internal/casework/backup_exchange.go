package casework

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/gofrs/flock"

	"constancia/internal/problem"
)

// exchange puts one library folder in the place of another, which stays beside it.
type exchange struct {
	directory string
	// beside is where the new one is made, on the same disk, so that renaming it is one step.
	beside string
	name   string // of the backup, for the names of both
	// lock keeps everybody out of the library that is replaced; nil when there is none.
	lock *flock.Flock
}

const (
	restoringMark = ".restoring-"
	replacedMark  = ".replaced-"
)

// newExchange prepares the place. It takes the library that is there for itself, so that nothing is recorded in it any
// more, and takes away what an earlier restore that was cut off left there.
//
// Problems: library_foreign, library_in_use, library_unwritable.
func newExchange(directory string, replaces bool, name string) (*exchange, error) {
	e := &exchange{directory: directory, beside: directory + restoringMark + name, name: name}
	if err := os.MkdirAll(filepath.Dir(directory), 0o700); err != nil {
		return nil, explainLibrary(err, directory)
	}
	if names, err := os.ReadDir(directory); !replaces && err == nil && len(names) > 0 {
		return nil, problem.New(problem.LibraryForeign, problem.Values{"path": directory})
	}
	if replaces {
		e.lock = flock.New(filepath.Join(directory, "lock"), flock.SetPermissions(0o600))
		held, err := e.lock.TryLock()
		if err != nil {
			return nil, explainLibrary(err, directory)
		}
		if !held {
			return nil, problem.New(problem.LibraryInUse, problem.Values{"path": directory})
		}
	}
	if err := e.sweep(); err != nil {
		e.abandon()
		return nil, err
	}
	return e, nil
}

func (e *exchange) sweep() error {
	folder, name := filepath.Split(e.directory)
	siblings, err := os.ReadDir(folder)
	if err != nil {
		return explainLibrary(err, e.directory)
	}
	for _, sibling := range siblings {
		if !strings.HasPrefix(sibling.Name(), name+restoringMark) {
			continue
		}
		if err := os.RemoveAll(filepath.Join(folder, sibling.Name())); err != nil {
			return explainLibrary(err, e.directory)
		}
	}
	return nil
}

// abandon takes the new one away unless it has its place, and lets others in again.
func (e *exchange) abandon() {
	_ = os.RemoveAll(e.beside)
	if e.lock != nil {
		_ = e.lock.Close()
	}
}

// swap gives the new one its place and tells where the old one is now.
func (e *exchange) swap() (kept string, err error) {
	if e.lock == nil {
		if err := os.Remove(e.directory); err != nil && !errors.Is(err, fs.ErrNotExist) { // an empty folder
			return "", explainLibrary(err, e.directory)
		}
		return "", e.rename(e.beside, e.directory)
	}
	if runtime.GOOS == "windows" { // it renames no folder in which a file is open
		_ = e.lock.Close()
	}
	kept = e.freeName()
	// The new one is whole and durable. For a moment it has the name that the old one will have.
	if err := e.rename(e.beside, kept); err != nil {
		return "", err
	}
	if exchangeFolders(kept, e.directory) == nil {
		return kept, e.syncAround()
	}
	return kept, errors.Join(e.rename(kept, e.beside), e.swapInTwoSteps(kept))
}

// swapInTwoSteps does it where names can't be exchanged. Between the two steps neither library has the name.
func (e *exchange) swapInTwoSteps(kept string) error {
	if err := e.rename(e.directory, kept); err != nil {
		return err
	}
	if err := e.rename(e.beside, e.directory); err != nil {
		return errors.Join(err, e.rename(kept, e.directory))
	}
	return nil
}

func (e *exchange) freeName() string {
	name := e.directory + replacedMark + e.name
	for i := 2; ; i++ {
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return name
		}
		name = fmt.Sprintf("%s%s%s-%d", e.directory, replacedMark, e.name, i)
	}
}

// rename renames a folder durably.
func (e *exchange) rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return explainLibrary(err, e.directory)
	}
	return e.syncAround()
}

// syncAround makes the names durable.
func (e *exchange) syncAround() error {
	return explainLibrary(syncNames(filepath.Dir(e.directory)), e.directory)
}

func explainLibrary(err error, directory string) error {
	if err == nil {
		return nil
	}
	if explained := problem.From(explainFile(err, directory)); explained.Code != problem.FileUnwritable {
		return explained
	}
	return problem.Wrap(err, problem.LibraryUnwritable, problem.Values{"path": directory})
}
