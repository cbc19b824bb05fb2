package pdf

import (
	"bytes"
	"fmt"
	"math"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"

	typefaces "constancia/internal/dossier/pdf/fonts"
)

// outlines is a typeface whose glyphs are drawn as shapes: of the scripts whose letters join, stack or change places, and
// of characters above U+FFFF, for which the codes of a page have no room. Each shape stands in the file once, as a form.
type outlines struct {
	which face
	face  *font.Face
	forms map[outlined]form
}

// outlined is a glyph as it is drawn: bold glyphs have an outline that is drawn, too.
type outlined struct {
	id   font.GID
	bold bool
}

// form is a form XObject (ISO 32000-1, section 8.10) that draws a glyph in the colours that are set, in units of the
// typeface. One without a name draws nothing.
type form struct {
	name   string // with its slash
	object []byte
}

func (f *fonts) outlines(which face) *outlines {
	if o, ok := f.outlined[which]; ok {
		return o
	}
	o := &outlines{which: which, forms: map[outlined]form{}}
	f.outlined[which] = o
	data, err := typefaces.Read(faceFiles[which])
	if err == nil {
		o.face, err = font.ParseTTF(bytes.NewReader(data))
	}
	if err != nil {
		f.pdf.SetError(fmt.Errorf("load font %s: %w", faceFiles[which], err))
	}
	return o
}

func (o *outlines) has(r rune) bool {
	if o.face == nil {
		return false
	}
	id, ok := o.face.NominalGlyph(r)
	return ok && id != 0
}

// form is the name of the form that draws a glyph; empty for one without a shape.
func (o *outlines) form(id font.GID, bold bool) string {
	key := outlined{id, bold}
	if made, ok := o.forms[key]; ok {
		return made.name
	}
	var made form
	if path, box := o.path(id); path != "" {
		name, paint := fmt.Sprintf("/Glyph%d-%d", o.which, id), " f"
		if bold {
			name, paint = name+"b", " B"
		}
		made = form{name, fmt.Appendf(nil, "<</Type /XObject /Subtype /Form /BBox [%s] /Resources <<>> /Length %d>>\nstream\n%s%s\nendstream\nendobj",
			box, len(path)+len(paint), path, paint)}
	}
	o.forms[key] = made
	return made.name
}

// embedOutlines gives gofpdf the forms of the glyphs that were drawn.
func (f *fonts) embedOutlines() {
	objects, names := map[string][]byte{}, map[string]string{}
	for _, o := range f.outlined {
		for _, made := range o.forms {
			if made.name != "" {
				objects[made.name], names[made.name] = made.object, made.name
			}
		}
	}
	f.pdf.ImportObjects(objects)
	f.pdf.ImportTemplates(names)
}

// path writes a glyph as path operators, in units of the typeface, and tells the box around it and its line.
func (o *outlines) path(id font.GID) (path, box string) {
	var out strings.Builder
	shape, _ := o.face.GlyphDataOutline(id)
	var last font.SegmentPoint
	left, bottom, right, top := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for i, segment := range shape.Segments {
		a := segment.Args
		switch segment.Op {
		case opentype.SegmentOpMoveTo:
			if i > 0 {
				out.WriteString("h ")
			}
			fmt.Fprintf(&out, "%s m ", inUnits(a[0]))
		case opentype.SegmentOpLineTo:
			fmt.Fprintf(&out, "%s l ", inUnits(a[0]))
		case opentype.SegmentOpQuadTo: // a PDF has only cubic curves
			fmt.Fprintf(&out, "%s %s %s c ", inUnits(between(last, a[0])), inUnits(between(a[1], a[0])), inUnits(a[1]))
		case opentype.SegmentOpCubeTo:
			fmt.Fprintf(&out, "%s %s %s c ", inUnits(a[0]), inUnits(a[1]), inUnits(a[2]))
		}
		for _, p := range segment.ArgsSlice() { // a curve stays within its points
			left, right = min(left, float64(p.X)), max(right, float64(p.X))
			bottom, top = min(bottom, float64(p.Y)), max(top, float64(p.Y))
		}
		last = segment.ArgsSlice()[len(segment.ArgsSlice())-1]
	}
	if out.Len() == 0 {
		return "", ""
	}
	line := math.Ceil(boldness / float64(unitsPerEm) * float64(o.face.Upem()))
	return out.String() + "h", fmt.Sprintf("%.0f %.0f %.0f %.0f", math.Floor(left)-line, math.Floor(bottom)-line, math.Ceil(right)+line, math.Ceil(top)+line)
}

// between is two thirds of the way to the control point of a quadratic curve.
func between(end, control font.SegmentPoint) font.SegmentPoint {
	return font.SegmentPoint{X: end.X + (control.X-end.X)*2/3, Y: end.Y + (control.Y-end.Y)*2/3}
}

func inUnits(p font.SegmentPoint) string { return fmt.Sprintf("%.0f %.0f", p.X, p.Y) }
