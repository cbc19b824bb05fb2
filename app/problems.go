package app

import (
	"maps"
	"strings"

	"constancia/internal/problem"
)

// problems gathers what is wrong with what was typed, so that the page can mark every field at once.
type problems []*problem.Problem

// note adds err unless it is nil. promise is the place of the promise it belongs to, if any.
func (p *problems) note(err error, promise ...string) {
	if err == nil {
		return
	}
	found := problem.From(err)
	for _, place := range promise {
		found.Values["promise"] = place
	}
	*p = append(*p, found)
}

// noteField is note for a field whose name the problem may not know.
func (p *problems) noteField(field string, err error, promise ...string) {
	if err == nil {
		return
	}
	found := problem.From(err)
	values := problem.Values{}
	maps.Copy(values, found.Values)
	values["field"] = field
	p.note(problem.Wrap(found, found.Code, values), promise...)
}

// noteAll notes each of several problems that are one error.
func (p *problems) noteAll(err error) {
	if err == nil {
		return
	}
	found := problem.From(err)
	if len(found.Parts) == 0 {
		p.note(found)
	}
	for _, part := range found.Parts {
		p.note(part)
	}
}

// require notes a field that was left empty. Casework would refuse it as well; it is said here together with what could
// not be read.
func (p *problems) require(field, typed string) {
	if strings.TrimSpace(typed) == "" {
		p.note(problem.New(problem.Missing, problem.Values{"field": field}))
	}
}

func (p *problems) joined() error { return problem.Join(*p) }
