package record

import (
	"encoding/hex"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
)

const deviceKey = "QFgYFhnobQyvXvU1jAJS8jL57An10yhg+d/ZWNaRGNs="

func exampleDevice(t testing.TB, sequence int64) Stored {
	t.Helper()
	return mustStore(t, mustEntry(t, KindDevice, sequence, casefile.Device{DeviceID: "d", Letter: "A", Key: deviceKey}))
}

func erasureOf(t testing.TB, sequence int64, stored Stored) Stored {
	t.Helper()
	target := casefile.Target{EntryID: stored.Header.EntryID, Leaf: hex.EncodeToString(stored.LeafHash[:])}
	return mustStore(t, mustEntry(t, KindErasure, sequence, casefile.Erasure{CaseID: "c", Targets: []casefile.Target{target}}))
}

func withoutPayload(stored Stored) Stored {
	stored.Payload, stored.Salt = nil, [32]byte{}
	return stored
}

func requireFindings(t *testing.T, want []Finding, entries ...Stored) {
	t.Helper()
	var checker Checker
	for _, stored := range entries {
		checker.Check(stored)
	}
	if diff := cmp.Diff(want, checker.Findings()); diff != "" {
		t.Error(diff)
	}
}

func TestALogOfFormat1BeginsWithItsDevice(t *testing.T) {
	trial := func(sequence int64) Stored {
		entry := examplePromise(t, sequence).Entry
		entry.Header.Format = 0
		return mustStore(t, entry)
	}
	tests := []struct {
		name    string
		entries []Stored
		want    []Finding
	}{
		{"begun in format 1", []Stored{exampleDevice(t, 1), examplePromise(t, 2)}, nil},
		{"begun by a trial version", []Stored{trial(1), trial(2), exampleDevice(t, 3), examplePromise(t, 4)}, nil},
		{"of a trial version only", []Stored{trial(1), trial(2)}, nil},
		{"without a device", []Stored{examplePromise(t, 1), examplePromise(t, 2)}, []Finding{{DeviceMissing, exampleLog + "/1"}}},
		{"going on without a device", []Stored{trial(1), examplePromise(t, 2)}, []Finding{{DeviceMissing, exampleLog + "/2"}}},
		{"with a second device", []Stored{exampleDevice(t, 1), exampleDevice(t, 2)}, []Finding{{DeviceRepeated, exampleLog + "/2"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { requireFindings(t, test.want, test.entries...) })
	}
}

func TestAnEntryWithoutPayloadHoldsOnlyWhenAnErasureNamesItWithItsLeaf(t *testing.T) {
	device, promise := exampleDevice(t, 1), examplePromise(t, 2)
	other := withoutPayload(promise)
	other.LeafHash[0]++
	changed := withoutPayload(promise)
	changed.Header.RecordedAt = "2026-03-02T09:05:08.040Z"
	at := exampleLog + "/2"
	tests := []struct {
		name    string
		entries []Stored
		want    []Finding
	}{
		{"erased", []Stored{device, withoutPayload(promise), erasureOf(t, 3, promise)}, nil},
		{"gone", []Stored{device, withoutPayload(promise)}, []Finding{{PayloadMissing, at}}},
		{"named with another leaf", []Stored{device, withoutPayload(promise), erasureOf(t, 3, other)}, []Finding{{PayloadMissing, at}}},
		{"its leaf hash changed", []Stored{device, other, erasureOf(t, 3, promise)}, []Finding{{LeafHashDiffers, at}, {PayloadMissing, at}}},
		{"its header changed", []Stored{device, changed, erasureOf(t, 3, promise)}, []Finding{{HeaderDiffers, at}}},
		{"still there", []Stored{device, promise, erasureOf(t, 3, promise)}, []Finding{{PayloadNotErased, promise.Header.EntryID}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { requireFindings(t, test.want, test.entries...) })
	}
}

func TestACheckerGivesEachLogsTreeAndKey(t *testing.T) {
	var checker Checker
	entries := []Stored{exampleDevice(t, 1), examplePromise(t, 2), examplePromise(t, 3)}
	for _, stored := range entries {
		checker.Check(stored)
	}
	if logs := checker.Logs(); len(logs) != 1 || logs[0] != exampleLog {
		t.Errorf("the logs are %v", logs)
	}
	tree, key := checker.Tree(exampleLog)
	want := mustTree(t, 3, plant(t, [][32]byte{entries[0].LeafHash, entries[1].LeafHash, entries[2].LeafHash}))
	if got := mustTree(t, tree.Size(), tree); got != want {
		t.Errorf("the tree is %v, want %v", got, want)
	}
	if len(key) != 32 || key[0] != 0x40 {
		t.Errorf("the key is %x", key)
	}
	if tree, key := checker.Tree("another"); tree.Size() != 0 || key != nil {
		t.Error("a log that never came has a tree or a key")
	}
}

func TestALogWithItsWholeTreeIsHeldAgainstARememberedOne(t *testing.T) {
	hashes := numbered(12)
	var tree GrownTree
	for _, hash := range hashes[:9] {
		tree.Append(hash)
	}
	others := plant(t, append(hashes[1:5:5], hashes...))
	tests := []struct {
		name       string
		remembered Tree
		want       Relation
	}{
		{"its own", mustTree(t, 9, plant(t, hashes)), Same},
		{"an older one", mustTree(t, 5, plant(t, hashes)), Extends},
		{"a newer one", mustTree(t, 12, plant(t, hashes)), RolledBack},
		{"an older one of another past", mustTree(t, 5, others), Contradicts},
		{"one as large of another past", mustTree(t, 9, others), Contradicts},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, err := JudgeGrown(test.remembered, tree.Size(), &tree); got != test.want || err != nil {
				t.Errorf("got %s and %v, want %s", got, err, test.want)
			}
		})
	}
	if _, err := JudgeGrown(Tree{}, tree.Size(), &tree); err == nil {
		t.Error("a head of nothing is judged")
	}
}

func TestACheckerCountsHowOftenTheClockHadBeenSetBack(t *testing.T) {
	at := func(sequence int64, recordedAt string) Stored {
		entry := examplePromise(t, sequence).Entry
		entry.Header.Format, entry.Header.RecordedAt = 0, recordedAt
		return mustStore(t, entry)
	}
	tests := []struct {
		name  string
		times []string
		want  int64
	}{
		{"never", []string{"2026-03-02T09:05:07.040Z", "2026-03-02T09:05:07.040Z", "2027-03-02T09:05:07.040Z"}, 0},
		{"put right by half a minute", []string{"2026-03-02T09:05:30.000Z", "2026-03-02T09:05:00.000Z"}, 0},
		{"by a year, and on from there", []string{"2026-03-02T09:05:07.040Z", "2025-03-02T09:05:07.040Z", "2025-03-02T09:06:07.040Z"}, 1},
		{"twice", []string{"2026-03-02T09:05:07.040Z", "2026-03-02T09:00:00.000Z", "2026-03-01T09:00:00.000Z"}, 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var checker Checker
			for i, recordedAt := range test.times {
				checker.Check(at(int64(i+1), recordedAt))
			}
			if got := checker.SetBack(exampleLog); got != test.want || len(checker.Findings()) > 0 {
				t.Errorf("it counts %d, want %d; %v", got, test.want, checker.Findings())
			}
		})
	}
}
