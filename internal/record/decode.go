package record

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
)

// Decode reads a payload into a value of its kind's type. encoding/json takes a member whose name differs in case for the
// one that is meant, and other readers do not: such a payload would say one thing here and another elsewhere, so it is
// refused, with a *FormError, like one that has no canonical form.
func Decode(payload []byte, into any) error {
	root, err := parsePayload(payload, options{})
	if err != nil {
		return err
	}
	if pointer, found := misnamed("", root, reflect.TypeOf(into)); found {
		return &FormError{Pointer: pointer, Reason: KeyNotAllowed}
	}
	return json.Unmarshal(payload, into)
}

// misnamed finds a member that is named like one of the type but for its case.
func misnamed(pointer string, value any, of reflect.Type) (where string, found bool) {
	for of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	switch value := value.(type) {
	case object:
		if of.Kind() != reflect.Struct {
			return "", false
		}
		for _, member := range value {
			at := pointer + token(member.key)
			named, exactly := fieldNamed(of, member.key)
			if !exactly && named != nil {
				return at, true
			}
			if named == nil {
				continue
			}
			if where, found := misnamed(at, member.value, named); found {
				return where, true
			}
		}
	case []any:
		if of.Kind() != reflect.Slice {
			return "", false
		}
		for i, element := range value {
			if where, found := misnamed(pointer+token(strconv.Itoa(i)), element, of.Elem()); found {
				return where, true
			}
		}
	}
	return "", false
}

// fieldNamed gives the type of the field with a JSON name, and whether the name is the very same.
func fieldNamed(of reflect.Type, name string) (field reflect.Type, exactly bool) {
	for i := range of.NumField() {
		tag, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		if tag == name {
			return of.Field(i).Type, true
		}
		if strings.EqualFold(tag, name) {
			field = of.Field(i).Type
		}
	}
	return field, false
}
