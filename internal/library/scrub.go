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

// scrub takes away what SQLite leaves of deleted rows. Its secure_delete overwrites a row where it lies, but neither pages
// that have become free (see [openDatabase]) nor the copies that stay behind in the unused part of a page when rows move to
// other pages. It leaves the write-ahead log empty. Nobody else may use the file. told hears how many pages of all were looked at.
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
	free, err := freePages(ctx, tx)
	if err != nil {
		return err
	}
	unclean, err := uncleanPages(ctx, tx, free, told)
	if err != nil {
		return err
	}
	for _, number := range unclean {
		page, err := readPage(ctx, tx, number)
		if err != nil {
			return err
		}
		clear(free.unused(page, number))
		if _, err := tx.ExecContext(ctx, "UPDATE sqlite_dbpage SET data = ? WHERE pgno = ?", page, number); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// uncleanPages gives the numbers of the pages with something in their unused part. All are read by one query: SQLite would
// begin at the first page again for each range that it is asked for.
func uncleanPages(ctx context.Context, tx *sql.Tx, free freeList, told func(done, total int64)) (unclean []int64, err error) {
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
		if len(bytes.Trim(free.unused(page, number), "\x00")) > 0 {
			unclean = append(unclean, number)
		}
		if number%scrubReport == 1 {
			told(number-1, total)
		}
	}
	return unclean, rows.Err()
}

func readPage(ctx context.Context, tx *sql.Tx, number int64) (page []byte, err error) {
	return page, tx.QueryRowContext(ctx, "SELECT data FROM sqlite_dbpage WHERE pgno = ?", number).Scan(&page)
}

// freeList is where on each page that is free its unused part begins.
type freeList map[int64]int

// freePages reads the list of free pages: each of its own pages has the number of the next, and of free pages, of which
// nothing is used (https://www.sqlite.org/fileformat2.html, section 1.5).
func freePages(ctx context.Context, tx *sql.Tx) (freeList, error) {
	const firstOfList, listHeader, entry = 32, 8, 4
	header, err := readPage(ctx, tx, 1)
	if err != nil {
		return nil, err
	}
	free := freeList{}
	for number := int64(binary.BigEndian.Uint32(header[firstOfList:])); number != 0; {
		if _, again := free[number]; again {
			return nil, errFreeList
		}
		page, err := readPage(ctx, tx, number)
		if err != nil {
			return nil, err
		}
		count := int(binary.BigEndian.Uint32(page[entry:]))
		end := listHeader + entry*count
		if count < 0 || end > len(page) {
			return nil, errFreeList
		}
		free[number] = end
		for at := listHeader; at < end; at += entry {
			free[int64(binary.BigEndian.Uint32(page[at:]))] = 0
		}
		number = int64(binary.BigEndian.Uint32(page))
	}
	return free, nil
}

var errFreeList = errors.New("the list of free pages is damaged")

// unused is the part of a page that nothing stands on.
func (f freeList) unused(page []byte, number int64) []byte {
	if from, ok := f[number]; ok {
		return page[from:]
	}
	return unused(page, number == 1)
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
