// Package library keeps a person's record in one folder.
//
// The folder holds constancia.db (the log, and the views made from it), contents.db (files of up to 1 MiB by their
// SHA-256), vault/ (larger files, a file each, named by their SHA-256) and lock. Its promise: what Append or PutContent
// has acknowledged is on disk; an entry is never changed; and every view can be dropped and made again from the log.
//
// Any number of processes may use one library at once. Each holds the lock shared; work that needs the folder for
// itself holds it exclusively, and then the others are told so.
package library

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"constancia/internal/casefile"
	"constancia/internal/durable"
	"constancia/internal/problem"
)

const (
	databaseName = "constancia.db"
	contentsName = "contents.db"
	vaultName    = "vault"
	lockName     = "lock"
	newName      = databaseName + ".new" // a library that is being made
)

// Options say which library to open and what stands in for the outside world.
type Options struct {
	Directory string
	// Create makes the library when the folder holds none.
	Create bool
	// Keys keeps the key that signs the heads of this device's logs, outside the folder.
	Keys Keys
	// State is a folder outside the library's, where the last heads are remembered; empty remembers nothing.
	State string
	// Clock is the time now; nil is time.Now.
	Clock func() time.Time
	// Random gives salts and keys; nil is crypto/rand.
	Random io.Reader
	// ReadMessage makes a reading of a message's bytes; Reader names it with its version.
	ReadMessage func(io.Reader) casefile.Reading
	Reader      string
	// ReadText makes the same reading without the HTML; nil is ReadMessage.
	ReadText func(io.Reader) casefile.Reading
	// Migrating is told how far it is when a library that an earlier program made is brought up to date, and where the
	// copy of it lies; nil tells nobody.
	Migrating func(Migration)
}

// Library is an open library folder. It is safe for concurrent use.
type Library struct {
	options  Options
	lock     *flock.Flock
	writer   *sql.DB // one connection
	reader   *sql.DB // a pool, read-only
	contents *sql.DB
	device   *device
	memory   memory
	// filing is held while contents are stored, and alone by whoever has the folder for itself.
	filing sync.RWMutex
	// awaited are the contents that were stored, and that no entry names yet.
	awaited awaited
	// foundWhole are the large contents that were held against their hash since the library was opened.
	foundWhole foundWhole
}

// Open opens the library in o.Directory.
//
// Problems: no_library, library_busy, library_newer, library_foreign, library_damaged, library_unwritable, disk_full.
func Open(ctx context.Context, o Options) (_ *Library, err error) {
	o = o.withDefaults()
	if err := o.prepareFolder(); err != nil {
		return nil, err
	}
	l := &Library{options: o, device: &device{}, lock: flock.New(filepath.Join(o.Directory, lockName), flock.SetPermissions(0o600))}
	defer func() {
		if err != nil {
			_ = l.Close()
			err = o.explain(unlessCalledOff(ctx, err))
		}
	}()
	if err := l.enter(ctx); err != nil {
		return nil, err
	}
	// Opened for reading first: a file that is not ours stays as it is.
	if l.reader, err = openDatabase(ctx, l.path(databaseName), reading); err != nil {
		return nil, err
	}
	if err := l.requireThisSchema(ctx); err != nil {
		return nil, err
	}
	if l.writer, err = openDatabase(ctx, l.path(databaseName), writing); err != nil {
		return nil, err
	}
	if l.contents, err = openDatabase(ctx, l.path(contentsName), writing); err != nil {
		return nil, err
	}
	if err := l.finishErasing(ctx); err != nil {
		return nil, err
	}
	return l, l.recall(ctx)
}

// Close remembers how far the logs have come, and lets go of the folder.
func (l *Library) Close() error {
	var all []error
	if l.reader != nil && l.writer != nil {
		l.remember(context.Background())
	}
	for _, database := range []*sql.DB{l.reader, l.contents, l.writer} {
		if database != nil {
			all = append(all, database.Close())
		}
	}
	return errors.Join(append(all, l.lock.Close())...)
}

// Directory is the library's folder.
func (l *Library) Directory() string { return l.options.Directory }

func (l *Library) path(name string) string { return filepath.Join(l.options.Directory, name) }

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.ReadText == nil {
		o.ReadText = o.ReadMessage
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	return o
}

// prepareFolder makes the folder when asked to, and refuses one that holds something else.
func (o Options) prepareFolder() error {
	values := problem.Values{"path": o.Directory}
	if there, err := o.databaseThere(); there || err != nil {
		return err
	}
	if !o.Create {
		return problem.New(problem.NoLibrary, values)
	}
	if err := durable.MakeFolders(o.Directory); err != nil {
		return o.explainUnwritable(err)
	}
	names, err := os.ReadDir(o.Directory)
	if err != nil {
		return o.explain(err)
	}
	for _, name := range names {
		if slices.Contains(namesOfOurs, name.Name()) {
			continue
		}
		// Another process may have made the library since we looked, and these are its files.
		if there, err := o.databaseThere(); there || err != nil {
			return err
		}
		return problem.New(problem.LibraryForeign, values)
	}
	return nil
}

func (o Options) databaseThere() (bool, error) {
	_, err := os.Stat(filepath.Join(o.Directory, databaseName))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, o.explain(err)
}

// namesOfOurs are what a folder can hold in which a library is being made, or was when the machine stopped.
var namesOfOurs = []string{lockName, vaultName, contentsName, contentsName + "-wal", contentsName + "-shm",
	contentsName + "-journal", newName, newName + "-wal", newName + "-shm", newName + "-journal"}

// enter takes the lock shared. Whoever finds the library unused first tidies it, or makes it, holding the lock alone.
func (l *Library) enter(ctx context.Context) error {
	alone, err := l.lock.TryLock()
	if err != nil {
		return err
	}
	if alone {
		if err := errors.Join(l.settle(ctx), l.lock.Unlock()); err != nil {
			return err
		}
	}
	// Whoever makes or tidies the library holds it for a moment only; maintenance holds it for long.
	waiting, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	shared, err := l.lock.TryRLockContext(waiting, 20*time.Millisecond)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if !shared {
		return problem.New(problem.LibraryBusy, problem.Values{"path": l.options.Directory})
	}
	return nil
}

// requireThisSchema refuses a library of an earlier schema. There is one only while somebody else uses it: else it would
// have been migrated.
func (l *Library) requireThisSchema(ctx context.Context) error {
	version, err := l.options.knownSchema(ctx, l.reader)
	if err == nil && version < schemaVersion {
		return problem.New(problem.LibraryBusy, nil)
	}
	return err
}

func (l *Library) settle(ctx context.Context) error {
	if _, err := os.Stat(l.path(databaseName)); errors.Is(err, fs.ErrNotExist) {
		return l.create(ctx)
	}
	if err := errors.Join(l.sweepUnfinished(), l.sweepTemporaryFiles()); err != nil {
		return err
	}
	return l.migrate(ctx)
}

// sweepUnfinished takes away what was to become a library and did not.
func (l *Library) sweepUnfinished() error {
	leftovers, err := fs.Glob(os.DirFS(l.options.Directory), newName+"*")
	for _, name := range leftovers {
		err = errors.Join(err, ignoreAbsent(os.Remove(l.path(name))))
	}
	return err
}

// create makes a library. The database gets its name last, so that a crash leaves no half-made library.
func (l *Library) create(ctx context.Context) error {
	if err := os.MkdirAll(l.path(vaultName), 0o700); err != nil {
		return err
	}
	if err := initialise(ctx, l.path(contentsName), contentsSchema); err != nil {
		return err
	}
	if err := l.sweepUnfinished(); err != nil {
		return err
	}
	temporary := l.path(newName)
	err := initialise(ctx, temporary, logSchema, viewsSchema,
		"INSERT INTO setting (name, value) VALUES ('library_id', '"+NewID()+"'), ('device_id', '"+NewID()+"')")
	if err != nil {
		return err
	}
	if err := os.Rename(temporary, l.path(databaseName)); err != nil {
		return err
	}
	return durable.SyncNames(l.options.Directory)
}
