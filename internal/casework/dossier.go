package casework

import (
	"cmp"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/proof"
	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// ExportDossier says which dossier of a case to make, and where.
type ExportDossier struct {
	CaseID   string
	Edition  dossier.Edition // empty: head-office
	Language i18n.Language
	// Out is the file to write. It is written whole or not at all.
	Out       string
	Overwrite bool
	// Addressee is to whom it goes: the id of one of package addressee, or a name. A regulator's edition begins with the
	// filing sheet of the addressee, without one of the first of the case's place. Filing is what the sheet says besides.
	Addressee string
	Filing    dossier.FilingDetails
	// Anyway makes it though the addressee asks for more than is there.
	Anyway bool
	// Budget is how large the file may get, in bytes: what does not fit is named by its hash. 0 is [DossierBudget].
	Budget int64
	// Period is the time of which it tells, and Sections are those that it has; none means all.
	Period   Period
	Sections []dossier.Section
	// CoverNote is a covering letter, paragraphs between empty lines; CoverFirst puts it before all else, else it stands
	// behind the first page. WithSignature draws the kept picture of the person's signature on it and on the filing sheet.
	CoverNote     string
	CoverFirst    bool
	WithSignature bool
	// Light has it made with small pictures, and without originals.
	Light bool
}

// Period is from a day to a day, both counted, as YYYY-MM-DD; an empty day leaves that side open.
type Period = dossier.Period

// Exported names the dossier that was made.
type Exported struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"` // bytes
	// StampedAt and StampedBy are the time and the name of the service that stamped the file, RFC 3339 in UTC; empty
	// without a stamp.
	StampedAt string `json:"stamped_at,omitempty"`
	StampedBy string `json:"stamped_by,omitempty"`
	// SignedBy is whose certificate the file was signed with; empty without a signature.
	SignedBy string `json:"signed_by,omitempty"`
	// Addressee is to whom it goes.
	Addressee Addressed `json:"addressee"`
	// Unstamped is what kept the chosen service from it: the file can be stamped later.
	Unstamped *problem.Problem `json:"-"`
}

// ExportDossier makes a dossier of a case, and puts on record that it was made and what its hash is. A picture that is
// damaged or gone is not shown, and the dossier says so. When a service was chosen, the record is sealed first, and the
// file is stamped last. It is read back before it gets its name.
//
// Problems: not_found, not_a_choice, not_a_date, period_backwards, text_too_long, signature_missing, filing_incomplete,
// file_exists, file_unwritable, disk_full, dossier_does_not_hold, cancelled.
func (c *Casework) ExportDossier(ctx context.Context, n ExportDossier, progress func(Progress)) (Exported, error) {
	unstamped, err := c.sealForExport(ctx, n.CaseID, progress)
	if err != nil {
		return Exported{}, err
	}
	made, err := c.compileDossier(ctx, n, true, progress)
	if err != nil {
		return Exported{}, err
	}
	exported := Exported{Unstamped: unstamped, Addressee: made.addressed}
	err = writeAndReadBack(n.Out, n.Overwrite, func(file *os.File) error {
		if err := c.writeDossier(ctx, file, made, &exported); err != nil {
			return err
		}
		exported.Path = n.Out
		// On record before the file has its name: no dossier is about that the record does not know.
		return c.record(ctx, n.CaseID, func(o *operation) {
			o.add(record.KindExport, casefile.Export{
				CaseID: n.CaseID, Edition: string(made.model.Edition), Language: string(n.Language), FileName: filepath.Base(n.Out),
				SHA256: exported.SHA256, Size: exported.Size, Fingerprint: made.model.RecordFingerprint,
				Heads: made.heads, Addressee: made.addressed.Name, StampedAt: exported.StampedAt, StampedBy: exported.StampedBy,
			})
		})
	})
	if err != nil {
		return Exported{}, err
	}
	return exported, nil
}

// compiledDossier is a dossier that is ready to be drawn.
type compiledDossier struct {
	model dossier.Dossier
	// open gives the bytes of its exhibits, by their hash.
	open func(sha256 string) (io.ReadCloser, error)
	// files are the originals to embed.
	files []seal.File
	// heads are those of the logs that it was made from.
	heads []casefile.LogHead
	// addressed is to whom it goes.
	addressed Addressed
}

// compileDossier makes the model of a dossier as the record stands, and chooses the originals to embed. With proved the
// proof of the record is among the files to embed.
func (c *Casework) compileDossier(ctx context.Context, n ExportDossier, proved bool, progress func(Progress)) (made compiledDossier, err error) {
	report(progress, Progress{What: "gathering"})
	file, heads, signed, err := c.caseWithHeads(ctx, n.CaseID, proved)
	if err != nil {
		return made, err
	}
	logs, err := c.sealedLogs(ctx, n.CaseID, heads)
	if err != nil {
		return made, err
	}
	signatures, err := c.signatureSentences(ctx, file, n.Language)
	if err != nil {
		return made, err
	}
	exports, err := library.Things[casefile.Export](ctx, c.library, record.KindExport, n.CaseID)
	if err != nil {
		return made, err
	}
	options := dossier.Options{
		Exports: int64(len(exports)),
		Edition: cmp.Or(n.Edition, dossier.HeadOffice), Language: n.Language, GeneratedAt: c.Now(), Program: Program,
		RecordFingerprint: library.Fingerprint(heads), Logs: logs, Signatures: signatures,
		Period: n.Period, Sections: n.Sections, Light: n.Light,
	}
	if made.addressed, err = c.address(ctx, n, &options, file); err != nil {
		return made, err
	}
	if options.Cover, err = c.cover(ctx, n); err != nil {
		return made, err
	}
	made.open = c.opener(ctx)
	if options.Edition == dossier.Press {
		if options.Press, err = c.pressPlan(ctx, file, n.CoverNote, n.Language); err != nil {
			return made, err
		}
		made.open = pressOpener(made.open, options.Press)
	}
	if made.model, err = dossier.Compile(file, options); err != nil {
		return made, err
	}
	made.heads = library.LogHeads(heads)
	if made.files, err = c.originals(ctx, &made.model, n.Budget); err != nil {
		return made, err
	}
	made.model.Integrity.Proof, made.model.Integrity.ProofStamped = proof.FileName, made.model.Sealed != ""
	if proved {
		file, stamped, err := c.recordProof(ctx, n.CaseID, signed, n.Language)
		if err != nil {
			return made, err
		}
		made.model.Integrity.ProofStamped = stamped
		made.files = append(made.files, file)
	}
	report(progress, Progress{What: "drawing"})
	return made, nil
}

// sealedLogs are the logs of heads, each with the last time stamp that its head goes on from.
func (c *Casework) sealedLogs(ctx context.Context, caseID string, heads []record.Head) ([]dossier.Log, error) {
	seals, err := library.Things[casefile.Seal](ctx, c.library, record.KindSeal, caseID)
	if err != nil {
		return nil, err
	}
	logs := make([]dossier.Log, len(heads))
	for i, head := range library.LogHeads(heads) {
		logs[i].LogHead = head
		for _, seal := range seals {
			size := sealedSize(seal)
			at, err := time.Parse(time.RFC3339, seal.Value.SealedAt)
			if err == nil && seal.Entry.LogID == head.LogID && size > logs[i].Sealed && size <= head.Size {
				logs[i].Sealed, logs[i].SealedAt, logs[i].Service = size, at, seal.Value.Service
			}
		}
	}
	return logs, nil
}

// sealedSize is how many entries of its own log a seal covers; 0 when that can't be read.
func sealedSize(seal casefile.Recorded[casefile.Seal]) int64 {
	text, _, _ := strings.Cut(seal.Value.Head, "\n\n")
	head, err := record.ParseHeadText(text + "\n")
	if err != nil || head.LogID != seal.Entry.LogID {
		return 0
	}
	return head.Size
}
