package casework

import (
	"context"
	"time"

	"constancia/internal/record"
)

// clockMayLag is how far this computer's clock may be behind the last entry before somebody is told: clocks are put
// right by seconds, and another computer's may be ahead by minutes.
const clockMayLag = 10 * time.Minute

// ClockBehind tells whether this computer's clock says a time at which the record already had later entries, and when the
// last of them was recorded. Entries are taken all the same: whoever makes one must know that its time is wrong.
func (c *Casework) ClockBehind(ctx context.Context) (last time.Time, behind bool, err error) {
	logs, err := c.library.Logs(ctx, "")
	for _, log := range logs {
		if at, err := time.Parse(record.TimeLayout, log.Last); err == nil && at.After(last) {
			last = at
		}
	}
	return last, last.After(c.clock().Add(clockMayLag)), err
}
