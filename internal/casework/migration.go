package casework

import "constancia/internal/library"

// MigratedFrom is the copy of the database as an earlier program had left it, when opening the library brought it up to
// date just now; empty when there was nothing to do. It stays until the person removes it.
func (c *Casework) MigratedFrom() string { return c.migratedFrom }

func (c *Casework) migrating(m library.Migration, progress func(Progress)) {
	report(progress, Progress{What: "migrating", Done: m.Done, Total: m.Total})
	if m.Step == library.MigratingDone {
		c.migratedFrom = m.Copy
	}
}
