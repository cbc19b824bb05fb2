// Package markup makes the HTML of an email fit to be looked at.
//
// Whoever sent it may want to know when it is read, where and by whom, to run scripts, or to pass for the program itself.
// So [Clean] lets through what is on a short list and nothing else: text, tables, colours, and the pictures that came
// with the email. It tells what it kept from loading, and where the links lead, none of which lead anywhere any more.
//
// That is one wall of three. A page shows the result in a frame in which no script runs and nothing can be sent
// ([Policy]), and the frame is given no more than the email's own pictures.
package markup

import (
	"strings"
)

// Page is the HTML of an email, as it can be looked at.
type Page struct {
	// Body is what stands in the body element. It names no address that could be loaded: pictures are in it as data.
	Body string
	// Remote is what it would have loaded from elsewhere, in order, each address once.
	Remote []Remote
	// Links are the addresses it leads to, in order, with their words.
	Links []Link
}

// Pictures gives a picture that came with the email by its Content-ID (RFC 2392), and whether there is one.
type Pictures func(contentID string) (Picture, bool)

// Picture is a picture that a browser may show as it is.
type Picture struct {
	MediaType string
	Content   []byte
}

// Clean makes the HTML of an email fit to be looked at. It never fails: what it can't make sense of is left out. Time and
// memory go with the length of the source.
func Clean(source string, pictures Pictures) Page {
	survey := survey{seen: map[string]int{}}
	bounded := survey.read(source)
	return Page{
		Body:   finish(policy().Sanitize(bounded), pictures),
		Remote: survey.remote,
		Links:  survey.links,
	}
}

// Policy is the content policy (CSP 3) of the frame that shows a document: nothing is loaded, run or sent.
const Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

// sheet is how a document looks where it doesn't say: a white sheet, whatever the colours around it, since emails are
// made for one; no wider than the frame. The colours are those of a page in the light.
const sheet = `:root{color-scheme:only light;background:#fff;color:#1d282e;overflow-wrap:anywhere;` +
	`font:16px/1.5 "Atkinson Hyperlegible Next","Segoe UI",system-ui,sans-serif}` +
	`body{margin:0;padding:16px;display:flow-root}img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}.MsoNormal{margin:0}` +
	`a{color:#1b5e6b;text-decoration:underline}blockquote{margin:0 0 0 4px;padding-left:12px;border-left:3px solid #c9c3b4}` +
	`.blocked{display:inline-block;box-sizing:border-box;max-width:100%;min-width:24px;min-height:24px;overflow:hidden;` +
	`padding:2px 8px;border:1px dashed #8a8577;color:#55605f;font-size:13px;line-height:1.4;vertical-align:middle}`

// Document is a whole document of the page, for a frame of its own.
func (p Page) Document() string {
	var out strings.Builder
	out.WriteString(`<!DOCTYPE html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="`)
	out.WriteString(Policy)
	out.WriteString(`"><meta name="referrer" content="no-referrer"><title></title><style>`)
	out.WriteString(sheet)
	out.WriteString(`</style></head><body>`)
	out.WriteString(p.Body)
	out.WriteString(`</body></html>`)
	return out.String()
}
