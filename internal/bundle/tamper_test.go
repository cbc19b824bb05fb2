package bundle

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"constancia/internal/record"
)

// membersOf are the files of a bundle.
func membersOf(t testing.TB, text []byte) map[string][]byte {
	t.Helper()
	members := map[string][]byte{}
	archive := mustOpen(t, text).archive
	for _, m := range archive.members {
		section, err := archive.open(m.name)
		if err != nil {
			t.Fatal(err)
		}
		if members[m.name], err = io.ReadAll(section); err != nil {
			t.Fatal(err)
		}
	}
	return members
}

// pack makes a bundle of files, with a manifest that fits them: what somebody does who knows the format.
func pack(t testing.TB, members map[string][]byte) []byte {
	t.Helper()
	b := &builder{sources: map[string]source{}}
	for name, text := range members {
		if name != manifestName {
			b.text(name, text)
		}
	}
	var packed bytes.Buffer
	if err := b.write(t.Context(), &packed, nil); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

// tampering changes the members of a bundle as somebody does who wants it to say something else.
type tampering struct {
	name   string
	whole  bool
	tamper func(t *testing.T, x *example, members map[string][]byte)
	// want is what must be found, among other things.
	want record.What
}

func replace(t *testing.T, members map[string][]byte, name, old, new string) {
	t.Helper()
	if !bytes.Contains(members[name], []byte(old)) {
		t.Fatalf("%s does not have %q", name, old)
	}
	members[name] = bytes.Replace(members[name], []byte(old), []byte(new), 1)
}

// line is the first line of a member that has a text.
func lineWith(t *testing.T, members map[string][]byte, name, text string) string {
	t.Helper()
	for line := range strings.Lines(string(members[name])) {
		if strings.Contains(line, text) {
			return line
		}
	}
	t.Fatalf("%s has no line with %q", name, text)
	return ""
}

func swap(members map[string][]byte, one, other string) {
	members[one], members[other] = members[other], members[one]
}

func tamperings() []tampering {
	const (
		head = headsFolder + "0198a1c0-0000-7000-8000-00000000000a.head"
		key  = headsFolder + "0198a1c0-0000-7000-8000-00000000000a.key"
		ofA  = sealsFolder + "0198a1c0-0000-7000-8000-00000000000a.6"
		ofB  = sealsFolder + "0198a1c0-0000-7000-8000-00000000000b.4"
	)
	return []tampering{
		{"a field shown under another name", false, func(t *testing.T, _ *example, m map[string][]byte) {
			replace(t, m, disclosedName, `"/summary"`, `"/result"`)
		}, FieldNotProved},
		{"another value of a field", false, func(t *testing.T, _ *example, m map[string][]byte) {
			replace(t, m, disclosedName, `mañana llega`, `nunca llega`)
		}, FieldNotProved},
		{"a field shown twice", false, func(t *testing.T, _ *example, m map[string][]byte) {
			entry := lineWith(t, m, disclosedName, "/summary")
			field := entry[strings.Index(entry, `{"key"`) : strings.Index(entry, "}")+1]
			replace(t, m, disclosedName, field, field+","+field)
		}, FieldNotProved},
		{"a swapped commitment", false, func(t *testing.T, x *example, m map[string][]byte) {
			leaf := hex.EncodeToString(x.contact.LeafBytes)
			other := hex.EncodeToString(x.a.entries[2].LeafBytes)
			replace(t, m, disclosedName, leaf[len(leaf)-64:], other[len(other)-64:])
		}, ProofFails},
		{"a truncated array", false, func(t *testing.T, x *example, m map[string][]byte) {
			entry := lineWith(t, m, disclosedName, "/failures/1")
			at := strings.LastIndex(entry[:strings.Index(entry, `"/failures/1"`)], `{"key"`)
			field := entry[at : at+strings.Index(entry[at:], "},")+2]
			replace(t, m, disclosedName, field, "")
		}, FieldsIncomplete},
		{"an array without its first element, said to be part of it", false, func(t *testing.T, x *example, m map[string][]byte) {
			showLess(t, m, "/failures/0")
		}, FieldsIncomplete},
		{"an array without its last element, said to be part of the entry", false, func(t *testing.T, x *example, m map[string][]byte) {
			showLess(t, m, "/failures/1")
		}, FieldsIncomplete},
		{"an array without the number of its elements, said to be part of the entry", false, func(t *testing.T, x *example, m map[string][]byte) {
			showLess(t, m, "/failures/-")
		}, FieldsIncomplete},
		{"an array said to be empty", false, func(t *testing.T, _ *example, m map[string][]byte) {
			replace(t, m, disclosedName, `"pointer":"/failures/0","value":"long_wait"`, `"pointer":"/failures","value":[]`)
		}, FieldNotProved},
		{"an entry at another place", false, func(t *testing.T, _ *example, m map[string][]byte) {
			replace(t, m, disclosedName, `"sequence":4`, `"sequence":5`)
		}, record.HeaderDiffers},
		{"a proof of another entry", false, func(t *testing.T, x *example, m map[string][]byte) {
			proof, err := record.ProveInclusion(x.a.tree.Size(), 3, &x.a.tree)
			if err != nil {
				t.Fatal(err)
			}
			entry := lineWith(t, m, disclosedName, "/summary")
			var own text
			own.proof(proof)
			replace(t, m, disclosedName, entry, entry[:strings.Index(entry, `"proof"`)]+string(own)+"}\n")
		}, ProofFails},
		{"a text in an entry of the log", true, func(t *testing.T, _ *example, m map[string][]byte) {
			replace(t, m, logName, `mañana llega`, `nunca llega`)
		}, record.LeafHashDiffers},
		{"a truncated array in the log", true, func(t *testing.T, _ *example, m map[string][]byte) {
			replace(t, m, logName, `"long_wait","promise_broken"`, `"long_wait"`)
		}, record.LeafHashDiffers},
		{"an entry left out at the end", true, func(t *testing.T, x *example, m map[string][]byte) {
			replace(t, m, logName, lineWith(t, m, logName, "Tordera"), "")
		}, HeadDiffers},
		{"an entry left out in the middle", true, func(t *testing.T, x *example, m map[string][]byte) {
			replace(t, m, logName, lineWith(t, m, logName, "mañana llega"), "")
		}, record.SequenceGap},
		{"a payload taken away without an erasure", true, func(t *testing.T, x *example, m map[string][]byte) {
			gone := x.contact
			gone.Payload = nil
			line, err := entryLine(gone)
			if err != nil {
				t.Fatal(err)
			}
			replace(t, m, logName, lineWith(t, m, logName, "mañana llega"), string(line))
		}, record.PayloadMissing},
		{"an entry written anew, with its leaf", true, func(t *testing.T, x *example, m map[string][]byte) {
			forged := forged(t, x.contact)
			line, err := entryLine(forged)
			if err != nil {
				t.Fatal(err)
			}
			replace(t, m, logName, lineWith(t, m, logName, "mañana llega"), string(line))
		}, HeadDiffers},
		{"a head of another size", true, func(t *testing.T, _ *example, m map[string][]byte) {
			replace(t, m, head, "\n7\n", "\n8\n")
		}, HeadNotSigned},
		{"a head forged with another key", true, func(t *testing.T, x *example, m map[string][]byte) {
			seed := sha256.Sum256([]byte("somebody else"))
			x.a.key = ed25519.NewKeyFromSeed(seed[:])
			signed, verifierKey := x.a.head()
			m[head], m[key] = signed, []byte(verifierKey+"\n")
		}, KeyNotRecorded},
		{"the head of another log", true, func(_ *testing.T, _ *example, m map[string][]byte) {
			swap(m, head, headsFolder+"0198a1c0-0000-7000-8000-00000000000b.head")
		}, HeadNotSigned},
		{"swapped time stamps", true, func(_ *testing.T, _ *example, m map[string][]byte) { swap(m, ofA+".tst", ofB+".tst") }, SealFails},
		{"swapped sealed heads", true, func(_ *testing.T, _ *example, m map[string][]byte) { swap(m, ofA+".head", ofB+".head") }, HeadNotSigned},
		{"time stamps swapped with their heads, among chosen entries", false, func(_ *testing.T, _ *example, m map[string][]byte) {
			for _, extension := range sealExtensions {
				swap(m, ofA+extension, ofB+extension)
			}
		}, HeadNotSigned},
		{"a time stamp left out", true, func(t *testing.T, _ *example, m map[string][]byte) {
			for _, extension := range sealExtensions {
				delete(m, ofA+extension)
			}
			replace(t, m, proofsName, lineWith(t, m, proofsName, "a.6"), "")
		}, SealMissing},
		{"a time stamp without its proof", false, func(t *testing.T, _ *example, m map[string][]byte) {
			replace(t, m, proofsName, lineWith(t, m, proofsName, "a.6"), "")
		}, FileUnlisted},
		{"a proof that the log begins with something else", false, func(t *testing.T, _ *example, m map[string][]byte) {
			proof := lineWith(t, m, proofsName, "a.6")
			hash := proof[strings.Index(proof, `["`)+2:][:64]
			replace(t, m, proofsName, hash, hex.EncodeToString(bytes.Repeat([]byte{7}, 32)))
		}, ProofFails},
		{"another file under the same name", true, func(t *testing.T, x *example, m map[string][]byte) {
			m[contentName(sumOf(x.photo), "jpg")] = []byte("another photo")
		}, ContentDamaged},
		{"a file left out", true, func(t *testing.T, x *example, m map[string][]byte) {
			delete(m, contentName(sumOf(x.photo), "jpg"))
		}, ContentMissing},
		{"a file that nobody recorded", true, func(_ *testing.T, _ *example, m map[string][]byte) {
			m[contentName(sumOf([]byte("extra")), "txt")] = []byte("extra")
		}, FileUnnamed},
		{"a file said not to be there", true, func(t *testing.T, x *example, m map[string][]byte) {
			replace(t, m, aboutName, `"without":[]`, `"without":["`+sumOf(x.photo)+`"]`)
		}, FileUnnamed},
		{"another case", true, func(t *testing.T, _ *example, m map[string][]byte) {
			replace(t, m, aboutName, caseID, "0198a1c0-0000-7000-8000-000000000009")
		}, CaseDiffers},
		{"the log left out", true, func(_ *testing.T, _ *example, m map[string][]byte) { delete(m, logName) }, FileAbsent},
		{"an odd file among the time stamps", true, func(_ *testing.T, _ *example, m map[string][]byte) { m[ofA+".txt"] = []byte("x") }, FileUnlisted},
		{"an odd file among the heads", true, func(_ *testing.T, _ *example, m map[string][]byte) { m[headsFolder+"readme.txt"] = []byte("x") }, FileUnlisted},
	}
}

func TestWhoeverChangesABundleIsFoundOut(t *testing.T) {
	skipWhenShort(t)
	for _, test := range tamperings() {
		t.Run(test.name, func(t *testing.T) {
			x := newExample(t)
			contents := x.contents()
			if !test.whole {
				contents = x.chosen()
			}
			members := membersOf(t, mustWrite(t, contents, Options{}))
			test.tamper(t, x, members)
			packed := pack(t, members)
			report := mustVerify(t, mustOpen(t, packed))
			if !slices.ContainsFunc(report.Findings, func(f record.Finding) bool { return f.What == test.want }) {
				t.Errorf("found %v, and not %s", report.Findings, test.want)
			}
			if said, good := follow(t, unpack(t, packed)); good {
				t.Errorf("a stranger does not find it:\n%s", said)
			}
		})
	}
}

func TestAllThatCanBeFoundIsTried(t *testing.T) {
	tried := map[record.What]bool{}
	for _, test := range tamperings() {
		tried[test.want] = true
	}
	for _, what := range []record.What{FileUnlisted, FileAbsent, HeadNotSigned, HeadDiffers, KeyNotRecorded, ProofFails,
		FieldNotProved, FieldsIncomplete, CaseDiffers, SealFails, SealMissing, ContentMissing, ContentDamaged, FileUnnamed} {
		if !tried[what] {
			t.Errorf("no tampering leads to %s; tried are %v", what, slices.Sorted(maps.Keys(tried)))
		}
	}
}

// showLess takes a disclosed field away, and says that the entry is not shown whole.
func showLess(t *testing.T, m map[string][]byte, pointer string) {
	t.Helper()
	entry := lineWith(t, m, disclosedName, `"`+pointer+`"`)
	at := strings.LastIndex(entry[:strings.Index(entry, `"`+pointer+`"`)], `{"key"`)
	field := entry[at : at+strings.Index(entry[at:], "},")+2]
	changed := strings.Replace(strings.Replace(entry, field, "", 1), `"complete":true`, `"complete":false`, 1)
	replace(t, m, disclosedName, entry, changed)
}
