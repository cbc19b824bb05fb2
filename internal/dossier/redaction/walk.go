package redaction

import (
	"reflect"
	"strings"

	"constancia/internal/casefile"
)

// walker copies a value with every text in it changed. Fields that hold no text of a person are left alone: they are
// listed here, and by their names those that hold ids. A field that is not listed is changed.
type walker struct {
	change func(text, field string) string
}

// kept are fields that hold codes, hashes and days, by type.
var kept = map[reflect.Type]map[string]bool{
	typeOf[casefile.Case]():          fields("Zone", "Place", "CustomerSince"),
	typeOf[casefile.Money]():         fields("Currency"),
	typeOf[casefile.Due]():           fields("Date", "Time", "Zone"),
	typeOf[casefile.Party]():         fields("Domains"),
	typeOf[casefile.Settlement]():    fields("ShownBy"),
	typeOf[casefile.Evidence]():      fields("SHA256", "MediaType", "Attachment"),
	typeOf[casefile.Exhibit]():       fields("With", "Label"),
	typeOf[casefile.Reading]():       fields("Reader", "Date", "Defects"),
	typeOf[casefile.Attachment]():    fields("Part", "MediaType"),
	typeOf[casefile.Entry]():         fields("Leaf"),
	typeOf[casefile.Target]():        fields("Leaf"),
	typeOf[casefile.Correction]():    fields("Target", "TargetLeaf"),
	typeOf[casefile.Withdrawal]():    fields("Kind", "By", "Label"),
	typeOf[casefile.MessageSource](): fields("Kind", "FetchedAt", "Program"),
}

// dropped are fields that the press edition has no use for: what would let a reader find out what a text was, or where it
// came from.
var dropped = map[reflect.Type]map[string]bool{
	typeOf[casefile.Evidence]():   fields("FileName"),
	typeOf[casefile.Message]():    fields("SHA256"),
	typeOf[casefile.Reading]():    fields("MessageID", "InReplyTo", "References", "HTML", "KeyNames"),
	typeOf[casefile.Attachment](): fields("FileName", "ContentID"),
	typeOf[casefile.MessageSource](): fields("Host", "User", "SPKI", "Mailbox", "FileName", "Member", "Labels", "InternalDate",
		"UID", "UIDValidity", "AnnouncedSize", "Port", "Position", "Offset"),
}

// whole are types that hold no text of a person.
var whole = fieldsOf(typeOf[casefile.When]())

func typeOf[T any]() reflect.Type { return reflect.TypeFor[T]() }

func fields(names ...string) map[string]bool { return setOf(names...) }

func fieldsOf(types ...reflect.Type) map[reflect.Type]bool {
	set := map[reflect.Type]bool{}
	for _, one := range types {
		set[one] = true
	}
	return set
}

func (w walker) value(value reflect.Value, field string) reflect.Value {
	switch value.Kind() {
	case reflect.String:
		if value.Type() != typeOf[string]() {
			return value // a code
		}
		return reflect.ValueOf(w.change(value.String(), field))
	case reflect.Pointer:
		if value.IsNil() {
			return value
		}
		copied := reflect.New(value.Type().Elem())
		copied.Elem().Set(w.value(value.Elem(), field))
		return copied
	case reflect.Interface:
		if value.IsNil() {
			return value
		}
		return w.value(value.Elem(), field)
	case reflect.Slice:
		if value.IsNil() {
			return value
		}
		copied := reflect.MakeSlice(value.Type(), value.Len(), value.Len())
		for i := range value.Len() {
			copied.Index(i).Set(w.value(value.Index(i), field))
		}
		return copied
	case reflect.Map:
		if value.IsNil() {
			return value
		}
		copied := reflect.MakeMap(value.Type())
		for entries := value.MapRange(); entries.Next(); {
			copied.SetMapIndex(entries.Key(), w.value(entries.Value(), entries.Key().String()))
		}
		return copied
	case reflect.Struct:
		return w.structure(value)
	}
	return value
}

func (w walker) structure(value reflect.Value) reflect.Value {
	kind := value.Type()
	if whole[kind] || kind.PkgPath() == "time" {
		return value
	}
	copied := reflect.New(kind).Elem()
	copied.Set(value)
	for i := range kind.NumField() {
		field := kind.Field(i)
		switch {
		case dropped[kind][field.Name]:
			copied.Field(i).SetZero()
		case kept[kind][field.Name] || isID(field.Name) || !field.IsExported():
		default:
			name := field.Name
			copied.Field(i).Set(w.value(value.Field(i), name))
		}
	}
	return copied
}

func isID(name string) bool { return strings.HasSuffix(name, "ID") || strings.HasSuffix(name, "IDs") }
