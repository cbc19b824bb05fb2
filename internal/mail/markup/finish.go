package markup

import (
	"encoding/base64"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Limits of what is shown.
const (
	maxDepth    = 150      // elements within each other: deeper ones exhaust a browser's stack
	maxPictures = 24 << 20 // bytes of all pictures in the text; each stands there as data
)

// finish closes what was left open, goes no deeper than maxDepth, and puts the email's own pictures where they are named.
func finish(clean string, pictures Pictures) string {
	var out strings.Builder
	out.Grow(len(clean))
	var open []atom.Atom
	skipped, room := 0, maxPictures
	tokens := html.NewTokenizer(strings.NewReader(clean))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			for i := len(open) - 1; i >= 0; i-- {
				out.WriteString("</" + open[i].String() + ">")
			}
			return out.String()
		case html.TextToken:
			out.Write(tokens.Raw())
		case html.StartTagToken, html.SelfClosingTagToken:
			token := tokens.Token()
			switch {
			case token.DataAtom == atom.Img:
				out.WriteString(shown(token, pictures, &room))
			case isVoid(token.DataAtom):
				token.Type = html.StartTagToken
				out.WriteString(token.String())
			case len(open) == maxDepth:
				skipped++
			default:
				token.Type = html.StartTagToken
				out.WriteString(token.String())
				open = append(open, token.DataAtom)
			}
		case html.EndTagToken:
			element := tokens.Token().DataAtom
			switch {
			case isVoid(element):
			case skipped > 0:
				skipped--
			default:
				open = closeTo(&out, open, element)
			}
		}
	}
}

// closeTo closes an element, and what is open within it; one that is not open is passed over.
func closeTo(out *strings.Builder, open []atom.Atom, element atom.Atom) []atom.Atom {
	at := len(open) - 1
	for at >= 0 && open[at] != element {
		at--
	}
	if at < 0 {
		return open
	}
	for i := len(open) - 1; i >= at; i-- {
		out.WriteString("</" + open[i].String() + ">")
	}
	return open[:at]
}

func isVoid(element atom.Atom) bool {
	switch element {
	case atom.Br, atom.Hr, atom.Wbr, atom.Col, atom.Img:
		return true
	}
	return false
}

// shown is a picture that came with the email, with its content, or its words in its place.
func shown(token html.Token, pictures Pictures, room *int) string {
	alt := strings.TrimSpace(attribute(token, "alt"))
	if id, isOwn := contentID(attribute(token, "src")); isOwn && pictures != nil {
		if picture, found := pictures(id); found && canShow(picture.MediaType) && len(picture.Content) <= *room {
			*room -= len(picture.Content)
			address := "data:" + picture.MediaType + ";base64," + base64.StdEncoding.EncodeToString(picture.Content)
			kept := []html.Attribute{{Key: "src", Val: address}, {Key: "alt", Val: alt}}
			for _, one := range token.Attr {
				if one.Key != "src" && one.Key != "alt" {
					kept = append(kept, one)
				}
			}
			token.Attr, token.Type = kept, html.StartTagToken
			return token.String()
		}
	}
	if alt == "" {
		return ""
	}
	return `<span class="blocked">` + html.EscapeString(alt) + `</span>`
}

// canShow is whether a browser shows pictures of a type as nothing but pictures. A drawing in SVG is a page.
func canShow(mediaType string) bool {
	switch mediaType {
	case "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp":
		return true
	}
	return false
}

// contentID is the Content-ID that an address names (RFC 2392), and whether it names one.
func contentID(address string) (string, bool) {
	address = tidyAddress(address)
	if len(address) < 4 || !strings.EqualFold(address[:4], "cid:") {
		return "", false
	}
	id, err := url.PathUnescape(address[4:])
	if err != nil {
		id = address[4:]
	}
	return strings.Trim(id, "<>"), true
}
