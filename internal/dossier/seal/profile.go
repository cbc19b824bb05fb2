package seal

import (
	"encoding/binary"
	"math"
)

// colourProfile is an ICC profile of version 2 (ICC.1:2001-04) for sRGB (IEC 61966-2-1), computed from that standard's
// numbers: the primaries adapted to D50 and its transfer curve. It is nobody's work but ours.
func colourProfile() []byte {
	const headerSize, entrySize = 128, 12
	curve := transferCurve()
	tags := []struct {
		signature string
		data      []byte
	}{
		{"cprt", append([]byte("text\x00\x00\x00\x00"), "No copyright, use freely.\x00"...)},
		{"desc", profileName("sRGB")},
		{"wtpt", xyz(0.9642, 1, 0.8249)},
		{"rXYZ", xyz(0.43607, 0.22249, 0.01392)},
		{"gXYZ", xyz(0.38515, 0.71687, 0.09708)},
		{"bXYZ", xyz(0.14307, 0.06061, 0.71410)},
		{"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve},
	}
	out := make([]byte, headerSize)
	out = binary.BigEndian.AppendUint32(out, uint32(len(tags)))
	at := headerSize + 4 + entrySize*len(tags)
	var body []byte
	curveAt := 0
	for _, tag := range tags {
		start := at + len(body)
		switch {
		case tag.signature[1:] != "TRC":
			body = append(body, padded(tag.data)...)
		case curveAt == 0:
			curveAt = start
			body = append(body, padded(tag.data)...)
		default:
			start = curveAt // one curve serves the three
		}
		out = append(out, tag.signature...)
		out = binary.BigEndian.AppendUint32(out, uint32(start))
		out = binary.BigEndian.AppendUint32(out, uint32(len(tag.data)))
	}
	out = append(out, body...)
	binary.BigEndian.PutUint32(out, uint32(len(out)))
	binary.BigEndian.PutUint32(out[8:], 0x02100000)
	copy(out[12:], "mntrRGB XYZ ")
	for i, number := range []uint16{2026, 1, 1, 0, 0, 0} {
		binary.BigEndian.PutUint16(out[24+2*i:], number)
	}
	copy(out[36:], "acsp")
	copy(out[68:], xyz(0.9642, 1, 0.8249)[8:]) // the illuminant
	return out
}

// transferCurve is the curve of sRGB at 1,024 points.
func transferCurve() []byte {
	const points = 1024
	out := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), points)
	for i := range points {
		value := float64(i) / (points - 1)
		if value <= 0.04045 {
			value /= 12.92
		} else {
			value = math.Pow((value+0.055)/1.055, 2.4)
		}
		out = binary.BigEndian.AppendUint16(out, uint16(math.Round(value*math.MaxUint16)))
	}
	return out
}

// xyz is a colour in fixed point.
func xyz(values ...float64) []byte {
	out := []byte("XYZ \x00\x00\x00\x00")
	for _, value := range values {
		out = binary.BigEndian.AppendUint32(out, uint32(math.Round(value*65536)))
	}
	return out
}

// profileName is a textDescriptionType, without names in other scripts.
func profileName(ascii string) []byte {
	out := binary.BigEndian.AppendUint32([]byte("desc\x00\x00\x00\x00"), uint32(len(ascii)+1))
	out = append(append(out, ascii...), 0)
	return append(out, make([]byte, 4+4+2+1+67)...)
}

// padded fills up to a whole number of four bytes.
func padded(data []byte) []byte { return append(data, make([]byte, -len(data)&3)...) }
