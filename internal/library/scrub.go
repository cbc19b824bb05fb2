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
// empty. Nobody else may use the file. told hears how many pages of all were looked at.
func scrub(ctx context.Context, path string, told func(done, total int64)) error {
	database, err := openDatabase(ctx, path, scrubbing)
	if err != nil {
		return err
	}
	defer func() { _ = database.Close() }()
	if err := scrubPages(ctx, database, told); err != nil {
		return fmt.Errorf("failed to scrub %s: %w", path, err)
	}
	var busy, frames, done int
	err = database.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &done)
	if err == nil && busy != 0 {
		err = problem.New(problem.LibraryInUse, nil)
	}
	return errors.Join(err, database.Close())
}

// scrubReport is how many pages are looked at between two reports.
const scrubReport = 1000

func scrubPages(ctx context.Context, database *sql.DB, told func(done, total int64)) error {
	tx, err := database.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	unclean, err := uncleanPages(ctx, tx, told)
	if err != nil {
		return err
	}
	for _, number := range unclean {
		var page []byte
		if err := tx.QueryRowContext(ctx, "SELECT data FROM sqlite_dbpage WHERE pgno = ?", number).Scan(&page); err != nil {
			return err
		}
		clear(unused(page, number == 1))
		if _, err := tx.ExecContext(ctx, "UPDATE sqlite_dbpage SET data = ? WHERE pgno = ?", page, number); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// uncleanPages gives the numbers of the pages with something in their unused part. All are read by one query: SQLite would
// begin at the first page again for each range that it is asked for.
func uncleanPages(ctx context.Context, tx *sql.Tx, told func(done, total int64)) (unclean []int64, err error) {
	var total int64
	if err := tx.QueryRowContext(ctx, "PRAGMA page_count").Scan(&total); err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, "SELECT pgno, data FROM sqlite_dbpage")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var number int64
		var page sql.RawBytes
		if err := rows.Scan(&number, &page); err != nil {
			return nil, err
		}
		if len(bytes.Trim(unused(page, number == 1), "\x00")) > 0 {
			unclean = append(unclean, number)
		}
		if number%scrubReport == 1 {
			told(number-1, total)
		}
	}
	return unclean, rows.Err()
}

// unused is the part of a b-tree page between the list of its cells and the first of them
// (https://www.sqlite.org/fileformat2.html, section 1.6). Other pages have none: they begin with the number of a page, whose
// highest byte is 0 in any file below 64 GiB.
func unused(page []byte, first bool) []byte {
	header := 0
	if first {
		header = 100 // the header of the file
	}
	if len(page) < header+12 {
		return nil
	}
	pointers := header + 8
	switch page[header] {
	case 0x02, 0x05: // an interior page has the number of its last child, too
		pointers += 4
	case 0x0a, 0x0d:
	default:
		return nil
	}
	begin := pointers + 2*int(binary.BigEndian.Uint16(page[header+3:]))
	end := int(binary.BigEndian.Uint16(page[header+5:]))
	if end == 0 {
		end = 65536
	}
	if begin > end || end > len(page) {
		return nil
	}
	return page[begin:end]
}
