package appended

import (
	"encoding/binary"
	"math"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/encoding/charmap"
)

// shownFont is a font with the strings that are shown in it.
type shownFont struct {
	dict  types.Dict
	texts []string
}

// chosen is a font by its name among the resources; nil when it is not there.
func (a *archivist) chosen(fonts types.Dict, called string) *shownFont {
	o := fonts[called]
	dict, _ := a.get(o).(types.Dict)
	if dict == nil {
		return nil
	}
	key := o.PDFString()
	if a.fonts[key] == nil {
		a.fonts[key] = &shownFont{dict: dict}
	}
	return a.fonts[key]
}

// font holds a font that is used to section 6.2.11.
func (a *archivist) font(f *shownFont) {
	base := a.name(f.dict["BaseFont"])
	switch a.name(f.dict["Subtype"]) {
	case "Type0":
		a.compositeFont(base, f)
	case "TrueType":
		a.trueTypeFont(base, f)
	case "Type3":
		a.unread(base)
	default:
		a.embedded(base, f.dict, "FontFile", "FontFile3")
		a.unread(base)
	}
}

// unread leaves a font to what the file says of itself.
func (a *archivist) unread(base string) {
	if !a.claims {
		a.breaks("6.2.11", "font %s can't be judged", base)
	}
}

// embedded is the program of a font, which has to be there under one of these names.
func (a *archivist) embedded(base string, font types.Dict, names ...string) []byte {
	descriptor, _ := a.get(font["FontDescriptor"]).(types.Dict)
	for _, called := range names {
		if descriptor[called] != nil {
			_, program := a.stream(descriptor[called])
			return program
		}
	}
	a.breaks("6.2.11.4.1", "font %s is not embedded", base)
	return nil
}

func (a *archivist) compositeFont(base string, f *shownFont) {
	descendants := a.array(f.dict["DescendantFonts"])
	if len(descendants) != 1 {
		a.breaks("6.2.11.3", "font %s has no descendant", base)
		return
	}
	descendant, _ := a.get(descendants[0]).(types.Dict)
	encoding := a.name(f.dict["Encoding"])
	if a.name(descendant["Subtype"]) != "CIDFontType2" {
		a.embedded(base, descendant, "FontFile3")
		a.unread(base)
		return
	}
	program := a.embedded(base, descendant, "FontFile2")
	_, glyphs := a.stream(descendant["CIDToGIDMap"])
	switch {
	case glyphs == nil && a.name(descendant["CIDToGIDMap"]) != "Identity":
		a.breaks("6.2.11.3.2", "font %s does not say which glyphs it has", base)
	case encoding != "Identity-H" && encoding != "Identity-V":
		a.unread(base)
	default:
		a.compositeGlyphs(base, f.texts, glyphs, program, a.widths(descendant))
	}
}

// compositeGlyphs holds that each character that is shown has a glyph, as wide as is said.
func (a *archivist) compositeGlyphs(base string, texts []string, glyphs, program []byte, width func(code int) float64) {
	seen := map[int]bool{}
	for _, text := range texts {
		for ; len(text) > 1; text = text[2:] {
			code := int(text[0])<<8 | int(text[1])
			if seen[code] {
				continue
			}
			seen[code] = true
			glyph := code
			if glyphs != nil {
				glyph = 0
				if 2*code+1 < len(glyphs) {
					glyph = int(binary.BigEndian.Uint16(glyphs[2*code:]))
				}
			}
			a.glyph(base, program, glyph, width(code))
		}
		if len(text) == 1 {
			a.breaks("6.2.11", "half a character of font %s", base)
		}
	}
}

func (a *archivist) glyph(base string, program []byte, glyph int, width float64) {
	advance, ok := advanceOf(program, glyph)
	switch {
	case glyph == 0 || !ok:
		a.breaks("6.2.11.8", "font %s lacks a glyph that is shown", base)
	case math.Abs(advance-width) > 1:
		a.breaks("6.2.11.5", "font %s says of a glyph that it is %.0f wide, and it is %.0f", base, width, advance)
	}
}

// widths reads a W array (ISO 32000-1, section 9.7.4.3).
func (a *archivist) widths(descendant types.Dict) func(code int) float64 {
	list := a.array(descendant["W"])
	found := map[int]float64{}
	room := math.MaxUint16 + 1 // no character twice
	for i := 0; i+1 < len(list); {
		first := int(a.number(list[i]))
		if run := a.array(list[i+1]); run != nil {
			for j, width := range run {
				found[first+j] = a.number(width)
			}
			i += 2
			continue
		}
		if i+2 >= len(list) {
			break
		}
		last := int(a.number(list[i+1]))
		if room -= last - first + 1; first < 0 || last > math.MaxUint16 || room < 0 {
			a.breaks("6.2.11.5", "widths of more characters than there are")
			break
		}
		for code := first; code <= last; code++ {
			found[code] = a.number(list[i+2])
		}
		i += 3
	}
	usual := 1000.0
	if descendant["DW"] != nil {
		usual = a.number(descendant["DW"])
	}
	return func(code int) float64 {
		if width, ok := found[code]; ok {
			return width
		}
		return usual
	}
}

const symbolic = 1 << 2

// trueTypeFont holds a font of single bytes to the rules. Only the two encodings of letters are read.
func (a *archivist) trueTypeFont(base string, f *shownFont) {
	program := a.embedded(base, f.dict, "FontFile2")
	descriptor, _ := a.get(f.dict["FontDescriptor"]).(types.Dict)
	encoding := map[string]*charmap.Charmap{"WinAnsiEncoding": charmap.Windows1252, "MacRomanEncoding": charmap.Macintosh}[a.name(f.dict["Encoding"])]
	isSymbolic := int(a.number(descriptor["Flags"]))&symbolic != 0
	switch {
	case isSymbolic && f.dict["Encoding"] != nil:
		a.breaks("6.2.11.6", "font %s has signs of its own and an encoding", base)
		return
	case !isSymbolic && f.dict["Encoding"] == nil:
		a.breaks("6.2.11.6", "font %s has no encoding", base)
		return
	case encoding == nil:
		a.unread(base)
		return
	}
	outline, err := sfnt.Parse(program)
	if err != nil {
		a.unread(base)
		return
	}
	var buffer sfnt.Buffer
	first, list := int(a.number(f.dict["FirstChar"])), a.array(f.dict["Widths"])
	for _, text := range f.texts {
		for i := range len(text) {
			glyph, err := outline.GlyphIndex(&buffer, encoding.DecodeByte(text[i]))
			at := int(text[i]) - first
			if err != nil || at < 0 || at >= len(list) {
				a.breaks("6.2.11.5", "font %s does not say how wide a character is", base)
				return
			}
			a.glyph(base, program, int(glyph), a.number(list[at]))
		}
	}
}

// advanceOf is how wide a glyph of a TrueType program is, in thousandths of an em; false when it has none.
func advanceOf(program []byte, glyph int) (float64, bool) {
	tables := map[string][]byte{}
	if len(program) < 12 {
		return 0, false
	}
	for i := range int(binary.BigEndian.Uint16(program[4:])) {
		if 12+16*(i+1) > len(program) {
			return 0, false
		}
		row := program[12+16*i:]
		from, size := uint64(binary.BigEndian.Uint32(row[8:])), uint64(binary.BigEndian.Uint32(row[12:]))
		if from+size > uint64(len(program)) {
			return 0, false
		}
		tables[string(row[:4])] = program[from : from+size]
	}
	if len(tables["maxp"]) < 6 || len(tables["hhea"]) < 36 || len(tables["head"]) < 20 {
		return 0, false
	}
	count, metrics := int(binary.BigEndian.Uint16(tables["maxp"][4:])), int(binary.BigEndian.Uint16(tables["hhea"][34:]))
	unitsPerEm := float64(binary.BigEndian.Uint16(tables["head"][18:]))
	at := 4 * min(glyph, metrics-1)
	if glyph >= count || unitsPerEm == 0 || at < 0 || at+2 > len(tables["hmtx"]) {
		return 0, false
	}
	return float64(binary.BigEndian.Uint16(tables["hmtx"][at:])) * 1000 / unitsPerEm, true
}
