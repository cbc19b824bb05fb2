package secret

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"constancia/internal/durable"
	"constancia/internal/problem"
)

// Variable is the environment variable that keeps secrets out of the system's keyring when it says "files".
const Variable = "CONSTANCIA_SECRETS"

// Store keeps secrets under names: each in the system's keyring, or in a file of its own.
//
// A new secret goes to the keyring, and to a file when the keyring does not answer or does not take it. From then on it
// stays where it is. A note in the folder says which secrets are in the keyring, so that one which can't be reached
// today is an error and never taken for one that was not there: a second key would be a second identity. When there are
// a file and a secret in the keyring, the file counts.
//
// A Store is safe for concurrent use, by several processes, too. Of two that put different values under one name at
// once, one prevails whole.
type Store struct {
	directory string
	keyring   keyring
	// unasked is why the keyring is not asked; nil when it is.
	unasked error
	// brief is how long the keyring may take, and patient how long when the secret is known to be there: then a person
	// may have to type the keyring's password first.
	brief, patient time.Duration
}

// Open gives the store of this computer, whose files are in a folder that is made when the first secret is put into it.
// It uses files only when the environment says CONSTANCIA_SECRETS=files, and in a session without a keyring service.
func Open(directory string) *Store {
	store := &Store{directory: directory, keyring: systemKeyring{}, brief: 5 * time.Second, patient: time.Minute}
	if os.Getenv(Variable) == "files" {
		store.unasked = fmt.Errorf("%s=files", Variable)
	} else if !keyringService() {
		store.unasked = errors.New("this session has no keyring service")
	}
	return store
}

// InFiles gives a store that leaves the keyring alone, for tests and servers.
func InFiles(directory string) *Store {
	return &Store{directory: directory, unasked: errors.New("this store is of files only")}
}

// Place is where a secret is. The zero Place is nowhere.
type Place struct {
	// Keyring is whether it is in the system's keyring.
	Keyring bool
	// File is the path of the file that holds it; empty when there is none.
	File string
}

// Place tells where a secret is, without asking the keyring for it.
func (s *Store) Place(name string) Place {
	switch {
	case checkName(name) != nil:
		return Place{}
	case exists(s.file(name)):
		return Place{File: s.file(name)}
	}
	return Place{Keyring: exists(s.note(name))}
}

// Get gives the value of a secret. found is false when there is none under that name: none was put, or the keyring
// answers and has lost it.
//
// Problems: keyring_silent when the secret is in the keyring, which does not answer; file_unreadable.
func (s *Store) Get(name string) (value []byte, found bool, err error) {
	if err := checkName(name); err != nil {
		return nil, false, err
	}
	if value, found, err := readFile(s.file(name)); found || err != nil {
		return value, found, err
	}
	noted := exists(s.note(name))
	value, found, silence := s.ask(name, noted)
	if silence != nil && noted {
		return nil, false, problem.Wrap(silence, problem.KeyringSilent, problem.Values{"value": name})
	}
	if found && !noted {
		// The folder was lost and the keyring was not. Without the note nothing is wrong today.
		_ = s.writeNote(name)
	}
	return value, found, nil
}

// Put keeps a secret, in place of one of the same name. It is durable when Put returns.
//
// Problems: file_unwritable, disk_full.
func (s *Store) Put(name string, value []byte) error {
	if err := checkName(name); err != nil {
		return err
	}
	if s.unasked != nil || exists(s.file(name)) {
		return writeFile(s.file(name), value)
	}
	// The note first: a note without a secret does no harm, a secret without a note may be overlooked.
	noted := exists(s.note(name))
	if err := s.writeNote(name); err != nil {
		return err
	}
	if s.give(name, value) == nil {
		return nil
	}
	if err := writeFile(s.file(name), value); err != nil {
		return err
	}
	if !noted {
		return explain(os.Remove(s.note(name)), s.note(name))
	}
	return nil
}

// Entrust keeps a secret in the system's keyring or nowhere, in place of one of the same name there: kept is false when
// the keyring does not answer, does not take it, or is not asked. For what a person knows by heart, and need not find in a
// file.
//
// Problems: file_unwritable, disk_full.
func (s *Store) Entrust(name string, value []byte) (kept bool, err error) {
	if err := checkName(name); err != nil || s.unasked != nil {
		return false, err
	}
	noted := exists(s.note(name))
	if err := s.writeNote(name); err != nil { // first, as in Put
		return false, err
	}
	if s.give(name, value) == nil {
		return true, nil
	}
	if noted {
		return false, nil
	}
	return false, explain(os.Remove(s.note(name)), s.note(name))
}

// Delete forgets a secret. It is no error when there is none.
//
// Problems: keyring_silent when the secret is in the keyring, which does not answer: then nothing is deleted;
// file_unwritable.
func (s *Store) Delete(name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	if err := s.forget(name); err != nil && exists(s.note(name)) {
		return problem.Wrap(err, problem.KeyringSilent, problem.Values{"value": name})
	}
	for _, path := range []string{s.file(name), s.note(name)} {
		if err := durable.Remove(path); err != nil {
			return explain(err, path)
		}
	}
	return nil
}

func (s *Store) file(name string) string { return filepath.Join(s.directory, name) }

// note is the path of the file that says that a secret is in the keyring.
func (s *Store) note(name string) string { return s.file(name) + ".keyring" }

func (s *Store) writeNote(name string) error {
	return writeFile(s.note(name), []byte("In the system's keyring: "+service+", "+name+"\n"))
}

// Lower case, because some file systems don't tell it from upper case; no dot, because notes and temporary files have one.
var names = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,99}$`)

func checkName(name string) error {
	if !names.MatchString(name) {
		return fmt.Errorf("not the name of a secret: %q", name)
	}
	return nil
}
