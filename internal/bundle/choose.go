package bundle

import (
	"slices"
	"strings"

	"constancia/internal/record"
)

// show makes what a bundle shows of a chosen entry of a log. It refuses one that does not hold.
func show(chosen Chosen, head record.Head, hashes record.HashReader) (shown, error) {
	s := shown{Stored: record.Stored{Entry: record.Entry{Header: chosen.Header}, LeafBytes: chosen.LeafBytes, LeafHash: chosen.LeafHash}}
	wrong := slices.DeleteFunc(record.CheckEntry(chosen.Stored), func(f record.Finding) bool { return f.What == record.PayloadMissing })
	if err := holdsUnless(len(wrong)); err != nil {
		return s, err
	}
	var err error
	if s.proof, err = record.ProveInclusion(head.Size, chosen.Header.Sequence, hashes); err != nil {
		return s, err
	}
	if head.CheckInclusion(s.proof, chosen.Header.Sequence, chosen.LeafHash) != nil {
		return s, holdsUnless(1)
	}
	if len(chosen.Payload) == 0 {
		return s, nil // of an erased entry there is the leaf, and no field
	}
	fields, err := chosen.Fields()
	if err != nil {
		return s, err
	}
	pointers := fieldsOf(fields, chosen.Pointers)
	for _, pointer := range pointers {
		disclosed, err := chosen.Disclose(pointer)
		if err != nil {
			return s, err
		}
		s.fields = append(s.fields, disclosed)
	}
	s.complete = len(pointers) == len(fields)
	return s, nil
}

// fieldsOf lists the fields that pointers ask for, all when it is nil: each pointer's own, those below it, and the rest of
// an array of which there is anything.
func fieldsOf(fields []record.Field, pointers []string) []string {
	var found []string
	for _, field := range fields {
		wanted := pointers == nil || slices.ContainsFunc(pointers, func(pointer string) bool {
			return field.Pointer == pointer || strings.HasPrefix(field.Pointer, pointer+"/") || inArrayOf(field.Pointer, pointer)
		})
		if wanted {
			found = append(found, field.Pointer)
		}
	}
	return found
}

// inArrayOf reports whether a field belongs to the outermost array that the pointer leads into.
func inArrayOf(field, pointer string) bool {
	array, _, inArray := cutPlace(pointer)
	return inArray && strings.HasPrefix(field, array+"/")
}

// cutPlace cuts a pointer at its first place in an array. A part of digits alone is one: no key of an object is.
func cutPlace(pointer string) (array, place string, found bool) {
	for at := 0; at < len(pointer); {
		part, _, _ := strings.Cut(pointer[at+1:], "/")
		if isPlace(part) {
			return pointer[:at], part, true
		}
		at += 1 + len(part)
	}
	return pointer, "", false
}

func isPlace(part string) bool { return part != "" && strings.Trim(part, "0123456789") == "" }

// Has reports whether the entry has a field at the pointer, or fields below it.
func (c Chosen) Has(pointer string) bool {
	fields, err := c.Fields()
	return err == nil && len(fieldsOf(fields, []string{pointer})) > 0
}

// Shows reports whether the field at the pointer is one of those to show.
func (c Chosen) Shows(pointer string) bool {
	fields, err := c.Fields()
	return err == nil && slices.Contains(fieldsOf(fields, c.Pointers), pointer)
}
