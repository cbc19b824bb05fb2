package markup

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Limits of a source. What goes beyond is left out; what is shown of honest mail is far below.
const (
	maxAttributes = 40
	maxAttribute  = 16 << 10 // bytes of a value
	maxFound      = 1000     // links, and what would have been loaded
	maxPicture    = 800      // pixels of the room that a blocked picture keeps
)

// survey goes through a source once: it notes what would be loaded and where links lead, and writes the source anew within
// its limits, with blocked pictures in the place of those that are elsewhere and links that lead nowhere.
type survey struct {
	remote []Remote
	links  []Link
	seen   map[string]int // places in remote, by address
	base   string         // what addresses without a host are of
	// open is the link whose words are being read, or -1.
	open int
	out  strings.Builder
}

func (s *survey) read(source string) string {
	s.open = -1
	tokens := html.NewTokenizer(strings.NewReader(source))
	inStyle := false
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return s.out.String()
		case html.TextToken:
			if inStyle {
				s.noteStyles(string(tokens.Raw()))
				inStyle = false
				continue
			}
			raw := tokens.Raw()
			s.out.Write(raw)
			s.words(html.UnescapeString(string(raw)))
		case html.StartTagToken, html.SelfClosingTagToken:
			token := tokens.Token()
			inStyle = token.DataAtom == atom.Style && token.Type == html.StartTagToken
			s.start(token)
		case html.EndTagToken:
			token := tokens.Token()
			inStyle = false
			if token.DataAtom == atom.A {
				s.open = -1
			}
			s.out.WriteString(token.String())
		}
	}
}

func (s *survey) start(token html.Token) {
	token.Attr = bounded(token.Attr)
	s.note(token)
	switch token.DataAtom {
	case atom.Base:
		if s.base == "" {
			s.base = attribute(token, "href")
		}
	case atom.A, atom.Area:
		s.link(token)
		s.out.WriteString("<a")
		// Where it led is told to whoever rests on it.
		if told := cmp.Or(attribute(token, "href"), attribute(token, "title")); told != "" {
			s.out.WriteString(` title="` + html.EscapeString(told) + `"`)
		}
		if style := attribute(token, "style"); style != "" {
			s.out.WriteString(` style="` + html.EscapeString(style) + `"`)
		}
		s.out.WriteByte('>')
	case atom.Img:
		s.picture(token)
	default:
		s.out.WriteString(token.String())
	}
}

// picture writes a picture that came with the email as it stands, and the room of any other with its words.
func (s *survey) picture(token html.Token) {
	alt := strings.TrimSpace(attribute(token, "alt"))
	s.words(" " + alt + " ")
	if _, isOwn := contentID(attribute(token, "src")); isOwn {
		s.out.WriteString(token.String())
		return
	}
	width, height := extent(token, "width"), extent(token, "height")
	if isTiny(token) || alt == "" && (width == 0 || height == 0) {
		return
	}
	style := ""
	if width > 0 {
		style += fmt.Sprintf("width:%dpx;", min(width, maxPicture))
	}
	if height > 0 {
		style += fmt.Sprintf("height:%dpx;", min(height, maxPicture))
	}
	s.out.WriteString(`<span class="blocked" style="` + style + `">` + html.EscapeString(alt) + `</span>`)
}

// bounded are the attributes within their limits.
func bounded(attributes []html.Attribute) []html.Attribute {
	kept := attributes[:0]
	for _, one := range attributes {
		if len(kept) == maxAttributes {
			break
		}
		if len(one.Val) > maxAttribute {
			continue
		}
		if one.Key == "style" {
			one.Val = withoutEscapes(one.Val)
		}
		kept = append(kept, one)
	}
	return kept
}

// withoutEscapes leaves the declarations out that have an escape (CSS Syntax 3, section 4.3.7): nobody needs one in mail
// but to hide something.
func withoutEscapes(style string) string {
	if !strings.Contains(style, `\`) {
		return style
	}
	kept := slices.DeleteFunc(strings.Split(style, ";"), func(one string) bool { return strings.Contains(one, `\`) })
	return strings.Join(kept, ";")
}

func attribute(token html.Token, name string) string {
	for _, one := range token.Attr {
		if one.Key == name {
			return one.Val
		}
	}
	return ""
}

// extent is the width or height that an element is given in pixels, by its attribute or its style; 0 when it is not said.
func extent(token html.Token, name string) int {
	if pixels, ok := pixelsOf(attribute(token, name)); ok {
		return pixels
	}
	pixels, _ := pixelsOf(property(attribute(token, "style"), name))
	return pixels
}

func pixelsOf(text string) (pixels int, ok bool) {
	pixels, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(strings.ToLower(text)), "px"))
	return max(pixels, 0), err == nil
}

// property is the value of a property in a style attribute; empty when it has none.
func property(style, name string) string {
	for declaration := range strings.SplitSeq(strings.ToLower(style), ";") {
		key, value, _ := strings.Cut(declaration, ":")
		if strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
