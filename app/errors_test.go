package app

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"constancia/internal/problem"
)

func TestAnErrorCrossesTheBridgeAsText(t *testing.T) {
	text, ok := formatError(problem.New(problem.NotFound, problem.Values{"kind": "case", "value": "x"})).(string)
	if !ok {
		t.Fatal("an error that is not text arrives as [object Object]")
	}
	var told failure
	if err := json.Unmarshal([]byte(text), &told); err != nil {
		t.Fatal(err)
	}
	if told.Code != problem.NotFound || told.Values["kind"] != "case" {
		t.Errorf("got %+v", told)
	}
}

func TestEachRefusedFieldIsTold(t *testing.T) {
	missing := problem.New(problem.Missing, problem.Values{"field": "summary"})
	late := problem.New(problem.NoSuchDate, problem.Values{"field": "due", "value": "2026-02-31", "promise": "1"})
	again := problem.New(problem.TextTooLong, problem.Values{"field": "summary"})
	cases := map[string]struct {
		err  error
		want map[string]problem.Code
	}{
		"one":                                  {missing, map[string]problem.Code{"summary": problem.Missing}},
		"several, and those of a promise":      {problem.Join([]*problem.Problem{missing, late}), map[string]problem.Code{"summary": problem.Missing, "promises.1.due": problem.NoSuchDate}},
		"the first of a field stands":          {problem.Join([]*problem.Problem{missing, again}), map[string]problem.Code{"summary": problem.Missing}},
		"what belongs to no field marks none":  {problem.New(problem.DiskFull, nil), map[string]problem.Code{}},
		"an error nobody foresaw marks none":   {errors.New("boom"), map[string]problem.Code{}},
		"what the person stopped marks no one": {context.Canceled, map[string]problem.Code{}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := map[string]problem.Code{}
			for field, why := range failureOf(c.err).Fields {
				got[field] = why.Code
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestStoppingIsToldAsCancelled(t *testing.T) {
	if code := failureOf(context.Canceled).Code; code != problem.Cancelled {
		t.Errorf("got %s", code)
	}
}

// A panic in a bound method would leave the page waiting for ever. Services without a desk panic at their first step, but
// for what needs none.
func TestNoBoundMethodLetsAPanicThrough(t *testing.T) {
	needNone := []string{"Backups.NewKey", "Backups.Restored", "Mailboxes.Ask", "Mailboxes.Asked", "Mailboxes.Connected", "Mailboxes.Server"}
	for _, service := range (&desk{}).services() {
		empty := reflect.New(reflect.TypeOf(service).Elem())
		for i := range empty.NumMethod() {
			name := reflect.TypeOf(service).Elem().Name() + "." + empty.Type().Method(i).Name
			if slices.Contains(needNone, name) {
				continue
			}
			t.Run(name, func(t *testing.T) {
				method := empty.Method(i)
				arguments := make([]reflect.Value, method.Type().NumIn())
				for at := range arguments {
					arguments[at] = reflect.Zero(method.Type().In(at))
				}
				results := method.Call(arguments)
				err, failed := results[len(results)-1].Interface().(error)
				if !failed || !errors.Is(err, problem.New(problem.Unexpected, nil)) {
					t.Errorf("got %v", err)
				}
			})
		}
	}
}

func TestTheLogHoldsTooLittleOfACallToTellWhatWasTyped(t *testing.T) {
	var written strings.Builder
	cautious(&written).Error("bad call: Contacts.Log " + strings.Repeat("ñ", 500) + " secret")
	if text := written.String(); strings.Contains(text, "secret") || len(text) > 200 {
		t.Errorf("logged %q", text)
	}
	if !strings.HasPrefix(written.String(), "error: bad call: Contacts.Log") {
		t.Errorf("logged %q", written.String())
	}
}
