package i18n

// Problem is what a person reads of a problem: what happened, and what to do about it. code and values are those of
// package problem. A value that is itself a word of ours (what kind of thing, which field) is said in the language, too.
func (t *Texts) Problem(code string, values map[string]string) (message, do string) {
	filled := Values{}
	for name, value := range values {
		filled[name] = value
	}
	if key := "term." + values["kind"]; t.Has(key) {
		filled["kind"] = t.Count(key, 1)
	}
	if key := "field." + values["field"]; t.Has(key) {
		filled["field"] = t.Text(key)
	}
	if !t.Has("error." + code + ".message") {
		return t.Text("error.unexpected.message", Values{"detail": code}), t.Text("error.unexpected.do", Values{"detail": code})
	}
	return t.Text("error."+code+".message", filled), t.Text("error."+code+".do", filled)
}
