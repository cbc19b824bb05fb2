package seal

import "fmt"

// tree builds the structure tree (ISO 32000-1, section 14.7).
type tree struct {
	pages []*page
	root  *indirect
	// parents are, by the key of each page and behind them of each link, what it belongs to.
	parents []object
}

// page is a page of the document with the links on it.
type page struct {
	*indirect
	dict  dict
	links []*indirect
}

// structureTree is the root of the tree. It gives pages and links their keys in it.
func structureTree(structure Structure, pages []*page) (*indirect, error) {
	t := &tree{pages: pages, root: refer(nil), parents: make([]object, len(pages))}
	document := dict{"S": name("Document"), "P": t.root}
	whole := refer(document)
	for i, page := range pages {
		page.dict["StructParents"] = integer(i)
		page.dict["Tabs"] = name("S")
	}
	kids, err := t.elements(structure, whole)
	if err != nil {
		return nil, err
	}
	document["K"] = kids
	t.root.value = dict{
		"Type": name("StructTreeRoot"), "K": array{whole}, "ParentTree": t.parentTree(),
		"ParentTreeNextKey": integer(len(t.parents)),
	}
	return t.root, nil
}

// leafSize is how many keys a leaf of a number tree has at most. Some readers take no array of more than 8,191 members.
const leafSize = 2000

// parentTree is the number tree (section 7.9.7) of what belongs to what.
func (t *tree) parentTree() *indirect {
	var leaves array
	var numbers array
	for key, parent := range t.parents {
		if marked, ok := parent.(array); ok {
			parent = refer(marked)
		}
		if parent != nil {
			numbers = append(numbers, integer(key), parent)
		}
		if last := key+1 == len(t.parents); len(numbers) == 2*leafSize || last && len(numbers) > 0 {
			leaves = append(leaves, refer(dict{"Limits": array{numbers[0], numbers[len(numbers)-2]}, "Nums": numbers}))
			numbers = nil
		}
	}
	return refer(dict{"Kids": leaves})
}

func (t *tree) elements(elements []*Element, parent *indirect) (kids array, err error) {
	for _, e := range elements {
		kid, err := t.element(e, parent)
		if err != nil {
			return nil, err
		}
		kids = append(kids, kid)
	}
	return kids, nil
}

func (t *tree) element(e *Element, parent *indirect) (*indirect, error) {
	d := dict{"S": name(e.Type), "P": parent}
	for key, value := range map[name]string{"T": e.Title, "Alt": e.Alternative, "Lang": e.Language} {
		if value != "" {
			d[key] = unicodeText(value)
		}
	}
	if attributes := attributesOf(e); attributes != nil {
		d["A"] = attributes
	}
	made := refer(d)
	kids, err := t.marks(e, d, made)
	if err != nil {
		return nil, err
	}
	children, err := t.elements(e.Children, made)
	if err != nil {
		return nil, err
	}
	switch kids = append(kids, children...); len(kids) {
	case 0:
	case 1:
		d["K"] = kids[0]
	default:
		d["K"] = kids
	}
	return made, nil
}

// attributesOf are those of a cell (section 14.8.5.7).
func attributesOf(e *Element) object {
	attributes := dict{}
	if e.Scope != "" {
		attributes["Scope"] = name(e.Scope)
	}
	if e.Columns > 1 {
		attributes["ColSpan"] = integer(e.Columns)
	}
	if len(attributes) == 0 {
		return nil
	}
	attributes["O"] = name("Table")
	return attributes
}

// marks are an element's own content and links. Those on its first page need not say where they are.
func (t *tree) marks(e *Element, d dict, made *indirect) (kids array, err error) {
	for _, mark := range e.Marks {
		page, err := t.page(mark.Page)
		if err != nil {
			return nil, err
		}
		if d["Pg"] == nil {
			d["Pg"] = page.indirect
		}
		if d["Pg"] == page.indirect {
			kids = append(kids, integer(mark.Number))
		} else {
			kids = append(kids, dict{"Type": name("MCR"), "Pg": page.indirect, "MCID": integer(mark.Number)})
		}
		t.belongs(mark, made)
	}
	for _, link := range e.Links {
		page, err := t.page(link.Page)
		if err != nil {
			return nil, err
		}
		if link.Index < 0 || link.Index >= len(page.links) {
			return nil, fmt.Errorf("%w: page %d has no link %d", errNotDrawn, link.Page, link.Index)
		}
		annotation := page.links[link.Index]
		dictOf(annotation)["StructParent"] = integer(len(t.parents))
		t.parents = append(t.parents, made)
		kids = append(kids, dict{"Type": name("OBJR"), "Obj": annotation, "Pg": page.indirect})
	}
	return kids, nil
}

func (t *tree) page(number int) (*page, error) {
	if number < 1 || number > len(t.pages) {
		return nil, fmt.Errorf("%w: the structure names page %d of %d", errNotDrawn, number, len(t.pages))
	}
	return t.pages[number-1], nil
}

// belongs notes what a piece of marked content is part of.
func (t *tree) belongs(mark Mark, made *indirect) {
	marked, _ := t.parents[mark.Page-1].(array)
	for len(marked) <= mark.Number {
		marked = append(marked, nil)
	}
	marked[mark.Number] = made
	t.parents[mark.Page-1] = marked
}
