package casework

import (
	"context"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/record"
)

// met is a message that an import came across, and the case had.
type met struct {
	sum    string // SHA-256 of its bytes, lower-case hex
	source casefile.MessageSource
}

// keepSightings puts on record where an import came across messages that the case had from elsewhere: that a mailbox and
// a file hold the same bytes says something about both. A place that is on record, as all are when an import is repeated,
// is not put there again.
func (in *intake) keepSightings(ctx context.Context) error {
	if len(in.met) == 0 {
		return nil
	}
	sums := make([]string, len(in.met))
	for i, one := range in.met {
		sums[i] = one.sum
	}
	lib := in.casework.library
	return lib.AppendTo(ctx, in.caseID, func(known library.Known) ([]library.Draft, error) {
		messages, err := lib.MessagesOf(ctx, in.caseID, sums)
		if err != nil {
			return nil, err
		}
		o := &operation{known: known}
		kept := map[library.Place]bool{}
		for _, one := range in.met {
			place := library.PlaceOf(one.source)
			seen, err := lib.SeenAt(ctx, in.caseID, place)
			if err != nil {
				return nil, err
			}
			if message := messages[one.sum]; message != "" && !seen && !kept[place] {
				kept[place] = true
				o.add(record.KindSighting, casefile.Sighting{CaseID: in.caseID, MessageID: message, Source: one.source})
			}
		}
		return o.drafts, nil
	})
}

// sightingsOf are the places where a message was met beside the one it came from, in the order of the record.
func (c *Casework) sightingsOf(ctx context.Context, message casefile.Message) ([]casefile.MessageSource, error) {
	found, err := library.Things[casefile.Sighting](ctx, c.library, record.KindSighting, message.CaseID)
	sources := []casefile.MessageSource{}
	for _, one := range found {
		if one.Value.MessageID == message.ID {
			sources = append(sources, one.Value.Source)
		}
	}
	return sources, err
}
