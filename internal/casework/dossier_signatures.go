package casework

import (
	"context"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
	"constancia/internal/mail/dkim"
	"constancia/internal/problem"
)

// signatureSentences says of each email of a case what the signatures of its senders' mail servers show by the keys that
// are on record, and since when those are. Nobody is asked.
//
// Problems: cancelled.
func (c *Casework) signatureSentences(ctx context.Context, file casefile.CaseFile, language i18n.Language) (map[string][]string, error) {
	texts := i18n.For(language)
	sentences := map[string][]string{}
	for _, entry := range file.Messages {
		signatures, err := c.signaturesOf(ctx, entry.Value.Message, entry.Value.Reading.From)
		if ctx.Err() != nil {
			return nil, problem.Wrap(ctx.Err(), problem.Cancelled, nil)
		}
		if err != nil {
			continue // its bytes are gone or damaged; the dossier shows what was read of them before
		}
		for _, signature := range signatures {
			sentences[entry.Value.ID] = append(sentences[entry.Value.ID], signature.printed(texts))
		}
		if len(signatures) == 0 {
			sentences[entry.Value.ID] = []string{texts.Text("signature.none")}
		}
	}
	return sentences, nil
}

// printed says on paper what a signature shows, and which kept key says so.
func (s MessageSignature) printed(texts *i18n.Texts) string {
	if s.Verdict == dkim.NoAnswer {
		return texts.Text("dossier.email.signature_unchecked", i18n.Values{"domain": s.Domain})
	}
	said := s.Sentence(texts)
	at, err := time.Parse(time.RFC3339, s.Key.AskedAt)
	if !s.Fits() || err != nil {
		return said
	}
	return said + " " + texts.Text("dossier.email.signature_kept", i18n.Values{"name": s.Key.Name, "when": texts.ShortDate(at)})
}
