//go:build !linux

package casework_test

import "os"

// largest is not told by other systems in the same unit.
func largest(*os.ProcessState) float64 { return 0 }
