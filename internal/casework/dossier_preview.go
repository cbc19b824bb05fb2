package casework

import (
	"context"
	"io"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/record"
)

// PreviewDossier writes the dossier that ExportDossier would make now, but without the originals: it is only looked at. It
// tells about how large the saved file will be, in bytes. Nothing is sealed, and nothing put on record; Out and Overwrite are
// not looked at.
//
// Problems: not_found, cancelled.
func (c *Casework) PreviewDossier(ctx context.Context, n ExportDossier, w io.Writer, progress func(Progress)) (size int64, err error) {
	made, err := c.compileDossier(ctx, n, false, progress)
	if err != nil {
		return 0, err
	}
	for _, original := range made.files {
		size += original.Size
	}
	made.files = nil
	counted := &counter{Writer: w}
	err = finishDossier(ctx, counted, made)
	return size + counted.bytes, err
}

// Exports lists the dossiers and bundles that were made of a case, oldest first.
//
// Problem: not_found.
func (c *Casework) Exports(ctx context.Context, caseID string) ([]casefile.Recorded[casefile.Export], error) {
	if err := c.library.RequireCase(ctx, caseID); err != nil {
		return nil, err
	}
	return library.Things[casefile.Export](ctx, c.library, record.KindExport, caseID)
}
