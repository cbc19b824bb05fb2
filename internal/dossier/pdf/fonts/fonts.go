// Package fonts holds the typefaces of everything that the program prints. They are used under the SIL Open Font License,
// whose texts lie beside them.
package fonts

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
)

// Files are the typefaces that nearly every page needs, as NAME.ttf.
//
//go:embed *.ttf
var Files embed.FS

// packed are those of other scripts, as NAME.ttf.gz.
//
//go:embed *.ttf.gz
var packed embed.FS

// Read gives a typeface by its name, unpacked.
func Read(name string) ([]byte, error) {
	if data, err := Files.ReadFile(name + ".ttf"); err == nil {
		return data, nil
	}
	data, err := packed.ReadFile(name + ".ttf.gz")
	if err != nil {
		return nil, err
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("unpack font %s: %w", name, err)
	}
	return io.ReadAll(unpacked)
}
