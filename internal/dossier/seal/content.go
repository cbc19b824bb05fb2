package seal

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
)

// Embedded gives the bytes of an embedded file, at most so many; nil when there is none of that name.
//
// Errors: [ErrNotFinished] when the file, or the one in it, is damaged; those of from and ctx.
func Embedded(ctx context.Context, from io.ReaderAt, size int64, called string, most int64) ([]byte, error) {
	f, err := open(from, size)
	if err != nil {
		return nil, err
	}
	names := f.array(f.dict(f.dict(f.dict(f.trailer["Root"])["Names"])["EmbeddedFiles"])["Names"])
	for i := 0; i+1 < len(names); i += 2 {
		if readText(f.get(names[i])) != called {
			continue
		}
		data, _ := f.get(f.dict(f.dict(names[i+1])["EF"])["F"]).(*storedStream)
		var out bytes.Buffer
		if _, err := f.copyStream(ctx, &out, data, most); err != nil {
			return nil, damaged(ctx, err)
		}
		return out.Bytes(), nil
	}
	return nil, nil
}

// shownText is a text as the layout draws it: UTF-16 in hex.
var shownText = regexp.MustCompile(`<([0-9a-f]+)>`)

// Prints reports whether a page shows a text without blanks. Blanks and line ends on the page are passed over, so a hash
// is found that is printed in groups.
//
// Errors: [ErrNotFinished] when a page is damaged; those of from and ctx.
func Prints(ctx context.Context, from io.ReaderAt, size int64, wanted string) (bool, error) {
	f, err := open(from, size)
	if err != nil {
		return false, err
	}
	for _, kid := range f.array(f.dict(f.dict(f.trailer["Root"])["Pages"])["Kids"]) {
		contents, _ := f.get(f.dict(kid)["Contents"]).(*storedStream)
		var operators bytes.Buffer
		if _, err := f.copyStream(ctx, &operators, contents, math.MaxInt64); err != nil {
			return false, damaged(ctx, err)
		}
		var shown strings.Builder
		for _, match := range shownText.FindAllSubmatch(operators.Bytes(), -1) {
			if data, err := hex.DecodeString(string(match[1])); err == nil {
				shown.WriteString(strings.ReplaceAll(readText(text(append([]byte{0xFE, 0xFF}, data...))), " ", ""))
			}
		}
		if strings.Contains(shown.String(), wanted) {
			return true, nil
		}
	}
	return false, nil
}

// damaged says of what can't be read that the file is not whole, unless reading was called off.
func damaged(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("%w: %w", ErrNotFinished, err)
}
