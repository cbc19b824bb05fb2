package casefile_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
)

// recorded puts a thing on record at an instant, written in RFC 3339.
func recorded[T any](value T, at string) casefile.Recorded[T] {
	return casefile.Recorded[T]{Value: value, Entry: casefile.Entry{RecordedAt: instant(at)}}
}

func instant(text string) time.Time {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return at
}

// due is a due date in Madrid.
func due(text string) *casefile.Due {
	d, err := casefile.ParseDue(text, "Europe/Madrid")
	if err != nil {
		panic(err)
	}
	return d
}

func TestACorrectionReplacesOnlyItsOwnFields(t *testing.T) {
	original := `{"summary":"They put me on hold","hold_seconds":60,"people":["a","b"],"channel":"phone"}`
	tests := []struct {
		name   string
		fields map[string]any
		want   string
	}{
		{"one field", map[string]any{"hold_seconds": 2280}, `{"channel":"phone","hold_seconds":2280,"people":["a","b"],"summary":"They put me on hold"}`},
		{"a field that was not there", map[string]any{"number": "900 123 456"}, `{"channel":"phone","hold_seconds":60,"number":"900 123 456","people":["a","b"],"summary":"They put me on hold"}`},
		{"a field taken away", map[string]any{"people": nil}, `{"channel":"phone","hold_seconds":60,"summary":"They put me on hold"}`},
		{"none", nil, `{"channel":"phone","hold_seconds":60,"people":["a","b"],"summary":"They put me on hold"}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := casefile.Corrected([]byte(original), test.fields)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, string(got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	if _, err := casefile.Corrected([]byte(`["not an object"]`), nil); err == nil {
		t.Error("what is not an object was corrected")
	}
	if _, err := casefile.Corrected([]byte(`{}`), map[string]any{"summary": errors.ErrUnsupported.Error}); err == nil {
		t.Error("a value that JSON can't say was taken")
	}
}

func TestTheNamesOfAContactComeInTheOrderPeopleCameOn(t *testing.T) {
	file := casefile.CaseFile{People: []casefile.Recorded[casefile.Person]{
		recorded(casefile.Person{ID: "nuria", Name: "Núria Pons"}, "2026-03-02T10:00:00Z"),
		recorded(casefile.Person{ID: "nobody", Refused: true}, "2026-03-02T10:00:00Z"),
		recorded(casefile.Person{ID: "marc", Name: "Marc"}, "2026-03-02T10:00:00Z"),
	}}
	contact := casefile.Contact{PersonIDs: []string{"marc", "nobody", "of another case", "nuria"}}
	want := []string{"Marc", "(name refused)", "Núria Pons"}
	if diff := cmp.Diff(want, file.Names(contact, "(name refused)")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
