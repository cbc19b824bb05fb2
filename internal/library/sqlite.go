package library

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"time"

	sqlite "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"constancia/internal/problem"
)

// applicationID marks the file as ours (SQLite's application_id): "Cnst".
const applicationID = 0x436e7374

// schemaVersion is what this program writes. A file with a higher one was made by a newer program.
const schemaVersion = 13

//go:embed log.sql
var logSchema string

//go:embed views.sql
var viewsSchema string

// contentsSchema keeps the hashes in an index of their own: to find one among rows, SQLite would read whole contents.
const contentsSchema = "CREATE TABLE content (row INTEGER PRIMARY KEY, sha256 BLOB NOT NULL, bytes BLOB NOT NULL) STRICT; " + contentsIndex

// busyFor is how long a writer waits for another process's transaction. Transactions are short.
const busyFor = 30 * time.Second

type access int

const (
	writing access = iota
	reading
	// migrating is writing while tables change under others that refer to them.
	migrating
	// scrubbing is writing pages as they are.
	scrubbing
)

func init() {
	// Locks that belong to the open file, not to the process: another part of the process that closes the same file
	// does not drop them. Only Linux has them; elsewhere SQLite's usual ones stay.
	_, _ = sqlite.OFDLocking(true)
	sqlite.StrictPragmas(true)
}

func openDatabase(ctx context.Context, path string, how access) (*sql.DB, error) {
	query := url.Values{"_dqs": {"0"}}
	if how != scrubbing {
		query.Set("_defensive", "1")
	}
	pragmas := []string{fmt.Sprintf("busy_timeout(%d)", busyFor.Milliseconds())}
	if how != reading {
		query.Set("_txlock", "immediate")
		query.Set("mode", "rw")
		query.Set("_journal_mode", journalMode(path)) // after the pragmas: it writes the first page, and with it their size
		pragmas = append(pragmas, fmt.Sprintf("cache_size(%d)", -cacheSize(path)), fmt.Sprintf("page_size(%d)", pageSize), fmt.Sprintf("wal_autocheckpoint(%d)", logSize/pageSize),
			"synchronous(FULL)", "fullfsync(1)", "checkpoint_fullfsync(1)",
			// A deleted row is overwritten where it lies. A page that becomes free is not: the search index leaves thousands
			// behind when its pieces are merged, of words that are still there. [scrub] clears them after an erasure.
			"secure_delete(fast)",
			"recursive_triggers(1)") // REPLACE deletes, too: the triggers that forbid it see that
	} else {
		query.Set("mode", "ro")
		query.Set("_query_only", "1")
		pragmas = append(pragmas, "cache_size(-4000)") // KiB, for the pages of the search index that each search needs
	}
	if how == migrating {
		pragmas = append(pragmas, "foreign_keys(0)", "legacy_alter_table(1)") // a renamed table leaves the others as they are
	} else {
		pragmas = append(pragmas, "foreign_keys(1)")
	}
	pragmas = append(pragmas, "trusted_schema(0)", "cell_size_check(1)", "temp_store(MEMORY)")
	query["_pragma"] = pragmas
	from, err := newConnector((&url.URL{Scheme: "file", OmitHost: true, Path: fileURLPath(path), RawQuery: query.Encode()}).String())
	if err != nil {
		return nil, err
	}
	database := sql.OpenDB(from)
	if how == reading {
		database.SetMaxOpenConns(4)
	} else {
		database.SetMaxOpenConns(1)
	}
	if err := database.PingContext(ctx); err != nil {
		return nil, errors.Join(err, database.Close())
	}
	return database, nil
}

// logSize is how large a write-ahead log may become, in bytes, before what it has goes into the database. The larger, the
// more often a page has changed again by then, and goes once for all.
const logSize = 16 << 20

// journalMode is how a database keeps what a transaction changes until all of it is on the disk. The one of the log has
// readers while it is written: a write-ahead log. Contents only come in: with that, each of their bytes would be written
// twice. Beside their file lies what the few pages were that they change, and is cut to nothing when a transaction ends.
func journalMode(path string) string {
	if filepath.Base(path) == contentsName {
		return "TRUNCATE"
	}
	return "WAL"
}

// pageSize is that of a database which is made now, in bytes. What comes in fills many pages: with larger ones it is written in
// fewer pieces. With still larger ones more is written: of each page that a batch changes in an index, all of it.
const pageSize = 8 << 10

// cacheSize is for how many KiB of pages a writer has room: what one transaction of an import changes. What has no room is
// written before the end of the transaction, in the log of the database once more then, and has the journal of the contents
// brought to the disk first.
func cacheSize(path string) int {
	if filepath.Base(path) == contentsName {
		return 6000
	}
	return 4000
}

// fileURLPath writes a path as SQLite's URI filenames want it, on Windows too.
func fileURLPath(path string) string {
	if filepath.VolumeName(path) != "" {
		return "/" + filepath.ToSlash(path)
	}
	return path
}

// initialise makes a database file of our own, readable by its owner only, and runs the statements in it.
func initialise(ctx context.Context, path string, statements ...string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	database, err := openDatabase(ctx, path, writing)
	if err != nil {
		return err
	}
	defer func() { _ = database.Close() }()
	if version, err := schemaVersionOf(ctx, database); err != nil || version != 0 {
		return err // it was made already, before the machine stopped
	}
	tx, err := database.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	statements = append(statements, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, schemaVersion))
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("failed to make %s: %w", path, err)
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	if err := gather(ctx, database); err != nil {
		return err
	}
	return database.Close()
}

// gather brings all of a database into its one file, out of the write-ahead log beside it. Closing does that, too, but
// says nothing when the disk is full, and a file that is given another name leaves its log behind.
func gather(ctx context.Context, database *sql.DB) error {
	var busy, inLog, gathered int
	err := database.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &inLog, &gathered)
	if err == nil && busy != 0 {
		err = problem.New(problem.LibraryBusy, nil)
	}
	return err
}

func schemaVersionOf(ctx context.Context, database *sql.DB) (int, error) {
	var version int
	err := database.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version)
	return version, err
}

// knownSchema gives the schema of a library's database, and refuses one that this program can't read.
func (o Options) knownSchema(ctx context.Context, database *sql.DB) (int, error) {
	var application int
	if err := database.QueryRowContext(ctx, "PRAGMA application_id").Scan(&application); err != nil {
		return 0, err
	}
	if application != applicationID {
		return 0, problem.New(problem.LibraryForeign, nil)
	}
	version, err := schemaVersionOf(ctx, database)
	switch {
	case err == nil && version > schemaVersion:
		return version, problem.New(problem.LibraryNewer, nil)
	case err == nil && version < 1:
		return version, problem.New(problem.LibraryDamaged,
			problem.Values{"path": o.Directory, "detail": fmt.Sprintf("there is no schema %d", version)})
	}
	return version, err
}

// inTransaction runs do in one write transaction: all of it, or nothing.
func (l *Library) inTransaction(ctx context.Context, database *sql.DB, do func(*sql.Tx) error) error {
	tx, err := database.BeginTx(ctx, nil)
	if err != nil {
		return l.options.explain(err)
	}
	defer func() { _ = tx.Rollback() }()
	if err := do(tx); err != nil {
		return l.options.explain(unlessCalledOff(ctx, err))
	}
	return l.options.explain(unlessCalledOff(ctx, tx.Commit()))
}

// unlessCalledOff adds the error of the context to one that its end may have caused: database/sql then takes rows and a
// transaction back from under whoever is using them, who only hears that there are none any more.
func unlessCalledOff(ctx context.Context, err error) error {
	if err == nil || ctx.Err() == nil || errors.Is(err, ctx.Err()) {
		return err
	}
	return fmt.Errorf("%w: %w", ctx.Err(), err)
}

// explain gives a technical error of SQLite or the file system its code.
func (o Options) explain(err error) error {
	if err == nil {
		return nil
	}
	if known, ok := errors.AsType[*problem.Problem](err); ok {
		if known.Values == nil {
			known.Values = problem.Values{"path": o.Directory}
		}
		return known
	}
	values := problem.Values{"path": o.Directory, "detail": err.Error()}
	code := problem.Code("")
	if failure, ok := errors.AsType[*sqlite.Error](err); ok {
		code = codeOf(failure.Code())
	}
	if failure, ok := errors.AsType[*fs.PathError](err); ok && errors.Is(err, syscall.EIO) {
		values["path"] = failure.Path // it may be a file that is read, on another disk
	}
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		code = problem.DiskFull
	case errors.Is(err, syscall.EIO):
		code = problem.DiskFailed
	case errors.Is(err, syscall.EFBIG):
		code = problem.FileTooLarge
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		code = problem.TooManyFiles
	case errors.Is(err, errUnreadable), errors.Is(err, sql.ErrNoRows): // a row that is always there is gone
		code = problem.LibraryDamaged
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.ENOTDIR),
		errors.Is(err, syscall.ENAMETOOLONG):
		code = problem.LibraryUnwritable
	case errors.Is(err, context.Canceled):
		return problem.Wrap(err, problem.Cancelled, nil)
	}
	if code == "" {
		return err
	}
	return problem.Wrap(err, code, values)
}

// explainUnwritable is explain for what was to be written: whatever kept it from that, the folder is unwritable.
func (o Options) explainUnwritable(err error) error {
	explained := o.explain(err)
	if _, known := errors.AsType[*problem.Problem](explained); known || err == nil {
		return explained
	}
	return problem.Wrap(err, problem.LibraryUnwritable, problem.Values{"path": o.Directory})
}

func codeOf(result int) problem.Code {
	if result == sqlite3.SQLITE_IOERR_SHMSIZE { // no room for the memory that processes share
		return problem.DiskFull
	}
	switch result & 0xff {
	case sqlite3.SQLITE_FULL:
		return problem.DiskFull
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PROTOCOL: // the latter is locks that fail in ways that none should
		return problem.DiskFailed
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return problem.LibraryUnwritable
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR: // every statement is right while the tables and what is in them are
		return problem.LibraryDamaged
	case sqlite3.SQLITE_NOTADB:
		return problem.LibraryForeign
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return problem.LibraryBusy
	}
	return ""
}
