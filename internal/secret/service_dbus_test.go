//go:build unix && !darwin

package secret_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"constancia/internal/secret"
)

// busVariable makes a process of this test keep a secret in a store in the folder it names, with the real keyring of
// the session that the test makes up, and print where it is.
const busVariable = "CONSTANCIA_TEST_BUS"

func init() { acts[busVariable] = keepOnBus }

func keepOnBus(folder string) {
	for _, store := range []*secret.Store{secret.OpenWith(folder, secret.SystemKeyring), secret.InFiles(folder)} {
		if err := store.Put("device-1", []byte("a key")); err != nil {
			fmt.Println(err)
		}
		value, found, err := store.Get("device-1")
		fmt.Printf("%s %v %v %+v\n", value, found, err, store.Place("device-1"))
	}
}

func TestAMessageBusThatDoesNotWorkCostsAMomentAndNoSecret(t *testing.T) {
	for name, answer := range map[string]func(net.Conn){
		"it never answers":    nil,
		"it hangs up":         func(c net.Conn) { _ = c.Close() },
		"it answers nonsense": func(c net.Conn) { _, _ = c.Write([]byte("220 mail.example ESMTP\r\n")) },
	} {
		t.Run(name, func(t *testing.T) {
			socket := filepath.Join(t.TempDir(), "bus")
			listener, err := net.Listen("unix", socket)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = listener.Close() })
			go func() {
				for {
					conn, err := listener.Accept()
					if err != nil {
						return
					}
					defer func() { _ = conn.Close() }()
					if answer != nil {
						answer(conn)
					}
				}
			}()
			requireFileOnBus(t, "unix:path="+socket)
		})
	}
	t.Run("it is not there", func(t *testing.T) { requireFileOnBus(t, "unix:path="+filepath.Join(t.TempDir(), "bus")) })
}

// requireFileOnBus keeps a secret in a session whose bus has an address.
func requireFileOnBus(t *testing.T, address string) {
	t.Helper()
	folder := t.TempDir()
	process := exec.Command(os.Args[0])
	process.Env = append(os.Environ(), busVariable+"="+folder, "DBUS_SESSION_BUS_ADDRESS="+address)
	said, err := process.CombinedOutput()
	line := fmt.Sprintf("a key true <nil> {Keyring:false File:%s}\n", filepath.Join(folder, "device-1"))
	if err != nil || string(said) != line+line {
		t.Errorf("it says %q, %v, want %q twice", said, err, line)
	}
}
