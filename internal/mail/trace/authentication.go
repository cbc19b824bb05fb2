package trace

import "strings"

// Authentication is what one server found when it checked who a message came from (RFC 8601).
type Authentication struct {
	// Server is the name under which it says so (authserv-id); Microsoft's leave it out.
	Server string `json:"server"`
	// Results are its findings; none is a finding as well.
	Results []Result `json:"results"`
	// Hops is how many servers had written their Received field before this one was written.
	Hops int `json:"hops"`
	// ByLast says that it stands above every Received field: only the last server, the one that the person fetches from,
	// can have written it. What stands lower may have come with the message.
	ByLast bool `json:"by_last,omitempty"`
	// Raw is the whole field, unfolded.
	Raw string `json:"raw"`
}

// Result is one finding.
type Result struct {
	// Method is what was checked: dkim, spf, dmarc, arc … in lower case.
	Method string `json:"method"`
	// Value is what came of it: pass, fail, none, temperror … in lower case.
	Value string `json:"value"`
	// Reason and Comment are the server's words for it.
	Reason  string `json:"reason,omitempty"`
	Comment string `json:"comment,omitempty"`
	// Properties are what it looked at.
	Properties []Property `json:"properties"`
}

// Property is something that a server looked at: the domain of a signature (header.d), of the envelope (smtp.mailfrom) …
type Property struct {
	// Type is header, smtp, body, policy; empty where a server leaves it out.
	Type  string `json:"type,omitempty"`
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Property gives the value of a property, empty when there is none.
func (r Result) Property(kind, name string) string {
	for _, one := range r.Properties {
		if strings.EqualFold(one.Type, kind) && strings.EqualFold(one.Name, name) {
			return one.Value
		}
	}
	return ""
}

// readAuthentication reads an Authentication-Results field.
func readAuthentication(value string) Authentication {
	found := Authentication{Raw: value, Results: []Result{}}
	parts := splitAt(value, ';')
	// Microsoft's servers begin with the first finding.
	if pairs, words := readPairs(parts[0]); len(pairs) == 0 {
		if len(words.words) > 0 {
			found.Server = cut(words.words[0])
		}
		parts = parts[1:]
	}
	for _, part := range parts {
		if len(found.Results) == maxResults {
			break
		}
		if result, is := readResult(part); is {
			found.Results = append(found.Results, result)
		}
	}
	return found
}

// readResult reads one finding: “dkim=pass reason="…" header.d=example.com”.
func readResult(part string) (Result, bool) {
	pairs, words := readPairs(part)
	if len(pairs) == 0 {
		return Result{}, false // “none”, or something of the server's own
	}
	method, _, _ := strings.Cut(pairs[0].name, "/") // its version
	result := Result{Method: strings.ToLower(method), Value: strings.ToLower(pairs[0].value), Properties: []Property{}}
	if len(words.comments) > 0 {
		result.Comment = cut(strings.Join(words.comments, "; "))
	}
	for _, pair := range pairs[1:] {
		kind, name, typed := strings.Cut(pair.name, ".")
		switch {
		case strings.EqualFold(pair.name, "reason"):
			result.Reason = pair.value
		case len(result.Properties) == maxProperties:
		case typed:
			result.Properties = append(result.Properties, Property{strings.ToLower(kind), strings.ToLower(name), pair.value})
		default:
			result.Properties = append(result.Properties, Property{Name: strings.ToLower(pair.name), Value: pair.value})
		}
	}
	return result, true
}

// pair is “name=value”, with blanks and comments around its sign or not.
type pair struct{ name, value string }

// readPairs reads the pairs of a part, and what else stands in it.
func readPairs(part string) ([]pair, clause) {
	var pairs []pair
	var rest clause
	wantsValue := false
	words := joined(split(part))
	for i, word := range words {
		if word.comment {
			rest.add(word)
			continue
		}
		if wantsValue {
			wantsValue = false
			if word.quoted || !strings.Contains(word.text, "=") {
				pairs[len(pairs)-1].value = cut(word.text)
				continue
			}
		}
		name, value, is := strings.Cut(word.text, "=")
		switch {
		case word.quoted:
			rest.add(word)
		case is && name == "" && len(rest.words) > 0: // “dkim =pass” and “dkim = pass”
			name = rest.words[len(rest.words)-1]
			rest.words = rest.words[:len(rest.words)-1]
			fallthrough
		case is && name != "":
			pairs = append(pairs, pair{cut(name), cut(value)})
			wantsValue = value == "" && i+1 < len(words)
		default:
			rest.add(word)
		}
	}
	return pairs, rest
}

// joined joins words that a slash or a dot stands between by itself: comments may stand there as well.
func joined(pieces []piece) []piece {
	var out []piece
	last := -1 // the last word
	sign := "" // that waits for the next one
	for _, one := range pieces {
		isWord := !one.comment && !one.quoted
		switch {
		case isWord && last >= 0 && (one.text == "/" || one.text == "."):
			sign = one.text
			continue
		case isWord && sign != "":
			out[last].text += sign + one.text
			sign = ""
			continue
		}
		out = append(out, one)
		if isWord {
			last = len(out) - 1
		}
	}
	return out
}

// splitAt parts a field at a sign that stands outside of quotes and comments. There is at least one part.
func splitAt(value string, sign byte) []string {
	var parts []string
	start := 0
	scan(value, func(i int, c byte, outside bool) {
		if outside && c == sign {
			parts = append(parts, value[start:i])
			start = i + 1
		}
	})
	return append(parts, value[start:])
}
