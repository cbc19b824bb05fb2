package dossier

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// Charts are the case in pictures.
type Charts struct {
	// Weeks has a bar for each week from the first contact to the day of the dossier, also for those without any; each is
	// split by Directions.
	Weeks      []Bar
	Directions []DirectionShare
	// LastContact says when the last contact was; empty without one.
	LastContact string
	// Holds has a bar for each month, in seconds. HoldsNote says what they come to, and on what they rest.
	Holds     []Bar
	HoldsNote string
	// Failures has a bar for each service failure, the most frequent first. FailuresNote says what they count.
	Failures     []Bar
	FailuresNote string
	// Promises splits all promises by how they stand.
	Promises []PromiseShare
}

// Bar is a bar of a chart.
type Bar struct {
	// Label names it: the month at the first week of each, with its year where that begins, else empty.
	Label string
	Value int64
	// Text is the value in words.
	Text string
	// Parts are what Value comes from, one for each of [Charts.Directions]; nil where a bar is not split.
	Parts []int64
}

// DirectionShare is how many contacts went one way: to the companies, from them, or between whom nobody can tell. Text says
// so in words.
type DirectionShare struct {
	Direction casefile.Direction
	Count     int64
	Text      string
}

// PromiseShare is how many promises stand in one way.
type PromiseShare struct {
	State casefile.PromiseState
	Count int64
	Text  string
	// NotKept says that it counts as not kept.
	NotKept bool
}

func (c *compiler) charts() Charts {
	directions := c.directions()
	charts := Charts{
		Weeks: c.weeks(directions), Directions: directions, Holds: c.holds(), Failures: c.failures(),
		Promises: c.shares(), FailuresNote: c.failuresNote()}
	if _, last, known := c.firstAndLast(); known {
		charts.LastContact = c.words.Text("dossier.chart.last_contact", i18n.Values{"date": c.dayInWords(last, true)})
	}
	if waited := c.contactsOnHold(); waited > 0 {
		total := int64(0)
		for _, month := range charts.Holds {
			total += month.Value
		}
		charts.HoldsNote = c.words.Count("dossier.chart.hold_note", waited, i18n.Values{"total": c.words.Duration(total)})
	}
	return charts
}

// maxWeeks bounds the bars: a mistyped year must not draw a thousand.
const maxWeeks = 120

// directions splits all contacts by which way they went.
func (c *compiler) directions() []DirectionShare {
	f := c.figures
	var shares []DirectionShare
	for _, share := range []DirectionShare{
		{casefile.Outgoing, f.ToCompanies, "dossier.chart.to_companies"}, {casefile.Incoming, f.FromCompanies, "dossier.chart.from_companies"},
		{"", f.Contacts - f.ToCompanies - f.FromCompanies, "dossier.chart.unknown_direction"}} {
		if share.Count > 0 {
			share.Text = c.words.Text(share.Text) + ": " + c.words.Number(share.Count)
			shares = append(shares, share)
		}
	}
	return shares
}

// weeks counts contacts and unlinked messages by week, Monday first, and which way they went, up to the day of the dossier.
// Beyond maxWeeks only the last with any are shown.
func (c *compiler) weeks(directions []DirectionShare) []Bar {
	counts, parts := map[time.Time]int64{}, map[time.Time][]int64{}
	count := func(at time.Time, direction casefile.Direction) {
		week := monday(at)
		if counts[week]++; parts[week] == nil {
			parts[week] = make([]int64, len(directions))
		}
		if i := slices.IndexFunc(directions, func(s DirectionShare) bool { return s.Direction == direction }); i >= 0 {
			parts[week][i]++
		}
	}
	for _, contact := range c.file.Contacts {
		count(contact.Value.OccurredAt.In(), contact.Value.Direction)
	}
	for message := range c.file.Unlinked() {
		if at, known := messageDate(message.Value.Reading); known {
			count(at, c.origins[message.Value.ID].Direction)
		}
	}
	if len(counts) == 0 {
		return nil
	}
	var first, last time.Time
	for week := range counts {
		if first.IsZero() || week.Before(first) {
			first = week
		}
		if week.After(last) {
			last = week
		}
	}
	if until := monday(c.until()); until.After(last) && until.Before(first.AddDate(0, 0, 7*maxWeeks)) {
		last = until
	}
	if earliest := last.AddDate(0, 0, -7*(maxWeeks-1)); first.Before(earliest) {
		first = earliest
	}
	var bars []Bar
	month := time.Month(0)
	for week := first; !week.After(last); week = week.AddDate(0, 0, 7) {
		bar := Bar{Value: counts[week], Text: c.words.Number(counts[week]), Parts: parts[week]}
		if week.Month() != month {
			month = week.Month()
			if bar.Label = c.shortMonth(week); len(bars) == 0 || month == time.January {
				bar.Label += " " + strconv.Itoa(week.Year())
			}
		}
		bars = append(bars, bar)
	}
	return bars
}

func (c *compiler) shortMonth(at time.Time) string {
	return c.words.Text("date.short_month." + strconv.Itoa(int(at.Month())))
}

func monday(at time.Time) time.Time {
	day := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
	return day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
}

// holds adds up the time on hold by month, with a bar for each month between the first and the last with any.
func (c *compiler) holds() []Bar {
	seconds := map[time.Time]int64{}
	for _, contact := range c.file.Contacts {
		if hold := contact.Value.HoldSeconds; hold != nil && *hold > 0 {
			at := contact.Value.OccurredAt.In()
			seconds[time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)] += *hold
		}
	}
	var months []time.Time
	for month := range seconds {
		months = append(months, month)
	}
	if len(months) == 0 {
		return nil
	}
	slices.SortFunc(months, time.Time.Compare)
	first, last := months[0], months[len(months)-1]
	if earliest := last.AddDate(0, -23, 0); first.Before(earliest) {
		first = earliest
	}
	var bars []Bar
	var values []int64
	for month := first; !month.After(last); month = month.AddDate(0, 1, 0) {
		bars = append(bars, Bar{Label: c.shortMonth(month) + " " + strconv.Itoa(month.Year()), Value: seconds[month]})
		values = append(values, seconds[month])
	}
	for i, text := range c.durations(values) {
		if bars[i].Text = text; bars[i].Value == 0 {
			bars[i].Text = "—"
		}
	}
	return bars
}

// failuresNote says what the failures count, and from which wait on the complainant calls one long.
func (c *compiler) failuresNote() string {
	shortest := int64(0)
	for _, contact := range c.file.Contacts {
		if hold := contact.Value.HoldSeconds; hold != nil && *hold > 0 && slices.Contains(contact.Value.Failures, "long_wait") &&
			(shortest == 0 || *hold < shortest) {
			shortest = *hold
		}
	}
	note := c.words.Text("dossier.chart.failures_note")
	if shortest > 0 {
		note += " " + c.words.Text("dossier.chart.long_wait_note", i18n.Values{"time": c.words.Duration(shortest)})
	}
	return note
}

func (c *compiler) failures() []Bar {
	var bars []Bar
	for _, failure := range casefile.Failures() {
		if n := c.figures.ByFailure[failure]; n > 0 && failure != casefile.Helped {
			bars = append(bars, Bar{Label: capitalised(c.words.Text("term.failure." + string(failure))), Value: n, Text: c.words.Number(n)})
		}
	}
	slices.SortStableFunc(bars, func(a, b Bar) int { return cmp.Compare(b.Value, a.Value) })
	return bars
}

// states is the order in which promises are told apart: the worst first.
var states = []casefile.PromiseState{casefile.PromiseState(casefile.Broken), casefile.Overdue,
	casefile.PromiseState(casefile.KeptLate), casefile.PromiseState(casefile.Kept), casefile.Open,
	casefile.PromiseState(casefile.Withdrawn)}

func (c *compiler) shares() []PromiseShare {
	var shares []PromiseShare
	for _, state := range states {
		if n := c.figures.ByState[state]; n > 0 {
			shares = append(shares, PromiseShare{
				State: state, Count: n, NotKept: casefile.PromiseStatus{State: state}.NotKept(),
				Text: capitalised(c.outcome(state)) + ": " + c.words.Number(n),
			})
		}
	}
	return shares
}
