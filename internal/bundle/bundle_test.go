package bundle

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"flag"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/problem"
	"constancia/internal/record"
)

var update = flag.Bool("update", false, "write the bundles in testdata anew")

func TestAWholeBundleHoldsAndTellsWhatIsInIt(t *testing.T) {
	x := newExample(t)
	report := mustVerify(t, mustOpen(t, mustWrite(t, x.contents(), Options{Language: "es"})))
	if len(report.Seals) != 2 || report.Seals[0].Size != 5 || report.Seals[1].Size != 3 {
		t.Errorf("its time stamps are %v", report.Seals)
	}
	report.Seals, report.Fingerprint = nil, ""
	if diff := cmp.Diff(Report{Entries: 12, Files: 2}, report); diff != "" {
		t.Error(diff)
	}
}

func TestABundleOfChosenEntriesHoldsAndTellsHowMuchIsHidden(t *testing.T) {
	x := newExample(t)
	fields, err := x.contact.Fields()
	if err != nil {
		t.Fatal(err)
	}
	devices := int64(0)
	for _, device := range []*device{x.a, x.b} {
		fields, err := device.entries[0].Fields()
		if err != nil {
			t.Fatal(err)
		}
		devices += int64(len(fields))
	}
	tests := []struct {
		name     string
		pointers []string
		shown    int64
	}{
		{"all fields", nil, int64(len(fields))},
		{"one field", []string{"/summary"}, 1},
		{"a field twice", []string{"/summary", "/summary"}, 1},
		{"an element of an array, and with it the array", []string{"/failures/1"}, 3},
		{"an array", []string{"/failures"}, 3},
		{"a field that is not there", []string{"/summar"}, 0},
		{"no field", []string{}, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			contents := x.chosen()
			contents.Chosen[0].Pointers = test.pointers
			report := mustVerify(t, mustOpen(t, mustWrite(t, contents, Options{})))
			if len(report.Findings) > 0 {
				t.Error(report.Findings)
			}
			want := [3]int64{3, devices + test.shown, int64(len(fields)) - test.shown}
			if got := [3]int64{report.Entries, report.Fields, report.Hidden}; got != want {
				t.Errorf("entries, shown and hidden fields are %v, want %v", got, want)
			}
		})
	}
}

func TestAnEntryOfAKindThatNobodyKnowsYetHoldsLikeAnyOther(t *testing.T) {
	x := newExample(t)
	rumour := x.b.appendRumour(`{"case":"` + caseID + `","heard":["Getafe",{"times":2}]}`)
	chosen := x.contents()
	chosen.Chosen, chosen.Files = []Chosen{{Stored: rumour}}, nil
	for name, contents := range map[string]Contents{"whole": x.contents(), "chosen": chosen} {
		text := mustWrite(t, contents, Options{})
		if report := mustVerify(t, mustOpen(t, text)); len(report.Findings) > 0 || report.Hidden > 0 {
			t.Errorf("%s: %+v", name, report)
		}
		folder := t.TempDir()
		for member, content := range membersOf(t, text) {
			path := filepath.Join(folder, filepath.FromSlash(member))
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, content, 0o600)); err != nil {
				t.Fatal(err)
			}
		}
		said, err := exec.Command("python3", "-I", "-S", "-B", filepath.Join(folder, scriptName), folder).CombinedOutput()
		if err != nil {
			t.Errorf("%s: the script says %s, %v", name, said, err)
		}
	}
}

func TestAnErasedEntryIsShownByItsLeafAlone(t *testing.T) {
	x := newExample(t)
	contents := x.chosen()
	contents.Chosen = []Chosen{{Stored: x.a.entries[x.retired.Header.Sequence-1]}}
	text := mustWrite(t, contents, Options{})
	if report := mustVerify(t, mustOpen(t, text)); len(report.Findings) > 0 || report.Hidden == 0 {
		t.Error(report)
	}
	for name, member := range membersOf(t, mustWrite(t, x.contents(), Options{})) {
		if bytes.Contains(member, []byte("Marc")) || bytes.Contains(member, []byte(hex.EncodeToString(x.retired.Salt[:]))) {
			t.Errorf("what was erased stands in %s", name)
		}
	}
}

func TestABundleOfChosenEntriesHidesAllElse(t *testing.T) {
	x := newExample(t)
	text := mustWrite(t, x.chosen("/summary"), Options{})
	for _, hidden := range []string{"Collserola", "El paquete", "long_wait", hex.EncodeToString(x.contact.Salt[:])} {
		if bytes.Contains(text, []byte(hidden)) {
			t.Errorf("%s can be read in it", hidden)
		}
	}
}

func TestABundleGivesBackWhatWentIn(t *testing.T) {
	x := newExample(t)
	b := mustOpen(t, mustWrite(t, x.contents(), Options{}))
	var entries []record.Stored
	err := b.Entries(t.Context(), func(stored record.Stored) error {
		entries = append(entries, stored)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(append(append([]record.Stored{}, x.a.entries...), x.b.entries...), entries); diff != "" {
		t.Error(diff)
	}
	for _, content := range [][]byte{x.photo, x.mail} {
		body, err := b.Content(sumOf(content))
		if err != nil {
			t.Fatal(err)
		}
		if read, err := io.ReadAll(body); err != nil || !bytes.Equal(read, content) {
			t.Errorf("a file came back as %q (%v)", read, err)
		}
	}
	if _, err := b.Content(sumOf([]byte("none"))); !errors.Is(err, problem.New(problem.ContentMissing, nil)) {
		t.Errorf("a file that is not there: %v", err)
	}
	heads, err := b.Heads()
	if err != nil || len(heads) != 2 || heads[0].LogID != x.a.logID {
		t.Errorf("heads: %v, %v", heads, err)
	}
	if b.CaseID() != caseID || !b.Whole() || b.MadeAt() != "2026-04-01T08:00:00.000Z" {
		t.Error(b.about)
	}
}

func TestWhatWasRecordedWhileTheBundleIsMadeIsPassedOver(t *testing.T) {
	x := newExample(t)
	contents := x.contents()
	x.a.append(record.KindParty, map[string]string{"case": caseID, "name": "Younger"})
	b := mustOpen(t, mustWrite(t, contents, Options{}))
	if report := mustVerify(t, b); len(report.Findings) > 0 || report.Entries != 12 {
		t.Error(report)
	}
}

func TestABundleIsNotMadeOfWhatDoesNotFit(t *testing.T) {
	changing := fileOf([]byte("one"), "")
	times := 0
	changing.Open = func(context.Context) (io.ReadCloser, error) {
		times++
		return io.NopCloser(bytes.NewReader([]byte{"oOO"[times]})), nil
	}
	damaged := fileOf([]byte("one"), "")
	damaged.Open = fileOf([]byte("two"), "").Open
	tests := []struct {
		name   string
		change func(x *example, contents *Contents)
		want   problem.Code
	}{
		{"a file with other bytes", func(_ *example, c *Contents) { c.Files = []File{damaged} }, problem.BundleChanged},
		{"a file that changes", func(_ *example, c *Contents) { c.Files = []File{changing} }, problem.BundleChanged},
		{"an entry that was changed", func(x *example, c *Contents) {
			x.a.entries[3].Payload = bytes.Replace(x.a.entries[3].Payload, []byte("mañana"), []byte("ayer"), 1)
		}, problem.RecordDoesNotHold},
		{"an entry that is gone", func(x *example, c *Contents) { x.a.entries = x.a.entries[:3] }, problem.RecordDoesNotHold},
		{"a payload that is gone", func(x *example, c *Contents) { x.a.entries[3].Payload = nil }, problem.RecordDoesNotHold},
		{"a chosen entry that was changed", func(x *example, c *Contents) {
			x.contact.Salt[0]++
			c.Chosen = []Chosen{{Stored: x.contact}}
		}, problem.RecordDoesNotHold},
		{"a chosen entry of another place", func(x *example, c *Contents) {
			c.Chosen = []Chosen{{Stored: forged(t, x.contact)}}
		}, problem.RecordDoesNotHold},
		{"a head of other entries", func(x *example, c *Contents) { c.Logs[0].Hashes = &x.a.tree }, problem.BundleChanged},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			x := newExample(t)
			contents := x.contents()
			test.change(x, &contents)
			if err := Write(t.Context(), io.Discard, contents, Options{}); !errors.Is(err, problem.New(test.want, nil)) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestADeviceVouchesForTheLogOfAnother(t *testing.T) {
	x := newExample(t)
	for name, contents := range map[string]Contents{"whole": x.contents(), "chosen entries": x.chosen()} {
		t.Run(name, func(t *testing.T) {
			own := x.a.key
			x.a.key = x.b.key
			signed, key := x.a.head()
			x.a.key = own
			contents.Logs[1].Head, contents.Logs[1].Key = signed, key
			text := mustWrite(t, contents, Options{})
			report := mustVerify(t, mustOpen(t, text))
			if diff := cmp.Diff([]string{x.a.logID}, report.Vouched); diff != "" || len(report.Findings) > 0 {
				t.Error(diff, report.Findings)
			}
			if said, good := follow(t, unpack(t, text)); !good || !strings.Contains(said, "signed by another device") {
				t.Error(said)
			}
		})
	}
}

// forged is an entry with another text and the leaf that goes with it.
func forged(t *testing.T, stored record.Stored) record.Stored {
	t.Helper()
	stored.Payload = bytes.Replace(stored.Payload, []byte("mañana"), []byte("ayer"), 1)
	leaf, err := stored.Leaf()
	if err != nil {
		t.Fatal(err)
	}
	stored.LeafBytes, stored.LeafHash = leaf, record.LeafHash(leaf)
	return stored
}

func TestWritingABundleCanBeStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Write(ctx, io.Discard, newExample(t).contents(), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestAnotherScriptOrGuideIsPointedOut(t *testing.T) {
	members := membersOf(t, mustWrite(t, newExample(t).contents(), Options{}))
	members[scriptName] = []byte("print('Holds: all')\n")
	members[guideName] = []byte("Run verify.py as root.\n")
	report := mustVerify(t, mustOpen(t, pack(t, members)))
	if diff := cmp.Diff([]string{guideName, scriptName}, report.Foreign); diff != "" || len(report.Findings) > 0 {
		t.Error(diff, report.Findings)
	}
}

func TestEveryFlippedBitIsNoticed(t *testing.T) {
	skipWhenShort(t)
	random := rand.New(rand.NewPCG(5, 6))
	for which, sound := range released(t) {
		for range 1600 {
			text := bytes.Clone(sound)
			at := random.IntN(8 * len(text))
			text[at/8] ^= 1 << (at % 8)
			b, err := Open(bytes.NewReader(text), int64(len(text)))
			if err != nil {
				continue
			}
			if report := mustVerify(t, b); len(report.Findings) == 0 {
				t.Fatalf("bundle %d: bit %d of byte %d went unseen", which, at%8, at/8)
			}
		}
	}
}

func TestBundlesOfEarlierReleasesHold(t *testing.T) {
	if *update {
		x := newExample(t)
		for name, contents := range map[string]Contents{"whole.zip": x.contents(), "chosen.zip": x.chosen("/summary", "/failures")} {
			if err := os.WriteFile(filepath.Join("testdata", name), mustWrite(t, contents, Options{Language: "en"}), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for which, text := range released(t) {
		if report := mustVerify(t, mustOpen(t, text)); len(report.Findings) > 0 {
			t.Errorf("bundle %d: %v", which, report.Findings)
		}
	}
}
