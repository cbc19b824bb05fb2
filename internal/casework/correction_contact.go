package casework

import (
	"context"
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// CorrectContact says what a contact should have said. Of what was typed only the fields that n names are looked at.
//
// Problems: not_found, nothing_changes, not_a_choice for a name that is no field, and those of the fields.
func (c *Casework) CorrectContact(ctx context.Context, n Correct, typed LogContact) (Corrected, error) {
	caseOf := func(v casefile.Contact) string { return v.CaseID }
	return correct(ctx, c, record.KindContact, n, caseOf, c.rewriteContact(n, typed))
}

// Clearable names the fields of a contact that a correction can make empty.
func (LogContact) Clearable() []string {
	return (*Casework)(nil).rewriteContact(Correct{}, LogContact{}).clearable()
}

func (c *Casework) rewriteContact(n Correct, typed LogContact) rewritings[casefile.Contact] {
	when := rewriting[casefile.Contact]{write: func(o *operation, v *casefile.Contact) { c.rewriteOccurredAt(o, v, n, typed) }}
	people := rewriting[casefile.Contact]{
		func(o *operation, v *casefile.Contact) { v.PersonIDs = o.spoken(v.PartyID, typed.People) },
		func(v *casefile.Contact) { v.PersonIDs = nil },
	}
	remedy := rewriting[casefile.Contact]{write: func(o *operation, v *casefile.Contact) {
		v.Remedy = o.rewriteRemedy(v.Remedy, n, typed.Remedy)
	}}
	return rewritings[casefile.Contact]{
		"company": {write: func(o *operation, v *casefile.Contact) { v.PartyID = o.partyNamed(typed.Company, typed.Role) }},
		"when":    when, "zone": when, "precision": when, "offset": when,
		"end": {when.write, func(v *casefile.Contact) { v.OccurredAt.End = "" }},
		"direction": {write: func(o *operation, v *casefile.Contact) {
			v.Direction = choice(o, "direction", typed.Direction, casefile.Outgoing, casefile.Directions())
		}},
		"channel": {write: func(o *operation, v *casefile.Contact) {
			v.Channel = choice(o, "channel", typed.Channel, casefile.Phone, casefile.Channels())
		}},
		"person": people, "refused_name": {write: people.write}, "position": {write: people.write},
		"hold": {
			func(o *operation, v *casefile.Contact) { v.HoldSeconds = o.duration("hold", typed.HoldSeconds) },
			func(v *casefile.Contact) { v.HoldSeconds = nil },
		},
		"talk": {
			func(o *operation, v *casefile.Contact) { v.TalkSeconds = o.duration("talk", typed.TalkSeconds) },
			func(v *casefile.Contact) { v.TalkSeconds = nil },
		},
		"transfers": {
			func(o *operation, v *casefile.Contact) { v.Transfers = o.notNegative("transfers", typed.Transfers) },
			func(v *casefile.Contact) { v.Transfers = 0 },
		},
		"retold": {
			func(o *operation, v *casefile.Contact) { v.Retold = o.notNegative("retold", typed.Retold) },
			func(v *casefile.Contact) { v.Retold = 0 },
		},
		"sent_to": {
			func(o *operation, v *casefile.Contact) { v.SentTo = o.sentTo(typed.SentTo) },
			func(v *casefile.Contact) { v.SentTo = nil },
		},
		"number": {
			func(o *operation, v *casefile.Contact) { v.Number = o.line("number", typed.Number) },
			func(v *casefile.Contact) { v.Number = "" },
		},
		"reference": {
			func(o *operation, v *casefile.Contact) {
				v.CompanyReference = o.line("reference", typed.CompanyReference)
			},
			func(v *casefile.Contact) { v.CompanyReference = "" },
		},
		"summary": {write: func(o *operation, v *casefile.Contact) { v.Summary = o.requiredText("summary", typed.Summary) }},
		"verbatim": {
			func(o *operation, v *casefile.Contact) { v.Verbatim = o.text("verbatim", typed.Verbatim) },
			func(v *casefile.Contact) { v.Verbatim = "" },
		},
		"failure": {
			func(o *operation, v *casefile.Contact) { v.Failures = o.failures(typed.Failures) },
			func(v *casefile.Contact) { v.Failures = nil },
		},
		"supervisor": {
			func(o *operation, v *casefile.Contact) {
				v.Supervisor = choice(o, "supervisor", typed.Supervisor, casefile.SupervisorNotAsked, casefile.Supervisors())
			},
			func(v *casefile.Contact) { v.Supervisor = casefile.SupervisorNotAsked },
		},
		"made_by": {
			func(o *operation, v *casefile.Contact) { v.MadeBy = o.line("made_by", typed.MadeBy) },
			func(v *casefile.Contact) { v.MadeBy = "" },
		},
		"basis": {write: func(o *operation, v *casefile.Contact) {
			v.Basis = choice(o, "basis", typed.Basis, casefile.Memory, casefile.Bases())
		}},
		"remedy":        {remedy.write, func(v *casefile.Contact) { v.Remedy = nil }},
		"remedy_answer": remedy, "remedy_reason": remedy, "remedy_amount": remedy, "remedy_done": remedy,
	}
}

// rewriteOccurredAt reads when it happened anew. What was not typed of it stays: who corrects the hour means the same
// zone, and who corrects the zone the same hour.
func (c *Casework) rewriteOccurredAt(o *operation, v *casefile.Contact, n Correct, typed LogContact) {
	before := v.OccurredAt
	if !n.gives("when") {
		typed.When = before.Wall
		if !n.gives("zone") && !n.gives("offset") {
			typed.Offset = before.In().Format("-07:00")
		}
	}
	if !n.gives("zone") {
		typed.Zone = before.Zone
	}
	if !n.gives("end") && !slices.Contains(n.Clear, "end") {
		typed.End = before.End
	}
	v.OccurredAt = c.occurredAt(o, typed)
}

// rewriteRemedy writes the parts of a remedy anew that were typed.
func (o *operation) rewriteRemedy(before *casefile.Remedy, n Correct, typed *casefile.Remedy) *casefile.Remedy {
	if typed == nil {
		typed = &casefile.Remedy{}
	}
	if before == nil {
		if !n.gives("remedy") {
			o.wrong(problem.Missing, problem.Values{"field": "remedy"})
		}
		return o.remedy(typed)
	}
	after := *before
	for name, write := range map[string]func(){
		"remedy":        func() { after.Kind = typed.Kind },
		"remedy_answer": func() { after.Answer = typed.Answer },
		"remedy_reason": func() { after.Reason = typed.Reason },
		"remedy_amount": func() { after.Amount = typed.Amount },
		"remedy_done":   func() { after.Done = typed.Done },
	} {
		if n.gives(name) {
			write()
		}
	}
	return o.remedy(&after)
}
