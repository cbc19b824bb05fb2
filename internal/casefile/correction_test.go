package casefile_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
)

func TestCorrectionsOfOneFieldByTwoDevicesAreRivalsUnlessTheyAgree(t *testing.T) {
	correction := func(id, log string, fields map[string]any) casefile.Correction {
		return casefile.Correction{ID: id, LogID: log, Fields: fields}
	}
	summary := func(text any) map[string]any { return map[string]any{"summary": text} }
	tests := []struct {
		name        string
		corrections []casefile.Correction
		want        map[string][]string // ids by field, the one that stands last
	}{
		{"none", nil, nil},
		{"one device, twice", []casefile.Correction{correction("1", "a", summary("x")), correction("2", "a", summary("y"))}, nil},
		{"two devices, other fields", []casefile.Correction{correction("1", "a", summary("x")), correction("2", "b", map[string]any{"number": "5"})}, nil},
		{"two devices, one field", []casefile.Correction{correction("1", "a", summary("x")), correction("2", "b", summary("y"))},
			map[string][]string{"summary": {"1", "2"}}},
		{"two devices that agree", []casefile.Correction{correction("1", "a", summary("x")), correction("2", "b", summary("x"))}, nil},
		{"two devices that came to agree", []casefile.Correction{
			correction("1", "a", summary("x")), correction("2", "b", summary("y")), correction("3", "a", summary("y"))}, nil},
		{"one changed its mind", []casefile.Correction{
			correction("1", "a", summary("x")), correction("2", "b", summary("y")), correction("3", "a", summary("z"))},
			map[string][]string{"summary": {"2", "3"}}},
		{"one takes the field away", []casefile.Correction{correction("1", "a", summary(nil)), correction("2", "b", summary("y"))},
			map[string][]string{"summary": {"1", "2"}}},
		{"three devices", []casefile.Correction{
			correction("1", "a", summary("x")), correction("2", "b", summary("x")), correction("3", "c", summary("y"))},
			map[string][]string{"summary": {"1", "2", "3"}}},
	}
	for _, test := range tests {
		var got map[string][]string
		for _, rival := range (casefile.Entry{Corrections: test.corrections}).Rivals() {
			if got == nil {
				got = map[string][]string{}
			}
			for _, one := range rival.Corrections {
				got[rival.Field] = append(got[rival.Field], one.ID)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", test.name, diff)
		}
	}
}
