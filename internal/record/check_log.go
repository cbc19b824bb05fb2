package record

import (
	"encoding/hex"
	"slices"
	"time"

	"constancia/internal/casefile"
)

// Checker checks entries one after the other, those of each log in the log's order; entries of several logs may come
// mixed. It remembers ids, leaf hashes and what was erased, and no payloads. The zero value is ready.
type Checker struct {
	logs map[string]*checkedLog
	// leaves are the leaf hashes by entry id, bare the entries that came without payload, and erased those that an erasure
	// names with their leaf.
	leaves map[string][32]byte
	bare   []Header
	erased []casefile.Target
	// Entries is how many were checked.
	Entries  int64
	findings []Finding
}

// checkedLog is what is known of one log.
type checkedLog struct {
	last   int64
	tree   GrownTree
	format int64  // the highest so far, -1 before the first entry
	key    []byte // of the device that writes it
	// recordedAt is the last entry's time, and setBack how many are earlier than the one before.
	recordedAt time.Time
	setBack    int64
}

// Check adds one entry, and returns what does not hold of it and of its place. Whether an entry without payload was
// erased is only known in the end.
func (c *Checker) Check(stored Stored) []Finding {
	if c.logs == nil {
		c.logs, c.leaves = map[string]*checkedLog{}, map[string][32]byte{}
	}
	c.Entries++
	log := c.logs[stored.Header.LogID]
	if log == nil {
		log = &checkedLog{format: -1}
		c.logs[stored.Header.LogID] = log
	}
	findings := slices.Concat(c.place(log, stored.Header), CheckEntry(stored))
	if len(stored.Payload) == 0 {
		c.bare = append(c.bare, stored.Header)
		findings = slices.DeleteFunc(findings, func(f Finding) bool { return f.What == PayloadMissing })
	}
	log.tree.Append(stored.LeafHash)
	findings = append(findings, c.device(log, stored)...)
	c.erasure(stored)
	log.time(stored.Header)
	c.leaves[stored.Header.EntryID] = stored.LeafHash
	c.findings = append(c.findings, findings...)
	return findings
}

func (c *Checker) place(log *checkedLog, header Header) (findings []Finding) {
	switch {
	case header.Sequence > log.last+1:
		findings = append(findings, Finding{SequenceGap, header.where("")})
	case header.Sequence <= log.last:
		findings = append(findings, Finding{SequenceRepeated, header.where("")})
	}
	log.last = max(log.last, header.Sequence)
	if _, ok := c.leaves[header.EntryID]; ok {
		findings = append(findings, Finding{EntryIDRepeated, header.where("")})
	}
	return findings
}

// device finds out which key signs the log's heads. The first entry of format 1 says it, and no other.
func (c *Checker) device(log *checkedLog, stored Stored) (findings []Finding) {
	first := stored.Header.Format >= 1 && log.format < 1
	log.format = max(log.format, stored.Header.Format)
	switch is := stored.Header.Kind == KindDevice; {
	case first && !is:
		return []Finding{{DeviceMissing, stored.Header.where("")}}
	case !first && is:
		return []Finding{{DeviceRepeated, stored.Header.where("")}}
	case is:
		var device casefile.Device
		_ = Decode(stored.Payload, &device) // without payload it has no key, and its heads can't be checked
		log.key = DeviceKey(device.Key)
	}
	return nil
}

// aLittle is how far clocks are put right without anybody noticing.
const aLittle = time.Minute

// time counts the entries that a clock which had been set back gave their time. They hold: no rule is broken, but whoever
// reads the times must know it.
func (l *checkedLog) time(header Header) {
	at, err := time.Parse(TimeLayout, header.RecordedAt)
	if err != nil {
		return // the header says it is not allowed
	}
	if at.Before(l.recordedAt.Add(-aLittle)) {
		l.setBack++
	}
	l.recordedAt = at
}

func (c *Checker) erasure(stored Stored) {
	var erasure casefile.Erasure
	if stored.Header.Kind == KindErasure && Decode(stored.Payload, &erasure) == nil {
		c.erased = append(c.erased, erasure.Targets...)
	}
}

// Findings lists all that does not hold, in the order it was found, and last what only all entries together tell: what
// is missing without having been erased, and the other way round. The record holds when it is empty.
func (c *Checker) Findings() []Finding {
	findings := slices.Clone(c.findings)
	erased, bare := map[string]bool{}, map[string]bool{}
	for _, target := range c.erased {
		if leaf, ok := c.leaves[target.EntryID]; ok && hex.EncodeToString(leaf[:]) == target.Leaf {
			erased[target.EntryID] = true
		}
	}
	for _, header := range c.bare {
		bare[header.EntryID] = true
		if !erased[header.EntryID] {
			findings = append(findings, Finding{PayloadMissing, header.where("")})
		}
	}
	for _, target := range c.erased {
		if erased[target.EntryID] && !bare[target.EntryID] {
			findings = append(findings, Finding{PayloadNotErased, target.EntryID})
		}
	}
	return findings
}

// Logs lists the ids of the logs that entries came from, in ascending order.
func (c *Checker) Logs() []string {
	ids := make([]string, 0, len(c.logs))
	for id := range c.logs {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// SetBack counts the entries of a log that were recorded, by its device's clock, more than a minute before the entry that
// precedes them: so often the clock had been set back.
func (c *Checker) SetBack(logID string) int64 {
	if log := c.logs[logID]; log != nil {
		return log.setBack
	}
	return 0
}

// Tree is what came of a log: its tree, made anew from the leaf hashes, and the public key of the device that writes it,
// nil while the log does not say.
func (c *Checker) Tree(logID string) (tree *GrownTree, key []byte) {
	log := c.logs[logID]
	if log == nil {
		return &GrownTree{}, nil
	}
	return &log.tree, log.key
}
