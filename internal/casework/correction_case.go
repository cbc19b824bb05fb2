package casework

import (
	"context"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// CorrectCase says what the case itself should have said. Its companies are corrected one by one.
//
// Problems: not_found, nothing_changes, not_a_choice for a name that is no field, and those of the fields.
func (c *Casework) CorrectCase(ctx context.Context, n Correct, typed NewCase) (Corrected, error) {
	return correct(ctx, c, record.KindCase, n, func(v casefile.Case) string { return v.ID }, c.rewriteCase(typed))
}

// Clearable names the fields of a case that a correction can make empty.
func (NewCase) Clearable() []string { return (*Casework)(nil).rewriteCase(NewCase{}).clearable() }

func (c *Casework) rewriteCase(typed NewCase) rewritings[casefile.Case] {
	return rewritings[casefile.Case]{
		"title": {write: func(o *operation, v *casefile.Case) { v.Title = o.required("title", typed.Title) }},
		"outcome": {
			func(o *operation, v *casefile.Case) { v.Outcome = o.outcome(typed.Outcome) },
			func(v *casefile.Case) { v.Outcome = nil },
		},
		"answer_by": {
			func(o *operation, v *casefile.Case) { v.AnswerBy = o.due("answer_by", typed.AnswerBy) },
			func(v *casefile.Case) { v.AnswerBy = nil },
		},
		"claimed": {
			func(o *operation, v *casefile.Case) { v.Claimed = o.money("claimed", typed.Claimed) },
			func(v *casefile.Case) { v.Claimed = nil },
		},
		"zone": {write: func(o *operation, v *casefile.Case) { v.Zone = c.zone(o, typed.Zone) }},
		"place": {
			func(o *operation, v *casefile.Case) { v.Place = choice(o, "place", typed.Place, "", Places()) },
			func(v *casefile.Case) { v.Place = "" },
		},
		"name": {
			func(o *operation, v *casefile.Case) { v.Complainant.Name = o.line("name", typed.Complainant.Name) },
			func(v *casefile.Case) { v.Complainant.Name = "" },
		},
		"address": {
			func(o *operation, v *casefile.Case) {
				v.Complainant.Address = o.text("address", typed.Complainant.Address)
			},
			func(v *casefile.Case) { v.Complainant.Address = "" },
		},
		"email": {
			func(o *operation, v *casefile.Case) {
				v.Complainant.Email = o.address("email", typed.Complainant.Email)
			},
			func(v *casefile.Case) { v.Complainant.Email = "" },
		},
		"phone": {
			func(o *operation, v *casefile.Case) { v.Complainant.Phone = o.line("phone", typed.Complainant.Phone) },
			func(v *casefile.Case) { v.Complainant.Phone = "" },
		},
		"summary": {
			func(o *operation, v *casefile.Case) { v.Summary = o.text("summary", typed.Summary) },
			func(v *casefile.Case) { v.Summary = "" },
		},
		"customer_since": {
			func(o *operation, v *casefile.Case) { v.CustomerSince = c.customerSince(o, typed.CustomerSince) },
			func(v *casefile.Case) { v.CustomerSince = "" },
		},
		"yearly_spend": {
			func(o *operation, v *casefile.Case) { v.YearlySpend = o.money("yearly_spend", typed.YearlySpend) },
			func(v *casefile.Case) { v.YearlySpend = nil },
		},
		"hour_value": {
			func(o *operation, v *casefile.Case) { v.HourValue = o.money("hour_value", typed.HourValue) },
			func(v *casefile.Case) { v.HourValue = nil },
		},
		"still_concerned": {
			func(o *operation, v *casefile.Case) {
				v.StillConcerned = o.text("still_concerned", typed.StillConcerned)
			},
			func(v *casefile.Case) { v.StillConcerned = "" },
		},
	}
}
