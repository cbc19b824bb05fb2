package secret_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"constancia/internal/problem"
	"constancia/internal/secret"
)

const canary = "canario-4471"

// ways are the ways in which a text gets out of a program.
func ways(t *testing.T, value any) map[string]string {
	t.Helper()
	printed := map[string]string{}
	for _, verb := range []string{"%v", "%s", "%q", "%+v", "%#v", "%x", "%X", "%d", "%t", "%T", "%p", "% x", "%40s", "%.3s"} {
		printed[verb] = fmt.Sprintf(verb, value)
	}
	asJSON, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	printed["JSON"] = string(asJSON)
	for name, handler := range map[string]func(*strings.Builder) slog.Handler{
		"slog as text": func(b *strings.Builder) slog.Handler { return slog.NewTextHandler(b, nil) },
		"slog as JSON": func(b *strings.Builder) slog.Handler { return slog.NewJSONHandler(b, nil) },
	} {
		var log strings.Builder
		slog.New(handler(&log)).Info("signing in", "with", value)
		printed[name] = log.String()
	}
	printed["an error"] = fmt.Errorf("signing in with %v", value).Error()
	printed["a problem"] = problem.Wrap(fmt.Errorf("with %+v", value), problem.Unexpected,
		problem.Values{"detail": fmt.Sprint(value)}).Error()
	return printed
}

func TestASecretTextIsHiddenHoweverItIsPrinted(t *testing.T) {
	text := secret.NewText(canary)
	type account struct {
		User     string
		Password secret.Text
	}
	type private struct{ password secret.Text }
	for name, value := range map[string]any{
		"the text":               text,
		"a pointer to it":        &text,
		"a field":                account{User: "elena", Password: text},
		"a pointer to the field": &account{User: "elena", Password: text},
		"a field of its own":     private{text},
		"a list":                 []secret.Text{text},
		"a map":                  map[string]secret.Text{"password": text},
		"an any":                 []any{text},
		"in depth":               map[string]any{"accounts": []*account{{Password: text}}, "own": []private{{text}}},
	} {
		for way, printed := range ways(t, value) {
			for form, leak := range map[string]string{
				"itself": canary, "in hex": fmt.Sprintf("%x", canary), "in capital hex": fmt.Sprintf("%X", canary),
				"in spaced hex": fmt.Sprintf("% x", canary), "cut": canary[:3], "as numbers": strings.Trim(fmt.Sprintf("%d", []byte(canary)), "[]"),
			} {
				if strings.Contains(printed, leak) {
					t.Errorf("%s, by %s, shows the text %s: %s", name, way, form, printed)
				}
			}
		}
	}
}

func TestASecretTextSaysThatItIsHidden(t *testing.T) {
	for way, printed := range ways(t, secret.NewText(canary)) {
		if way != "%T" && way != "%p" && !strings.Contains(printed, "hidden") {
			t.Errorf("by %s it reads %q", way, printed)
		}
	}
	asXML, err := xml.Marshal(secret.NewText(canary))
	if err != nil || strings.Contains(string(asXML), canary) {
		t.Errorf("as XML it reads %q, %v", asXML, err)
	}
}

func TestASecretTextIsRevealedToTheOneWhoAsks(t *testing.T) {
	if got := secret.NewText(canary).Reveal(); got != canary {
		t.Errorf("it reveals %q", got)
	}
	for name, empty := range map[string]secret.Text{"the zero value": {}, "an empty text": secret.NewText("")} {
		if !empty.Empty() || empty.Reveal() != "" {
			t.Errorf("%s is not empty", name)
		}
		if got := fmt.Sprint(empty); got != "hidden" {
			t.Errorf("%s reads %q, which tells that it is empty", name, got)
		}
	}
	if secret.NewText(canary).Empty() {
		t.Error("a text is empty")
	}
}

var errNoAnswer = errors.New("no answer")
