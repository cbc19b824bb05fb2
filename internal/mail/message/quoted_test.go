package message

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// unquoteByteByByte decodes a body as RFC 2045, section 6.7, says it, one byte at a time.
func unquoteByteByByte(raw []byte) (decoded []byte, ok bool) {
	ok = true
	blanks := func(i int) int {
		for i < len(raw) && (raw[i] == ' ' || raw[i] == '\t') {
			i++
		}
		return i
	}
	lineEnd := func(i int) int { // the bytes of the line end there
		switch {
		case i < len(raw) && raw[i] == '\n':
			return 1
		case i+1 < len(raw) && raw[i] == '\r' && raw[i+1] == '\n':
			return 2
		}
		return 0
	}
	for i := 0; i < len(raw); {
		behind := blanks(i + 1)
		switch {
		case raw[i] == '=' && i+2 < len(raw) && isHex(raw[i+1]) && isHex(raw[i+2]):
			decoded = append(decoded, unhex(raw[i+1])<<4|unhex(raw[i+2]))
			i += 3
		case raw[i] == '=' && (behind == len(raw) || lineEnd(behind) > 0):
			i = behind + lineEnd(behind)
		case raw[i] == '=':
			ok = false
			decoded = append(decoded, '=')
			i++
		case (raw[i] == ' ' || raw[i] == '\t') && lineEnd(behind) > 0:
			i = behind
		default:
			decoded = append(decoded, raw[i])
			i++
		}
	}
	return decoded, ok
}

func TestABodyIsUnquotedByLinesAsItIsByteByByte(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := []byte(rapid.StringOfN(rapid.SampledFrom([]rune(" \t\r\n===3Dfx")), 0, 40, -1).Draw(t, "raw"))
		want, wantOK := unquoteByteByByte(raw)
		got, ok := decodeQuoted(raw, true)
		if string(got) != string(want) || ok != wantOK {
			t.Errorf("%q: %q, %v, want %q, %v", raw, got, ok, want, wantOK)
		}
	})
}

func TestATextIsPlainWhenEachOfItsCharactersIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOfN(rapid.OneOf(rapid.Byte(), rapid.SampledFrom([]byte("a\n\xC2\xA0\xC3\xB1\xCC\x80\xCB\xBF"))), 0, 6).Draw(t, "bytes"))
		want := utf8.ValidString(text)
		for _, c := range text {
			want = want && (c == '\n' || c == '\t' || c >= ' ' && c < 0x7F || c >= 0xA0 && c < 0x300)
		}
		if isPlain(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	})
}
