package pdf

import (
	"strings"

	"github.com/boombuler/barcode/qr"

	"constancia/internal/i18n"
)

// quietZone is the blank margin that a reader of QR codes needs, in modules (ISO/IEC 18004, section 6.3.8).
const quietZone = 4

// fingerprintCode draws the record's fingerprint as a QR code in a white square, each row's dark modules as rectangles.
func (d *document) fingerprintCode(x, top, side float64) {
	code, err := qr.Encode(d.model.RecordFingerprint, qr.M, qr.Auto)
	if err != nil {
		d.pdf.SetError(err)
		return
	}
	modules := code.Bounds().Dx()
	module := side / float64(modules+2*quietZone)
	dark := func(column, row int) bool {
		if column >= modules {
			return false
		}
		red, _, _, _ := code.At(column, row).RGBA()
		return red == 0
	}
	var path strings.Builder
	for row := range modules {
		for start := 0; start < modules; start++ {
			if !dark(start, row) {
				continue
			}
			end := start
			for dark(end, row) {
				end++
			}
			path.WriteString(rectangle(x+module*float64(start+quietZone), top+module*float64(row+quietZone), module*float64(end-start), module) + " ")
			start = end
		}
	}
	d.fillRect(x, top, side, side, white)
	d.figure(d.words.Text("dossier.summary.qr", i18n.Values{"fingerprint": d.model.RecordFingerprint}), func() {
		d.op(fillColor(ink) + " " + path.String() + "f")
	})
}
