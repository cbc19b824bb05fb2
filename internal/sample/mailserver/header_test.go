package mailserver

import (
	"bytes"
	"testing"
)

func FuzzAMessageIsPartedWithoutLosingAByte(f *testing.F) {
	for _, seed := range []string{
		"", "\r\n", "\n\n", "A: 1\r\n b\r\nC: 2\r\n\r\nbody", "A: 1\n\nbody", " folded first\r\nA", "\r\r\n", "no field\r\nA: 1",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		header, body := splitHeader(raw)
		if !bytes.Equal(append(bytes.Clone(header), body...), raw) {
			t.Fatalf("%q and %q are not %q", header, body, raw)
		}
		var parts []byte
		for _, f := range fields(header) {
			parts = append(parts, f.raw...)
			_ = f.text() // any bytes can be decoded, or stay as they are
		}
		if rest, is := bytes.CutPrefix(header, parts); !is || len(rest) > 0 && !isBlank(nextLine(rest)) {
			t.Fatalf("the fields %q are not the header %q", parts, header)
		}
	})
}
