package casework_test

import (
	"os"
	"syscall"
)

// largest is how much memory a process that has ended had at most, in megabytes: of several, the largest one.
func largest(ended *os.ProcessState) float64 {
	usage, ok := ended.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return float64(usage.Maxrss) * 1024 / 1e6
}
