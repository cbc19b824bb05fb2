package dossier

import "slices"

// durations writes lengths of time so that what is read adds up to how [i18n.Texts.Duration] writes their sum: where that
// leaves seconds out, each is told in whole minutes, and the minutes that are left go to those that lose most by it.
func (c *compiler) durations(seconds []int64) []string {
	const minute, hour = 60, 3600
	told := slices.Clone(seconds)
	total := int64(0)
	for _, one := range seconds {
		total += one
	}
	if total >= hour {
		left := total / minute
		order := make([]int, len(seconds))
		for i, one := range seconds {
			order[i], told[i] = i, one/minute*minute
			left -= one / minute
		}
		slices.SortStableFunc(order, func(a, b int) int { return int(seconds[b]%minute - seconds[a]%minute) })
		for _, i := range order[:left] {
			told[i] += minute
		}
	}
	texts := make([]string, len(seconds))
	for i := range seconds {
		texts[i] = c.words.Duration(told[i])
		if told[i] == 0 && seconds[i] > 0 {
			texts[i] = c.words.Text("dossier.under_a_minute")
		}
	}
	return texts
}
