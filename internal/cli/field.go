package cli

import (
	"encoding/json"
	"fmt"
	"strings"

	"constancia/internal/casefile"
)

// noValue stands where a field is empty.
const noValue = "—"

// fieldText says what a field of an entry's payload holds, by its JSON name. names are those of companies and people, by
// id.
func (p *program) fieldText(field string, value any, names map[string]string) string {
	if value == nil {
		return noValue
	}
	switch field {
	case "occurred_at", "made_at":
		when := payloadAs[casefile.When](value)
		return strings.TrimSuffix(p.shortWhen(when)+" – "+when.End, " – ")
	case "due", "answer_by", "on":
		due := payloadAs[casefile.Due](value)
		return p.due(&due)
	case "amount", "claimed":
		money := payloadAs[casefile.Money](value)
		return p.amount(&money)
	case "hold_seconds", "talk_seconds":
		return p.texts.Duration(payloadAs[int64](value))
	case "direction", "channel", "basis", "supervisor", "role", "outcome":
		if code, ok := value.(string); ok {
			return p.term(field, code)
		}
	case "failures":
		return p.listed(value, func(code string) string { return p.term("failure", code) })
	case "people", "party", "person":
		return p.listed(value, func(id string) string { return p.nameOf(id, names) })
	case "remedy":
		return p.remedyText(payloadAs[casefile.Remedy](value))
	case "complainant":
		c := payloadAs[casefile.Complainant](value)
		return strings.Join(filled(c.Name, c.Address, c.Email, c.Phone), "; ")
	case "references":
		return referenceText(payloadAs[[]casefile.Reference](value))
	}
	if yes, ok := value.(bool); ok && yes {
		return p.texts.Text("cli.yes")
	}
	return p.listed(value, func(text string) string { return text })
}

// listed writes a value, or each of a list, in words.
func (p *program) listed(value any, word func(string) string) string {
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	texts := make([]string, len(list))
	for i, one := range list {
		texts[i] = word(fmt.Sprint(one))
	}
	return strings.Join(texts, "; ")
}

// nameOf is the name behind an id, or the id itself of something that is gone.
func (p *program) nameOf(id string, names map[string]string) string {
	if name, known := names[id]; known {
		return p.personName(name)
	}
	return id
}

func (p *program) remedyText(remedy casefile.Remedy) string {
	done := ""
	if remedy.Done {
		done = p.texts.Text("cli.remedy.done")
	}
	return strings.Join(filled(p.term("remedy", string(remedy.Kind)), p.amount(remedy.Amount),
		p.term("answer", string(remedy.Answer)), remedy.Reason, done), "; ")
}

// filled leaves the empty texts out.
func filled(texts ...string) []string {
	var some []string
	for _, text := range texts {
		if text != "" {
			some = append(some, text)
		}
	}
	return some
}

// payloadAs reads a value of a payload as what it is; the zero value when it is something else.
func payloadAs[T any](value any) (as T) {
	text, err := json.Marshal(value)
	if err == nil {
		err = json.Unmarshal(text, &as)
	}
	if err != nil {
		var none T
		return none
	}
	return as
}
