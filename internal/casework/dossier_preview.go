package casework

import (
	"context"
	"io"
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
