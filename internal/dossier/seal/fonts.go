package seal

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
)

// Font is a typeface that pages show text in. Their strings are in UTF-16 without surrogates, and each character is its own
// code; the pages hold no more of a font than its name.
type Font struct {
	// Program is the whole of it, a TrueType file.
	Program []byte
	// Glyphs are the numbers of those that are shown, by their codes.
	Glyphs map[uint16]uint16
}

// embedFonts puts in what is shown of each font where the pages only name it.
func embedFonts(named dict, fonts map[string]Font, listed bool) error {
	for _, reference := range named {
		place, ok := reference.(*indirect)
		if !ok {
			return fmt.Errorf("%w: font", errNotDrawn)
		}
		base, _ := dictOf(place)["BaseFont"].(name)
		font, ok := fonts[string(base)]
		if !ok {
			return fmt.Errorf("%w: the font %s", errNotDrawn, base)
		}
		whole, err := font.embedded(base, listed)
		if err != nil {
			return fmt.Errorf("%w: %s", err, base)
		}
		place.value = whole
	}
	return nil
}

// embedded is a composite font (section 9.7) that has the shown glyphs and no others. listed has it list them, see
// [cidSet].
func (f Font) embedded(base name, listed bool) (dict, error) {
	whole, err := readTrueType(f.Program)
	if err != nil {
		return nil, err
	}
	codes := slices.Sorted(maps.Keys(f.Glyphs))
	wanted := make([]uint16, len(codes))
	for i, code := range codes {
		wanted[i] = f.Glyphs[code]
	}
	cut, numbers, err := whole.subset(wanted)
	if err != nil {
		return nil, err
	}
	program := cut.program()
	called := subsetName(program, base)
	var glyphs []byte // from code 0 on
	if len(codes) > 0 {
		glyphs = make([]byte, 2*int(codes[len(codes)-1])+2)
	}
	advances := make([]int, len(codes))
	for i, code := range codes {
		number := numbers[wanted[i]]
		binary.BigEndian.PutUint16(glyphs[2*int(code):], number)
		advances[i] = cut.advance(int(number))
	}
	descriptor := whole.descriptor()
	descriptor["FontName"] = called
	descriptor["FontFile2"] = refer(deflated(dict{"Length1": integer(len(program))}, program))
	if listed {
		descriptor["CIDSet"] = refer(deflated(dict{}, cidSet(codes)))
	}
	descendant := dict{
		"Type": name("Font"), "Subtype": name("CIDFontType2"), "BaseFont": called, "FontDescriptor": refer(descriptor),
		"CIDSystemInfo": dict{"Registry": text("Adobe"), "Ordering": text("Identity"), "Supplement": integer(0)},
		"CIDToGIDMap":   refer(deflated(dict{}, glyphs)),
		"DW":            integer(cut.advance(0)), "W": widths(codes, advances),
	}
	return dict{
		"Type": name("Font"), "Subtype": name("Type0"), "BaseFont": called, "Encoding": name("Identity-H"),
		"DescendantFonts": array{refer(descendant)}, "ToUnicode": refer(deflated(dict{}, toUnicode(codes))),
	}, nil
}

// cidSet has a bit for each code. PDF/A-1 wants it; in later parts it is better left out, since they want the glyphs in
// it that others are made of, which have no code.
func cidSet(codes []uint16) []byte {
	bits := []byte{1 << 7}
	for _, code := range codes {
		for len(bits) <= int(code/8) {
			bits = append(bits, 0)
		}
		bits[code/8] |= 1 << (7 - code%8)
	}
	return bits
}

// subsetName marks a subset by six letters that follow from its bytes (section 9.6.4).
func subsetName(program []byte, base name) name {
	sum := sha256.Sum256(program)
	var letters [6]byte
	for i := range letters {
		letters[i] = 'A' + sum[i]%26
	}
	return name(letters[:]) + "+" + base
}

// widths is a W array (section 9.7.4.3): runs of codes that follow one another.
func widths(codes []uint16, advances []int) (out array) {
	var run array
	for i, code := range codes {
		if i == 0 || code != codes[i-1]+1 {
			run = nil
			out = append(out, integer(int(code)), run)
		}
		run = append(run, integer(advances[i]))
		out[len(out)-1] = run
	}
	return out
}

// toUnicode maps codes to characters (section 9.10.3): ranges of codes with the same first byte, 100 in a block.
func toUnicode(codes []uint16) []byte {
	var ranges [][2]uint16
	for i, code := range codes {
		if i > 0 && code == codes[i-1]+1 && code>>8 == codes[i-1]>>8 {
			ranges[len(ranges)-1][1] = code
			continue
		}
		ranges = append(ranges, [2]uint16{code, code})
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
