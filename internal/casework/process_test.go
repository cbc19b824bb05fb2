package casework_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"constancia/internal/casework"
)

// The tests' own program stands in for another process: it does one of these things in the library that this variable
// names.
const elsewhereVariable = "CONSTANCIA_TEST_LIBRARY"

var actsElsewhere = map[string]func(ctx context.Context, c *casework.Casework, argument string) error{
	"add evidence":    addMuch,
	"export dossier":  exportElsewhere,
	"note until shot": noteUntilShot,
	"import mail":     importElsewhere,
	"import files":    importFilesElsewhere,
}

func TestMain(m *testing.M) {
	directory := os.Getenv(elsewhereVariable)
	if directory == "" {
		os.Exit(m.Run())
	}
	if err := actElsewhere(directory, os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func actElsewhere(directory, act, argument string) error {
	ctx := context.Background()
	c, err := casework.Open(ctx, casework.Options{Directory: directory, Create: true, State: directory + "-state"})
	if err != nil {
		return err
	}
	return errors.Join(actsElsewhere[act](ctx, c, argument), c.Close())
}

// elsewhere is another process that will do something in the same library.
func (w *work) elsewhere(act, argument string) *exec.Cmd {
	process := exec.Command(os.Args[0], act, argument)
	process.Env = append(os.Environ(), elsewhereVariable+"="+w.Directory())
	process.Stderr = os.Stderr
	return process
}
