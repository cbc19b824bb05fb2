package appended

import (
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Field is a field of a form that says something which the file leaves to its reader to draw (NeedAppearances, ISO 32000-1,
// section 12.7.2). The page does not show it.
type Field struct {
	Name, Value string
}

// Bounds of what is told of fields.
const (
	maxFields     = 500
	maxFieldValue = 2000 // characters
)

// undrawn keeps what a field says that has no appearance of its own.
func (i *importer) undrawn(annotation types.Dict) {
	if subtype := annotation.Subtype(); subtype == nil || *subtype != "Widget" || i.isHidden(annotation) || len(i.document.Undrawn) == maxFields {
		return
	}
	field := Field{Value: i.valueOf(annotation)}
	if field.Value == "" {
		return
	}
	for at, depth := annotation, 0; at != nil && depth < maxDepth; depth++ {
		if part := i.textOf(at["T"]); part != "" {
			field.Name = strings.TrimSuffix(part+"."+field.Name, ".")
		}
		at, _ = i.file.DereferenceDict(at["Parent"])
	}
	i.document.Undrawn = append(i.document.Undrawn, field)
}

// valueOf is what a field says, by itself or by the field it is a part of; empty for a box that is not ticked.
func (i *importer) valueOf(field types.Dict) string {
	for depth := 0; field != nil && depth < maxDepth; depth++ {
		if value, has := field["V"]; has {
			return i.textOf(value)
		}
		field, _ = i.file.DereferenceDict(field["Parent"])
	}
	return ""
}

// textOf is a text, the name of a state, or texts in a list.
func (i *importer) textOf(object types.Object) string {
	text := ""
	switch value, _ := i.file.Dereference(object); value := value.(type) {
	case types.StringLiteral:
		text, _ = types.StringLiteralToString(value) // what can't be read says nothing
	case types.HexLiteral:
		text, _ = types.HexLiteralToString(value)
	case types.Name:
		if text = value.Value(); text == "Off" {
			return ""
		}
	case types.Array:
		var all []string
		for _, member := range value[:min(len(value), maxFields)] {
			if one := i.textOf(member); one != "" {
				all = append(all, one)
			}
		}
		text = strings.Join(all, ", ")
	}
	runes := []rune(strings.TrimSpace(strings.ToValidUTF8(text, "\uFFFD")))
	return string(runes[:min(len(runes), maxFieldValue)])
}

// isHidden reports whether an annotation is not to be seen.
func (i *importer) isHidden(annotation types.Dict) bool {
	flags, _ := i.file.DereferenceInteger(annotation["F"])
	return flags != nil && flags.Value()&(hidden|noView) != 0
}
