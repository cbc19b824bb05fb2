package message

import "regexp"

// wordItem is how Word writes an item of a list: as a paragraph with a sign and a row of spaces.
var wordItem = regexp.MustCompile(`^([·•§▪o\-]|\d{1,3}[.)])[ \x{00A0}]*\x{00A0}[ \x{00A0}]*`)

func wordMark(sign string) string {
	if sign[0] >= '0' && sign[0] <= '9' {
		return sign
	}
	return "-"
}
