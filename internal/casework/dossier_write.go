package casework

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"time"

	"constancia/internal/dossier/pdf"
	"constancia/internal/dossier/seal"
	"constancia/internal/problem"
	timeseal "constancia/internal/seal"
)

// writeDossier writes the finished file, has it stamped when a service was chosen, and reads it back: what is told of it
// is what stands on the disk.
func (c *Casework) writeDossier(ctx context.Context, file *os.File, made compiledDossier, exported *Exported) error {
	if err := finishDossier(ctx, file, made); err != nil {
		return err
	}
	return c.stampAndReadBack(ctx, file, exported)
}

// stampAndReadBack has a finished file stamped when a service was chosen, and reads back what stands on the disk.
func (c *Casework) stampAndReadBack(ctx context.Context, file *os.File, exported *Exported) error {
	if exported.Unstamped == nil { // a service that has just failed is not asked again
		if err := c.stampFile(ctx, file, exportPatience, exported); err != nil {
			return err
		}
	}
	return readBack(ctx, file, exported)
}

// finishDossier draws the pages and writes the finished file.
func finishDossier(ctx context.Context, w io.Writer, made compiledDossier) error {
	var pages bytes.Buffer
	drawn, err := pdf.Write(ctx, &pages, made.model, pdf.Options{Open: made.open, Apart: true})
	if err != nil {
		return err
	}
	buffered := bufio.NewWriterSize(w, 1<<16)
	o := drawn.Options
	o.Files = made.files
	if err := seal.Finish(ctx, buffered, pages.Bytes(), o); err != nil {
		return err
	}
	return buffered.Flush()
}

// stampFile adds a time stamp of the chosen service to a finished file. What keeps it from one is told, and is no failure:
// the file can be stamped later.
func (c *Casework) stampFile(ctx context.Context, file *os.File, patience time.Duration, exported *Exported) error {
	service, err := c.SealService(ctx)
	if err != nil || service == "" {
		return err
	}
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	asking, stop := context.WithTimeout(ctx, patience)
	defer stop()
	revision, err := seal.Stamp(ctx, file, size, func(hash [sha256.Size]byte) ([]byte, error) {
		answer, err := timeseal.RequestForHash(asking, nil, service, hash, c.random)
		if err == nil {
			exported.StampedAt, exported.StampedBy = answer.At.Format(time.RFC3339Nano), answer.By
		}
		return answer.Token, err
	})
	if exported.Unstamped = ofTheService(err); exported.Unstamped != nil {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = file.Write(revision)
	return err
}

// readBack holds a written file against its own hashes, and tells its SHA-256 and size.
//
// Problems: dossier_does_not_hold.
func readBack(ctx context.Context, file *os.File, exported *Exported) error {
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	found, err := seal.Verify(ctx, file, size, nil)
	if err != nil {
		return err
	}
	if !found.Holds() {
		return problem.New(problem.DossierDoesNotHold, problem.Values{"count": fmt.Sprint(len(found.Findings))})
	}
	exported.SHA256, exported.Size = found.SHA256, size
	return nil
}
