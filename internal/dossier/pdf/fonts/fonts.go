// Package fonts holds the typefaces of everything that the program prints. They are used under the SIL Open Font License,
// whose texts lie beside them.
package fonts

import "embed"

// Files are the typefaces, as NAME.ttf.
//
//go:embed *.ttf
var Files embed.FS
