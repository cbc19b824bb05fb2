package record

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// originPrefix and the log id are a head's first line, and the name of the key that signs it.
const originPrefix = "constancia/"

// Head is what a log says of itself at one moment: its whole content, in a few dozen bytes. Its text is a checkpoint of
// https://c2sp.org/tlog-checkpoint without extension lines, and it travels signed, as https://c2sp.org/signed-note tells.
type Head struct {
	LogID string
	Tree
}

// Errors of heads.
var (
	// ErrNotAHead says that a text is not a signed head in the one form that this package writes.
	ErrNotAHead = errors.New("this is not the signed head of a log")
	// ErrNotSigned says that the key's signature of the head is wrong or missing.
	ErrNotSigned = errors.New("the head is not signed by this key")
	// ErrNotAKey says that a key is not one for Ed25519, or of no log.
	ErrNotAKey = errors.New("this is not a key for the heads of a log")
	// ErrOtherLog says that two heads are not of the same log, so neither says anything about the other.
	ErrOtherLog = errors.New("the heads are of different logs")
)

// Text is what is signed: the origin, the size and the root in base64, a line each.
func (h Head) Text() string {
	return originPrefix + h.LogID + "\n" + strconv.FormatInt(h.Size, 10) + "\n" + base64.StdEncoding.EncodeToString(h.Root[:]) + "\n"
}

// ParseHeadText reads a head's text, and takes only what Text could have written. It says nothing about who signed it.
// Error: [ErrNotAHead].
func ParseHeadText(text string) (Head, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 {
		return Head{}, ErrNotAHead
	}
	logID, found := strings.CutPrefix(lines[0], originPrefix)
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if !found || err != nil {
		return Head{}, ErrNotAHead
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != 32 {
		return Head{}, ErrNotAHead
	}
	head := Head{logID, Tree{size, [32]byte(root)}}
	if !head.allowed() || head.Text() != text {
		return Head{}, ErrNotAHead
	}
	return head, nil
}

func (h Head) allowed() bool { return isName(h.LogID, ".-0123456789") && h.has(1) }

// VerifierKey writes the public key that checks the heads of one log in the form of signed notes:
// NAME+ID+BASE64, where NAME is the log's origin, and ID the first 4 bytes of SHA-256(NAME || U+000A || 0x01 || key).
func VerifierKey(logID string, key ed25519.PublicKey) (string, error) {
	if !isName(logID, ".-0123456789") || len(key) != ed25519.PublicKeySize {
		return "", ErrNotAKey
	}
	return note.NewEd25519VerifierKey(originPrefix+logID, key)
}

// Sign writes the head as a signed note. The same head and key give the same bytes (RFC 8032).
func (h Head) Sign(key ed25519.PrivateKey) ([]byte, error) {
	if !h.allowed() {
		return nil, ErrNotAHead
	}
	if len(key) != ed25519.PrivateKeySize {
		return nil, ErrNotAKey
	}
	verifierKey, err := VerifierKey(h.LogID, key.Public().(ed25519.PublicKey))
	if err != nil {
		return nil, err
	}
	verifier, err := note.NewVerifier(verifierKey)
	if err != nil {
		return nil, fmt.Errorf("failed to name the key: %w", err)
	}
	return note.Sign(&note.Note{Text: h.Text()}, signer{verifier, key})
}

// signer signs notes with a bare key: package note would have it in a text of its own.
type signer struct {
	note.Verifier
	key ed25519.PrivateKey
}

func (s signer) Sign(message []byte) ([]byte, error) { return ed25519.Sign(s.key, message), nil }

// OpenHead reads a signed head and checks its signature against a key in the form of [VerifierKey], which must be one
// of the head's own log. Signatures by others, such as witnesses, are passed over.
//
// Errors: [ErrNotAKey], [ErrNotAHead], [ErrNotSigned].
func OpenHead(signed []byte, verifierKey string) (Head, error) {
	verifier, err := note.NewVerifier(verifierKey)
	if err != nil {
		return Head{}, ErrNotAKey
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return Head{}, openError(err)
	}
	head, err := ParseHeadText(opened.Text)
	if err != nil {
		return Head{}, err
	}
	if verifier.Name() != originPrefix+head.LogID || !isSignedOnce(signed[len(opened.Text)+1:], verifier.Name()) {
		return Head{}, ErrNotSigned
	}
	return head, nil
}

// isSignedOnce reports whether one of the lines below a note is by that name, so that every reader takes the same one, and
// whether each line's base64 is in its one form. All else about their form package note has checked.
func isSignedOnce(lines []byte, name string) bool {
	own := 0
	for line := range strings.Lines(string(lines)) {
		by, signature, _ := strings.Cut(strings.TrimPrefix(line, "— "), " ")
		if _, err := base64.StdEncoding.Strict().DecodeString(strings.TrimSuffix(signature, "\n")); err != nil {
			return false
		}
		if by == name {
			own++
		}
	}
	return own == 1
}

// DeviceKey reads the public key as entries of kind device have it: 32 bytes in base64. It is nil when it is none.
func DeviceKey(text string) ed25519.PublicKey {
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(key) != ed25519.PublicKeySize || base64.StdEncoding.EncodeToString(key) != text {
		return nil
	}
	return key
}

func openError(err error) error {
	if _, ok := errors.AsType[*note.InvalidSignatureError](err); ok {
		return ErrNotSigned
	}
	if _, ok := errors.AsType[*note.UnverifiedNoteError](err); ok {
		return ErrNotSigned
	}
	return ErrNotAHead
}

// Relation is what a head found now is to a head remembered from earlier. It is stable: programs read it.
type Relation string

// Relations of a found head to a remembered one.
const (
	// Same: both are the same head.
	Same Relation = "same"
	// Extends: the found log begins with all of the remembered one, and has more.
	Extends Relation = "extends"
	// RolledBack: the found log has fewer entries than there have been. Whether those are the old ones is not asked.
	RolledBack Relation = "rolled_back"
	// Contradicts: the found log does not begin with the remembered one, so its past was changed.
	Contradicts Relation = "contradicts"
	// Unproved: the found log has more entries, and no proof was given that it begins with the remembered ones.
	Unproved Relation = "unproved"
)

// Judge tells what a found head is to the one remembered, with the proof of [ProveConsistency] from the remembered size
// to the found one, which only a longer log needs. A given proof that does not hold is counted as a contradiction: who
// has the log makes the proof from hashes that give the found root, and then only a changed past can make it fail. It
// does not check signatures: both heads come from [OpenHead]. Errors: [ErrOtherLog].
func Judge(remembered, found Head, proof Proof) (Relation, error) {
	switch {
	case found.LogID != remembered.LogID:
		return "", ErrOtherLog
	case found == remembered:
		return Same, nil
	case found.Size < remembered.Size:
		return RolledBack, nil
	case found.Size == remembered.Size:
		return Contradicts, nil
	case len(proof) == 0:
		return Unproved, nil
	case found.CheckConsistency(proof, remembered.Tree) == nil:
		return Extends, nil
	}
	return Contradicts, nil
}

// JudgeGrown tells what a log of a size, all of whose tree is at hand, is to a tree of it that was remembered. It is
// never [Unproved]. Errors: [ErrNoSuchTree] when the remembered one has no size, what reading returns.
func JudgeGrown(remembered Tree, size int64, stored HashReader) (Relation, error) {
	if remembered.Size > size {
		return RolledBack, nil
	}
	then, err := TreeOf(remembered.Size, stored)
	switch {
	case err != nil:
		return "", err
	case then != remembered:
		return Contradicts, nil
	case remembered.Size == size:
		return Same, nil
	}
	return Extends, nil
}
