package casework

import (
	"runtime/debug"
	"testing"
)

// Not in parallel: the share is the whole process's, and imports of other tests would change it.
func TestMemoryIsSparedWhileAnyImportRuns(t *testing.T) {
	before := share()
	endFirst := beFrugal()
	endSecond := beFrugal()
	endFirst()
	if got := share(); got != frugalShare {
		t.Errorf("while the second import runs, garbage may be %d %%, want %d", got, frugalShare)
	}
	endSecond()
	if got := share(); got != before {
		t.Errorf("after both, garbage may be %d %%, want %d as before", got, before)
	}
}

func share() int {
	now := debug.SetGCPercent(100)
	debug.SetGCPercent(now)
	return now
}
