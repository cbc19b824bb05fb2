// Package secrettest is imported, for its effect alone, by tests that open a library: the processes of such a test, and
// those that inherit their environment, leave the keyring of whoever runs it alone.
package secrettest

import (
	"os"

	"constancia/internal/secret"
)

func init() {
	if err := os.Setenv(secret.Variable, "files"); err != nil {
		panic(err)
	}
}
