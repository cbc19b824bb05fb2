package casework

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"

	"constancia/internal/problem"
	"constancia/internal/raster"
)

// signatureSetting is where the picture of the person's signature is kept, outside the record.
const signatureSetting = "signature.image"

const (
	// maxSignatureBytes bounds the file that is read, and signaturePixels the longest side of what is kept.
	maxSignatureBytes = 16 << 20
	signaturePixels   = 1000
	// paper is how light a pixel is that counts as paper, of 255.
	paper = 224
)

// KeepSignatureImage keeps a picture of the person's signature, on paper or drawn, for covering letters and filing sheets. It
// is decoded and encoded again, without metadata, without the paper around it.
//
// Problem: signature_refused (no picture that can be read, or nothing on it).
func (c *Casework) KeepSignatureImage(ctx context.Context, r io.Reader) error {
	data, err := io.ReadAll(io.LimitReader(r, maxSignatureBytes+1))
	if err != nil {
		return err
	}
	if len(data) > maxSignatureBytes {
		return problem.New(problem.SignatureRefused, nil)
	}
	drawn, err := signatureOf(data)
	if err != nil {
		return problem.Wrap(err, problem.SignatureRefused, nil)
	}
	return c.library.PutSetting(ctx, signatureSetting, base64.StdEncoding.EncodeToString(drawn))
}

// SignatureImage is the kept picture of the person's signature, in PNG; nil when there is none.
func (c *Casework) SignatureImage(ctx context.Context) ([]byte, error) {
	text, err := c.library.Setting(ctx, signatureSetting)
	if err != nil || text == "" {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(text)
}

// ForgetSignatureImage removes it.
func (c *Casework) ForgetSignatureImage(ctx context.Context) error {
	return c.library.PutSetting(ctx, signatureSetting, "")
}

// signatureOf makes of a photo, a scan or a drawing what is drawn on it, on white, in PNG.
func signatureOf(data []byte) ([]byte, error) {
	small, err := raster.Thumbnail(bytes.NewReader(data), signaturePixels)
	if err != nil {
		return nil, err
	}
	decoded, _, err := image.Decode(bytes.NewReader(small))
	if err != nil {
		return nil, err
	}
	drawn := image.NewRGBA(decoded.Bounds())
	var extent image.Rectangle
	for y := drawn.Rect.Min.Y; y < drawn.Rect.Max.Y; y++ {
		for x := drawn.Rect.Min.X; x < drawn.Rect.Max.X; x++ {
			pixel := color.RGBAModel.Convert(decoded.At(x, y)).(color.RGBA)
			if min(pixel.R, pixel.G, pixel.B) >= paper {
				pixel = color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}
			} else {
				extent = extent.Union(image.Rect(x, y, x+1, y+1))
			}
			drawn.SetRGBA(x, y, pixel)
		}
	}
	if extent.Dx() < 2 || extent.Dy() < 2 {
		return nil, errors.New("nothing is drawn on it")
	}
	var out bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, drawn.SubImage(extent))
	return out.Bytes(), err
}

// KeepSignatureFile is [Casework.KeepSignatureImage] of a file.
//
// Problems: file_not_found, file_unreadable, signature_refused.
func (c *Casework) KeepSignatureFile(ctx context.Context, path string) error {
	file, err := openFile(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	return c.KeepSignatureImage(ctx, file)
}
