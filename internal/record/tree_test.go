package record

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

// storedHashes is a tree's hashes in memory.
type storedHashes [][32]byte

func (s storedHashes) ReadHashes(indexes []int64) ([][32]byte, error) {
	hashes := make([][32]byte, len(indexes))
	for i, index := range indexes {
		if index < 0 || index >= int64(len(s)) {
			return nil, errNotStored
		}
		hashes[i] = s[index]
	}
	return hashes, nil
}

// fatal is what tests, fuzz targets and rapid's checks share.
type fatal interface{ Fatal(...any) }

func plant(t fatal, leafHashes [][32]byte) storedHashes {
	var stored storedHashes
	for i, hash := range leafHashes {
		first, added, err := GrowTree(int64(i), hash, stored)
		if err != nil || first != int64(len(stored)) {
			t.Fatal("entry", i, "begins at", first, "where", len(stored), "is free:", err)
		}
		stored = append(stored, added...)
	}
	return stored
}

func mustTree(t fatal, size int64, stored HashReader) Tree {
	tree, err := TreeOf(size, stored)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// numbered makes leaf hashes that are all different.
func numbered(count int) [][32]byte {
	hashes := make([][32]byte, count)
	for i := range hashes {
		hashes[i] = LeafHash(binary.BigEndian.AppendUint32(nil, uint32(i)))
	}
	return hashes
}

// rootByDefinition is the Merkle tree hash word by word as RFC 6962, section 2.1, defines it.
func rootByDefinition(leafHashes [][32]byte) [32]byte {
	if len(leafHashes) == 1 {
		return leafHashes[0]
	}
	split := 1
	for split*2 < len(leafHashes) {
		split *= 2
	}
	left, right := rootByDefinition(leafHashes[:split]), rootByDefinition(leafHashes[split:])
	return sha256.Sum256(slices.Concat([]byte{1}, left[:], right[:]))
}

// rfc6962Leaves and rfc6962Roots are the test vectors that implementations of Certificate Transparency share: the roots
// are those of the trees of the first 1, 2, … leaves.
var (
	rfc6962Leaves = []string{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}
	rfc6962Roots  = []string{
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	}
)

func TestTheTreeHasTheRootsOfRFC6962(t *testing.T) {
	var leafHashes [][32]byte
	for i, text := range rfc6962Leaves {
		leaf, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		leafHashes = append(leafHashes, LeafHash(leaf))
		tree := mustTree(t, int64(i+1), plant(t, leafHashes))
		if got := hex.EncodeToString(tree.Root[:]); got != rfc6962Roots[i] {
			t.Errorf("the root of %d leaves is %s, want %s", i+1, got, rfc6962Roots[i])
		}
	}
}

func TestALeafHashIsTheTreesOwn(t *testing.T) {
	for _, leaf := range [][]byte{nil, {0}, []byte(leafPrefix), examplePromise(t, 1).LeafBytes} {
		if LeafHash(leaf) != tlog.RecordHash(leaf) {
			t.Errorf("%x has another hash in the tree", leaf)
		}
	}
}

func TestTheRootOfEverySizeIsAsTheRFCDefinesIt(t *testing.T) {
	leafHashes := numbered(130)
	stored := plant(t, leafHashes)
	for size := 1; size <= len(leafHashes); size++ {
		if mustTree(t, int64(size), stored).Root != rootByDefinition(leafHashes[:size]) {
			t.Errorf("the root of %d leaves is another", size)
		}
	}
}

func TestAnyChangedSwappedOrDroppedLeafChangesTheRoot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		leafHashes := numbered(rapid.IntRange(2, 70).Draw(t, "size"))
		root := mustTree(t, int64(len(leafHashes)), plant(t, leafHashes)).Root
		at := rapid.IntRange(0, len(leafHashes)-1).Draw(t, "at")
		other := (at + rapid.IntRange(1, len(leafHashes)-1).Draw(t, "distance")) % len(leafHashes)

		changed, swapped := slices.Clone(leafHashes), slices.Clone(leafHashes)
		changed[at][rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		swapped[at], swapped[other] = swapped[other], swapped[at]
		for name, touched := range map[string][][32]byte{
			"changed": changed, "swapped": swapped,
			"dropped":  slices.Delete(slices.Clone(leafHashes), at, at+1),
			"repeated": slices.Insert(slices.Clone(leafHashes), at, leafHashes[at]),
		} {
			if mustTree(t, int64(len(touched)), plant(t, touched)).Root == root {
				t.Errorf("leaf %d is %s, and the root the same", at, name)
			}
		}
	})
}

func TestEveryInclusionProofHoldsForItsLeafAndNoOther(t *testing.T) {
	leafHashes := numbered(34)
	stored := plant(t, leafHashes)
	for size := int64(1); size <= 34; size++ {
		tree := mustTree(t, size, stored)
		for sequence := int64(1); sequence <= size; sequence++ {
			proof, err := ProveInclusion(size, sequence, stored)
			if err != nil {
				t.Fatal(err)
			}
			for claimed := int64(1); claimed <= size; claimed++ {
				for i, hash := range leafHashes {
					err := tree.CheckInclusion(proof, claimed, hash)
					if holds := claimed == sequence && int64(i+1) == sequence; holds != (err == nil) {
						t.Fatalf("entry %d of %d, said to be leaf %d at %d: %v", sequence, size, i+1, claimed, err)
					}
				}
			}
		}
	}
}

func TestEveryConsistencyProofHoldsForItsTreesAndNoOthers(t *testing.T) {
	stored := plant(t, numbered(34))
	rewritten := plant(t, append([][32]byte{LeafHash([]byte("another past"))}, numbered(34)[1:]...))
	for newer := int64(1); newer <= 34; newer++ {
		for older := int64(1); older <= newer; older++ {
			proof, err := ProveConsistency(older, newer, stored)
			if err != nil {
				t.Fatal(err)
			}
			after := mustTree(t, newer, stored)
			if err := after.CheckConsistency(proof, mustTree(t, older, stored)); err != nil {
				t.Errorf("%d after %d: %v", newer, older, err)
			}
			if err := after.CheckConsistency(proof, mustTree(t, older, rewritten)); !errors.Is(err, ErrNotProved) {
				t.Errorf("%d after another %d: %v", newer, older, err)
			}
			if err := mustTree(t, newer, rewritten).CheckConsistency(proof, mustTree(t, older, stored)); !errors.Is(err, ErrNotProved) {
				t.Errorf("another %d after %d: %v", newer, older, err)
			}
			for other := int64(1); other <= newer; other++ {
				if err := after.CheckConsistency(proof, mustTree(t, other, stored)); (err == nil) != (other == older) {
					t.Errorf("the proof of %d after %d, said to be after %d: %v", newer, older, other, err)
				}
			}
		}
	}
}

func TestATouchedProofDoesNotHold(t *testing.T) {
	leafHashes := numbered(21)
	stored := plant(t, leafHashes)
	tree, older := mustTree(t, 21, stored), mustTree(t, 11, stored)
	inclusion, _ := ProveInclusion(21, 7, stored)
	consistency, _ := ProveConsistency(11, 21, stored)
	rapid.Check(t, func(t *rapid.T) {
		touch := func(proof Proof) Proof {
			touched, at := slices.Clone(proof), rapid.IntRange(0, len(proof)-1).Draw(t, "at")
			switch rapid.SampledFrom([]string{"flip", "drop", "repeat", "append"}).Draw(t, "how") {
			case "flip":
				touched[at][rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
			case "drop":
				touched = slices.Delete(touched, at, at+1)
			case "repeat":
				touched = slices.Insert(touched, at, touched[at])
			case "append":
				touched = append(touched, leafHashes[at])
			}
			return touched
		}
		if err := tree.CheckInclusion(touch(inclusion), 7, leafHashes[6]); !errors.Is(err, ErrNotProved) {
			t.Errorf("inclusion: %v", err)
		}
		if err := tree.CheckConsistency(touch(consistency), older); !errors.Is(err, ErrNotProved) {
			t.Errorf("consistency: %v", err)
		}
	})
}

func TestPlacesOutsideATreeAreRefused(t *testing.T) {
	stored := plant(t, numbered(8))
	const tooLarge = maxInteger + 1
	for _, at := range []struct{ size, place int64 }{{0, 0}, {0, 1}, {-1, 1}, {8, 0}, {8, 9}, {8, -1}, {tooLarge, 1}, {1<<63 - 1, 1<<63 - 1}, {-1 << 63, 1}} {
		tree := Tree{Size: at.size}
		_, inclusion := ProveInclusion(at.size, at.place, stored)
		_, consistency := ProveConsistency(at.place, at.size, stored)
		for name, err := range map[string]error{
			"proving inclusion": inclusion, "proving consistency": consistency,
			"checking inclusion":   tree.CheckInclusion(nil, at.place, [32]byte{}),
			"checking consistency": tree.CheckConsistency(nil, Tree{Size: at.place}),
		} {
			if !errors.Is(err, ErrNoSuchTree) {
				t.Errorf("%s of place %d in %d: %v", name, at.place, at.size, err)
			}
		}
	}
	for _, size := range []int64{0, -1, tooLarge, 1<<63 - 1} {
		if _, err := TreeOf(size, stored); !errors.Is(err, ErrNoSuchTree) {
			t.Errorf("a tree of %d: %v", size, err)
		}
	}
	for _, size := range []int64{-1, maxInteger, 1<<63 - 1} {
		if _, _, err := GrowTree(size, [32]byte{}, stored); !errors.Is(err, ErrNoSuchTree) {
			t.Errorf("growing a tree of %d: %v", size, err)
		}
	}
}

// forgetful answers with a hash too few.
type forgetful struct{ storedHashes }

func (f forgetful) ReadHashes(indexes []int64) ([][32]byte, error) {
	return f.storedHashes.ReadHashes(indexes[1:])
}

func TestHashesThatCantBeReadAreAnError(t *testing.T) {
	stored := plant(t, numbered(8))
	for name, broken := range map[string]HashReader{"nothing stored": storedHashes{}, "a hash too few": forgetful{stored}} {
		_, grown := TreeOf(8, broken)
		_, _, appended := GrowTree(7, [32]byte{}, broken)
		_, inclusion := ProveInclusion(8, 3, broken)
		_, consistency := ProveConsistency(3, 8, broken)
		for _, err := range []error{grown, appended, inclusion, consistency} {
			if err == nil || name == "nothing stored" && !errors.Is(err, errNotStored) {
				t.Errorf("%s: got %v", name, err)
			}
		}
	}
}

func TestAProofOfAHundredThousandEntriesIsSmall(t *testing.T) {
	const size = 100_000
	leafHashes := numbered(size)
	stored := plant(t, leafHashes)
	if len(stored) >= 2*size {
		t.Errorf("%d hashes are stored", len(stored))
	}
	tree := mustTree(t, size, stored)
	for _, sequence := range []int64{1, 2, 65536, 65537, 99_999, size} {
		proof, err := ProveInclusion(size, sequence, stored)
		if err != nil || len(proof) > 17 || tree.CheckInclusion(proof, sequence, leafHashes[sequence-1]) != nil {
			t.Errorf("entry %d: %d hashes, %v", sequence, len(proof), err)
		}
	}
}

// Why size and root are one thing, which a head signs together: a proof can hold for a size that the root never had.
func TestTheRootAloneDoesNotTellTheSize(t *testing.T) {
	stored := plant(t, numbered(13))
	tree := mustTree(t, 13, stored)
	proof, err := ProveConsistency(8, 13, stored)
	if err != nil {
		t.Fatal(err)
	}
	tree.Size = 15
	if err := tree.CheckConsistency(proof, mustTree(t, 8, stored)); err != nil {
		t.Errorf("the root does tell the size, and the comments are wrong: %v", err)
	}
}

// FuzzProofs gives proofs that nobody made: they must be judged without a panic, and for a tree that there is they must
// hold only when they are the true ones.
func FuzzProofs(f *testing.F) {
	leafHashes := numbered(13)
	stored := plant(f, leafHashes)
	for _, place := range []int64{1, 5, 8, 13} {
		for _, prove := range []func() (Proof, error){
			func() (Proof, error) { return ProveInclusion(13, place, stored) },
			func() (Proof, error) { return ProveConsistency(place, 13, stored) },
		} {
			proof, err := prove()
			if err != nil {
				f.Fatal(err)
			}
			var text []byte
			for _, hash := range proof {
				text = append(text, hash[:]...)
			}
			f.Add(int64(13), place, text)
		}
	}
	f.Add(int64(maxInteger), int64(maxInteger), make([]byte, 32*53))
	f.Fuzz(func(t *testing.T, size, place int64, text []byte) {
		var proof Proof
		for ; len(text) >= 32; text = text[32:] {
			proof = append(proof, [32]byte(text))
		}
		tree := Tree{Size: size, Root: mustTree(t, 13, stored).Root}
		leafHash := leafHashes[uint64(place-1)%13]
		if tree.CheckInclusion(proof, place, leafHash) == nil && size == 13 {
			if want, err := ProveInclusion(size, place, stored); err != nil || !slices.Equal(proof, want) {
				t.Errorf("%x proves entry %d of %d", proof, place, size)
			}
		}
		older := mustTree(t, int64(uint64(place-1)%13)+1, stored)
		older.Size = place
		if tree.CheckConsistency(proof, older) == nil && size == 13 {
			if want, err := ProveConsistency(place, size, stored); err != nil || !slices.Equal(proof, want) {
				t.Errorf("%x proves %d entries after %d", proof, size, place)
			}
		}
	})
}
