package app

import (
	"context"
	"time"

	"constancia/internal/casework"
)

// catchUp does what had to wait: at once when a library is opened, and again now and then. Where a mailbox is watched, keys are
// asked for as well whenever its server has answered.
func (d *desk) catchUp(ctx context.Context) {
	var of *casework.Casework
	for ctx.Err() == nil {
		d.mu.RLock()
		work := d.casework
		d.mu.RUnlock()
		if work != nil {
			// What goes wrong waits for the next time.
			if work != of {
				_ = work.ReadWaiting(ctx)
			}
			_, _ = work.KeepKeysDue(ctx, work != of) // package casework says which are due
			of = work
		}
		select {
		case <-ctx.Done():
		case <-time.After(lookEvery):
		}
	}
}
