package redaction

import (
	"maps"
	"reflect"
	"slices"

	"constancia/internal/casefile"
)

// textAt is a text of a case with where it stands, and who was spoken to there.
type textAt struct {
	text   string
	place  Place
	people []string
}

// eachText calls visit with every text of the case that a dossier can show.
func (p *Plan) eachText(visit func(textAt)) {
	changed(p.file, func(text textAt) string {
		if text.text != "" {
			visit(text)
		}
		return text.text
	})
	for _, id := range slices.Sorted(maps.Keys(p.files)) {
		visit(textAt{text: p.files[id], place: Place{id, "Content"}})
	}
}

// changed copies a case with each text changed. It goes by what the case holds, not by what is known of it here, so that
// a list which is new is gone through as well.
func changed(file casefile.CaseFile, change func(textAt) string) casefile.CaseFile {
	peopleOf := map[string][]string{}
	for _, contact := range file.Contacts {
		peopleOf[contact.Value.ID] = contact.Value.PersonIDs
	}
	for _, promise := range file.Promises {
		peopleOf[promise.Value.ID] = append([]string{promise.Value.PersonID}, peopleOf[promise.Value.ContactID]...)
	}
	for _, evidence := range file.Evidence {
		peopleOf[evidence.Value.ID] = peopleOf[evidence.Value.ContactID]
	}
	for _, settlement := range file.Settlements {
		peopleOf[settlement.Value.ID] = peopleOf[settlement.Value.PromiseID]
	}
	copied := reflect.ValueOf(&file).Elem()
	for i := range copied.NumField() {
		field := copied.Field(i)
		if field.Kind() != reflect.Slice {
			w := walkerOf(copied.Type().Field(i).Name, nil, change)
			field.Set(w.value(field, ""))
			continue
		}
		if field.IsNil() {
			continue
		}
		list := reflect.MakeSlice(field.Type(), field.Len(), field.Len())
		for j := range field.Len() {
			id := idIn(field.Index(j))
			list.Index(j).Set(walkerOf(id, peopleOf[id], change).value(field.Index(j), ""))
		}
		field.Set(list)
	}
	return file
}

func walkerOf(id string, people []string, change func(textAt) string) walker {
	return walker{func(text, field string) string { return change(textAt{text, Place{id, field}, people}) }}
}

// idIn is the id of a recorded thing; empty where it has none.
func idIn(thing reflect.Value) string {
	if thing.Kind() != reflect.Struct {
		return ""
	}
	if value := thing.FieldByName("Value"); value.IsValid() && value.Kind() == reflect.Struct {
		thing = value
	}
	for _, name := range []string{"ID", "EntryID"} {
		if id := thing.FieldByName(name); id.IsValid() && id.Kind() == reflect.String {
			return id.String()
		}
	}
	return ""
}
