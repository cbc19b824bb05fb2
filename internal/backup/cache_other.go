//go:build !linux

package backup

import "os"

// forgetCache does nothing here: only Linux takes such advice.
func forgetCache(*os.File) {}
