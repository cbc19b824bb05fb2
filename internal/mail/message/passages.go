package message

import (
	"regexp"
	"strings"
)

// Passage is a stretch of an email's text that is of one hand.
type Passage struct {
	Kind PassageKind
	// Text is what it says, without the marks before each line of a quotation.
	Text string
	// Introduction says of a quotation whose it is, as the email does; empty where nothing does.
	Introduction string
	// Folds says that it may be put away until somebody asks for it: what was quoted below an answer.
	Folds bool
}

// PassageKind is whose hand a passage is of.
type PassageKind string

// The kinds of passages. What somebody passed on is what they say: only what stood before the answer is quoted.
const (
	Said      PassageKind = "said"
	Quoted    PassageKind = "quoted"
	Signature PassageKind = "signature"
)

// shortQuotation is how many lines of a quotation stay where an answer follows: they are what is answered.
const shortQuotation = 8

// Passages takes an email's text apart, in order: what its author says, what they quote, and what stands below every email
// of theirs. The subject tells what was passed on from what was answered, where the text is the same for both.
func Passages(text, subject string) []Passage {
	c := cutter{passesOn: passedOn.MatchString(subject), answers: subject == "" || answered.MatchString(subject)}
	lines := strings.Split(text, "\n")
	for at := 0; at < len(lines); {
		at = c.take(lines, at)
	}
	c.close()
	if !c.passesOn {
		fold(c.passages)
	}
	return c.passages
}

// The words with which mail programs pass a message on, introduce what is answered and sign for the person, in Spanish,
// Catalan and English.
var (
	answered = regexp.MustCompile(`(?i)\b(re|aw|sv|rif|antw)(\[\d+\])?\s*:`)
	passedOn = regexp.MustCompile(`(?i)^\s*(fwd?|rv|reenv(iado)?|tr|wg)\s*:`)
	forward  = regexp.MustCompile(`(?i)^\s*(-{3,}\s*(forwarded message|mensaje reenviado|missatge reenviat|forwarded by .*)\s*-*|` +
		`begin forwarded message:|inicio del mensaje reenviado:|inici del missatge reenviat:)\s*$`)
	original = regexp.MustCompile(`(?i)^\s*-{3,}\s*(original message|mensaje original|missatge original|original appointment)\s*-{3,}\s*$`)
	rule     = regexp.MustCompile(`^\s*(_{10,}|-{4,})\s*$`)
	wrote    = regexp.MustCompile(`(?i)\b(wrote|escribió|escribio|ha escrito|va escriure|ha escrit|escrigué)\s*:\s*$`)
	dated    = regexp.MustCompile(`(?i)^\s*(on|el|a|em|le|am)\b.*\d`)
	author   = regexp.MustCompile(`(?i)^\s*\*?(from|de|des de)\s*:\*?\s`)
	sentOn   = regexp.MustCompile(`(?i)^\s*\*?(sent|date|enviado( el)?|fecha|enviat( el)?|data|data d’enviament)\s*:\*?\s`)
	device   = regexp.MustCompile(`(?i)^\s*(sent from my |sent from (outlook|mail|yahoo)|get outlook for |enviado desde (mi|outlook|correo|yahoo)|` +
		`obt[eé]n(er)? outlook para |enviat des d(el meu|e l[’']outlook|e la meva)|obt[eé]n(iu)? l?[’']?outlook per)`)
)

// cutter goes through lines and makes passages of them.
type cutter struct {
	passesOn bool // whether the email passes another one on
	answers  bool // whether it answers one, as far as its subject says so
	passages []Passage
	open     []string // lines of what the author says
	signing  bool     // whether those lines stand below a signature's mark
	all      bool     // whether the rest is the author's, as something passed on is
}

// take takes the lines from a place on that belong together, and gives the place behind them.
func (c *cutter) take(lines []string, at int) int {
	line := lines[at]
	switch {
	case c.all:
		c.open = append(c.open, line)
		return at + 1
	case forward.MatchString(line):
		if next := skipBlank(lines, at+1); next < len(lines) && strings.HasPrefix(lines[next], ">") {
			c.passesOn = true
			return c.quotation(lines, next, strings.TrimSpace(line))
		}
		c.close()
		c.all = true
		c.open = append(c.open, line)
		return at + 1
	case strings.HasPrefix(line, ">") && (c.answers || c.passesOn):
		return c.quotation(lines, at, "")
	}
	if behind, is := introduction(lines, at); is {
		intro := strings.Join(strings.Fields(strings.Join(lines[at:behind], " ")), " ")
		next := skipBlank(lines, behind)
		if next < len(lines) && strings.HasPrefix(lines[next], ">") {
			return c.quotation(lines, next, intro)
		}
		return c.rest(lines, behind, intro)
	}
	if behind, is := heading(lines, at); is {
		if c.passesOn {
			c.close()
			c.all = true
			c.open = append(c.open, line)
			return at + 1
		}
		return c.rest(lines, behind, "")
	}
	if isSignatureMark(line) || device.MatchString(line) {
		c.close()
		c.signing = true
	}
	c.open = append(c.open, line)
	return at + 1
}

// quotation takes lines that are marked as quoted, and blank ones between them.
func (c *cutter) quotation(lines []string, at int, intro string) int {
	c.close()
	var quoted []string
	end := at
	for at < len(lines) {
		if strings.HasPrefix(lines[at], ">") {
			quoted = append(quoted, strings.TrimPrefix(strings.TrimPrefix(lines[at], ">"), " "))
			at++
			end = at
			continue
		}
		next := skipBlank(lines, at)
		if next == at || next == len(lines) || !strings.HasPrefix(lines[next], ">") {
			break
		}
		quoted = append(quoted, "")
		at = next
	}
	c.passages = append(c.passages, Passage{Kind: Quoted, Text: trimmed(quoted), Introduction: intro})
	return end
}

// rest takes everything that is left as quoted.
func (c *cutter) rest(lines []string, at int, intro string) int {
	c.close()
	c.passages = append(c.passages, Passage{Kind: Quoted, Text: trimmed(lines[at:]), Introduction: intro})
	return len(lines)
}

// close makes a passage of what the author says.
func (c *cutter) close() {
	text := trimmed(c.open)
	kind := Said
	if c.signing {
		kind = Signature
	}
	if text != "" {
		c.passages = append(c.passages, Passage{Kind: kind, Text: text})
	}
	c.open, c.signing = nil, false
}

// introduction is whether a line, or up to three that a mail program broke, say who wrote what follows, and where they end.
func introduction(lines []string, at int) (behind int, is bool) {
	if !dated.MatchString(lines[at]) {
		return 0, false
	}
	for behind := at + 1; behind <= min(at+3, len(lines)); behind++ {
		line := lines[behind-1]
		if wrote.MatchString(line) {
			return behind, true
		}
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, ">") {
			return 0, false
		}
	}
	return 0, false
}

// heading is whether the head of another message stands at a place, as Outlook puts it above what is answered, and where
// that message begins. A rule or a line of its own may stand before it.
func heading(lines []string, at int) (behind int, is bool) {
	from := at
	if original.MatchString(lines[from]) {
		return from, true
	}
	if rule.MatchString(lines[from]) {
		from = skipBlank(lines, from+1)
	}
	if from+1 >= len(lines) || !author.MatchString(lines[from]) || !sentOn.MatchString(lines[from+1]) {
		return 0, false
	}
	return from, true
}

func isSignatureMark(line string) bool { return line == "-- " || line == "--" }

func skipBlank(lines []string, at int) int {
	for at < len(lines) && strings.TrimSpace(lines[at]) == "" {
		at++
	}
	return at
}

// trimmed are lines without blank ones before and behind them.
func trimmed(lines []string) string {
	first := skipBlank(lines, 0)
	last := len(lines)
	for last > first && strings.TrimSpace(lines[last-1]) == "" {
		last--
	}
	return strings.Join(lines[first:last], "\n")
}

// fold marks what may be put away: what is quoted below the last words, and long quotations above an answer. Where nothing
// is said but what is quoted, all of it stays.
func fold(passages []Passage) {
	last := -1
	for i, one := range passages {
		if one.Kind == Said {
			last = i
		}
	}
	if last < 0 {
		return
	}
	for i := range passages {
		one := &passages[i]
		one.Folds = one.Kind == Quoted && (i > last || strings.Count(one.Text, "\n") >= shortQuotation)
	}
}
