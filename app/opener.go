package app

import (
	"os/exec"
	"path/filepath"
)

// opener shows a file, a folder or an address in the system's own program. A test stands in for it.
type opener interface {
	file(path string) error
	folder(path string) error
	// address is one that leadsOut.
	address(address string) error
}

// systemOpener starts the platform's opener with the path or address as one argument: no shell reads it.
type systemOpener struct{}

func (systemOpener) file(path string) error { return launch(openCommand(path)) }

func (systemOpener) folder(path string) error { return launch(openCommand(filepath.Dir(path))) }

func (systemOpener) address(address string) error { return launch(openCommand(address)) }

// launch starts a program and waits for it in the background, so that it leaves no zombie.
func launch(command *exec.Cmd) error {
	if err := command.Start(); err != nil {
		return err
	}
	go func() { _ = command.Wait() }()
	return nil
}
