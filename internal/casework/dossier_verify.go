package casework

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dossier/proof"
	"constancia/internal/dossier/seal"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// VerifiedDossier says whether a dossier's file holds, and by whose word.
type VerifiedDossier struct {
	Holds    bool             `json:"holds"`
	Problems []record.Finding `json:"problems"`
	SHA256   string           `json:"sha256"`
	Size     int64            `json:"size"` // bytes
	// Files are the embedded files that are those of its list.
	Files []seal.VerifiedFile `json:"files"`
	// Stamps are the time stamps that hold, the first one first.
	Stamps []DossierStamp `json:"stamps"`
	// Signatures are those that hold.
	Signatures []DossierSignature `json:"signatures"`
	// Record is what the file proves of the record; nil without a proof in it.
	Record *DossierRecord `json:"record"`
}

// DossierStamp is a time stamp in a dossier's file.
type DossierStamp struct {
	At string `json:"at"` // RFC 3339 in UTC
	By string `json:"by"` // the name in the service's certificate
	// Trusted says that the certificate leads to a root that this computer trusts.
	Trusted bool `json:"trusted"`
	// Covers is how many of the file's first bytes it covers; later ones are further seals.
	Covers int64 `json:"covers"`
}

// DossierSignature is a person's signature in a dossier's file.
type DossierSignature struct {
	By      string `json:"by"`
	Trusted bool   `json:"trusted"`
	// StampedAt and StampedBy are those of the time stamp on the signature; empty without one.
	StampedAt string `json:"stamped_at,omitempty"`
	StampedBy string `json:"stamped_by,omitempty"`
	Covers    int64  `json:"covers"`
}

// VerifyDossier holds a dossier's file against its own hashes, the files in it against their list, and judges its seals
// and its proof of the record. It needs no library; see [Casework.VerifyDossier].
//
// Problems: file_not_found, file_unreadable, not_a_dossier, cancelled.
func VerifyDossier(ctx context.Context, path string) (VerifiedDossier, error) {
	verified, _, err := verifyDossier(ctx, path)
	return verified, err
}

func verifyDossier(ctx context.Context, path string) (VerifiedDossier, []proof.Log, error) {
	file, size, err := openDossier(path)
	if err != nil {
		return VerifiedDossier{}, nil, err
	}
	defer func() { _ = file.Close() }() // it was only read
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = nil // none is known, so none is trusted
	}
	found, err := seal.Verify(ctx, file, size, roots)
	if err != nil {
		return VerifiedDossier{}, nil, ofDossier(err, path)
	}
	sum, err := sumOf(file, size)
	if err != nil {
		return VerifiedDossier{}, nil, ofDossier(err, path)
	}
	verified := VerifiedDossier{
		Holds: found.Holds(), Problems: []record.Finding{}, SHA256: sum, Size: size,
		Files: append([]seal.VerifiedFile{}, found.Files...), Stamps: []DossierStamp{}, Signatures: []DossierSignature{},
	}
	for _, one := range found.Findings {
		verified.Problems = append(verified.Problems, record.Finding{What: record.What(one.What), Where: one.Name})
	}
	for _, stamp := range found.Stamps {
		verified.Stamps = append(verified.Stamps, DossierStamp{stamp.At.Format(time.RFC3339Nano), stamp.By, stamp.Rooted, stamp.Covers})
	}
	for _, signature := range found.Signatures {
		one := DossierSignature{By: signature.By, Trusted: signature.Rooted, Covers: signature.Covers}
		if signature.Stamped != nil {
			one.StampedAt, one.StampedBy = signature.Stamped.At.Format(time.RFC3339Nano), signature.Stamped.By
		}
		verified.Signatures = append(verified.Signatures, one)
	}
	if !found.Holds() {
		return verified, nil, nil // what is in it says nothing any more
	}
	logs, err := verified.verifyRecord(ctx, file, roots)
	return verified, logs, ofDossier(err, path)
}

func openDossier(path string) (*os.File, int64, error) {
	file, err := openFile(path)
	if err != nil {
		return nil, 0, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, 0, errors.Join(ofDossier(err, path), file.Close())
	}
	return file, info.Size(), nil
}

func ofDossier(err error, path string) error {
	switch {
	case errors.Is(err, seal.ErrNotFinished):
		return problem.Wrap(err, problem.NotADossier, problem.Values{"path": path})
	case errors.Is(err, context.Canceled):
		return problem.Wrap(err, problem.Cancelled, nil)
	}
	if _, known := errors.AsType[*problem.Problem](err); known || err == nil {
		return err
	}
	return problem.Wrap(err, problem.FileUnreadable, problem.Values{"path": path})
}

func sumOf(file io.ReaderAt, size int64) (string, error) {
	digest := sha256.New()
	_, err := io.Copy(digest, io.NewSectionReader(file, 0, size))
	return hex.EncodeToString(digest.Sum(nil)), err
}

// StampDossier has the chosen service stamp a dossier's file, which holds, and puts the file's new hash on record when the
// old one is. The file as it was stays as it is, at the front of the new one.
//
// Problems: seal_service_missing, seal_service_unreachable, seal_service_refused, seal_service_odd, file_not_found,
// file_unreadable, file_unwritable, disk_full, not_a_dossier, dossier_does_not_hold, cancelled.
func (c *Casework) StampDossier(ctx context.Context, path string, progress func(Progress)) (Exported, error) {
	service, err := c.SealService(ctx)
	if err != nil {
		return Exported{}, err
	}
	if service == "" {
		return Exported{}, problem.New(problem.SealServiceMissing, problem.Values{"choices": sealChoices()})
	}
	return c.sealAgain(ctx, path, progress, func(file *os.File, _ int64, exported *Exported) error {
		if err := c.stampFile(ctx, file, stampPatience, exported); err != nil || exported.Unstamped == nil {
			return err
		}
		return exported.Unstamped
	})
}

// sealAgain replaces a dossier's file, which holds, by one with a seal added.
func (c *Casework) sealAgain(
	ctx context.Context, path string, progress func(Progress), add func(file *os.File, size int64, exported *Exported) error,
) (Exported, error) {
	report(progress, Progress{What: "sealing"})
	from, size, err := openDossier(path)
	if err != nil {
		return Exported{}, err
	}
	defer func() { _ = from.Close() }() // it was only read, and may have been closed
	var before Exported
	if err := readBack(ctx, from, &before); err != nil {
		return Exported{}, ofDossier(err, path)
	}
	known, err := c.exportOf(ctx, before.SHA256)
	if err != nil {
		return Exported{}, err
	}
	exported := Exported{Path: path}
	err = writeAndReadBack(path, true, func(file *os.File) error {
		_, err := io.Copy(file, io.NewSectionReader(from, 0, size))
		if err := errors.Join(err, from.Close()); err != nil { // some systems replace no file that is open
			return err
		}
		if err := add(file, size, &exported); err != nil {
			return err
		}
		if err := readBack(ctx, file, &exported); err != nil || known == nil {
			return err
		}
		again := *known
		again.ID, again.FileName, again.SHA256, again.Size = "", filepath.Base(path), exported.SHA256, exported.Size
		again.SignedBy = cmp.Or(exported.SignedBy, again.SignedBy)
		if exported.StampedAt != "" {
			again.StampedAt, again.StampedBy = exported.StampedAt, exported.StampedBy
		}
		return c.record(ctx, again.CaseID, func(o *operation) { o.add(record.KindExport, again) })
	})
	if err != nil {
		return Exported{}, err
	}
	return exported, nil
}

// stampPatience is how long a service may take to stamp when the person waits for just that.
const stampPatience = 30 * time.Second

// exportOf finds what is on record about a file that left; nil when nothing is.
func (c *Casework) exportOf(ctx context.Context, sum string) (*casefile.Export, error) {
	var found *casefile.Export
	err := c.library.EntriesOf(ctx, record.KindExport, func(stored record.Stored) error {
		var export casefile.Export
		if len(stored.Payload) > 0 && record.Decode(stored.Payload, &export) == nil && export.SHA256 == sum {
			found = &export
		}
		return ctx.Err()
	})
	return found, err
}
