package casework

import (
	"time"

	"constancia/internal/i18n"
)

// Sentences say what holds of a dossier's file, which does, since when, and by whose word. compared says that its record was
// to be compared with the library's.
func (v VerifiedDossier) Sentences(words *i18n.Texts, compared bool) []string {
	said := []string{words.Text("verified.holds", i18n.Values{"size": words.Size(v.Size)})}
	if len(v.Files) > 0 {
		said = append(said, words.Text("verified.files", i18n.Values{"files": words.Count("count.file", int64(len(v.Files)))}))
	}
	for _, signature := range v.Signatures {
		said = append(said, words.Text("verified.signature", i18n.Values{"by": signature.By}))
		if signature.StampedAt != "" {
			said = append(said, words.Text("verified.signature_stamped",
				i18n.Values{"by": signature.StampedBy, "at": instant(words, signature.StampedAt)}))
		}
		said = append(said, doubt(words, signature.By, signature.Trusted)...)
	}
	for _, stamp := range v.Stamps {
		said = append(said, words.Text("verified.stamp", i18n.Values{"by": stamp.By, "at": instant(words, stamp.At)}))
		said = append(said, doubt(words, stamp.By, stamp.Trusted)...)
	}
	if len(v.Stamps) == 0 {
		said = append(said, words.Text("verified.no_stamp"))
	}
	return append(said, v.Record.sentences(words, compared)...)
}

// doubt says that a name is only what its certificate says, where nobody whom this computer trusts vouches for it.
func doubt(words *i18n.Texts, by string, trusted bool) []string {
	if trusted {
		return nil
	}
	return []string{words.Text("verified.untrusted", i18n.Values{"by": by})}
}

// sentences say from which record a dossier was made, since when others vouch for that, and, when it was to be compared, what
// the library's record is to it.
func (r *DossierRecord) sentences(words *i18n.Texts, compared bool) []string {
	if r == nil {
		return []string{words.Text("verified.no_record")}
	}
	var entries, since int64
	for _, log := range r.Logs {
		entries += log.Entries
		since += log.Since
	}
	count := func(entries int64) string { return words.Count("count.entry", entries) }
	said := []string{words.Text("verified.record",
		i18n.Values{"logs": words.Count("count.log", int64(len(r.Logs))), "entries": count(entries)})}
	for _, log := range r.Logs {
		for _, seal := range log.Seals {
			said = append(said, words.Text("verified.record_sealed",
				i18n.Values{"by": seal.By, "at": instant(words, seal.At), "entries": count(seal.Entries)}))
		}
	}
	switch {
	case !compared:
	case !r.Compared:
		said = append(said, words.Text("verified.record_not_here"))
	case r.Behind:
		said = append(said, words.Text("verified.record_behind"))
	case since > 0:
		said = append(said, words.Text("verified.record_goes_on", i18n.Values{"entries": count(since)}))
	default:
		said = append(said, words.Text("verified.record_same"))
	}
	return said
}

// instant writes an instant, RFC 3339, as it is compared with others: in UTC.
func instant(words *i18n.Texts, text string) string {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text
	}
	return words.DateTime(at.UTC()) + " UTC"
}
