package pdf

import (
	"bytes"
	"encoding/binary"

	"constancia/internal/raster"
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
	orientation = raster.Upright
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
			if found := raster.ExifOrientation(body); found != 0 {
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

// standIn is a JPEG without a picture: what tells its size and colours, under a name.
func standIn(plain []byte, named string) []byte {
	out := []byte{0xFF, markerStart, 0xFF, markerComment}
	out = append(binary.BigEndian.AppendUint16(out, uint16(2+len(named))), named...)
	for at := 2; at+4 <= len(plain); {
		marker, end := plain[at+1], at+2+int(binary.BigEndian.Uint16(plain[at+2:]))
		if marker == markerScan {
			break
		}
		if marker == markerBaseline || marker == markerExtended || marker == markerProgressive || marker == markerAdobe {
			out = append(out, plain[at:end]...)
		}
		at = end
	}
	return append(out, 0xFF, markerScan, 0, 2)
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
