package casework

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"slices"

	"constancia/internal/casefile"
	"constancia/internal/dossier/proof"
	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
	"constancia/internal/library"
	"constancia/internal/record"
)

// caseWithHeads gives everything recorded about a case and the heads of its logs; with sign also signed. For that the
// record may have to say first which device writes here, so both are read until they are of one moment.
func (c *Casework) caseWithHeads(ctx context.Context, caseID string, sign bool) (
	file casefile.CaseFile, heads []record.Head, signed []library.SignedHead, err error,
) {
	for {
		if sign {
			if signed, err = c.library.SignedHeads(ctx, caseID); err != nil {
				return file, nil, nil, err
			}
		}
		file, heads, err = c.library.CaseFileWithHeads(ctx, caseID)
		same := slices.EqualFunc(heads, signed, func(head record.Head, signed library.SignedHead) bool { return head == signed.Head })
		if err != nil || !sign || same {
			return file, heads, signed, err
		}
	}
}

// recordProof is the text that proves to the reader of a dossier from which record it was made. It tells whether that holds
// time stamps.
func (c *Casework) recordProof(
	ctx context.Context, caseID string, heads []library.SignedHead, language i18n.Language,
) (file seal.File, stamped bool, err error) {
	seals, err := library.Things[casefile.Seal](ctx, c.library, record.KindSeal, caseID)
	if err != nil {
		return file, false, err
	}
	logs := make([]proof.Log, len(heads))
	for i, head := range heads {
		if logs[i], err = proof.NewLog(head.Signed, head.VerifierKey); err != nil {
			return file, false, err
		}
		if logs[i].Seals, err = c.proofSeals(ctx, logs[i], seals); err != nil {
			return file, false, err
		}
		stamped = stamped || len(logs[i].Seals) > 0
	}
	words := i18n.For(language)
	text, err := proof.Write(logs, words)
	if err != nil {
		return file, false, err
	}
	sum := sha256.Sum256(text)
	file = seal.File{
		Name: proof.FileName, Description: words.Text("dossier.proof.is"), MediaType: "text/plain", Size: int64(len(text)),
		SHA256: hex.EncodeToString(sum[:]),
		Open:   func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil },
		Data:   true,
	}
	return file, stamped, nil
}

// proofSeals are the time stamps of a log's earlier heads that hold, the last one of each month.
func (c *Casework) proofSeals(ctx context.Context, log proof.Log, seals []casefile.Recorded[casefile.Seal]) ([]proof.Seal, error) {
	const month = len("2006-01")
	last := map[string]int{}
	var chosen []proof.Seal
	ordered := slices.SortedFunc(slices.Values(seals), func(a, b casefile.Recorded[casefile.Seal]) int {
		return cmp.Compare(sealedSize(a), sealedSize(b))
	})
	for _, one := range ordered {
		size := sealedSize(one)
		token, err := base64.StdEncoding.DecodeString(one.Value.Token)
		if one.Entry.LogID != log.Head.LogID || size == 0 || size > log.Head.Size || len(one.Value.SealedAt) < month || err != nil {
			continue
		}
		sealed := proof.Seal{Signed: []byte(one.Value.Head), Token: token, Service: one.Value.Service}
		if sealed.Proof, err = record.ProveConsistency(size, log.Head.Size, logHashes{ctx, c.library, log.Head.LogID}); err != nil {
			return nil, err
		}
		if _, _, err := log.CheckSeal(sealed, nil); err != nil {
			continue // record verify says so
		}
		if place, has := last[one.Value.SealedAt[:month]]; has {
			chosen[place] = sealed
			continue
		}
		last[one.Value.SealedAt[:month]] = len(chosen)
		chosen = append(chosen, sealed)
	}
	return chosen, nil
}
