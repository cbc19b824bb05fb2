package library_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/record"
)

// vocabulary makes contacts whose words are as common as words are: the first ones in every other, the last ones rare.
// Some have accents.
var vocabulary = func() (words []string) {
	consonants, vowels := []rune("bcdfghjklmnprstvz"), []rune("aeiouaeiouáeíoú")
	for i := range 2000 {
		word := ""
		for rest := (i*7919 + 1) % 1_000_003; rest > 0; rest /= len(consonants) * len(vowels) {
			syllable := rest % (len(consonants) * len(vowels))
			word += string(consonants[syllable/len(vowels)]) + string(vowels[syllable%len(vowels)])
		}
		words = append(words, word)
	}
	return words
}()

func aCallOfManyWords(random *rand.Rand, caseID string) casefile.Contact {
	words := func(count int) (text string) {
		for range count {
			text += " " + vocabulary[int(float64(len(vocabulary))*random.Float64()*random.Float64()*random.Float64())]
		}
		return text
	}
	contact := call(caseID, "Refund"+words(15))
	contact.Verbatim = "refund" + words(25)
	return contact
}

// filled is a library with one case of so many contacts.
func filled(b *testing.B, count int) (l *library.Library, caseID string, random *rand.Rand) {
	b.Helper()
	l, random = open(b, b.TempDir()), rand.New(rand.NewPCG(1, 2))
	caseID = newCase(b, l)
	for count > 0 {
		var drafts []library.Draft
		for range min(count, 1000) {
			drafts = append(drafts, draftOf(record.KindContact, caseID, aCallOfManyWords(random, caseID)))
		}
		if err := l.Append(b.Context(), drafts...); err != nil {
			b.Fatal(err)
		}
		count -= len(drafts)
	}
	return l, caseID, random
}

func BenchmarkAppend(b *testing.B) {
	for _, count := range []int{1000, 10_000} {
		b.Run(fmt.Sprintf("to %d entries", count), func(b *testing.B) {
			l, caseID, random := filled(b, count)
			for b.Loop() {
				put(b, l, record.KindContact, caseID, aCallOfManyWords(random, caseID))
			}
		})
	}
}

func BenchmarkSearch(b *testing.B) {
	for _, count := range []int{1000, 10_000} {
		l, caseID, _ := filled(b, count)
		for name, words := range map[string]string{
			"a word in every entry": "refund", "a common word": vocabulary[1], "a rare word": vocabulary[1999],
			"two words": vocabulary[3] + " " + vocabulary[70], "two letters": vocabulary[1][:2],
		} {
			b.Run(fmt.Sprintf("%s/%d entries", name, count), func(b *testing.B) {
				for b.Loop() {
					search(b, l, caseID, words)
				}
			})
		}
	}
}

func BenchmarkCaseFile(b *testing.B) {
	for _, count := range []int{1000, 10_000} {
		b.Run(fmt.Sprintf("%d entries", count), func(b *testing.B) {
			l, caseID, _ := filled(b, count)
			for b.Loop() {
				if _, err := l.CaseFile(b.Context(), caseID); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkTimeline(b *testing.B) {
	for _, count := range []int{100, 10_000} {
		l := open(b, b.TempDir())
		caseID := fill(b, l, count)
		page := func(filter library.TimelineFilter, first int64) func() error {
			return func() error {
				_, err := l.Timeline(b.Context(), caseID, filter, first, 40, time.Now())
				return err
			}
		}
		for name, read := range map[string]func() error{
			"first page": page(library.TimelineFilter{}, 0), "last page": page(library.TimelineFilter{}, int64(count)-40),
			"words": page(library.TimelineFilter{Words: "refund"}, 0), "promises": page(library.TimelineFilter{WithPromises: true}, 0),
			"overview": func() error { _, err := l.Overview(b.Context(), caseID, time.Now()); return err },
			"promises of the case": func() error {
				_, err := l.Promises(b.Context(), caseID, library.PromiseFilter{}, 0, 50, time.Now())
				return err
			},
			"evidence of the case": func() error { _, err := l.EvidenceFile(b.Context(), caseID); return err },
			"whole case":           func() error { _, err := l.CaseFile(b.Context(), caseID); return err },
			"strip":                func() error { _, err := l.Strip(b.Context(), caseID, time.Now(), "2026-03-01"); return err },
		} {
			b.Run(fmt.Sprintf("%s/%d contacts", name, count), func(b *testing.B) {
				for b.Loop() {
					if err := read(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkPeople(b *testing.B) {
	for _, count := range []int{100, 10_000} {
		l := open(b, b.TempDir())
		caseID := fill(b, l, count)
		for name, id := range map[string]string{"one case": caseID, "all cases": ""} {
			b.Run(fmt.Sprintf("%s/%d contacts", name, count), func(b *testing.B) {
				for b.Loop() {
					if _, err := l.PeopleFiles(b.Context(), id); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
