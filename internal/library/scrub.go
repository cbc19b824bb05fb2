package library

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"

	"constancia/internal/problem"
)

// scrub takes away what SQLite leaves of deleted rows. Its secure_delete overwrites a row where it lies, but not the
// copies that stay behind in the unused part of a page when rows move to other pages. It leaves the write-ahead log
// empty. Nobody else may use the file.
func scrub(ctx context.Context, path string) error {
	database, err := openDatabase(ctx, path, scrubbing)
	if err != nil {
		return err
	}
	defer func() { _ = database.Close() }()
	if err := scrubPages(ctx, database); err != nil {
		return fmt.Errorf("failed to scrub %s: %w", path, err)
	}
	var busy, frames, done int
	err = database.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &done)
	if err == nil && busy != 0 {
		err = problem.New(problem.LibraryInUse, nil)
	}
	return errors.Join(err, database.Close())
}

// scrubBatch is how many pages are looked at in one go.
const scrubBatch = 256

func scrubPages(ctx context.Context, database *sql.DB) error {
	tx, err := database.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	type page struct {
		number int64
		data   []byte
	}
	for first := int64(1); ; first += scrubBatch {
		pages, err := collect(ctx, tx, func(rows *sql.Rows) (p page, err error) { return p, rows.Scan(&p.number, &p.data) },
			"SELECT pgno, data FROM sqlite_dbpage WHERE pgno BETWEEN ? AND ?", first, first+scrubBatch-1)
		if err != nil {
			return err
		}
		if len(pages) == 0 {
			return tx.Commit()
		}
		for _, p := range pages {
			if !scrubPage(p.data, p.number == 1) {
				continue
			}
			if _, err := tx.ExecContext(ctx, "UPDATE sqlite_dbpage SET data = ? WHERE pgno = ?", p.data, p.number); err != nil {
				return err
			}
		}
	}
}

// scrubPage overwrites the unused part of a b-tree page with zeros: what lies between the list of its cells and the first
// of them (https://www.sqlite.org/fileformat2.html, section 1.6). It reports whether there was something. Other pages stay
// as they are: they begin with the number of a page, whose highest byte is 0 in any file below 64 GiB.
func scrubPage(page []byte, first bool) bool {
	header := 0
	if first {
		header = 100 // the header of the file
	}
	if len(page) < header+12 {
		return false
	}
	pointers := header + 8
	switch page[header] {
	case 0x02, 0x05: // an interior page has the number of its last child, too
		pointers += 4
	case 0x0a, 0x0d:
	default:
		return false
	}
	begin := pointers + 2*int(binary.BigEndian.Uint16(page[header+3:]))
	end := int(binary.BigEndian.Uint16(page[header+5:]))
	if end == 0 {
		end = 65536
	}
	if begin > end || end > len(page) || len(bytes.Trim(page[begin:end], "\x00")) == 0 {
		return false
	}
	clear(page[begin:end])
	return true
}
