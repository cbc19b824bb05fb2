package casework

import (
	"cmp"
	"context"
	"slices"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/record"
)

// Ground is something on record that can show how a promise ended.
type Ground struct {
	ID string
	// Kind is contact, message or evidence.
	Kind record.Kind
	// Day is when it happened, YYYY-MM-DD where it happened: the first day that it can have been. Empty is not known.
	Day string
	// Channel is how a contact was made.
	Channel casefile.Channel
	// Text is what it says of itself: a contact's summary, a message's subject, what a piece of evidence shows or its name.
	Text string

	at time.Time
}

// maxGrounds is how many are worth choosing from.
const maxGrounds = 200

// Grounds lists what can show how a promise ended: what happened since the day it was made, the latest first, 200 at most. What
// has no time of its own is counted from when it was recorded.
//
// Problem: not_found.
func (c *Casework) Grounds(ctx context.Context, promiseID string) ([]Ground, error) {
	promise, err := library.Thing[casefile.Promise](ctx, c.library, record.KindPromise, promiseID)
	if err != nil {
		return nil, err
	}
	file, err := c.CaseFile(ctx, promise.Value.CaseID)
	if err != nil {
		return nil, err
	}
	grounds := GroundsOf(file)
	grounds = slices.DeleteFunc(grounds, func(g Ground) bool {
		return g.ID == promise.Value.ContactID || g.before(promise.Value.MadeAt)
	})
	slices.SortStableFunc(grounds, func(a, b Ground) int { return cmp.Or(b.at.Compare(a.at), cmp.Compare(b.ID, a.ID)) })
	return grounds[:min(len(grounds), maxGrounds)], nil
}

// before reports whether it was over on the day before the promise was made.
func (g Ground) before(made casefile.When) bool {
	if g.Day == "" {
		return g.at.Before(made.Earliest())
	}
	return g.Day < made.Date()
}

// GroundsOf lists everything in a case that can show something.
func GroundsOf(file casefile.CaseFile) []Ground {
	grounds := []Ground{}
	for _, contact := range file.Contacts {
		value := contact.Value
		grounds = append(grounds, Ground{ID: value.ID, Kind: record.KindContact, Day: value.OccurredAt.Date(),
			Channel: value.Channel, Text: value.Summary, at: value.OccurredAt.Earliest()})
	}
	for message := range file.Unlinked() {
		reading := message.Value.Reading
		ground := Ground{ID: message.Value.ID, Kind: record.KindMessage, Text: reading.Subject, at: message.Entry.RecordedAt}
		if date, err := time.Parse(time.RFC3339, reading.Date); err == nil {
			ground.at, ground.Day = date, date.Format(time.DateOnly)
		}
		grounds = append(grounds, ground)
	}
	for _, evidence := range file.Evidence {
		value := evidence.Value
		ground := Ground{ID: value.ID, Kind: record.KindEvidence, Text: cmp.Or(value.Shows, value.FileName), at: evidence.Entry.RecordedAt}
		if value.OccurredAt != nil {
			ground.at, ground.Day = value.OccurredAt.Earliest(), value.OccurredAt.Date()
		}
		grounds = append(grounds, ground)
	}
	return grounds
}
