package casework

import (
	"context"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/library"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// Correct says which fields of something on record to write anew. The first entry stays as it was, and the correction
// stands beside it.
type Correct struct {
	ID string
	// Given names the fields that were typed anew: all others stay as they are. Clear names those that become empty.
	Given, Clear []string
	Reason       string
}

// gives reports whether a field was typed anew.
func (n Correct) gives(name string) bool { return slices.Contains(n.Given, name) }

// Corrected names the correction, and what it changed.
type Corrected struct {
	ID      string   `json:"id"`
	Changes []Change `json:"changes"`
	// Names are those of the case's companies and people, by id.
	Names map[string]string `json:"-"`
}

// Change is one field of a payload before and after a correction, by its JSON name; nil is a field that is not there.
type Change struct {
	Field  string `json:"field"`
	Before any    `json:"before"`
	After  any    `json:"after"`
}

// rewriting is how one field of a T is written anew with what was typed, and how it is made empty: not at all when clear
// is nil.
type rewriting[T any] struct {
	write func(*operation, *T)
	clear func(*T)
}

// rewritings are those of a T by the name that problems have for the field.
type rewritings[T any] map[string]rewriting[T]

// clearable names the fields that can be made empty.
func (r rewritings[T]) clearable() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(r)), func(name string) bool { return r[name].clear == nil })
}

// correct puts on record what a thing should have said: the fields that change, and no others.
func correct[T any](
	ctx context.Context, c *Casework, kind record.Kind, n Correct, caseOf func(T) string, fields rewritings[T],
) (Corrected, error) {
	thing, err := library.Thing[T](ctx, c.library, kind, n.ID)
	if err != nil {
		return Corrected{}, err
	}
	var corrected Corrected
	err = c.record(ctx, caseOf(thing.Value), func(o *operation) {
		after := thing.Value
		rewrite(o, &after, n, fields)
		changes, err := differences(thing.Value, after)
		o.noteField("field", err)
		if len(changes) == 0 && len(o.problems) == 0 {
			o.wrong(problem.NothingChanges, nil)
		}
		corrected = Corrected{Changes: changes, Names: o.names()}
		corrected.ID = o.add(record.KindCorrection, casefile.Correction{
			CaseID: o.known.Case.ID, Target: n.ID, TargetLeaf: thing.Entry.Leaf, Fields: afterwards(changes),
			Reason: o.text("reason", n.Reason),
		})
	})
	if err != nil {
		return Corrected{}, err
	}
	return corrected, nil
}

// rewrite changes what was typed anew. Each field is held to the same rules as when it is first put on record.
func rewrite[T any](o *operation, value *T, n Correct, fields rewritings[T]) {
	for _, name := range n.Given {
		if field, ok := fields[name]; ok {
			field.write(o, value)
			continue
		}
		o.wrong(problem.NotAChoice, problem.Values{
			"field": "field", "value": name, "choices": strings.Join(slices.Sorted(maps.Keys(fields)), ", ")})
	}
	for _, name := range n.Clear {
		if field, ok := fields[name]; ok && field.clear != nil {
			field.clear(value)
			continue
		}
		o.wrong(problem.NotAChoice, problem.Values{
			"field": "clear", "value": name, "choices": strings.Join(fields.clearable(), ", ")})
	}
}

// differences lists the members that are not the same in two things, in order of name.
func differences(before, after any) ([]Change, error) {
	first, err := members(before)
	if err != nil {
		return nil, err
	}
	second, err := members(after)
	if err != nil {
		return nil, err
	}
	all := maps.Clone(first)
	maps.Copy(all, second)
	var changes []Change
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if !reflect.DeepEqual(first[name], second[name]) {
			changes = append(changes, Change{name, first[name], second[name]})
		}
	}
	return changes, nil
}

// members are the members of a thing's JSON object.
func members(value any) (map[string]any, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var members map[string]any
	err = json.Unmarshal(text, &members)
	return members, err
}

// afterwards are the fields of a correction: null takes one away.
func afterwards(changes []Change) map[string]any {
	fields := make(map[string]any, len(changes))
	for _, change := range changes {
		fields[change.Field] = change.After
	}
	return fields
}

// names are those of the case's companies and people, by id; empty for a name that was refused.
func (o *operation) names() map[string]string {
	names := map[string]string{}
	for _, party := range o.known.Parties {
		names[party.ID] = party.Name
	}
	for _, person := range o.known.People {
		names[person.ID] = person.Name
	}
	return names
}
