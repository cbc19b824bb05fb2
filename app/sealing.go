package app

import (
	"context"
	"time"
)

// lookEvery is how often the window looks whether a time stamp is due. Package casework says what is.
const lookEvery = 20 * time.Second

// keepSealed has the record stamped while the window is open, where the person chose a service for that. What waited for
// a service that could not be reached is tried at once when the window opens. What goes wrong waits for the next time:
// record verify and the dossier say what has no stamp.
func (d *desk) keepSealed(ctx context.Context) {
	opening := true
	for ctx.Err() == nil {
		d.mu.RLock()
		work := d.casework
		d.mu.RUnlock()
		if work != nil {
			_, _ = work.SealDue(ctx, opening, nil)
			opening = false
		}
		select {
		case <-ctx.Done():
		case <-time.After(lookEvery):
		}
	}
}
