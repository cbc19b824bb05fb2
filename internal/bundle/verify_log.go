package bundle

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// readHeads opens the head of each log with the key beside it.
func (v *verification) readHeads() {
	for _, m := range v.bundle.archive.members {
		if name, ok := strings.CutPrefix(m.name, headsFolder); ok && !v.hasPair(name) {
			v.find(FileUnlisted, m.name)
		}
	}
	heads, err := v.bundle.Heads()
	if err != nil {
		v.find(HeadNotSigned, problem.From(err).Values["where"])
	}
	texts := sha256.New()
	for _, signed := range heads {
		head, err := record.OpenHead(signed.Signed, signed.Key)
		if err != nil || head.LogID != signed.LogID {
			v.find(HeadNotSigned, headsFolder+signed.LogID+".head")
			continue
		}
		v.heads[head.LogID], v.keys[head.LogID] = head, signed.Key
		texts.Write([]byte(head.Text()))
	}
	v.report.Fingerprint = hex.EncodeToString(texts.Sum(nil))
}

// hasPair reports whether a name is that of a head with a key, or of a key with a head.
func (v *verification) hasPair(name string) bool {
	if logID, ok := strings.CutSuffix(name, ".head"); ok {
		return v.bundle.archive.has(headsFolder + logID + ".key")
	}
	logID, ok := strings.CutSuffix(name, ".key")
	return ok && v.bundle.archive.has(headsFolder+logID+".head")
}

// entries checks what the bundle shows of the logs. A line that can't be read ends it.
func (v *verification) entries(ctx context.Context) error {
	name, check := disclosedName, v.shownEntries
	if v.bundle.about.Whole {
		name, check = logName, v.wholeEntries
	}
	if !v.bundle.archive.has(name) {
		return nil // found already
	}
	lines, err := v.bundle.archive.open(name)
	if err != nil {
		return err
	}
	last := record.Header{}
	inOrder := func(header record.Header) error {
		if header.LogID < last.LogID || header.LogID == last.LogID && header.Sequence <= last.Sequence {
			return errLineMalformed
		}
		last = header
		return nil
	}
	number := int64(0)
	visit, finish := check(inOrder)
	err = eachLine(ctx, lines, func(at int64, line []byte) error {
		number = at
		return visit(line)
	})
	if errors.Is(err, errLineMalformed) {
		v.find(TextMalformed, lineAt(name, number))
		err = nil
	}
	if err == nil {
		finish()
	}
	return err
}

// wholeEntries checks all entries of all logs, and that the heads are those of the trees they make.
func (v *verification) wholeEntries(inOrder func(record.Header) error) (visit func([]byte) error, finish func()) {
	visit = func(line []byte) error {
		stored, err := readEntryLine(line)
		if err != nil {
			return err
		}
		if err := inOrder(stored.Header); err != nil {
			return err
		}
		v.report.Entries++
		v.checker.Check(stored)
		v.formats[stored.Header.LogID] = max(v.formats[stored.Header.LogID], stored.Header.Format)
		v.learn(stored.Header, stored.Payload)
		return nil
	}
	finish = func() {
		v.report.Findings = append(v.report.Findings, v.checker.Findings()...)
		for _, logID := range v.checker.Logs() {
			tree, key := v.checker.Tree(logID)
			head, ok := v.heads[logID]
			if !ok {
				v.find(HeadMissing, logID)
				continue
			}
			if whole, err := record.TreeOf(tree.Size(), tree); err != nil || whole != head.Tree {
				v.find(HeadDiffers, headsFolder+logID+".head")
			}
			v.recordedKeys[logID] = key
		}
		v.checkKeys()
		for logID := range v.heads {
			if !slices.Contains(v.checker.Logs(), logID) {
				v.find(HeadDiffers, headsFolder+logID+".head")
			}
		}
	}
	return visit, finish
}

// checkKeys holds the keys that signed the heads against those that the logs name. A log's head may be signed by the
// device of another log of the case instead, which then vouches for what it has of it. A log of a trial version names no
// key, and the bundle need not tell one.
func (v *verification) checkKeys() {
	for _, logID := range slices.Sorted(maps.Keys(v.keys)) {
		named := v.recordedKeys[logID] != nil
		if v.isSignedBy(logID, v.recordedKeys[logID]) || !named && v.formats[logID] < 1 {
			continue
		}
		if named && slices.ContainsFunc(slices.Collect(maps.Values(v.recordedKeys)), func(key []byte) bool { return v.isSignedBy(logID, key) }) {
			v.report.Vouched = append(v.report.Vouched, logID)
			continue
		}
		v.find(KeyNotRecorded, headsFolder+logID+".key")
	}
}

func (v *verification) isSignedBy(logID string, recorded []byte) bool {
	key, err := record.VerifierKey(logID, ed25519.PublicKey(recorded))
	return err == nil && key == v.keys[logID]
}

// learn remembers what an entry says that the rest of the bundle depends on.
func (v *verification) learn(header record.Header, payload []byte) {
	switch header.Kind {
	case record.KindCase:
		if header.EntryID != v.bundle.about.Case {
			v.find(CaseDiffers, header.LogID+"/"+strconv.FormatInt(header.Sequence, 10))
		}
	case record.KindDevice:
		var device casefile.Device
		if record.Decode(payload, &device) == nil && device.CaseID != v.bundle.about.Case {
			v.find(CaseDiffers, header.LogID+"/"+strconv.FormatInt(header.Sequence, 10))
		}
	case record.KindSeal:
		var sealed casefile.Seal
		if record.Decode(payload, &sealed) == nil {
			v.recorded[Seal{LogID: header.LogID, Sequence: header.Sequence}.name()] = sealed
		}
	}
	var members map[string]json.RawMessage
	if bytes.Contains(payload, []byte(`"sha256"`)) && json.Unmarshal(payload, &members) == nil {
		v.learnSum(header.Kind, members["sha256"])
	}
}

// learnSum remembers a file that an entry names by a string. A dossier that was made may be enclosed, and need not be.
func (v *verification) learnSum(kind record.Kind, value json.RawMessage) {
	var sum *string
	if json.Unmarshal(value, &sum) != nil || sum == nil {
		return
	}
	switch kind {
	case record.KindEvidence, record.KindMessage:
		v.named[*sum] = true
	case record.KindExport:
		v.may[*sum] = true
	}
}

// files holds the enclosed files against those that entries name.
func (v *verification) files() {
	without := map[string]bool{}
	for _, sum := range v.bundle.about.Without {
		without[sum] = true
		if !v.named[sum] || !isHash(sum) {
			v.find(FileUnnamed, shortName(sum))
		}
	}
	enclosed := map[string]bool{}
	for _, m := range v.bundle.archive.members {
		if !strings.HasPrefix(m.name, filesFolder) {
			continue
		}
		sum := contentSum(m.name)
		if !v.named[sum] && !v.may[sum] || enclosed[sum] || without[sum] {
			v.find(FileUnnamed, m.name)
		}
		enclosed[sum] = true
	}
	for _, sum := range slices.Sorted(maps.Keys(v.named)) {
		if !enclosed[sum] && !without[sum] {
			v.find(ContentMissing, shortName(sum))
		}
	}
	v.report.Files, v.report.Without = len(enclosed), len(without)
}
