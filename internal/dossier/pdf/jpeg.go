package pdf

import (
	"bytes"
	"encoding/binary"
)

// JPEG markers (ITU T.81, table B.1).
const (
	markerStart       = 0xD8
	markerEnd         = 0xD9
	markerScan        = 0xDA
	markerBaseline    = 0xC0
	markerExtended    = 0xC1
	markerProgressive = 0xC2
	markerExif        = 0xE1
	markerAdobe       = 0xEE
	markerComment     = 0xFE
)

// plainJPEG walks a JPEG's segments. It returns the data without metadata, comments and whatever follows the picture's
// end, and the EXIF orientation. ok is false when a PDF reader could show it wrongly: not 8 bits, not grey or YCbCr, or
// cut before its end.
func plainJPEG(data []byte) (plain []byte, orientation int, ok bool) {
	orientation = upright
	if len(data) < 4 || data[0] != 0xFF || data[1] != markerStart {
		return nil, orientation, false
	}
	kept := bytes.NewBuffer(make([]byte, 0, len(data)))
	kept.Write(data[:2])
	suitable := false
	for at := 2; at+4 <= len(data) || at+2 <= len(data) && data[at+1] == markerEnd; {
		if data[at] != 0xFF {
			return nil, orientation, false
		}
		marker := data[at+1]
		switch marker {
		case 0xFF: // fill byte
			at++
			continue
		case markerEnd:
			kept.Write([]byte{0xFF, markerEnd})
			return kept.Bytes(), orientation, suitable
		}
		end := at + 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if end < at+4 || end > len(data) {
			return nil, orientation, false
		}
		body := data[at+4 : end]
		switch {
		case marker == markerBaseline || marker == markerExtended || marker == markerProgressive:
			suitable = len(body) > 5 && body[0] == 8 && (body[5] == 1 || body[5] == 3)
		case marker == markerExif:
			if found := exifOrientation(body); found != 0 {
				orientation = found
			}
		case marker == markerAdobe && len(body) > 11 && bytes.HasPrefix(body, []byte("Adobe")) && body[11] == 0:
			return nil, orientation, false // components are RGB or CMYK as they are
		}
		if marker == markerScan {
			end = scanEnd(data, end)
		}
		if metadata := marker > 0xE0 && marker <= 0xEF || marker == markerComment; !metadata {
			kept.Write(data[at:end])
		}
		at = end
	}
	return nil, orientation, false
}

// scanEnd finds the marker that follows entropy-coded data. A stuffed zero or a restart marker belongs to the data.
func scanEnd(data []byte, from int) int {
	for at := from; at+1 < len(data); at++ {
		if next := data[at+1]; data[at] == 0xFF && next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7) {
			return at
		}
	}
	return len(data)
}

// exifOrientation reads the orientation from an APP1 segment (Exif 2.3, section 4.6.4), 0 when it has none.
func exifOrientation(body []byte) int {
	tiff, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00"))
	if !ok || len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder
	switch string(tiff[:2]) {
	case "II":
		order = binary.LittleEndian
	case "MM":
		order = binary.BigEndian
	default:
		return 0
	}
	directory := int(order.Uint32(tiff[4:]))
	if directory < 8 || directory+2 > len(tiff) {
		return 0
	}
	const entrySize, orientationTag = 12, 0x0112
	for i := range int(order.Uint16(tiff[directory:])) {
		entry := directory + 2 + i*entrySize
		if entry+entrySize > len(tiff) {
			return 0
		}
		if order.Uint16(tiff[entry:]) == orientationTag {
			if value := int(order.Uint16(tiff[entry+8:])); value >= 1 && value <= 8 {
				return value
			}
			return 0
		}
	}
	return 0
}
