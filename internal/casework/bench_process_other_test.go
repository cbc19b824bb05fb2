//go:build !linux

package casework_test

import (
	"os"
	"time"
)

// worked is measured on Linux.
func worked() time.Duration { return 0 }

// largest is not told by other systems in the same unit.
func largest(*os.ProcessState) float64 { return 0 }
