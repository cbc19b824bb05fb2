package casework

import (
	"context"

	"constancia/internal/casefile"
	"constancia/internal/dossier/redaction"
	"constancia/internal/record"
)

// earlier gathers what a case's entries said when they were recorded, taken back or not, and all corrections. What was
// erased is gone.
func (c *Casework) earlier(ctx context.Context, file casefile.CaseFile) (earlier redaction.Earlier, err error) {
	takenBack := map[string]bool{}
	for _, one := range file.Withdrawn {
		takenBack[one.EntryID] = true
	}
	steps := []func() error{
		asRecorded(ctx, c, file, record.KindCase, func(_ string, one casefile.Case) {
			earlier.Complainants = append(earlier.Complainants, one.Complainant)
		}),
		asRecorded(ctx, c, file, record.KindParty, func(_ string, one casefile.Party) {
			earlier.Parties = append(earlier.Parties, one)
		}),
		asRecorded(ctx, c, file, record.KindPerson, func(id string, one casefile.Person) {
			one.ID = id
			earlier.People = append(earlier.People, one)
		}),
		asRecorded(ctx, c, file, record.KindContact, func(_ string, one casefile.Contact) {
			earlier.Contacts = append(earlier.Contacts, one)
		}),
		asRecorded(ctx, c, file, record.KindCorrection, func(_ string, one casefile.Correction) {
			earlier.Corrections = append(earlier.Corrections, one)
		}),
		asRecorded(ctx, c, file, record.KindMessage, func(id string, one casefile.Message) {
			if !takenBack[id] {
				return
			}
			if reading, err := c.library.ReadMessage(ctx, one); err == nil { // gone or damaged: nothing is known of it
				earlier.Readings = append(earlier.Readings, reading)
			}
		}),
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return redaction.Earlier{}, err
		}
	}
	return earlier, ctx.Err()
}

// asRecorded is a step that visits a case's entries of a kind with what they said when they were recorded. What does not
// read as one of its kind is passed over, as the views do.
func asRecorded[T any](ctx context.Context, c *Casework, file casefile.CaseFile, kind record.Kind, visit func(id string, one T)) func() error {
	return func() error {
		return c.library.EntriesOfCase(ctx, file.Case.ID, kind, func(stored record.Stored) error {
			var one T
			if len(stored.Payload) > 0 && record.Decode(stored.Payload, &one) == nil {
				visit(stored.Header.EntryID, one)
			}
			return ctx.Err()
		})
	}
}
