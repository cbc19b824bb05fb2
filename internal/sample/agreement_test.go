package sample

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// logged are the calls of the operator's log, their length by day and hour.
func logged(t *testing.T, language i18n.Language) map[string]time.Duration {
	t.Helper()
	files := EvidenceFiles(language)
	at := slices.IndexFunc(files, func(f File) bool { return f.Key == "calls" })
	table := csv.NewReader(bytes.NewReader(files[at].Body))
	table.Comma = ';'
	rows, err := table.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	lengths := map[string]time.Duration{}
	for _, row := range rows[1:] {
		clock, err := time.Parse(time.TimeOnly, row[4])
		if err != nil {
			t.Fatal(err)
		}
		lengths[row[0]+" "+row[1]] = clock.Sub(time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC))
	}
	return lengths
}

// The log counts hold and talk as one, so it bears out every call, and of the own time all but what was not on the phone.
func TestTheOperatorsLogAgreesWithTheStory(t *testing.T) {
	for _, language := range i18n.Languages() {
		lengths := logged(t, language)
		var phone, elsewhere time.Duration
		for _, told := range Story(language).Contacts {
			contact := told.Value
			var took time.Duration
			for _, seconds := range []*int64{contact.HoldSeconds, contact.TalkSeconds} {
				if seconds != nil {
					took += time.Duration(*seconds) * time.Second
				}
			}
			if contact.Channel != casefile.Phone {
				elsewhere += took
				continue
			}
			phone += took
			wall := strings.Replace(contact.OccurredAt.Wall, "T", " ", 1)[:16]
			if lengths[wall] != took {
				t.Errorf("%s: the call of %s took %v, the log has %v", language, wall, took, lengths[wall])
			}
			delete(lengths, wall)
		}
		if len(lengths) > 0 {
			t.Errorf("%s: the log has calls that the story does not tell: %v", language, lengths)
		}
		own := time.Duration(Story(language).Figures(lastDay).OwnSeconds) * time.Second
		if phone+elsewhere != own || elsewhere != 35*time.Minute {
			t.Errorf("%s: %v on the phone and %v elsewhere, of %v", language, phone, elsewhere, own)
		}
	}
}

// What a correction says of the log has to be what the log says: it knows how long a call was, not how much of it was hold.
func TestTheCorrectionSaysWhatTheLogShows(t *testing.T) {
	const at = "2026-04-07 10:02"
	for _, language := range i18n.Languages() {
		for _, told := range Story(language).Contacts {
			for _, correction := range told.Entry.Corrections {
				words := i18n.For(language)
				said := strings.ReplaceAll(correction.Reason, "\u00A0", " ")
				for _, seconds := range []int64{int64(logged(t, language)[at] / time.Second), *told.Value.TalkSeconds} {
					if want := strings.ReplaceAll(words.Duration(seconds), "\u00A0", " "); !strings.Contains(said, want) {
						t.Errorf("%s: %q does not say %s", language, said, want)
					}
				}
			}
		}
	}
}

func TestTheEarlierClaimsAreTheEmailAndTheVisit(t *testing.T) {
	story := Story(i18n.English)
	visit := slices.IndexFunc(story.Contacts, func(c casefile.Recorded[casefile.Contact]) bool { return c.Value.ID == "visit-01" })
	email := slices.IndexFunc(disputeMail, func(m mail) bool { return m.key == "mail-06" })
	if tags := fmt.Sprintf("E-%03d, C-%03d", email+1, visit+1); tags != EarlierClaims {
		t.Errorf("they are %s, not %s", tags, EarlierClaims)
	}
}
