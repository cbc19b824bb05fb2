package raster_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"testing"

	"golang.org/x/image/tiff"

	"constancia/internal/raster"
)

// marked is a grey picture of 80 by 40 with a red mark in its upper left quarter.
func marked() *image.RGBA {
	picture := image.NewRGBA(image.Rect(0, 0, 80, 40))
	for y := range 40 {
		for x := range 80 {
			picture.SetRGBA(x, y, color.RGBA{0xc0, 0xc0, 0xc0, 0xff})
			if x >= 10 && x < 30 && y >= 5 && y < 15 {
				picture.SetRGBA(x, y, color.RGBA{0xff, 0, 0, 0xff})
			}
		}
	}
	return picture
}

// reddish counts the pixels in which red is far more than green.
func reddish(picture image.Image) (count int) {
	bounds := picture.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			if r, g, _, _ := picture.At(x, y).RGBA(); r > g+0x1800 {
				count++
			}
		}
	}
	return count
}

// exif is a JPEG with an orientation, a place and a comment in it.
func exif(t *testing.T, picture []byte, orientation byte) []byte {
	t.Helper()
	body := append([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"), orientation, 0, 0)
	body = append(body, "\x00\x00\x00\x00GPS 41.3851N"...)
	segment := append([]byte{0xFF, 0xE1, 0, byte(len(body) + 2)}, body...)
	comment := append([]byte{0xFF, 0xFE, 0, byte(len("taken by Zora") + 2)}, "taken by Zora"...)
	return bytes.Join([][]byte{picture[:2], segment, comment, picture[2:]}, nil)
}

func TestWhatIsPaintedOverIsGoneWhateverTheFormatAndHoweverTheFileIsTurned(t *testing.T) {
	encode := func(write func(*bytes.Buffer) error) []byte {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	photo := encode(func(out *bytes.Buffer) error { return jpeg.Encode(out, marked(), &jpeg.Options{Quality: 95}) })
	upright := raster.Area{X: 0.1, Y: 0.1, Width: 0.3, Height: 0.3}
	for _, test := range []struct {
		name          string
		data          []byte
		area          raster.Area
		width, height int
	}{
		{"a photograph", photo, upright, 80, 40},
		// Turned by 90 degrees to the right, the upper left corner is the upper right one.
		{"a photograph that was taken on its side", exif(t, photo, 6), raster.Area{X: 0.55, Y: 0.1, Width: 0.4, Height: 0.3}, 40, 80},
		{"a photograph upside down", exif(t, photo, 3), raster.Area{X: 0.6, Y: 0.55, Width: 0.3, Height: 0.4}, 80, 40},
		{"a PNG", encode(func(out *bytes.Buffer) error { return png.Encode(out, marked()) }), upright, 80, 40},
		{"a GIF", encode(func(out *bytes.Buffer) error { return gif.Encode(out, marked(), nil) }), upright, 80, 40},
		{"a TIFF", encode(func(out *bytes.Buffer) error { return tiff.Encode(out, marked(), nil) }), upright, 80, 40},
	} {
		painted, err := raster.Painted(test.data, []raster.Area{test.area})
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		shown, _, err := image.Decode(bytes.NewReader(painted))
		if err != nil || shown.Bounds().Dx() != test.width || shown.Bounds().Dy() != test.height {
			t.Fatalf("%s: it comes out as %v, %v", test.name, shown, err)
		}
		if count := reddish(shown); count > 0 {
			t.Errorf("%s: %d pixels of the mark are left", test.name, count)
		}
		for _, secret := range []string{"GPS", "41.3851N", "Zora", "Exif"} {
			if bytes.Contains(painted, []byte(secret)) {
				t.Errorf("%s: it still holds %q", test.name, secret)
			}
		}
		bare, err := raster.Painted(test.data, nil)
		if err != nil {
			t.Fatal(err)
		}
		if shown, _, err := image.Decode(bytes.NewReader(bare)); err != nil || reddish(shown) < 150 {
			t.Errorf("%s: without paint the mark should be there: %v", test.name, err)
		}
	}
}

func TestAnAreaLiesWithinItsPicture(t *testing.T) {
	for area, want := range map[raster.Area]bool{
		{X: 0, Y: 0, Width: 1, Height: 1}:                    true,
		{X: 0.1, Y: 0.2, Width: 0.9, Height: 0.8}:            true,
		{X: 0.5, Y: 0.5, Width: 0, Height: 0.1}:              false,
		{X: -0.1, Y: 0, Width: 0.5, Height: 0.5}:             false,
		{X: 0.6, Y: 0, Width: 0.5, Height: 0.5}:              false,
		{X: 0, Y: 0, Width: math.Inf(1), Height: 1}:          false,
		{X: 0, Y: math.Copysign(0, -1), Width: 1, Height: 1}: true,
	} {
		if got := area.Allowed(); got != want {
			t.Errorf("%+v: %v", area, got)
		}
	}
	if (raster.Area{X: math.NaN(), Width: 1, Height: 1}).Allowed() {
		t.Error("what is no number is taken")
	}
}

func TestWhatIsNoPictureIsNotPainted(t *testing.T) {
	for _, data := range [][]byte{nil, []byte("%PDF-1.7"), []byte("\x89PNG\r\n\x1a\n")} {
		if painted, err := raster.Painted(data, nil); !errors.Is(err, raster.ErrNotImage) || painted != nil {
			t.Errorf("%q: %d bytes, %v", data, len(painted), err)
		}
	}
}
