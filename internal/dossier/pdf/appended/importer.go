package appended

import (
	"bytes"
	"compress/zlib"
	"context"
	"crypto/sha1" //nolint:gosec // names objects, guards nothing
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// importer copies what pages need out of a file.
type importer struct {
	ctx      context.Context
	file     *model.Context
	key      string
	document Document
	bytes    int
	// archivist judges what is taken over.
	archivist *archivist
}

func newImporter(ctx context.Context, file *model.Context, key string) *importer {
	i := &importer{ctx: ctx, file: file, key: key, document: Document{
		Objects: map[string][]byte{}, Positions: map[string]map[int]string{}}}
	i.archivist = newArchivist(i)
	return i
}

// id names an object: 40 characters, the room that gofpdf needs for its number.
func (i *importer) id(part string) string {
	sum := sha1.Sum([]byte(i.key + " " + part)) //nolint:gosec // see above
	return hex.EncodeToString(sum[:])
}

// page makes a form of a page, with its annotations drawn on it.
func (i *importer) page(number int) (Page, error) {
	dict, _, inherited, err := i.file.PageDict(number, false)
	if err != nil || dict == nil {
		return Page{}, fmt.Errorf("%w: page %d: %w", ErrDamaged, number, err)
	}
	box := visible(inherited)
	content, err := i.file.PageContent(dict, number)
	if err != nil && !errors.Is(err, model.ErrNoContent) {
		return Page{}, fmt.Errorf("%w: page %d: %w", ErrDamaged, number, err)
	}
	resources := inherited.Resources
	if resources == nil {
		resources = types.Dict{}
	}
	inner := types.Dict{
		"Type": types.Name("XObject"), "Subtype": types.Name("Form"), "BBox": numbers(box.LL.X, box.LL.Y, box.UR.X, box.UR.Y),
		"Resources": resources,
	}
	if group, ok := dict["Group"]; ok {
		inner["Group"] = group
		i.archivist.look(group, 0)
	}
	name := fmt.Sprintf("page %d", number)
	if err := i.addStream(i.id(name+" content"), inner, content); err != nil {
		return Page{}, err
	}
	forms := []placedForm{{id: i.id(name + " content")}}
	annotations, err := i.annotations(dict)
	if err != nil {
		return Page{}, err
	}
	i.archivist.judge(content, resources, annotations)
	matrix, width, height := upright(box, inherited.Rotate)
	if err := i.addFrame(i.id(name), box, matrix, append(forms, annotations...)); err != nil {
		return Page{}, err
	}
	return Page{Form: i.id(name), Width: width, Height: height}, nil
}

// placedForm is a form within a page: an object of the file, or one of ours by its id.
type placedForm struct {
	reference *types.IndirectRef
	id        string
	matrix    []float64 // nil leaves it where it is
}

// addFrame adds a form that draws others, turned upright.
func (i *importer) addFrame(id string, box *types.Rectangle, matrix []float64, forms []placedForm) error {
	w := writer{positions: map[int]string{}}
	var content strings.Builder
	w.text("<</Type /XObject /Subtype /Form /BBox [" + written(box.LL.X, box.LL.Y, box.UR.X, box.UR.Y) +
		"] /Matrix [" + written(matrix...) + "] /Resources <</XObject <<")
	for at, form := range forms {
		w.text(fmt.Sprintf("/F%d ", at))
		target := form.id
		if form.reference != nil {
			target = i.referenced(*form.reference)
			if err := i.copyObject(*form.reference); err != nil {
				return err
			}
		}
		w.reference(target)
		content.WriteString("q ")
		if form.matrix != nil {
			content.WriteString(written(form.matrix...) + " cm ")
		}
		fmt.Fprintf(&content, "/F%d Do Q\n", at)
	}
	w.text(fmt.Sprintf(">>>> /Length %d>>\nstream\n%s\nendstream\nendobj", content.Len(), content.String()))
	return i.keep(id, &w)
}

// addStream adds a form with its content.
func (i *importer) addStream(id string, dict types.Dict, content []byte) error {
	var packed bytes.Buffer
	compressor := zlib.NewWriter(&packed)
	_, _ = compressor.Write(content) // memory takes everything
	_ = compressor.Close()
	w := writer{positions: map[int]string{}}
	dict["Filter"], dict["Length"] = types.Name("FlateDecode"), types.Integer(packed.Len())
	if err := i.write(&w, dict, 0); err != nil {
		return err
	}
	w.text("\nstream\n")
	w.out = append(w.out, packed.Bytes()...)
	w.text("\nendstream\nendobj")
	if err := i.keep(id, &w); err != nil {
		return err
	}
	for _, reference := range w.found {
		if err := i.copyObject(reference); err != nil {
			return err
		}
	}
	return nil
}

func (i *importer) keep(id string, w *writer) error {
	if i.bytes += len(w.out); i.bytes > maxAltogether || len(i.document.Objects) > maxObjects {
		return ErrTooLarge
	}
	i.document.Objects[id], i.document.Positions[id] = w.out, w.positions
	return i.ctx.Err()
}

func (i *importer) referenced(reference types.IndirectRef) string {
	return i.id(fmt.Sprintf("object %d", reference.ObjectNumber))
}

// copyObject copies an object and all that it refers to.
func (i *importer) copyObject(first types.IndirectRef) error {
	queue := []types.IndirectRef{first}
	for len(queue) > 0 {
		reference := queue[0]
		queue = queue[1:]
		id := i.referenced(reference)
		if _, done := i.document.Objects[id]; done {
			continue
		}
		object, err := i.file.Dereference(reference)
		if err != nil {
			object = nil // a reference to what is not there is null
		}
		w := writer{positions: map[int]string{}}
		if err := i.writeWhole(&w, object); err != nil {
			return err
		}
		if err := i.keep(id, &w); err != nil {
			return err
		}
		queue = append(queue, w.found...)
	}
	return nil
}

// writeWhole writes an object with the data of its stream.
func (i *importer) writeWhole(w *writer, object types.Object) error {
	dict, data, isStream := streamOf(object)
	if !isStream {
		if err := i.write(w, object, 0); err != nil {
			return err
		}
		w.text("\nendobj")
		return nil
	}
	dict = dict.Clone().(types.Dict)
	dict["Length"] = types.Integer(len(data))
	if err := i.write(w, dict, 0); err != nil {
		return err
	}
	w.text("\nstream\n")
	w.out = append(w.out, data...)
	w.text("\nendstream\nendobj")
	return nil
}

func streamOf(object types.Object) (dict types.Dict, data []byte, ok bool) {
	switch o := object.(type) {
	case types.StreamDict:
		return o.Dict, o.Raw, true
	case *types.StreamDict:
		return o.Dict, o.Raw, true
	case types.ObjectStreamDict:
		return o.Dict, o.Raw, true
	case *types.ObjectStreamDict:
		return o.Dict, o.Raw, true
	}
	return nil, nil, false
}

// leftBehind are entries that lead out of the page, act, or mean nothing outside of their file.
var leftBehind = []string{"Parent", "StructParent", "StructParents", "Metadata", "PieceInfo", "Annots", "AA", "A", "OPI", "Ref", "LastModified", "AF"}

// writer writes an object, and remembers where references stand.
type writer struct {
	out       []byte
	positions map[int]string
	found     []types.IndirectRef
}

func (w *writer) text(s string) { w.out = append(w.out, s...) }

func (w *writer) reference(id string) {
	w.positions[len(w.out)] = id
	w.text(id + " 0 R")
}

func (i *importer) write(w *writer, object types.Object, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("%w: nested too deep", ErrDamaged)
	}
	switch o := object.(type) {
	case nil:
		w.text("null")
	case types.IndirectRef:
		w.found = append(w.found, o)
		w.reference(i.referenced(o))
	case *types.IndirectRef:
		return i.write(w, *o, depth)
	case types.Dict:
		return i.writeDict(w, o, depth)
	case types.Array:
		w.text("[")
		for at, member := range o {
			if at > 0 {
				w.text(" ")
			}
			if err := i.write(w, member, depth+1); err != nil {
				return err
			}
		}
		w.text("]")
	case types.Float:
		w.text(decimal(o.Value()))
	default:
		if _, _, isStream := streamOf(object); isStream {
			return fmt.Errorf("%w: a stream within an object", ErrDamaged)
		}
		w.text(object.PDFString())
	}
	return nil
}

func (i *importer) writeDict(w *writer, dict types.Dict, depth int) error {
	keys := make([]string, 0, len(dict))
	for key := range dict {
		if !slices.Contains(leftBehind, key) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	w.text("<<")
	for _, key := range keys {
		w.text("/" + types.EncodeName(key) + " ")
		if err := i.write(w, dict[key], depth+1); err != nil {
			return err
		}
	}
	w.text(">>")
	return nil
}

func decimal(value float64) string {
	text := strconv.FormatFloat(value, 'f', 5, 64)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// written is a row of numbers.
func written(values ...float64) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = decimal(value)
	}
	return strings.Join(texts, " ")
}

func numbers(values ...float64) types.Array {
	array := make(types.Array, len(values))
	for i, value := range values {
		array[i] = types.Float(value)
	}
	return array
}
