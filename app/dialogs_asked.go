//go:build !dev

package app

// A dialog is always asked of the person.

func answeredOpen() ([]string, bool) { return nil, false }

func answeredFolder() (string, bool) { return "", false }

func answeredSave(string) (string, bool) { return "", false }
