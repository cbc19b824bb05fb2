package seal

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Options say what a finished file has beside its pages.
type Options struct {
	// Language is the document's, a BCP 47 tag.
	Language string
	// Structure says what the marked content of the pages is.
	Structure Structure
	// Files are embedded, with a list of their hashes.
	Files []File
	// Pictures are the images of which the pages hold only a stand-in, by the bytes of that.
	Pictures map[string]Picture
	// Fonts are those of the pages, by the names that they have there.
	Fonts map[string]Font
	// LinkText says in words where a link leads, by the number of the page; nil leaves that out.
	LinkText func(page int) string
	// Deviating are pages that came from elsewhere and do not follow PDF/A, which count from 1: a file that has one of them
	// does not claim to be PDF/A.
	Deviating []int
	// Excerpt is the part of the pages that the file has.
	Excerpt Excerpt
	// part is the part of PDF/A that is claimed instead of the third.
	part int
}

// Picture is the data of an image as it stands in a PDF, which is read when it is written.
type Picture struct {
	Size int // bytes
	Read func() ([]byte, error)
}

// Finish makes the file of what a layout drew with gofpdf: PDF/A-3b (ISO 19005-3), tagged, with files embedded and its
// own hash in it. The same input gives the same bytes. pages is held in memory, files and pictures are not.
//
// Errors: those of w and ctx, [ErrFileDiffers], and defects of the program.
func Finish(ctx context.Context, w io.Writer, pages []byte, o Options) error {
	d, err := parse(pages)
	if err != nil {
		return err
	}
	root, info, err := d.finish(ctx, o)
	if err != nil {
		return err
	}
	return newWriter(w).all(root, info)
}

const archivalPart = 3

func (d *drawn) finish(ctx context.Context, o Options) (root, info *indirect, err error) {
	old := dictOf(d.trailer["Root"])
	d.show(o.Pictures)
	d.packForms()
	pages, err := d.pages(dictOf(old["Pages"]), 0)
	if err != nil {
		return nil, nil, err
	}
	sayWhere(pages, o.LinkText)
	pages, shown, err := o.Excerpt.of(pages, o.Structure)
	if err != nil {
		return nil, nil, err
	}
	if err := d.cleanResources(pages, o.Fonts, o.part == 1); err != nil {
		return nil, nil, err
	}
	about := readInformation(dictOf(d.trailer["Info"]))
	part := archivalPart
	switch {
	case slices.ContainsFunc(o.Deviating, o.Excerpt.has):
		part = 0
	case o.part != 0:
		part = o.part
	}
	structure, err := structureTree(shown, pages)
	if err != nil {
		return nil, nil, err
	}
	catalog := dict{
		"Type": name("Catalog"), "Pages": pageTree(pages, dictOf(old["Pages"])), "Lang": text(o.Language),
		"MarkInfo": dict{"Marked": plain("true")}, "StructTreeRoot": structure,
		"ViewerPreferences": dict{"DisplayDocTitle": plain("true")},
		"Metadata": refer(&stream{
			dict: dict{"Type": name("Metadata"), "Subtype": name("XML")}, data: about.xmp(o.Language, part)}),
		"OutputIntents": array{outputIntent()},
	}
	if o.Excerpt != (Excerpt{}) {
		catalog["PageLabels"] = o.Excerpt.pageLabels()
		if outlines, ok := old["Outlines"].(*indirect); ok && !cutOutlines(outlines, pages) {
			delete(old, "Outlines")
		}
	}
	if outlines := dictOf(old["Outlines"]); outlines != nil {
		countOutlines(outlines)
		catalog["Outlines"], catalog["PageMode"] = old["Outlines"], name("UseOutlines")
	}
	if names, specifications := embed(ctx, o.Files, about.made); names != nil {
		catalog["Names"] = dict{"EmbeddedFiles": names}
		catalog["AF"] = specifications
	}
	return refer(catalog), refer(about.dict()), nil
}

// show puts the pictures where the pages hold stand-ins.
func (d *drawn) show(pictures map[string]Picture) {
	for _, o := range d.objects {
		image, ok := o.value.(*stream)
		if !ok || image.dict["Subtype"] != name("Image") {
			continue
		}
		picture, ok := pictures[string(image.data)]
		if !ok {
			continue
		}
		image.dict["Length"] = integer(picture.Size)
		image.copyTo = func(w io.Writer) error {
			data, err := picture.Read()
			if err != nil {
				return fmt.Errorf("%w: %w", ErrFileDiffers, err)
			}
			if len(data) != picture.Size {
				return fmt.Errorf("%w: a picture", ErrFileDiffers)
			}
			_, err = w.Write(data)
			return err
		}
	}
}

// packForms compresses the forms that the layout left as they are: the shapes of glyphs.
func (d *drawn) packForms() {
	for _, o := range d.objects {
		if form, ok := o.value.(*stream); ok && form.dict["Subtype"] == name("Form") && form.dict["Filter"] == nil {
			form.dict["Filter"], form.deflate = name("FlateDecode"), true
		}
	}
}

func outputIntent() *indirect {
	const condition = "sRGB IEC61966-2.1"
	return refer(dict{
		"Type": name("OutputIntent"), "S": name("GTS_PDFA1"), "OutputConditionIdentifier": text(condition), "Info": text(condition),
		"DestOutputProfile": refer(deflated(dict{"N": integer(3)}, colourProfile())),
	})
}

// pages lists the leaves of the page tree.
func (d *drawn) pages(node dict, depth int) (pages []*page, err error) {
	if node == nil || depth > deepest {
		return nil, fmt.Errorf("%w: page tree", errNotDrawn)
	}
	for _, kid := range arrayOf(node["Kids"]) {
		reference, ok := kid.(*indirect)
		leaf := dictOf(kid)
		switch {
		case !ok || leaf == nil:
			return nil, fmt.Errorf("%w: page tree", errNotDrawn)
		case leaf["Kids"] != nil:
			below, err := d.pages(leaf, depth+1)
			if err != nil {
				return nil, err
			}
			pages = append(pages, below...)
		default:
			pages = append(pages, newPage(reference, leaf))
		}
	}
	return pages, nil
}

// newPage makes the links of a page objects of their own, printed like the page (ISO 19005-3, section 6.3.2).
func newPage(reference *indirect, leaf dict) *page {
	p := &page{indirect: reference, dict: leaf}
	if content, ok := resolved(leaf["Contents"]).(*stream); ok && content.dict["Filter"] == nil {
		content.dict["Filter"], content.deflate = name("FlateDecode"), true
	}
	delete(leaf, "Group") // nothing that gofpdf draws is transparent; imported pages have groups of their own
	var annotations array
	for _, annotation := range arrayOf(leaf["Annots"]) {
		link := dictOf(annotation)
		if link == nil {
			continue
		}
		own, ok := annotation.(*indirect)
		if !ok {
			own = refer(link)
		}
		const print = 4
		link["F"] = integer(print)
		link["Rect"] = upright(arrayOf(link["Rect"]))
		annotations = append(annotations, own)
		p.links = append(p.links, own)
	}
	if annotations != nil {
		leaf["Annots"] = annotations
	}
	return p
}

// sayWhere describes each link (ISO 14289-1, section 7.18.5).
func sayWhere(pages []*page, text func(page int) string) {
	if text == nil {
		return
	}
	numbers := map[*indirect]int{}
	for i, page := range pages {
		numbers[page.indirect] = i + 1
	}
	for _, page := range pages {
		for _, link := range page.links {
			destination := arrayOf(dictOf(link)["Dest"])
			if len(destination) == 0 {
				continue
			}
			if target, ok := destination[0].(*indirect); ok && numbers[target] > 0 {
				dictOf(link)["Contents"] = unicodeText(text(numbers[target]))
			}
		}
	}
}

// upright puts the lower left corner first, which gofpdf does not (section 7.9.5).
func upright(r array) array {
	if len(r) != 4 {
		return r
	}
	less := func(a, b object) bool {
		x, _ := a.(plain)
		y, _ := b.(plain)
		var left, right float64
		_, _ = fmt.Sscan(string(x), &left)
		_, _ = fmt.Sscan(string(y), &right)
		return left <= right
	}
	r = slices.Clone(r)
	if !less(r[0], r[2]) {
		r[0], r[2] = r[2], r[0]
	}
	if !less(r[1], r[3]) {
		r[1], r[3] = r[3], r[1]
	}
	return r
}

// pageTree has all pages in one node.
func pageTree(pages []*page, old dict) *indirect {
	kids := make(array, len(pages))
	node := refer(nil)
	for i, page := range pages {
		kids[i] = page.indirect
		page.dict["Parent"] = node
	}
	d := dict{"Type": name("Pages"), "Kids": kids, "Count": integer(len(pages))}
	if old["MediaBox"] != nil {
		d["MediaBox"] = old["MediaBox"]
	}
	node.value = d
	return node
}

// cleanResources leaves out what no page shows: gofpdf writes every font and form that it was given. It embeds the fonts
// that are left; listed has them list what they hold, see [cidSet].
func (d *drawn) cleanResources(pages []*page, embedded map[string]Font, listed bool) error {
	shown := map[name]bool{}
	resources := map[*indirect]bool{}
	for _, page := range pages {
		content, ok := resolved(page.dict["Contents"]).(*stream)
		if !ok || !content.deflate { // it was compressed before
			return fmt.Errorf("%w: what a page shows", errNotDrawn)
		}
		collect(shown, content.data, " Do")
		collect(shown, content.data, " Tf")
		if reference, ok := page.dict["Resources"].(*indirect); ok {
			resources[reference] = true
		}
	}
	for reference := range resources {
		all := dictOf(reference)
		delete(all, "ProcSet") // since PDF 1.4 of no use
		fonts, forms := dictOf(all["Font"]), dictOf(all["XObject"])
		maps.DeleteFunc(fonts, func(called name, _ object) bool { return !shown[called] })
		maps.DeleteFunc(forms, func(called name, _ object) bool { return !shown[called] })
		if err := embedFonts(fonts, embedded, listed); err != nil {
			return err
		}
	}
	return nil
}

// collect adds the names that an operator is given: those of forms before Do, of fonts before Tf.
func collect(names map[name]bool, content []byte, operator string) {
	for {
		at := bytes.Index(content, []byte(operator))
		if at < 0 {
			return
		}
		if slash := bytes.LastIndexByte(content[:at], '/'); slash >= 0 {
			called, _, _ := strings.Cut(string(content[slash+1:at]), " ")
			names[name(called)] = true
		}
		content = content[at+len(operator):]
	}
}

// countOutlines says of each bookmark how many are below it, closed at first (section 12.3.3).
func countOutlines(outlines dict) {
	top := 0
	for o := outlines["First"]; o != nil; {
		item := dictOf(o)
		top++
		delete(item, "Count")
		if below := countBelow(item, 0); below > 0 {
			item["Count"] = integer(-below)
		}
		o = item["Next"]
	}
	outlines["Count"] = integer(top)
}

func countBelow(item dict, depth int) (count int) {
	if depth > deepest {
		return 0
	}
	for o := item["First"]; o != nil; {
		child := dictOf(o)
		count++
		delete(child, "Count")
		if below := countBelow(child, depth+1); below > 0 {
			child["Count"] = integer(-below)
		}
		o = child["Next"]
	}
	return count
}
