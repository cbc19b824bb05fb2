package dateentry

import (
	"fmt"
	"time"

	"constancia/internal/problem"
)

// resolve makes one wall time of what was read.
func (r *reader) resolve() (string, error) {
	date, err := r.resolveDate()
	if err != nil {
		return "", err
	}
	if err := r.checkWeekday(date); err != nil {
		return "", err
	}
	clock, err := r.resolveClock()
	if err != nil {
		return "", err
	}
	if clock != "" && len(date) != len(time.DateOnly) {
		return "", r.notADate() // an hour of no one day, or two hours
	}
	switch {
	case r.asked.Sense == Due && len(date) < len(time.DateOnly):
		return "", problem.New(problem.DueNeedsDay, problem.Values{"field": "due", "value": r.typed})
	case clock != "":
		return date + "T" + clock, nil
	case r.about && !r.hour.said && len(date) <= len(time.DateOnly):
		return r.lessExact(date)
	}
	return date, nil
}

// lessExact is the month of a day and the year of a month: "about the 12th" is some day around it. Nobody can be held to
// a day around which something is due.
func (r *reader) lessExact(date string) (string, error) {
	if r.asked.Sense == Due {
		return "", problem.New(problem.DueNeedsDay, problem.Values{"field": "due", "value": r.typed})
	}
	if len(date) <= len("2006") {
		return date, nil
	}
	return date[:len(date)-len("-01")], nil
}

func (r *reader) resolveDate() (string, error) {
	named := r.year.said || r.month.said || r.day.said
	counted := r.days.said || r.months.said
	switch {
	case r.anchor != "":
		if named || counted {
			return "", r.notADate()
		}
		return r.anchor, nil
	case counted:
		if named || r.weekday.said {
			return "", r.notADate()
		}
		return r.counting()
	case r.month.said:
		return r.ofMonth()
	case r.day.said:
		return r.dayOfSomeMonth()
	case r.year.said:
		return fmt.Sprintf("%04d", r.year.value), nil
	case r.weekday.said:
		return r.nearestWeekday()
	case r.hour.said && r.nearDay:
		return r.near.Format(time.DateOnly), nil
	}
	return "", r.notADate()
}

// counting is so many days or months after the day on which it was promised.
func (r *reader) counting() (string, error) {
	if !r.nearDay {
		return "", problem.New(problem.DueNeedsDay, problem.Values{"field": "due", "value": r.typed})
	}
	day := r.near.AddDate(0, 0, r.days.value)
	if r.months.said { // a month after 31 January is the last of February
		first := time.Date(day.Year(), day.Month()+time.Month(r.months.value), 1, 0, 0, 0, 0, time.UTC)
		day = first.AddDate(0, 0, min(day.Day(), daysIn(first))-1)
	}
	return day.Format(time.DateOnly), nil
}

func daysIn(month time.Time) int {
	return time.Date(month.Year(), month.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// ofMonth is a month, or a day of it. Its year may have to be found.
func (r *reader) ofMonth() (string, error) {
	if r.month.value < 1 || r.month.value > 12 || r.day.said && (r.day.value < 1 || r.day.value > 31) {
		return "", r.noSuchDate()
	}
	if !r.year.said {
		r.year.value = r.likelyYear()
	}
	first := time.Date(r.year.value, time.Month(r.month.value), 1, 0, 0, 0, 0, time.UTC)
	if !r.day.said {
		return first.Format("2006-01"), nil
	}
	if r.day.value > daysIn(first) {
		return "", r.noSuchDate()
	}
	return first.AddDate(0, 0, r.day.value-1).Format(time.DateOnly), nil
}

// likelyYear is the year that was left out. What is due comes first after the day beside. What happened has the year of
// the entry above it, or that of the turn of the year between them; it has not come yet in no case.
func (r *reader) likelyYear() int {
	in := func(year int) time.Time {
		return time.Date(year, time.Month(r.month.value), max(r.day.value, 1), 0, 0, 0, 0, time.UTC)
	}
	year := r.near.Year()
	if r.asked.Sense == Due {
		floor := r.near
		if !r.day.said || !r.nearDay {
			floor = time.Date(floor.Year(), floor.Month(), 1, 0, 0, 0, 0, time.UTC)
		}
		if in(year).Before(floor) {
			year++
		}
		return year
	}
	const tenMonths = 305 * 24 * time.Hour
	switch apart := in(year).Sub(r.near); {
	case !r.nearSaid:
	case apart > tenMonths:
		year--
	case apart < -tenMonths && !in(year+1).After(r.asked.Now):
		year++
	}
	if in(year).After(r.asked.Now) {
		year--
	}
	return year
}

// dayOfSomeMonth is "the 12th": of the month beside, or the last or next one that there is.
func (r *reader) dayOfSomeMonth() (string, error) {
	if r.year.said || r.day.value < 1 || r.day.value > 31 {
		return "", r.noSuchDate()
	}
	month := time.Date(r.near.Year(), r.near.Month(), 1, 0, 0, 0, 0, time.UTC)
	day := month.AddDate(0, 0, r.day.value-1)
	switch {
	case r.asked.Sense == Due && day.Before(r.near):
		month = month.AddDate(0, 1, 0)
	case r.asked.Sense == Happened && day.After(r.asked.Now):
		month = month.AddDate(0, -1, 0)
	}
	if r.day.value > daysIn(month) {
		return "", r.noSuchDate()
	}
	return month.AddDate(0, 0, r.day.value-1).Format(time.DateOnly), nil
}

// nearestWeekday is the last such day before today, or the first after the day on which it was promised.
func (r *reader) nearestWeekday() (string, error) {
	if r.asked.Sense == Due {
		if !r.nearDay {
			return "", problem.New(problem.DueNeedsDay, problem.Values{"field": "due", "value": r.typed})
		}
		ahead := (r.weekday.value-int(r.near.Weekday())+6)%7 + 1
		return r.near.AddDate(0, 0, ahead).Format(time.DateOnly), nil
	}
	today := r.base()
	back := (int(today.Weekday())-r.weekday.value+6)%7 + 1
	return today.AddDate(0, 0, -back).Format(time.DateOnly), nil
}

// checkWeekday refuses a weekday that the day is not.
func (r *reader) checkWeekday(date string) error {
	if !r.weekday.said {
		return nil
	}
	if len(date) < len(time.DateOnly) {
		return r.notADate()
	}
	day, err := time.Parse(time.DateOnly, date[:len(time.DateOnly)])
	if err == nil && int(day.Weekday()) == r.weekday.value {
		return nil
	}
	return problem.New(problem.WeekdayDiffers, problem.Values{"field": "when", "value": r.typed, "day": date})
}

// resolveClock is HH:MM, or HH for about an hour.
func (r *reader) resolveClock() (string, error) {
	if !r.hour.said {
		if r.minute.said {
			return "", r.notADate()
		}
		return "", nil
	}
	hour := r.hour.value
	switch {
	case hour > 23 || r.minute.value > 59 || (r.half == am || r.half == pm) && hour == 0:
		return "", r.noSuchDate()
	case hour == 12 && r.half == am:
		hour = 0
	case hour == 12 && r.half == evening:
		return "", r.notADate()
	case hour < 12 && (r.half == pm || r.half == afternoon), hour >= 5 && hour < 12 && r.half == evening:
		hour += 12
	}
	switch {
	case r.asked.Sense == Due && r.about:
		return "", nil // the day is what they can be held to
	case r.asked.Sense == Happened && (r.about || !r.minute.said):
		return fmt.Sprintf("%02d", hour), nil
	}
	return fmt.Sprintf("%02d:%02d", hour, r.minute.value), nil
}
