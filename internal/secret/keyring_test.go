package secret_test

import (
	"sync"

	system "github.com/zalando/go-keyring"
)

// fakeKeyring is a keyring that can be locked, emptied, and made to behave as badly as real ones do.
type fakeKeyring struct {
	mutex sync.Mutex
	kept  map[string]string
	// refuses, when it is set, is what each call fails with.
	refuses error
	// hangs, when it is set, is what each call waits for.
	hangs chan struct{}
	// forgetful takes what it does not keep.
	forgetful bool
}

func newKeyring() *fakeKeyring { return &fakeKeyring{kept: map[string]string{}} }

func (k *fakeKeyring) enter() error {
	k.mutex.Lock()
	hangs, refuses := k.hangs, k.refuses
	k.mutex.Unlock()
	if hangs != nil {
		<-hangs
	}
	return refuses
}

func (k *fakeKeyring) Get(name string) (string, error) {
	if err := k.enter(); err != nil {
		return "", err
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	text, there := k.kept[name]
	if !there {
		return "", system.ErrNotFound
	}
	return text, nil
}

func (k *fakeKeyring) Set(name, text string) error {
	if err := k.enter(); err != nil {
		return err
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if !k.forgetful {
		k.kept[name] = text
	}
	return nil
}

func (k *fakeKeyring) Delete(name string) error {
	if err := k.enter(); err != nil {
		return err
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if _, there := k.kept[name]; !there {
		return system.ErrNotFound
	}
	delete(k.kept, name)
	return nil
}

func (k *fakeKeyring) set(change func(*fakeKeyring)) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	change(k)
}
