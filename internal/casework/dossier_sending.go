package casework

import (
	"context"
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/record"
)

// Export is a dossier or a bundle that was made, with whom it was sent to since.
type Export struct {
	casefile.Recorded[casefile.Export]
	// Sendings are those that count, in the order in which they were recorded.
	Sendings []casefile.Recorded[casefile.Sending]
	// Later says that it is the file of one before it, sealed later; empty where it is not.
	Later SealedLater
}

// SealedLater is what a file got after it was made. Its words are term.sealed_later.LATER.
type SealedLater string

// What a file can get later.
const (
	StampedLater SealedLater = "stamped"
	SignedLater  SealedLater = "signed"
)

// SealedLaters lists what a file can get later.
func SealedLaters() []SealedLater { return []SealedLater{StampedLater, SignedLater} }

// sealedLater compares a file with those that were put on record before it. Making a dossier is an entry, so that no two
// dossiers have one fingerprint: what has the fingerprint and the name of another is the same file with a seal.
func sealedLater(before []Export, export casefile.Export) SealedLater {
	for _, one := range slices.Backward(before) {
		older := one.Value
		if export.Fingerprint == "" || older.Fingerprint != export.Fingerprint || older.FileName != export.FileName || older.Edition != export.Edition {
			continue
		}
		if older.SignedBy != export.SignedBy {
			return SignedLater
		}
		return StampedLater
	}
	return ""
}

// Exports lists the dossiers and bundles that were made of a case, oldest first.
//
// Problem: not_found.
func (c *Casework) Exports(ctx context.Context, caseID string) ([]Export, error) {
	if err := c.library.RequireCase(ctx, caseID); err != nil {
		return nil, err
	}
	made, err := library.Things[casefile.Export](ctx, c.library, record.KindExport, caseID)
	if err != nil {
		return nil, err
	}
	sendings, err := library.Things[casefile.Sending](ctx, c.library, record.KindSending, caseID)
	if err != nil {
		return nil, err
	}
	exports := make([]Export, len(made))
	for i, export := range made {
		exports[i].Recorded = export
		exports[i].Later = sealedLater(exports[:i], export.Value)
		for _, sending := range sendings {
			if sending.Value.ExportID == export.Value.ID {
				exports[i].Sendings = append(exports[i].Sendings, sending)
			}
		}
	}
	return exports, nil
}

// Sending says that a dossier or bundle that was made went to somebody. Texts are as typed.
type Sending struct {
	CaseID   string
	ExportID string
	// To is whom it was sent to; empty is for whom the dossier was made.
	To string
	// On is when, as much as is known of YYYY-MM-DDTHH:MM; empty is now. Zone is the case's when empty.
	On     string
	Zone   string
	Offset string // "+02:00", for a wall time that happened twice
	// Channel is the way it went; empty is email.
	Channel casefile.Channel
	// ContactID is the contact by which it was sent, or empty; EvidenceIDs show that it was.
	ContactID   string
	EvidenceIDs []string
	Note        string
}

// RecordSending puts on record that a dossier was sent, and returns the id. It is taken back like any other entry.
//
// Problems: not_found, and those of its fields.
func (c *Casework) RecordSending(ctx context.Context, n Sending) (string, error) {
	if err := c.library.RequireCase(ctx, n.CaseID); err != nil {
		return "", err
	}
	export, err := library.Thing[casefile.Export](ctx, c.library, record.KindExport, n.ExportID)
	if err != nil {
		return "", err
	}
	if err := c.requireOf(ctx, n.CaseID, record.KindExport, n.ExportID); err != nil {
		return "", err
	}
	if err := c.requireOf(ctx, n.CaseID, record.KindContact, n.ContactID); err != nil {
		return "", err
	}
	if err := c.requireEvidence(ctx, n.CaseID, n.EvidenceIDs); err != nil {
		return "", err
	}
	if n.To == "" {
		n.To = export.Value.Addressee
	}
	var id string
	err = c.record(ctx, n.CaseID, func(o *operation) {
		id = o.add(record.KindSending, casefile.Sending{
			CaseID: n.CaseID, ExportID: n.ExportID, To: o.required("sent_to_whom", n.To),
			SentAt:    c.occurredAt(o, LogContact{When: n.On, Zone: n.Zone, Offset: n.Offset}),
			Channel:   choice(o, "channel", n.Channel, casefile.Email, casefile.Channels()),
			ContactID: n.ContactID, EvidenceIDs: withoutRepeats(n.EvidenceIDs), Note: o.text("note", n.Note),
		})
	})
	if err != nil {
		return "", err
	}
	return id, nil
}
