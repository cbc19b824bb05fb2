package backup_test

import (
	"fmt"
	"testing"
	"time"

	"constancia/internal/backup"
)

// large is a library of 10,000 entries and 2,000 files of 30 kB.
func large(t testing.TB) *memory {
	m := newMemory(t)
	log := m.newCase()
	for i := range 10_000 {
		m.contact(log, fmt.Sprintf("Call %d: they said that somebody would ring back within two working days, and nobody did", i))
	}
	for i := range 2_000 {
		data := make([]byte, 30_000)
		copy(data, fmt.Sprint("email ", i))
		m.file(data)
	}
	return m
}

func BenchmarkBackup(b *testing.B) {
	m := large(b)
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			newPlace(b).make(m)
		}
	})
	p := newPlace(b)
	p.make(m)
	b.Run("one more entry", func(b *testing.B) {
		for b.Loop() {
			m.contact(m.logs[0], "One more")
			p.now = p.now.Add(time.Minute)
			p.make(m)
		}
	})
	b.Run("check", func(b *testing.B) {
		for b.Loop() {
			if _, err := backup.Check(b.Context(), p.folder, p.key, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}
