// Package faults holds the tests that disturb the program at its work: kill it, fail its system calls, fill its disk,
// cut the power, turn the clock. After each, everything that was acknowledged must be there, and nothing half of it.
//
// The program is the real one, built without cgo, as a process of its own on a library of its own. make test runs a
// slice, and make campaign all of it, with a table of what was lost at the end. The package holds nothing else.
package faults
