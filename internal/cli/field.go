package cli

import (
	"constancia/internal/dossier"
)

// noValue stands where a field is empty.
const noValue = "—"

// fieldKey is the key of the word for a field of a kind's payload. Most fields are called the same in every kind.
func (p *program) fieldKey(kind, field string) string {
	if key := "term.field." + kind + "." + field; p.texts.Has(key) {
		return key
	}
	return "term.field." + field
}

// fieldText says what a field of an entry's payload holds, by its JSON name. names are those of companies and people, by
// id.
func (p *program) fieldText(field string, value any, names map[string]string) string {
	if text := dossier.FieldText(p.texts, field, value, names); text != "" {
		return text
	}
	return noValue
}
