// Package raster reads images of pixels that came from anywhere: how large they are, which way up they are, and a small
// picture of them. A small file can claim an image of any size, so what is decoded is bounded first.
package raster

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif" // decoder
	"image/jpeg"
	_ "image/png" // decoder
	"io"

	_ "golang.org/x/image/bmp" // decoder
	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // decoder
)

// Why there is no picture.
var (
	ErrNotImage = errors.New("not an image that can be read")
	ErrTooLarge = errors.New("image too large to show")
)

// Pixels that an image may have: to be decoded here, where a pixel takes four bytes and then some; and to be shown by a
// web view, which takes the largest photos of phones.
const (
	maxDecoded = 64 << 20
	maxShown   = 256 << 20
)

// RequireShowable fails with ErrTooLarge for an image that a web view had better not be given, and with ErrNotImage for
// what is none. It reads no more than the image's head.
func RequireShowable(r io.Reader) error {
	_, err := formatOf(r, maxShown)
	return err
}

// formatOf tells how an image is written, unless it claims more pixels than most.
func formatOf(r io.Reader, most int) (format string, err error) {
	defer guard(&err)
	config, format, err := image.DecodeConfig(bufio.NewReader(r))
	if err != nil || config.Width < 1 || config.Height < 1 {
		return format, ErrNotImage
	}
	if config.ColorModel == color.RGBA64Model || config.ColorModel == color.NRGBA64Model {
		most /= 2 // 16 bits for each colour
	}
	if config.Width > most/config.Height {
		return format, ErrTooLarge
	}
	return format, nil
}

// thumbnailQuality is that of a small JPEG: good enough to know a photo by.
const thumbnailQuality = 80

// Thumbnail makes a JPEG of an image, upright, on white, with no side longer than side. Of an animation it is the first
// picture.
func Thumbnail(r io.ReadSeeker, side int) (small []byte, err error) {
	defer guard(&err)
	format, err := formatOf(r, maxDecoded)
	if err != nil {
		return nil, err
	}
	orientation := Upright
	if format == "jpeg" {
		if _, err := r.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		orientation = jpegOrientation(r)
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	decoded, _, err := image.Decode(bufio.NewReader(r))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotImage, err)
	}
	var out bytes.Buffer
	err = jpeg.Encode(&out, Turned(reduced(decoded, side), orientation), &jpeg.Options{Quality: thumbnailQuality})
	return out.Bytes(), err
}

// reduced scales an image down to sides that are no longer than side, on white paper.
func reduced(source image.Image, side int) *image.RGBA {
	bounds := source.Bounds()
	width, height := bounds.Dx(), bounds.Dy()
	if longest := max(width, height); longest > side {
		width, height = max(1, width*side/longest), max(1, height*side/longest)
	}
	small := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(small, small.Bounds(), image.White, image.Point{}, draw.Src)
	draw.BiLinear.Scale(small, small.Bounds(), source, bounds, draw.Over, nil)
	return small
}

// guard makes a decoder's panic on damaged data an error: a file must not end the program.
func guard(err *error) {
	if cause := recover(); cause != nil {
		*err = fmt.Errorf("%w: %v", ErrNotImage, cause)
	}
}
