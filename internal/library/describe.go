package library

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// description is what the views need to know of a thing beside its body.
type description struct {
	// happened is when it was; zero is when it was recorded.
	happened    time.Time
	title, text string
	// numbers are references and phone numbers, which people look for by a part.
	numbers []string
	// content is the SHA-256 of the bytes it names, lower-case hex; empty when it names none.
	content string
	// targets are the entries it is about: what it corrects, takes back or erases.
	targets []casefile.Target
}

// describers read payloads by their kind, and fail where the views could not. Kinds that are not here are kept as things
// that nothing shows.
//
// What is changed here changes the views of libraries that have such entries already, be it from a later program: their
// views have to be made anew, by a migration.
var describers = map[record.Kind]func(*payload) (description, error){
	record.KindCase: of(func(c casefile.Case) description {
		return description{title: c.Title, text: lines(c.Summary, c.StillConcerned, strings.Join(c.Outcome, "\n"), c.Complainant.Name)}
	}),
	record.KindParty: of(func(p casefile.Party) description {
		references, numbers := make([]string, len(p.References)), make([]string, len(p.References))
		for i, reference := range p.References {
			references[i], numbers[i] = reference.Label+" "+reference.Number, reference.Number
		}
		return description{title: p.Name, text: lines(references...), numbers: numbers}
	}),
	record.KindPerson: of(func(p casefile.Person) description {
		return description{title: p.Name, text: p.Position}
	}),
	record.KindContact: of(func(c casefile.Contact) description {
		return description{happened: c.OccurredAt.Earliest(), title: c.Summary,
			text:    lines(c.CompanyReference, c.Number, c.Verbatim, c.MadeBy, sentTo(c.SentTo)),
			numbers: []string{c.CompanyReference, c.Number}}
	}),
	record.KindPromise: of(func(p casefile.Promise) description {
		return description{happened: p.MadeAt.Earliest(), title: p.What}
	}),
	record.KindSettlement: of(func(s casefile.Settlement) description { return description{title: s.Note} }),
	record.KindEvidence: of(func(e casefile.Evidence) description {
		about := description{title: e.FileName, text: e.Shows, content: e.SHA256}
		if e.OccurredAt != nil {
			about.happened = e.OccurredAt.Earliest()
		}
		return about
	}),
	record.KindMessage: of(func(m casefile.Message) description {
		return description{happened: receivedAt(m, time.Time{}), content: m.SHA256}
	}),
	record.KindExpense: of(func(x casefile.Expense) description {
		return description{happened: x.SpentAt.Earliest(), title: x.What}
	}),
	record.KindContradiction: of(func(c casefile.Contradiction) description {
		texts := make([]string, len(c.Answers))
		for i, answer := range c.Answers {
			texts[i] = answer.Said
		}
		return description{title: c.Question, text: lines(append(texts, c.Note)...)}
	}),
	record.KindJoin: of(func(casefile.Join) description { return description{} }),
	record.KindSending: of(func(s casefile.Sending) description {
		return description{happened: s.SentAt.Earliest(), title: s.To}
	}),
	record.KindExport:    of(func(x casefile.Export) description { return description{title: x.FileName} }),
	record.KindExhibit:   of(func(casefile.Exhibit) description { return description{} }),
	record.KindDevice:    of(func(casefile.Device) description { return description{} }),
	record.KindSeal:      of(func(casefile.Seal) description { return description{} }),
	record.KindKeyRecord: of(func(casefile.KeyRecord) description { return description{} }),
	record.KindSighting:  of(func(casefile.Sighting) description { return description{} }),
	record.KindCorrection: of(func(c casefile.Correction) description {
		return description{title: c.Reason, targets: []casefile.Target{{EntryID: c.Target, Leaf: c.TargetLeaf}}}
	}),
	record.KindRetraction: of(func(r casefile.Retraction) description {
		return description{title: r.Reason, targets: r.Targets}
	}),
	record.KindErasure: of(func(e casefile.Erasure) description {
		return description{title: e.Reason, targets: e.Targets}
	}),
}

// sentTo is where a contact sent the person, in words.
func sentTo(where *casefile.SentTo) string {
	if where == nil {
		return ""
	}
	return where.Words
}

func of[T any](describe func(T) description) func(*payload) (description, error) {
	return func(from *payload) (description, error) {
		value, err := decoded[T](from)
		if err != nil {
			return description{}, err
		}
		return describe(value), nil
	}
}

// payload is a payload, with corrections applied or as it came. Several views are made from it, and it is decoded once.
type payload struct {
	text  []byte
	value any
}

// decoded gives the payload as its kind's type.
func decoded[T any](from *payload) (T, error) {
	if value, is := from.value.(T); is {
		return value, nil
	}
	value, err := decode[T](from.text)
	if err == nil {
		from.value = value
	}
	return value, err
}

// describe reads a payload by its kind.
func describe(h record.Header, from *payload) (description, error) {
	var about description
	if known := describers[h.Kind]; known != nil {
		var err error
		if about, err = known(from); err != nil {
			return about, err
		}
	}
	if !about.happened.IsZero() {
		return about, nil
	}
	recordedAt, err := time.Parse(record.TimeLayout, h.RecordedAt)
	if err != nil {
		return about, fmt.Errorf("failed to read recorded_at: %w", err)
	}
	about.happened = recordedAt
	return about, nil
}

func decode[T any](payload []byte) (T, error) {
	var value T
	if err := json.Unmarshal(payload, &value); err != nil {
		return value, fmt.Errorf("failed to read a payload: %w", err)
	}
	return value, nil
}

func lines(texts ...string) string {
	var filled []string
	for _, text := range texts {
		if text != "" {
			filled = append(filled, text)
		}
	}
	return strings.Join(filled, "\n")
}
