package library

import (
	"cmp"
	"context"
	"slices"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// withdrawal is an entry that counts no longer, beside one of those that say so.
type withdrawal struct {
	entry, by place
	kind      record.Kind
	id, byID  string
	leaf      string
	reason    string
	erased    bool
}

// place is where and when an entry was recorded.
type place struct {
	logID      string
	sequence   int64
	recordedAt string
}

func (p place) compare(q place) int {
	return cmp.Or(cmp.Compare(p.recordedAt, q.recordedAt), cmp.Compare(p.logID, q.logID), cmp.Compare(p.sequence, q.sequence))
}

// withdrawnOf lists the entries of a case that were taken back or erased, in the order in which they were recorded. A
// retraction that was taken back is not among them: what it took back counts again, and that is all.
func withdrawnOf(ctx context.Context, from querier, caseID string, labels map[string]string) ([]casefile.Withdrawal, error) {
	withdrawals, err := withdrawalsOf(ctx, from, caseID)
	if err != nil {
		return nil, err
	}
	seals, err := sealsOf(ctx, from, caseID)
	if err != nil {
		return nil, err
	}
	withdrawn := make([]casefile.Withdrawal, len(withdrawals))
	for i, w := range withdrawals {
		one := casefile.Withdrawal{
			EntryID: w.id, Kind: string(w.kind), By: w.byID, Reason: w.reason, Erased: w.erased, Label: labels[w.id],
			Entry:     casefile.Entry{LogID: w.entry.logID, Sequence: w.entry.sequence, Leaf: w.leaf},
			AfterSeal: slices.ContainsFunc(seals, func(s stamp) bool { return s.covers(w.entry) && s.before(w.by) }),
		}
		if one.Entry.RecordedAt, err = time.Parse(record.TimeLayout, w.entry.recordedAt); err != nil {
			return nil, err
		}
		if one.At, err = time.Parse(record.TimeLayout, w.by.recordedAt); err != nil {
			return nil, err
		}
		withdrawn[i] = one
	}
	return withdrawn, nil
}

// withdrawalsOf finds, for each entry that was taken back or erased, the first that says so; erasure goes before.
func withdrawalsOf(ctx context.Context, from querier, caseID string) ([]withdrawal, error) {
	rows, err := from.QueryContext(ctx, `
		SELECT thing.id, thing.kind, thing.log_id, thing.sequence, thing.recorded_at, thing.leaf_hash,
			said.id, said.log_id, said.sequence, said.recorded_at, coalesce(json_extract(said.body, '$.reason'), ''), FALSE
		FROM thing JOIN mention ON mention.target = thing.id AND mention.leaf = thing.leaf_hash AND mention.kind = 'retraction'
		JOIN thing said ON said.id = mention.entry_id AND said.counts AND said.case_id = thing.case_id
		WHERE thing.case_id = ?1 AND NOT thing.counts AND thing.kind <> 'retraction'
		UNION ALL
		SELECT entry.entry_id, entry.kind, entry.log_id, entry.sequence, entry.recorded_at, lower(hex(entry.leaf_hash)),
			said.id, said.log_id, said.sequence, said.recorded_at, coalesce(json_extract(said.body, '$.reason'), ''), TRUE
		FROM thing said JOIN mention ON mention.entry_id = said.id
		JOIN entry ON entry.entry_id = mention.target AND lower(hex(entry.leaf_hash)) = mention.leaf
		JOIN log ON log.log_id = entry.log_id AND log.case_id = said.case_id
		WHERE said.kind = 'erasure' AND said.case_id = ?1`, caseID)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	first := map[string]withdrawal{}
	for rows.Next() {
		var w withdrawal
		err := rows.Scan(&w.id, &w.kind, &w.entry.logID, &w.entry.sequence, &w.entry.recordedAt, &w.leaf,
			&w.byID, &w.by.logID, &w.by.sequence, &w.by.recordedAt, &w.reason, &w.erased)
		if err != nil {
			return nil, err
		}
		known, there := first[w.id]
		if !there || w.erased && !known.erased || w.erased == known.erased && w.by.compare(known.by) < 0 {
			first[w.id] = w
		}
	}
	var all []withdrawal
	for _, w := range first {
		all = append(all, w)
	}
	slices.SortFunc(all, func(a, b withdrawal) int { return a.entry.compare(b.entry) })
	return all, rows.Err()
}

// stamp is how much of a log somebody else's clock has stamped, and where that is on record.
type stamp struct {
	place
	size int64
}

func (s stamp) covers(entry place) bool { return s.logID == entry.logID && s.size >= entry.sequence }

// before goes by the log where both stand in one, else by the devices' clocks.
func (s stamp) before(by place) bool {
	if s.logID == by.logID {
		return s.sequence < by.sequence
	}
	return s.recordedAt <= by.recordedAt
}

func sealsOf(ctx context.Context, from querier, caseID string) ([]stamp, error) {
	found, err := ofCase[casefile.Seal](ctx, from, record.KindSeal, caseID)
	if err != nil {
		return nil, err
	}
	var seals []stamp
	for _, one := range found {
		head, err := unverifiedHead([]byte(one.Value.Head))
		if err != nil || head.LogID != one.Entry.LogID {
			continue // not a seal of its log: others say so
		}
		seals = append(seals, stamp{
			place{one.Entry.LogID, one.Entry.Sequence, one.Entry.RecordedAt.Format(record.TimeLayout)}, head.Size})
	}
	return seals, nil
}
