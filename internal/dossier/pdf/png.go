package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"io"
)

// The header chunk of a PNG (RFC 2083, section 4.1.1): where its parts stand in the file.
const (
	pngWidth     = 16
	pngHeight    = 20
	pngDepth     = 24
	pngColour    = 25
	pngInterlace = 28
	pngChunks    = 8 // behind the signature
	chunkFrame   = 12
	lastFilter   = 4
)

// isWholePNG reports whether a PNG of grey or true colour can stand in a PDF as it is: 8 bits, not interlaced, no
// transparency, and nothing missing or damaged. Its pixels are not decoded for that.
func isWholePNG(data []byte) bool {
	if len(data) <= pngInterlace || data[pngDepth] != 8 || data[pngInterlace] != 0 {
		return false
	}
	channels, ok := map[byte]int{0: 1, 2: 3}[data[pngColour]]
	if !ok {
		return false
	}
	width, height := int(binary.BigEndian.Uint32(data[pngWidth:])), int(binary.BigEndian.Uint32(data[pngHeight:]))
	packed, ok := pngData(data)
	return ok && hasRows(packed, height, 1+width*channels)
}

// pngData is the compressed data of a PNG whose chunks are whole up to the end, none of which makes it transparent.
func pngData(data []byte) (packed []byte, ok bool) {
	for at := pngChunks; at+chunkFrame <= len(data); {
		end := at + chunkFrame + int(binary.BigEndian.Uint32(data[at:]))
		if end > len(data) || end < at+chunkFrame {
			return nil, false
		}
		body := data[at+4 : end-4]
		if crc32.ChecksumIEEE(body) != binary.BigEndian.Uint32(data[end-4:]) {
			return nil, false
		}
		switch string(body[:4]) {
		case "IDAT":
			packed = append(packed, body[4:]...)
		case "tRNS":
			return nil, false
		case "IEND":
			return packed, true
		}
		at = end
	}
	return nil, false
}

// hasRows reports whether compressed data holds so many rows, each with a filter before it, and no more.
func hasRows(packed []byte, count, size int) bool {
	rows, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return false
	}
	row := make([]byte, size)
	for range count {
		if _, err := io.ReadFull(rows, row); err != nil || row[0] > lastFilter {
			return false
		}
	}
	n, err := rows.Read(row[:1])
	return n == 0 && err == io.EOF //nolint:errorlint // the end is told as it is
}
