package casework_test

import (
	"testing"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

func TestSinceWhenSomebodyIsACustomerAndWhatAnHourIsWorth(t *testing.T) {
	w := begin(t)
	n := theParcel()
	n.CustomerSince, n.YearlySpend, n.HourValue = " 2014-09 ", euros(120000), euros(2000)
	id, err := w.NewCase(t.Context(), n)
	w.must(err)
	file, err := w.CaseFile(t.Context(), id)
	w.must(err)
	if c := file.Case; c.CustomerSince != "2014-09" || *c.YearlySpend != *euros(120000) || *c.HourValue != *euros(2000) {
		t.Errorf("the case says %+v", c)
	}
	_, err = w.CorrectCase(t.Context(), casework.Correct{ID: id, Given: []string{"customer_since", "hour_value"}, Clear: []string{"yearly_spend"}},
		casework.NewCase{CustomerSince: "2026-03-20", HourValue: euros(3000)})
	w.must(err)
	file, err = w.CaseFile(t.Context(), id)
	w.must(err)
	if c := file.Case; c.CustomerSince != "2026-03-20" || c.YearlySpend != nil || *c.HourValue != *euros(3000) {
		t.Errorf("corrected it says %+v", c)
	}
	for name, test := range map[string]struct {
		n    casework.NewCase
		want map[string]problem.Code
	}{
		"next month":        {casework.NewCase{CustomerSince: "2026-04"}, map[string]problem.Code{"customer_since": problem.TimeInFuture}},
		"tomorrow":          {casework.NewCase{CustomerSince: "2026-03-21"}, map[string]problem.Code{"customer_since": problem.TimeInFuture}},
		"to the hour":       {casework.NewCase{CustomerSince: "2014-09-01 10:00"}, map[string]problem.Code{"customer_since": problem.NotADate}},
		"no such day":       {casework.NewCase{CustomerSince: "2014-02-30"}, map[string]problem.Code{"customer_since": problem.NoSuchDate}},
		"for ever":          {casework.NewCase{CustomerSince: "for ever"}, map[string]problem.Code{"customer_since": problem.NotADate}},
		"less than nothing": {casework.NewCase{YearlySpend: euros(-1), HourValue: euros(-1)}, map[string]problem.Code{"yearly_spend": problem.NotANumber, "hour_value": problem.NotANumber}},
	} {
		t.Run(name, func(t *testing.T) {
			n := theParcel()
			n.CustomerSince, n.YearlySpend, n.HourValue = test.n.CustomerSince, test.n.YearlySpend, test.n.HourValue
			w.requireNothingWritten(func() error { return onlyError(w.NewCase(t.Context(), n)) }, test.want)
		})
	}
}
