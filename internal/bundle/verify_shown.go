package bundle

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"

	"constancia/internal/record"
)

// shownEntries checks the chosen entries: their leaves are in the logs, and their fields in the leaves.
func (v *verification) shownEntries(inOrder func(record.Header) error) (visit func([]byte) error, finish func()) {
	formats := map[string]int64{}
	visit = func(line []byte) error {
		s, err := readShownLine(line)
		if err != nil {
			return err
		}
		if err := inOrder(s.Header); err != nil {
			return err
		}
		v.shownEntry(s)
		formats[s.Header.LogID] = max(formats[s.Header.LogID], s.Header.Format)
		if s.Header.Kind == record.KindDevice && s.complete {
			v.recordedKeys[s.Header.LogID], _ = base64.StdEncoding.DecodeString(s.text("/key"))
		}
		return nil
	}
	finish = func() {
		v.checkKeys(func(logID string) bool { return formats[logID] >= 1 || v.recordedKeys[logID] != nil })
	}
	return visit, finish
}

func (v *verification) shownEntry(s shown) {
	where := s.Header.LogID + "/" + strconv.FormatInt(s.Header.Sequence, 10)
	v.report.Entries++
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
	seen := map[string]bool{}
	for _, field := range s.fields {
		if seen[field.Pointer] || field.Verify(s.LeafBytes) != nil {
			v.find(FieldNotProved, where+"#"+field.Pointer)
		}
		seen[field.Pointer] = true
	}
	count, err := record.FieldsOf(s.LeafBytes)
	if err != nil {
		return // the leaf is malformed, which was found
	}
	if s.complete != (count == len(s.fields)) || !wholeArrays(s.Header.Format, s.fields) {
		v.find(FieldsIncomplete, where)
	}
	v.report.Fields += int64(len(s.fields))
	v.report.Hidden += int64(count - len(s.fields))
	v.learnSum(s.Header.Kind, s.text("/sha256"))
}

// text is the value of a shown field that is a string, else empty.
func (s shown) text(pointer string) (text string) {
	for _, field := range s.fields {
		if field.Pointer == pointer {
			_ = json.Unmarshal(field.Value, &text)
		}
	}
	return text
}

// wholeArrays reports whether all is shown of each array of which there is anything: as many elements as it is shown to
// have. Format 0 has no lengths; there it can only be told that a later element is shown and an earlier one is not.
func wholeArrays(format int64, fields []record.Disclosure) bool {
	places, lengths := map[string]map[int64]bool{}, map[string]int64{}
	for _, field := range fields {
		rest, before := field.Pointer, ""
		for {
			array, place, found := cutPlace(rest)
			if !found {
				break
			}
			array = before + array
			number, err := strconv.ParseInt(place, 10, 64)
			if err != nil {
				return false
			}
			if places[array] == nil {
				places[array] = map[int64]bool{}
			}
			places[array][number] = true
			before, rest = array+"/"+place, field.Pointer[len(array)+1+len(place):]
		}
		if array, isLength := strings.CutSuffix(field.Pointer, "/"+record.Length); isLength {
			lengths[array], _ = strconv.ParseInt(string(field.Value), 10, 64)
		}
	}
	for array, shown := range places {
		length := int64(len(shown))
		if format >= 1 && lengths[array] != length {
			return false
		}
		for number := range length {
			if !shown[number] {
				return false
			}
		}
	}
	return true
}
