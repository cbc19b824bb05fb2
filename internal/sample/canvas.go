package sample

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// typeface is one of the Go fonts.
type typeface struct {
	file []byte
	read func() *opentype.Font
}

var (
	regular = newTypeface(goregular.TTF)
	medium  = newTypeface(gomedium.TTF)
	bold    = newTypeface(gobold.TTF)
)

func newTypeface(file []byte) typeface {
	return typeface{file, sync.OnceValue(func() *opentype.Font {
		face, err := opentype.Parse(file)
		if err != nil {
			panic(err) // the fonts are compiled in
		}
		return face
	})}
}

// The companies' colours, and those of paper and ink.
var (
	white      = color.RGBA{255, 255, 255, 255}
	ink        = color.RGBA{33, 37, 41, 255}
	greyInk    = color.RGBA{108, 117, 125, 255}
	hairline   = color.RGBA{222, 226, 230, 255}
	storeGreen = color.RGBA{24, 84, 67, 255}
	carrierRed = color.RGBA{201, 74, 36, 255}
	insurerInk = color.RGBA{38, 58, 112, 255}
)

// canvas is a picture to draw and write on. Lengths are pixels; text is placed by its baseline.
type canvas struct{ *image.RGBA }

func newCanvas(width, height int, paper color.Color) canvas {
	c := canvas{image.NewRGBA(image.Rect(0, 0, width, height))}
	draw.Draw(c.RGBA, c.Rect, image.NewUniform(paper), image.Point{}, draw.Src)
	return c
}

func (c canvas) fill(x, y, width, height int, with color.Color) {
	draw.Draw(c.RGBA, image.Rect(x, y, x+width, y+height), image.NewUniform(with), image.Point{}, draw.Over)
}

// write puts a line of text at x, y.
func (c canvas) write(x, y int, text string, face typeface, size float64, with color.Color) {
	drawer := c.drawer(face, size, with)
	drawer.Dot = fixed.P(x, y)
	drawer.DrawString(text)
}

// writeEndingAt puts a line of text so that it ends at x.
func (c canvas) writeEndingAt(x, y int, text string, face typeface, size float64, with color.Color) {
	width := c.drawer(face, size, with).MeasureString(text).Round()
	c.write(x-width, y, text, face, size, with)
}

// writeWrapped puts a paragraph into a column and returns the baseline after it.
func (c canvas) writeWrapped(x, y, width, leading int, text string, face typeface, size float64, with color.Color) int {
	drawer := c.drawer(face, size, with)
	var line string
	for word := range strings.FieldsSeq(text) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && drawer.MeasureString(longer).Round() > width {
			c.write(x, y, line, face, size, with)
			y += leading
			longer = word
		}
		line = longer
	}
	c.write(x, y, line, face, size, with)
	return y + leading
}

func (c canvas) drawer(face typeface, size float64, with color.Color) *font.Drawer {
	sized, err := opentype.NewFace(face.read(), &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic(err) // it refuses a size of 0 only
	}
	return &font.Drawer{Dst: c.RGBA, Src: image.NewUniform(with), Face: sized}
}

// shape fills an outline of lines and curves, given from the corner of the box that holds it.
func (c canvas) shape(x, y, width, height int, with color.Color, outline func(*vector.Rasterizer)) {
	rasterizer := vector.NewRasterizer(width, height)
	outline(rasterizer)
	rasterizer.Draw(c.RGBA, image.Rect(x, y, x+width, y+height), image.NewUniform(with), image.Point{})
}

// roundedBox fills a box with round corners.
func (c canvas) roundedBox(x, y, width, height int, radius float32, with color.Color) {
	w, h := float32(width), float32(height)
	c.shape(x, y, width, height, with, func(r *vector.Rasterizer) {
		r.MoveTo(radius, 0)
		r.LineTo(w-radius, 0)
		r.QuadTo(w, 0, w, radius)
		r.LineTo(w, h-radius)
		r.QuadTo(w, h, w-radius, h)
		r.LineTo(radius, h)
		r.QuadTo(0, h, 0, h-radius)
		r.LineTo(0, radius)
		r.QuadTo(0, 0, radius, 0)
		r.ClosePath()
	})
}

// disc fills a circle around x, y, with a soft edge.
func (c canvas) disc(x, y, radius float64, with color.RGBA) {
	for py := int(y - radius - 1); py <= int(y+radius+1); py++ {
		for px := int(x - radius - 1); px <= int(x+radius+1); px++ {
			cover := min(max(radius-math.Hypot(float64(px)+0.5-x, float64(py)+0.5-y)+0.5, 0), 1)
			if cover > 0 {
				with.A = uint8(255 * cover)
				c.fill(px, py, 1, 1, color.NRGBA(with))
			}
		}
	}
}
