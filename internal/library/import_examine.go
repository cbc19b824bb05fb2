package library

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"

	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// examined is what was found of what comes in. It has hashes, and no payloads.
type examined struct {
	plan ImportPlan
	// leaves are the leaf hashes of each log, in its order.
	leaves map[string][][32]byte
}

// examiner looks at what comes in, beside what is here.
type examiner struct {
	examined
	library *Library
	tx      *sql.Tx
	options ImportOptions
	logs    map[string]*incomingLog
	checker record.Checker
	// bare are the entries without payload by their place, and erasures the targets that incoming erasures name.
	bare     map[string]casefile.Target
	erasures []erasureTarget
}

type incomingLog struct {
	IncomingLog
	here *Log // nil when it is new
}

type erasureTarget struct {
	casefile.Target
	caseID string
}

// examine verifies all that comes in. Nothing is written.
func (l *Library) examine(ctx context.Context, in Incoming, o ImportOptions) (examined, error) {
	e := &examiner{library: l, options: o, logs: map[string]*incomingLog{}, bare: map[string]casefile.Target{}}
	e.leaves = map[string][][32]byte{}
	err := l.inSnapshot(ctx, func(tx *sql.Tx) error {
		e.tx = tx
		if err := e.announce(ctx, in.Logs); err != nil {
			return err
		}
		for stored, err := range in.Entries(ctx) {
			if err != nil {
				return err
			}
			if err := e.entry(ctx, stored); err != nil {
				return err
			}
		}
		for _, log := range in.Logs {
			if err := e.log(ctx, e.logs[log.ID]); err != nil {
				return err
			}
		}
		return e.whole(ctx)
	})
	return e.examined, err
}

// announce holds what is said of the logs against the logs that are here: one device writes one log of a case.
func (e *examiner) announce(ctx context.Context, incoming []IncomingLog) error {
	here, err := logsOf(ctx, e.tx, "")
	if err != nil {
		return err
	}
	cases := map[string]bool{}
	for _, log := range here {
		cases[log.CaseID] = true
	}
	for _, log := range incoming {
		if e.logs[log.ID] != nil {
			return doesNotHold(log.ID, 1)
		}
		announced := &incomingLog{IncomingLog: log}
		e.logs[log.ID] = announced
		for _, known := range here {
			switch same := known.CaseID == log.CaseID && known.DeviceID == log.DeviceID; {
			case known.ID == log.ID && same:
				announced.here = &known
			case known.ID == log.ID || same:
				return contradicts(log.ID)
			}
		}
		if !cases[log.CaseID] {
			cases[log.CaseID] = true
			e.plan.NewCases = append(e.plan.NewCases, log.CaseID)
		}
	}
	return nil
}

// entry looks at one entry by itself.
func (e *examiner) entry(ctx context.Context, stored record.Stored) error {
	h := stored.Header
	where := fmt.Sprintf("%s/%d", h.LogID, h.Sequence)
	log := e.logs[h.LogID]
	if log == nil {
		return doesNotHold(where, 1)
	}
	if found := e.checker.Check(stored); len(found) > 0 {
		return doesNotHold(found[0].Where, len(found))
	}
	e.leaves[h.LogID] = append(e.leaves[h.LogID], stored.LeafHash)
	leaf := hex.EncodeToString(stored.LeafHash[:])
	if len(stored.Payload) == 0 {
		e.bare[where] = casefile.Target{EntryID: h.EntryID, Leaf: leaf}
		if !Erasable(h.Kind) {
			return doesNotHold(where, 1)
		}
	} else if err := e.payload(log, stored); err != nil {
		return doesNotHold(where, 1)
	}
	if log.here != nil && h.Sequence <= log.here.Size {
		return ctx.Err() // whether it is the same, the trees tell
	}
	e.plan.Entries++
	var taken bool
	err := e.tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM entry WHERE entry_id = ?)", h.EntryID).Scan(&taken)
	if err == nil && taken {
		return doesNotHold(where, 1)
	}
	return err
}

// payload refuses what the views could not show, and what belongs to another case or device than its log.
func (e *examiner) payload(log *incomingLog, stored record.Stored) error {
	h := stored.Header
	about, err := describe(h, &payload{text: stored.Payload})
	if err != nil {
		return err
	}
	var belongs struct {
		CaseID   string `json:"case"`
		DeviceID string `json:"device"`
	}
	if err := record.Decode(stored.Payload, &belongs); err != nil {
		return err
	}
	if h.Kind == record.KindCase {
		belongs.CaseID = h.EntryID
	}
	if h.Kind.Version() > 0 && belongs.CaseID != log.CaseID || h.Kind == record.KindDevice && belongs.DeviceID != log.DeviceID {
		return errElsewhere
	}
	if h.Kind == record.KindErasure {
		for _, target := range about.targets {
			e.erasures = append(e.erasures, erasureTarget{target, log.CaseID})
		}
	}
	return nil
}

var errElsewhere = fmt.Errorf("the entry belongs to another case or device than its log")

// log holds a log's head against its entries, and its entries against those that are here.
func (e *examiner) log(ctx context.Context, log *incomingLog) error {
	tree, key := e.checker.Tree(log.ID)
	planned := ImportedLog{IncomingLog: log.IncomingLog, Size: tree.Size()}
	if planned.Size == 0 {
		return doesNotHold(log.ID, 1)
	}
	relation, err := e.compare(ctx, log, tree)
	if err != nil {
		return err
	}
	if relation == record.Contradicts {
		return contradicts(log.ID)
	}
	if log.here != nil {
		planned.Here = min(log.here.Size, planned.Size)
	}
	e.plan.Logs = append(e.plan.Logs, planned)
	made, err := record.TreeOf(planned.Size, tree)
	if err != nil {
		return err
	}
	head := record.Head{LogID: log.ID, Tree: made}
	if planned.Here == planned.Size {
		// All of it is here, and nothing is taken on anybody's word; but a log that was cut off on its way is noticed.
		if said, err := unverifiedHead(log.Head); len(log.Head) > 0 && (err != nil || said != head) {
			return doesNotHold(log.ID, 1)
		}
		return nil
	}
	if !e.signed(log, head, key) {
		return doesNotHold(log.ID, 1)
	}
	return e.own(ctx, planned, key)
}

// unverifiedHead reads what a signed head says, whoever signed it.
func unverifiedHead(signed []byte) (record.Head, error) {
	text, _, _ := bytes.Cut(signed, []byte("\n\n"))
	return record.ParseHeadText(string(text) + "\n")
}

// compare tells what the incoming log is to the one that is here.
func (e *examiner) compare(ctx context.Context, log *incomingLog, tree *record.GrownTree) (record.Relation, error) {
	if log.here == nil {
		return record.Extends, nil
	}
	stored := treeHashes{ctx: ctx, from: e.tx, logID: log.ID}
	if log.here.Size > tree.Size() {
		incoming, err := record.TreeOf(tree.Size(), tree)
		if err != nil {
			return "", err
		}
		return record.JudgeGrown(incoming, log.here.Size, stored)
	}
	here, err := record.TreeOf(log.here.Size, stored)
	if err != nil {
		return "", err
	}
	return record.JudgeGrown(here, tree.Size(), tree)
}

// signed holds the signed head against the one that the log's entries make, and the key of the device that writes it.
// Where that device's key is gone, another device of the case may vouch for the log with its own; that can bring a log,
// and not make one longer.
func (e *examiner) signed(log *incomingLog, made record.Head, key []byte) bool {
	if len(log.Head) == 0 {
		return key == nil || e.options.Unsigned
	}
	if signedBy(key, log.Head, made) {
		return true
	}
	if log.here != nil && !e.options.Unsigned {
		return false
	}
	for _, other := range e.logs {
		if _, key := e.checker.Tree(other.ID); other.CaseID == log.CaseID && signedBy(key, log.Head, made) {
			return true
		}
	}
	return false
}

func signedBy(key, signed []byte, want record.Head) bool {
	verifier, err := record.VerifierKey(want.LogID, key)
	if err != nil {
		return false
	}
	head, err := record.OpenHead(signed, verifier)
	return err == nil && head == want
}

// own lets this device's own logs grow only by what its own key has signed.
func (e *examiner) own(ctx context.Context, log ImportedLog, key []byte) error {
	device, err := setting(ctx, e.tx, "device_id")
	if err != nil || log.DeviceID != device {
		return err
	}
	seed, found, err := e.library.options.Keys.Get(DeviceKeyName(device))
	if err != nil {
		return err
	}
	if len(log.Head) == 0 || !found || len(seed) != ed25519.SeedSize ||
		!bytes.Equal(ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey), key) {
		return contradicts(log.ID)
	}
	return nil
}

// whole looks at what only all entries together tell: what is missing must have been erased, here or there.
func (e *examiner) whole(ctx context.Context) error {
	findings := slices.DeleteFunc(e.checker.Findings(), func(f record.Finding) bool {
		target, bare := e.bare[f.Where]
		if f.What != record.PayloadMissing || !bare {
			return false
		}
		erased, err := erasedBy(ctx, e.tx, target, e.logs[logOf(f.Where)].CaseID)
		return err == nil && erased != ""
	})
	if len(findings) > 0 {
		return doesNotHold(findings[0].Where, len(findings))
	}
	counted := map[string]bool{}
	for _, target := range e.erasures {
		if counted[target.EntryID] {
			continue
		}
		var kind record.Kind
		var caseID string
		err := e.tx.QueryRowContext(ctx, `SELECT entry.kind, coalesce(log.case_id, '') FROM entry JOIN log USING (log_id)
			JOIN entry_private USING (entry_id) WHERE entry_id = ? AND lower(hex(leaf_hash)) = ?`,
			target.EntryID, target.Leaf).Scan(&kind, &caseID)
		switch {
		case err == nil && (!Erasable(kind) || caseID != target.caseID):
			return doesNotHold(target.EntryID, 1)
		case err == nil:
			counted[target.EntryID] = true
			e.plan.Erases++
		case ignoreNoRows(err) != nil:
			return err
		}
	}
	return nil
}

func logOf(where string) string {
	log, _, _ := bytes.Cut([]byte(where), []byte("/"))
	return string(log)
}

func doesNotHold(where string, findings int) error {
	return problem.New(problem.ImportDoesNotHold, problem.Values{"where": where, "count": count(int64(findings))})
}

func contradicts(logID string) error {
	return problem.New(problem.ImportContradicts, problem.Values{"log": logID})
}

func count(n int64) string { return strconv.FormatInt(n, 10) }
