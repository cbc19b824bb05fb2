package cli

import (
	"io"
	"slices"

	"constancia/internal/casework"
)

// sayWhatTheDossierProves says from which record a dossier was made, since when others vouch for that, and, when it was to
// be compared, what the library's record is to it. It gives the numbers to compare.
func (p *program) sayWhatTheDossierProves(w io.Writer, proved *casework.DossierRecord, compare bool) (numbers [][2]string) {
	if proved == nil {
		p.line(w, "cli.dossier.no_record", nil)
		return nil
	}
	var entries, since int64
	for _, log := range proved.Logs {
		entries += log.Entries
		since += log.Since
	}
	count := func(entries int64) string { return p.texts.Count("count.entry", entries) }
	p.line(w, "cli.dossier.record", values("logs", p.texts.Count("count.log", int64(len(proved.Logs))), "entries", count(entries)))
	numbers = [][2]string{{p.texts.Text("cli.dossier.record_fingerprint"), proved.Fingerprint}}
	for _, log := range proved.Logs {
		for _, seal := range log.Seals {
			p.line(w, "cli.dossier.record_sealed", values("by", seal.By, "at", p.instant(seal.At), "entries", count(seal.Entries)))
		}
		if key := [2]string{p.texts.Text("cli.dossier.record_key"), log.Key}; !slices.Contains(numbers, key) {
			numbers = append(numbers, key)
		}
	}
	switch {
	case !compare:
	case !proved.Compared:
		p.line(w, "cli.dossier.record_not_here", nil)
	case since > 0:
		p.line(w, "cli.dossier.record_goes_on", values("entries", count(since)))
	default:
		p.line(w, "cli.dossier.record_same", nil)
	}
	return numbers
}
