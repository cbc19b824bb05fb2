package pdf_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/dossier/pdf"
	"constancia/internal/i18n"
)

// made says of what a dossier is made.
type made struct {
	edition                   dossier.Edition
	logs, stamped, rows       bool
	embedded, proof, inVolume bool
	exports                   int64
}

// short reports whether it has the half page for newspapers.
func (m made) short() bool { return m.edition == dossier.Press }

// Every sentence of the appendix is said in the files of which it is true, and in no other.
func TestEachSentenceOfTheAppendixStandsOnlyWhereItIsTrue(t *testing.T) {
	// The sentences that depend on the file, and when each is true.
	sentences := map[string]func(m made) bool{
		"recorded_rows":   func(m made) bool { return m.rows },
		"unstamped":       func(m made) bool { return !m.stamped },
		"fingerprint_is":  func(m made) bool { return !m.short() },
		"fingerprint_of":  func(m made) bool { return m.logs && !m.short() },
		"heads_are":       func(m made) bool { return m.logs && !m.short() },
		"proof":           func(m made) bool { return m.proof && !m.stamped && !m.inVolume && !m.short() },
		"proof_stamped":   func(m made) bool { return m.proof && m.stamped && !m.inVolume && !m.short() },
		"proof_volume":    func(m made) bool { return m.inVolume },
		"proof_how":       func(m made) bool { return m.proof && !m.short() },
		"proof_out":       func(m made) bool { return m.proof && !m.short() },
		"proof_sum":       func(m made) bool { return m.proof && !m.short() },
		"exports":         func(m made) bool { return m.exports > 0 && !m.short() },
		"press_record":    made.short,
		"press_originals": made.short,
		"press_file":      made.short,
		"press_proof":     func(m made) bool { return m.proof && m.short() },
		"embedded_are":    func(m made) bool { return m.embedded && !m.inVolume },
		"embedded_volume": func(m made) bool { return m.embedded && m.inVolume },
		"how":             func(m made) bool { return m.edition != dossier.Press && !m.embedded },
		"how_embedded":    func(m made) bool { return m.embedded && !m.inVolume },
		"how_volume":      func(m made) bool { return m.embedded && m.inVolume },
		"limits":          func(m made) bool { return m.edition != dossier.Press },
		"press_limits":    made.short,
		"press_when":      made.short,
		"how_all":         func(m made) bool { return m.embedded },
		"this_file_is":    func(m made) bool { return !m.short() },
		"this_file_holds": func(m made) bool { return (m.embedded || m.proof) && !m.inVolume && !m.short() },
		"stamp_may":       func(m made) bool { return !m.short() },
		"exports_are":     func(m made) bool { return !m.short() },
		"corrections_are": func(made) bool { return true },
		"head.not_sealed": func(m made) bool { return m.logs && !m.short() }, // the second log never is
	}
	for name, m := range map[string]made{
		"head office, offline":       {edition: dossier.HeadOffice, logs: true, rows: true, embedded: true, proof: true},
		"head office, stamped":       {edition: dossier.HeadOffice, logs: true, stamped: true, rows: true, embedded: true, proof: true, exports: 1},
		"regulator, light":           {edition: dossier.Regulator, logs: true, rows: true, proof: true, exports: 3},
		"regulator, in volumes":      {edition: dossier.Regulator, logs: true, stamped: true, rows: true, embedded: true, proof: true, inVolume: true},
		"press":                      {edition: dossier.Press, logs: true, rows: true, proof: true, exports: 2},
		"press, stamped":             {edition: dossier.Press, logs: true, stamped: true, rows: true, proof: true},
		"without its chronology":     {edition: dossier.HeadOffice, logs: true, embedded: true, proof: true},
		"a fingerprint and no heads": {edition: dossier.HeadOffice, rows: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := options(i18n.English)
			o.Edition, o.Exports = m.edition, m.exports
			switch {
			case !m.logs:
				o.Logs = nil
			case !m.stamped:
				o.Logs[0].Sealed, o.Logs[0].SealedAt = 0, time.Time{}
			}
			if !m.rows {
				o.Sections = slices.DeleteFunc(dossier.Sections(), func(s dossier.Section) bool { return s == dossier.ChronologySection })
			}
			story := dossiertest.New(1)
			model, err := dossier.Compile(story.File, o)
			if err != nil {
				t.Fatal(err)
			}
			if m.proof {
				model.Integrity.Proof, model.Integrity.ProofStamped = "record.txt", m.stamped
			}
			if m.embedded {
				for i := range model.Integrity.Files {
					model.Integrity.Files[i].Embedded = model.Integrity.Files[i].Name
				}
			}
			model.Integrity.Volume = m.inVolume
			_, data := finish(t, model, pdf.Options{Open: story.Open})
			path := save(t, data)
			read := joinedWords(run(t, "pdftotext", "-x", "0", "-y", "60", "-W", "600", "-H", "708", path, "-")) // without heads and feet of pages
			words := i18n.For(i18n.English)
			for key, isTrue := range sentences {
				key := "dossier.integrity." + key
				if strings.HasSuffix(key, "head.not_sealed") {
					key = "dossier.head.not_sealed"
				}
				sentence := ""
				if key == "dossier.integrity.exports" {
					sentence = words.Count(key, m.exports)
				} else {
					sentence = words.Text(key, i18n.Values{"file": "record.txt"})
				}
				if got := strings.Contains(read, joinedWords(sentence)); got != isTrue(m) {
					t.Errorf("it says %t: %s", got, sentence)
				}
			}
			for _, line := range []string{"lines below", "their time stamps are"} {
				if strings.Contains(read, joinedWords(line)) {
					t.Errorf("it speaks of %q", line)
				}
			}
		})
	}
}

// joinedWords is a text without what stands between its words, which a line may end in.
func joinedWords(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u00A0' {
			return -1
		}
		return r
	}, text)
}
