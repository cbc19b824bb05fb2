package appended

import (
	"math"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// The page that is taken for one that says no size, and the largest side of one, in points.
const (
	a4Width, a4Height = 595.0, 842.0
	largestSide       = 14_400.0
)

// visible is the part of a page that is seen: its crop box within its media box.
func visible(inherited *model.InheritedPageAttrs) *types.Rectangle {
	media := inherited.MediaBox
	if !usable(media) {
		media = types.NewRectangle(0, 0, a4Width, a4Height)
	}
	crop := inherited.CropBox
	if crop == nil {
		return media
	}
	cut := types.NewRectangle(max(crop.LL.X, media.LL.X), max(crop.LL.Y, media.LL.Y), min(crop.UR.X, media.UR.X), min(crop.UR.Y, media.UR.Y))
	if !usable(cut) {
		return media
	}
	return cut
}

func usable(box *types.Rectangle) bool {
	if box == nil {
		return false
	}
	for _, side := range []float64{box.UR.X - box.LL.X, box.UR.Y - box.LL.Y} {
		if math.IsNaN(side) || side < 1 || side > largestSide {
			return false
		}
	}
	return math.Abs(box.LL.X) < 1e6 && math.Abs(box.LL.Y) < 1e6
}

// upright is the matrix that turns a page by its rotation (clockwise, section 7.7.3.3) and puts its corner at 0, 0.
func upright(box *types.Rectangle, rotation int) (matrix []float64, width, height float64) {
	width, height = box.UR.X-box.LL.X, box.UR.Y-box.LL.Y
	switch ((rotation % 360) + 360) % 360 {
	case 90:
		return []float64{0, -1, 1, 0, -box.LL.Y, box.UR.X}, height, width
	case 180:
		return []float64{-1, 0, 0, -1, box.UR.X, box.UR.Y}, width, height
	case 270:
		return []float64{0, 1, -1, 0, box.UR.Y, -box.LL.X}, height, width
	}
	return []float64{1, 0, 0, 1, -box.LL.X, -box.LL.Y}, width, height
}

// maxAnnotations bounds what is drawn on a page.
const maxAnnotations = 2000

// The flags of annotations that are not to be seen (table 165).
const (
	hidden = 1 << 1
	noView = 1 << 5
)

// annotations are the appearances of what was filled in or written on a page, with their places. What has no appearance
// of its own can't be drawn; what a field of a form says then is kept.
func (i *importer) annotations(page types.Dict) ([]placedForm, error) {
	list, _ := i.file.DereferenceArray(page["Annots"]) // what can't be read is left out; the page shows without it
	var forms []placedForm
	for _, member := range list[:min(len(list), maxAnnotations)] {
		annotation, err := i.file.DereferenceDict(member)
		if err != nil || annotation == nil {
			continue
		}
		if form, ok := i.appearance(annotation); ok {
			forms = append(forms, form)
			continue
		}
		i.undrawn(annotation)
	}
	return forms, i.ctx.Err()
}

func (i *importer) appearance(annotation types.Dict) (placedForm, bool) {
	if i.isHidden(annotation) {
		return placedForm{}, false
	}
	if subtype := annotation.Subtype(); subtype != nil && *subtype == "Popup" {
		return placedForm{}, false
	}
	reference, stream := i.normalAppearance(annotation)
	if stream == nil {
		return placedForm{}, false
	}
	rect, ok1 := i.numbers(annotation["Rect"], 4)
	box, ok2 := i.numbers(stream.Dict["BBox"], 4)
	if !ok1 || !ok2 {
		return placedForm{}, false
	}
	matrix, ok := i.numbers(stream.Dict["Matrix"], 6)
	if !ok {
		matrix = []float64{1, 0, 0, 1, 0, 0}
	}
	placement, ok := onto(transformed(box, matrix), rect)
	return placedForm{reference: reference, matrix: placement}, ok
}

// normalAppearance is the appearance of an annotation in its state (section 12.5.5).
func (i *importer) normalAppearance(annotation types.Dict) (*types.IndirectRef, *types.StreamDict) {
	all, err := i.file.DereferenceDict(annotation["AP"])
	if err != nil || all == nil {
		return nil, nil
	}
	normal := all["N"]
	if states, err := i.file.Dereference(normal); err == nil {
		if byState, ok := states.(types.Dict); ok {
			state := annotation.NameEntry("AS")
			if state == nil {
				return nil, nil
			}
			normal = byState[*state]
		}
	}
	reference, ok := normal.(types.IndirectRef)
	if !ok {
		return nil, nil
	}
	stream, _, err := i.file.DereferenceStreamDict(reference)
	if err != nil || stream == nil {
		return nil, nil
	}
	stream.Dict["Type"], stream.Dict["Subtype"] = types.Name("XObject"), types.Name("Form")
	return &reference, stream
}

func (i *importer) numbers(object types.Object, count int) ([]float64, bool) {
	array, err := i.file.DereferenceArray(object)
	if err != nil || len(array) != count {
		return nil, false
	}
	values := make([]float64, count)
	for at, member := range array {
		value, err := i.file.DereferenceNumber(member)
		if err != nil || math.IsNaN(value) || math.Abs(value) > 1e6 {
			return nil, false
		}
		values[at] = value
	}
	return values, true
}

// transformed is the upright box around a transformed one: left, bottom, right, top.
func transformed(box, m []float64) []float64 {
	out := []float64{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, x := range []float64{box[0], box[2]} {
		for _, y := range []float64{box[1], box[3]} {
			u, v := m[0]*x+m[2]*y+m[4], m[1]*x+m[3]*y+m[5]
			out[0], out[1], out[2], out[3] = min(out[0], u), min(out[1], v), max(out[2], u), max(out[3], v)
		}
	}
	return out
}

// onto is the matrix that scales and moves a box onto a rectangle (algorithm 8.1).
func onto(box, rect []float64) ([]float64, bool) {
	left, bottom := min(rect[0], rect[2]), min(rect[1], rect[3])
	width, height := math.Abs(rect[2]-rect[0]), math.Abs(rect[3]-rect[1])
	wide, tall := box[2]-box[0], box[3]-box[1]
	if wide < 1e-3 || tall < 1e-3 || width < 1e-3 || height < 1e-3 {
		return nil, false
	}
	x, y := width/wide, height/tall
	return []float64{x, 0, 0, y, left - box[0]*x, bottom - box[1]*y}, true
}
