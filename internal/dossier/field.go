package dossier

import (
	"encoding/json"
	"fmt"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// FieldText says in words what a field of an entry's payload holds, by its JSON name; empty for a field that is not
// there. names are those of companies and people, by id; a refused name is empty.
func FieldText(words *i18n.Texts, field string, value any, names map[string]string) string {
	if value == nil {
		return ""
	}
	write := fieldWriter{words, names}
	switch field {
	case "occurred_at", "made_at", "spent_at":
		return write.when(payloadAs[casefile.When](value))
	case "due", "answer_by", "on":
		return write.due(payloadAs[casefile.Due](value))
	case "amount", "claimed", "yearly_spend", "hour_value":
		return write.money(payloadAs[casefile.Money](value))
	case "hold_seconds", "talk_seconds":
		return words.Duration(payloadAs[int64](value))
	case "direction", "channel", "basis", "supervisor", "role", "consent":
		if code, ok := value.(string); ok {
			return write.term(field, code)
		}
	case "failures":
		return listed(value, func(code string) string { return write.term("failure", code) })
	case "people", "party", "person":
		return listed(value, write.name)
	case "sent_to":
		return write.sentTo(payloadAs[casefile.SentTo](value))
	case "answers":
		return listedAnswers(payloadAs[[]casefile.Answer](value))
	case "ending":
		return write.ending(payloadAs[casefile.Ending](value))
	case "remedy":
		return write.remedy(payloadAs[casefile.Remedy](value))
	case "complainant":
		c := payloadAs[casefile.Complainant](value)
		return joinFilled("; ", c.Name, c.Address, c.Email, c.Phone)
	case "references":
		return listedReferences(payloadAs[[]casefile.Reference](value))
	}
	if yes, ok := value.(bool); ok && yes {
		return words.Text("term.yes")
	}
	return listed(value, func(text string) string { return text })
}

// fieldWriter writes the fields of payloads in a language.
type fieldWriter struct {
	words *i18n.Texts
	names map[string]string
}

func (w fieldWriter) when(when casefile.When) string {
	text := w.words.When(when.In(), string(when.Precision))
	if end, err := casefile.ParseWhen(when.End, when.Zone, when.Precision, when.In().Format("-07:00")); err == nil {
		text += " – " + w.words.When(end.In(), string(end.Precision))
	}
	return text
}

func (w fieldWriter) due(due casefile.Due) string {
	at, ok := dayOf(&due)
	if !ok {
		return due.Date
	}
	return joinFilled(", ", w.words.Date(at), due.Time)
}

func (w fieldWriter) money(money casefile.Money) string {
	if money.Currency == "" {
		return ""
	}
	return w.words.Money(money.Minor, money.Currency)
}

// term is the word for a code; the code itself when a newer program wrote it.
func (w fieldWriter) term(kind, code string) string {
	if key := "term." + kind + "." + code; w.words.Has(key) {
		return w.words.Text(key)
	}
	return code
}

// name is the name behind an id, or the id itself of what is gone.
func (w fieldWriter) name(id string) string {
	name, known := w.names[id]
	switch {
	case !known:
		return id
	case name == "":
		return w.words.Text("dossier.name_refused")
	}
	return name
}

func (w fieldWriter) remedy(remedy casefile.Remedy) string {
	done := ""
	if remedy.Done {
		done = w.words.Text("dossier.remedy.done")
	}
	amount := ""
	if remedy.Amount != nil {
		amount = w.money(*remedy.Amount)
	}
	answer := ""
	if remedy.Answer != "" {
		answer = w.term("answer", string(remedy.Answer))
	}
	return joinFilled("; ", w.term("remedy", string(remedy.Kind)), amount, answer, remedy.Reason, done)
}

func (w fieldWriter) ending(ending casefile.Ending) string {
	on := ""
	if ending.On != nil {
		on = w.due(*ending.On)
	}
	return joinFilled("; ", w.term("ending", string(ending.Kind)), on, ending.Note)
}

func (w fieldWriter) sentTo(where casefile.SentTo) string {
	company := ""
	if where.PartyID != "" {
		company = w.name(where.PartyID)
	}
	return joinFilled(", ", company, where.Words)
}

// listed writes a value, or each of a list.
func listed(value any, word func(string) string) string {
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

func listedAnswers(answers []casefile.Answer) string {
	texts := make([]string, len(answers))
	for i, answer := range answers {
		texts[i] = answer.Said
	}
	return joinFilled(" / ", texts...)
}

func listedReferences(references []casefile.Reference) string {
	texts := make([]string, len(references))
	for i, reference := range references {
		texts[i] = joinFilled(" ", reference.Label, reference.Number)
	}
	return strings.Join(texts, ", ")
}

// joinFilled joins the texts that are not empty.
func joinFilled(separator string, texts ...string) string {
	var filled []string
	for _, text := range texts {
		if text != "" {
			filled = append(filled, text)
		}
	}
	return strings.Join(filled, separator)
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
