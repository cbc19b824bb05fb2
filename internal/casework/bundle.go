package casework

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"constancia/internal/bundle"
	"constancia/internal/casefile"
	"constancia/internal/i18n"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
	"constancia/internal/secret"
)

// bundleEdition stands for the edition in the entry that says that a bundle was made.
const bundleEdition = "bundle"

// ExportBundle says what of a case's record to put into a bundle, and where.
type ExportBundle struct {
	CaseID string
	// Entries are the ids of the entries to show; none shows all. Fields are JSON Pointers (RFC 6901) to what to show of
	// them; none shows all fields.
	Entries []string
	Fields  []string
	// Language is that of the enclosed guide.
	Language i18n.Language
	// Out is the file to write. It is written whole or not at all.
	Out       string
	Overwrite bool
	// Passphrase encrypts the bundle, or Recipient does, an age public key. Neither leaves it readable for all.
	Passphrase secret.Text
	Recipient  string
}

// ExportedBundle names the bundle that was made.
type ExportedBundle struct {
	Exported
	// Entries counts the chosen entries, 0 for a whole bundle; Without counts the files that could not be enclosed, since
	// they are missing or damaged.
	Entries int `json:"entries,omitempty"`
	Without int `json:"without"`
}

// ExportBundle makes a bundle of a case's record, or of chosen entries with the proofs that they belong to it, and puts on
// record that it was made. The record is sealed first, when a service was chosen.
//
// Problems: not_found, no_such_field, not_a_recipient, several, misused, file_exists, file_unwritable, disk_full,
// bundle_changed, record_does_not_hold, cancelled.
func (c *Casework) ExportBundle(ctx context.Context, n ExportBundle, progress func(Progress)) (ExportedBundle, error) {
	if _, err := library.Thing[casefile.Case](ctx, c.library, record.KindCase, n.CaseID); err != nil {
		return ExportedBundle{}, err
	}
	recipient, err := recipientOf(n.Passphrase, n.Recipient)
	if err != nil {
		return ExportedBundle{}, err
	}
	if _, err := c.sealForExport(ctx, n.CaseID, progress); err != nil {
		return ExportedBundle{}, err
	}
	report(progress, Progress{What: "gathering"})
	gathered, err := c.gather(ctx, n)
	if err != nil {
		return ExportedBundle{}, err
	}
	made := ExportedBundle{Exported: Exported{Path: n.Out}, Entries: len(gathered.Chosen)}
	options := bundle.Options{Language: string(n.Language), Recipient: recipient, Progress: func(done, total int64) {
		report(progress, Progress{What: "bundling", Done: done, Total: total})
	}}
	for {
		err = c.writeBundle(ctx, n, gathered.Contents, gathered.heads, options, &made)
		if lost := lostContent(err); lost == "" || !gathered.leaveOut(lost) {
			break
		}
	}
	made.Without = len(gathered.Without)
	if err != nil {
		return ExportedBundle{}, err
	}
	return made, nil
}

// writeBundle writes the file, and puts on record that it was made before the file has its name.
func (c *Casework) writeBundle(
	ctx context.Context, n ExportBundle, contents bundle.Contents, heads []record.Head, options bundle.Options, made *ExportedBundle,
) error {
	return writeWhole(n.Out, n.Overwrite, func(w io.Writer) error {
		digest := sha256.New()
		buffered := bufio.NewWriterSize(io.MultiWriter(w, digest), 1<<16)
		counted := &counter{Writer: buffered}
		if err := bundle.Write(ctx, counted, contents, options); err != nil {
			return err
		}
		if err := buffered.Flush(); err != nil {
			return err
		}
		made.SHA256, made.Size = hex.EncodeToString(digest.Sum(nil)), counted.bytes
		return c.record(ctx, n.CaseID, func(o *operation) {
			o.add(record.KindExport, casefile.Export{
				CaseID: n.CaseID, Edition: bundleEdition, Language: string(n.Language), FileName: filepath.Base(n.Out),
				SHA256: made.SHA256, Size: made.Size, Fingerprint: library.Fingerprint(heads), Heads: library.LogHeads(heads),
			})
		})
	})
}

// recipientOf is for whom a bundle is encrypted; nil for everybody.
func recipientOf(passphrase secret.Text, key string) (age.Recipient, error) {
	switch {
	case !passphrase.Empty():
		return age.NewScryptRecipient(passphrase.Reveal())
	case key == "":
		return nil, nil
	}
	recipients, err := age.ParseRecipients(strings.NewReader(key))
	if err != nil || len(recipients) != 1 {
		return nil, problem.Wrap(err, problem.NotARecipient, nil) // it may be the secret key
	}
	return recipients[0], nil
}

// lostContent is the SHA-256 of a file that could not be read because it is gone or damaged; empty for another error.
func lostContent(err error) string {
	lost, ok := errors.AsType[*problem.Problem](err)
	if !ok || lost.Code != problem.ContentMissing && lost.Code != problem.ContentDamaged {
		return ""
	}
	return lost.Values["sha256"]
}
