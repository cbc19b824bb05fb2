package bundle

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"constancia/internal/record"
	"constancia/internal/seal"
)

// sealExtensions end the names of the three members of a time stamp: the head, the token, the certificates.
var sealExtensions = []string{".head", ".tst", ".pem"}

// seals checks each time stamp: that it is one for a head of one of the logs, and that the log begins with what that head
// says. In a whole bundle they are those that are on record, all of them.
func (v *verification) seals(ctx context.Context) error {
	if !v.bundle.archive.has(proofsName) {
		return nil // found already
	}
	lines, err := v.bundle.archive.open(proofsName)
	if err != nil {
		return err
	}
	checked := map[string]bool{}
	var last Seal
	number := int64(0)
	err = eachLine(ctx, lines, func(at int64, line []byte) error {
		number = at
		proved, err := readProofLine(line)
		if err != nil {
			return err
		}
		logID, sequence, _ := cutSequence(proved.seal)
		if logID < last.LogID || logID == last.LogID && sequence <= last.Sequence {
			return errLineMalformed
		}
		last = Seal{LogID: logID, Sequence: sequence}
		checked[proved.seal] = true
		v.seal(proved)
		return nil
	})
	if errors.Is(err, errLineMalformed) {
		v.find(TextMalformed, lineAt(proofsName, number))
		err = nil
	}
	for _, name := range slices.Sorted(maps.Keys(v.recorded)) {
		if !checked[name] {
			v.find(SealMissing, strings.Replace(name, ".", "/", 1))
		}
	}
	for _, m := range v.bundle.archive.members {
		name, ok := strings.CutPrefix(m.name, sealsFolder)
		extension := path.Ext(name)
		if ok && (!checked[strings.TrimSuffix(name, extension)] || !slices.Contains(sealExtensions, extension)) {
			v.find(FileUnlisted, m.name)
		}
	}
	return err
}

func (v *verification) seal(proved sealProof) {
	where := sealsFolder + proved.seal
	logID, sequence, ok := cutSequence(proved.seal)
	current, known := v.heads[logID]
	if !ok || !known {
		v.find(SealFails, where)
		return
	}
	files := [3][]byte{}
	for i, extension := range sealExtensions {
		text, err := v.bundle.archive.read(where+extension, maxPEM)
		if err != nil {
			v.find(FileAbsent, where+extension)
			return
		}
		files[i] = text
	}
	signed, token, certificates := files[0], files[1], files[2]
	head, err := record.OpenHead(signed, v.ownKey(logID))
	if err != nil || head.LogID != logID || sequence <= head.Size || sequence > current.Size {
		v.find(HeadNotSigned, where+".head")
		return
	}
	if current.CheckConsistency(proved.proof, head.Tree) != nil {
		v.find(ProofFails, where+".head")
	}
	sealed, err := seal.Verify(token, signed, nil)
	if err != nil {
		v.find(SealFails, where+".tst")
		return
	}
	if !bytes.Equal(certificates, pemOf(sealed.Chain)) {
		v.find(SealFails, where+".pem")
	}
	if v.bundle.about.Whole {
		v.compareSeal(proved.seal, signed, token, sealed.At)
	}
	v.report.Seals = append(v.report.Seals, SealReport{LogID: logID, Size: head.Size, At: sealed.At, By: sealed.By})
}

// ownKey checks what the log's own device signed.
func (v *verification) ownKey(logID string) string {
	if key, err := record.VerifierKey(logID, ed25519.PublicKey(v.recordedKeys[logID])); err == nil {
		return key
	}
	return v.keys[logID]
}

// compareSeal holds an enclosed time stamp against the one on record.
func (v *verification) compareSeal(name string, signed, token []byte, sealedAt time.Time) {
	recorded, ok := v.recorded[name]
	at, err := time.Parse(time.RFC3339, recorded.SealedAt)
	if !ok || err != nil || !at.Equal(sealedAt) || recorded.Head != string(signed) || recorded.Token != base64.StdEncoding.EncodeToString(token) {
		v.find(SealMissing, sealsFolder+name)
	}
}

func cutSequence(name string) (logID string, sequence int64, ok bool) {
	at := strings.LastIndex(name, ".")
	if at < 0 {
		return "", 0, false
	}
	sequence, err := strconv.ParseInt(name[at+1:], 10, 64)
	return name[:at], sequence, err == nil && Seal{LogID: name[:at], Sequence: sequence}.name() == name
}
