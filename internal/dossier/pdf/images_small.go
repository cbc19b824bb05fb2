package pdf

import (
	"bytes"
	"errors"
	"image"

	"constancia/internal/raster"
)

// smallPixels is the longest side of a picture in the light version: what a screen shows of it at the width of the page.
const smallPixels = 1000

// errLight says that a file is too large for the light version.
var errLight = errors.New("too large for the light version")

// smallPicture is a picture reduced and encoded again, upright, without metadata. One that would not become smaller is what
// print has.
func smallPicture(data []byte) (picture, error) {
	printed, err := readPicture(data)
	if err != nil {
		return picture{}, err
	}
	reduced, err := raster.Thumbnail(bytes.NewReader(data), smallPixels)
	if err != nil || len(reduced) >= len(printed.data) {
		return printed, nil //nolint:nilerr // what print can show is there
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(reduced))
	return picture{format: "JPG", data: reduced, width: config.Width, height: config.Height}, err
}
