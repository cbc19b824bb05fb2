package raster_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"testing"

	"constancia/internal/raster"
)

// corners is an image whose upper left quarter is red, the rest white.
func corners(width, height int) *image.RGBA {
	source := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.RGBA{0xff, 0xff, 0xff, 0xff}
			if x < width/2 && y < height/2 {
				c = color.RGBA{0xff, 0, 0, 0xff}
			}
			source.SetRGBA(x, y, c)
		}
	}
	return source
}

func encoded(t testing.TB, encode func(io.Writer) error) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := encode(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func jpegOf(t testing.TB, source image.Image) []byte {
	return encoded(t, func(w io.Writer) error { return jpeg.Encode(w, source, nil) })
}

func pngOf(t testing.TB, source image.Image) []byte {
	return encoded(t, func(w io.Writer) error { return png.Encode(w, source) })
}

// turnedBy puts segments that come before an orientation, and one with it, after the start of a JPEG.
func turnedBy(data []byte, orientation uint16) []byte {
	body := []byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	body = binary.BigEndian.AppendUint16(body, orientation)
	body = append(body, 0, 0, 0, 0, 0, 0)
	comment := []byte("\xff\xfe\x00\x0amy photo")
	exif := append([]byte{0xFF, 0xFF, 0xE1, 0, byte(len(body) + 2)}, body...) // with a fill byte
	return bytes.Join([][]byte{data[:2], comment, exif, data[2:]}, nil)
}

// bombOf is the head of a PNG that claims a size, and no more of it.
func bombOf(width, height uint32, depth, colours byte) []byte {
	head := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)...)
	head = append(head, depth, colours, 0, 0, 0)
	data := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(data, crc32.ChecksumIEEE(head))
}

// aWebP is 1 by 1, lossless.
var aWebP, _ = base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")

func decoded(t *testing.T, data []byte) image.Image {
	t.Helper()
	got, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestAThumbnailFitsItsSideAndKeepsItsShape(t *testing.T) {
	tests := map[string]struct {
		width, height int
		want          image.Point
	}{
		"wide":            {800, 400, image.Pt(100, 50)},
		"tall":            {400, 800, image.Pt(50, 100)},
		"small stays":     {30, 20, image.Pt(30, 20)},
		"a line is there": {3000, 1, image.Pt(100, 1)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, data := range [][]byte{jpegOf(t, corners(test.width, test.height)), pngOf(t, corners(test.width, test.height))} {
				small, err := raster.Thumbnail(bytes.NewReader(data), 100)
				if err != nil {
					t.Fatal(err)
				}
				if got := decoded(t, small).Bounds().Size(); got != test.want {
					t.Errorf("it is %v, want %v", got, test.want)
				}
			}
		})
	}
}

func TestAThumbnailStandsUprightHoweverTheCameraWasHeld(t *testing.T) {
	// Where the red quarter has to be shown, in halves.
	for orientation, want := range map[uint16]image.Point{
		1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}, 0: {0, 0}, 9: {0, 0},
	} {
		small, err := raster.Thumbnail(bytes.NewReader(turnedBy(jpegOf(t, corners(400, 200)), orientation)), 100)
		if err != nil {
			t.Fatal(err)
		}
		got := decoded(t, small)
		size := got.Bounds().Size()
		if tall := orientation >= 5 && orientation <= 8; tall != (size.Y > size.X) {
			t.Errorf("orientation %d: it is %v", orientation, size)
		}
		for _, half := range []image.Point{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
			_, green, _, _ := got.At(size.X/4+half.X*size.X/2, size.Y/4+half.Y*size.Y/2).RGBA()
			if red := green < 0x8000; red != (half == want) {
				t.Errorf("orientation %d: red at %v: %v", orientation, half, red)
			}
		}
	}
}

func TestEveryKindOfImageOfTheWebHasAThumbnail(t *testing.T) {
	animation := &gif.GIF{Delay: []int{1, 1}, Config: image.Config{Width: 8, Height: 8}}
	for range 2 {
		animation.Image = append(animation.Image, image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.Black, color.White}))
	}
	for name, data := range map[string][]byte{
		"JPEG": jpegOf(t, corners(8, 8)), "PNG": pngOf(t, corners(8, 8)), "WebP": aWebP,
		"an animated GIF":    encoded(t, func(w io.Writer) error { return gif.EncodeAll(w, animation) }),
		"a transparent PNG":  pngOf(t, image.NewNRGBA(image.Rect(0, 0, 8, 8))),
		"a PNG of 16 bits":   pngOf(t, image.NewNRGBA64(image.Rect(0, 0, 8, 8))),
		"a grey PNG":         pngOf(t, image.NewGray(image.Rect(0, 0, 8, 8))),
		"a JPEG, exif later": append(turnedBy(jpegOf(t, corners(8, 8)), 6), "trailing video"...),
	} {
		t.Run(name, func(t *testing.T) {
			if err := raster.RequireShowable(bytes.NewReader(data)); err != nil {
				t.Errorf("it can't be shown: %v", err)
			}
			if small, err := raster.Thumbnail(bytes.NewReader(data), 100); err != nil || len(small) == 0 {
				t.Errorf("got %d bytes, %v", len(small), err)
			}
		})
	}
}

func TestWhatClaimsToBeHugeIsNotDecoded(t *testing.T) {
	for name, test := range map[string]struct {
		data []byte
		want error // for showing
	}{
		"a bomb":                              {bombOf(60_000, 60_000, 8, 6), raster.ErrTooLarge},
		"a long line":                         {bombOf(1<<31-1, 1, 8, 6), raster.ErrTooLarge},
		"a photo of 108 million pixels":       {bombOf(12_000, 9_000, 8, 2), nil},
		"48 million pixels, 16 bits a colour": {bombOf(8_000, 6_000, 16, 6), nil},
	} {
		t.Run(name, func(t *testing.T) {
			if err := raster.RequireShowable(bytes.NewReader(test.data)); !errors.Is(err, test.want) {
				t.Errorf("showing: %v, want %v", err, test.want)
			}
			if _, err := raster.Thumbnail(bytes.NewReader(test.data), 100); !errors.Is(err, raster.ErrTooLarge) {
				t.Errorf("thumbnail: %v", err)
			}
		})
	}
}

func TestWhatIsNoImageIsSaidToBeNone(t *testing.T) {
	photo := jpegOf(t, corners(400, 200))
	for name, data := range map[string][]byte{
		"nothing": nil, "text": []byte("GIF? no"), "no pixels": bombOf(0, 0, 8, 6), "a photo without its top": photo[200:],
		"a photo cut in the middle": photo[:len(photo)/2], "a head alone": bombOf(10, 10, 8, 6),
		"more pixels than can be counted": bombOf(1<<31-1, 1<<31-1, 8, 6),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := raster.Thumbnail(bytes.NewReader(data), 100); !errors.Is(err, raster.ErrNotImage) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// FuzzThumbnail holds that no bytes end the program, and that a thumbnail is no larger than asked for.
func FuzzThumbnail(f *testing.F) {
	for _, data := range [][]byte{jpegOf(f, corners(8, 8)), turnedBy(jpegOf(f, corners(8, 8)), 6), pngOf(f, corners(8, 8)), aWebP, bombOf(9, 9, 8, 6)} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		// A large image takes its time and finds nothing that a small one does not.
		if config, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil && config.Width*config.Height > 1<<20 {
			t.Skip()
		}
		small, err := raster.Thumbnail(bytes.NewReader(data), 16)
		if err != nil {
			return
		}
		if size := decoded(t, small).Bounds().Size(); size.X > 16 || size.Y > 16 {
			t.Errorf("it is %v", size)
		}
	})
}
