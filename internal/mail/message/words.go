package message

import (
	"bytes"
	"encoding/base64"
	"regexp"
	"strings"
	"unicode/utf8"
)

// encodedWord is a word of RFC 2047: =?charset*language?encoding?text?=. Blanks within the text are not allowed there,
// but common.
var encodedWord = regexp.MustCompile(`=\?([A-Za-z0-9_.:+\-]{1,60})(?:\*[A-Za-z0-9\-]*)?\?([bBqQ])\?([^?]*)\?=`)

// decodeField decodes a field's value to one line of text for display.
func decodeField(value string) string { return line(decodeWords(value)) }

// decodeWords decodes the encoded words of a field's value. Words of one charset that follow each other are decoded as
// one run of bytes, because many programs cut a character in two.
func decodeWords(value string) string {
	matches := encodedWord.FindAllStringSubmatchIndex(value, -1)
	if matches == nil {
		return fromUnlabelled([]byte(value))
	}
	var out strings.Builder
	var run []byte
	runCharset := ""
	flush := func() {
		text, _ := fromCharset(runCharset, run)
		out.WriteString(text)
		run, runCharset = nil, ""
	}
	end := 0
	for _, m := range matches {
		between := value[end:m[0]]
		charset := strings.ToLower(value[m[2]:m[3]])
		// Blanks between two encoded words belong to neither (RFC 2047, section 6.2).
		adjacent := end > 0 && strings.TrimSpace(between) == ""
		if !adjacent || charset != runCharset {
			flush()
		}
		if !adjacent {
			out.WriteString(fromUnlabelled([]byte(between)))
		}
		runCharset = charset
		run = append(run, decodeWord(value[m[4]:m[5]], value[m[6]:m[7]])...)
		end = m[1]
	}
	flush()
	out.WriteString(fromUnlabelled([]byte(value[end:])))
	return out.String()
}

// decodeWord decodes the text of one encoded word to bytes of its charset.
func decodeWord(encoding, text string) []byte {
	if strings.EqualFold(encoding, "b") {
		decoded, _ := decodeBase64([]byte(text))
		return decoded
	}
	decoded, _ := decodeQuoted([]byte(strings.ReplaceAll(text, "_", " ")), false)
	return decoded
}

// fromUnlabelled makes text of bytes whose charset nobody named: UTF-8 when they are, else windows-1252.
func fromUnlabelled(raw []byte) string {
	if utf8.Valid(raw) {
		return string(raw)
	}
	text, _ := fromCharset("windows-1252", raw)
	return text
}

// base64Chunk is how much is decoded at a time; a whole number of groups of four.
const base64Chunk = 64 << 10

// decodeBase64 decodes base64 and passes over what does not belong, padding in the middle among it, which stands where
// two pieces were joined. ok is whether there was nothing to pass over but blanks and line ends.
func decodeBase64(raw []byte) (decoded []byte, ok bool) {
	// Nearly all of it is well made, and read several times as fast.
	if len(raw) >= decodedInPlace && isWellMade(raw) {
		n, err := base64.StdEncoding.Decode(raw, raw) // what it writes is behind what it has read
		return raw[:n:n], err == nil
	}
	decoded = make([]byte, base64.StdEncoding.DecodedLen(len(raw))+2)
	if n, err := base64.StdEncoding.Decode(decoded, raw); err == nil {
		return decoded[:n], true
	}
	ok, decoded = true, decoded[:0]
	clean := make([]byte, 0, min(len(raw), base64Chunk))
	flush := func() {
		if len(clean)%4 == 1 { // six bits make no byte
			ok = false
			clean = clean[:len(clean)-1]
		}
		at := len(decoded)
		decoded = decoded[:at+base64.RawStdEncoding.DecodedLen(len(clean))]
		n, _ := base64.RawStdEncoding.Decode(decoded[at:], clean) // can't fail: only the alphabet is left
		decoded = decoded[:at+n]
		clean = clean[:0]
	}
	for _, c := range raw {
		switch {
		case isBase64(c):
			if clean = append(clean, c); len(clean) == base64Chunk {
				flush()
			}
		case c == '=':
			flush()
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
		default:
			ok = false
		}
	}
	flush()
	return decoded, ok
}

// decodedInPlace is from how many bytes on a content takes the place of what it is made from: both at once would be most of
// the memory that a message takes.
const decodedInPlace = 1 << 20

// isWellMade is whether base64 has its alphabet and line ends only, and padding only where it belongs: then no program
// fails to decode it.
func isWellMade(raw []byte) bool {
	text := bytes.TrimRight(raw, "\r\n")
	padded := len(text)
	text = bytes.TrimSuffix(bytes.TrimSuffix(text, []byte("=")), []byte("="))
	count := padded - len(text)
	for _, c := range text {
		switch {
		case isBase64(c):
			count++
		case c != '\r' && c != '\n':
			return false
		}
	}
	return count%4 == 0
}

func isBase64(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/'
}

// decodeQuoted decodes quoted-printable (RFC 2045, section 6.7). A "=" that starts no code is kept as it is, and ok is
// false. With lines it reads a body: soft line ends vanish, and so do blanks before a line end.
func decodeQuoted(raw []byte, lines bool) (decoded []byte, ok bool) {
	decoded, ok = make([]byte, 0, len(raw)), true
	if !lines {
		decoded, _, ok = appendUnquoted(decoded, raw, false)
		return decoded, ok
	}
	for len(raw) > 0 {
		line, ending := raw, []byte(nil)
		if end := bytes.IndexByte(raw, '\n'); end >= 0 {
			line, ending, raw = raw[:end], raw[end:end+1], raw[end+1:]
			if end > 0 && line[end-1] == '\r' {
				line, ending = line[:end-1], line[end-1:end+1]
			}
			line = bytes.TrimRight(line, " \t")
		} else {
			raw = nil
		}
		var soft, whole bool
		decoded, soft, whole = appendUnquoted(decoded, line, true)
		if ok = ok && whole; !soft {
			decoded = append(decoded, ending...)
		}
	}
	return decoded, ok
}

// appendUnquoted decodes a line without its end. soft is whether it ends with a "=" that makes the next line go on with it;
// whole is whether each other "=" started a code.
func appendUnquoted(decoded, line []byte, maySoften bool) (_ []byte, soft, whole bool) {
	whole = true
	for {
		at := bytes.IndexByte(line, '=')
		if at < 0 {
			return append(decoded, line...), false, whole
		}
		decoded = append(decoded, line[:at]...)
		line = line[at+1:]
		switch {
		case len(line) >= 2 && isHex(line[0]) && isHex(line[1]):
			decoded = append(decoded, unhex(line[0])<<4|unhex(line[1]))
			line = line[2:]
		case maySoften && len(bytes.TrimRight(line, " \t")) == 0:
			return decoded, true, whole
		default:
			whole = false
			decoded = append(decoded, '=')
		}
	}
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f'
}

func unhex(c byte) byte {
	switch {
	case c >= 'a':
		return c - 'a' + 10
	case c >= 'A':
		return c - 'A' + 10
	default:
		return c - '0'
	}
}
