package casework

import (
	"context"
	"io"
	"strings"

	"constancia/internal/dossier"
	"constancia/internal/problem"
)

// longestLetter is what a covering letter may have, in characters: two pages.
const longestLetter = 6000

// cover is the covering letter of a dossier and the person's signature, as far as they are wanted.
//
// Problems: text_too_long, signature_missing.
func (c *Casework) cover(ctx context.Context, n ExportDossier) (dossier.Cover, error) {
	var o operation
	cover := dossier.Cover{Text: o.bounded("cover_note", o.text("cover_note", n.CoverNote), longestLetter), First: n.CoverFirst}
	if err := o.wrongs(); err != nil || !n.WithSignature {
		return cover, err
	}
	signature, err := c.SignatureImage(ctx)
	if err == nil && signature == nil {
		err = problem.New(problem.SignatureMissing, nil)
	}
	cover.Signature = signature
	return cover, err
}

// longestLetterFile is larger than any letter that is taken, in bytes.
const longestLetterFile = 1 << 18

// ReadCoverNote reads a covering letter from a file of plain text.
//
// Problems: file_not_found, file_unreadable.
func ReadCoverNote(path string) (string, error) {
	file, err := openFile(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(file, longestLetterFile))
	if err != nil {
		return "", problem.Wrap(err, problem.FileUnreadable, problem.Values{"path": path})
	}
	return strings.TrimPrefix(string(data), "\ufeff"), nil
}
