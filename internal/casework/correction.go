package casework

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// CorrectContact says what a contact should have said: only the fields that change, by their JSON names; nil takes a
// field away. The first entry stays as it was, and the correction stands beside it. It returns the correction's id.
//
// Problems: not_found, missing, not_a_choice for a field that a contact does not have, or with a value it can't have.
func (c *Casework) CorrectContact(ctx context.Context, contactID string, fields map[string]any, reason string) (string, error) {
	contact, err := library.Thing[casefile.Contact](ctx, c.library, record.KindContact, contactID)
	if err != nil {
		return "", err
	}
	var id string
	err = c.record(ctx, contact.Value.CaseID, func(o *operation) {
		o.checkCorrection(c.Now(), contact.Value, fields)
		id = o.add(record.KindCorrection, casefile.Correction{
			CaseID: contact.Value.CaseID, Target: contactID, TargetLeaf: contact.Entry.Leaf, Fields: fields,
			Reason: o.text("reason", reason),
		})
	})
	return id, err
}

// correctable are the fields of a contact that a correction may change. The case it belongs to is not among them: what
// went into the wrong case is retracted there.
var correctable = []string{"occurred_at", "direction", "channel", "people", "hold_seconds", "talk_seconds", "transfers",
	"number", "company_reference", "summary", "verbatim", "failures", "supervisor", "made_by", "basis", "remedy"}

// checkCorrection holds the corrected contact to the rules of any other.
func (o *operation) checkCorrection(now time.Time, contact casefile.Contact, fields map[string]any) {
	if len(fields) == 0 {
		o.wrong(problem.Missing, problem.Values{"field": "field"})
	}
	original, err := json.Marshal(contact)
	o.noteField("field", err)
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if !slices.Contains(correctable, name) {
			o.wrong(problem.NotAChoice, problem.Values{
				"field": "field", "value": name, "choices": strings.Join(correctable, ", ")})
			continue
		}
		var after casefile.Contact
		text, err := casefile.Corrected(original, map[string]any{name: fields[name]})
		if err == nil {
			err = json.Unmarshal(text, &after)
		}
		if err != nil || !o.allowed(now, after) {
			o.wrong(problem.NotAChoice, problem.Values{"field": name, "value": fmt.Sprint(fields[name]), "choices": ""})
		}
	}
}

func (o *operation) allowed(now time.Time, c casefile.Contact) bool {
	notNegative := func(seconds *int64) bool { return seconds == nil || *seconds >= 0 }
	known := func(failure casefile.Failure) bool { return slices.Contains(casefile.Failures(), failure) }
	ofCase := func(id string) bool {
		return slices.ContainsFunc(o.known.People, func(p casefile.Person) bool { return p.ID == id })
	}
	return strings.TrimSpace(c.Summary) != "" && c.Transfers >= 0 &&
		happened(c.OccurredAt) && !c.OccurredAt.Earliest().After(now.Add(time.Minute)) &&
		!slices.ContainsFunc(c.PersonIDs, func(id string) bool { return !ofCase(id) }) &&
		(c.Remedy == nil || slices.Contains(casefile.RemedyKinds(), c.Remedy.Kind)) &&
		notNegative(c.HoldSeconds) && notNegative(c.TalkSeconds) &&
		slices.Contains(casefile.Channels(), c.Channel) && slices.Contains(casefile.Directions(), c.Direction) &&
		slices.Contains(casefile.Bases(), c.Basis) &&
		(c.Supervisor == "" || slices.Contains(casefile.Supervisors(), c.Supervisor)) &&
		!slices.ContainsFunc(c.Failures, func(f casefile.Failure) bool { return !known(f) })
}

// happened reports whether there was such a time: what a person types is held to the same.
func happened(w casefile.When) bool {
	read, err := casefile.ParseWhen(w.Wall, w.Zone, w.Precision, "")
	if errors.Is(err, problem.New(problem.AmbiguousTime, nil)) {
		read, err = casefile.ParseWhen(w.Wall, w.Zone, w.Precision, w.In().Format("-07:00"))
	}
	read.End = w.End
	return err == nil && read == w
}
