package addressee

import "time"

// Period is a length of time in calendar months and days: laws that say no more than "days" mean these.
type Period struct {
	Months int `json:"months,omitempty"`
	Days   int `json:"days,omitempty"`
}

// After is the last moment of the period when it begins with the day after at. A month ends on the same day of the month,
// or on the last one where there is none (Código Civil, article 5.1).
func (p Period) After(at time.Time) time.Time {
	year, month, day := at.Date()
	first := time.Date(year, month+time.Month(p.Months), 1, 0, 0, 0, 0, at.Location())
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(day, last)-1+p.Days+1).Add(-time.Second)
}
