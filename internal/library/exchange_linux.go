package library

import "golang.org/x/sys/unix"

// exchangeFolders gives two folders each other's name in one step, so that a crash never finds neither.
func exchangeFolders(one, other string) error {
	return unix.Renameat2(unix.AT_FDCWD, one, unix.AT_FDCWD, other, unix.RENAME_EXCHANGE)
}
