package seal

import (
	"bytes"
	"compress/zlib"
	"io"
	"maps"
	"slices"
	"strconv"
	"sync"
)

// The objects of a PDF (ISO 32000-1, section 7.3). null is nil.
type (
	object any
	// plain is a number or a boolean, as it is written.
	plain string
	// name is a name as it is written, without the slash: what is escaped stays so.
	name string
	// text is a string's bytes.
	text  []byte
	array []object
	dict  map[name]object
)

// indirect is an object that others refer to. It gets its number when it is written.
type indirect struct {
	value  object
	number int
}

// stream is a dictionary with data: bytes as they stand in the file, or what writes them.
type stream struct {
	dict dict
	data []byte
	// deflate says that the data is compressed when it is written.
	deflate bool
	// copyTo writes data that is not held in memory, and sets the objects that say its size.
	copyTo func(w io.Writer) error
}

// deflated is a stream whose data is compressed when it is written.
func deflated(head dict, data []byte) *stream {
	head["Filter"] = name("FlateDecode")
	return &stream{dict: head, data: data, deflate: true}
}

// compressors are used again: each takes a megabyte to make ready.
var compressors = sync.Pool{New: func() any {
	compressor, _ := zlib.NewWriterLevel(nil, zlib.BestSpeed) // the level is one
	return compressor
}}

// compressTo gives fill a writer that compresses into out.
func compressTo(out io.Writer, fill func(io.Writer) error) error {
	compressor, _ := compressors.Get().(*zlib.Writer)
	defer compressors.Put(compressor)
	compressor.Reset(out)
	if err := fill(compressor); err != nil {
		return err
	}
	return compressor.Close()
}

func refer(value object) *indirect { return &indirect{value: value} }

func integer(n int) plain { return plain(strconv.Itoa(n)) }

func integers(numbers ...int) array {
	list := make(array, len(numbers))
	for i, n := range numbers {
		list[i] = integer(n)
	}
	return list
}

// unicodeText is a text string (section 7.9.2.2): ASCII as it is, all else as UTF-16.
func unicodeText(s string) text {
	for _, r := range s {
		if r < ' ' || r > '~' {
			return utf16Text(s)
		}
	}
	return text(s)
}

// resolved follows references to what they stand for.
func resolved(o object) object {
	for {
		reference, ok := o.(*indirect)
		if !ok {
			return o
		}
		o = reference.value
	}
}

// dictOf is o as a dictionary, also that of a stream; nil when it is none.
func dictOf(o object) dict {
	switch o := resolved(o).(type) {
	case dict:
		return o
	case *stream:
		return o.dict
	}
	return nil
}

func arrayOf(o object) array {
	list, _ := resolved(o).(array)
	return list
}

func integerOf(o object) int {
	written, _ := resolved(o).(plain)
	n, err := strconv.Atoi(string(written))
	if err != nil {
		f, _ := strconv.ParseFloat(string(written), 64)
		return int(f)
	}
	return n
}

// appendObject writes an object in the one form that it has here: keys sorted, Type first, no blank that can be left out.
// number tells the number of an indirect object.
func appendObject(out []byte, o object, number func(*indirect) int) []byte {
	switch o := o.(type) {
	case nil:
		return append(out, "null"...)
	case plain:
		return append(out, o...)
	case name:
		return append(append(out, '/'), o...)
	case text:
		return appendText(out, o)
	case array:
		out = append(out, '[')
		for i, member := range o {
			out = appendObject(blank(out, i > 0), member, number)
		}
		return append(out, ']')
	case dict:
		return appendDict(out, o, number)
	case *indirect:
		return append(strconv.AppendInt(out, int64(number(o)), 10), " 0 R"...)
	}
	return append(out, "null"...)
}

func blank(out []byte, wanted bool) []byte {
	if wanted {
		return append(out, ' ')
	}
	return out
}

func appendDict(out []byte, d dict, number func(*indirect) int) []byte {
	out = append(out, "<<"...)
	keys := slices.SortedFunc(maps.Keys(d), func(a, b name) int {
		if (a == "Type") != (b == "Type") {
			if a == "Type" {
				return -1
			}
			return 1
		}
		return bytes.Compare([]byte(a), []byte(b))
	})
	for _, key := range keys {
		out = append(append(append(out, '/'), key...), ' ')
		out = appendObject(out, d[key], number)
	}
	return append(out, ">>"...)
}

const hexDigits = "0123456789abcdef"

// appendText writes ASCII as a literal string and all else in hex.
func appendText(out []byte, t text) []byte {
	for _, b := range t {
		if b < ' ' || b > '~' {
			out = append(out, '<')
			for _, b := range t {
				out = append(out, hexDigits[b>>4], hexDigits[b&15])
			}
			return append(out, '>')
		}
	}
	out = append(out, '(')
	for _, b := range t {
		if b == '(' || b == ')' || b == '\\' {
			out = append(out, '\\')
		}
		out = append(out, b)
	}
	return append(out, ')')
}
