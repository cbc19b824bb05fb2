package cli

import (
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

func (p *program) figures() *cobra.Command {
	var id string
	command, flags := p.leaf("figures", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			figures, err := work.Figures(command.Context(), id)
			if err != nil {
				return err
			}
			return p.show(figures, func(w io.Writer) { p.describeFigures(w, figures) })
		})
	})
	flags.text(&id, "case", "id")
	flags.require("case")
	return command
}

func (p *program) describeFigures(w io.Writer, f casefile.Figures) {
	t := p.texts
	p.pairs(w, [][2]string{
		{t.Text("cli.figures.days"), t.Count("count.day", f.Days)},
		{t.Text("cli.figures.contacts"), withDetail(t.Number(f.Contacts), p.byCode("channel", codes(f.ByChannel)))},
		{t.Text("cli.figures.to_companies"), t.Number(f.ToCompanies)},
		{t.Text("cli.figures.from_companies"), t.Number(f.FromCompanies)},
		{t.Text("cli.figures.people"), withDetail(t.Number(f.People), p.refusedNames(f.RefusedNames))},
		{t.Text("cli.figures.hold"), t.Duration(f.HoldSeconds)},
		{t.Text("cli.figures.longest_hold"), t.Duration(f.LongestHoldSeconds)},
		{t.Text("cli.figures.talk"), t.Duration(f.TalkSeconds)},
		{t.Text("cli.figures.own_time"), withDetail(t.Duration(f.OwnSeconds), p.amount(f.OwnTime))},
		{t.Text("cli.figures.transfers"), t.Number(f.Transfers)},
		{t.Text("cli.figures.sent_on"), t.Number(f.SentOn)},
		{t.Text("cli.figures.retold"), t.Number(f.Retold)},
		{t.Text("cli.figures.promises"), withDetail(t.Number(f.Promises), p.byCode("outcome", codes(f.ByState)))},
		{t.Text("cli.figures.not_kept"), t.Number(f.NotKept)},
		{t.Text("cli.figures.messages"), t.Number(f.Messages)},
		{t.Text("cli.figures.evidence"), t.Number(f.Evidence)},
		{t.Text("cli.figures.failures"), p.byCode("failure", codes(f.Failures()))},
		{t.Text("cli.figures.claimed"), p.amount(f.Claimed)},
		{t.Text("cli.figures.spent"), p.amounts(f.Spent)},
		{t.Text("cli.figures.customer_years"), p.years(f.CustomerYears)},
		{t.Text("cli.figures.yearly_spend"), p.amount(f.YearlySpend)},
	})
}

// years writes a number of years; empty for an unknown one.
func (p *program) years(years *int64) string {
	if years == nil {
		return ""
	}
	return p.texts.Number(*years)
}

func (p *program) refusedNames(n int64) string {
	if n == 0 {
		return ""
	}
	return p.texts.Count("cli.figures.refused_names", n)
}

// byCode writes counts by code, the largest first.
func (p *program) byCode(kind string, counts map[string]int64) string {
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		if counts[a] != counts[b] {
			return int(counts[b] - counts[a])
		}
		return strings.Compare(a, b)
	})
	texts := make([]string, len(keys))
	for i, key := range keys {
		texts[i] = p.term(kind, key) + " " + p.texts.Number(counts[key])
	}
	return strings.Join(texts, ", ")
}

func withDetail(number, detail string) string {
	if detail == "" {
		return number
	}
	return number + " (" + detail + ")"
}

func codes[T ~string](counts map[T]int64) map[string]int64 {
	plain := make(map[string]int64, len(counts))
	for code, n := range counts {
		plain[string(code)] = n
	}
	return plain
}

// instant writes an instant for programs: RFC 3339 in UTC.
func instant(at time.Time) string { return at.UTC().Format(time.RFC3339) }
