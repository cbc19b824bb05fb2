package seal

import "fmt"

// Excerpt is a part of a document's pages, from the First to the Last, which count from 1. The zero value is all of them.
type Excerpt struct{ First, Last int }

// of are the pages of an excerpt with the structure of what they show. Links to pages outside it are taken away; their text
// stays.
func (e Excerpt) of(pages []*page, structure Structure) ([]*page, Structure, error) {
	if e == (Excerpt{}) {
		return pages, structure, nil
	}
	if e.First < 1 || e.Last < e.First || e.Last > len(pages) {
		return nil, nil, fmt.Errorf("%w: pages %d to %d of %d", errNotDrawn, e.First, e.Last, len(pages))
	}
	cut := cutting{Excerpt: e, inside: map[object]bool{}, links: map[LinkOnPage]int{}}
	kept := pages[e.First-1 : e.Last]
	for _, page := range kept {
		cut.inside[page.indirect] = true
	}
	for i, page := range kept {
		cut.linksOf(page, e.First+i)
	}
	return kept, cut.elements(structure, false), nil
}

// cutting is an excerpt while it is taken.
type cutting struct {
	Excerpt
	inside map[object]bool
	// links are the new places of the links that stay, by where they were.
	links map[LinkOnPage]int
}

// linksOf takes the links from a page that lead outside.
func (c *cutting) linksOf(page *page, number int) {
	var annotations array
	var links []*indirect
	for i, link := range page.links {
		if !c.leadsInside(dictOf(link)["Dest"]) {
			continue
		}
		c.links[LinkOnPage{number, i}] = len(links)
		links = append(links, link)
		annotations = append(annotations, link)
	}
	page.links = links
	delete(page.dict, "Annots")
	if annotations != nil {
		page.dict["Annots"] = annotations
	}
}

func (c *cutting) leadsInside(destination object) bool {
	to := arrayOf(destination)
	return len(to) == 0 || c.inside[to[0]] // whatever leads to no page at all is none of the layout's
}

// elements are those that have something to show on the pages. Of a row the empty cells stay with the others.
func (c *cutting) elements(all []*Element, row bool) []*Element {
	var kept []*Element
	for _, e := range all {
		if cut := c.element(e); cut != nil {
			kept = append(kept, cut)
		} else if row && len(e.Marks)+len(e.Links)+len(e.Children) == 0 {
			kept = append(kept, &Element{Type: e.Type, Scope: e.Scope, Columns: e.Columns})
		}
	}
	if row && !shows(kept) {
		return nil
	}
	return kept
}

// shows reports whether any of some elements has content.
func shows(elements []*Element) bool {
	for _, e := range elements {
		if len(e.Marks)+len(e.Links)+len(e.Children) > 0 {
			return true
		}
	}
	return false
}

// element is what an excerpt has of an element; nil for nothing.
func (c *cutting) element(e *Element) *Element {
	cut := *e
	cut.Marks, cut.Links = nil, nil
	for _, mark := range e.Marks {
		if c.has(mark.Page) {
			cut.Marks = append(cut.Marks, Mark{mark.Page - c.First + 1, mark.Number})
		}
	}
	for _, link := range e.Links {
		if place, stays := c.links[link]; stays && c.has(link.Page) {
			cut.Links = append(cut.Links, LinkOnPage{link.Page - c.First + 1, place})
		}
	}
	if cut.Type == Link && len(cut.Links) == 0 {
		cut.Type = Span
	}
	cut.Children = c.elements(e.Children, e.Type == TableRow)
	if len(cut.Marks)+len(cut.Links)+len(cut.Children) == 0 {
		return nil
	}
	return &cut
}

func (e Excerpt) has(page int) bool { return e == (Excerpt{}) || page >= e.First && page <= e.Last }

// cutOutlines leaves the bookmarks that lead to one of the pages, and those that have such below them. It reports whether
// any is left.
func cutOutlines(parent *indirect, pages []*page) bool {
	inside := map[object]bool{}
	for _, page := range pages {
		inside[page.indirect] = true
	}
	return cutBookmarks(parent, inside, 0)
}

func cutBookmarks(parent *indirect, inside map[object]bool, depth int) bool {
	of := dictOf(parent)
	var kept []*indirect
	for o := of["First"]; o != nil && depth < deepest; o = dictOf(o)["Next"] {
		item, ok := o.(*indirect)
		if !ok {
			break
		}
		below := cutBookmarks(item, inside, depth+1)
		bookmark := dictOf(item)
		to := arrayOf(bookmark["Dest"])
		if len(to) == 0 || !inside[to[0]] {
			if !below {
				continue
			}
			bookmark["Dest"] = dictOf(bookmark["First"])["Dest"] // the part began before these pages
		}
		kept = append(kept, item)
	}
	delete(of, "First")
	delete(of, "Last")
	if len(kept) == 0 {
		return false
	}
	of["First"], of["Last"] = kept[0], kept[len(kept)-1]
	for i, item := range kept {
		bookmark := dictOf(item)
		delete(bookmark, "Prev")
		delete(bookmark, "Next")
		if i > 0 {
			bookmark["Prev"] = kept[i-1]
		}
		if i+1 < len(kept) {
			bookmark["Next"] = kept[i+1]
		}
	}
	return true
}

// pageLabels have readers call the pages what is printed on them (section 12.4.2).
func (e Excerpt) pageLabels() object {
	return dict{"Nums": array{integer(0), dict{"S": name("D"), "St": integer(e.First)}}}
}
