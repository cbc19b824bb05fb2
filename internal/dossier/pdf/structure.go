package pdf

import (
	"slices"

	"constancia/internal/dossier/seal"
)

// structure gathers what is drawn, for the structure tree.
type structure struct {
	elements []*seal.Element
	marks    map[int]int // marked content by page
	links    map[int]int // link annotations by page
}

func newStructure() *structure { return &structure{marks: map[int]int{}, links: map[int]int{}} }

// add numbers a piece of content on its page, from 0.
func (s *structure) add(r role, alternative string, page int) (number int) {
	number = s.marks[page]
	s.marks[page]++
	s.elements = append(s.elements, &seal.Element{
		Type: seal.Type(r), Alternative: alternative, Marks: []seal.Mark{{Page: page, Number: number}}})
	return number
}

// addLink makes the content that was drawn last a link.
func (s *structure) addLink(page int) {
	link := &seal.Element{Type: seal.Link, Links: []seal.LinkOnPage{{Page: page, Index: s.links[page]}}}
	s.links[page]++
	last := s.elements[len(s.elements)-1]
	link.Marks, last.Marks = last.Marks, nil
	last.Children = append(last.Children, link)
}

// inReadingOrder is all of it by page: the first page and the contents are drawn last.
func (s *structure) inReadingOrder() seal.Structure {
	ordered := slices.Clone(s.elements)
	slices.SortStableFunc(ordered, func(a, b *seal.Element) int { return firstPage(a) - firstPage(b) })
	return ordered
}

// firstPage is where an element begins.
func firstPage(e *seal.Element) int {
	switch {
	case len(e.Marks) > 0:
		return e.Marks[0].Page
	case len(e.Links) > 0:
		return e.Links[0].Page
	case len(e.Children) > 0:
		return firstPage(e.Children[0])
	}
	return 0
}
