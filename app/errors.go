package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"constancia/internal/problem"
)

// failure is a problem as it crosses the bridge, as JSON text: an object would arrive as "[object Object]". The page has
// the words for a code in every language, and says them again when the language changes.
type failure struct {
	Code   problem.Code            `json:"code"`
	Values problem.Values          `json:"values"`
	Fields map[string]fieldFailure `json:"fields"`
}

// fieldFailure says why what was typed into a field was refused.
type fieldFailure struct {
	Code   problem.Code   `json:"code"`
	Values problem.Values `json:"values"`
}

// formatError is how an error crosses the bridge.
func formatError(err error) any {
	text, marshalErr := json.Marshal(failureOf(err))
	if marshalErr != nil {
		return `{"code":"unexpected"}`
	}
	return string(text)
}

func failureOf(err error) failure {
	if errors.Is(err, context.Canceled) && !errors.Is(err, problem.New(problem.Cancelled, nil)) {
		err = problem.Wrap(err, problem.Cancelled, nil)
	}
	found := problem.From(err)
	told := failure{Code: found.Code, Values: found.Values, Fields: map[string]fieldFailure{}}
	if told.Values == nil {
		told.Values = problem.Values{}
	}
	parts := found.Parts
	if len(parts) == 0 {
		parts = []*problem.Problem{found}
	}
	for _, part := range parts {
		name := fieldName(part)
		if name == "" {
			continue
		}
		if _, said := told.Fields[name]; !said { // the first thing wrong with a field is the one to mend first
			told.Fields[name] = fieldFailure{Code: part.Code, Values: part.Values}
		}
	}
	return told
}

// fieldName is the field a problem is about, as the page names it: a promise's fields are told apart by its place among
// those of the contact, a contact's by its row among many, and an answer's by its place among those that contradict one
// another, all counted from 0.
func fieldName(p *problem.Problem) string {
	field := p.Values["field"]
	if place := p.Values["promise"]; field != "" && place != "" {
		field = fmt.Sprintf("promises.%s.%s", place, field)
	}
	if place := p.Values["answer"]; field != "" && place != "" {
		field = fmt.Sprintf("answers.%s.%s", place, field)
	}
	if row := p.Values["row"]; field != "" && row != "" {
		field = fmt.Sprintf("rows.%s.%s", row, field)
	}
	return field
}

// guard turns a panic into an error. In a bound method it would leave the page waiting for ever, and in a goroutine it
// would end the program. Use: defer guard(&err).
func guard(err *error) {
	if cause := recover(); cause != nil {
		fmt.Fprintf(os.Stderr, "panic: %v\n%s", cause, debug.Stack())
		*err = problem.New(problem.Unexpected, problem.Values{"detail": fmt.Sprint(cause)})
	}
}
