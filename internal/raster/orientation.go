package raster

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"image"
	"io"
)

// Upright is the EXIF orientation of an image that needs no turning.
const Upright = 1

// Turned applies an EXIF orientation (TIFF 6.0, tag 274): 2 to 8 mirror or turn the image.
func Turned(source *image.RGBA, orientation int) *image.RGBA {
	if orientation <= Upright || orientation > 8 {
		return source
	}
	width, height := source.Bounds().Dx(), source.Bounds().Dy()
	result := image.NewRGBA(image.Rect(0, 0, width, height))
	if orientation >= 5 {
		result = image.NewRGBA(image.Rect(0, 0, height, width))
	}
	for y := range height {
		for x := range width {
			to := image.Pt(x, y)
			switch orientation {
			case 2:
				to = image.Pt(width-1-x, y)
			case 3:
				to = image.Pt(width-1-x, height-1-y)
			case 4:
				to = image.Pt(x, height-1-y)
			case 5:
				to = image.Pt(y, x)
			case 6:
				to = image.Pt(height-1-y, x)
			case 7:
				to = image.Pt(height-1-y, width-1-x)
			case 8:
				to = image.Pt(y, width-1-x)
			}
			result.SetRGBA(to.X, to.Y, source.RGBAAt(x, y))
		}
	}
	return result
}

// JPEG markers (ITU T.81, table B.1).
const (
	markerStart = 0xD8
	markerScan  = 0xDA
	markerExif  = 0xE1
)

// jpegOrientation reads the EXIF orientation of a JPEG up to where its picture begins; Upright when it says none.
func jpegOrientation(from io.Reader) int {
	r := bufio.NewReader(from)
	var marker [2]byte
	if _, err := io.ReadFull(r, marker[:]); err != nil || marker != [2]byte{0xFF, markerStart} {
		return Upright
	}
	for {
		if _, err := io.ReadFull(r, marker[:]); err != nil || marker[0] != 0xFF {
			return Upright
		}
		for marker[1] == 0xFF { // fill bytes
			next, err := r.ReadByte()
			if err != nil {
				return Upright
			}
			marker[1] = next
		}
		var length [2]byte
		if _, err := io.ReadFull(r, length[:]); err != nil || marker[1] == markerScan {
			return Upright
		}
		body := int(binary.BigEndian.Uint16(length[:])) - len(length)
		if body < 0 {
			return Upright
		}
		if marker[1] == markerExif {
			segment := make([]byte, body)
			if _, err := io.ReadFull(r, segment); err != nil {
				return Upright
			}
			if orientation := ExifOrientation(segment); orientation != 0 {
				return orientation
			}
			continue
		}
		if _, err := r.Discard(body); err != nil {
			return Upright
		}
	}
}

// ExifOrientation reads the orientation from the body of a JPEG's APP1 segment (Exif 2.3, section 4.6.4), 0 when it has
// none.
func ExifOrientation(body []byte) int {
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
