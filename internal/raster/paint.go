package raster

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/tiff" // decoder
)

// Area is a rectangle of an upright image, from its upper left corner, in fractions of its width and height.
type Area struct {
	X      float64 `json:"x"`
	Y      float64 `json:"y"`
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

// Allowed reports whether the area is not empty and lies within the image.
func (a Area) Allowed() bool {
	const rounding = 1e-9
	within := func(from, length float64) bool { return from >= 0 && length > 0 && from+length <= 1+rounding }
	return within(a.X, a.Width) && within(a.Y, a.Height) // false for what is no number
}

// in is the area in the pixels of an image, those that it only touches among them.
func (a Area) in(bounds image.Rectangle) image.Rectangle {
	width, height := float64(bounds.Dx()), float64(bounds.Dy())
	return image.Rect(int(math.Floor(a.X*width)), int(math.Floor(a.Y*height)),
		int(math.Ceil((a.X+a.Width)*width)), int(math.Ceil((a.Y+a.Height)*height))).Add(bounds.Min).Intersect(bounds)
}

// paint is what areas are covered with.
var paint = image.NewUniform(color.RGBA{0x18, 0x1b, 0x20, 0xff})

// paintedQuality is that of a photograph that was painted over.
const paintedQuality = 90

// Painted makes an image anew with areas painted over: upright, on white, as JPEG where it was a photograph and else as
// PNG. Nothing of the image's file is kept but its other pixels. Of an animation it is the first picture.
//
// Errors: [ErrNotImage], [ErrTooLarge].
func Painted(data []byte, areas []Area) (painted []byte, err error) {
	defer guard(&err)
	format, err := formatOf(bytes.NewReader(data), maxDecoded)
	if err != nil {
		return nil, err
	}
	decoded, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotImage, err)
	}
	orientation := Upright
	if format == "jpeg" {
		orientation = jpegOrientation(bytes.NewReader(data))
	}
	upright := image.NewRGBA(image.Rect(0, 0, decoded.Bounds().Dx(), decoded.Bounds().Dy()))
	draw.Draw(upright, upright.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(upright, upright.Bounds(), decoded, decoded.Bounds().Min, draw.Over)
	upright = Turned(upright, orientation)
	for _, area := range areas {
		draw.Draw(upright, area.in(upright.Bounds()), paint, image.Point{}, draw.Src)
	}
	var out bytes.Buffer
	if format == "jpeg" || format == "webp" {
		err = jpeg.Encode(&out, upright, &jpeg.Options{Quality: paintedQuality})
	} else {
		err = png.Encode(&out, upright)
	}
	return out.Bytes(), err
}
