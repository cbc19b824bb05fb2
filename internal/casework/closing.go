package casework

import (
	"context"

	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// CloseCase says how a case ended for the person. Texts are as typed.
type CloseCase struct {
	CaseID string
	Kind   casefile.EndingKind
	On     string // YYYY-MM-DD; empty is today
	Note   string
}

// CloseCase puts on record how a case ended. Nothing in it is waited for any longer; everything else stays as it is, and
// more can be recorded in it. Said again, the last one counts.
//
// Problems: not_found, nothing_changes, missing, and those of its fields.
func (c *Casework) CloseCase(ctx context.Context, n CloseCase) (Corrected, error) {
	return c.correctEnding(ctx, Correct{ID: n.CaseID, Given: []string{ending}}, n)
}

// ReopenCase puts on record that a case goes on.
//
// Problems: not_found, nothing_changes for a case that has not ended.
func (c *Casework) ReopenCase(ctx context.Context, caseID, reason string) (Corrected, error) {
	return c.correctEnding(ctx, Correct{ID: caseID, Clear: []string{ending}, Reason: reason}, CloseCase{})
}

// ending is the field of a case that says how it ended.
const ending = "ending"

func (c *Casework) correctEnding(ctx context.Context, n Correct, typed CloseCase) (Corrected, error) {
	return correct(ctx, c, record.KindCase, n, func(v casefile.Case) string { return v.ID }, rewritings[casefile.Case]{
		ending: {
			func(o *operation, v *casefile.Case) { v.Ending = c.ending(o, typed) },
			func(v *casefile.Case) { v.Ending = nil },
		},
	})
}

func (c *Casework) ending(o *operation, typed CloseCase) *casefile.Ending {
	if typed.On == "" {
		typed.On = todayIn(o.known.Case.Zone, c.Now())
	}
	on := o.due("on", typed.On)
	if on != nil {
		on.Time = ""
		o.notAfter(c.Now(), "on", typed.On, on.Deadline().AddDate(0, 0, -1))
	}
	if typed.Kind == "" {
		o.wrong(problem.Missing, problem.Values{"field": ending})
	}
	return &casefile.Ending{
		Kind: choice(o, ending, typed.Kind, "", casefile.EndingKinds()), On: on, Note: o.text("note", typed.Note)}
}
