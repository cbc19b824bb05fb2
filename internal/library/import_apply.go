package library

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// What one transaction of an import takes in.
const (
	importEntries = 500
	importBytes   = 16 << 20
)

// importing appends what was examined.
type importing struct {
	library  *Library
	in       Incoming
	options  ImportOptions
	examined examined
	// alone is whether the library is held alone, filing with it.
	alone bool

	batch []record.Stored
	bytes int
	// awaited are the entries of the batch that came without payload, and whose erasure has not come yet.
	awaited map[casefile.Target]bool
	missing map[string]bool // contents
	done    int64
}

func (i *importing) imported() Imported {
	return Imported{i.examined.plan, slices.Sorted(maps.Keys(i.missing))}
}

func (i *importing) run(ctx context.Context) error {
	if i.examined.plan.Entries == 0 {
		return i.library.inTransaction(ctx, i.library.writer, func(tx *sql.Tx) error { return i.keepHeads(ctx, tx) })
	}
	i.awaited = map[casefile.Target]bool{}
	here := map[string]int64{}
	for _, log := range i.examined.plan.Logs {
		here[log.ID] = log.Here
	}
	for stored, err := range i.in.Entries(ctx) {
		if err != nil {
			return err
		}
		if err := i.sameAsExamined(stored); err != nil {
			return err
		}
		if stored.Header.Sequence <= here[stored.Header.LogID] {
			continue
		}
		if err := i.add(ctx, stored); err != nil {
			return err
		}
	}
	return i.flush(ctx, true)
}

// sameAsExamined refuses an entry that is not the one that was verified: the source has changed since.
func (i *importing) sameAsExamined(stored record.Stored) error {
	leaves := i.examined.leaves[stored.Header.LogID]
	at := stored.Header.Sequence - 1
	if at < 0 || at >= int64(len(leaves)) || leaves[at] != stored.LeafHash {
		return doesNotHold(stored.Header.LogID, 1)
	}
	for _, finding := range record.CheckEntry(stored) {
		if finding.What != record.PayloadMissing {
			return doesNotHold(finding.Where, 1)
		}
	}
	return nil
}

func (i *importing) add(ctx context.Context, stored record.Stored) error {
	i.batch = append(i.batch, stored)
	i.bytes += len(stored.Payload) + len(stored.LeafBytes)
	switch {
	case len(stored.Payload) == 0:
		i.awaited[placed{Stored: stored}.target()] = true
	case stored.Header.Kind == record.KindErasure:
		erasure, err := decode[casefile.Erasure](stored.Payload)
		if err != nil {
			return err
		}
		for _, target := range erasure.Targets {
			delete(i.awaited, target)
		}
	}
	if len(i.batch) < importEntries && i.bytes < importBytes || len(i.awaited) > 0 {
		return nil
	}
	return i.flush(ctx, false)
}

// flush makes the batch durable: first the bytes that it names, then its entries.
func (i *importing) flush(ctx context.Context, last bool) error {
	for _, stored := range i.batch {
		if err := i.content(ctx, stored); err != nil {
			return err
		}
	}
	err := i.library.appending(ctx, func(tx *sql.Tx) error {
		for _, stored := range i.batch {
			if err := i.library.adopt(ctx, tx, i.log(stored.Header.LogID), stored); err != nil {
				return err
			}
		}
		if last {
			return i.keepHeads(ctx, tx)
		}
		return nil
	})
	if err != nil {
		return err
	}
	i.done += int64(len(i.batch))
	if i.options.Progress != nil {
		i.options.Progress(i.done, i.examined.plan.Entries)
	}
	i.batch, i.bytes = i.batch[:0], 0
	return nil
}

func (i *importing) log(id string) IncomingLog {
	at := slices.IndexFunc(i.in.Logs, func(log IncomingLog) bool { return log.ID == id })
	return i.in.Logs[at]
}

// content takes in the bytes that an entry names, unless they are here or were erased here.
func (i *importing) content(ctx context.Context, stored record.Stored) error {
	if len(stored.Payload) == 0 {
		return nil
	}
	about, err := describe(stored.Header, &payload{text: stored.Payload})
	if err != nil || about.content == "" || i.missing[about.content] {
		return err
	}
	lib := i.library
	erased, err := erasedBy(ctx, lib.reader, placed{Stored: stored}.target(), i.log(stored.Header.LogID).CaseID)
	if err != nil || erased != "" {
		return err
	}
	if there, err := lib.hasContent(ctx, about.content); there || err != nil {
		return err
	}
	if !i.alone {
		lib.filing.RLock()
		defer lib.filing.RUnlock()
	}
	body, err := i.in.Content(ctx, about.content)
	if err == nil {
		_, err = lib.putContent(ctx, body, about.content)
		err = errors.Join(err, body.Close())
	}
	if isLost(err) {
		i.missing[about.content] = true
		return nil
	}
	return err
}

// keepHeads keeps the signed heads of other devices' logs, so that they can be passed on.
func (i *importing) keepHeads(ctx context.Context, tx *sql.Tx) error {
	for _, log := range i.examined.plan.Logs {
		if len(log.Head) == 0 || log.Here == log.Size {
			continue
		}
		if err := putSetting(ctx, tx, headSetting+log.ID, string(log.Head)); err != nil {
			return err
		}
	}
	return nil
}

// adopt appends an entry that another device has written, as it is. One that came meanwhile is not taken twice.
func (l *Library) adopt(ctx context.Context, tx *sql.Tx, log IncomingLog, stored record.Stored) error {
	h := stored.Header
	var there []byte
	err := tx.QueryRowContext(ctx, "SELECT leaf_hash FROM entry WHERE log_id = ? AND sequence = ?", h.LogID, h.Sequence).Scan(&there)
	switch {
	case err == nil && string(there) == string(stored.LeafHash[:]):
		return nil
	case err == nil:
		return contradicts(h.LogID)
	case ignoreNoRows(err) != nil:
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT OR IGNORE INTO log (log_id, device_id, case_id) VALUES (?, ?, nullif(?, ''))",
		log.ID, log.DeviceID, log.CaseID)
	if err != nil {
		return err
	}
	if err := insertLeaf(ctx, tx, nil, map[int64][32]byte{}, stored); err != nil {
		return err
	}
	e := placed{Stored: stored, caseID: log.CaseID}
	erasure, err := erasedBy(ctx, tx, e.target(), log.CaseID)
	if err != nil {
		return err
	}
	if erasure != "" {
		if err := insertErased(ctx, tx, h.EntryID, erasure); err != nil {
			return err
		}
		e.Payload = nil // it came from somewhere that does not know yet
	}
	if len(e.Payload) > 0 {
		if err := insertPrivate(ctx, tx, nil, e.Entry); err != nil {
			return err
		}
	}
	return projectAndErase(ctx, tx, e)
}

// headSetting and a log's id name the setting that keeps the last signed head that came with another device's log.
const headSetting = "head-"

// SignedHead gives a log's newest signed head, to be passed on: made now for a log of this device, and for that of another
// the one that it came with.
//
// Problem: not_found where nobody signed one.
func (l *Library) SignedHead(ctx context.Context, logID string) (record.Head, []byte, error) {
	notFound := problem.New(problem.NotFound, problem.Values{"kind": "log", "value": logID})
	logs, err := l.Logs(ctx, "")
	if err != nil {
		return record.Head{}, nil, err
	}
	at := slices.IndexFunc(logs, func(log Log) bool { return log.ID == logID })
	if at < 0 {
		return record.Head{}, nil, notFound
	}
	if logs[at].Own {
		return l.HeadOf(ctx, logID, 0)
	}
	signed, err := setting(ctx, l.reader, headSetting+logID)
	if ignoreNoRows(err) != nil {
		return record.Head{}, nil, l.options.explain(err)
	}
	if signed == "" || logs[at].Key == nil {
		return record.Head{}, nil, notFound
	}
	verifier, err := record.VerifierKey(logID, logs[at].Key)
	if err != nil {
		return record.Head{}, nil, notFound
	}
	head, err := record.OpenHead([]byte(signed), verifier)
	if err != nil {
		return record.Head{}, nil, notFound
	}
	return head, []byte(signed), nil
}
