//go:build dev

package app

import (
	"os"
	"path/filepath"
)

// In a dev build the page runs in a browser that a test drives, and nobody can answer a native dialog: the environment
// does, when it is set.

// answeredOpen gives the files of CONSTANCIA_DIALOG_OPEN, separated like PATH.
func answeredOpen() ([]string, bool) {
	paths := os.Getenv("CONSTANCIA_DIALOG_OPEN")
	return filepath.SplitList(paths), paths != ""
}

// answeredFolder gives the folder of CONSTANCIA_DIALOG_FOLDER, else the first of CONSTANCIA_DIALOG_OPEN.
func answeredFolder() (string, bool) {
	if folder := os.Getenv("CONSTANCIA_DIALOG_FOLDER"); folder != "" {
		return folder, true
	}
	paths, answered := answeredOpen()
	if !answered {
		return "", false
	}
	return paths[0], true
}

// answeredSave gives a place in the folder CONSTANCIA_DIALOG_SAVE.
func answeredSave(name string) (string, bool) {
	folder := os.Getenv("CONSTANCIA_DIALOG_SAVE")
	return filepath.Join(folder, name), folder != ""
}
