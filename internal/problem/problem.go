// Package problem holds the one kind of error that a person may be shown: a code, the values that belong to it, and the
// technical cause.
//
// The words are not here. The command line and the page look the code up in the catalogue, which has for each code
// what happened (error.CODE.message) and what the person can do about it (error.CODE.do), in every language. So a
// Problem never shows a Go error alone, and nothing secret may be put into its values.
package problem

import (
	"errors"
	"fmt"
)

// Code names one kind of problem. It is stable: programs read it, and the catalogue has words for it.
type Code string

// Values fill the placeholders of a problem's words. They are shown to people: never put a secret into them.
type Values map[string]string

// Problem is an error with words in the catalogue.
type Problem struct {
	Code   Code
	Values Values
	// Cause is the technical reason, for errors.Is and for logs. It is not shown alone.
	Cause error
	// Parts are the single problems of a [Several].
	Parts []*Problem
}

// New makes a Problem. values may be nil.
func New(code Code, values Values) *Problem { return &Problem{Code: code, Values: values} }

// Wrap makes a Problem that was caused by err. values may be nil.
func Wrap(err error, code Code, values Values) *Problem {
	return &Problem{Code: code, Values: values, Cause: err}
}

// Error tells the code, the values and the cause in English, for developers.
func (p *Problem) Error() string {
	text := string(p.Code)
	if len(p.Values) > 0 {
		text += fmt.Sprintf(" %v", map[string]string(p.Values))
	}
	if p.Cause != nil {
		text += ": " + p.Cause.Error()
	}
	return text
}

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Cause }

// Is reports whether target is a Problem with the same code, so that errors.Is(err, problem.New(code, nil)) works.
func (p *Problem) Is(target error) bool {
	other, ok := target.(*Problem)
	return ok && other.Code == p.Code
}

// From returns the Problem in err's chain. An error that nobody gave a code is an Unexpected one.
func From(err error) *Problem {
	if p, ok := errors.AsType[*Problem](err); ok {
		return p
	}
	return &Problem{Code: Unexpected, Values: Values{"detail": err.Error()}, Cause: err}
}

// Join makes one error of the problems found in one go, so that a form can mark every field at once: nil for none, the
// problem itself for one, else a [Several] whose Parts they are.
func Join(parts []*Problem) error {
	switch len(parts) {
	case 0:
		return nil
	case 1:
		return parts[0]
	}
	return &Problem{Code: Several, Values: Values{"count": fmt.Sprint(len(parts))}, Parts: parts, Cause: parts[0]}
}
