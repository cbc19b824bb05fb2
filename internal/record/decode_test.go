package record

import (
	"errors"
	"testing"

	"constancia/internal/casefile"
)

func TestAPayloadIsReadByTheExactNamesOfItsMembers(t *testing.T) {
	tests := []struct {
		name, payload, pointer string
	}{
		{"a member in capitals", `{"KEY":"k","device":"d"}`, "/KEY"},
		{"a member in capitals beside the right one", `{"Letter":"Z","key":"k","letter":"A"}`, "/Letter"},
		{"no canonical form", `{"key":1.5}`, "/key"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var device casefile.Device
			err := Decode([]byte(test.payload), &device)
			if form, ok := errors.AsType[*FormError](err); !ok || form.Pointer != test.pointer {
				t.Errorf("got %v, want a refusal of %s", err, test.pointer)
			}
		})
	}
	var erasure casefile.Erasure
	err := Decode([]byte(`{"case":"c","targets":[{"entry":"e","leaf":"l"},{"Entry":"x"}]}`), &erasure)
	if form, ok := errors.AsType[*FormError](err); !ok || form.Pointer != "/targets/1/Entry" {
		t.Errorf("got %v", err)
	}
	if err := Decode([]byte(`{"case":"c","from_the_future":{"Case":1},"targets":[{"entry":"e","leaf":"l"}]}`), &erasure); err != nil || erasure.Targets[0].EntryID != "e" {
		t.Errorf("got %+v, %v", erasure, err)
	}
}

func TestAnErasureWithTargetsUnderAnotherNameErasesNothing(t *testing.T) {
	var checker Checker
	checker.Check(exampleDevice(t, 1))
	checker.Check(withoutPayload(examplePromise(t, 2)))
	erasure := erasureOf(t, 3, examplePromise(t, 2))
	erasure.Payload = replaceOnce(t, erasure.Payload, `"targets"`, `"Targets"`)
	checker.Check(mustStore(t, erasure.Entry))
	found := checker.Findings()
	for _, finding := range found {
		if finding.What == PayloadMissing {
			return
		}
	}
	t.Errorf("it says %v", found)
}
