package record

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// readWithPython runs reader.py on a file, and returns what it says and whether it says that all holds.
func readWithPython(t *testing.T, path string) (string, bool) {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Fatal("python3 is not installed: reader.py, the second reader of the format, can't be tried. \"make test\" installs it.")
	}
	output, err := exec.Command(python, "reader.py", path).CombinedOutput()
	if err == nil {
		return string(output), true
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != 1 || !bytes.Contains(output, []byte("Does not hold: ")) {
		t.Fatalf("reader.py broke: %v\n%s", err, output)
	}
	return string(output), false
}

func writeTemporary(t *testing.T, name string, text []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func writeVectors(t *testing.T, vectors vectors) string {
	t.Helper()
	text, err := json.MarshalIndent(vectors, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return writeTemporary(t, "vectors.json", text)
}

func writeLines(t *testing.T, lines []line) string {
	t.Helper()
	var text []byte
	for _, line := range lines {
		encoded, err := json.Marshal(line)
		if err != nil {
			t.Fatal(err)
		}
		text = append(append(text, encoded...), '\n')
	}
	return writeTemporary(t, "log.jsonl", text)
}

func TestTheSecondReaderFindsThatTheVectorsHold(t *testing.T) {
	if said, holds := readWithPython(t, vectorsFile); !holds {
		t.Error(said)
	}
}

func TestTheSecondReaderFindsDamagedVectors(t *testing.T) {
	flip := func(text string) string { // another last hex digit
		last := text[len(text)-1]
		return text[:len(text)-1] + string(hexDigits[(strings.IndexByte(hexDigits, last)+1)%16])
	}
	tests := []struct {
		name   string
		damage func(*vectors)
		want   string
	}{
		{"a canonical text", func(v *vectors) { v.Canonical[0].Canonical += " " }, "canonical: " + "space goes and keys are sorted"},
		{"a text that need not be refused", func(v *vectors) { v.Refused[0].InputHex = hex.EncodeToString([]byte(`{}`)) }, "refused: nothing"},
		{"a payload", func(v *vectors) {
			v.Entries[0].Payload = replaceOnce(t, v.Entries[0].Payload, "Tordera", "Tordora")
		}, "entry: worked example"},
		{"a salt", func(v *vectors) { v.Entries[0].Salt = flip(v.Entries[0].Salt) }, "entry: worked example"},
		{"a leaf", func(v *vectors) { v.Entries[0].Leaf = flip(v.Entries[0].Leaf) }, "entry: worked example"},
		{"a leaf hash", func(v *vectors) { v.Entries[0].LeafHash = flip(v.Entries[0].LeafHash) }, "entry: worked example"},
		{"a header", func(v *vectors) { v.Entries[0].Header.RecordedAt = "2026-03-02T09:05:07.041Z" }, "entry: worked example"},
		{"a field's key", func(v *vectors) { v.Entries[0].Fields[1].Key = flip(v.Entries[0].Fields[1].Key) }, "entry: worked example"},
		{"a disclosed value", func(v *vectors) { v.Disclosures[0].Disclosed[1].Value = json.RawMessage(`"rude"`) }, "disclosure: two fields of a contact"},
		{"a disclosure said to hold", func(v *vectors) { v.Disclosures[1].Holds = true }, "disclosure: a value under another pointer"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			damaged := makeVectors(t)
			test.damage(&damaged)
			said, holds := readWithPython(t, writeVectors(t, damaged))
			if holds || !strings.Contains(said, test.want+": does not hold") || !strings.Contains(said, "Does not hold: 1 of ") {
				t.Error(said)
			}
		})
	}
}

func TestTheSecondReaderFindsGapsAndRepetitions(t *testing.T) {
	promise := func(sequence int64) Entry {
		entry := examplePromise(t, sequence).Entry
		entry.Header.Format = 0 // of a trial version, which did not tell the device first
		return entry
	}
	at := func(sequence int64) line { return lineOf(mustStore(t, promise(sequence))) }
	sameID := promise(3)
	sameID.Header.EntryID = examplePromise(t, 1).Header.EntryID
	tests := []struct {
		name  string
		lines []line
		want  []string
	}{
		{"a log that holds", []line{at(1), at(2), at(3)}, nil},
		{"an entry is missing", []line{at(1), at(3)}, []string{"line 2"}},
		{"an entry comes twice", []line{at(1), at(2), at(2)}, []string{"line 3"}},
		{"an id comes twice", []line{at(1), at(2), lineOf(mustStore(t, sameID))}, []string{"line 3"}},
		{"nothing at all, which proves nothing", nil, []string{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			said, holds := readWithPython(t, writeLines(t, test.lines))
			if holds != (test.want == nil) || strings.Count(said, ": does not hold: ") != len(test.want) {
				t.Error(said)
			}
			for _, line := range test.want {
				if !strings.Contains(said, line+": does not hold: ") {
					t.Error(said)
				}
			}
		})
	}
}

// Both readers get the same texts, sound and damaged: each must take what the other takes, write the same bytes, and
// refuse what the other refuses.
func TestBothReadersTakeAndRefuseTheSameTexts(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	texts := []string{nested(MaxDepth), nested(MaxDepth + 1), keyed(MaxKey), keyed(MaxKey + 1), zeros(MaxValues - 1), zeros(MaxValues),
		`"` + strings.Repeat("é", MaxSize/2-1) + `"`, `"` + strings.Repeat("é", MaxSize/2) + `"`, nested(100_000)}
	draw := rapid.Custom(jsonText)
	for seed := range 1000 {
		text := draw.Example(seed)
		texts = append(texts, text, damage(random, text))
	}
	var compared vectors
	for i, text := range texts {
		name := fmt.Sprintf("text %d: %.60q", i, text)
		canonical, err := Canonical([]byte(text))
		if err != nil {
			compared.Refused = append(compared.Refused, refusedVector{Name: name, InputHex: hex.EncodeToString([]byte(text))})
			continue
		}
		compared.Canonical = append(compared.Canonical, canonicalVector{name, text, string(canonical)})
	}
	if len(compared.Refused) < 300 || len(compared.Canonical) < 1000 {
		t.Fatalf("%d texts are refused and %d taken: too few to say anything", len(compared.Refused), len(compared.Canonical))
	}
	compared.Entries, compared.Disclosures = []entryVector{}, []disclosureVector{}
	if said, holds := readWithPython(t, writeVectors(t, compared)); !holds {
		t.Error(said)
	}
}

// damage changes a text as a bad disk or a bad intention would.
func damage(random *rand.Rand, text string) string {
	at := random.IntN(len(text))
	pieces := []string{"\"", "\\", ",", "]", "}", "{", "[", ":", "0", "-", ".5", "e1", "\\u0301", "\u0301", "\\ud800", "\x80", "\x00", "é",
		"\U00010D69", "\u2028", "9007199254740992", "true", " ", "\v"}
	switch piece := pieces[random.IntN(len(pieces))]; random.IntN(3) {
	case 0:
		return text[:at] + piece + text[at:]
	case 1:
		return text[:at] + piece + text[at+1:]
	default:
		return text[:at] + text[at+1:]
	}
}

// Both readers get the same entries, some of them changed after they were recorded.
func TestBothReadersFindTheSameChangedEntries(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	draw := rapid.Custom(drawEntry)
	var lines []line
	var changed, found []string
	for i := range 400 {
		entry := draw.Example(i)
		entry.Header = exampleHeader(KindContact, int64(i+1))
		entry.Header.Format = 0
		stored := mustStore(t, entry)
		if random.IntN(3) == 0 {
			changeStored(random, &stored)
		}
		if len(CheckEntry(stored)) > 0 {
			changed = append(changed, fmt.Sprintf("line %d", i+1))
		}
		lines = append(lines, lineOf(stored))
	}
	said, _ := readWithPython(t, writeLines(t, lines))
	for text := range strings.Lines(said) {
		if parts := strings.Split(text, ": "); len(parts) > 2 && parts[2] == "does not hold" {
			found = append(found, parts[1])
		}
	}
	if len(changed) < 80 {
		t.Fatalf("only %d entries were changed", len(changed))
	}
	if diff := cmp.Diff(changed, found); diff != "" {
		t.Errorf("what we find and what reader.py finds differs: %s", diff)
	}
}

func changeStored(random *rand.Rand, stored *Stored) {
	flip := func(bytes []byte) { bytes[random.IntN(len(bytes))] ^= 1 << random.IntN(8) }
	switch random.IntN(5) {
	case 0:
		flip(stored.Salt[:])
	case 1:
		flip(stored.LeafHash[:])
	case 2:
		flip(stored.LeafBytes)
	case 3:
		stored.Header.KindVersion++
	case 4:
		payload := bytes.Clone(stored.Payload)
		flip(payload)
		if canonical, err := Canonical(payload); err == nil && utf8.Valid(payload) && canonical[0] == '{' {
			stored.Payload = canonical
		}
	}
}
