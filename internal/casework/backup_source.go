package casework

import (
	"context"
	"errors"
	"io"

	"constancia/internal/backup"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// librarySource gives a backup what it is made from. The library is held open meanwhile, so nothing is erased from it.
type librarySource struct{ library *library.Library }

// Logs fixes each log at its present head: entries that come later are left for the next backup.
func (s librarySource) Logs(ctx context.Context) ([]backup.Log, error) {
	logs, err := s.library.Logs(ctx, "")
	if err != nil {
		return nil, err
	}
	all := make([]backup.Log, 0, len(logs))
	for _, log := range logs {
		fixed, err := s.fix(ctx, log)
		if err != nil {
			return nil, err
		}
		all = append(all, fixed)
	}
	return all, nil
}

func (s librarySource) fix(ctx context.Context, log library.Log) (backup.Log, error) {
	fixed := backup.Log{ID: log.ID, DeviceID: log.DeviceID, CaseID: log.CaseID, LastRecordedAt: log.Last}
	head, signed, err := s.library.SignedHead(ctx, log.ID)
	switch {
	case errors.Is(err, problem.New(problem.NotFound, nil)) || err == nil && head.Size < log.Size:
		// Nobody can sign it here: its device's key is gone, or it is of the time before there were keys.
		fixed.Tree, err = s.TreeAt(ctx, log.ID, log.Size)
		return fixed, err
	case err != nil:
		return backup.Log{}, err
	}
	fixed.Tree, fixed.SignedHead = head.Tree, string(signed)
	fixed.VerifierKey, err = record.VerifierKey(log.ID, log.Key)
	return fixed, err
}

func (s librarySource) TreeAt(ctx context.Context, logID string, size int64) (tree record.Tree, err error) {
	err = s.library.ReadHashes(ctx, logID, func(_ int64, hashes record.HashReader) error {
		tree, err = record.TreeOf(size, hashes)
		return err
	})
	return tree, err
}

func (s librarySource) Entries(ctx context.Context, logID string, after, last int64, visit func(backup.Entry) error) error {
	return s.library.EntriesWithKeys(ctx, logID, after, last, func(stored record.Stored, key [32]byte) error {
		return visit(backup.Entry{Stored: stored, Key: key})
	})
}

func (s librarySource) Erased(ctx context.Context, visit func(string) error) error {
	ids, err := s.library.ErasedEntries(ctx)
	for _, id := range ids {
		if err := visit(id); err != nil {
			return err
		}
	}
	return err
}

func (s librarySource) Contents(ctx context.Context) ([]string, error) {
	return s.library.NamedContents(ctx)
}

func (s librarySource) OpenContent(ctx context.Context, sum string) (io.ReadCloser, error) {
	return s.library.OpenContent(ctx, sum)
}
