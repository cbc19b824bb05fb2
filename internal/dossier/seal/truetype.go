package seal

import (
	"encoding/binary"
	"errors"
	"slices"
	"unicode/utf16"
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
	count := int(binary.BigEndian.Uint16(t["hhea"][34:]))
	unitsPerEm := int(binary.BigEndian.Uint16(t["head"][18:]))
	at := 4 * min(glyph, count-1)
	if unitsPerEm == 0 || at < 0 || at+2 > len(t["hmtx"]) {
		return 0
	}
	return (int(binary.BigEndian.Uint16(t["hmtx"][at:]))*1000 + unitsPerEm/2) / unitsPerEm
}

// postScriptName is how the font calls itself, or other when it does not say.
func (t trueType) postScriptName(other string) string {
	table := t["name"]
	if len(table) < 6 {
		return other
	}
	const rowSize, postScript, windows = 12, 6, 3
	storage := int(binary.BigEndian.Uint16(table[4:]))
	for i := range int(binary.BigEndian.Uint16(table[2:])) {
		row := 6 + rowSize*i
		if row+rowSize > len(table) {
			break
		}
		field := func(n int) int { return int(binary.BigEndian.Uint16(table[row+2*n:])) }
		from := storage + field(5)
		if field(0) != windows || field(3) != postScript || from+field(4) > len(table) {
			continue
		}
		var units []uint16
		for at := from; at+1 < from+field(4); at += 2 {
			units = append(units, binary.BigEndian.Uint16(table[at:]))
		}
		return string(utf16.Decode(units))
	}
	return other
}
