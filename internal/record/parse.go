package record

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// The parser is our own because encoding/json is lenient where a record must not be: it takes the last of two equal
// keys, puts U+FFFD in the place of what is not Unicode, and reads any number.
//
// It gives nil, bool, int64, string, []any and object.

// object is a JSON object with its members sorted by key.
type object []member

type member struct {
	key   string
	value any
}

type options struct {
	// normalise brings strings into NFC instead of refusing those that are not.
	normalise bool
	// marshalled is for text made by encoding/json, which writes \ufffd in the place of a byte that is not UTF-8 (and the
	// character U+FFFD itself as it is): so that escape is refused.
	marshalled bool
}

type parser struct {
	options
	text []byte
	at   int
	// path has the reference tokens to the value being read.
	path []string
	// values counts the values read.
	values int
}

func parse(text []byte, options options) (any, error) {
	p := &parser{options: options, text: text}
	value, err := p.value()
	if err != nil {
		return nil, err
	}
	p.space()
	if p.at != len(p.text) {
		return nil, p.fail(NotJSON)
	}
	return value, nil
}

// parsePayload parses a payload, which must be an object.
func parsePayload(text []byte, options options) (object, error) {
	root, err := parse(text, options)
	if err != nil {
		return nil, err
	}
	payload, ok := root.(object)
	if !ok {
		return nil, &FormError{Reason: NotAnObject}
	}
	return payload, nil
}

func (p *parser) fail(reason Reason) error {
	return &FormError{Pointer: strings.Join(p.path, ""), Reason: reason}
}

func (p *parser) value() (any, error) {
	if p.values++; p.values > MaxValues {
		return nil, p.fail(TooLarge)
	}
	p.space()
	switch c := p.peek(); {
	case c == '{':
		return p.object()
	case c == '[':
		return p.array()
	case c == '"':
		return p.string()
	case c == '-' || c >= '0' && c <= '9':
		return p.integer()
	case p.take("true"):
		return true, nil
	case p.take("false"):
		return false, nil
	case p.take("null"):
		return nil, nil
	}
	return nil, p.fail(NotJSON)
}

func (p *parser) object() (any, error) {
	if len(p.path) >= MaxDepth {
		return nil, p.fail(TooDeep)
	}
	p.at++
	members := object{}
	if p.space(); p.take("}") {
		return members, nil
	}
	for {
		read, err := p.member()
		if err != nil {
			return nil, err
		}
		members = append(members, read)
		if p.space(); p.take("}") {
			break
		}
		if !p.take(",") {
			return nil, p.fail(NotJSON)
		}
	}
	slices.SortFunc(members, func(a, b member) int { return cmp.Compare(a.key, b.key) })
	for i := 1; i < len(members); i++ {
		if members[i].key == members[i-1].key {
			p.path = append(p.path, token(members[i].key))
			return nil, p.fail(KeyRepeated)
		}
	}
	return members, nil
}

func (p *parser) member() (member, error) {
	if p.space(); p.peek() != '"' {
		return member{}, p.fail(NotJSON)
	}
	key, err := p.string()
	if err != nil {
		return member{}, err
	}
	if !keyAllowed(key) {
		return member{}, p.fail(KeyNotAllowed)
	}
	if p.space(); !p.take(":") {
		return member{}, p.fail(NotJSON)
	}
	p.path = append(p.path, token(key))
	value, err := p.value()
	if err != nil {
		return member{}, err
	}
	p.path = p.path[:len(p.path)-1]
	return member{key, value}, nil
}

// keyAllowed keeps keys to printable ASCII, whose order is the same in every encoding, and away from digits alone, which
// are the places of an array: so that {"a":{"0":1}} and {"a":[1]} can't flatten to the same fields.
func keyAllowed(key string) bool {
	if len(key) > MaxKey {
		return false
	}
	digits := true
	for _, c := range []byte(key) {
		if c < 0x20 || c > 0x7e {
			return false
		}
		digits = digits && c >= '0' && c <= '9'
	}
	return !digits
}

func (p *parser) array() (any, error) {
	if len(p.path) >= MaxDepth {
		return nil, p.fail(TooDeep)
	}
	p.at++
	elements := []any{}
	if p.space(); p.take("]") {
		return elements, nil
	}
	for {
		p.path = append(p.path, token(strconv.Itoa(len(elements))))
		element, err := p.value()
		if err != nil {
			return nil, err
		}
		p.path = p.path[:len(p.path)-1]
		elements = append(elements, element)
		if p.space(); p.take("]") {
			return elements, nil
		}
		if !p.take(",") {
			return nil, p.fail(NotJSON)
		}
	}
}

func (p *parser) integer() (any, error) {
	start := p.at
	p.take("-")
	first := p.at
	for c := p.peek(); c >= '0' && c <= '9'; c = p.peek() {
		p.at++
	}
	digits := string(p.text[first:p.at])
	if digits == "" || digits[0] == '0' && digits != "0" {
		return nil, p.fail(NotJSON)
	}
	if c := p.peek(); c == '.' || c == 'e' || c == 'E' || digits == "0" && start != first {
		return nil, p.fail(NotAnInteger)
	}
	n, err := strconv.ParseInt(string(p.text[start:p.at]), 10, 64)
	if err != nil || n > maxInteger || n < -maxInteger {
		return nil, p.fail(IntegerTooLarge)
	}
	return n, nil
}

func (p *parser) space() {
	for p.at < len(p.text) {
		switch p.text[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return
		}
	}
}

// peek is the next byte, or 0 at the end; a 0 in the text is not allowed anywhere, so the two need no telling apart.
func (p *parser) peek() byte {
	if p.at >= len(p.text) {
		return 0
	}
	return p.text[p.at]
}

func (p *parser) take(word string) bool {
	if !bytes.HasPrefix(p.text[p.at:], []byte(word)) {
		return false
	}
	p.at += len(word)
	return true
}
