package demo

import (
	"sync"
	"time"
)

// Clock is the clock of a story: open a casework with its Now, and everything is recorded when the story says. It stands
// still while the story is told; before that it shows the machine's time. It is safe for concurrent use.
type Clock struct {
	mutex sync.Mutex
	told  time.Time // what the story says; zero before it is told
	since time.Time // when the clock began to run on from there; zero while it stands still
}

// evening is when the demonstration takes place: the last day of the story.
var evening = time.Date(2026, time.August, 7, 18, 30, 0, 0, time.UTC)

// Evening is a clock that runs from the last evening of the story, for looking around in the sample: what is open or
// overdue is told as of that day.
func Evening() *Clock {
	c := &Clock{}
	c.run(evening)
	return c
}

// Now is the time it shows.
func (c *Clock) Now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	switch {
	case c.told.IsZero():
		return time.Now()
	case c.since.IsZero():
		return c.told
	}
	return c.told.Add(time.Since(c.since))
}

// stand puts the clock to a time of the story, where it stands still.
func (c *Clock) stand(told time.Time) { c.set(told, time.Time{}) }

// run puts the clock to a time of the story, and lets it run.
func (c *Clock) run(told time.Time) { c.set(told, time.Now()) }

func (c *Clock) set(told, since time.Time) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.told, c.since = told, since
}
