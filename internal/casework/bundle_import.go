package casework

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"slices"
	"strconv"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// ImportBundle says which bundle to take over, and whether it may erase here what was erased there.
type ImportBundle struct {
	ReadBundle
	Erase bool
}

// ImportedBundle says what came with a bundle.
type ImportedBundle struct {
	CaseID string `json:"case"`
	Title  string `json:"title"`
	// New says that nothing was known of the case before.
	New bool `json:"new"`
	// Entries counts those that came, Already those that were here, Erased those that were erased here as they were there.
	Entries int64 `json:"entries"`
	Already int64 `json:"already"`
	Erased  int64 `json:"erased"`
	// Missing counts the files that entries name and that came with neither.
	Missing int `json:"missing"`
}

// ImportBundle makes the case in the library the union of what it has and what the bundle has: a new case, or the same
// case from another device. A bundle that does not hold is refused whole.
//
// Problems: bundle_not_whole, bundle_does_not_hold, import_contradicts, import_does_not_hold, import_erases, disk_full,
// library_unwritable, library_busy, and those of VerifyBundle.
func (c *Casework) ImportBundle(ctx context.Context, n ImportBundle, progress func(Progress)) (ImportedBundle, error) {
	opened, err := openBundle(n.ReadBundle)
	if err != nil {
		return ImportedBundle{}, err
	}
	defer func() { _ = opened.file.Close() }()
	if !opened.Whole() {
		return ImportedBundle{}, problem.New(problem.BundleNotWhole, problem.Values{"path": n.Path})
	}
	found, err := opened.verify(ctx, progress)
	if err != nil {
		return ImportedBundle{}, ofFile(err, n.Path)
	}
	if len(found.Findings) > 0 {
		return ImportedBundle{}, problem.New(problem.BundleDoesNotHold, problem.Values{"count": strconv.Itoa(len(found.Findings))})
	}
	incoming, err := opened.incoming(ctx)
	if err != nil {
		return ImportedBundle{}, ofFile(err, n.Path)
	}
	if err := c.withoutVouching(ctx, incoming.Logs, found.Vouched); err != nil {
		return ImportedBundle{}, err
	}
	came, err := c.library.Import(ctx, incoming, library.ImportOptions{Erase: n.Erase, Erasing: erasing(progress), Progress: func(done, total int64) {
		report(progress, Progress{What: "storing", Done: done, Total: total})
	}})
	if err != nil {
		return ImportedBundle{}, ofFile(err, n.Path)
	}
	if err := c.newIntake(opened.CaseID()).readAll(ctx, progress); err != nil {
		return ImportedBundle{}, err
	}
	imported := ImportedBundle{
		CaseID: opened.CaseID(), New: len(came.NewCases) > 0, Entries: came.Entries, Already: found.Entries - came.Entries,
		Erased: came.Erases, Missing: len(came.MissingContents),
	}
	stored, err := library.Thing[casefile.Case](ctx, c.library, record.KindCase, imported.CaseID)
	if errors.Is(err, problem.New(problem.NotFound, nil)) {
		return imported, nil // the case itself was taken back or erased
	}
	imported.Title = stored.Value.Title
	return imported, err
}

// incoming is what the library needs to know of a bundle to take it in.
func (o *openedBundle) incoming(ctx context.Context) (library.Incoming, error) {
	devices := map[string]string{}
	err := o.Entries(ctx, func(stored record.Stored) error {
		var device casefile.Device
		if stored.Header.Kind == record.KindDevice && json.Unmarshal(stored.Payload, &device) == nil {
			devices[stored.Header.LogID] = device.DeviceID
		}
		return nil
	})
	if err != nil {
		return library.Incoming{}, err
	}
	heads, err := o.Heads()
	if err != nil {
		return library.Incoming{}, err
	}
	var incoming library.Incoming
	for _, head := range heads {
		log := library.IncomingLog{ID: head.LogID, CaseID: o.CaseID(), DeviceID: devices[head.LogID], Head: head.Signed}
		if log.DeviceID == "" { // of a trial version: it names no device and no key, so nobody can have signed for it
			log.DeviceID, log.Head = head.LogID, nil
		}
		incoming.Logs = append(incoming.Logs, log)
	}
	incoming.Entries = o.entries
	incoming.Content = func(_ context.Context, sha256 string) (io.ReadCloser, error) {
		body, err := o.Content(sha256)
		if err != nil {
			return nil, err
		}
		return io.NopCloser(body), nil
	}
	return incoming, nil
}

// withoutVouching drops the heads that another device has signed for logs that are here: no such word is needed for what is
// here already, and none is taken for more.
func (c *Casework) withoutVouching(ctx context.Context, incoming []library.IncomingLog, vouched []string) error {
	logs, err := c.library.Logs(ctx, "")
	if err != nil {
		return err
	}
	for i, log := range incoming {
		here := slices.ContainsFunc(logs, func(known library.Log) bool { return known.ID == log.ID })
		if here && slices.Contains(vouched, log.ID) {
			incoming[i].Head = nil
		}
	}
	return nil
}

// entries gives the entries one by one, to a reader that asks for them.
func (o *openedBundle) entries(ctx context.Context) iter.Seq2[record.Stored, error] {
	return func(yield func(record.Stored, error) bool) {
		err := o.Entries(ctx, func(stored record.Stored) error {
			if !yield(stored, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(record.Stored{}, err)
		}
	}
}
