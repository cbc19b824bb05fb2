package library_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"constancia/internal/library"
	"constancia/internal/record"
)

// aLongCase is a case of several of an import's transactions.
func aLongCase(t testing.TB, l *library.Library) (caseID string) {
	t.Helper()
	caseID = newCase(t, l)
	var drafts []library.Draft
	for i := range 1200 {
		drafts = append(drafts, draftOf(record.KindContact, caseID, call(caseID, fmt.Sprintf("Call %d", i))))
	}
	if err := l.Append(t.Context(), drafts...); err != nil {
		t.Fatal(err)
	}
	return caseID
}

func TestAnImportThatWasCutOffHoldsAndIsCompletedByTheSame(t *testing.T) {
	skipWhenShort(t)
	t.Parallel()
	first, second := open(t, quickFolder(t)), open(t, quickFolder(t))
	caseID := aLongCase(t, first)
	// An entry that was erased early, by an erasure that comes late: they arrive together.
	erase(t, first, put(t, first, record.KindContact, caseID, call(caseID, "A slip")))
	p := pack(t, first)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := second.Import(ctx, p.incoming(), library.ImportOptions{Progress: func(done, total int64) {
		if done < total {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("it says %v", err)
	}
	if n := len(dumpOf(t, second)); n == 0 || n >= len(p.entries) {
		t.Errorf("it took %d of %d", n, len(p.entries))
	}
	requireHolds(t, second)
	imported := send(t, p, second)
	if imported.Entries == 0 || imported.Entries >= int64(len(p.entries)) {
		t.Errorf("imported: %+v", imported)
	}
	requireHolds(t, second)
	requireSame(t, first, second, caseID)
}

func TestMemoryDoesNotFollowWhatComesIn(t *testing.T) {
	skipWhenShort(t) // not parallel: what other tests hold would count, too
	source := open(t, quickFolder(t))
	caseID := newCase(t, source)
	const entries, size = 100, 500_000
	for i := range entries {
		contact := call(caseID, fmt.Sprintf("Call %d", i))
		contact.Verbatim = strings.Repeat("a", size)
		put(t, source, record.KindContact, caseID, contact)
	}
	p := pack(t, source)
	p.entries = nil
	in := p.incoming()
	in.Entries = func(ctx context.Context) iter.Seq2[record.Stored, error] {
		return func(yield func(record.Stored, error) bool) {
			err := source.Entries(ctx, func(stored record.Stored) error {
				if !yield(stored, nil) {
					return io.EOF
				}
				return nil
			})
			if err != nil && !errors.Is(err, io.EOF) {
				yield(record.Stored{}, err)
			}
		}
	}
	held := func() uint64 {
		runtime.GC()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	before, most := held(), uint64(0)
	target := open(t, filepath.Join(quickFolder(t), "target"))
	_, err := target.Import(t.Context(), in, library.ImportOptions{Progress: func(int64, int64) { most = max(most, held()) }})
	if err != nil {
		t.Fatal(err)
	}
	if grown := int64(most) - int64(before); grown > entries*size/2 {
		t.Errorf("%d bytes more are held while %d come in", grown, entries*size)
	}
}
