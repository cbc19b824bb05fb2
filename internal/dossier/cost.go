package dossier

import (
	"slices"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// Cost is what the dispute has cost the complainant so far.
type Cost struct {
	Figures  []CostFigure
	Expenses []Expense
	// Loyalty says since when the complainant is a customer and what they spend in a year; empty when it was not said.
	Loyalty string
}

// CostFigure is a sum or a time. An estimate carries ≈ in its value.
type CostFigure struct {
	Value string
	Label string
	// Note says how it comes about.
	Note string
}

// Expense is money that was spent because of the dispute.
type Expense struct {
	Date     string
	What     string
	Amount   string
	Row      Tag // the contact it came of
	Receipts []Tag
}

func (c *compiler) cost() Cost {
	f := c.figures
	var cost Cost
	add := func(value, key, note string) {
		if value != "" {
			cost.Figures = append(cost.Figures, CostFigure{value, c.words.Text(key), note})
		}
	}
	add(c.money(f.Claimed), "dossier.cost.claimed", "")
	for _, spent := range f.Spent {
		add(c.money(&spent), "dossier.cost.spent", c.words.Count("dossier.cost.spent_on", int64(len(c.file.Expenses))))
	}
	if f.HoldSeconds > 0 {
		add(c.words.Duration(f.HoldSeconds), "dossier.cost.hold", c.counted("dossier.cost.hold_in", c.contactsOnHold()))
	}
	if f.OwnSeconds > f.HoldSeconds {
		add(c.words.Duration(f.OwnSeconds), "dossier.cost.time", c.timeInWords())
	}
	if f.OwnTime != nil && f.OwnTime.Minor > 0 {
		add("≈\u00A0"+c.money(f.OwnTime), "dossier.cost.worth",
			c.words.Text("dossier.cost.worth_is", i18n.Values{"amount": c.money(c.file.Case.HourValue)}))
	}
	for _, entry := range c.file.Expenses {
		expense := Expense{Date: c.shortWhen(entry.Value.SpentAt), What: entry.Value.What, Amount: c.money(&entry.Value.Amount), Row: c.tags[entry.Value.ContactID]}
		for _, id := range entry.Value.EvidenceIDs {
			if tag, ok := c.tags[id]; ok {
				expense.Receipts = append(expense.Receipts, tag)
			}
		}
		cost.Expenses = append(cost.Expenses, expense)
	}
	cost.Loyalty = c.loyalty()
	return cost
}

// timeInWords says what the time went to, channel by channel, for a telephone operator's log has only the calls of it, and
// how much of it was not the complainant's own.
func (c *compiler) timeInWords() string {
	byChannel := map[casefile.Channel]int64{}
	others := int64(0)
	var names []string
	for _, contact := range c.file.Contacts {
		for _, seconds := range []*int64{contact.Value.HoldSeconds, contact.Value.TalkSeconds} {
			if seconds == nil || *seconds == 0 {
				continue
			}
			byChannel[contact.Value.Channel] += *seconds
			if by := contact.Value.MadeBy; by != "" {
				others += *seconds
				if !slices.Contains(names, by) {
					names = append(names, by)
				}
			}
		}
	}
	var channels []casefile.Channel
	var spent []int64
	for _, channel := range casefile.Channels() {
		if byChannel[channel] > 0 {
			channels, spent = append(channels, channel), append(spent, byChannel[channel])
		}
	}
	told := c.words.Text("dossier.cost.time_is")
	if len(channels) > 1 {
		var parts []string
		for i, time := range c.durations(spent) {
			parts = append(parts, c.words.Text("dossier.cost.time_by", i18n.Values{"channel": c.words.Text("term.channel." + string(channels[i])), "time": time}))
		}
		told = strings.Join(parts, "; ")
	}
	if others > 0 {
		told += "; " + c.words.Text("dossier.cost.time_of_others", i18n.Values{"time": c.words.Duration(others), "names": c.words.List(names)})
	}
	return told
}

func (c *compiler) contactsOnHold() (count int64) {
	for _, contact := range c.file.Contacts {
		if hold := contact.Value.HoldSeconds; hold != nil && *hold > 0 {
			count++
		}
	}
	return count
}

// loyalty says what the company puts at risk.
func (c *compiler) loyalty() string {
	years, spend := "", ""
	if n := c.figures.CustomerYears; n != nil {
		years = c.words.Count("dossier.cost.customer", *n, i18n.Values{"since": c.file.Case.CustomerSince[:min(4, len(c.file.Case.CustomerSince))]})
	}
	if c.figures.YearlySpend != nil {
		spend = c.words.Text("dossier.cost.yearly", i18n.Values{"amount": c.money(c.figures.YearlySpend)})
	}
	return joinFilled(" ", years, spend)
}

// Empty reports whether there is nothing to tell.
func (c Cost) Empty() bool { return len(c.Figures)+len(c.Expenses) == 0 && c.Loyalty == "" }
