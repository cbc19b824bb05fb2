package library_test

import (
	"bytes"
	"context"
	"io"
	"iter"
	"slices"
	"testing"

	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// parcel is what one device gives another: logs as they are at one moment, and the bytes that they name. Tests take it to
// pieces.
type parcel struct {
	logs     []library.IncomingLog
	entries  []record.Stored
	contents map[string][]byte
}

// pack makes a parcel of cases; of everything when none is named.
func pack(t testing.TB, l *library.Library, caseIDs ...string) *parcel {
	t.Helper()
	p := &parcel{contents: map[string][]byte{}}
	logs, err := l.Logs(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, log := range logs {
		if len(caseIDs) > 0 && !slices.Contains(caseIDs, log.CaseID) {
			continue
		}
		_, signed, err := l.SignedHead(t.Context(), log.ID)
		if err != nil {
			t.Fatalf("failed to sign %s: %v", log.ID, err)
		}
		p.logs = append(p.logs, library.IncomingLog{ID: log.ID, CaseID: log.CaseID, DeviceID: log.DeviceID, Head: signed})
	}
	err = l.Entries(t.Context(), func(stored record.Stored) error {
		if slices.ContainsFunc(p.logs, func(log library.IncomingLog) bool { return log.ID == stored.Header.LogID }) {
			p.entries = append(p.entries, stored)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	sums, err := l.NamedContents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, sum := range sums {
		if body, err := l.OpenContent(t.Context(), sum); err == nil {
			if p.contents[sum], err = io.ReadAll(body); err != nil {
				t.Fatal(err)
			}
			_ = body.Close()
		}
	}
	return p
}

// drop leaves out one log, if there is any.
func (p *parcel) drop(which int) {
	if len(p.logs) == 0 {
		return
	}
	which %= len(p.logs)
	dropped := p.logs[which].ID
	p.logs = slices.Delete(p.logs, which, which+1)
	p.entries = slices.DeleteFunc(p.entries, func(stored record.Stored) bool { return stored.Header.LogID == dropped })
}

func (p *parcel) incoming() library.Incoming {
	return library.Incoming{
		Logs: p.logs,
		Entries: func(context.Context) iter.Seq2[record.Stored, error] {
			return func(yield func(record.Stored, error) bool) {
				for _, stored := range p.entries {
					if !yield(stored, nil) {
						return
					}
				}
			}
		},
		Content: func(_ context.Context, sum string) (io.ReadCloser, error) {
			data, ok := p.contents[sum]
			if !ok {
				return nil, problem.New(problem.ContentMissing, problem.Values{"sha256": sum})
			}
			return io.NopCloser(bytes.NewReader(data)), nil
		},
	}
}

// send takes a parcel in, erasures and all.
func send(t testing.TB, p *parcel, to *library.Library) library.Imported {
	t.Helper()
	imported, err := to.Import(t.Context(), p.incoming(), library.ImportOptions{Erase: true})
	if err != nil {
		t.Fatalf("failed to import: %v", err)
	}
	return imported
}
