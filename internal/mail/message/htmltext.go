package message

import (
	"bytes"
	"html"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	nethtml "golang.org/x/net/html"
)

// maxQuoting is how many nested quotes and lists are still marked.
const maxQuoting = 20

// htmlToText gives what a reader of the HTML would see, as plain text: paragraphs, lists, the rows of tables, quotes,
// and where links lead. It goes by the tokens and builds no tree, so that the nesting of the source costs nothing.
func htmlToText(source string) string {
	if strings.TrimSpace(source) == "" {
		return ""
	}
	w := &textWriter{}
	tokens := nethtml.NewTokenizer(strings.NewReader(source))
	for {
		switch tokens.Next() {
		case nethtml.ErrorToken:
			return w.finish()
		case nethtml.TextToken:
			w.text(string(tokens.Text()))
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			token := tokens.Token()
			w.start(token)
		case nethtml.EndTagToken:
			token := tokens.Token()
			w.end(token.DataAtom)
		}
		if w.out.Len() > maxText {
			return w.finish()
		}
	}
}

// textWriter writes lines of text.
type textWriter struct {
	out    strings.Builder
	line   strings.Builder // the line being written, without its marks
	space  bool            // blanks are owed before the next word
	blank  bool            // an empty line is owed before the next line
	quoted int             // how deep that empty line is quoted
	marker string          // the sign of a list item, before its first line
	silent atom.Atom       // the element whose content is not shown, or 0
	pre    int             // nested <pre>
	quotes int             // nested <blockquote>
	lists  []list
	link   string // where the open link leads
	linkAt int    // the length of out and line when it was opened
	cell   bool   // whether the row already has a cell
	column bool   // whether a mark between two cells is owed before the next word
	hidden hidden
	raised int // nested <sup>
}

// list is an open list; next is the number of its next item, 0 for one with bullets.
type list struct{ next int }

func (w *textWriter) start(t nethtml.Token) {
	if w.silent == atom.Head && (t.DataAtom == atom.Body || t.DataAtom == atom.P || isBlock(t.DataAtom)) {
		w.silent = 0 // a head that was not closed
	}
	if w.silent != 0 || w.hidden.opens(t) {
		return
	}
	switch t.DataAtom {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Noscript, atom.Template, atom.Svg:
		if t.Type == nethtml.StartTagToken {
			w.silent = t.DataAtom
		}
	case atom.Br:
		w.breakLine()
	case atom.Hr:
		w.paragraph()
		w.word("----")
		w.paragraph()
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.paragraph()
	case atom.Blockquote:
		w.paragraph()
		w.quotes++
	case atom.Ul, atom.Ol:
		w.openList(t)
	case atom.Li:
		w.item()
	case atom.Pre:
		w.paragraph()
		w.pre++
	case atom.Tr:
		w.endLine()
		w.cell = false
	case atom.Td, atom.Th:
		if strings.Trim(w.line.String(), invisible) == "" {
			w.line.Reset() // a cell that only takes room
			w.cell = false
		}
		w.column = w.cell
		w.cell = true
	case atom.A:
		w.openLink(attribute(t, "href"))
	case atom.Sup:
		w.raised++
	case atom.Img:
		if alt := strings.TrimSpace(attribute(t, "alt")); alt != "" {
			w.text(" [" + alt + "] ")
		}
	default:
		if isBlock(t.DataAtom) {
			w.endLine()
		}
	}
}

func (w *textWriter) end(element atom.Atom) {
	if w.silent != 0 {
		if element == w.silent {
			w.silent = 0
		}
		return
	}
	if w.hidden.closes(element) {
		return
	}
	switch element {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.paragraph()
	case atom.Blockquote:
		w.paragraph()
		w.quotes = max(0, w.quotes-1)
	case atom.Ul, atom.Ol:
		w.endLine()
		if len(w.lists) > 0 {
			w.lists = w.lists[:len(w.lists)-1]
		}
		if len(w.lists) == 0 {
			w.oweBlank()
		}
	case atom.Li:
		w.endLine()
		w.marker = ""
	case atom.Pre:
		w.pre = max(0, w.pre-1)
		w.paragraph()
	case atom.A:
		w.closeLink()
	case atom.Sup:
		w.raised = max(0, w.raised-1)
	case atom.Tr:
		w.endLine()
	case atom.Table:
		w.paragraph()
	default:
		if isBlock(element) {
			w.endLine()
		}
	}
}

// isBlock is whether an element starts and ends a line of its own.
func isBlock(element atom.Atom) bool {
	switch element {
	case atom.Div, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Main, atom.Aside, atom.Nav, atom.Address,
		atom.Center, atom.Table, atom.Form, atom.Fieldset, atom.Dl, atom.Dt, atom.Dd, atom.Figure, atom.Figcaption,
		atom.Caption, atom.Details, atom.Summary, atom.Option:
		return true
	}
	return false
}

// text writes the text of an element, with runs of blanks as one.
func (w *textWriter) text(text string) {
	if w.silent != 0 || w.hidden.element != 0 {
		return
	}
	if w.raised > 0 {
		text = superscript.Replace(text)
	}
	if w.pre > 0 {
		w.preformatted(text)
		return
	}
	if text == "" {
		return
	}
	w.space = w.space || isBlank(rune(text[0]))
	for i, word := range strings.FieldsFunc(text, isBlank) {
		w.space = w.space || i > 0
		w.word(word)
	}
	w.space = w.space || isBlank(rune(text[len(text)-1]))
}

// superscript raises digits: shops raise the cents of a price, which must not read as more euros.
var superscript = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷",
	"8", "⁸", "9", "⁹")

// isBlank is whether HTML takes a character for a space between words; a no-break space is none.
func isBlank(c rune) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

func (w *textWriter) word(word string) {
	if w.column && w.line.Len() > 0 {
		w.line.WriteString(" | ")
	}
	w.column = false
	if w.space && w.line.Len() > 0 && !strings.HasSuffix(w.line.String(), " ") {
		w.line.WriteByte(' ')
	}
	w.space = false
	w.line.WriteString(word)
}

func (w *textWriter) preformatted(text string) {
	for i, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if i > 0 {
			w.breakLine()
		}
		w.line.WriteString(line)
	}
}

// paragraph ends the line and asks for an empty one.
func (w *textWriter) paragraph() {
	w.endLine()
	w.oweBlank()
}

// endLine ends the line when something stands in it.
func (w *textWriter) endLine() {
	switch line := w.line.String(); {
	case line == "\u00a0": // by which an empty line is written where an empty element would have no height
		w.breakLine()
	case strings.TrimSpace(line) == "":
		w.line.Reset()
		w.space = false
	default:
		w.breakLine()
	}
}

// breakLine ends the line, be it empty or not.
func (w *textWriter) breakLine() {
	text := strings.TrimRight(w.line.String(), invisible)
	w.line.Reset()
	w.space = false
	if strings.Trim(text, invisible) == "" {
		w.oweBlank()
		return
	}
	if w.blank {
		w.out.WriteString(strings.TrimRight(quoting(min(w.quoted, w.quotes)), " ") + "\n")
		w.blank = false
	}
	if isWordItem := wordItem.FindStringSubmatch(text); isWordItem != nil {
		text = wordMark(isWordItem[1]) + " " + text[len(isWordItem[0]):]
	}
	w.out.WriteString(quoting(w.quotes) + w.indent() + text + "\n")
}

// oweBlank asks for an empty line before the next line.
func (w *textWriter) oweBlank() {
	if !w.blank {
		w.blank, w.quoted = w.out.Len() > 0, w.quotes
	}
	w.quoted = min(w.quoted, w.quotes)
}

// quoting is the mark of so many open quotes.
func quoting(depth int) string { return quoteMark(min(depth, maxQuoting)) }

// indent is what stands before the first, or a later line of a list item.
func (w *textWriter) indent() string {
	if len(w.lists) == 0 {
		return ""
	}
	depth := min(len(w.lists), maxQuoting)
	if w.marker == "" {
		return strings.Repeat("  ", depth)
	}
	marker := w.marker
	w.marker = ""
	return strings.Repeat("  ", depth-1) + marker
}

// invisible are characters that show nothing; senders pad the preview of a message with them.
const invisible = " \t\u00A0\u00AD\u034F\u200B\u200C\u200D\u200E\u2007\uFEFF"

func (w *textWriter) openList(t nethtml.Token) {
	w.endLine()
	if len(w.lists) == 0 {
		w.oweBlank()
	}
	opened := list{}
	if t.DataAtom == atom.Ol {
		opened.next = 1
	}
	if len(w.lists) < maxParts {
		w.lists = append(w.lists, opened)
	}
}

func (w *textWriter) item() {
	w.endLine()
	w.marker = "- "
	if len(w.lists) == 0 {
		return
	}
	open := &w.lists[len(w.lists)-1]
	if open.next > 0 {
		w.marker = strconv.Itoa(open.next) + ". "
		open.next++
	}
}

// finish gives the text.
func (w *textWriter) finish() string {
	w.closeLink()
	w.endLine()
	return strings.Trim(paragraphs(w.out.String()), "\n")
}

func attribute(t nethtml.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// plainAsHTML shows a piece of plain text between pieces of HTML.
func plainAsHTML(text string) string { return "<pre>" + html.EscapeString(text) + "</pre>" }

var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_.:\-]{1,40})`)

// htmlCharset is the charset that HTML names itself, where the part's header doesn't.
func htmlCharset(content []byte) string {
	found := metaCharset.FindSubmatch(content[:min(len(content), 4096)])
	if found == nil {
		return ""
	}
	return string(bytes.ToLower(found[1]))
}
