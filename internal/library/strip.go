package library

import (
	"context"
	"database/sql"
	"time"
)

// Strip is what the drawing of a whole case is made from: contacts and messages, promises with a date, and silences. Where
// there are more than it has room for, they are gathered by time.
type Strip struct {
	First, Last string // days; empty when nothing happened
	Marks       []StripMark
	Flags       []StripFlag
	Gaps        []StripGap
}

// StripMark is a contact or a message, or several of one sort between two days.
type StripMark struct {
	Day, Until string
	// Channel is phone, email or other. Direction is empty where several differ.
	Channel, Direction string
	Count, HoldSeconds int64
}

// StripFlag is a promise on the day it was due, or several whose days are near and which stand the same.
type StripFlag struct {
	Day string
	// State is overdue, open, or the outcome.
	State string
	Count int64
}

// StripGap is a silence: the days on which it began and ended, and how many days lie between them.
type StripGap struct {
	From, Until string
	Days        int64
}

const (
	// stripRoom is how many marks, and how many flags, a strip has room for; stripBins in how many times they are gathered
	// where there are more.
	stripRoom, stripBins = 240, 120
	// longSilence is from how many days without a contact a silence is worth telling.
	longSilence = 21
)

// Strip reads the drawing of a case as of now, on a day where the person lives.
func (l *Library) Strip(ctx context.Context, caseID string, now time.Time, today string) (strip Strip, err error) {
	err = l.inSnapshot(ctx, func(tx *sql.Tx) (err error) {
		args := []any{sql.Named("case", caseID), sql.Named("now", formatInstant(now))}
		strip.Marks, err = collect(ctx, tx, func(rows *sql.Rows) (m StripMark, err error) {
			err = rows.Scan(&m.Day, &m.Channel, &m.Direction, &m.Count, &m.HoldSeconds)
			m.Until = m.Day
			return m, err
		}, "WITH seen AS ("+happened("day, kind, channel, direction, senders, hold_seconds")+`),
			own AS (SELECT ' ' || lower(json_extract(body, '$.complainant.email')) || ' ' AS address FROM thing WHERE id = :case)
			SELECT day, iif(channel IN ('phone', 'email'), channel, 'other') AS sort,
				iif(kind = 'message' AND instr(senders, own.address), 'outgoing', direction) AS way, count(*), sum(hold_seconds)
			FROM own CROSS JOIN seen GROUP BY day, sort, way ORDER BY day, sort, way`, args...)
		if err != nil || len(strip.Marks) == 0 {
			return err
		}
		strip.Flags, err = collect(ctx, tx, func(rows *sql.Rows) (f StripFlag, err error) {
			return f, rows.Scan(&f.Day, &f.State, &f.Count)
		}, `SELECT due_day, coalesce((SELECT settled.outcome FROM moment settled
				WHERE settled.about = moment.id AND settled.kind = 'settlement'
				ORDER BY recorded_at DESC, log_id DESC, sequence DESC LIMIT 1), iif(deadline < :now, 'overdue', 'open')) AS state,
				count(*)
			FROM moment WHERE case_id = :case AND kind = 'promise' AND due_day <> ''
			GROUP BY due_day, state ORDER BY due_day, state`, args...)
		return err
	})
	if err != nil || len(strip.Marks) == 0 {
		return strip, err
	}
	strip.First, strip.Last = strip.Marks[0].Day, max(strip.Marks[len(strip.Marks)-1].Day, today)
	strip.Gaps = gapsOf(strip.Marks, today)
	strip.gather()
	return strip, nil
}

// gapsOf finds the silences, the one until today among them.
func gapsOf(marks []StripMark, today string) (gaps []StripGap) {
	last := marks[0].Day
	step := func(day string) {
		if days := daysBetween(last, day); days >= longSilence {
			gaps = append(gaps, StripGap{From: last, Until: day, Days: days})
		}
		last = max(last, day)
	}
	for _, mark := range marks {
		step(mark.Day)
	}
	step(today)
	return gaps
}

// gather puts what is near together, where there is more than a strip has room for.
func (s *Strip) gather() {
	bin := func(day string) int64 {
		return daysBetween(s.First, day) * stripBins / (daysBetween(s.First, s.Last) + 1)
	}
	if len(s.Marks) > stripRoom {
		s.Marks = gathered(s.Marks, func(m StripMark) (int64, string) { return bin(m.Day), m.Channel }, func(into *StripMark, m StripMark) {
			into.Until, into.Count, into.HoldSeconds = m.Day, into.Count+m.Count, into.HoldSeconds+m.HoldSeconds
			if into.Direction != m.Direction {
				into.Direction = ""
			}
		})
	}
	if len(s.Flags) > stripRoom {
		s.Flags = gathered(s.Flags, func(f StripFlag) (int64, string) { return bin(f.Day), f.State }, func(into *StripFlag, f StripFlag) {
			into.Count += f.Count
		})
	}
}

// gathered adds each thing to the first of its time and sort.
func gathered[T any](things []T, of func(T) (bin int64, sort string), add func(into *T, thing T)) []T {
	type key struct {
		bin  int64
		sort string
	}
	var all []T
	place := map[key]int{}
	for _, thing := range things {
		bin, sort := of(thing)
		at, found := place[key{bin, sort}]
		if !found {
			place[key{bin, sort}] = len(all)
			all = append(all, thing)
			continue
		}
		add(&all[at], thing)
	}
	return all
}

// daysBetween counts from one day to another; 0 for what is no day.
func daysBetween(from, to string) int64 {
	begin, beginErr := time.Parse(time.DateOnly, from)
	end, endErr := time.Parse(time.DateOnly, to)
	if beginErr != nil || endErr != nil {
		return 0
	}
	return int64(end.Sub(begin).Hours() / 24)
}
