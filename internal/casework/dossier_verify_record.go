package casework

import (
	"context"
	"crypto/x509"
	"encoding/base64"
	"io"
	"slices"
	"time"

	"constancia/internal/dossier/proof"
	"constancia/internal/dossier/seal"
	"constancia/internal/library"
	"constancia/internal/record"
)

// What verifying can find wrong with the proof of the record in a dossier. Where is the log.
const (
	// DossierRecordUnreadable: the proof is not one.
	DossierRecordUnreadable record.What = "dossier_record_unreadable"
	// DossierFingerprintDiffers: no page shows the fingerprint of the proof's heads.
	DossierFingerprintDiffers record.What = "dossier_fingerprint_differs"
	// DossierHeadFails: a head is not signed by the key beside it.
	DossierHeadFails record.What = "dossier_head_fails"
	// DossierRecordStampFails: a time stamp is not one for a head that the log goes on from.
	DossierRecordStampFails record.What = "dossier_record_stamp_fails"
	// DossierRecordContradicts: the library's log does not begin with the entries that the dossier was made from.
	DossierRecordContradicts record.What = "dossier_record_contradicts"
	// DossierRecordRolledBack: the log that this computer writes has fewer entries than the dossier was made from.
	DossierRecordRolledBack record.What = "dossier_record_rolled_back"
	// DossierKeyUnknown: the key that signed a head is of no computer that the library knows from the case.
	DossierKeyUnknown record.What = "dossier_key_unknown"
)

// DossierRecord is what a dossier's file proves of the record that it was made from.
type DossierRecord struct {
	// Fingerprint is that of the case's record, as the dossier prints it.
	Fingerprint string       `json:"fingerprint"`
	Logs        []DossierLog `json:"logs"`
	// Compared says that it was held against the library's record of the same case.
	Compared bool `json:"compared"`
	// Behind says that the library lacks entries of other computers that the dossier was made from: they have not been
	// brought here yet, which is nothing wrong.
	Behind bool `json:"behind"`
}

// DossierLog is what one computer had recorded of the case when the dossier was made.
type DossierLog struct {
	LogID   string `json:"log"`
	Entries int64  `json:"entries"`
	// Key is the public key that signed its head, 32 bytes in base64 (Ed25519): that of the computer.
	Key   string        `json:"key"`
	Seals []DossierSeal `json:"seals"`
	// Now is what the library's log is to it; empty when it was not compared, or is not there.
	Now record.Relation `json:"now,omitempty"`
	// Since counts the entries that the library's log has beyond it.
	Since int64 `json:"since"`
}

// DossierSeal is a time stamp of a log's first entries that holds.
type DossierSeal struct {
	Entries int64  `json:"entries"`
	At      string `json:"at"` // RFC 3339 in UTC
	By      string `json:"by"` // the name in the service's certificate
	Trusted bool   `json:"trusted"`
}

// maxProof is larger than any proof of a record that this program writes, in bytes.
const maxProof = 64 << 20

// verifyRecord judges the proof of the record in a dossier's file; logs is nil for a file without one.
func (v *VerifiedDossier) verifyRecord(ctx context.Context, file io.ReaderAt, roots *x509.CertPool) (logs []proof.Log, err error) {
	text, err := seal.Embedded(ctx, file, v.Size, proof.FileName, maxProof)
	if err != nil || text == nil {
		return nil, err
	}
	if logs, err = proof.Read(text); err != nil {
		v.found(DossierRecordUnreadable, proof.FileName)
		return nil, nil //nolint:nilerr // it is a finding
	}
	v.Record = &DossierRecord{Fingerprint: proof.Fingerprint(logs), Logs: []DossierLog{}}
	printed, err := seal.Prints(ctx, file, v.Size, v.Record.Fingerprint)
	if err != nil {
		return nil, err
	}
	if !printed {
		v.found(DossierFingerprintDiffers, v.Record.Fingerprint)
	}
	for _, log := range logs {
		one := DossierLog{LogID: log.Head.LogID, Entries: log.Head.Size, Key: base64.StdEncoding.EncodeToString(log.Key), Seals: []DossierSeal{}}
		if log.CheckSignature() != nil {
			v.found(DossierHeadFails, one.LogID)
		}
		for _, stamp := range log.Seals {
			sealed, entries, err := log.CheckSeal(stamp, roots)
			if err != nil {
				v.found(DossierRecordStampFails, one.LogID)
				continue
			}
			one.Seals = append(one.Seals, DossierSeal{entries, sealed.At.Format(time.RFC3339Nano), sealed.By, sealed.Rooted})
		}
		v.Record.Logs = append(v.Record.Logs, one)
	}
	return logs, nil
}

func (v *VerifiedDossier) found(what record.What, where string) {
	v.Problems = append(v.Problems, record.Finding{What: what, Where: where})
	v.Holds = false
}

// VerifyDossier is [VerifyDossier], and holds the dossier's record against the library's: whether that one still goes on
// from what the dossier was made from. A case that the library does not have is not compared.
func (c *Casework) VerifyDossier(ctx context.Context, path string) (VerifiedDossier, error) {
	verified, logs, err := verifyDossier(ctx, path)
	if err != nil || len(logs) == 0 {
		return verified, err
	}
	all, err := c.library.Logs(ctx, "")
	if err != nil {
		return VerifiedDossier{}, err
	}
	here := map[string]library.Log{}
	for _, log := range all {
		if slices.ContainsFunc(logs, func(one proof.Log) bool { return one.Head.LogID == log.ID }) {
			here[log.ID] = log
		}
	}
	if len(here) == 0 {
		return verified, nil
	}
	verified.Record.Compared = true
	for i, log := range logs {
		if err := c.compareLog(ctx, &verified, i, log.Head, here); err != nil {
			return VerifiedDossier{}, err
		}
	}
	if verified.Record.Behind {
		return verified, nil // whose key it is may stand in what is not here
	}
	for _, log := range logs {
		caseID := here[log.Head.LogID].CaseID
		isOfTheCase := func(one library.Log) bool { return one.CaseID == caseID && one.Key.Equal(log.Key) }
		if !slices.ContainsFunc(all, isOfTheCase) {
			verified.found(DossierKeyUnknown, log.Head.LogID)
		}
	}
	return verified, nil
}

// compareLog says what the library's log is to the dossier's head of it.
func (c *Casework) compareLog(ctx context.Context, verified *VerifiedDossier, place int, head record.Head, here map[string]library.Log) error {
	known, isHere := here[head.LogID]
	if !isHere {
		verified.Record.Behind = true
		return nil
	}
	return c.library.ReadHashes(ctx, head.LogID, func(size int64, hashes record.HashReader) (err error) {
		log := &verified.Record.Logs[place]
		if log.Now, err = record.JudgeGrown(head.Tree, size, hashes); err != nil {
			return err
		}
		switch {
		case log.Now == record.Contradicts:
			verified.found(DossierRecordContradicts, head.LogID)
		case log.Now == record.RolledBack && known.Own:
			verified.found(DossierRecordRolledBack, head.LogID)
		case log.Now == record.RolledBack:
			verified.Record.Behind = true
		default:
			log.Since = size - head.Size
		}
		return nil
	})
}
