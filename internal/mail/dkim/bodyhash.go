package dkim

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"io"
)

// BodyHash is the SHA-256, in lower-case hex, of what a message says below its header, in the relaxed form of RFC 6376,
// section 3.4.4: copies of one message have the same, whatever servers and programs did to their headers, blanks and line
// ends.
func BodyHash(message io.Reader) (string, error) {
	from := bufio.NewReader(message)
	if _, err := readFields(from); err != nil {
		return "", err
	}
	sum := sha256.New()
	text := &body{to: sum, how: relaxed}
	if _, err := io.Copy(text, from); err != nil {
		return "", err
	}
	text.end()
	return hex.EncodeToString(sum.Sum(nil)), nil
}
