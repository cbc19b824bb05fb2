package library

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/gofrs/flock"

	"constancia/internal/durable"
	"constancia/internal/problem"
)

// Replacement is a library that is made beside a folder, to take its place: all at once, or not at all. The one that is
// there stays, under another name.
type Replacement struct {
	directory string
	// name is that of what the new one is made from, for the names of both.
	name string
	// lock keeps everybody out of the library that is replaced; nil when there is none.
	lock *flock.Flock
}

const (
	restoringMark = ".restoring-"
	replacedMark  = ".replaced-"
)

// Replace prepares the place. It takes the library that is there for itself, so that nothing is recorded in it any more,
// and takes away what an earlier one that was cut off left beside it. The directory is absolute; the name stands in those
// of the folders beside it.
//
// Problems: library_foreign, library_in_use, library_unwritable, disk_full.
func Replace(directory, name string) (*Replacement, error) {
	r := &Replacement{directory: directory, name: name}
	if err := durable.MakeFolders(filepath.Dir(directory)); err != nil {
		return nil, r.explain(err)
	}
	if err := r.keepOthersOut(); err != nil {
		return nil, r.explain(err)
	}
	if err := r.sweep(); err != nil {
		r.Abandon()
		return nil, r.explain(err)
	}
	return r, nil
}

func (r *Replacement) keepOthersOut() error {
	values := problem.Values{"path": r.directory}
	if _, err := os.Stat(filepath.Join(r.directory, databaseName)); err != nil {
		if names, err := os.ReadDir(r.directory); err == nil && len(names) > 0 {
			return problem.New(problem.LibraryForeign, values)
		}
		return nil
	}
	lock := flock.New(filepath.Join(r.directory, lockName), flock.SetPermissions(0o600))
	held, err := lock.TryLock()
	if err != nil {
		return err
	}
	if !held {
		return problem.New(problem.LibraryInUse, values)
	}
	r.lock = lock
	return nil
}

func (r *Replacement) sweep() error {
	folder, name := filepath.Split(r.directory)
	siblings, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, sibling := range siblings {
		if !strings.HasPrefix(sibling.Name(), name+restoringMark) {
			continue
		}
		if err := os.RemoveAll(filepath.Join(folder, sibling.Name())); err != nil {
			return err
		}
	}
	return nil
}

// Directory is where the new library is to be made: on the same disk, so that renaming it is one step.
func (r *Replacement) Directory() string { return r.directory + restoringMark + r.name }

// Abandon takes the new library away unless it has its place, and lets others in again.
func (r *Replacement) Abandon() {
	_ = os.RemoveAll(r.Directory())
	if r.lock != nil {
		_ = r.lock.Close()
	}
}

// Swap gives the new library its place and tells where the old one is now; empty when there was none.
//
// Problems: library_unwritable, disk_full.
func (r *Replacement) Swap() (kept string, err error) {
	if r.lock == nil {
		if err := ignoreAbsent(os.Remove(r.directory)); err != nil { // an empty folder
			return "", r.explain(err)
		}
		return "", r.explain(r.rename(r.Directory(), r.directory))
	}
	if runtime.GOOS == "windows" { // it renames no folder in which a file is open
		_ = r.lock.Close()
	}
	kept = r.freeName()
	// The new one is whole and durable. For a moment it has the name that the old one will have.
	if err := r.rename(r.Directory(), kept); err != nil {
		return "", r.explain(err)
	}
	if exchangeFolders(kept, r.directory) == nil {
		return kept, r.explain(durable.SyncNames(filepath.Dir(r.directory)))
	}
	return kept, r.explain(errors.Join(r.rename(kept, r.Directory()), r.swapInTwoSteps(kept)))
}

// swapInTwoSteps does it where names can't be exchanged. Between the two steps neither library has the name.
func (r *Replacement) swapInTwoSteps(kept string) error {
	if err := r.rename(r.directory, kept); err != nil {
		return err
	}
	if err := r.rename(r.Directory(), r.directory); err != nil {
		return errors.Join(err, r.rename(kept, r.directory))
	}
	return nil
}

func (r *Replacement) freeName() string {
	name := r.directory + replacedMark + r.name
	for i := 2; ; i++ {
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return name
		}
		name = fmt.Sprintf("%s%s%s-%d", r.directory, replacedMark, r.name, i)
	}
}

// rename renames a folder durably.
func (r *Replacement) rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return durable.SyncNames(filepath.Dir(r.directory))
}

func (r *Replacement) explain(err error) error {
	return Options{Directory: r.directory}.explainUnwritable(err)
}
