package seal

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

var errFont = errors.New("a font of the pages can't be read")

// trueType is a font program (OpenType specification, TrueType outlines) by its tables.
type trueType map[string][]byte

func readTrueType(data []byte) (trueType, error) {
	const headSize, rowSize = 12, 16
	if len(data) < headSize {
		return nil, errFont
	}
	font := trueType{}
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		row := headSize + rowSize*i
		if row+rowSize > len(data) {
			return nil, errFont
		}
		from, size := int(binary.BigEndian.Uint32(data[row+8:])), int(binary.BigEndian.Uint32(data[row+12:]))
		if from+size > len(data) {
			return nil, errFont
		}
		font[string(data[row:row+4])] = data[from : from+size]
	}
	if len(font["head"]) < 54 || len(font["hhea"]) < 36 || len(font["maxp"]) < 6 || font["glyf"] == nil || font["loca"] == nil {
		return nil, errFont
	}
	return font, nil
}

// Where numbers of two bytes stand in their tables.
const (
	unitsPerEmAt  = 18 // head
	locaFormatAt  = 50 // head
	metricCountAt = 34 // hhea
	glyphCountAt  = 4  // maxp
)

// programTables are those that a PDF's glyphs are drawn from (ISO 32000-1, table 126): the mapping of characters is the
// PDF's own.
var programTables = []string{"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"}

// program writes the font with what draws glyphs and nothing else.
func (t trueType) program() []byte {
	var names []string
	for _, table := range programTables {
		if len(t[table]) > 0 {
			names = append(names, table)
		}
	}
	const headSize, rowSize, checksumAdjustment = 12, 16, 8
	power, exponent := 1, 0
	for power*2 <= len(names) {
		power, exponent = power*2, exponent+1
	}
	out := binary.BigEndian.AppendUint32(nil, 0x00010000)
	for _, n := range []int{len(names), power * 16, exponent, len(names)*16 - power*16} {
		out = binary.BigEndian.AppendUint16(out, uint16(n))
	}
	var body []byte
	head := 0
	for _, table := range names {
		data := padded(slices.Clone(t[table]))
		if table == "head" {
			binary.BigEndian.PutUint32(data[checksumAdjustment:], 0)
			head = headSize + rowSize*len(names) + len(body)
		}
		out = append(out, table...)
		out = binary.BigEndian.AppendUint32(out, checksum(data))
		out = binary.BigEndian.AppendUint32(out, uint32(headSize+rowSize*len(names)+len(body)))
		out = binary.BigEndian.AppendUint32(out, uint32(len(t[table])))
		body = append(body, data...)
	}
	out = append(out, body...)
	binary.BigEndian.PutUint32(out[head+checksumAdjustment:], 0xB1B0AFBA-checksum(out))
	return out
}

func checksum(data []byte) (sum uint32) {
	for ; len(data) >= 4; data = data[4:] {
		sum += binary.BigEndian.Uint32(data)
	}
	return sum
}

// advance is a glyph's width in thousandths of an em.
func (t trueType) advance(glyph int) int {
	count := int(binary.BigEndian.Uint16(t["hhea"][metricCountAt:]))
	at := 4 * min(glyph, count-1)
	if at < 0 || at+2 > len(t["hmtx"]) {
		return 0
	}
	return t.thousandths(int(binary.BigEndian.Uint16(t["hmtx"][at:])))
}

// thousandths turns the font's units into thousandths of an em.
func (t trueType) thousandths(units int) int {
	const em = 1000
	perEm := int(binary.BigEndian.Uint16(t["head"][unitsPerEmAt:]))
	if perEm == 0 {
		return 0
	}
	return int(math.Round(float64(units) * em / float64(perEm)))
}

// Bits of a font descriptor's Flags (section 9.8.2).
const (
	fixedPitch = 1 << 0
	symbolic   = 1 << 2 // whose codes are no Latin ones
	italic     = 1 << 6
	forceBold  = 1 << 18
)

// descriptor describes the font to what draws it (section 9.8), without its name and program.
func (t trueType) descriptor() dict {
	signed := func(table string, at int) int {
		if at+2 > len(t[table]) {
			return 0
		}
		return int(int16(binary.BigEndian.Uint16(t[table][at:])))
	}
	const (
		boxAt               = 36 // in head
		ascentAt, descentAt = 4, 6
		weightAt, capsAt    = 4, 88 // in OS/2; capitals since its version 2
		angleAt, pitchAt    = 4, 12 // in post
		bold                = 600
	)
	ascent, weight, angle := t.thousandths(signed("hhea", ascentAt)), signed("OS/2", weightAt), signed("post", angleAt)
	capitals := ascent
	if signed("OS/2", 0) >= 2 {
		capitals = t.thousandths(signed("OS/2", capsAt))
	}
	flags := symbolic
	if angle != 0 {
		flags |= italic
	}
	if weight >= bold {
		flags |= forceBold
	}
	if signed("post", pitchAt) != 0 || signed("post", pitchAt+2) != 0 {
		flags |= fixedPitch
	}
	box := make(array, 4)
	for i := range box {
		box[i] = integer(t.thousandths(signed("head", boxAt+2*i)))
	}
	// How thick stems are stands nowhere in the file; it is estimated from the weight, as is the custom.
	stem := 50 + weight*weight/(65*65)
	return dict{
		"Type": name("FontDescriptor"), "Flags": integer(flags), "FontBBox": box, "ItalicAngle": integer(angle), "Ascent": integer(ascent),
		"Descent": integer(t.thousandths(signed("hhea", descentAt))), "CapHeight": integer(capitals), "StemV": integer(stem),
	}
}
