package casework

import (
	"time"

	"constancia/internal/i18n"
)

// Sentence says what a signature shows, and what weakens that.
func (s MessageSignature) Sentence(texts *i18n.Texts) string {
	key := "signature." + string(s.Verdict)
	if s.Fits() && !s.Aligned {
		key = "signature.fits_through"
	}
	said := texts.Text(key, i18n.Values{"domain": s.Domain, "why": s.Why})
	if !s.Fits() {
		return said
	}
	if s.Expired {
		said += " " + texts.Text("signature.expired", i18n.Values{"date": s.ExpiresAt})
	}
	if s.UnsignedBytes > 0 {
		said += " " + texts.Text("signature.partly", i18n.Values{"size": texts.Size(s.UnsignedBytes)})
	}
	if s.Obsolete {
		said += " " + texts.Text("signature.obsolete")
	}
	for _, name := range s.Added {
		said += " " + texts.Text("signature.added", i18n.Values{"field": name})
	}
	return said
}

// KeySentence says since when the key is on record by which a signature fits; empty where it says nothing more.
func (s MessageSignature) KeySentence(texts *i18n.Texts, place *time.Location) string {
	at, err := time.Parse(time.RFC3339, s.Key.AskedAt)
	if err != nil || !s.Fits() {
		return ""
	}
	return texts.Text("signature.kept", i18n.Values{"when": texts.Date(at.In(place))})
}
