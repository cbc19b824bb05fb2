package casework

import (
	"context"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// CorrectPromise says what a promise should have said. How it ended is no part of it: settle it once more.
//
// Problems: not_found, nothing_changes, not_a_choice for a name that is no field, and those of the fields.
func (c *Casework) CorrectPromise(ctx context.Context, n Correct, typed MakePromise) (Corrected, error) {
	promise, err := library.Thing[casefile.Promise](ctx, c.library, record.KindPromise, n.ID)
	if err != nil {
		return Corrected{}, err
	}
	for name, thing := range map[string]struct {
		kind record.Kind
		id   string
	}{
		"contact": {record.KindContact, typed.ContactID},
		"message": {record.KindMessage, typed.MessageID},
		"repeats": {record.KindPromise, typed.RepeatsID},
	} {
		if !n.gives(name) {
			continue
		}
		if err := c.requireOf(ctx, promise.Value.CaseID, thing.kind, thing.id); err != nil {
			return Corrected{}, err
		}
	}
	return correct(ctx, c, record.KindPromise, n, func(v casefile.Promise) string { return v.CaseID }, c.rewritePromise(typed))
}

// Clearable names the fields of a promise that a correction can make empty.
func (MakePromise) Clearable() []string {
	return (*Casework)(nil).rewritePromise(MakePromise{}).clearable()
}

func (c *Casework) rewritePromise(typed MakePromise) rewritings[casefile.Promise] {
	return rewritings[casefile.Promise]{
		"what": {write: func(o *operation, v *casefile.Promise) { v.What = o.requiredText("what", typed.What) }},
		"due": {
			func(o *operation, v *casefile.Promise) { v.Due = o.due("due", typed.Due) },
			func(v *casefile.Promise) { v.Due = nil },
		},
		"made_at": {write: func(o *operation, v *casefile.Promise) {
			v.MadeAt = o.when("made_at", typed.MadeAt, v.MadeAt.Zone, "", "")
			o.notAfter(c.Now(), "made_at", typed.MadeAt, v.MadeAt.Earliest())
		}},
		"company": {write: func(o *operation, v *casefile.Promise) { v.PartyID = o.partyNamed(typed.Company, "") }},
		"person": {
			func(o *operation, v *casefile.Promise) {
				for _, id := range o.spoken(v.PartyID, []Spoken{{Name: typed.Person}}) {
					v.PersonID = id
				}
			},
			func(v *casefile.Promise) { v.PersonID = "" },
		},
		"contact": {
			func(_ *operation, v *casefile.Promise) { v.ContactID = typed.ContactID },
			func(v *casefile.Promise) { v.ContactID = "" },
		},
		"message": {
			func(_ *operation, v *casefile.Promise) { v.MessageID = typed.MessageID },
			func(v *casefile.Promise) { v.MessageID = "" },
		},
		"amount": {
			func(o *operation, v *casefile.Promise) { v.Amount = o.money("amount", typed.Amount) },
			func(v *casefile.Promise) { v.Amount = nil },
		},
		"repeats": {
			func(o *operation, v *casefile.Promise) {
				if v.RepeatsID = typed.RepeatsID; v.RepeatsID == v.ID {
					o.wrong(problem.NotAChoice, problem.Values{"field": "repeats", "value": typed.RepeatsID, "choices": ""})
				}
			},
			func(v *casefile.Promise) { v.RepeatsID = "" },
		},
	}
}

// CorrectEvidence says what was to be said about a file. The file itself is never changed.
//
// Problems: not_found, nothing_changes, not_a_choice for a name that is no field, and those of the fields.
func (c *Casework) CorrectEvidence(ctx context.Context, n Correct, typed AddEvidence) (Corrected, error) {
	evidence, err := library.Thing[casefile.Evidence](ctx, c.library, record.KindEvidence, n.ID)
	if err != nil {
		return Corrected{}, err
	}
	if n.gives("contact") {
		if err := c.requireOf(ctx, evidence.Value.CaseID, record.KindContact, typed.ContactID); err != nil {
			return Corrected{}, err
		}
	}
	caseOf := func(v casefile.Evidence) string { return v.CaseID }
	return correct(ctx, c, record.KindEvidence, n, caseOf, c.rewriteEvidence(n, typed))
}

// Clearable names the fields of evidence that a correction can make empty.
func (AddEvidence) Clearable() []string {
	return (*Casework)(nil).rewriteEvidence(Correct{}, AddEvidence{}).clearable()
}

func (c *Casework) rewriteEvidence(n Correct, typed AddEvidence) rewritings[casefile.Evidence] {
	when := func(o *operation, v *casefile.Evidence) {
		if !n.gives("when") {
			if v.OccurredAt == nil {
				o.wrong(problem.Missing, problem.Values{"field": "when"})
				return
			}
			typed.When = v.OccurredAt.Wall
		}
		if !n.gives("zone") && v.OccurredAt != nil {
			typed.Zone = v.OccurredAt.Zone
		}
		made := o.when("when", typed.When, typed.Zone, typed.Precision, "")
		o.notAfter(c.Now(), "when", typed.When, made.Earliest())
		v.OccurredAt = &made
	}
	return rewritings[casefile.Evidence]{
		"shows": {
			func(o *operation, v *casefile.Evidence) { v.Shows = o.text("shows", typed.Shows) },
			func(v *casefile.Evidence) { v.Shows = "" },
		},
		"consent": {
			func(o *operation, v *casefile.Evidence) {
				v.Consent = choice(o, "consent", typed.Consent, "", casefile.Consents())
			},
			func(v *casefile.Evidence) { v.Consent = "" },
		},
		"when": {when, func(v *casefile.Evidence) { v.OccurredAt = nil }},
		"zone": {write: when}, "precision": {write: when},
		"contact": {
			func(_ *operation, v *casefile.Evidence) { v.ContactID = typed.ContactID },
			func(v *casefile.Evidence) { v.ContactID = "" },
		},
	}
}

// CorrectPerson says how somebody should have been named. Company is the name or id of the company they speak for.
//
// Problems: not_found, nothing_changes, not_a_choice for a name that is no field, and those of the fields.
func (c *Casework) CorrectPerson(ctx context.Context, n Correct, typed Spoken, company string) (Corrected, error) {
	return correct(ctx, c, record.KindPerson, n, func(v casefile.Person) string { return v.CaseID }, rewritePerson(typed, company))
}

// Clearable names the fields of a person that a correction can make empty.
func (Spoken) Clearable() []string { return rewritePerson(Spoken{}, "").clearable() }

func rewritePerson(typed Spoken, company string) rewritings[casefile.Person] {
	return rewritings[casefile.Person]{
		"name": {write: func(o *operation, v *casefile.Person) {
			v.Name, v.Refused = o.required("name", typed.Name), false
		}},
		"refused_name": {write: func(_ *operation, v *casefile.Person) {
			if v.Refused = typed.Refused; v.Refused {
				v.Name = ""
			}
		}},
		"position": {
			func(o *operation, v *casefile.Person) { v.Position = o.line("position", typed.Position) },
			func(v *casefile.Person) { v.Position = "" },
		},
		"company": {write: func(o *operation, v *casefile.Person) { v.PartyID = o.partyNamed(company, "") }},
	}
}

// CorrectParty says how a company should have been named, and what it knows the matter by.
//
// Problems: not_found, nothing_changes, not_a_choice for a name that is no field, and those of the fields.
func (c *Casework) CorrectParty(ctx context.Context, n Correct, typed NewParty) (Corrected, error) {
	return correct(ctx, c, record.KindParty, n, func(v casefile.Party) string { return v.CaseID }, rewriteParty(typed))
}

// Clearable names the fields of a company that a correction can make empty.
func (NewParty) Clearable() []string { return rewriteParty(NewParty{}).clearable() }

func rewriteParty(typed NewParty) rewritings[casefile.Party] {
	return rewritings[casefile.Party]{
		"name": {write: func(o *operation, v *casefile.Party) {
			v.Name = o.required("name", typed.Name)
			if other, known := o.party(v.Name); known && other.ID != v.ID {
				o.wrong(problem.AlreadyExists, problem.Values{"field": "name", "kind": string(record.KindParty), "value": v.Name})
			}
		}},
		"role": {write: func(o *operation, v *casefile.Party) {
			v.Role = choice(o, "role", typed.Role, casefile.OtherRole, casefile.Roles())
		}},
		"reference": {
			func(o *operation, v *casefile.Party) { v.References = o.references(typed.References) },
			func(v *casefile.Party) { v.References = nil },
		},
		"domain": {
			func(o *operation, v *casefile.Party) { v.Domains = o.domains(typed.Domains) },
			func(v *casefile.Party) { v.Domains = nil },
		},
		"address": {
			func(o *operation, v *casefile.Party) { v.Address = o.text("address", typed.Address) },
			func(v *casefile.Party) { v.Address = "" },
		},
	}
}
