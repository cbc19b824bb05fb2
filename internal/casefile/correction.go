package casefile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Corrected gives the JSON object of a thing with a correction's fields in place of its own; null takes a field away.
func Corrected(payload []byte, fields map[string]any) ([]byte, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(payload, &members); err != nil {
		return nil, fmt.Errorf("failed to read what is corrected: %w", err)
	}
	if members == nil {
		return nil, errors.New("what is corrected is no object")
	}
	for name, value := range fields {
		if value == nil {
			delete(members, name)
			continue
		}
		text, err := json.Marshal(value)
		if err != nil {
			return nil, fmt.Errorf("failed to write the correction of %s: %w", name, err)
		}
		members[name] = text
	}
	return json.Marshal(members)
}

// Rival is a field that corrections from several devices change, each in its own way.
type Rival struct {
	// Field is its top-level JSON name.
	Field string
	// Corrections are the last ones of each device, in the order in which they were recorded. What the last of them says
	// stands.
	Corrections []Correction
}

// Rivals lists the fields of an entry on which the corrections of several devices do not agree, by name.
func (e Entry) Rivals() []Rival {
	byField := map[string][]Correction{}
	for _, correction := range e.Corrections {
		for field := range correction.Fields {
			byField[field] = append(byField[field], correction)
		}
	}
	var rivals []Rival
	for _, field := range slices.Sorted(maps.Keys(byField)) {
		last := lastOfEachLog(byField[field])
		if slices.ContainsFunc(last, func(c Correction) bool { return !sameValue(c.Fields[field], last[0].Fields[field]) }) {
			rivals = append(rivals, Rival{field, last})
		}
	}
	return rivals
}

// lastOfEachLog keeps the last correction of each device, in their order.
func lastOfEachLog(corrections []Correction) []Correction {
	var last []Correction
	for i, correction := range corrections {
		if !slices.ContainsFunc(corrections[i+1:], func(later Correction) bool { return later.LogID == correction.LogID }) {
			last = append(last, correction)
		}
	}
	return last
}

func sameValue(a, b any) bool {
	textA, errA := json.Marshal(a)
	textB, errB := json.Marshal(b)
	return errA == nil && errB == nil && bytes.Equal(textA, textB)
}
