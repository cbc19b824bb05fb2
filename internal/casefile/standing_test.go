package casefile_test

import (
	"testing"

	"constancia/internal/casefile"
)

func statusOf(state casefile.PromiseState, due string, daysLate int64) casefile.PromiseStatus {
	status := casefile.PromiseStatus{State: state, DaysLate: daysLate}
	status.Promise.Value.ID = due
	if due != "" {
		status.Promise.Value.Due = &casefile.Due{Date: due}
	}
	return status
}

func TestWhereACaseStands(t *testing.T) {
	kept := statusOf("kept", "2026-01-01", 0)
	for name, c := range map[string]struct {
		promises []casefile.PromiseStatus
		empty    bool
		kind     casefile.StandingKind
		due      string
		others   int64
	}{
		"what is latest comes first, whatever else there is": {
			promises: []casefile.PromiseStatus{statusOf(casefile.Open, "2026-04-01", 0), statusOf(casefile.Overdue, "2026-03-03", 2),
				kept, statusOf(casefile.Overdue, "2026-02-20", 13)},
			kind: casefile.PromiseLate, due: "2026-02-20", others: 1,
		},
		"what is due first is awaited when nothing is late": {
			promises: []casefile.PromiseStatus{kept, statusOf(casefile.Open, "2026-05-01", 0), statusOf(casefile.Open, "2026-04-01", 0)},
			kind:     casefile.PromiseAwaited, due: "2026-04-01",
		},
		"a promise with a date is awaited before one without": {
			promises: []casefile.PromiseStatus{statusOf(casefile.Open, "", 0), statusOf(casefile.Open, "2026-04-01", 0)},
			kind:     casefile.PromiseAwaited, due: "2026-04-01",
		},
		"it is quiet when nothing is pending":        {promises: []casefile.PromiseStatus{kept}, kind: casefile.Quiet},
		"there is nothing yet when nothing happened": {empty: true, kind: casefile.NothingYet},
	} {
		t.Run(name, func(t *testing.T) {
			got := casefile.StandingOf(c.promises, !c.empty)
			if got.Kind != c.kind || got.Others != c.others {
				t.Errorf("got %+v", got)
			}
			about := ""
			if got.Promise != nil {
				about = got.Promise.Promise.Value.ID
			}
			if about != c.due {
				t.Errorf("it is about the promise of %q, not %q", about, c.due)
			}
		})
	}
}
