package pdf

import (
	"constancia/internal/dossier/seal"
)

// structure gathers what is drawn, for the structure tree.
type structure struct {
	root *seal.Element
	// open are the elements that are being drawn, from the root inwards.
	open []*seal.Element
	// last is the element that content was added to last.
	last  *seal.Element
	marks map[int]int // marked content by page
	links map[int]int // link annotations by page

	// continues says that what is drawn next goes on with the last element.
	continues bool
	// awaited are links whose text is drawn after them; awaits says that there may be some.
	awaits  bool
	awaited []seal.LinkOnPage
}

func newStructure() *structure {
	root := &seal.Element{}
	return &structure{root: root, open: []*seal.Element{root}, marks: map[int]int{}, links: map[int]int{}}
}

func (s *structure) top() *seal.Element { return s.open[len(s.open)-1] }

// begin opens an element in the one that is open. A list needs no beginning: it is there while its items are.
func (s *structure) begin(t seal.Type) *seal.Element {
	s.leaveList(t)
	if t == seal.ListItem && s.top().Type != seal.List {
		s.begin(seal.List)
	}
	e := &seal.Element{Type: t}
	s.top().Children = append(s.top().Children, e)
	s.open = append(s.open, e)
	return e
}

// leaveList closes a list before anything that is no item of it.
func (s *structure) leaveList(next seal.Type) {
	if s.top().Type == seal.List && next != seal.ListItem {
		s.open = s.open[:len(s.open)-1]
	}
}

// end closes the element that was begun last, and a list in it.
func (s *structure) end() {
	s.leaveList("")
	s.open = s.open[:len(s.open)-1]
}

// endAll closes whatever is open.
func (s *structure) endAll() { s.open = s.open[:1] }

// add numbers a piece of content on its page, from 0.
func (s *structure) add(r role, alternative string, page int) (number int) {
	number = s.marks[page]
	s.marks[page]++
	mark := seal.Mark{Page: page, Number: number}
	switch {
	case s.continues && s.last != nil:
		s.goOn(mark)
	case s.top().Type == seal.Label:
		s.last = s.top()
		s.goOn(mark)
	default:
		s.last = s.leaf(r)
		s.last.Alternative = alternative
		s.last.Marks = []seal.Mark{mark}
	}
	return number
}

// goOn adds content to the last element, behind a link if it holds one.
func (s *structure) goOn(mark seal.Mark) {
	if len(s.last.Children) == 0 {
		s.last.Marks = append(s.last.Marks, mark)
		return
	}
	s.last.Children = append(s.last.Children, &seal.Element{Type: seal.Span, Marks: []seal.Mark{mark}})
}

// leaf adds an element of a role where it stands: what is a cell in a row is a paragraph elsewhere.
func (s *structure) leaf(r role) *seal.Element {
	s.leaveList(leafType(r, s.top().Type))
	parent := s.top()
	e := &seal.Element{Type: leafType(r, parent.Type)}
	switch {
	case e.Type == seal.ListItem:
		s.begin(seal.ListItem)
		e.Type = seal.Body
		s.top().Children = append(s.top().Children, e)
		s.endItem()
		return e
	case e.Type == seal.TableHeader:
		e.Scope = seal.OfColumn
	case r == caption:
		if n := len(parent.Children); n > 0 && parent.Children[n-1].Type == seal.Figure {
			parent = parent.Children[n-1]
		} else {
			e.Type = seal.Paragraph
		}
	}
	parent.Children = append(parent.Children, e)
	return e
}

// endItem closes an item, and leaves its list open for the next.
func (s *structure) endItem() { s.open = s.open[:len(s.open)-1] }

func leafType(r role, parent seal.Type) seal.Type {
	switch r {
	case cell, headerCell:
		if parent == seal.TableRow {
			return seal.Type(r)
		}
		return seal.Paragraph
	case entryLink:
		if parent == seal.ContentsItem {
			return seal.Span
		}
		return seal.Paragraph
	case listItem:
		if parent == seal.Body {
			return seal.Paragraph
		}
	}
	return seal.Type(r)
}

// addLink makes the content that was drawn last a link; of an entry in the contents, all of it.
func (s *structure) addLink(page int) {
	link := seal.LinkOnPage{Page: page, Index: s.links[page]}
	s.links[page]++
	switch {
	case s.awaits:
		s.awaited = append(s.awaited, link)
	case s.top().Type == seal.ContentsItem:
		entry := s.top()
		entry.Children = []*seal.Element{{Type: seal.Link, Links: []seal.LinkOnPage{link}, Children: entry.Children}}
	default:
		s.attach(link)
	}
}

// attach puts a link on the last element.
func (s *structure) attach(link seal.LinkOnPage) {
	if s.last == nil {
		s.last = s.leaf(paragraph)
	}
	if n := len(s.last.Children); n > 0 && len(s.last.Marks) == 0 && s.last.Children[n-1].Type == seal.Link {
		s.last.Children[n-1].Links = append(s.last.Children[n-1].Links, link)
		return
	}
	made := &seal.Element{Type: seal.Link, Links: []seal.LinkOnPage{link}, Marks: s.last.Marks}
	s.last.Marks = nil
	s.last.Children = append([]*seal.Element{made}, s.last.Children...)
}

// await draws what stands before a text, and keeps the links that belong to the text.
func (s *structure) await(draw func()) {
	before := s.last
	s.awaits = true
	draw()
	s.awaits = false
	if s.last != before { // they are on what was drawn
		s.attachAwaited()
	}
}

func (s *structure) attachAwaited() {
	for _, link := range s.awaited {
		s.attach(link)
	}
	s.awaited = nil
}

// inside draws an element of the structure with all that is in it.
func (d *document) inside(t seal.Type, draw func()) {
	d.structure.begin(t)
	draw()
	d.structure.end()
}

// item draws an item of a list: what stands before it, then itself.
func (d *document) item(label, body func()) {
	d.structure.begin(seal.ListItem)
	d.inside(seal.Label, label)
	d.inside(seal.Body, body)
	d.structure.endItem()
}

// drawn counts what draw draws, at the beginning of a document.
func (s *structure) drawn(draw func()) int {
	draw()
	s.endAll()
	return len(s.root.Children)
}

// behind puts what draw draws behind the first count that were drawn, before all others, and tells how many that are.
func (s *structure) behind(count int, draw func()) (added int) {
	s.endAll()
	drawn := s.root.Children[count:]
	s.root.Children = s.root.Children[:count:count]
	draw()
	s.endAll()
	added = len(s.root.Children) - count
	s.root.Children = append(s.root.Children, drawn...)
	return added
}
