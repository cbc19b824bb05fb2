package sample

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"strings"

	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
	"golang.org/x/image/vector"
)

// Size of a scanned A4 page, at 150 dots to the inch.
const scanWidth, scanHeight = 1240, 1754

// scannedLetter is the insurer's letter as it came off a home scanner, as a JPEG.
func scannedLetter(w *words) []byte {
	letter := newCanvas(scanWidth, scanHeight, color.RGBA{252, 251, 247, 255})
	drawLetterhead(letter, w)
	drawLetter(letter, w)
	drawStamp(letter, w.lines("letter.stamp"))
	var out bytes.Buffer
	if err := jpeg.Encode(&out, scan(letter), &jpeg.Options{Quality: 80}); err != nil {
		panic(err) // a buffer takes every write
	}
	return out.Bytes()
}

func drawLetterhead(letter canvas, w *words) {
	drawUmbrella(letter, 146, 150, 2, insurerInk)
	letter.write(258, 196, "Norvela", bold, 54, insurerInk)
	letter.write(260, 232, "SEGUROS", medium, 21, insurerInk)
	for i, line := range w.lines("letter.sender") {
		face := regular
		if i == 0 {
			face = medium
		}
		letter.writeEndingAt(1090, 156+27*i, line, face, 19, greyInk)
	}
	letter.fill(150, 274, 940, 3, insurerInk)
}

// drawUmbrella is the insurer's mark, 88 pixels wide at a scale of 2.
func drawUmbrella(page canvas, x, y, scale int, with color.Color) {
	s := float32(scale)
	page.shape(x, y, 44*scale, 23*scale, with, func(r *vector.Rasterizer) {
		r.MoveTo(0, 22*s)
		r.CubeTo(2*s, -7*s, 42*s, -7*s, 44*s, 22*s)
		r.QuadTo(37*s, 16*s, 30*s, 22*s)
		r.QuadTo(22*s, 16*s, 14*s, 22*s)
		r.QuadTo(7*s, 16*s, 0, 22*s)
		r.ClosePath()
	})
	page.fill(x+21*scale, y+18*scale, 2*scale, 22*scale, with)
	page.fill(x+21*scale, y+38*scale, 9*scale, 2*scale, with)
}

func drawLetter(letter canvas, w *words) {
	for i, line := range w.lines("letter.recipient") {
		letter.write(640, 386+34*i, line, regular, 25, ink)
	}
	letter.write(150, 560, w.text("letter.date"), regular, 25, ink)
	for i, line := range w.lines("letter.reference") {
		letter.write(150, 620+34*i, line, medium, 25, ink)
	}
	y := 740
	for paragraph := range strings.SplitSeq(w.text("letter.body"), "\n\n") {
		y = letter.writeWrapped(150, y, 940, 39, paragraph, regular, 25, ink) + 22
	}
	drawSignature(letter, 170, float64(y)+30)
	for i, line := range w.lines("letter.signature") {
		letter.write(150, y+150+34*i, line, regular, 25, ink)
	}
	letter.fill(150, 1640, 940, 1, greyInk)
	letter.write(150, 1670, "www."+insurerDomain+"  ·  "+insurerPhone, regular, 17, greyInk)
}

// drawSignature is a pen's way across the paper from x, y, as discs along cubic curves.
func drawSignature(letter canvas, x, y float64) {
	pen := color.RGBA{28, 46, 120, 255}
	curves := [][8]float64{
		{0, 60, 20, -40, 70, -60, 60, 10}, {60, 10, 52, 60, 20, 70, 40, 30}, {40, 30, 60, -6, 96, 4, 92, 34},
		{92, 34, 90, 56, 112, 40, 122, 18}, {122, 18, 130, 0, 138, 30, 132, 44}, {132, 44, 128, 56, 158, 30, 168, 14},
		{168, 14, 176, 2, 182, 40, 196, 30}, {196, 30, 214, 16, 220, 10, 236, 24}, {236, 24, 252, 40, 290, 20, 330, -8},
		{330, -8, 240, 70, 130, 84, 20, 88},
	}
	for _, p := range curves {
		steps := 20 + int(2*math.Hypot(p[6]-p[0], p[7]-p[1]))
		for i := range steps {
			t := float64(i) / float64(steps)
			u := 1 - t
			a, b, c, d := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
			letter.disc(x+a*p[0]+b*p[2]+c*p[4]+d*p[6], y+a*p[1]+b*p[3]+c*p[5]+d*p[7], 1.3+0.8*math.Sin(t*math.Pi), pen)
		}
	}
}

// drawStamp is the registry's rubber stamp, a little askew and unevenly inked.
func drawStamp(letter canvas, lines []string) {
	const width, height = 300, 130
	stamp := canvas{image.NewRGBA(image.Rect(0, 0, width, height))}
	inkPad := color.RGBA{126, 44, 92, 255}
	for _, edge := range [][4]int{{6, 6, 288, 5}, {6, 119, 288, 5}, {6, 6, 5, 118}, {289, 6, 5, 118}} {
		stamp.fill(edge[0], edge[1], edge[2], edge[3], inkPad)
	}
	for i, line := range append([]string{"NORVELA SEGUROS"}, lines...) {
		size := []float64{20, 27, 30}[i]
		half := stamp.drawer(bold, size, inkPad).MeasureString(line).Round() / 2
		stamp.write(width/2-half, []int{40, 73, 107}[i], line, bold, size, inkPad)
	}
	for y := range height {
		for x := range width {
			at := stamp.PixOffset(x, y)
			keep := 0.5 + 0.35*speckle(x, y, 1) + 0.15*speckle(x/9, y/7, 2)
			for i := range 4 {
				stamp.Pix[at+i] = uint8(float64(stamp.Pix[at+i]) * keep)
			}
		}
	}
	draw.ApproxBiLinear.Transform(letter.RGBA, turned(-0.07, 790, 1430), stamp.RGBA, stamp.Rect, draw.Over, nil)
}

// scan lays the letter on the glass: slightly turned, with the folds' shadow, uneven light and the sensor's noise.
func scan(letter canvas) image.Image {
	glass := newCanvas(scanWidth, scanHeight, color.RGBA{226, 225, 222, 255})
	draw.ApproxBiLinear.Transform(glass.RGBA, turned(0.0062, 6, -3), letter.RGBA, letter.Rect, draw.Src, nil)
	var left [scanWidth]float64 // the lid lets some dark in on the left
	for x := range left {
		left[x] = 0.05 * math.Exp(-float64(x)/60)
	}
	for y := range scanHeight {
		fold := 0.012 * math.Sin(float64(y)/410)
		for _, at := range []float64{scanHeight / 3, 2 * scanHeight / 3} {
			distance := float64(y) - at
			fold += 0.055*math.Exp(-distance*distance/90) - 0.022*math.Exp(-(distance-14)*(distance-14)/160)
		}
		for x := range scanWidth {
			shade := 1 - fold - left[x] + (speckle(x, y, 3)-0.5)*0.03
			pixel := glass.Pix[glass.PixOffset(x, y):]
			for i := range 3 {
				pixel[i] = uint8(min(float64(pixel[i])*shade, 255))
			}
		}
	}
	return glass.RGBA
}

// turned is a turn by an angle in radians, then a shift.
func turned(angle, x, y float64) f64.Aff3 {
	sin, cos := math.Sincos(angle)
	return f64.Aff3{cos, -sin, x, sin, cos, y}
}

// speckle is a number in [0,1) for a pixel: the same one always.
func speckle(x, y, salt int) float64 {
	h := uint32(x)*374761393 + uint32(y)*668265263 + uint32(salt)*2246822519
	h = (h ^ h>>13) * 1274126177
	return float64(h^h>>16) / (1 << 32)
}
