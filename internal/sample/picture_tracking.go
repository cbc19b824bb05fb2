package sample

import (
	"bytes"
	"image"
	"image/color"
	"image/png"

	"golang.org/x/image/vector"
)

// trackingPage is a screenshot of the carrier's website on the evening of 16 March, as a PNG.
func trackingPage(w *words) []byte {
	page := newCanvas(1280, 980, color.RGBA{246, 247, 248, 255})
	drawBrowser(page)
	drawCarrierHeader(page, w)
	drawDelivered(page, w)
	drawHistory(page, w)
	page.fill(0, 924, 1280, 56, color.RGBA{52, 58, 64, 255})
	page.write(80, 958, w.text("tracking.help"), regular, 18, color.RGBA{206, 212, 218, 255})
	return encodePNG(page.RGBA)
}

func encodePNG(picture image.Image) []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		panic(err) // a buffer takes every write
	}
	return out.Bytes()
}

// drawBrowser is the top of a window: a tab and the address.
func drawBrowser(page canvas) {
	page.fill(0, 0, 1280, 84, color.RGBA{222, 225, 230, 255})
	page.roundedBox(96, 8, 300, 44, 10, white)
	page.fill(96, 34, 300, 18, white)
	page.fill(0, 42, 1280, 42, white)
	for i, dot := range []color.RGBA{{237, 106, 94, 255}, {245, 191, 79, 255}, {98, 197, 84, 255}} {
		page.disc(26+22*float64(i), 22, 7, dot)
	}
	page.disc(118, 27, 8, carrierRed)
	page.write(136, 32, "Pasolargo", regular, 15, ink)
	page.roundedBox(80, 49, 1120, 29, 14, color.RGBA{241, 243, 244, 255})
	page.write(100, 69, "https://www."+carrierDomain+"/"+trackingNumber, regular, 15, greyInk)
	page.fill(0, 83, 1280, 1, hairline)
}

func drawCarrierHeader(page canvas, w *words) {
	page.fill(0, 84, 1280, 84, carrierRed)
	drawStride(page, 80, 106)
	page.write(150, 137, "Pasolargo", bold, 30, white)
	x := 1200
	menu := w.lines("tracking.menu")
	for i := len(menu) - 1; i >= 0; i-- {
		width := page.drawer(regular, 17, white).MeasureString(menu[i]).Round()
		page.write(x-width, 134, menu[i], regular, 17, white)
		if i == 1 {
			page.fill(x-width, 160, width, 8, white)
		}
		x -= width + 36
	}
	page.write(80, 222, w.text("tracking.page"), bold, 32, ink)
}

// drawStride is the carrier's mark: two long steps.
func drawStride(page canvas, x, y int) {
	for i := range 2 {
		page.shape(x+24*i, y, 40, 40, white, func(r *vector.Rasterizer) {
			r.MoveTo(10, 0)
			r.LineTo(26, 0)
			r.LineTo(38, 20)
			r.LineTo(26, 40)
			r.LineTo(10, 40)
			r.LineTo(22, 20)
			r.ClosePath()
		})
	}
}

// drawDelivered is the card with what the website says became of the parcel.
func drawDelivered(page canvas, w *words) {
	green := color.RGBA{34, 125, 76, 255}
	drawCard(page, 250, 350)
	page.disc(136, 312, 28, green)
	drawTick(page, 136, 312)
	page.write(182, 310, w.text("tracking.status"), bold, 30, green)
	page.write(182, 338, w.text("tracking.when"), regular, 18, greyInk)
	y := 392
	for _, row := range w.rows("tracking.fields") {
		page.fill(104, y-27, 1072, 1, hairline)
		page.write(104, y, row[0], regular, 18, greyInk)
		page.write(440, y, row[1], medium, 18, ink)
		y += 42
	}
}

func drawTick(page canvas, x, y int) {
	page.shape(x-14, y-11, 28, 22, white, func(r *vector.Rasterizer) {
		r.MoveTo(1, 11)
		r.LineTo(5, 7)
		r.LineTo(11, 14)
		r.LineTo(24, 1)
		r.LineTo(28, 5)
		r.LineTo(11, 22)
		r.ClosePath()
	})
}

// drawHistory is the list of scans, the latest first.
func drawHistory(page canvas, w *words) {
	drawCard(page, 622, 278)
	page.write(104, 666, w.text("tracking.history"), bold, 22, ink)
	steps := w.rows("tracking.steps")
	page.fill(117, 704, 2, 48*(len(steps)-1), hairline)
	for i, step := range steps {
		y := 710 + 48*i
		dot := color.RGBA{173, 181, 189, 255}
		face := regular
		if i == 0 {
			dot, face = color.RGBA{34, 125, 76, 255}, medium
		}
		page.disc(118, float64(y)-6, 7, dot)
		page.write(144, y, step[0], regular, 18, greyInk)
		page.write(216, y, step[1], regular, 18, greyInk)
		page.write(300, y, step[2], face, 18, ink)
		page.writeEndingAt(1176, y, step[3], regular, 18, greyInk)
	}
}

func drawCard(page canvas, y, height int) {
	page.roundedBox(79, y-1, 1122, height+3, 11, color.RGBA{214, 218, 222, 255})
	page.roundedBox(80, y, 1120, height, 10, white)
}
