package casework

import (
	"runtime/debug"
	"sync"
)

// frugal keeps memory small while messages are taken in: garbage may be four fifths of what is in use, not as much again. What
// comes in is hundreds of megabytes that live for a moment, and the app runs beside everything else on a person's computer.
// The share is the whole process's, so that the last one to end gives back the one from before.
var frugal struct {
	sync.Mutex
	users  int
	before int
}

const frugalShare = 80 // percent, as in runtime/debug.SetGCPercent

// beFrugal begins it, and gives what ends it.
func beFrugal() (end func()) {
	frugal.Lock()
	defer frugal.Unlock()
	if frugal.users++; frugal.users == 1 {
		frugal.before = debug.SetGCPercent(frugalShare)
	}
	return func() {
		frugal.Lock()
		defer frugal.Unlock()
		if frugal.users--; frugal.users == 0 {
			debug.SetGCPercent(frugal.before)
		}
	}
}
