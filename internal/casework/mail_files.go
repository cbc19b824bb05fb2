package casework

import (
	"context"
	"path/filepath"

	"constancia/internal/casefile"
	"constancia/internal/mail/files"
)

// ImportFiles takes the messages of .eml and .mbox files, and of folders of them, into a case. A file that can't be
// taken is counted as failed and does not stop the others; what the case has is not taken twice.
//
// Problems: not_found, disk_full, cancelled.
func (c *Casework) ImportFiles(ctx context.Context, caseID string, paths []string, progress func(Progress)) (ImportResult, error) {
	in := c.newIntake(caseID)
	if _, err := c.library.CaseFileWithoutMail(ctx, caseID); err != nil {
		return in.result, err
	}
	var done int64
	take := func(file files.File) error {
		report(progress, Progress{What: "fetching", Done: done})
		done++
		return in.add(ctx, file.Body, casefile.MessageSource{
			Kind: "file", FileName: filepath.Base(file.Name), Position: file.Position})
	}
	err := files.Walk(ctx, paths, files.Receiver{Message: take, Failed: in.fail})
	return in.finish(ctx, err, progress)
}
