package bundle

import (
	"encoding/json"
	"slices"
	"strconv"

	"constancia/internal/record"
)

// shownEntries checks the chosen entries: their leaves are in the logs, and their fields in the leaves.
func (v *verification) shownEntries(inOrder func(record.Header) error) (visit func([]byte) error, finish func()) {
	ids := map[string]bool{}
	visit = func(line []byte) error {
		s, err := readShownLine(line)
		if err != nil {
			return err
		}
		if err := inOrder(s.Header); err != nil {
			return err
		}
		if v.shownEntry(s); ids[s.Header.EntryID] {
			v.find(record.EntryIDRepeated, s.where())
		}
		ids[s.Header.EntryID] = true
		return nil
	}
	return visit, v.checkKeys
}

func (s shown) where() string { return s.Header.LogID + "/" + strconv.FormatInt(s.Header.Sequence, 10) }

// shownDevice remembers which key signs a log's heads. It is told, all of it, in the first entry of format 1.
func (v *verification) shownDevice(s shown) {
	logID, is := s.Header.LogID, s.Header.Kind == record.KindDevice
	first := s.Header.Format >= 1 && v.formats[logID] < 1
	v.formats[logID] = max(v.formats[logID], s.Header.Format)
	switch {
	case first && !is:
		v.find(record.DeviceMissing, s.where())
	case !first && is:
		v.find(record.DeviceRepeated, s.where())
	case is && !s.complete:
		v.find(FieldsIncomplete, s.where())
	case is:
		if key := record.DeviceKey(s.text("/key")); key != nil {
			v.recordedKeys[logID] = key
		}
	}
	if is && s.text("/case") != v.bundle.about.Case || s.Header.Kind == record.KindCase && s.Header.EntryID != v.bundle.about.Case {
		v.find(CaseDiffers, s.where())
	}
}

func (v *verification) shownEntry(s shown) {
	where := s.where()
	v.report.Entries++
	v.shownDevice(s)
	for _, finding := range record.CheckEntry(s.Stored) {
		if finding.What != record.PayloadMissing { // the payload is what is not shown
			v.report.Findings = append(v.report.Findings, finding)
		}
	}
	if head, ok := v.heads[s.Header.LogID]; !ok {
		v.find(HeadMissing, s.Header.LogID)
	} else if head.CheckInclusion(s.proof, s.Header.Sequence, s.LeafHash) != nil {
		v.find(ProofFails, where)
	}
	for _, field := range s.fields {
		if field.Verify(s.LeafBytes) != nil {
			v.find(FieldNotProved, where+"#"+field.Pointer)
		}
	}
	count, err := record.FieldsOf(s.LeafBytes)
	if err != nil {
		return // the leaf is malformed, which was found
	}
	payload, err := record.Assemble(s.Header, s.fields)
	if err != nil || s.value("") != nil && count > 1 {
		v.find(FieldNotProved, where)
	} else if s.complete != (count == len(s.fields)) || !s.hasAllOf(payload) {
		v.find(FieldsIncomplete, where)
	}
	v.report.Fields += int64(len(s.fields))
	v.report.Hidden += int64(count - len(s.fields))
	v.learnSum(s.Header.Kind, s.value("/sha256"))
}

// text is the value of a shown field that is a string, else empty.
func (s shown) text(pointer string) (text string) {
	_ = json.Unmarshal(s.value(pointer), &text)
	return text
}

// value is that of a shown field, nil when it is not shown.
func (s shown) value(pointer string) json.RawMessage {
	for _, field := range s.fields {
		if field.Pointer == pointer {
			return json.RawMessage(field.Value)
		}
	}
	return nil
}

// hasAllOf reports whether all is shown of each array of which there is anything. In the payload that the shown fields
// make, places follow one another, and arrays are as long as they are shown: where some of one is left out, its fields are
// others. Format 0 has no lengths; there nobody can tell that the last elements are left out.
func (s shown) hasAllOf(payload []byte) bool {
	if len(s.fields) == 0 {
		return true
	}
	shown := map[string]string{}
	for _, field := range s.fields {
		shown[field.Pointer] = string(field.Value)
	}
	fields, err := record.Entry{Header: s.Header, Payload: payload}.Fields()
	return err == nil && !slices.ContainsFunc(fields, func(field record.Field) bool {
		value, ok := shown[field.Pointer]
		return !ok || value != string(field.Value)
	})
}
