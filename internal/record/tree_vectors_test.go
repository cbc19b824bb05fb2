package record

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const treeVectorsFile = "testdata/tree.json"

// The tree's vectors file. Its members are told in FORMAT.md.
type treeVectors struct {
	About         string              `json:"about"`
	LeafHashes    []string            `json:"leaf_hashes"`
	Roots         []string            `json:"roots"`
	Inclusions    []inclusionVector   `json:"inclusions"`
	Consistencies []consistencyVector `json:"consistencies"`
	Heads         []headVector        `json:"heads"`
}

type inclusionVector struct {
	Name     string   `json:"name"`
	Sequence int64    `json:"sequence"`
	LeafHash string   `json:"leaf_hash"`
	Size     int64    `json:"size"`
	Root     string   `json:"root"`
	Proof    []string `json:"proof"`
	Holds    bool     `json:"holds"`
}

type consistencyVector struct {
	Name      string   `json:"name"`
	OlderSize int64    `json:"older_size"`
	OlderRoot string   `json:"older_root"`
	Size      int64    `json:"size"`
	Root      string   `json:"root"`
	Proof     []string `json:"proof"`
	Holds     bool     `json:"holds"`
}

type headVector struct {
	LogID       string `json:"log_id"`
	Size        int64  `json:"size"`
	Root        string `json:"root"`
	PublicKey   string `json:"public_key"`
	VerifierKey string `json:"verifier_key"`
	Signed      string `json:"signed"`
}

// planted is how many entries of vectors.json the tree is made of: those that came later leave it as it is.
const planted = 24

// makeTreeVectors takes the first entries of vectors.json for a log.
func makeTreeVectors(t testing.TB) treeVectors {
	var leafHashes [][32]byte
	for _, example := range exampleEntries(t)[:planted] {
		leafHashes = append(leafHashes, mustStore(t, example.entry).LeafHash)
	}
	size, stored := int64(len(leafHashes)), plant(t, leafHashes)
	made := treeVectors{
		About:      "Test vectors of the tree and the head of Constancia's record. FORMAT.md, section 8, tells what they mean.",
		LeafHashes: hexOf(leafHashes),
	}
	for size := range size {
		made.Roots = append(made.Roots, hexOf([][32]byte{mustTree(t, size+1, stored).Root})...)
	}
	made.Inclusions = makeInclusions(t, size, stored, made)
	made.Consistencies = makeConsistencies(t, size, stored, made)
	for _, size := range []int64{1, 3, size} {
		made.Heads = append(made.Heads, makeHead(t, mustTree(t, size, stored)))
	}
	return made
}

func makeInclusions(t testing.TB, size int64, stored storedHashes, made treeVectors) []inclusionVector {
	prove := func(name string, size, sequence int64) inclusionVector {
		proof, err := ProveInclusion(size, sequence, stored)
		if err != nil {
			t.Fatal(err)
		}
		return inclusionVector{name, sequence, made.LeafHashes[sequence-1], size, made.Roots[size-1], hexOf(proof), true}
	}
	otherLeaf, otherPlace, short := prove("another leaf", size, 5), prove("another place", size, 5), prove("a proof that is cut off", size, 5)
	otherLeaf.LeafHash, otherLeaf.Holds = made.LeafHashes[5], false
	otherPlace.Sequence, otherPlace.Holds = 6, false
	short.Proof, short.Holds = short.Proof[:len(short.Proof)-1], false
	long, swapped := prove("a proof that is too long", size, 5), prove("hashes in another order", size, 5)
	long.Proof, long.Holds = append(long.Proof, made.Roots[0]), false
	swapped.Proof[0], swapped.Proof[1], swapped.Holds = swapped.Proof[1], swapped.Proof[0], false
	return []inclusionVector{
		prove("the only entry", 1, 1), prove("the third of three", 3, 3), prove("the second of three", 3, 2), prove("the first of all", size, 1),
		prove("the fifth of all", size, 5), prove("the last of all", size, size), prove("in a tree of eight", 8, 6),
		otherLeaf, otherPlace, short, long, swapped,
	}
}

func makeConsistencies(t testing.TB, size int64, stored storedHashes, made treeVectors) []consistencyVector {
	prove := func(name string, older, size int64) consistencyVector {
		proof, err := ProveConsistency(older, size, stored)
		if err != nil {
			t.Fatal(err)
		}
		return consistencyVector{name, older, made.Roots[older-1], size, made.Roots[size-1], hexOf(proof), true}
	}
	otherPast, otherSize, short := prove("another past", 7, size), prove("another older size", 7, size), prove("a consistency proof that is cut off", 7, size)
	otherPast.OlderRoot, otherPast.Holds = made.Roots[7], false
	otherSize.OlderSize, otherSize.Holds = 8, false
	short.Proof, short.Holds = short.Proof[:len(short.Proof)-1], false
	sameSize := prove("trees of one size that differ", 7, 7)
	sameSize.OlderRoot, sameSize.Holds = made.Roots[7], false
	return []consistencyVector{
		prove("all after one", 1, size), prove("three after two", 2, 3), prove("all after seven", 7, size), prove("all after eight", 8, size),
		prove("the same tree", size, size), otherPast, otherSize, short, sameSize,
	}
}

func makeHead(t testing.TB, tree Tree) headVector {
	key := exampleKey("key of the test vectors")
	head := Head{exampleHeader(KindCase, 1).LogID, tree}
	return headVector{head.LogID, tree.Size, hex.EncodeToString(tree.Root[:]), hex.EncodeToString(key.Public().(ed25519.PublicKey)),
		mustVerifierKey(t, head.LogID, key), string(mustSign(t, head, key))}
}

func hexOf(hashes [][32]byte) []string {
	texts := make([]string, len(hashes))
	for i, hash := range hashes {
		texts[i] = hex.EncodeToString(hash[:])
	}
	return texts
}

func (v treeVectors) encode(t testing.TB) []byte {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(v); err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

func TestTheTreesVectorsAreWhatTheProgramMakes(t *testing.T) {
	made := makeTreeVectors(t).encode(t)
	if *update {
		if err := os.WriteFile(treeVectorsFile, made, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	stored, err := os.ReadFile(filepath.FromSlash(treeVectorsFile))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(stored, made) {
		t.Error("testdata/tree.json differs from what the program makes: the format changed")
	}
}

func TestTheSecondReaderFindsThatTheTreeHolds(t *testing.T) {
	said, holds := readWithPython(t, treeVectorsFile)
	if !holds || !strings.Contains(said, "The signatures of 3 heads were not checked") {
		t.Error(said)
	}
}

func TestTheSecondReaderFindsADamagedTree(t *testing.T) {
	tests := []struct {
		name   string
		damage func(*treeVectors)
		want   []string
	}{
		{"a root", func(v *treeVectors) { v.Roots[4] = v.Roots[3] }, []string{"root of 5"}},
		{"the last leaf", func(v *treeVectors) { v.LeafHashes[23] = v.LeafHashes[22] }, []string{"root of 24", "head of 24"}},
		{"swapped leaves", func(v *treeVectors) { slices.Reverse(v.LeafHashes[22:]) }, []string{"root of 23", "root of 24", "head of 24"}},
		{"an inclusion proof", func(v *treeVectors) { v.Inclusions[4].Proof[2] = v.Roots[0] }, []string{"proof: the fifth of all"}},
		{"an inclusion said to hold", func(v *treeVectors) { v.Inclusions[9].Holds = true }, []string{"proof: a proof that is cut off"}},
		{"a consistency proof", func(v *treeVectors) { v.Consistencies[2].Proof[2] = v.Roots[0] }, []string{"proof: all after seven"}},
		{"a past said to be the same", func(v *treeVectors) { v.Consistencies[5].Holds = true }, []string{"proof: another past"}},
		{"a head's size", func(v *treeVectors) { v.Heads[1].Signed = strings.Replace(v.Heads[1].Signed, "\n3\n", "\n4\n", 1) }, []string{"head of 3"}},
		{"a key's id", func(v *treeVectors) { v.Heads[1].VerifierKey = strings.Replace(v.Heads[1].VerifierKey, "+", "+0", 1) }, []string{"head of 3"}},
		{"a head without signature", func(v *treeVectors) { v.Heads[1].Signed, _, _ = strings.Cut(v.Heads[1].Signed, "—") }, []string{"head of 3"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			damaged := makeTreeVectors(t)
			test.damage(&damaged)
			said, holds := readWithPython(t, writeTemporary(t, "tree.json", damaged.encode(t)))
			if holds || strings.Count(said, ": does not hold: ") != len(test.want) {
				t.Error(said)
			}
			for _, want := range test.want {
				if !strings.Contains(said, want+": does not hold: ") {
					t.Errorf("%s is missing from %s", want, said)
				}
			}
		})
	}
}

func TestTheTreesExampleInFormatMDIsFromTheVectors(t *testing.T) {
	text, err := os.ReadFile("FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "## 8. The tree and the head")
	_, section, _ = strings.Cut(section, "### Worked example")
	made := makeTreeVectors(t)
	third, head, two := made.Inclusions[1], made.Heads[1], made.Consistencies[1]
	if !slices.Equal(third.Proof, made.Roots[1:2]) || !slices.Equal(two.Proof, made.LeafHashes[2:3]) {
		t.Error("the proofs are not the hashes that FORMAT.md says they are")
	}
	words := slices.Concat(made.LeafHashes[:3], made.Roots[1:3], []string{head.VerifierKey}, strings.Fields(head.Signed))
	for _, word := range words {
		if !strings.Contains(section, word) {
			t.Errorf("the example does not have %s", word)
		}
	}
}

// Both readers get the same proofs, sound and damaged: each must take what the other takes.
func TestBothReadersTakeAndRefuseTheSameProofs(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	leafHashes := numbered(300)
	stored := plant(t, leafHashes)
	compared := treeVectors{LeafHashes: hexOf(leafHashes), Roots: []string{}, Heads: []headVector{}}
	held := 0
	for i := range 2000 {
		size := 1 + random.Int64N(300)
		place := 1 + random.Int64N(size)
		tree, older := mustTree(t, size, stored), mustTree(t, place, stored)
		inclusion, _ := ProveInclusion(size, place, stored)
		consistency, _ := ProveConsistency(place, size, stored)
		if random.IntN(2) == 0 {
			inclusion, consistency = touchProof(random, inclusion), touchProof(random, consistency)
			place = max(1, place-random.Int64N(2))
		}
		hash := leafHashes[place-1]
		includes, extends := tree.CheckInclusion(inclusion, place, hash) == nil, tree.CheckConsistency(consistency, Tree{place, older.Root}) == nil
		if includes && extends {
			held++
		}
		root, name := hex.EncodeToString(tree.Root[:]), fmt.Sprintf("%d: %d of %d", i, place, size)
		compared.Inclusions = append(compared.Inclusions,
			inclusionVector{name, place, hex.EncodeToString(hash[:]), size, root, hexOf(inclusion), includes})
		compared.Consistencies = append(compared.Consistencies,
			consistencyVector{name, place, hex.EncodeToString(older.Root[:]), size, root, hexOf(consistency), extends})
	}
	if held < 900 || held > 1300 {
		t.Fatalf("%d of 2000 proofs hold: too many or too few to say anything", held)
	}
	if said, holds := readWithPython(t, writeTemporary(t, "tree.json", compared.encode(t))); !holds {
		t.Error(said)
	}
}

// touchProof changes, drops, repeats or adds a hash, or leaves an empty proof as it is.
func touchProof(random *rand.Rand, proof Proof) Proof {
	if len(proof) == 0 {
		return proof
	}
	at := random.IntN(len(proof))
	switch random.IntN(4) {
	case 0:
		proof[at][random.IntN(32)] ^= 1 << random.IntN(8)
	case 1:
		return slices.Delete(proof, at, at+1)
	case 2:
		return slices.Insert(proof, at, proof[at])
	case 3:
		return append(proof, [32]byte{})
	}
	return proof
}
