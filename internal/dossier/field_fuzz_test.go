package dossier_test

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"constancia/internal/dossier"
	"constancia/internal/i18n"
)

// FuzzFieldText holds the words for a field against payloads that nobody typed: a record that came from elsewhere can
// have anything in any field.
func FuzzFieldText(f *testing.F) {
	fields := []string{"occurred_at", "made_at", "due", "answer_by", "on", "amount", "claimed", "hold_seconds", "talk_seconds",
		"direction", "channel", "basis", "supervisor", "role", "failures", "people", "party", "person", "remedy", "complainant",
		"references", "summary", "refused", "outcome", "domains", "weather",
		"spent_at", "yearly_spend", "hour_value", "consent", "sent_to", "answers", "ending", "customer_since", "retold"}
	for _, field := range fields {
		for _, value := range []string{`null`, `true`, `-1`, `1e300`, `"x"`, `""`, `[]`, `{}`, `[1,null,{"a":[]}]`,
			`{"wall":"2026-03-02T10:05","zone":"Europe/Madrid","offset_seconds":3600,"precision":"minute","end":"2026-03-02T10:20"}`,
			`{"wall":"x","zone":"../../etc/passwd","offset_seconds":9007199254740991,"precision":"century"}`,
			`{"date":"2026-02-31","time":"25:99","zone":"Nowhere"}`, `{"minor":-9007199254740991,"currency":"EURO\u0000"}`,
			`{"kind":"flowers","answer":"maybe","amount":{"minor":1,"currency":"XTS"},"done":true}`,
			`{"name":1,"email":null}`, `[{"label":"order","number":"L-1"},{"label":{}}]`,
			`{"party":"y","words":"the shop"}`, `[{"entry":"x","said":"in Getafe"},{"said":[]}]`} {
			f.Add(field, value)
		}
	}
	f.Fuzz(func(t *testing.T, field, text string) {
		var value any
		if json.Unmarshal([]byte(text), &value) != nil {
			t.Skip()
		}
		for _, language := range i18n.Languages() {
			written := dossier.FieldText(i18n.For(language), field, value, map[string]string{"x": "Núria", "y": ""})
			if value == nil && written != "" || utf8.ValidString(field+text) && !utf8.ValidString(written) {
				t.Errorf("%s: %s %s reads %q", language, field, text, written)
			}
		}
	})
}
