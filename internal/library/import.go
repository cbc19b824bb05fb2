package library

import (
	"context"
	"io"
	"iter"

	"constancia/internal/problem"
	"constancia/internal/record"
)

// Incoming is what comes from elsewhere: whole logs, with the bytes that they name. The record of two devices is the
// union of their logs.
type Incoming struct {
	Logs []IncomingLog
	// Entries gives every entry of the logs, those of each log in its order; logs may be mixed. It is asked twice, and must
	// give the same. An erased entry has no payload and a zero salt.
	Entries func(context.Context) iter.Seq2[record.Stored, error]
	// Content gives bytes by their SHA-256, or the problem content_missing. They are held against the hash here.
	Content func(ctx context.Context, sha256 string) (io.ReadCloser, error)
}

// IncomingLog is what is said of a log beside its entries, which must agree.
type IncomingLog struct {
	ID string
	// CaseID is empty for the log of a device's library itself.
	CaseID, DeviceID string
	// Head is the signed note of the log's whole length, by its device's key, or by that of another device of the case that
	// comes along and vouches for a log whose own key is gone. A log of a trial version may have none.
	Head []byte
}

// ImportOptions say what an import may do.
type ImportOptions struct {
	// Erase lets it erase here what was erased there. Somebody has to be asked: who can send a log can send an erasure.
	Erase bool
	// Unsigned takes logs whose device's key nobody has any more, and that can't come with a signed head. That is for a
	// backup of one's own.
	Unsigned bool
	// Progress, if any, is told how many entries are through, and Erasing how far an erasure of some is.
	Progress func(done, total int64)
	Erasing  Erased
}

// ImportPlan is what an import would do.
type ImportPlan struct {
	Logs []ImportedLog
	// Entries is how many are not here yet, Erases how many that are here would be erased.
	Entries, Erases int64
	// NewCases are those that nothing was known of.
	NewCases []string
}

// ImportedLog is what is known of one incoming log.
type ImportedLog struct {
	IncomingLog
	// Size is how many entries it has, Here how many of them are here already. Where there are more here, nothing is new.
	Size, Here int64
}

// Imported is what came of an import.
type Imported struct {
	ImportPlan
	// MissingContents are the SHA-256 of bytes that are named, and that neither the library nor the other side has.
	MissingContents []string
}

// PlanImport verifies all that comes in, and says what an import would do. Nothing is written.
//
// Problems: import_does_not_hold, import_contradicts, those of the source.
func (l *Library) PlanImport(ctx context.Context, in Incoming, o ImportOptions) (ImportPlan, error) {
	verified, err := l.examine(ctx, in, o)
	if err != nil {
		return ImportPlan{}, l.options.explain(err)
	}
	return verified.plan, nil
}

// Import makes the library the union of what it has and what comes in. First everything is verified: each entry and its
// place, each log's head by the key of the device that writes it, and that what is here of a log already is how the
// incoming one begins, or the other way round. Whatever does not hold leaves the library as it is.
//
// Then the missing entries are appended, each log in its order, in transactions of a bounded size, so that others can
// write in between and memory stays small. A log that was cut off in the middle by a crash is a log: it holds, and the
// same import completes it. Only the entries that were erased wait for the erasure that says so, within one transaction.
//
// A device's own log is extended from outside only by what its own key has signed: when an older state of it was put
// back. Such a device goes on with a new log.
//
// Problems: those of PlanImport; import_erases without leave to erase; disk_full, library_unwritable, and library_busy when
// something is to be erased and others have the library open.
func (l *Library) Import(ctx context.Context, in Incoming, o ImportOptions) (Imported, error) {
	verified, err := l.examine(ctx, in, o)
	if err != nil {
		return Imported{}, l.options.explain(err)
	}
	i := &importing{library: l, in: in, options: o, examined: verified, missing: map[string]bool{}}
	switch {
	case verified.plan.Erases == 0:
		err = i.run(ctx)
	case !o.Erase:
		return Imported{}, problem.New(problem.ImportErases, problem.Values{"count": count(verified.plan.Erases)})
	default:
		i.alone = true
		err = l.erasing(ctx, o.Erasing, func() error { return i.run(ctx) })
	}
	return i.imported(), l.options.explain(err)
}

// LogEntries gives visit every entry of a case's logs, log by log in their order.
func (l *Library) LogEntries(ctx context.Context, caseID string, visit func(record.Stored) error) error {
	return l.options.explain(visitEntries(ctx, l.reader, visit, "log_id IN (SELECT log_id FROM log WHERE case_id = ?)", caseID))
}
