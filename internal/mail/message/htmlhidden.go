package message

import (
	"strings"

	"golang.org/x/net/html/atom"

	nethtml "golang.org/x/net/html"
)

// hidden is an element that is not displayed: senders hide the preview of a message in one.
type hidden struct {
	element atom.Atom // 0 when there is none
	depth   int       // of elements of its kind within each other
}

// opens follows a start tag, and tells whether it is hidden. A paragraph ends where a block starts.
func (h *hidden) opens(t nethtml.Token) bool {
	if h.element == atom.P && (t.DataAtom == atom.P || isBlock(t.DataAtom)) {
		*h = hidden{}
	}
	switch {
	case h.element != 0 && t.DataAtom == h.element && t.Type == nethtml.StartTagToken:
		h.depth++
	case h.element == 0 && isHideable(t.DataAtom) && t.Type == nethtml.StartTagToken && isHidden(t):
		*h = hidden{element: t.DataAtom, depth: 1}
	}
	return h.element != 0
}

// closes follows an end tag, and tells whether it is hidden.
func (h *hidden) closes(element atom.Atom) bool {
	if h.element == 0 {
		return false
	}
	if element == h.element {
		if h.depth--; h.depth == 0 {
			*h = hidden{}
		}
	}
	return true
}

func isHideable(element atom.Atom) bool {
	switch element {
	case atom.Div, atom.Span, atom.P, atom.Table, atom.Tr, atom.Td, atom.Center, atom.Font, atom.Section:
		return true
	}
	return false
}

func isHidden(t nethtml.Token) bool {
	style := strings.ToLower(attribute(t, "style"))
	return strings.Contains(strings.Join(strings.Fields(style), ""), "display:none")
}
