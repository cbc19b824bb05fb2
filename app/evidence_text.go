package app

import (
	"bytes"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	textunicode "golang.org/x/text/encoding/unicode"
)

// longestPreview is how much of a text is shown, in bytes: more than anybody reads in a window, and little to hold.
const longestPreview = 64 << 10

// readTextPreview reads the beginning of a text in whatever it is written: UTF-8, UTF-16 that says so by its first bytes,
// or else Windows-1252, in which every byte is a character.
func readTextPreview(r io.Reader) (TextPreview, error) {
	data, err := io.ReadAll(io.LimitReader(r, longestPreview+1))
	if err != nil {
		return TextPreview{}, err
	}
	cut := len(data) > longestPreview
	if cut {
		data = data[:longestPreview]
	}
	return TextPreview{Text: decodeText(data, cut), Cut: cut}, nil
}

func decodeText(data []byte, cut bool) string {
	var text string
	switch {
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}), bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		decoded, _ := textunicode.UTF16(textunicode.LittleEndian, textunicode.UseBOM).NewDecoder().Bytes(data) // what is wrong becomes U+FFFD
		text = string(decoded)
	case isUTF8(data, cut):
		text = strings.ToValidUTF8(strings.TrimPrefix(string(data), "\uFEFF"), "")
	default:
		decoded, _ := charmap.Windows1252.NewDecoder().Bytes(data) // each byte is a character
		text = string(decoded)
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\n' && c != '\t' {
			return unicode.ReplacementChar
		}
		return c
	}, text)
}

// isUTF8 reports whether data is UTF-8. The cut may have gone through its last character.
func isUTF8(data []byte, cut bool) bool {
	if cut {
		for range utf8.UTFMax - 1 {
			if r, size := utf8.DecodeLastRune(data); r != utf8.RuneError || size != 1 {
				break
			}
			data = data[:len(data)-1]
		}
	}
	return utf8.Valid(data)
}
