package message

import (
	"bytes"
	"encoding/base64"
	"math/rand/v2"
	"slices"
	"testing"
)

// A large content takes the place of its base64, a small one does not; what comes of it is the same.
func TestALargeContentIsDecodedAsASmallOneIs(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for _, size := range []int{decodedInPlace, decodedInPlace + 1, decodedInPlace + 2, 3*decodedInPlace + 7} {
		want := make([]byte, size)
		for i := range want {
			want[i] = byte(random.Uint32())
		}
		var lines bytes.Buffer
		for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(want)), 76) {
			lines.Write(append(slices.Clip(line), "\r\n"...))
		}
		got, ok := decodeBase64(bytes.Clone(lines.Bytes()))
		if !ok || !bytes.Equal(got, want) {
			t.Errorf("%d bytes are decoded to %d others, ok %v", size, len(got), ok)
		}
		for name, damage := range map[string]func([]byte) []byte{
			"a character that is none":    func(b []byte) []byte { return slices.Insert(b, len(b)/2, '*') },
			"padding in the middle":       func(b []byte) []byte { return slices.Insert(b, len(b)/2, '=') },
			"an end that is cut off":      func(b []byte) []byte { return b[:len(b)-9] },
			"a blank in the middle":       func(b []byte) []byte { return slices.Insert(b, len(b)/2, ' ') },
			"three characters too many":   func(b []byte) []byte { return append(b, "QUJ"...) },
			"padding that has no meaning": func(b []byte) []byte { return append(b, "=="...) },
		} {
			damaged := damage(bytes.Clone(lines.Bytes()))
			if got, _ := decodeBase64(bytes.Clone(damaged)); len(got) < size/3 {
				t.Errorf("with %s, only %d of %d bytes are left", name, len(got), size)
			}
		}
	}
}
