package seal

import (
	"encoding/binary"
	"maps"
	"math"
	"slices"
)

// subset is a font with some glyphs of another, those that they are made of, and number 0, which stands for what is
// missing. The glyphs are numbered anew, those that are wanted in their old order; numbers has the new ones by the old.
func (t trueType) subset(wanted []uint16) (cut trueType, numbers map[uint16]uint16, err error) {
	numbers = map[uint16]uint16{}
	var order []uint16 // old numbers by the new
	number := func(old uint16) uint16 {
		fresh, known := numbers[old]
		if !known {
			fresh = uint16(len(order))
			numbers[old], order = fresh, append(order, old)
		}
		return fresh
	}
	number(0)
	for _, old := range slices.Sorted(slices.Values(wanted)) {
		number(old)
	}
	var glyf, hmtx []byte
	places := []int{0}                // in glyf, of each glyph and its end
	for i := 0; i < len(order); i++ { // it grows by what the glyphs are made of
		outline, err1 := t.outline(order[i])
		outline = padded(slices.Clone(outline))
		err2 := eachPart(outline, func(part []byte) {
			binary.BigEndian.PutUint16(part, number(binary.BigEndian.Uint16(part)))
		})
		metric, err3 := t.metric(order[i])
		if err1 != nil || err2 != nil || err3 != nil {
			return nil, nil, errFont
		}
		glyf, hmtx = append(glyf, outline...), append(hmtx, metric...)
		places = append(places, len(glyf))
	}
	cut = maps.Clone(t)
	loca, format := locations(places)
	cut["glyf"], cut["loca"], cut["hmtx"] = glyf, loca, hmtx
	cut["head"] = withUint16(t["head"], locaFormatAt, format)
	cut["maxp"] = withUint16(t["maxp"], glyphCountAt, len(order))
	cut["hhea"] = withUint16(t["hhea"], metricCountAt, len(order))
	return cut, numbers, nil
}

func withUint16(table []byte, at, value int) []byte {
	table = slices.Clone(table)
	binary.BigEndian.PutUint16(table[at:], uint16(value))
	return table
}

// locations writes places in glyf, which are even: half of each in two bytes where that suffices, else in four.
func locations(places []int) (loca []byte, format int) {
	if places[len(places)-1]/2 > math.MaxUint16 {
		for _, place := range places {
			loca = binary.BigEndian.AppendUint32(loca, uint32(place))
		}
		return loca, longLocations
	}
	for _, place := range places {
		loca = binary.BigEndian.AppendUint16(loca, uint16(place/2))
	}
	return loca, shortLocations
}

// The formats of loca.
const (
	shortLocations = iota
	longLocations
)

// outline is what draws a glyph; nothing for a blank.
func (t trueType) outline(glyph uint16) ([]byte, error) {
	if int(glyph) >= int(binary.BigEndian.Uint16(t["maxp"][glyphCountAt:])) {
		return nil, errFont
	}
	loca, i := t["loca"], int(glyph)
	var from, to int
	switch short := binary.BigEndian.Uint16(t["head"][locaFormatAt:]) == shortLocations; {
	case short && 2*i+4 <= len(loca):
		from, to = 2*int(binary.BigEndian.Uint16(loca[2*i:])), 2*int(binary.BigEndian.Uint16(loca[2*i+2:]))
	case !short && 4*i+8 <= len(loca):
		from, to = int(binary.BigEndian.Uint32(loca[4*i:])), int(binary.BigEndian.Uint32(loca[4*i+4:]))
	default:
		return nil, errFont
	}
	if from > to || to > len(t["glyf"]) {
		return nil, errFont
	}
	return t["glyf"][from:to], nil
}

// Flags of a composite glyph's parts.
const (
	wideArguments = 1 << 0
	oneScale      = 1 << 3
	moreParts     = 1 << 5
	twoScales     = 1 << 6
	fourScales    = 1 << 7
)

// eachPart visits the numbers of the glyphs that a composite one is made of, where they stand in its outline.
func eachPart(outline []byte, visit func(number []byte)) error {
	const headSize, partSize = 10, 4
	if len(outline) == 0 {
		return nil
	}
	if len(outline) < headSize {
		return errFont
	}
	if contours := int16(binary.BigEndian.Uint16(outline)); contours >= 0 {
		return nil
	}
	for at := headSize; ; {
		if at+partSize > len(outline) {
			return errFont
		}
		flags := binary.BigEndian.Uint16(outline[at:])
		visit(outline[at+2 : at+partSize])
		at += partSize + 2
		if flags&wideArguments != 0 {
			at += 2
		}
		switch {
		case flags&oneScale != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&fourScales != 0:
			at += 8
		}
		if flags&moreParts == 0 {
			return nil
		}
	}
}

// metric is a glyph's row of hmtx: its width and where it begins. Those at the end may share the last width.
func (t trueType) metric(glyph uint16) ([]byte, error) {
	const rowSize, startSize = 4, 2
	rows, count, i := t["hmtx"], int(binary.BigEndian.Uint16(t["hhea"][metricCountAt:])), int(glyph)
	if i < count {
		if rowSize*(i+1) > len(rows) {
			return nil, errFont
		}
		return rows[rowSize*i : rowSize*(i+1)], nil
	}
	start := rowSize*count + startSize*(i-count)
	if count == 0 || start+startSize > len(rows) {
		return nil, errFont
	}
	return append(slices.Clone(rows[rowSize*(count-1):][:startSize]), rows[start:start+startSize]...), nil
}
