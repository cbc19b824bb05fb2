package seal

import (
	"bytes"
	"errors"
	"fmt"
)

// errNotDrawn says that the pages are not a PDF as the layout writes it.
var errNotDrawn = errors.New("the pages are not a PDF that can be finished")

// drawn is a PDF with one table of its objects, read: what a layout writes, not what comes from outside.
type drawn struct {
	data    []byte
	places  map[int]int
	objects map[int]*indirect
	trailer dict
}

// parse reads the whole of a PDF. The data of its streams is not copied.
func parse(data []byte) (*drawn, error) {
	d := &drawn{data: data, places: map[int]int{}, objects: map[int]*indirect{}}
	if err := d.readTable(); err != nil {
		return nil, err
	}
	for number, place := range d.places {
		if err := d.readObject(number, place); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func broken(at int, what string) error {
	return fmt.Errorf("%w: %s at byte %d", errNotDrawn, what, at)
}

// readTable reads the cross-reference table (section 7.5.4) and the trailer.
func (d *drawn) readTable() error {
	last := bytes.LastIndex(d.data, []byte("startxref"))
	if last < 0 {
		return broken(len(d.data), "no startxref")
	}
	s := d.scanner(last + len("startxref"))
	start, ok := s.integer()
	if !ok || start >= len(d.data) {
		return broken(last, "startxref")
	}
	s.at = start
	var err error
	d.trailer, err = s.table(d.places)
	return err
}

func (d *drawn) scanner(at int) *scanner {
	return &scanner{data: d.data, at: at, reference: d.reference, length: d.length}
}

// reference is the object of a number, read or still to be read; nil is what is not there (section 7.3.10).
func (d *drawn) reference(number int) *indirect {
	if _, there := d.places[number]; !there {
		return nil
	}
	o, ok := d.objects[number]
	if !ok {
		o = &indirect{}
		d.objects[number] = o
	}
	return o
}

func (d *drawn) readObject(number, place int) error {
	if place < 0 || place >= len(d.data) {
		return broken(place, "object")
	}
	s := d.scanner(place)
	value, err := s.numbered(number)
	if err != nil {
		return err
	}
	if head, ok := value.(dict); ok && s.keyword("stream") {
		data, err := s.streamData(head)
		if err != nil {
			return err
		}
		value = &stream{dict: head, data: data}
	}
	if !s.keyword("endobj") {
		return broken(s.at, "end of the object")
	}
	d.reference(number).value = value
	return nil
}

// length is how long a stream is, which may stand in an object that has not been read yet.
func (d *drawn) length(o object) (int, error) {
	reference, ok := o.(*indirect)
	if !ok || reference.value != nil {
		return integerOf(o), nil
	}
	for number, known := range d.objects {
		if known == reference {
			err := d.readObject(number, d.places[number])
			return integerOf(o), err
		}
	}
	return 0, nil
}
