package casefile

import (
	"encoding/json"
	"fmt"
)

// Corrected gives the JSON object of a thing with a correction's fields in place of its own; null takes a field away.
func Corrected(payload []byte, fields map[string]any) ([]byte, error) {
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(payload, &members); err != nil {
		return nil, fmt.Errorf("failed to read what is corrected: %w", err)
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
