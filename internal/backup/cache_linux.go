package backup

import (
	"os"

	"golang.org/x/sys/unix"
)

// forgetCache makes the next read of a synced file come from the disk, not from memory: only that says that it is there.
// It is advice; a file system may pass it over.
func forgetCache(file *os.File) { _ = unix.Fadvise(int(file.Fd()), 0, 0, unix.FADV_DONTNEED) }
