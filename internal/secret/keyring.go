package secret

import (
	"encoding/base64"
	"errors"
	"time"

	system "github.com/zalando/go-keyring"
)

// service is the name that the program goes by in the keyring.
const service = "constancia"

// keyring keeps texts under names. Get and Delete fail with system.ErrNotFound when there is nothing under a name.
type keyring interface {
	Get(name string) (string, error)
	Set(name, text string) error
	Delete(name string) error
}

// systemKeyring is the keyring of the person's session: the Secret Service, the Keychain or the Credential Manager.
type systemKeyring struct{}

func (systemKeyring) Get(name string) (string, error) { return system.Get(service, name) }
func (systemKeyring) Set(name, text string) error     { return system.Set(service, name, text) }
func (systemKeyring) Delete(name string) error        { return system.Delete(service, name) }

var errSilent = errors.New("the keyring does not answer")

// ask looks a secret up in the keyring. It waits longer for one that is known to be there.
func (s *Store) ask(name string, known bool) (value []byte, found bool, err error) {
	if s.unasked != nil {
		return nil, false, s.unasked
	}
	patience := s.brief
	if known {
		patience = s.patient
	}
	text, err := within(patience, func() (string, error) { return s.keyring.Get(name) })
	if errors.Is(err, system.ErrNotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	value, err = base64.StdEncoding.DecodeString(text)
	return value, err == nil, err
}

// give puts a secret into the keyring, and reads it again: some take what they do not keep.
func (s *Store) give(name string, value []byte) error {
	text := base64.StdEncoding.EncodeToString(value)
	kept, err := within(s.brief, func() (string, error) {
		if err := s.keyring.Set(name, text); err != nil {
			return "", err
		}
		return s.keyring.Get(name)
	})
	if err == nil && kept != text {
		return errors.New("the keyring gives back something else")
	}
	return err
}

// forget takes a secret out of the keyring. It is no error when it is not there.
func (s *Store) forget(name string) error {
	if s.unasked != nil {
		return s.unasked
	}
	_, err := within(s.brief, func() (string, error) { return "", s.keyring.Delete(name) })
	if errors.Is(err, system.ErrNotFound) {
		return nil
	}
	return err
}

// within lets a call to the keyring take so long and no longer: the service behind it may never answer, and the calls
// can't be cancelled. One that is given up goes on by itself.
func within(patience time.Duration, call func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	answered := make(chan answer, 1)
	go func() {
		text, err := call()
		answered <- answer{text, err}
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case a := <-answered:
		return a.text, a.err
	case <-timer.C:
		return "", errSilent
	}
}
