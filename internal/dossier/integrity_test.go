package dossier_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/i18n"
)

func TestWhatWasTakenBackLateOrAfterATimeStampIsListedAndSlipsAreCounted(t *testing.T) {
	d := compile(t, dossiertest.New(1).File, options(i18n.English))
	want := []dossier.Withdrawal{
		{Text: "Contact attempt, recorded 2 Apr 2026, 11:30 (UTC+02:00), taken back 3 Apr 2026, 11:30 (UTC+02:00).", Note: "La llamada estaba anotada dos veces."},
		{Text: "Contact attempt, recorded 2 Apr 2026, 11:30 (UTC+02:00), taken back 2 Apr 2026, 11:35 (UTC+02:00).", Note: "A time stamp had covered it."},
		{Text: "Piece of evidence, recorded 2 Apr 2026, 11:30 (UTC+02:00), erased 2 May 2026, 11:30 (UTC+02:00).", Note: "Se ve a una vecina.", Row: "A-6"},
	}
	if diff := cmp.Diff(want, d.Integrity.Withdrawn); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if d.Integrity.Slips != "1 more entry was taken back or erased within a quarter of an hour." {
		t.Errorf("the slips are %q", d.Integrity.Slips)
	}
	clean := dossiertest.New(1).File
	clean.Withdrawn = nil
	if d := compile(t, clean, options(i18n.English)); d.Integrity.Withdrawn != nil || d.Integrity.Slips != "" {
		t.Errorf("without any it says %+v, %q", d.Integrity.Withdrawn, d.Integrity.Slips)
	}
}

func TestAnErasedExhibitKeepsItsNumberAndIsNoneOfTheMainOnes(t *testing.T) {
	d := compile(t, dossiertest.New(1).File, options(i18n.English))
	last := d.Exhibits[len(d.Exhibits)-1]
	want := dossier.Exhibit{Tag: "A-6", Piece: 1, Pieces: 1, Caption: "Erased",
		Erased: "This exhibit was erased on 2 May 2026, 11:30 (UTC+02:00). Its number is kept, so that no other file can take it."}
	if diff := cmp.Diff(want, last); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if slices.Contains(d.Summary.Exhibits, len(d.Exhibits)-1) {
		t.Errorf("the main exhibits are %v", d.Summary.Exhibits)
	}
	for _, file := range d.Integrity.Files {
		if file.Tag == "A-6" {
			t.Errorf("the files have %+v", file)
		}
	}
}

func TestTheHeadsOfTheLogsAndTheLastTimeStampAreShown(t *testing.T) {
	stamped := time.Date(2026, 7, 20, 8, 0, 0, 0, time.UTC)
	o := options(i18n.English)
	o.Logs = []dossier.Log{
		{LogHead: casefile.LogHead{LogID: "a", Size: 118, Root: "aa"}, Sealed: 117, SealedAt: stamped, Service: "https://time.example:8443/tsr"},
		{LogHead: casefile.LogHead{LogID: "b", Size: 4, Root: "bb"}, Sealed: 1, SealedAt: stamped.Add(-time.Hour), Service: "time.example"},
		{LogHead: casefile.LogHead{LogID: "c", Size: 1, Root: "cc"}},
	}
	d := compile(t, dossiertest.New(1).File, o)
	want := []dossier.Head{
		{LogID: "a", Entries: "118 entries", Root: "aa", Sealed: "Time stamp by time.example, 20 Jul 2026, 10:00 (UTC+02:00), covering its first 117 entries."},
		{LogID: "b", Entries: "4 entries", Root: "bb", Sealed: "Time stamp by time.example, 20 Jul 2026, 09:00 (UTC+02:00), covering its first entry."},
		{LogID: "c", Entries: "1 entry", Root: "cc", Sealed: "No time stamp from an outside service yet."},
	}
	if diff := cmp.Diff(want, d.Integrity.Heads); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if d.Sealed != "Time stamp: 20 Jul 2026, 10:00 (UTC+02:00)" || d.Integrity.Entries != 123 {
		t.Errorf("%q, %d entries", d.Sealed, d.Integrity.Entries)
	}
	o.Logs = o.Logs[2:]
	if d := compile(t, dossiertest.New(1).File, o); d.Sealed != "" {
		t.Errorf("without a time stamp it says %q", d.Sealed)
	}
}

func TestWhatTwoDevicesCorrectedDifferentlyIsShownWithBothValues(t *testing.T) {
	file := dossiertest.New(1).File
	entry := &file.Contacts[0].Entry
	at := time.Date(2026, 4, 1, 8, 0, 0, 0, time.UTC)
	for i, seconds := range []any{300.0, 420.0} {
		entry.Corrections = append(entry.Corrections, casefile.Correction{
			ID: []string{"first", "second"}[i], LogID: []string{"one", "other"}[i], RecordedAt: at.Add(time.Duration(i) * time.Hour),
			Fields: map[string]any{"hold_seconds": seconds}})
	}
	var got [][]string
	for _, correction := range compile(t, file, options(i18n.English)).Integrity.Corrections {
		got = append(got, correction.Rivals)
	}
	want := [][]string{nil, {"On another computer this was corrected differently: time on hold. This correction says: 5\u00a0min"},
		{"On another computer this was corrected differently: time on hold. This correction, which is the one shown, says: 7\u00a0min"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestADossierCopesWithWhatNamesSomethingThatIsGone(t *testing.T) {
	whole := dossiertest.New(1).File
	before := len(compile(t, whole, options(i18n.English)).Chronology)
	for name, change := range map[string]func(*casefile.CaseFile){
		"all contacts":  func(f *casefile.CaseFile) { f.Contacts = nil },
		"all people":    func(f *casefile.CaseFile) { f.People = nil },
		"all companies": func(f *casefile.CaseFile) { f.Parties = nil },
		"all promises":  func(f *casefile.CaseFile) { f.Promises = nil },
		"all evidence":  func(f *casefile.CaseFile) { f.Evidence = nil },
		"all emails":    func(f *casefile.CaseFile) { f.Messages = nil },
	} {
		t.Run(name, func(t *testing.T) {
			file := dossiertest.New(1).File
			change(&file)
			for _, language := range i18n.Languages() {
				d := compile(t, file, options(language))
				for _, exhibit := range d.Exhibits {
					if name == "all evidence" && exhibit.Erased == "" {
						t.Errorf("%s is shown as %+v", exhibit.Tag, exhibit)
					}
				}
			}
		})
	}
	// An email that is linked to a contact which is gone tells for itself again.
	linked := dossiertest.New(1).File
	linked.Messages[0].Value.ContactID = linked.Contacts[0].Value.ID
	if got := len(compile(t, linked, options(i18n.English)).Chronology); got != before-1 {
		t.Errorf("with a linked email there are %d rows, want %d", got, before-1)
	}
	linked.Contacts = linked.Contacts[1:]
	d := compile(t, linked, options(i18n.English))
	if len(d.Chronology) != before-1 || linked.Figures(dossiertest.Now).Contacts != int64(before-1) {
		t.Errorf("without its contact there are %d rows and %d contacts, want %d", len(d.Chronology), linked.Figures(dossiertest.Now).Contacts, before-1)
	}
}
