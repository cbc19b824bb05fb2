package secret

import "time"

// Keyring is what stands in for the system's.
type Keyring = keyring

// SystemKeyring is the real one, which tests give the library's mock.
var SystemKeyring Keyring = systemKeyring{}

// OpenWith opens a store with a keyring that is given up after a moment.
func OpenWith(directory string, keyring Keyring) *Store {
	return &Store{directory: directory, keyring: keyring, brief: 50 * time.Millisecond, patient: 100 * time.Millisecond}
}
