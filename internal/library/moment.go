package library

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// moment is what the timeline needs to know of a thing beside its place in the record. See views.sql.
type moment struct {
	day, wall, about             string
	channel, direction, party    string
	people                       []string
	senders, receivers           string
	holdSeconds, failures        int64
	recording                    casefile.Recording
	dueDay, deadline, settlement string
}

// momentColumns are those of its table, but for the id and the row of its words.
const momentColumns = `case_id, day, wall, recorded_at, log_id, sequence, kind, about, channel, direction, party, people,
	senders, receivers, hold_seconds, failures, recording, due_day, deadline, outcome`

// moments read payloads by their kind. Kinds that are not here are on no timeline.
var moments = map[record.Kind]func(body *payload, recordedAt time.Time) (moment, error){
	record.KindContact: asMoment(func(c casefile.Contact, recordedAt time.Time) moment {
		m := at(&c.OccurredAt)
		m.channel, m.direction, m.party, m.people = string(c.Channel), string(c.Direction), c.PartyID, c.PersonIDs
		for _, failure := range c.Failures {
			if failure != casefile.Helped {
				m.failures++
			}
		}
		if c.HoldSeconds != nil {
			m.holdSeconds = *c.HoldSeconds
		}
		m.recording = casefile.RecordingOf(casefile.Recorded[casefile.Contact]{
			Value: c, Entry: casefile.Entry{RecordedAt: recordedAt}})
		return m
	}),
	record.KindPromise: asMoment(func(p casefile.Promise, _ time.Time) moment {
		m := at(&p.MadeAt)
		m.about, m.party, m.people = firstOf(p.ContactID, p.MessageID), p.PartyID, []string{p.PersonID}
		if p.Due != nil {
			m.dueDay, m.deadline = p.Due.Date, formatInstant(p.Due.Deadline())
		}
		return m
	}),
	record.KindSettlement: asMoment(func(s casefile.Settlement, _ time.Time) moment {
		m := moment{about: s.PromiseID, settlement: string(s.Outcome)}
		if s.On != nil {
			m.day, m.wall = s.On.Date, s.On.Date
		}
		return m
	}),
	record.KindEvidence: asMoment(func(e casefile.Evidence, _ time.Time) moment {
		m := at(e.OccurredAt)
		m.about = firstOf(e.ContactID, e.MessageID)
		return m
	}),
	// Of a message this is where it stands until it is read: when the server, or whoever recorded it, had it.
	record.KindMessage: asMoment(func(m casefile.Message, recordedAt time.Time) moment {
		when := casefile.WhenOfMail(receivedAt(m, recordedAt))
		shown := at(&when)
		shown.about = m.ContactID
		return shown
	}),
}

func asMoment[T any](read func(T, time.Time) moment) func(*payload, time.Time) (moment, error) {
	return func(body *payload, recordedAt time.Time) (moment, error) {
		value, err := decoded[T](body)
		if err != nil {
			return moment{}, err
		}
		return read(value, recordedAt), nil
	}
}

// at is a moment at a time that may not be known.
func at(when *casefile.When) moment {
	if when == nil || when.Wall == "" {
		return moment{}
	}
	return moment{day: when.Date(), wall: when.Wall}
}

func firstOf(ids ...string) string {
	for _, id := range ids {
		if id != "" {
			return id
		}
	}
	return ""
}

// showMoment makes the timeline's row of an entry that is no message anew; body is its payload with corrections applied, and
// wordsRow that of the words that it is found by.
func showMoment(ctx context.Context, tx *sql.Tx, e placed, body *payload, counts bool, wordsRow int64) error {
	h := e.Header
	if moments[h.Kind] == nil {
		return nil
	}
	if !e.isNew {
		if _, err := tx.ExecContext(ctx, "DELETE FROM moment WHERE id = ?", h.EntryID); err != nil || !counts {
			return err
		}
	}
	m, err := momentOf(h.Kind, body, h.RecordedAt)
	if err != nil {
		return err
	}
	return e.rows.add(ctx, tx, &intoMoment, h.EntryID, e.caseID, m.day, m.wall, h.RecordedAt, h.LogID, h.Sequence, string(h.Kind), m.about, m.channel, m.direction,
		m.party, strings.Join(m.people, " "), m.senders, m.receivers, m.holdSeconds, m.failures, string(m.recording),
		m.dueDay, m.deadline, m.settlement, wordsRow)
}

var intoMoment = insertionInto("moment", "id, "+momentColumns+", words_row")

// momentOf makes the moment of a payload of a kind that has some.
func momentOf(kind record.Kind, body *payload, recordedAt string) (moment, error) {
	at, err := time.Parse(record.TimeLayout, recordedAt)
	if err != nil {
		return moment{}, err
	}
	return moments[kind](body, at)
}
