//go:build !linux

package library

import "errors"

// exchangeFolders fails: only Linux exchanges names in one step.
func exchangeFolders(string, string) error { return errors.ErrUnsupported }
