package casework

import (
	"context"
	"encoding/hex"
	"fmt"

	"constancia/internal/library"
	"constancia/internal/record"
)

// Verification says whether something holds, and what does not.
type Verification struct {
	Holds    bool             `json:"holds"`
	Problems []record.Finding `json:"problems"`
	// Entries is how many entries were looked at.
	Entries int64 `json:"entries"`
}

// VerifiedRecord says whether the record holds, by whose clocks it was written, and where its key is.
type VerifiedRecord struct {
	Verification
	Logs []VerifiedLog `json:"logs"`
	// Seals are those that hold.
	Seals []SealStatus `json:"seals"`
	// Key is where the key is that signs the heads of this device's logs.
	Key KeyPlace `json:"key"`
}

// VerifiedLog is one log, as its entries make it.
type VerifiedLog struct {
	ID       string `json:"log"`
	CaseID   string `json:"case,omitempty"` // empty for a log of the library itself
	Title    string `json:"title,omitempty"`
	DeviceID string `json:"device"`
	// Own says that this device writes it.
	Own     bool  `json:"own"`
	Entries int64 `json:"entries"`
	// Root is the hash that stands for all of them, lower-case hex.
	Root string `json:"root"`
	// First and Last are when its first and last entries were recorded, by its device's clock, RFC 3339 in UTC.
	First string `json:"first"`
	Last  string `json:"last"`
	// SetBack is how often the device's clock had been set back.
	SetBack int64 `json:"set_back,omitempty"`
	// Sealed is what the last time stamp that holds covers; nil without one.
	Sealed *SealedPart `json:"sealed,omitempty"`
}

// SealedPart is how much of a log somebody else's clock covers: it has not changed since then.
type SealedPart struct {
	Entries int64  `json:"entries"`
	At      string `json:"at"` // RFC 3339 in UTC
	By      string `json:"by"` // the name in the service's certificate
	// Since is when the log was first stamped: by then it was begun.
	Since string `json:"since"`
	// Trusted and ClockAhead are those of [SealStatus].
	Trusted    bool  `json:"trusted"`
	ClockAhead int64 `json:"clock_ahead"`
}

// KeyPlace is where a key is kept: in the system's keyring, or in a file; in neither when there is none yet.
type KeyPlace struct {
	Keyring bool   `json:"keyring"`
	File    string `json:"file,omitempty"`
}

// VerifyRecord computes every entry's canonical bytes and leaf anew, and each log's tree from the leaves, and holds both
// against what was stored, and the logs against what was last seen of them on this computer.
func (c *Casework) VerifyRecord(ctx context.Context, progress func(Progress)) (VerifiedRecord, error) {
	logs, err := c.library.Logs(ctx, "")
	if err != nil {
		return VerifiedRecord{}, err
	}
	at := Progress{What: "verifying"}
	for _, log := range logs {
		at.Total += log.Size
	}
	var checker record.Checker
	err = c.library.Entries(ctx, func(stored record.Stored) error {
		checker.Check(stored)
		if at.Done++; at.Done%500 == 0 {
			report(progress, at)
		}
		return ctx.Err()
	})
	if err != nil {
		return VerifiedRecord{}, err
	}
	findings := append(checker.Findings(), c.surprises()...)
	verified := VerifiedRecord{Logs: []VerifiedLog{}, Key: c.keyPlace(logs)}
	for _, log := range logs {
		tree, _ := checker.Tree(log.ID)
		made, differs, err := c.verifyTree(ctx, log, tree)
		if err != nil {
			return VerifiedRecord{}, err
		}
		findings = append(findings, differs...)
		made.SetBack = checker.SetBack(log.ID)
		verified.Logs = append(verified.Logs, made)
	}
	seals, wrong, err := c.seals(ctx, &checker)
	if err != nil {
		return VerifiedRecord{}, err
	}
	verified.Seals = seals
	for i := range verified.Logs {
		verified.Logs[i].Sealed = sealedPart(verified.Logs[i].ID, seals)
	}
	verified.Verification = verification(append(findings, wrong...), checker.Entries)
	return verified, c.nameCases(ctx, verified.Logs)
}

// verifyTree holds the stored tree of a log against the one that its entries make. Entries that came after they were
// looked at are left for the next time.
func (c *Casework) verifyTree(ctx context.Context, log library.Log, made *record.GrownTree) (VerifiedLog, []record.Finding, error) {
	verified := VerifiedLog{
		ID: log.ID, CaseID: log.CaseID, DeviceID: log.DeviceID, Own: log.Own, Entries: made.Size(), First: log.First, Last: log.Last}
	if made.Size() == 0 {
		return verified, nil, nil // it began after the entries were looked at
	}
	tree, err := record.TreeOf(made.Size(), made)
	if err != nil {
		return verified, nil, err
	}
	verified.Root = hex.EncodeToString(tree.Root[:])
	relation := record.Contradicts
	err = c.library.ReadHashes(ctx, log.ID, func(size int64, stored record.HashReader) error {
		if found, err := record.JudgeGrown(tree, size, stored); err == nil {
			relation = found
		}
		return ctx.Err() // a tree that can't be read is not the one that was made
	})
	if relation == record.Same || relation == record.Extends {
		return verified, nil, err
	}
	return verified, []record.Finding{{What: library.TreeDiffers, Where: log.ID}}, err
}

// surprises says of which logs there was more, or something else, when the library was last open.
func (c *Casework) surprises() (findings []record.Finding) {
	for _, surprise := range c.library.Surprises() {
		what := library.LogRolledBack
		if surprise.Relation == record.Contradicts {
			what = library.LogRewritten
		}
		findings = append(findings, record.Finding{What: what, Where: fmt.Sprintf("%s/%d", surprise.LogID, surprise.Remembered)})
	}
	return findings
}

// Surprised tells whether the record, when it was opened, was not what had been seen of it before: it was cut, put back
// to an older state, or changed. VerifyRecord says more.
func (c *Casework) Surprised() bool { return len(c.library.Surprises()) > 0 }

// AcceptRecord takes the record as it is now, as somebody does who put back an older copy on purpose. This device goes
// on with new logs, beside those that were put back.
func (c *Casework) AcceptRecord(ctx context.Context) error { return c.library.Accept(ctx) }

func (c *Casework) keyPlace(logs []library.Log) KeyPlace {
	for _, log := range logs {
		if log.Own {
			place := c.secrets.Place(library.DeviceKeyName(log.DeviceID))
			return KeyPlace{Keyring: place.Keyring, File: place.File}
		}
	}
	return KeyPlace{}
}

func (c *Casework) nameCases(ctx context.Context, logs []VerifiedLog) error {
	titles, err := c.caseTitles(ctx)
	for i := range logs {
		logs[i].Title = titles[logs[i].CaseID]
	}
	return err
}

// caseTitles gives the cases' titles by id.
func (c *Casework) caseTitles(ctx context.Context) (map[string]string, error) {
	cases, err := c.library.Cases(ctx)
	titles := map[string]string{}
	for _, one := range cases {
		titles[one.Value.ID] = one.Value.Title
	}
	return titles, err
}

// RebuildRecord makes every view anew from the log.
func (c *Casework) RebuildRecord(ctx context.Context, progress func(Progress)) error {
	report(progress, Progress{What: "rebuilding"})
	return c.library.Rebuild(ctx, func(done, total int64) {
		report(progress, Progress{What: "reading", Done: done, Total: total})
	})
}
