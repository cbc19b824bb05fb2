package dossier_test

import (
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

func TestTheLedgerHasTheWordsThatWereNotedAndOnWhatTheyRest(t *testing.T) {
	for name, c := range map[string]struct {
		what, verbatim, mail, madeBy string
		basis                        casefile.Basis
		said, heard                  string
	}{
		"noted at the time":              {"A refund in ten days", "We refund you within ten days.", "", "", casefile.Note, "We refund you within ten days.", "Recorded at the time"},
		"noted from memory":              {"A refund in ten days", "We refund you within ten days.", "", "", casefile.Memory, "We refund you within ten days.", "Recorded at the time, from memory"},
		"in a call that a log shows":     {"A refund in ten days", "We refund you within ten days.", "", "", casefile.PhoneLog, "We refund you within ten days.", "Recorded at the time"},
		"heard by somebody else":         {"A refund in ten days", "We refund you within ten days.", "", "Tomàs (husband)", casefile.Note, "We refund you within ten days.", "Heard by Tomàs (husband) · recorded at the time"},
		"quoted as the promise itself":   {"We refund you within ten days.", "We refund you within ten days.", "", "", casefile.Note, "", "Recorded at the time"},
		"in the email it was made in":    {"We refund you within ten days.", "", "Hello:\n\nWe refund you within ten days.", "", casefile.Note, "", "From the email"},
		"nobody noted what was said":     {"A refund in ten days", "", "", "", casefile.Note, "", ""},
		"in an email, told in her words": {"A refund in ten days", "", "We refund you within ten days.", "", casefile.Note, "", ""},
	} {
		file := dossiertest.New(1).File
		contact := &file.Contacts[0].Value
		contact.Verbatim, contact.MadeBy, contact.Basis = c.verbatim, c.madeBy, c.basis
		file.Contacts[0].Entry.RecordedAt = contact.OccurredAt.Earliest()
		file.Promises = file.Promises[:1]
		promise := &file.Promises[0].Value
		promise.What, promise.ContactID = c.what, contact.ID
		if c.mail != "" {
			promise.ContactID, promise.MessageID = "", file.Messages[0].Value.ID
			file.Messages[0].Value.Reading.Text = c.mail
		}
		if got := compile(t, file, options(i18n.English)).Promises[0]; got.Said != c.said || got.Heard != c.heard {
			t.Errorf("%s: it has %q, %q; want %q, %q", name, got.Said, got.Heard, c.said, c.heard)
		}
	}
}
