package seal

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// ownFont begins the names of the subsets that gofpdf makes. Fonts of imported pages are left as they are.
const ownFont = "utf8"

// cleanFonts writes the subsets again: gofpdf's have a damaged mapping of characters, tables that a PDF does not need,
// widths of glyphs that are not there, and no mark of being subsets.
func cleanFonts(fonts dict, listed bool) error {
	for _, reference := range fonts {
		font := dictOf(reference)
		if base, _ := font["BaseFont"].(name); font["Subtype"] == name("Type0") && strings.HasPrefix(string(base), ownFont) {
			if err := cleanFont(font, listed); err != nil {
				return err
			}
		}
	}
	return nil
}

func cleanFont(font dict, listed bool) error {
	descendants := arrayOf(font["DescendantFonts"])
	if len(descendants) != 1 {
		return errFont
	}
	descendant := dictOf(descendants[0])
	descriptor := dictOf(descendant["FontDescriptor"])
	file, err := inflated(descriptor["FontFile2"])
	if err != nil {
		return err
	}
	glyphs, err := inflated(descendant["CIDToGIDMap"])
	if err != nil {
		return err
	}
	program, err := readTrueType(file)
	if err != nil {
		return err
	}
	base, _ := font["BaseFont"].(name)
	written := program.program()
	called := subsetName(written, program.postScriptName(strings.TrimPrefix(string(base), ownFont)))
	codes := codesOf(glyphs)

	font["BaseFont"] = called
	font["ToUnicode"] = refer(deflated(dict{}, toUnicode(codes)))
	descendant["BaseFont"] = called
	descendant["CIDSystemInfo"] = dict{"Registry": text("Adobe"), "Ordering": text("Identity"), "Supplement": integer(0)}
	descendant["CIDToGIDMap"] = refer(deflated(dict{}, bytes.TrimRight(glyphs, "\x00")))
	if kept := len(bytes.TrimRight(glyphs, "\x00")); kept%2 == 1 { // a glyph's number may end in 0
		descendant["CIDToGIDMap"] = refer(deflated(dict{}, glyphs[:kept+1]))
	}
	descendant["DW"] = integer(program.advance(0))
	descendant["W"] = widths(codes, glyphs, program)
	descriptor["FontName"] = called
	descriptor["FontFile2"] = refer(deflated(dict{"Length1": integer(len(written))}, written))
	delete(descriptor, "MissingWidth")
	if listed {
		descriptor["CIDSet"] = refer(deflated(dict{}, cidSet(codes)))
	}
	return nil
}

// cidSet has a bit for each code. PDF/A-1 wants it; in later parts it is better left out, since they want the glyphs in
// it that others are made of, which have no code.
func cidSet(codes []int) []byte {
	bits := []byte{1 << 7}
	for _, code := range codes {
		for len(bits) <= code/8 {
			bits = append(bits, 0)
		}
		bits[code/8] |= 1 << (7 - code%8)
	}
	return bits
}

// subsetName marks a subset by six letters that follow from its bytes (section 9.6.4).
func subsetName(program []byte, postScript string) name {
	sum := sha256.Sum256(program)
	var letters [6]byte
	for i := range letters {
		letters[i] = 'A' + sum[i]%26
	}
	return name(string(letters[:]) + "+" + postScript)
}

// codesOf lists the codes that have a glyph, in their order. The codes are those of Unicode.
func codesOf(glyphs []byte) (codes []int) {
	for code := range len(glyphs) / 2 {
		if binary.BigEndian.Uint16(glyphs[2*code:]) != 0 {
			codes = append(codes, code)
		}
	}
	return codes
}

// widths is a W array (section 9.7.4.3): runs of codes that follow one another.
func widths(codes []int, glyphs []byte, program trueType) (out array) {
	var run array
	for i, code := range codes {
		if i == 0 || code != codes[i-1]+1 {
			run = nil
			out = append(out, integer(code), run)
		}
		run = append(run, integer(program.advance(int(binary.BigEndian.Uint16(glyphs[2*code:])))))
		out[len(out)-1] = run
	}
	return out
}

// toUnicode maps codes to characters (section 9.10.3): ranges of codes with the same first byte, 100 in a block.
func toUnicode(codes []int) []byte {
	var ranges [][2]int
	for i, code := range codes {
		if i > 0 && code == codes[i-1]+1 && code>>8 == codes[i-1]>>8 {
			ranges[len(ranges)-1][1] = code
			continue
		}
		ranges = append(ranges, [2]int{code, code})
	}
	out := []byte("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	const block = 100
	for ; len(ranges) > 0; ranges = ranges[min(block, len(ranges)):] {
		out = fmt.Appendf(out, "%d beginbfrange\n", min(block, len(ranges)))
		for _, r := range ranges[:min(block, len(ranges))] {
			out = fmt.Appendf(out, "<%04X> <%04X> <%04X>\n", r[0], r[1], r[0])
		}
		out = append(out, "endbfrange\n"...)
	}
	return append(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"...)
}

// inflated is the data of a stream without its compression.
func inflated(o object) ([]byte, error) {
	s, ok := resolved(o).(*stream)
	if !ok {
		return nil, fmt.Errorf("%w: no stream", errNotDrawn)
	}
	if s.dict["Filter"] == nil || s.deflate {
		return s.data, nil
	}
	if s.dict["Filter"] != name("FlateDecode") || s.dict["DecodeParms"] != nil {
		return nil, fmt.Errorf("%w: filter", errNotDrawn)
	}
	reader, err := zlib.NewReader(bytes.NewReader(s.data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNotDrawn, err)
	}
	data, err := io.ReadAll(reader)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNotDrawn, err)
	}
	return data, nil
}
