//go:build !windows

package library

import "os"

// replaceFile gives a file its name, in place of one that has it.
func replaceFile(from, to string) error { return os.Rename(from, to) }

// othersCanRead reports whether not only its owner can read a file.
func othersCanRead(info os.FileInfo) bool { return info.Mode().Perm()&0o077 != 0 }
