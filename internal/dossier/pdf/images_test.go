package pdf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
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

func jpegOf(t *testing.T, source image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, source, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// withExif puts an APP1 segment with an orientation, and a comment, after the start of a JPEG.
func withExif(data []byte, orientation uint16) []byte {
	body := []byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	body = binary.BigEndian.AppendUint16(body, orientation)
	body = append(body, 0, 0, 0, 0, 0, 0)
	segment := append([]byte{0xFF, markerExif, 0, byte(len(body) + 2)}, body...)
	comment := append([]byte{0xFF, markerComment, 0, 14}, "GPS 41.6, 0.8"[:12]...)
	return bytes.Join([][]byte{data[:2], segment, comment, data[2:]}, nil)
}

func TestAPlainPhotoKeepsItsCodedDataWithoutItsMetadata(t *testing.T) {
	data := jpegOf(t, corners(60, 40))
	shown, err := readPicture(append(withExif(data, 1), "trailing video"...))
	if err != nil {
		t.Fatal(err)
	}
	if shown.format != "JPG" || !bytes.Equal(shown.data, data) {
		t.Errorf("got %s of %d bytes, want the JPEG's own %d bytes", shown.format, len(shown.data), len(data))
	}
}

func TestAPhotoIsTurnedUprightByItsOrientation(t *testing.T) {
	red := map[uint16]image.Point{ // where the red quarter has to be shown, in halves
		2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1},
	}
	for orientation, quarter := range red {
		shown, err := readPicture(withExif(jpegOf(t, corners(64, 32)), orientation))
		if err != nil {
			t.Fatal(err)
		}
		wide, high := 64, 32
		if orientation >= 5 {
			wide, high = 32, 64
		}
		if shown.width != wide || shown.height != high {
			t.Errorf("orientation %d: %d × %d pixels, want %d × %d", orientation, shown.width, shown.height, wide, high)
		}
		decoded, err := jpeg.Decode(bytes.NewReader(shown.data))
		if err != nil {
			t.Fatal(err)
		}
		_, greenPart, _, _ := decoded.At(wide/4+quarter.X*wide/2, high/4+quarter.Y*high/2).RGBA()
		if greenPart > 0x4000 {
			t.Errorf("orientation %d: the red quarter is not at %v", orientation, quarter)
		}
	}
}

func TestImagesAPDFCantHoldAreEncodedAgain(t *testing.T) {
	encoded := func(source image.Image) []byte {
		var out bytes.Buffer
		if err := png.Encode(&out, source); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	deep := image.NewRGBA64(image.Rect(0, 0, 10, 10))
	clear := image.NewNRGBA(image.Rect(0, 0, 10, 10)) // all transparent
	var animation bytes.Buffer
	if err := gif.Encode(&animation, corners(10, 10), nil); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"16 bits": encoded(deep), "transparency": encoded(clear), "GIF": animation.Bytes()} {
		shown, err := readPicture(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		config, err := png.DecodeConfig(bytes.NewReader(shown.data))
		if err != nil || shown.format != "PNG" || config.ColorModel != color.RGBAModel {
			t.Errorf("%s: got %s, %v, %v; want an opaque 8-bit PNG", name, shown.format, config.ColorModel, err)
		}
	}
	shown, err := readPicture(encoded(clear))
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := png.Decode(bytes.NewReader(shown.data))
	if err != nil {
		t.Fatal(err)
	}
	if r, _, _, _ := decoded.At(5, 5).RGBA(); r != 0xffff {
		t.Error("what is transparent is not white paper")
	}
}

func TestAPNGIsPassedOnOnlyWhenItIsWhole(t *testing.T) {
	var out bytes.Buffer
	if err := png.Encode(&out, opaque{corners(40, 30)}); err != nil {
		t.Fatal(err)
	}
	whole := out.Bytes()
	if shown, err := readPicture(whole); err != nil || !shown.passed || !bytes.Equal(shown.data, whole) {
		t.Errorf("a plain PNG is not passed on: %v", err)
	}
	flipped := bytes.Clone(whole)
	flipped[len(flipped)/2] ^= 1
	for name, data := range map[string][]byte{"cut": whole[:len(whole)-20], "with a flipped bit": flipped} {
		if _, err := readPicture(data); !errors.Is(err, errDamaged) {
			t.Errorf("one that is %s is taken: %v", name, err)
		}
	}
}

func TestALargeImageIsReducedToWhatPrintNeeds(t *testing.T) {
	var out bytes.Buffer
	if err := gif.Encode(&out, image.NewPaletted(image.Rect(0, 0, 5000, 100), color.Palette{color.White}), nil); err != nil {
		t.Fatal(err)
	}
	shown, err := readPicture(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if shown.width != printPixels || shown.height != 48 {
		t.Errorf("got %d × %d pixels", shown.width, shown.height)
	}
}

// FuzzReadPicture holds that no bytes end the program, and that a picture has a size.
func FuzzReadPicture(f *testing.F) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, corners(16, 16), nil); err != nil {
		f.Fatal(err)
	}
	f.Add(out.Bytes())
	f.Add(withExif(out.Bytes(), 6))
	f.Add([]byte("\xff\xd8\xff\xda\x00\x02"))
	f.Add([]byte("\xff\xd8\xff\xd9"))
	f.Fuzz(func(t *testing.T, data []byte) {
		shown, err := readPicture(data)
		if err == nil && (shown.width < 1 || shown.height < 1 || len(shown.data) == 0) {
			t.Errorf("a picture of %d × %d pixels in %d bytes", shown.width, shown.height, len(shown.data))
		}
	})
}
