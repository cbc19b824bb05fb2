package library

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"constancia/internal/durable"
	"constancia/internal/problem"
)

// aloneWithin is how long somebody who just opens or closes the library is waited for.
const aloneWithin = 2 * time.Second

// sweepSetting is kept from before an erasure until its traces are gone.
const sweepSetting = "sweep"

// erasing runs an erasure while nobody else uses the library, and then takes its traces away. Where the machine stops in
// between, the next to open the library does.
func (l *Library) erasing(ctx context.Context, told Erased, erase func() error) error {
	if told == nil {
		told = func(ErasureStep, int64, int64) {}
	}
	told(ErasingEntries, 0, 0)
	return l.alone(ctx, func() error {
		if err := l.awaited.forgetNamed(ctx, l.reader); err != nil {
			return err
		}
		before, err := l.sweepState(ctx)
		if err != nil {
			return err
		}
		if err := l.PutSetting(ctx, sweepSetting, "due"); err != nil {
			return err
		}
		failed := erase()
		// What was erased is not to lie about because somebody lost patience.
		ctx := context.WithoutCancel(ctx)
		if failed == nil {
			return l.sweep(ctx, told)
		}
		after, err := l.sweepState(ctx)
		if err == nil && after.erased == before.erased {
			return errors.Join(failed, l.PutSetting(ctx, sweepSetting, before.due))
		}
		return errors.Join(failed, err, l.sweep(ctx, told))
	})
}

// sweepState is how many entries are erased, and whether traces of some are still due to go.
type sweepState struct {
	erased int64
	due    string
}

func (l *Library) sweepState(ctx context.Context) (state sweepState, err error) {
	if state.due, err = l.Setting(ctx, sweepSetting); err != nil {
		return state, err
	}
	return state, l.reader.QueryRowContext(ctx, "SELECT count(*) FROM erased").Scan(&state.erased)
}

// finishErasing takes away the traces of an erasure that was cut off. Where it can't, as when others have the library open
// or the disk is full, it stays due, and is no reason not to open the library.
func (l *Library) finishErasing(ctx context.Context) error {
	due, err := l.Setting(ctx, sweepSetting)
	if err != nil || due == "" {
		return err
	}
	untold := func(ErasureStep, int64, int64) {}
	if err := l.alone(ctx, func() error { return l.sweep(ctx, untold) }); !l.lock.RLocked() {
		return err
	}
	return ctx.Err()
}

// alone runs do while this process alone has the library open. It lets go of the shared lock first, since a lock can't
// be exchanged in one step everywhere; nobody writes a file of the vault meanwhile, which another process would sweep.
//
// Problem: library_in_use.
func (l *Library) alone(ctx context.Context, do func() error) (err error) {
	l.filing.Lock()
	defer l.filing.Unlock()
	if err := l.lock.Unlock(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.share()) }()
	waiting, cancel := context.WithTimeout(ctx, aloneWithin)
	defer cancel()
	alone, err := l.lock.TryLockContext(waiting, 20*time.Millisecond)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil && !errors.Is(err, context.DeadlineExceeded):
		return err
	case !alone:
		return problem.New(problem.LibraryInUse, problem.Values{"path": l.options.Directory})
	}
	return do()
}

// share goes back to the shared lock, which this process holds for as long as the library is open.
func (l *Library) share() error {
	if err := l.lock.Unlock(); err != nil {
		return err
	}
	return l.lock.RLock()
}

// sweep takes away the traces of what was erased: bytes that nothing names, copies of the database as it was, the search
// index, which marks deleted words and keeps them, what SQLite leaves in unused places of its files, and its write-ahead
// logs. The index is made anew: FTS5's own secure-delete leaves it damaged.
func (l *Library) sweep(ctx context.Context, told Erased) error {
	stored, err := l.storedContents(ctx)
	if err != nil {
		return err
	}
	for i, sum := range stored {
		told(ErasingFiles, int64(i), int64(len(stored)))
		if err := l.sweepContent(ctx, sum); err != nil {
			return err
		}
	}
	copies, err := l.Copies()
	if err != nil {
		return err
	}
	for _, path := range copies {
		if err := ignoreAbsent(os.Remove(path)); err != nil {
			return err
		}
	}
	err = l.inTransaction(ctx, l.writer, func(tx *sql.Tx) error {
		return indexWords(ctx, tx, func(done, total int64) { told(ErasingWords, done, total) })
	})
	if err != nil {
		return err
	}
	for _, name := range []string{databaseName, contentsName} {
		err := scrub(ctx, l.path(name), func(done, total int64) { told(ErasingPages, done, total) })
		if err != nil {
			return err
		}
	}
	return errors.Join(durable.SyncNames(l.options.Directory), l.PutSetting(ctx, sweepSetting, ""))
}

// sweepContent deletes bytes that no entry names, unless an entry is about to.
func (l *Library) sweepContent(ctx context.Context, sum string) error {
	named, err := isNamed(ctx, l.reader, sum)
	if err != nil || named || l.awaited.has(sum) {
		return err
	}
	key, err := hex.DecodeString(sum)
	if err != nil {
		return nil //nolint:nilerr // a file that is not ours
	}
	if _, err := l.contents.ExecContext(ctx, "DELETE FROM content WHERE "+namesContent("content", "?1"), key); err != nil {
		return err
	}
	file := l.vaultFile(sum)
	_ = os.Chmod(file, 0o600) // what can't be written can't be deleted everywhere
	if err := ignoreAbsent(os.Remove(file)); err != nil {
		return err
	}
	return ignoreAbsent(durable.SyncNames(filepath.Dir(file)))
}

// awaited remembers contents by their SHA-256. The zero value is ready.
type awaited struct {
	mu   sync.Mutex
	sums map[string]bool
}

func (a *awaited) add(sum string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.sums == nil {
		a.sums = map[string]bool{}
	}
	a.sums[sum] = true
}

// forgetNamed no longer waits for entries that have come.
func (a *awaited) forgetNamed(ctx context.Context, from querier) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	for sum := range a.sums {
		named, err := isNamed(ctx, from, sum)
		if err != nil {
			return err
		}
		if named {
			delete(a.sums, sum)
		}
	}
	return nil
}

func isNamed(ctx context.Context, from querier, sum string) (named bool, err error) {
	err = from.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM content_use WHERE "+namesContent("content_use", "unhex(?1)")+")", sum).Scan(&named)
	return named, err
}

func (a *awaited) has(sum string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.sums[sum]
}
