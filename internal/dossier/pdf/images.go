package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // decoder
	"image/jpeg"
	"image/png"
	"io"

	_ "golang.org/x/image/bmp" // decoder
	"golang.org/x/image/draw"
	_ "golang.org/x/image/tiff" // decoder
	_ "golang.org/x/image/webp" // decoder

	"constancia/internal/dossier/seal"
	"constancia/internal/raster"
)

const (
	// maxImageBytes and maxPixels bound what is read and decoded: a small file can claim a picture of any size.
	maxImageBytes = 64 << 20
	maxPixels     = 64 << 20
	// printPixels is the longest side that print needs: 200 mm at 300 dots per inch.
	printPixels = 2400
	jpegQuality = 90
)

// picture is an image as a PDF can hold it: upright, 8 bits, grey or RGB, without metadata.
type picture struct {
	format        string // JPG or PNG, as gofpdf names them
	data          []byte
	width, height int
	// passed says that the data is the file's own, but for its metadata.
	passed bool
}

// Why an image is described instead of shown.
var (
	errNotImage  = errors.New("not an image that can be shown")
	errErased    = errors.New("nothing but the number is left")
	errWithheld  = errors.New("the edition does not show it")
	errDamaged   = errors.New("damaged image")
	errTooLarge  = errors.New("image too large to show")
	errNotOpened = errors.New("file can't be opened")
)

// images reads exhibits' pictures.
type images struct {
	open func(sha256 string) (io.ReadCloser, error)
	// apart are the pictures that the pages hold stand-ins for; nil when they hold them all.
	apart map[string]seal.Picture
	ahead *ahead // nil when none is read before it is asked for
	// small has them all reduced to what a screen needs.
	small bool
}

func newImages(o Options, small bool) *images {
	i := &images{open: o.Open, small: small || o.Small}
	if o.Apart {
		i.apart = map[string]seal.Picture{}
	}
	return i
}

// read makes the picture of a file ready.
func (i *images) read(sha256 string) (picture, error) {
	if i.open == nil {
		return picture{}, errNotOpened
	}
	file, err := i.open(sha256)
	if err != nil {
		return picture{}, errNotOpened
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(file, maxImageBytes+1))
	if err != nil {
		return picture{}, errNotOpened
	}
	if len(data) > maxImageBytes {
		return picture{}, errTooLarge
	}
	if i.small {
		return smallPicture(data)
	}
	return readPicture(data)
}

// setApart leaves the data of a photograph that is shown as it is to be read again when it is written, so that however
// many there are, one is held at a time.
func (i *images) setApart(sha256 string, shown picture) picture {
	if i.apart == nil || !shown.passed || shown.format != "JPG" {
		return shown
	}
	size := len(shown.data)
	shown.data = standIn(shown.data, sha256)
	i.apart[string(shown.data)] = seal.Picture{Size: size, Read: func() ([]byte, error) {
		again, err := i.read(sha256)
		return again.data, err
	}}
	return shown
}

// readPicture keeps the coded data of a plain upright image and encodes any other again. A decoder of the standard
// library that panics on damaged data must not take the dossier with it.
func readPicture(data []byte) (shown picture, err error) {
	defer func() {
		if recovered := recover(); recovered != nil {
			shown, err = picture{}, fmt.Errorf("%w: %v", errDamaged, recovered)
		}
	}()
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return picture{}, errNotImage
	}
	if config.Width < 1 || config.Height < 1 {
		return picture{}, errDamaged
	}
	if config.Width > maxPixels/config.Height {
		return picture{}, errTooLarge
	}
	turn := raster.Upright
	if format == "jpeg" {
		plain, orientation, ok := plainJPEG(data)
		if ok && orientation == raster.Upright {
			return picture{"JPG", plain, config.Width, config.Height, true}, nil
		}
		turn = orientation
	}
	if format == "png" && isWholePNG(data) {
		return picture{"PNG", data, config.Width, config.Height, true}, nil
	}
	decoded, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return picture{}, errDamaged
	}
	if format == "png" && isPlainPalette(data, decoded) {
		return picture{"PNG", data, config.Width, config.Height, true}, nil
	}
	return encode(raster.Turned(onWhite(reduced(decoded)), turn), format)
}

// isPlainPalette reports whether gofpdf can hold a PNG with a palette as it is: 8 bits, not interlaced, no transparency.
func isPlainPalette(data []byte, decoded image.Image) bool {
	if len(data) <= pngInterlace || data[pngDepth] != 8 || data[pngInterlace] != 0 {
		return false
	}
	paletted, ok := decoded.(*image.Paletted)
	return ok && paletted.Opaque()
}

// reduced scales an image down to what print needs.
func reduced(source image.Image) image.Image {
	bounds := source.Bounds()
	longest := max(bounds.Dx(), bounds.Dy())
	if longest <= printPixels {
		return source
	}
	scaled := image.NewRGBA(image.Rect(0, 0, max(1, bounds.Dx()*printPixels/longest), max(1, bounds.Dy()*printPixels/longest)))
	draw.Draw(scaled, scaled.Bounds(), image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(scaled, scaled.Bounds(), source, bounds, draw.Over, nil)
	return scaled
}

// onWhite lays an image on white paper, as RGB.
func onWhite(source image.Image) *image.RGBA {
	bounds := source.Bounds()
	opaque := image.NewRGBA(image.Rect(0, 0, bounds.Dx(), bounds.Dy()))
	draw.Draw(opaque, opaque.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(opaque, opaque.Bounds(), source, bounds.Min, draw.Over)
	return opaque
}

// encode writes photographs as JPEG and drawings, which have sharp edges, as PNG.
func encode(source *image.RGBA, from string) (picture, error) {
	var out bytes.Buffer
	size := source.Bounds()
	if from == "jpeg" || from == "webp" || from == "tiff" && size.Dx()*size.Dy() > 2<<20 {
		err := jpeg.Encode(&out, source, &jpeg.Options{Quality: jpegQuality})
		return picture{"JPG", out.Bytes(), size.Dx(), size.Dy(), false}, err
	}
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	err := encoder.Encode(&out, opaque{source})
	return picture{"PNG", out.Bytes(), size.Dx(), size.Dy(), false}, err
}

// opaque tells the PNG encoder that an image has no transparency, which it would otherwise look for in each pixel.
type opaque struct{ *image.RGBA }

func (opaque) Opaque() bool { return true }
