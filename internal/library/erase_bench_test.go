package library_test

import (
	"fmt"
	"testing"

	"constancia/internal/record"
)

// BenchmarkErase deletes one call out of a case of so many.
func BenchmarkErase(b *testing.B) {
	for _, count := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("one of %d entries", count), func(b *testing.B) {
			l, caseID, random := filled(b, count)
			for b.Loop() {
				id := put(b, l, record.KindContact, caseID, aCallOfManyWords(random, caseID))
				if _, _, err := l.Erase(b.Context(), []string{id}, "", nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
