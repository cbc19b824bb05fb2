package casework

import (
	"context"
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/record"
)

// AddExpense is money that was spent because of the dispute. Texts are as typed.
type AddExpense struct {
	CaseID string
	What   string // what it was spent on
	Amount *casefile.Money
	// When it was spent, as much as is known of YYYY-MM-DDTHH:MM; empty is when the contact happened, else now. Zone is the
	// case's when empty.
	When   string
	Zone   string
	Offset string // "+02:00", for a wall time that happened twice
	// ContactID is the contact it came of, or empty, and EvidenceIDs are the receipts.
	ContactID   string
	EvidenceIDs []string
}

// AddExpense puts an expense on record and returns its id.
//
// Problems: not_found, and those of its fields.
func (c *Casework) AddExpense(ctx context.Context, n AddExpense) (string, error) {
	if err := c.requireOf(ctx, n.CaseID, record.KindContact, n.ContactID); err != nil {
		return "", err
	}
	if err := c.requireEvidence(ctx, n.CaseID, n.EvidenceIDs); err != nil {
		return "", err
	}
	var ofContact casefile.When
	if n.When == "" && n.ContactID != "" {
		contact, err := library.Thing[casefile.Contact](ctx, c.library, record.KindContact, n.ContactID)
		if err != nil {
			return "", err
		}
		ofContact = contact.Value.OccurredAt
		ofContact.End = ""
	}
	var id string
	err := c.record(ctx, n.CaseID, func(o *operation) {
		expense := casefile.Expense{
			CaseID: n.CaseID, What: o.required("spent_on", n.What), Amount: o.requiredMoney("amount", n.Amount), SpentAt: ofContact,
			ContactID: n.ContactID, EvidenceIDs: withoutRepeats(n.EvidenceIDs),
		}
		if ofContact.Wall == "" {
			expense.SpentAt = c.occurredAt(o, LogContact{When: n.When, Zone: n.Zone, Offset: n.Offset})
		}
		id = o.add(record.KindExpense, expense)
	})
	if err != nil {
		return "", err
	}
	return id, nil
}

// requireEvidence fails with not_found unless the case has evidence with each of the ids.
func (c *Casework) requireEvidence(ctx context.Context, caseID string, ids []string) error {
	for _, id := range ids {
		if err := c.requireOf(ctx, caseID, record.KindEvidence, id); err != nil {
			return err
		}
	}
	return nil
}

// withoutRepeats are the ids, each once, without the empty ones.
func withoutRepeats(ids []string) []string {
	var once []string
	for _, id := range ids {
		if id != "" && !slices.Contains(once, id) {
			once = append(once, id)
		}
	}
	return once
}

// Expenses lists the expenses of a case by when the money was spent.
//
// Problem: not_found.
func (c *Casework) Expenses(ctx context.Context, caseID string) ([]casefile.Recorded[casefile.Expense], error) {
	file, err := c.library.CaseFileWithoutMail(ctx, caseID)
	return file.Expenses, err
}

// CorrectExpense says what an expense should have said.
//
// Problems: not_found, nothing_changes, not_a_choice for a name that is no field, and those of the fields.
func (c *Casework) CorrectExpense(ctx context.Context, n Correct, typed AddExpense) (Corrected, error) {
	expense, err := library.Thing[casefile.Expense](ctx, c.library, record.KindExpense, n.ID)
	if err != nil {
		return Corrected{}, err
	}
	if n.gives("contact") {
		if err := c.requireOf(ctx, expense.Value.CaseID, record.KindContact, typed.ContactID); err != nil {
			return Corrected{}, err
		}
	}
	if n.gives("evidence") {
		if err := c.requireEvidence(ctx, expense.Value.CaseID, typed.EvidenceIDs); err != nil {
			return Corrected{}, err
		}
	}
	return correct(ctx, c, record.KindExpense, n, func(v casefile.Expense) string { return v.CaseID }, c.rewriteExpense(n, typed))
}

// Clearable names the fields of an expense that a correction can make empty.
func (AddExpense) Clearable() []string {
	return (*Casework)(nil).rewriteExpense(Correct{}, AddExpense{}).clearable()
}

func (c *Casework) rewriteExpense(n Correct, typed AddExpense) rewritings[casefile.Expense] {
	when := rewriting[casefile.Expense]{write: func(o *operation, v *casefile.Expense) {
		at := casefile.Contact{OccurredAt: v.SpentAt}
		c.rewriteOccurredAt(o, &at, n, LogContact{When: typed.When, Zone: typed.Zone, Offset: typed.Offset})
		v.SpentAt = at.OccurredAt
	}}
	return rewritings[casefile.Expense]{
		"what": {write: func(o *operation, v *casefile.Expense) { v.What = o.required("spent_on", typed.What) }},
		"amount": {write: func(o *operation, v *casefile.Expense) {
			v.Amount = o.requiredMoney("amount", typed.Amount)
		}},
		"when": when, "zone": when, "offset": when,
		"contact": {
			func(_ *operation, v *casefile.Expense) { v.ContactID = typed.ContactID },
			func(v *casefile.Expense) { v.ContactID = "" },
		},
		"evidence": {
			func(_ *operation, v *casefile.Expense) { v.EvidenceIDs = withoutRepeats(typed.EvidenceIDs) },
			func(v *casefile.Expense) { v.EvidenceIDs = nil },
		},
	}
}
