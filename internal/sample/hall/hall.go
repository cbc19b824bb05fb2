// Package hall draws the photo of the sample dispute: the entrance hall of a block of flats, with its letterboxes, a lift
// and stairs, and neither a concierge's desk nor a parcel.
//
// It is a small ray tracer over the few boxes of the scene. The picture takes seconds, so the sample carries it drawn:
// ../pictures/hall.jpg, made by the program in draw.
package hall

import (
	"image"
	"math"
	"runtime"
	"sync"
)

// Photo takes the photo, width by height pixels with the given number of samples for each.
func Photo(width, height, samples int) *image.RGBA {
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	rows := make(chan int, height)
	for y := range height {
		rows <- y
	}
	close(rows)
	var painters sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		painters.Go(func() {
			for y := range rows {
				exposeRow(picture, y, samples)
			}
		})
	}
	painters.Wait()
	return picture
}

// Where the photographer stands, in metres: x to the right, y up, z into the hall.
var (
	eye     = vector{0.62, 1.5, -0.9}
	lookAt  = vector{-0.22, 1.12, 5}
	forward = lookAt.minus(eye).unit()
	right   = vector{0, 1, 0}.cross(forward).unit()
	up      = forward.cross(right)
)

const (
	lens     = 0.62 // half the picture's width at distance 1
	exposure = 0.7
)

// exposeRow takes one row of the photo, with the lens's falloff and the sensor's grain.
func exposeRow(picture *image.RGBA, y, samples int) {
	width, height := float64(picture.Rect.Dx()), float64(picture.Rect.Dy())
	for x := range picture.Rect.Dx() {
		var light vector
		for sample := range samples {
			across := (float64(sample) + noise(x, y, 11)) / float64(samples)
			down := math.Mod(float64(sample)*0.618+noise(x, y, 12), 1)
			u := ((float64(x)+across)/width - 0.5) * 2 * lens
			v := (0.5 - (float64(y)+down)/height) * 2 * lens * height / width
			direction := forward.plus(right.times(u)).plus(up.times(v)).unit()
			jitter := math.Mod(float64(sample)*0.414+noise(x, y, 1), 1)
			light = light.plus(lightAlong(sight(eye, direction), jitter, 0))
		}
		u, v := float64(x)/width-0.5, float64(y)/height-0.5
		light = light.times(exposure / float64(samples) * (1 - 0.75*(u*u+v*v)))
		grain := (noise(x, y, 7) + noise(x, y, 8) - 1) * 0.012
		at := picture.PixOffset(x, y)
		picture.Pix[at] = develop(light.x, grain)
		picture.Pix[at+1] = develop(light.y, grain)
		picture.Pix[at+2] = develop(light.z, grain)
		picture.Pix[at+3] = 255
	}
}

// develop maps light to a byte along a film-like curve (Narkowicz's fit of the ACES curve, then sRGB's gamma).
func develop(light, grain float64) byte {
	curve := light * (2.51*light + 0.03) / (light*(2.43*light+0.59) + 0.14)
	value := math.Pow(math.Max(curve, 0), 1/2.2) + grain
	return byte(math.Round(255 * math.Min(math.Max(value, 0), 1)))
}

// noise is a number in [0,1) for a pixel: the same one always.
func noise(x, y, salt int) float64 {
	h := uint32(x)*374761393 + uint32(y)*668265263 + uint32(salt)*2246822519
	h = (h ^ h>>13) * 1274126177
	return float64(h^h>>16) / (1 << 32)
}
