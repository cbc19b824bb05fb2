package appended

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// archivist holds what is taken over from a file to the rules of PDF/A-3b (ISO 19005-3): those that a page of another file
// can break within one that follows them. Where more than a rule would have to be known, it finds against the file.
//
// Some fonts can't be judged here, since their programs are not read: of a file that has such, its own claim to be PDF/A
// is taken for it, for that font alone.
type archivist struct {
	*importer
	seen map[int]bool
	// claims says that the file calls itself PDF/A.
	claims bool
	fonts  map[string]*shownFont
	// broken is the first rule that was found broken, with its section.
	broken string
}

var claim = regexp.MustCompile(`pdfaid:part(?:>|\s*=\s*["'])\s*[123]`)

func newArchivist(i *importer) *archivist {
	a := &archivist{importer: i, seen: map[int]bool{}, fonts: map[string]*shownFont{}}
	if root, err := i.file.Catalog(); err == nil {
		if _, metadata := a.stream(root["Metadata"]); metadata != nil {
			a.claims = claim.Match(metadata)
		}
	}
	return a
}

func (a *archivist) breaks(section, what string, values ...any) {
	if a.broken == "" {
		a.broken = section + ": " + fmt.Sprintf(what, values...)
	}
}

// judge tells the rule that a page breaks by its content, by all that this uses, or by what is drawn on it.
func (a *archivist) judge(content []byte, resources types.Dict, drawnOn []placedForm) {
	a.content(content, resources, 0)
	a.look(resources, 0)
	for _, form := range drawnOn {
		if form.reference != nil {
			a.look(*form.reference, 0)
		}
	}
}

// verdict is what was found, fonts last: which of their characters are shown is known then.
func (a *archivist) verdict() string {
	for _, key := range slices.Sorted(maps.Keys(a.fonts)) {
		a.font(a.fonts[key])
	}
	return a.broken
}

// look goes through an object and all that it refers to.
func (a *archivist) look(o types.Object, depth int) {
	if a.broken != "" || depth > maxDepth || a.ctx.Err() != nil {
		return
	}
	switch o := o.(type) {
	case types.IndirectRef:
		number := o.ObjectNumber.Value()
		if a.seen[number] {
			return
		}
		a.seen[number] = true
		if found, err := a.file.Dereference(o); err == nil {
			a.look(found, depth+1)
		}
	case types.Name:
		if o == "DeviceCMYK" {
			a.breaks("6.2.4.3", "colours of a printing press")
		}
	case types.Array:
		a.colourSpace(o)
		for _, member := range o {
			a.look(member, depth+1)
		}
	case types.Dict:
		a.dict(o, depth)
	case types.StringLiteral:
		a.size(len(o))
	case types.HexLiteral:
		a.size(len(o) / 2)
	default:
		if dict, _, ok := streamOf(o); ok {
			a.streamRules(o, dict, depth)
			a.dict(dict, depth)
		}
	}
}

const longestString = 32_767

func (a *archivist) size(bytes int) {
	if bytes > longestString {
		a.breaks("6.1.13", "a string of %d bytes", bytes)
	}
}

// dict holds a dictionary to what its keys mean, and goes on with its entries.
func (a *archivist) dict(d types.Dict, depth int) {
	switch {
	case d["OC"] != nil || a.name(d["Type"]) == "OCG" || a.name(d["Type"]) == "OCMD":
		a.breaks("6.9", "layers that can be switched off")
	case a.name(d["Type"]) == "Font" || d["FontDescriptor"] != nil:
		if a.name(d["Subtype"]) == "Type3" {
			a.glyphProcedures(d, depth)
		}
	case a.name(d["Subtype"]) == "PS" || a.name(d["Subtype2"]) == "PS":
		a.breaks("6.2.9", "PostScript")
	}
	a.graphicsState(d)
	for _, key := range slices.Sorted(maps.Keys(d)) {
		if !slices.Contains(leftBehind, key) {
			a.look(d[key], depth+1)
		}
	}
}

// blendModes are those of ISO 32000-1, section 11.3.5.
var blendModes = []string{
	"Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge", "ColorBurn", "HardLight",
	"SoftLight", "Difference", "Exclusion", "Hue", "Saturation", "Color", "Luminosity",
}

func (a *archivist) graphicsState(d types.Dict) {
	switch mode := d["BM"]; {
	case d["TR"] != nil, d["HTP"] != nil, d["TR2"] != nil && a.name(d["TR2"]) != "Default", d["HT"] != nil && a.name(d["HT"]) != "Default":
		a.breaks("6.2.5", "a transfer function or halftone")
	case mode != nil && !slices.Contains(blendModes, a.name(mode)):
		a.breaks("6.2.10", "an unknown way of blending")
	case d["BM"] != nil && d["Font"] != nil:
		a.breaks("6.2.11", "a font that is chosen by a graphics state")
	}
}

func (a *archivist) streamRules(o types.Object, d types.Dict, depth int) {
	for _, key := range []string{"F", "FFilter", "FDecodeParms"} {
		if d[key] != nil {
			a.breaks("6.1.7.1", "data that stands elsewhere")
		}
	}
	for _, filter := range append(a.array(d["Filter"]), d["Filter"]) {
		if called := a.name(filter); slices.Contains([]string{"LZWDecode", "Crypt", "JPXDecode"}, called) {
			a.breaks("6.1.7.2", "the filter %s", called)
		}
	}
	if a.name(d["Subtype"]) == "Image" {
		a.image(d)
		return
	}
	if a.name(d["Subtype"]) == "Form" || a.number(d["PatternType"]) == 1 {
		resources, _ := a.get(d["Resources"]).(types.Dict)
		_, content := a.stream(o)
		a.content(content, resources, depth+1)
	}
}

func (a *archivist) image(d types.Dict) {
	interpolated, _ := a.get(d["Interpolate"]).(types.Boolean)
	bits := int(a.number(d["BitsPerComponent"]))
	switch {
	case d["Alternates"] != nil || d["OPI"] != nil:
		a.breaks("6.2.8", "a picture with alternates")
	case bool(interpolated):
		a.breaks("6.2.8", "a picture that is to be smoothed")
	case d["BitsPerComponent"] != nil && !slices.Contains([]int{1, 2, 4, 8, 16}, bits):
		a.breaks("6.2.8", "a picture of %d bits", bits)
	}
}

// colourSpace holds an array to section 6.2.4 when it is a colour space. Inks are not let pass: of two files that name
// one alike, each may mean another.
func (a *archivist) colourSpace(space types.Array) {
	if len(space) < 2 {
		return
	}
	switch a.name(space[0]) {
	case "Separation", "DeviceN":
		a.breaks("6.2.4.4", "inks")
	case "ICCBased":
		dict, profile := a.stream(space[1])
		expected := map[float64]string{1: "GRAY", 3: "RGB "}[a.number(dict["N"])]
		lab := a.number(dict["N"]) == 3 && len(profile) > 128 && string(profile[16:20]) == "Lab "
		if len(profile) < 128 || string(profile[36:40]) != "acsp" || profile[8] > 4 || string(profile[16:20]) != expected && !lab {
			a.breaks("6.2.4.2", "a colour profile that is not one for screens")
		}
	}
}

// glyphProcedures are the drawings of a font that is made of such.
func (a *archivist) glyphProcedures(font types.Dict, depth int) {
	resources, _ := a.get(font["Resources"]).(types.Dict)
	procedures, _ := a.get(font["CharProcs"]).(types.Dict)
	for _, key := range slices.Sorted(maps.Keys(procedures)) {
		_, content := a.stream(procedures[key])
		a.content(content, resources, depth+1)
	}
}

func (a *archivist) get(o types.Object) types.Object {
	found, err := a.file.Dereference(o)
	if err != nil {
		return nil
	}
	return found
}

func (a *archivist) name(o types.Object) string {
	name, _ := a.get(o).(types.Name)
	return string(name)
}

func (a *archivist) array(o types.Object) types.Array {
	list, _ := a.get(o).(types.Array)
	return slices.Clone(list)
}

func (a *archivist) number(o types.Object) float64 {
	value, err := a.file.DereferenceNumber(o)
	if err != nil {
		return 0
	}
	return value
}

// stream is a stream's dictionary and its data without filters, nil when there is none or it can't be decoded.
func (a *archivist) stream(o types.Object) (types.Dict, []byte) {
	var s types.StreamDict
	switch found := a.get(o).(type) {
	case types.StreamDict:
		s = found
	case *types.StreamDict:
		s = *found
	default:
		return nil, nil
	}
	s.Raw = bytes.Clone(s.Raw)
	if err := s.DecodeWithLimit(maxDecoded); err != nil {
		a.breaks("6.1.7", "a stream that can't be decoded")
		return s.Dict, nil
	}
	return s.Dict, s.Content
}
