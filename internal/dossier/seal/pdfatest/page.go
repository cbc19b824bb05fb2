package pdfatest

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// printed is the flag of an annotation that is printed; hidden and its kin are the others.
const (
	printed = 1 << 2
	hidden  = 1<<0 | 1<<1 | 1<<5 | 1<<8
)

func (c *checker) page(number int) {
	page, _, inherited, err := c.table.PageDict(number, false)
	if err != nil {
		c.errs = append(c.errs, err)
		return
	}
	c.rule(page["AA"] == nil, "6.6.1", "page %d has actions", number)
	c.rule(c.name(page["Tabs"]) == "S" && page["StructParents"] != nil, "6.7", "page %d is not in the structure", number)
	for _, o := range c.array(page["Annots"]) {
		c.annotation(number, c.dict(o))
	}
	resources := c.dict(page["Resources"])
	if resources == nil && inherited != nil {
		resources = c.dict(page["Parent"])
	}
	var content []byte
	if parts := c.array(page["Contents"]); parts != nil {
		for _, part := range parts {
			content = append(append(content, c.content(part)...), '\n')
		}
	} else {
		content = c.content(page["Contents"])
	}
	c.operators(number, content, c.fonts(resources))
	c.foreign = true
	c.forms(number, resources, 0)
	c.foreign = false
}

// forms holds what a page draws by name to the same rules: pages of other files above all.
func (c *checker) forms(number int, resources types.Dict, depth int) {
	objects := c.dict(resources["XObject"])
	for _, called := range slices.Sorted(maps.Keys(objects)) {
		form := c.dict(objects[called])
		seen := fmt.Sprint(objects[called])
		if c.name(form["Subtype"]) != "Form" || c.drawn[seen] || depth > deepest {
			continue
		}
		c.drawn[seen] = true
		own := c.dict(form["Resources"])
		c.operators(number, c.content(objects[called]), c.fonts(own))
		c.forms(number, own, depth+1)
	}
}

func (c *checker) annotation(number int, annotation types.Dict) {
	kind := c.name(annotation["Subtype"])
	allowed := map[string]bool{"Link": true, "Widget": true, "Text": true, "FreeText": true, "Popup": true}
	c.rule(allowed[kind], "6.3.1", "page %d has a %s", number, kind)
	flags := annotation.IntEntry("F")
	c.rule(flags != nil && *flags&printed != 0 && *flags&hidden == 0, "6.3.2", "page %d has a %s that is not printed", number, kind)
	if action := c.dict(annotation["A"]); action != nil {
		does := c.name(action["S"])
		c.rule(does == "URI" || does == "GoTo", "6.6.1", "page %d has the action %s", number, does)
	}
	c.rule(kind != "Link" || c.text(annotation["Contents"]) != "", "ISO 14289-1, 7.18.5", "page %d has a link that does not say where it leads", number)
	c.rule(kind != "Link" || annotation["StructParent"] != nil, "ISO 14289-1, 7.18.5", "page %d has a link that is not in the structure", number)
}

// typeface is a font of a page: the codes that have a glyph. nil is one whose codes are not looked at.
type typeface map[int]bool

// fonts holds the fonts of a page to section 6.2.11.
func (c *checker) fonts(resources types.Dict) map[string]typeface {
	shared := fmt.Sprint(resources["Font"]) // by all pages of most files
	if found, ok := c.faces[shared]; ok {
		return found
	}
	found := map[string]typeface{}
	c.faces[shared] = found
	for called, o := range c.dict(resources["Font"]) {
		font := c.dict(o)
		base := c.name(font["BaseFont"])
		descendants := c.array(font["DescendantFonts"])
		if len(descendants) == 0 {
			descriptor := c.dict(font["FontDescriptor"])
			embedded := descriptor["FontFile"] != nil || descriptor["FontFile2"] != nil || descriptor["FontFile3"] != nil
			c.rule(embedded || c.name(font["Subtype"]) == "Type3", "6.2.11.4.1", "font %s is not embedded", base)
			continue
		}
		found[called] = c.compositeFont(base, font, c.dict(descendants[0]))
	}
	return found
}

var subset = regexp.MustCompile(`^[A-Z]{6}\+`)

func (c *checker) compositeFont(base string, font, descendant types.Dict) typeface {
	descriptor := c.dict(descendant["FontDescriptor"])
	c.rule(descriptor["FontFile2"] != nil || descriptor["FontFile3"] != nil, "6.2.11.4.1", "font %s is not embedded", base)
	c.rule((c.foreign || subset.MatchString(base)) && base == c.name(descendant["BaseFont"]) && base == c.name(descriptor["FontName"]), "ISO 32000-1, 9.6.4", "font %s is not named alike everywhere", base)
	c.rule(c.foreign || font["ToUnicode"] != nil, "6.2.11.7", "font %s does not say which characters it has", base)
	glyphs := c.content(descendant["CIDToGIDMap"])
	if c.name(descendant["CIDToGIDMap"]) == "Identity" || descriptor["FontFile2"] == nil {
		return nil
	}
	c.rule(len(glyphs) > 0, "6.2.11.3.2", "font %s does not say which glyphs it has", base)
	program := c.content(descriptor["FontFile2"])
	widths := c.widths(descendant)
	face := typeface{}
	for code := range len(glyphs) / 2 {
		glyph := int(binary.BigEndian.Uint16(glyphs[2*code:]))
		if glyph == 0 {
			continue
		}
		face[code] = true
		advance, ok := advanceOf(program, glyph)
		c.rule(ok, "6.2.11.4.1", "font %s lacks glyph %d", base, glyph)
		difference := widths[code] - advance
		c.rule(difference >= -1 && difference <= 1, "6.2.11.5", "font %s: U+%04X is %d wide, its glyph %d", base, code, widths[code], advance)
	}
	return face
}

// widths reads a W array (ISO 32000-1, section 9.7.4.3).
func (c *checker) widths(descendant types.Dict) map[int]int {
	found := map[int]int{}
	list := c.array(descendant["W"])
	number := func(o types.Object) int {
		value, err := c.table.DereferenceNumber(o)
		if err != nil {
			c.errs = append(c.errs, err)
		}
		return int(value)
	}
	for i := 0; i+1 < len(list); {
		first := number(list[i])
		if run := c.array(list[i+1]); run != nil {
			for j, width := range run {
				found[first+j] = number(width)
			}
			i += 2
			continue
		}
		if i+2 >= len(list) {
			break
		}
		for code := first; code <= number(list[i+1]); code++ {
			found[code] = number(list[i+2])
		}
		i += 3
	}
	return found
}

// advanceOf reads a glyph's width from a font program, in thousandths of an em.
func advanceOf(program []byte, glyph int) (int, bool) {
	tables := map[string][]byte{}
	if len(program) < 12 {
		return 0, false
	}
	for i := range int(binary.BigEndian.Uint16(program[4:])) {
		row := program[12+16*i:]
		from, size := binary.BigEndian.Uint32(row[8:]), binary.BigEndian.Uint32(row[12:])
		tables[string(row[:4])] = program[from : from+size]
	}
	if len(tables["maxp"]) < 6 || len(tables["hhea"]) < 36 || len(tables["head"]) < 20 {
		return 0, false
	}
	count := int(binary.BigEndian.Uint16(tables["maxp"][4:]))
	metrics := int(binary.BigEndian.Uint16(tables["hhea"][34:]))
	unitsPerEm := int(binary.BigEndian.Uint16(tables["head"][18:]))
	at := 4 * min(glyph, metrics-1)
	return int(binary.BigEndian.Uint16(tables["hmtx"][at:])) * 1000 / unitsPerEm, glyph < count
}

// deepest is how often the state may be saved (section 6.1.13).
const deepest = 28

var token = regexp.MustCompile(`/[^\s/<>\[\]()]+|<[0-9A-Fa-f\s]*>|\((?:\\.|[^\\()])*\)|[A-Za-z'"*]+|[-+.\d]+`)

// operators reads a page: how deep its state is saved, in which colours it draws, and that each character has a glyph.
func (c *checker) operators(number int, content []byte, fonts map[string]typeface) {
	depth, deep := 0, 0
	var font string
	var stack []string
	for _, match := range token.FindAll(content, -1) {
		word := string(match)
		switch word {
		case "q":
			depth++
			deep = max(deep, depth)
		case "Q":
			depth--
		case "k", "K":
			c.rule(false, "6.2.4.3", "page %d draws in CMYK", number)
		case "Tf":
			if len(stack) >= 2 {
				font = stack[len(stack)-2][1:]
			}
		case "Tj", "TJ", "'", "\"":
			c.shown(number, fonts[font], font, stack)
		}
		if isOperand(word) {
			stack = append(stack, word)
		} else {
			stack = stack[:0]
		}
	}
	c.rule(deep <= deepest, "6.1.13", "page %d saves its state %d deep", number, deep)
	c.rule(depth == 0, "ISO 32000-1, 8.4.2", "page %d does not restore its state", number)
}

func isOperand(word string) bool {
	if _, err := strconv.ParseFloat(word, 64); err == nil {
		return true
	}
	return word[0] == '/' || word[0] == '<' || word[0] == '('
}

// shown holds that each code of a string has a glyph.
func (c *checker) shown(number int, face typeface, called string, strings []string) {
	if face == nil {
		return
	}
	for _, s := range strings {
		if s[0] != '<' {
			continue
		}
		codes, err := hex.DecodeString(s[1 : len(s)-1])
		if err != nil {
			continue
		}
		for ; len(codes) > 1; codes = codes[2:] {
			code := int(binary.BigEndian.Uint16(codes))
			c.rule(face[code], "6.2.11.8", "page %d shows U+%04X, which font %s does not have", number, code, called)
		}
	}
}
