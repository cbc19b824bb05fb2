package backup_test

import (
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"testing"
)

func TestMemoryDoesNotFollowTheSizeOfAFile(t *testing.T) {
	skipWhenShort(t)
	const size = 48 << 20
	p, m := newPlace(t), newMemory(t)
	m.contact(m.newCase(), "A film of the whole visit")
	film := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{}).Read(film)
	m.file(film)

	defer debug.SetGCPercent(debug.SetGCPercent(10)) // garbage does not wait
	inUse := func() uint64 {
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	runtime.GC()
	before, most := inUse(), uint64(0)
	m.interrupt = func() error {
		most = max(most, inUse())
		return nil
	}
	p.make(m)

	opened := p.open()
	defer func() { _ = opened.Close() }()
	snapshot := p.snapshots()[0]
	body, err := opened.OpenFile(t.Context(), snapshot, snapshot.Files()[0])
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = body.Close() }()
	for err == nil {
		_, err = io.CopyN(io.Discard, body, 1<<20)
		most = max(most, inUse())
	}
	if !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	if most > before+size/3 {
		t.Errorf("a file of %d bytes took %d bytes of memory", size, most-before)
	}
}
