package dateentry

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// phrase reads the longest phrase that the text goes on with, or the name of a month or a weekday.
func (r *reader) phrase() bool {
	for length := min(longestPhrase, len(r.words)); length > 0; length-- {
		does, known := phrases[strings.Join(r.words[:length], " ")]
		if !known {
			continue
		}
		rest := r.words
		r.take(length)
		if does(r) {
			return true
		}
		r.words = rest
	}
	return r.namedDay() || r.span() || r.countedHour()
}

func (r *reader) namedDay() bool {
	word := strings.TrimRight(r.words[0], ".")
	if month, ok := months[word]; ok && r.month.set(month) {
		r.take(1)
		return true
	}
	if weekday, ok := weekdays[word]; ok && r.weekday.set(weekday) {
		r.take(1)
		return true
	}
	return false
}

// countedHour reads an hour in words: «a las diez».
func (r *reader) countedHour() bool {
	hour, ok := counts[r.words[0]]
	if !ok || !r.cued && !r.about || !r.hour.set(hour) {
		return false
	}
	r.take(1)
	return true
}

// spanned matches a number together with its unit: 48h, 7d.
var spanned = regexp.MustCompile(`^(\d{1,4})([a-z]*)$`)

// span reads how long after the day beside something is due, or how long ago something happened: "7 days", "48 h", «una
// semana», "3 days ago".
func (r *reader) span() bool {
	number, what, length := r.counted()
	if what == noUnit {
		return false
	}
	if len(r.words) > length && r.words[length] == "ago" {
		r.take(length + 1)
		return r.back(number, what)
	}
	isHour := what == hours && number < 24 && !r.within // 10 h is a time of day
	if r.asked.Sense != Due || isHour || what == minutes {
		return false
	}
	r.take(length)
	switch what {
	case hours:
		return r.hoursOn(number)
	case daysUnit:
		return r.days.set(number)
	case weeks:
		return r.days.set(7 * number)
	case monthsUnit:
		return r.months.set(number)
	case years:
		return r.months.set(12 * number)
	}
	return false
}

// hoursOn is so many hours after it was promised: to the minute when less than a day and the minute is known, else by the
// end of the day it comes to.
func (r *reader) hoursOn(number int) bool {
	at, err := time.Parse("2006-01-02T15:04", r.asked.Beside)
	if number >= 24 {
		return r.days.set((number + 23) / 24)
	}
	if err != nil {
		return r.days.set(0)
	}
	return r.name(at.Add(time.Duration(number) * time.Hour).Format("2006-01-02T15:04"))
}

// counted looks for a number with a unit at the front, and tells how many words they are.
func (r *reader) counted() (number int, what unit, length int) {
	if len(r.words) == 0 {
		return 0, noUnit, 0
	}
	parts := spanned.FindStringSubmatch(r.words[0])
	if parts != nil && parts[2] != "" {
		if parts[2] == "d" {
			return digits(parts[1]), daysUnit, 1
		}
		return digits(parts[1]), unit(units[parts[2]]), 1
	}
	if len(r.words) < 2 {
		return 0, noUnit, 0
	}
	if parts != nil {
		return digits(parts[1]), unit(units[r.words[1]]), 2
	}
	if count, ok := counts[r.words[0]]; ok {
		return count, unit(units[r.words[1]]), 2
	}
	return 0, noUnit, 0
}

// ago reads what stands after «hace».
func (r *reader) ago() bool {
	number, what, length := r.counted()
	if what == noUnit {
		return false
	}
	r.take(length)
	return r.back(number, what)
}

// back names the time so long ago, no more exactly than it was counted: a week ago is some day of that month.
func (r *reader) back(number int, what unit) bool {
	now := r.asked.Now
	switch what {
	case minutes:
		return r.name(now.Add(-time.Duration(number) * time.Minute).Format("2006-01-02T15:04"))
	case hours:
		return r.name(now.Add(-time.Duration(number) * time.Hour).Format("2006-01-02T15"))
	case daysUnit:
		return r.name(now.AddDate(0, 0, -number).Format(time.DateOnly))
	case weeks:
		return r.name(now.AddDate(0, 0, -7*number).Format("2006-01"))
	case monthsUnit:
		return r.name(time.Date(now.Year(), now.Month()-time.Month(number), 1, 0, 0, 0, 0, time.UTC).Format("2006-01"))
	case years:
		return r.name(strconv.Itoa(now.Year() - number))
	}
	return false
}

// base is the day that "tomorrow" counts from: today, or the day on which it was promised.
func (r *reader) base() time.Time {
	if r.asked.Sense == Due {
		return r.near
	}
	year, month, day := r.asked.Now.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// name takes a whole wall time for the date. What counts from a day needs to know that day.
func (r *reader) name(wall string) bool {
	if r.anchor != "" || r.asked.Sense == Due && !r.nearDay {
		return false
	}
	r.anchor = wall
	return true
}

func (r *reader) endOfMonth() bool {
	return r.asked.Sense == Due &&
		r.name(time.Date(r.near.Year(), r.near.Month()+1, 0, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
}

// numbers are the shapes that a word with digits can have, and what its numbers are.
var numbers = []struct {
	shape *regexp.Regexp
	reads func(r *reader, parts []string) bool
}{
	{regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:t(\d{1,2})(?::(\d{2})(?::\d{2})?)?)?$`), func(r *reader, p []string) bool {
		return r.date(p[3], p[2], p[1]) && (p[4] == "" || r.clock(p[4], p[5]))
	}},
	{regexp.MustCompile(`^(\d{4})[-/](\d{1,2})$`), func(r *reader, p []string) bool { return r.date("", p[2], p[1]) }},
	{regexp.MustCompile(`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$`), func(r *reader, p []string) bool { return r.date(p[1], p[2], p[3]) }},
	{regexp.MustCompile(`^(\d{1,2})[-/.](\d{4})$`), func(r *reader, p []string) bool { return r.date("", p[1], p[2]) }},
	{regexp.MustCompile(`^(\d{1,2})[-/](\d{1,2})$`), func(r *reader, p []string) bool { return r.date(p[1], p[2], "") }},
	{regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::\d{2})?(h|hs|hrs|am|pm)?$`), (*reader).clockAnd},
	{regexp.MustCompile(`^(\d{1,2})()(h|hs|hrs|am|pm)$`), (*reader).clockAnd},
	{regexp.MustCompile(`^(\d{1,2})h(\d{2})()$`), (*reader).clockAnd},
	{regexp.MustCompile(`^(\d{1,2})\.(\d{2})(h|hs|am|pm)?$`), func(r *reader, p []string) bool { // 10.05 is a time, unless no day was said
		if !r.cued && !r.dayKnown() && p[3] == "" {
			return r.date(p[1], p[2], "")
		}
		return r.clockAnd(p)
	}},
	{regexp.MustCompile(`^(\d{1,2})\.(\d)$`), func(r *reader, p []string) bool { return r.date(p[1], p[2], "") }},
	{regexp.MustCompile(`^(\d{1,2})[-/.]?([a-z]{3,})\.?[-/.]?(\d{4}|\d{2})?$`), func(r *reader, p []string) bool { // 12-mar-2026
		month, ok := months[p[2]]
		return ok && r.date(p[1], strconv.Itoa(month), p[3])
	}},
	{regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|o|a|er|r|n|t|e|º|ª)$`), func(r *reader, p []string) bool { return r.day.set(digits(p[1])) }},
	{regexp.MustCompile(`^((?:19|20)\d{2})$`), func(r *reader, p []string) bool { return r.year.set(digits(p[1])) }},
	{regexp.MustCompile(`^(\d{1,2})$`), func(r *reader, p []string) bool { return r.bare(digits(p[1])) }},
}

// number reads a word with digits.
func (r *reader) number() bool {
	word := r.words[0]
	if rest, ok := strings.CutPrefix(word, "~"); ok && rest != "" {
		r.about, r.words = true, append([]string{rest}, r.words[1:]...)
		word = rest
	}
	for _, one := range numbers {
		if parts := one.shape.FindStringSubmatch(word); parts != nil && one.reads(r, parts) {
			r.take(1)
			return true
		}
	}
	return false
}

// bare reads a number of one or two digits by what was said before it: a day of the month, an hour, or a short year.
func (r *reader) bare(number int) bool {
	switch {
	case r.cued || r.about && r.dayKnown():
		return r.hour.set(number)
	case r.month.said && r.day.said && number > 24:
		return r.year.set(2000 + number)
	case r.dayKnown():
		return r.hour.set(number)
	case r.month.said || r.weekday.said || r.wordsOnDay || r.monthFollows():
		return r.day.set(number)
	case r.about:
		return r.hour.set(number)
	}
	return false
}

// monthFollows tells whether the name of a month comes next, as in "12 de març".
func (r *reader) monthFollows() bool {
	for _, word := range r.words[1:min(3, len(r.words))] {
		if _, ok := months[strings.TrimRight(word, ".")]; ok {
			return true
		}
		if word != "de" && word != "d" && word != "of" && word != "del" {
			return false
		}
	}
	return false
}

// dayKnown tells whether all of a day was said by now.
func (r *reader) dayKnown() bool {
	return r.anchor != "" || r.day.said && (r.month.said || r.weekday.said)
}

func (r *reader) date(day, month, year string) bool {
	if day != "" && !r.day.set(digits(day)) {
		return false
	}
	if !r.month.set(digits(month)) {
		return false
	}
	if year == "" {
		return true
	}
	full := digits(year)
	if len(year) == 2 {
		full += 2000
	}
	return r.year.set(full)
}

func (r *reader) clockAnd(parts []string) bool {
	switch parts[3] {
	case "am":
		r.half = am
	case "pm":
		r.half = pm
	}
	return r.clock(parts[1], parts[2])
}

func (r *reader) clock(hour, minute string) bool {
	if !r.hour.set(digits(hour)) {
		return false
	}
	return minute == "" || r.minute.set(digits(minute))
}

// digits reads digits that a pattern has already checked; none is 0.
func digits(text string) int {
	value, _ := strconv.Atoi(text)
	return value
}
