//go:build unix && !darwin

package secret

import (
	"fmt"
	"os"
)

// keyringService is whether the session has a message bus, where a keyring may answer. Asking without one would start a
// bus of its own, which nobody is on.
func keyringService() bool {
	address := os.Getenv("DBUS_SESSION_BUS_ADDRESS")
	return address != "" && address != "autolaunch:" || exists(fmt.Sprintf("/run/user/%d/bus", os.Getuid()))
}
