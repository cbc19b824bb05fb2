package casework

import (
	"context"
	"path/filepath"

	"constancia/internal/casefile"
	"constancia/internal/mail/files"
)

// ImportFiles takes the messages into a case that a mail program saved: .eml, .emlx and mbox files, packed with gzip or
// not, Takeout archives, and folders of all these. A file that can't be taken is counted as failed and does not stop the
// others; what is no mail in a folder or an archive is passed over and named; what the case has is not taken twice.
//
// Its progress goes by the bytes of the files (importing) and then by messages (reading).
//
// Problems: not_found, disk_full, cancelled.
func (c *Casework) ImportFiles(ctx context.Context, caseID string, paths []string, progress func(Progress)) (ImportResult, error) {
	return c.ImportFromFiles(ctx, FilesImport{CaseID: caseID, Paths: paths}, progress)
}

// sourceOfFile is the provenance of a message of a file.
func sourceOfFile(file files.File) casefile.MessageSource {
	place := file.Place()
	return casefile.MessageSource{
		Kind: "file", FileName: filepath.Base(file.Name), Form: string(place.Form), Member: place.Member, Gzip: place.Gzip,
		Position: place.Position, Offset: place.Offset, Unquoted: place.Unquoted, Labels: place.Labels,
	}
}
