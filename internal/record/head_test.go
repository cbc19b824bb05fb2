package record

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
)

func exampleKey(name string) ed25519.PrivateKey {
	seed := sha256.Sum256([]byte(name))
	return ed25519.NewKeyFromSeed(seed[:])
}

func mustVerifierKey(t testing.TB, logID string, key ed25519.PrivateKey) string {
	t.Helper()
	text, err := VerifierKey(logID, key.Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func mustSign(t testing.TB, head Head, key ed25519.PrivateKey) []byte {
	t.Helper()
	signed, err := head.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func exampleHead() Head { return Head{"case.one-of_2", Tree{20852163, sha256.Sum256([]byte("root"))}} }

func TestAHeadsTextIsACheckpoint(t *testing.T) {
	want := "constancia/case.one-of_2\n20852163\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\n"
	if got := exampleHead().Text(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, err := ParseHeadText(want); err != nil || got != exampleHead() {
		t.Errorf("read back as %v, %v", got, err)
	}
}

func TestASignedHeadIsOpenedWithItsKey(t *testing.T) {
	key := exampleKey("device")
	signed := mustSign(t, exampleHead(), key)
	got, err := OpenHead(signed, mustVerifierKey(t, exampleHead().LogID, key))
	if err != nil || got != exampleHead() {
		t.Errorf("got %v, %v", got, err)
	}
	if !bytes.HasPrefix(signed, []byte(exampleHead().Text()+"\n— constancia/case.one-of_2 ")) {
		t.Errorf("the signed head is %s", signed)
	}
	if again := mustSign(t, exampleHead(), key); !bytes.Equal(signed, again) {
		t.Errorf("signed again it is %s", again)
	}
}

func TestSignaturesOfWitnessesArePassedOver(t *testing.T) {
	key := exampleKey("device")
	verifierKey := mustVerifierKey(t, exampleHead().LogID, key)
	witnessKey, witness := witnessOf(t)
	both := withWitness(t, mustSign(t, exampleHead(), key), verifierKey, witness)
	if got, err := OpenHead(both, verifierKey); err != nil || got != exampleHead() {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := OpenHead(both, witnessKey); !errors.Is(err, ErrNotSigned) {
		t.Errorf("the key of a witness, which is not the log's, gives %v", err)
	}
}

func witnessOf(t testing.TB) (verifierKey string, signer note.Signer) {
	t.Helper()
	signingKey, verifierKey, err := note.GenerateKey(sameSalt(7), "witness.example/w1")
	if err != nil {
		t.Fatal(err)
	}
	if signer, err = note.NewSigner(signingKey); err != nil {
		t.Fatal(err)
	}
	return verifierKey, signer
}

// withWitness adds the signature of a witness to a signed head.
func withWitness(t testing.TB, signed []byte, verifierKey string, witness note.Signer) []byte {
	t.Helper()
	verifier, err := note.NewVerifier(verifierKey)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		t.Fatal(err)
	}
	both, err := note.Sign(opened, witness)
	if err != nil {
		t.Fatal(err)
	}
	return both
}

func TestAHeadIsNotOpened(t *testing.T) {
	key := exampleKey("device")
	signed := string(mustSign(t, exampleHead(), key))
	verifierKey := mustVerifierKey(t, exampleHead().LogID, key)
	larger := exampleHead()
	larger.Size++
	change := func(old, new string) string { return strings.Replace(signed, old, new, 1) }
	_, ownLine, _ := strings.Cut(signed, "\n\n")
	_, otherLine, _ := strings.Cut(string(mustSign(t, exampleHead(), exampleKey("other"))), "\n\n")
	tests := []struct {
		name, signed, key string
		want              error
	}{
		{"whose size was changed", change("\n20852163\n", "\n20852164\n"), verifierKey, ErrNotSigned},
		{"whose origin was changed", change("constancia/case", "constancia/cash"), verifierKey, ErrNotSigned},
		{"whose root was changed", strings.Replace(string(mustSign(t, larger, key)), "20852164", "20852163", 1), verifierKey, ErrNotSigned},
		{"which another key signed", string(mustSign(t, exampleHead(), exampleKey("other"))), verifierKey, ErrNotSigned},
		{"with the key of another log", signed, mustVerifierKey(t, "other", key), ErrNotSigned},
		{"without a signature", exampleHead().Text(), verifierKey, ErrNotAHead},
		{"with an empty signature block", exampleHead().Text() + "\n", verifierKey, ErrNotAHead},
		{"that is cut off", signed[:len(signed)-1], verifierKey, ErrNotAHead},
		{"with something behind it", signed + "more\n", verifierKey, ErrNotAHead},
		{"with its signature twice", signed + ownLine, verifierKey, ErrNotSigned},
		{"with another signature in its log's name", signed + otherLine, verifierKey, ErrNotSigned},
		{"with a witness whose base64 has spare bits", signed + "— witness AQIDBAUGBx==\n", verifierKey, ErrNotSigned},
		{"that is empty", "", verifierKey, ErrNotAHead},
		{"without a key", signed, "", ErrNotAKey},
		{"with a key that is cut off", signed, verifierKey[:len(verifierKey)-4], ErrNotAKey},
		{"with a key under another name", signed, strings.Replace(verifierKey, "case", "cash", 1), ErrNotAKey},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if head, err := OpenHead([]byte(test.signed), test.key); !errors.Is(err, test.want) {
				t.Errorf("got %v, %v; want %v", head, err, test.want)
			}
		})
	}
}

// Also a text that the device did sign is a head only in the one form.
func TestASignedTextThatIsNotExactlyAHeadIsRefused(t *testing.T) {
	text := exampleHead().Text()
	key := exampleKey("device")
	verifierKey := mustVerifierKey(t, exampleHead().LogID, key)
	verifier, err := note.NewVerifier(verifierKey)
	if err != nil {
		t.Fatal(err)
	}
	change := func(old, new string) string { return strings.Replace(text, old, new, 1) }
	tests := []struct{ name, changed string }{
		{"an extension line", change("=\n", "=\nextension\n")},
		{"a missing line", change("20852163\n", "")},
		{"an origin of something else", change("constancia/", "example.com/")},
		{"no log id", change("case.one-of_2", "")},
		{"a log id in capitals", change("case", "Case")},
		{"a log id of 65 characters", change("case.one-of_2", strings.Repeat("a", 65))},
		{"a space at a line's end", change("20852163", "20852163 ")},
		{"a leading zero", change("20852163", "020852163")},
		{"a plus sign", change("20852163", "+20852163")},
		{"a negative size", change("20852163", "-1")},
		{"a size that is no number", change("20852163", "many")},
		{"a size in hex", change("20852163", "0x10")},
		{"an empty tree", change("20852163", "0")},
		{"2 to the 53rd entries", change("20852163", "9007199254740992")},
		{"a size beyond 64 bits", change("20852163", "18446744073709551617")},
		{"a root without padding", change("=\n", "\n")},
		{"a root with spare bits", withSpareBits(text)},
		{"a root of 31 bytes", change(text[len(text)-5:], "\n")},
		{"a root of 33 bytes", change("=\n", "A\n")},
		{"no root", change(text[strings.LastIndex(text[:len(text)-1], "\n")+1:], "\n")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.changed == text {
				t.Fatal("nothing was changed")
			}
			if head, err := ParseHeadText(test.changed); !errors.Is(err, ErrNotAHead) {
				t.Errorf("taken as %v, %v", head, err)
			}
			signed, err := note.Sign(&note.Note{Text: test.changed}, signer{verifier, key})
			if err != nil {
				return // not even a note
			}
			if head, err := OpenHead(signed, verifierKey); !errors.Is(err, ErrNotAHead) {
				t.Errorf("opened as %v, %v", head, err)
			}
		})
	}
}

// withSpareBits sets the two bits of the root's last base64 digit that stand for nothing: the bytes stay the same.
func withSpareBits(text string) string {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	at := len(text) - 3
	return text[:at] + string(digits[strings.IndexByte(digits, text[at])|1]) + text[at+1:]
}

func TestAHeadOfAnotherLogsTextIsNotTakenForThisLogs(t *testing.T) {
	key := exampleKey("device")
	verifierKey := mustVerifierKey(t, "this", key)
	verifier, err := note.NewVerifier(verifierKey)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := note.Sign(&note.Note{Text: exampleHead().Text()}, signer{verifier, key})
	if err != nil {
		t.Fatal(err)
	}
	if head, err := OpenHead(signed, verifierKey); !errors.Is(err, ErrNotSigned) {
		t.Errorf("got %v, %v", head, err)
	}
}

func TestOnlyAHeadThatMayBeIsSignedAndOnlyByAKey(t *testing.T) {
	key := exampleKey("device")
	tests := []struct {
		name string
		head Head
		key  ed25519.PrivateKey
		want error
	}{
		{"no entries", Head{"log", Tree{}}, key, ErrNotAHead},
		{"too many entries", Head{"log", Tree{Size: maxInteger + 1}}, key, ErrNotAHead},
		{"no log", Head{"", Tree{Size: 1}}, key, ErrNotAHead},
		{"a log id with a line break", Head{"log\n2", Tree{Size: 1}}, key, ErrNotAHead},
		{"a log id with a plus sign", Head{"log+", Tree{Size: 1}}, key, ErrNotAHead},
		{"no key", exampleHead(), nil, ErrNotAKey},
		{"a seed in place of a key", exampleHead(), key[:32], ErrNotAKey},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if signed, err := test.head.Sign(test.key); !errors.Is(err, test.want) {
				t.Errorf("got %s, %v; want %v", signed, err, test.want)
			}
		})
	}
	if _, err := VerifierKey("log", nil); !errors.Is(err, ErrNotAKey) {
		t.Errorf("a public key of no bytes: %v", err)
	}
	if _, err := VerifierKey("Log", key.Public().(ed25519.PublicKey)); !errors.Is(err, ErrNotAKey) {
		t.Errorf("a key for a log that can't be: %v", err)
	}
}

func TestTwoHeadsOfALogAreJudged(t *testing.T) {
	stored := plant(t, numbered(12))
	rewritten := plant(t, append([][32]byte{LeafHash([]byte("another past"))}, numbered(12)[1:]...))
	head := func(size int64, stored storedHashes) Head { return Head{"log", mustTree(t, size, stored)} }
	proof := func(older, newer int64, stored storedHashes) Proof {
		made, err := ProveConsistency(older, newer, stored)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	tests := []struct {
		name              string
		remembered, found Head
		proof             Proof
		want              Relation
	}{
		{"nothing happened", head(8, stored), head(8, stored), nil, Same},
		{"entries were appended", head(8, stored), head(12, stored), proof(8, 12, stored), Extends},
		{"from the first entry on", head(1, stored), head(12, stored), proof(1, 12, stored), Extends},
		{"entries were appended, and nothing proves it", head(8, stored), head(12, stored), nil, Unproved},
		{"the past was changed", head(8, stored), head(8, rewritten), nil, Contradicts},
		{"the past was changed, and entries appended", head(8, stored), head(12, rewritten), proof(8, 12, rewritten), Contradicts},
		{"the proof is of other sizes", head(8, stored), head(12, stored), proof(7, 12, stored), Contradicts},
		{"the last entries are gone", head(12, stored), head(8, stored), nil, RolledBack},
		{"the last entries are gone, and the rest changed", head(12, stored), head(8, rewritten), nil, RolledBack},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, err := Judge(test.remembered, test.found, test.proof); err != nil || got != test.want {
				t.Errorf("got %s, %v; want %s", got, err, test.want)
			}
		})
	}
	other := head(8, stored)
	other.LogID = "other"
	if got, err := Judge(head(8, stored), other, nil); !errors.Is(err, ErrOtherLog) {
		t.Errorf("heads of different logs are %q, %v", got, err)
	}
}

// FuzzParseHeadText holds that a text is taken only when it is the one text of its head.
func FuzzParseHeadText(f *testing.F) {
	f.Add(exampleHead().Text())
	f.Add(withSpareBits(exampleHead().Text()))
	f.Add("constancia/a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")
	f.Add("constancia/a\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n=\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		head, err := ParseHeadText(text)
		if err != nil {
			return
		}
		if head.Text() != text {
			t.Errorf("%q is taken for %q", text, head.Text())
		}
		if _, err := head.Sign(exampleKey("device")); err != nil {
			t.Errorf("%q is taken, and can't be signed: %v", text, err)
		}
	})
}

// FuzzOpenHead holds that whatever is done to a signed head, either it is refused or it says what was signed.
func FuzzOpenHead(f *testing.F) {
	key := exampleKey("device")
	signed := mustSign(f, exampleHead(), key)
	verifierKey := mustVerifierKey(f, exampleHead().LogID, key)
	f.Add(signed, verifierKey)
	f.Add(append(signed, signed[len(exampleHead().Text())+1:]...), verifierKey)
	f.Add(signed[1:], verifierKey[1:])
	f.Fuzz(func(t *testing.T, text []byte, anyKey string) {
		if head, err := OpenHead(text, verifierKey); err == nil && head != exampleHead() {
			t.Errorf("%q opens as %v", text, head)
		}
		if head, err := OpenHead(text, anyKey); err == nil && !head.allowed() {
			t.Errorf("%q opens as %v", text, head)
		}
	})
}
