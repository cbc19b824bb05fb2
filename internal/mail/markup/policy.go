package markup

import (
	"regexp"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// policy is the list of what an email may show. Whatever is not on it goes: elements with what they do, attributes with
// what they say. There is no drawing, formula, form, frame or sheet of styles among it, so that nothing reads otherwise
// than it was cleaned. It takes a while to make, and most starts of the program show no email.
var policy = sync.OnceValue(allowed)

func allowed() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "div", "span", "br", "hr", "wbr", "center", "section", "article", "header", "footer", "main", "address",
		"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "samp", "kbd", "tt", "ul", "ol", "li", "dl", "dt", "dd",
		"b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "small", "big", "sub", "sup", "mark", "q", "cite", "abbr",
		"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th", "font", "figure", "figcaption", "time")
	p.AllowNoAttrs().OnElements("a", "span", "font")
	p.AllowAttrs("title").OnElements("a")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^blocked$`)).OnElements("span")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^MsoNormal$`)).OnElements("p", "li", "div") // of Outlook, whose sheet goes
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`(?i)^(ltr|rtl|auto)$`)).Globally()
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[a-zA-Z0-9-]{1,35}$`)).Globally()
	p.AllowAttrs("align").Matching(regexp.MustCompile(`(?i)^(left|center|right|justify)$`)).Globally()
	p.AllowAttrs("valign").Matching(regexp.MustCompile(`(?i)^(top|middle|bottom|baseline)$`)).OnElements("table", "tbody", "thead", "tfoot", "tr", "td", "th")
	p.AllowAttrs("width", "height", "border", "cellpadding", "cellspacing").Matching(regexp.MustCompile(`^[0-9]{1,4}(\.[0-9]+)?(px|%)?$`)).
		OnElements("table", "tr", "td", "th", "col", "img", "hr")
	p.AllowAttrs("colspan", "rowspan", "span", "start", "size").Matching(regexp.MustCompile(`^[+-]?[0-9]{1,3}$`)).
		OnElements("td", "th", "col", "colgroup", "ol", "font", "hr")
	p.AllowAttrs("color", "bgcolor").Matching(regexp.MustCompile(`(?i)^(#?[0-9a-f]{3,8}|[a-z]{3,25})$`)).
		OnElements("font", "table", "tbody", "thead", "tr", "td", "th", "hr", "div", "p")
	p.AllowAttrs("face").Matching(regexp.MustCompile(`^[\p{L}\p{N} ,'-]{1,200}$`)).OnElements("font")
	p.AllowAttrs("alt").OnElements("img")
	p.AllowAttrs("src").Matching(regexp.MustCompile(`^(?i:cid):[^\s<>"'&]{1,500}$`)).OnElements("img")
	p.RequireParseableURLs(true)
	p.AllowURLSchemes("cid")
	for _, property := range properties {
		p.AllowStyles(property).MatchingHandler(isHarmlessValue).Globally()
	}
	return p
}

// whenNeeded is an expression that is compiled when it is first asked for: these are large, and most starts need none.
func whenNeeded(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// properties are those of style attributes (CSS 2.2) that say how text and tables look. None of them takes an element out
// of its place, and none of those that stand here may name an address.
var properties = []string{
	"color", "background-color", "background", "font", "font-family", "font-size", "font-style", "font-variant", "font-weight",
	"line-height", "letter-spacing", "word-spacing", "text-align", "text-decoration", "text-indent", "text-transform", "white-space",
	"vertical-align", "direction", "display", "visibility", "width", "height", "max-width", "max-height", "min-width", "min-height",
	"margin", "margin-top", "margin-right", "margin-bottom", "margin-left", "padding", "padding-top", "padding-right", "padding-bottom",
	"padding-left", "border", "border-top", "border-right", "border-bottom", "border-left", "border-color", "border-style", "border-width",
	"border-radius", "border-collapse", "border-spacing", "border-top-width", "border-right-width", "border-bottom-width",
	"border-left-width", "border-top-color", "border-bottom-color", "border-left-color", "border-right-color", "border-top-style",
	"border-bottom-style", "border-left-style", "border-right-style", "box-sizing", "float", "clear", "list-style-type",
	"table-layout", "overflow", "word-break", "word-wrap", "overflow-wrap", "opacity",
}

// plainValue is a value of words, numbers, colours and names of fonts; the functions are those of colours.
var plainValue = whenNeeded(`^(?:[\p{L}\p{N} #%.,'"!+/-]|\b(?i:rgba?|hsla?)\([0-9 .,%/]+\))*$`)

// isHarmlessValue is whether a value of a style can load nothing: it has no address, no escape and no function but those
// of colours. Where it is short there is nothing to hide in it.
func isHarmlessValue(value string) bool {
	if len(value) > 300 || !plainValue().MatchString(value) {
		return false
	}
	for _, part := range []string{"url", "import", "expression", "//", "/*"} {
		if strings.Contains(strings.ToLower(value), part) {
			return false
		}
	}
	return true
}
