package backup_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"constancia/internal/backup"
	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// memory is a library in memory, for backups to be made of.
type memory struct {
	t        testing.TB
	device   string
	key      ed25519.PrivateKey
	logs     []*memoryLog
	erased   []string
	contents map[string][]byte
	missing  map[string]bool
	// interrupt fails the source's calls from the one it returns an error for.
	interrupt func() error
	opened    int
}

type memoryLog struct {
	id, caseID string
	tree       record.GrownTree
	entries    []backup.Entry
}

func newMemory(t testing.TB) *memory {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &memory{t: t, device: newID(), key: key, contents: map[string][]byte{}, missing: map[string]bool{},
		interrupt: func() error { return nil }}
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

var morning = time.Date(2026, 3, 2, 9, 5, 7, 0, time.UTC)

// newCase begins the log of a case.
func (m *memory) newCase() *memoryLog {
	log := &memoryLog{id: newID(), caseID: newID()}
	m.logs = append(m.logs, log)
	m.append(log, record.KindDevice, casefile.Device{CaseID: log.caseID, DeviceID: m.device, Letter: "A",
		Key: base64.StdEncoding.EncodeToString(m.key.Public().(ed25519.PublicKey))})
	return log
}

func (m *memory) append(log *memoryLog, kind record.Kind, payload any) backup.Entry {
	m.t.Helper()
	at := morning.Add(time.Duration(len(log.entries)) * time.Minute)
	entry, err := record.NewEntry(record.Header{LogID: log.id, Sequence: log.tree.Size() + 1, EntryID: newID(),
		OperationID: newID(), Kind: kind, RecordedAt: at.Format(record.TimeLayout)}, payload, rand.Reader)
	if err != nil {
		m.t.Fatal(err)
	}
	leaf, err := entry.Leaf()
	if err != nil {
		m.t.Fatal(err)
	}
	appended := backup.Entry{Stored: record.Stored{Entry: entry, LeafBytes: leaf, LeafHash: record.LeafHash(leaf)}}
	_, _ = rand.Read(appended.Key[:])
	log.tree.Append(appended.LeafHash)
	log.entries = append(log.entries, appended)
	return appended
}

// contact appends a contact with a summary of its own.
func (m *memory) contact(log *memoryLog, summary string) backup.Entry {
	return m.append(log, record.KindContact, map[string]any{"case": log.caseID, "summary": summary})
}

func (m *memory) file(data []byte) string {
	sum := sha256.Sum256(data)
	name := hex.EncodeToString(sum[:])
	m.contents[name] = data
	return name
}

// erase takes an entry's payload away, and the file that it names.
func (m *memory) erase(log *memoryLog, target backup.Entry, contents ...string) {
	m.append(log, record.KindErasure, casefile.Erasure{CaseID: log.caseID, Targets: []casefile.Target{
		{EntryID: target.Header.EntryID, Leaf: hex.EncodeToString(target.LeafHash[:])}}})
	m.erased = append(m.erased, target.Header.EntryID)
	m.lose(target)
	for _, sum := range contents {
		delete(m.contents, sum)
	}
}

// lose takes an entry's payload away without an erasure, as a damaged disk does.
func (m *memory) lose(target backup.Entry) {
	for _, log := range m.logs {
		for i, entry := range log.entries {
			if entry.Header.EntryID == target.Header.EntryID {
				log.entries[i].Payload, log.entries[i].Salt, log.entries[i].Key = nil, [32]byte{}, [32]byte{}
			}
		}
	}
}

// cut puts a log back to its first entries.
func (m *memory) cut(log *memoryLog, size int) {
	log.entries = log.entries[:size]
	log.tree = record.GrownTree{}
	for _, entry := range log.entries {
		log.tree.Append(entry.LeafHash)
	}
}

func (m *memory) Logs(context.Context) ([]backup.Log, error) {
	var logs []backup.Log
	for _, log := range m.logs {
		tree, err := record.TreeOf(log.tree.Size(), &log.tree)
		if err != nil {
			return nil, err
		}
		signed, err := record.Head{LogID: log.id, Tree: tree}.Sign(m.key)
		if err != nil {
			return nil, err
		}
		verifier, err := record.VerifierKey(log.id, m.key.Public().(ed25519.PublicKey))
		if err != nil {
			return nil, err
		}
		logs = append(logs, backup.Log{ID: log.id, DeviceID: m.device, CaseID: log.caseID, Tree: tree,
			SignedHead: string(signed), VerifierKey: verifier,
			LastRecordedAt: log.entries[len(log.entries)-1].Header.RecordedAt})
	}
	return logs, m.interrupt()
}

func (m *memory) TreeAt(_ context.Context, logID string, size int64) (record.Tree, error) {
	if err := m.interrupt(); err != nil {
		return record.Tree{}, err
	}
	return record.TreeOf(size, &m.log(logID).tree)
}

func (m *memory) log(id string) *memoryLog {
	return m.logs[slices.IndexFunc(m.logs, func(log *memoryLog) bool { return log.id == id })]
}

func (m *memory) Entries(_ context.Context, logID string, after, last int64, visit func(backup.Entry) error) error {
	for _, entry := range m.log(logID).entries[after:last] {
		if err := errors.Join(m.interrupt(), visit(entry)); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) Erased(_ context.Context, visit func(string) error) error {
	for _, id := range m.erased {
		if err := visit(id); err != nil {
			return err
		}
	}
	return m.interrupt()
}

func (m *memory) Contents(context.Context) ([]string, error) {
	var sums []string
	for sum := range m.contents {
		sums = append(sums, sum)
	}
	return sums, m.interrupt()
}

func (m *memory) OpenContent(_ context.Context, sum string) (io.ReadCloser, error) {
	m.opened++
	if m.missing[sum] {
		return nil, problem.New(problem.ContentMissing, problem.Values{"sha256": sum})
	}
	return io.NopCloser(&interruptible{bytes.NewReader(m.contents[sum]), m.interrupt}), nil
}

type interruptible struct {
	io.Reader
	interrupt func() error
}

func (r *interruptible) Read(p []byte) (int, error) {
	if err := r.interrupt(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p[:min(len(p), 16<<10)])
}

// dispute is a library with two cases, some entries and two files, one larger than a chunk of age.
func dispute(t testing.TB) *memory {
	m := newMemory(t)
	for _, summary := range []string{"The parcel never came", "The lamp flickers"} {
		log := m.newCase()
		m.contact(log, summary)
		m.contact(log, summary+", said the manager")
	}
	m.file([]byte("photograph of the open box"))
	m.file(bytes.Repeat([]byte("recording of a long call, "), 10_000))
	return m
}

// copy is the library as it is now.
func (m *memory) copy() *memory {
	copied := *m
	copied.logs = nil
	for _, log := range m.logs {
		kept := *log
		kept.entries = slices.Clone(log.entries)
		copied.logs = append(copied.logs, &kept)
	}
	copied.contents = maps.Clone(m.contents)
	return &copied
}

func format(value any) string { return fmt.Sprintf("%v %+v %#v %s", value, value, value, value) }

// skipWhenShort leaves a test of many repetitions to the runs without -short: under -race they take minutes.
func skipWhenShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("not with -short")
	}
}
