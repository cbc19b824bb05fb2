package library

import (
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// Erasable reports whether entries of a kind can be erased. What the record itself is made of can't: without it nobody
// could tell any more what counts, what is gone, and who wrote it.
func Erasable(kind record.Kind) bool { return Retractable(kind) && kind != record.KindRetraction }

// ErasurePlan says what an erasure takes away, what it leaves, and what it can't reach.
type ErasurePlan struct {
	CaseID string
	// Goes are the entries whose content goes: those asked for, the corrections of them, the sightings of a message, and the
	// message that an attachment came in, since that holds the same bytes. Their places in the log stay, and every proof of other entries.
	Goes []EntryState
	// Stays are the entries that name them and stay: a promise made in the call, an attachment kept as evidence, an
	// exhibit number, which stays used.
	Stays []EntryState
	// Contents are the SHA-256 of the bytes that go, and Shared of those that stay since other entries name them.
	Contents, Shared []string
	// Copies are files in the library's folder with the record as it was before: they go.
	Copies []string
	// Exports are the dossiers and bundles made since. They can't be reached, nor can backups elsewhere.
	Exports []casefile.Recorded[casefile.Export]
	// Returning are the messages from a mail server: the next import brings them back unless they are deleted there.
	Returning []EntryState
}

// PlanErasure says what erasing entries would do. They must be of one case.
//
// Problems: not_found, not_erasable.
func (l *Library) PlanErasure(ctx context.Context, ids []string) (ErasurePlan, error) {
	var plan ErasurePlan
	err := l.inSnapshot(ctx, func(tx *sql.Tx) (err error) {
		plan, err = l.planErasure(ctx, tx, ids)
		return err
	})
	return plan, err
}

// ErasureStep is what an erasure is at.
type ErasureStep string

// The steps of an erasure, in order. Only the first can be called off: once an erasure is on record it is finished, or
// by the next to open the library.
const (
	ErasingEntries ErasureStep = "erasing"
	ErasingFiles   ErasureStep = "erasing_files"
	ErasingWords   ErasureStep = "erasing_words"
	ErasingPages   ErasureStep = "erasing_pages"
)

// Erased is told how far an erasure is; total is 0 where it is not known.
type Erased func(step ErasureStep, done, total int64)

// Erase deletes the content of entries for good, and puts on record that it did, and why: one transaction, and then the
// traces, among them the bytes that no other entry names. It needs the folder for itself. What a crash in between leaves
// behind is named by a check of the library, and goes when the library is next opened. Told may be nil.
//
// Problems: those of PlanErasure, and library_in_use, disk_full, library_unwritable; cancelled while nothing is on record.
func (l *Library) Erase(ctx context.Context, ids []string, reason string, told Erased) (erasureID string, plan ErasurePlan, err error) {
	// What can't be erased is found out before others are asked to leave.
	if err := l.inSnapshot(ctx, func(tx *sql.Tx) error { _, err := l.going(ctx, tx, ids); return err }); err != nil {
		return "", ErasurePlan{}, err
	}
	err = l.erasing(ctx, told, func() error {
		return l.appending(ctx, func(tx *sql.Tx) error {
			if plan, err = l.planErasure(ctx, tx, ids); err != nil {
				return err
			}
			erasure := casefile.Erasure{CaseID: plan.CaseID, Reason: reason}
			for _, entry := range plan.Goes {
				erasure.Targets = append(erasure.Targets, entry.Target())
			}
			erasureID = NewID()
			return l.append(ctx, tx, []Draft{{Kind: record.KindErasure, ID: erasureID, CaseID: plan.CaseID, Payload: erasure}})
		})
	})
	return erasureID, plan, l.options.explain(err)
}

func (l *Library) planErasure(ctx context.Context, from querier, ids []string) (plan ErasurePlan, err error) {
	if plan.Goes, err = l.going(ctx, from, ids); err != nil {
		return plan, err
	}
	plan.CaseID = plan.Goes[0].CaseID
	first := plan.Goes[0].Header.RecordedAt
	contents := map[string]bool{}
	goes := map[string]bool{}
	for _, entry := range plan.Goes {
		goes[entry.Header.EntryID] = true
		about, err := describe(entry.Header, &payload{text: entry.Payload})
		if err != nil {
			return plan, err
		}
		if about.content != "" {
			contents[about.content] = true
		}
		if entry.Header.Kind == record.KindMessage {
			message, err := decode[casefile.Message](entry.Payload)
			if err != nil {
				return plan, err
			}
			if message.Source.Kind == "imap" {
				plan.Returning = append(plan.Returning, entry)
			}
		}
	}
	for sum := range contents {
		others, err := texts(ctx, from, "SELECT entry_id FROM content_use WHERE "+namesContent("content_use", "unhex(?1)"), sum)
		if err != nil {
			return plan, err
		}
		if slices.ContainsFunc(others, func(id string) bool { return !goes[id] }) {
			plan.Shared = append(plan.Shared, sum)
		} else {
			plan.Contents = append(plan.Contents, sum)
		}
	}
	slices.Sort(plan.Shared)
	slices.Sort(plan.Contents)
	if plan.Stays, err = staying(ctx, from, plan.CaseID, goes); err != nil {
		return plan, err
	}
	if plan.Copies, err = l.Copies(); err != nil {
		return plan, err
	}
	exports, err := ofCase[casefile.Export](ctx, from, record.KindExport, plan.CaseID)
	for _, export := range exports {
		if export.Entry.RecordedAt.Format(record.TimeLayout) >= first {
			plan.Exports = append(plan.Exports, export)
		}
	}
	return plan, err
}

// going finds the entries that an erasure of some of them takes along, in the order in which they were recorded.
func (l *Library) going(ctx context.Context, from querier, ids []string) ([]EntryState, error) {
	goes := map[string]EntryState{}
	caseID := ""
	waiting := slices.Clone(ids)
	for len(waiting) > 0 {
		id := waiting[0]
		waiting = waiting[1:]
		if _, known := goes[id]; known {
			continue
		}
		found, err := statesOf(ctx, from, "entry_id = ?", id)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 || found[0].Payload == nil || found[0].CaseID == "" || caseID != "" && found[0].CaseID != caseID {
			return nil, problem.New(problem.NotFound, problem.Values{"kind": "entry", "value": id})
		}
		if !Erasable(found[0].Header.Kind) {
			return nil, problem.New(problem.NotErasable, problem.Values{"value": id})
		}
		goes[id], caseID = found[0], found[0].CaseID
		also, err := texts(ctx, from, `SELECT mention.entry_id FROM mention JOIN thing ON thing.id = mention.entry_id
			WHERE mention.target = ?1 AND mention.kind = 'correction' AND thing.case_id = ?2
			UNION SELECT json_extract(thing.body, '$.message') FROM thing JOIN thing message
			ON message.id = json_extract(thing.body, '$.message') AND message.case_id = thing.case_id
			WHERE thing.id = ?1 AND thing.kind = 'evidence'
			UNION SELECT id FROM thing WHERE kind = 'sighting' AND case_id = ?2 AND json_extract(body, '$.message') = ?1
			ORDER BY 1`, id, caseID)
		if err != nil {
			return nil, err
		}
		waiting = append(waiting, also...)
	}
	if len(goes) == 0 {
		return nil, problem.New(problem.NotFound, problem.Values{"kind": "entry", "value": ""})
	}
	var all []EntryState
	for _, state := range goes {
		all = append(all, state)
	}
	slices.SortFunc(all, func(a, b EntryState) int { return a.place().compare(b.place()) })
	return all, nil
}

func (s EntryState) place() place {
	return place{s.Header.LogID, s.Header.Sequence, s.Header.RecordedAt}
}

// staying finds the entries of a case that name one of those that go, and do not go themselves.
func staying(ctx context.Context, from querier, caseID string, goes map[string]bool) ([]EntryState, error) {
	ids, err := json.Marshal(slices.Sorted(maps.Keys(goes)))
	if err != nil {
		return nil, err
	}
	return statesOf(ctx, from, `entry_id IN (SELECT thing.id FROM thing, json_tree(thing.body) AS member
		WHERE thing.case_id = ?1 AND member.type = 'text' AND member.value IN (SELECT value FROM json_each(?2)))
		AND entry_id NOT IN (SELECT value FROM json_each(?2))`, caseID, string(ids))
}

// projectAndErase makes an entry's views, and takes away what it erases.
func projectAndErase(ctx context.Context, tx *sql.Tx, e placed) error {
	if err := project(ctx, tx, tx, e); err != nil || e.Header.Kind != record.KindErasure {
		return err
	}
	targets, err := collect(ctx, tx, func(rows *sql.Rows) (found placed, err error) {
		return found, rows.Scan(&found.Header.EntryID, &found.Header.Kind)
	}, `SELECT entry.entry_id, entry.kind FROM mention JOIN entry ON entry.entry_id = mention.target
		AND lower(hex(entry.leaf_hash)) = mention.leaf JOIN log USING (log_id)
		WHERE mention.entry_id = ? AND coalesce(log.case_id, '') = ?`, e.Header.EntryID, e.caseID)
	if err != nil {
		return err
	}
	for _, target := range targets {
		if !Erasable(target.Header.Kind) {
			continue
		}
		if err := insertErased(ctx, tx, target.Header.EntryID, e.Header.EntryID); err != nil {
			return err
		}
		if err := forget(ctx, tx, target.Header); err != nil {
			return err
		}
	}
	return nil
}

// forget takes away what the database has of an erased entry's content. What a correction changed is as it was.
func forget(ctx context.Context, tx *sql.Tx, h record.Header) error {
	targets, err := texts(ctx, tx, "SELECT target FROM mention WHERE entry_id = ?", h.EntryID)
	if err != nil {
		return err
	}
	if _, err := storeWords(ctx, tx, words{id: h.EntryID}, false); err != nil { // while what they were is there
		return err
	}
	for _, statement := range []string{
		"DELETE FROM entry_private WHERE entry_id = ?", "DELETE FROM thing WHERE id = ?",
		"DELETE FROM reading WHERE message_id = ?", "DELETE FROM unread WHERE message_id = ?", "DELETE FROM message_source WHERE message_id = ?",
		"DELETE FROM content_use WHERE entry_id = ?", "DELETE FROM mention WHERE entry_id = ?", "DELETE FROM moment WHERE id = ?",
	} {
		if _, err := tx.ExecContext(ctx, statement, h.EntryID); err != nil {
			return err
		}
	}
	for _, target := range targets {
		if err := showAgain(ctx, tx, tx, target); err != nil {
			return err
		}
	}
	return nil
}

// erasedBy gives the first erasure in the case that names an entry; empty when none does.
func erasedBy(ctx context.Context, from querier, target casefile.Target, caseID string) (erasureID string, err error) {
	err = from.QueryRowContext(ctx, "SELECT said.id"+inForce+" ORDER BY said.recorded_at, said.log_id, said.sequence LIMIT 1",
		target.EntryID, target.Leaf, string(record.KindErasure), caseID).Scan(&erasureID)
	return erasureID, ignoreNoRows(err)
}

func insertErased(ctx context.Context, tx *sql.Tx, entryID, erasureID string) error {
	_, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO erased (entry_id, erasure_id) VALUES (?, ?)", entryID, erasureID)
	return err
}
