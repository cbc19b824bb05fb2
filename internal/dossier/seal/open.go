package seal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"strconv"
)

// ErrNotFinished says that a file is not one that this package wrote, or is too damaged to tell.
var ErrNotFinished = errors.New("this is not a finished dossier, or not a whole one")

// finished is a file that was finished, up to the end of one of its revisions (ISO 32000-1, section 7.5.6). Objects are
// read when they are asked for.
type finished struct {
	from     io.ReaderAt
	size     int64
	previous *finished // nil for the first revision
	trailer  dict
	places   map[int]int // also those of earlier revisions
	// own is the hash that stands in the file, ownAt where.
	own     string
	ownAt   int64
	objects map[int]*indirect
	read    map[*indirect]int // by number
}

// Bounds for files that did not come from here.
const (
	maxRevisions = 16
	maxTable     = 64 << 20
	maxObject    = 16 << 20
)

// ending is what a revision ends with, from its own hash on.
var ending = regexp.MustCompile(`/ID \[<[0-9a-f]{32}> <([0-9a-f]{64})>\]>>\nstartxref\n(0|[1-9][0-9]{0,17})\n%%EOF\n$`)

const maxEnding = 256

// open reads the last revision of a file of size bytes, and all before it.
func open(from io.ReaderAt, size int64) (*finished, error) { return openRevision(from, size, 1) }

func openRevision(from io.ReaderAt, size int64, depth int) (*finished, error) {
	if depth > maxRevisions {
		return nil, fmt.Errorf("%w: too many revisions", ErrNotFinished)
	}
	f := &finished{from: from, size: size, places: map[int]int{}, objects: map[int]*indirect{}, read: map[*indirect]int{}}
	tail, err := f.window(max(0, size-maxEnding), maxEnding)
	if err != nil {
		return nil, err
	}
	match := ending.FindSubmatchIndex(tail)
	if match == nil {
		return nil, fmt.Errorf("%w: its end", ErrNotFinished)
	}
	f.own, f.ownAt = string(tail[match[2]:match[3]]), max(0, size-maxEnding)+int64(match[2])
	table, _ := strconv.ParseInt(string(tail[match[4]:match[5]]), 10, 64) // at most 18 digits
	end, err := f.readTable(table)
	if err != nil {
		return nil, err
	}
	if end != size {
		return nil, fmt.Errorf("%w: its end", ErrNotFinished)
	}
	if f.trailer["Prev"] == nil {
		return f, nil
	}
	return f, f.openPrevious(int64(integerOf(f.trailer["Prev"])), depth)
}

func (f *finished) openPrevious(table int64, depth int) error {
	before := &finished{from: f.from, size: f.size, places: map[int]int{}, objects: map[int]*indirect{}, read: map[*indirect]int{}}
	end, err := before.readTable(table)
	if err != nil {
		return err
	}
	if end >= f.size {
		return fmt.Errorf("%w: revisions", ErrNotFinished)
	}
	if f.previous, err = openRevision(f.from, end, depth+1); err != nil {
		return err
	}
	places := maps.Clone(f.previous.places)
	maps.Copy(places, f.places)
	f.places = places
	return nil
}

// readTable reads a table and the trailer behind it, and tells where that ends.
func (f *finished) readTable(table int64) (end int64, err error) {
	data, err := f.window(table, maxTable)
	if err != nil {
		return 0, err
	}
	s := f.scanner(data)
	if f.trailer, err = s.table(f.places); err != nil {
		return 0, fmt.Errorf("%w: %w", ErrNotFinished, err)
	}
	rest := fmt.Sprintf(trailerEnd, table)[len(">]>>"):]
	if !bytes.HasPrefix(data[s.at:], []byte(rest)) {
		return 0, fmt.Errorf("%w: behind its trailer", ErrNotFinished)
	}
	return table + int64(s.at+len(rest)), nil
}

// window is what stands at a place, at most so many bytes.
func (f *finished) window(at, most int64) ([]byte, error) {
	if at < 0 || at >= f.size {
		return nil, fmt.Errorf("%w: a place outside the file", ErrNotFinished)
	}
	data := make([]byte, min(most, f.size-at))
	if n, err := f.from.ReadAt(data, at); err != nil && n < len(data) {
		return nil, err
	}
	return data, nil
}

func (f *finished) scanner(data []byte) *scanner {
	return &scanner{data: data, reference: f.reference, length: func(object) (int, error) { return 0, nil }}
}

func (f *finished) reference(number int) *indirect {
	o, ok := f.objects[number]
	if !ok {
		o = &indirect{number: number}
		f.objects[number] = o
	}
	return o
}

// revision counts the revisions up to this one.
func (f *finished) revision() (count int) {
	for ; f != nil; f = f.previous {
		count++
	}
	return count
}

// storedStream is a stream of the file: where its data begins.
type storedStream struct {
	dict dict
	at   int64
}

// get follows references, reading what has not been read yet. What can't be read is null.
func (f *finished) get(o object) object {
	for range deepest {
		reference, ok := o.(*indirect)
		if !ok {
			return o
		}
		if _, done := f.read[reference]; !done {
			f.read[reference] = reference.number
			reference.value = f.load(reference.number)
		}
		o = reference.value
	}
	return nil
}

// load reads an object, with more of the file until it is whole.
func (f *finished) load(number int) object {
	place, ok := f.places[number]
	if !ok {
		return nil
	}
	for size := int64(4 << 10); size <= maxObject; size *= 8 {
		data, err := f.window(int64(place), size)
		if err != nil {
			return nil
		}
		s := f.scanner(data)
		value, err := s.numbered(number)
		if err == nil && s.keyword("endobj") {
			return value
		}
		if head, ok := value.(dict); ok && err == nil && s.take("stream\n") {
			return &storedStream{head, int64(place + s.at)}
		}
	}
	return nil
}

func (f *finished) dict(o object) dict {
	switch o := f.get(o).(type) {
	case dict:
		return o
	case *storedStream:
		return o.dict
	}
	return nil
}

func (f *finished) array(o object) array {
	list, _ := f.get(o).(array)
	return list
}

func (f *finished) integer(o object) int64 {
	written, _ := f.get(o).(plain)
	n, err := strconv.ParseInt(string(written), 10, 64)
	if err != nil {
		return 0
	}
	return n
}
