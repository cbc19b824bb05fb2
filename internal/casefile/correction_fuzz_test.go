package casefile_test

import (
	"encoding/json"
	"testing"

	"constancia/internal/casefile"
)

// FuzzCorrected holds corrections against the rule for them, whatever they say: the fields they name and no others, the
// same when it is said twice, and null takes a field away.
func FuzzCorrected(f *testing.F) {
	for _, payload := range []string{`{}`, `{"summary":"A","hold_seconds":60,"occurred_at":{"wall":"2026"}}`, `null`, `[]`, `{"a":{"b":[1,{}]}}`} {
		for _, fields := range []string{`{}`, `{"summary":null}`, `{"hold_seconds":"two","people":[]}`, `{"":1,"a":{"b":null}}`, `{"Summary":"B"}`} {
			f.Add([]byte(payload), []byte(fields))
		}
	}
	f.Fuzz(func(t *testing.T, payload, said []byte) {
		var before, fields map[string]any
		if json.Unmarshal(payload, &before) != nil || json.Unmarshal(said, &fields) != nil {
			return
		}
		if before == nil {
			if _, err := casefile.Corrected(payload, fields); err == nil {
				t.Errorf("%s was corrected", payload)
			}
			return
		}
		once, err := casefile.Corrected(payload, fields)
		if err != nil {
			t.Fatalf("%s with %s: %v", payload, said, err)
		}
		twice, err := casefile.Corrected(once, fields)
		if err != nil || string(once) != string(twice) {
			t.Errorf("%s with %s is %s, and then %s, %v", payload, said, once, twice, err)
		}
		var after map[string]any
		if err := json.Unmarshal(once, &after); err != nil {
			t.Fatalf("%s is no object: %v", once, err)
		}
		for name, value := range after {
			want, changed := fields[name]
			if !changed {
				want = before[name]
			}
			if !same(value, want) {
				t.Errorf("%s with %s has %s in %q", payload, said, once, name)
			}
		}
		for name, value := range fields {
			if _, there := after[name]; there == (value == nil) {
				t.Errorf("%s with %s: %q is there: %t", payload, said, name, there)
			}
		}
	})
}

func same(a, b any) bool {
	textA, errA := json.Marshal(a)
	textB, errB := json.Marshal(b)
	return errA == nil && errB == nil && string(textA) == string(textB)
}
