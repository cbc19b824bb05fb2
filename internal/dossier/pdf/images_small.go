package pdf

import (
	"bytes"
	"errors"

	"constancia/internal/raster"
)

// smallPixels is the longest side of a picture in the light version: what a screen shows of it at the width of the page.
const smallPixels = 1000

// errLight says that a file is too large for the light version.
var errLight = errors.New("too large for the light version")

// smallPicture is a picture reduced and encoded again, upright, without metadata. One that would not become smaller is what
// print has. It stands on the page in the size of the other: no page changes its number.
func smallPicture(data []byte) (picture, error) {
	printed, err := readPicture(data)
	if err != nil {
		return picture{}, err
	}
	reduced, err := raster.Thumbnail(bytes.NewReader(data), smallPixels)
	if err != nil || len(reduced) >= len(printed.data) {
		return printed, nil //nolint:nilerr // what print can show is there
	}
	return picture{format: "JPG", data: reduced, width: printed.width, height: printed.height}, nil
}
