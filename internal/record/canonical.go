package record

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// Bounds of canonical JSON. They are far above what a person records, and keep what a hostile file can cost small.
const (
	// MaxSize is the most bytes that a value may have in canonical form.
	MaxSize = 1 << 20
	// MaxDepth is the most arrays and objects that may stand in one another.
	MaxDepth = 16
	// MaxKey is the most bytes that a key may have.
	MaxKey = 64
	// MaxValues is the most values that one may hold, arrays, objects and itself counted.
	MaxValues = 1 << 14

	// maxInteger is 2^53 - 1: up to there every reader of JSON has the same integers (RFC 7493, section 2.2).
	maxInteger = 1<<53 - 1
)

// Reason says in which way a value leaves the canonical form. It is stable: programs read it.
type Reason string

// Reasons.
const (
	NotJSON         Reason = "not_json"
	InvalidUTF8     Reason = "invalid_utf8"
	LoneSurrogate   Reason = "lone_surrogate"
	NotNFC          Reason = "not_nfc"
	NotAnInteger    Reason = "not_an_integer"    // a fraction, an exponent or -0
	IntegerTooLarge Reason = "integer_too_large" // 2^53 or more
	KeyNotAllowed   Reason = "key_not_allowed"   // empty, too long, not printable ASCII, or digits alone
	KeyRepeated     Reason = "key_repeated"
	TooDeep         Reason = "too_deep"
	TooLarge        Reason = "too_large"
	NotAnObject     Reason = "not_an_object" // a payload must be one
	NotCanonical    Reason = "not_canonical" // the value is allowed, the way it is written is not
)

// FormError says where a value leaves the canonical form, and how.
type FormError struct {
	// Pointer is a JSON Pointer (RFC 6901) to the value; empty is the whole.
	Pointer string
	Reason  Reason
}

// Error says it in English, for developers.
func (e *FormError) Error() string {
	return fmt.Sprintf("the value at %q is not canonical: %s", e.Pointer, e.Reason)
}

// Canonical gives the canonical JSON of a value, or of JSON text given as []byte or [json.RawMessage]: RFC 8785 narrowed
// to strings in NFC, integers below 2^53, true, false, null, arrays, and objects whose keys are printable ASCII and not
// digits alone, within the bounds above. It refuses what is outside with a *FormError, and never mends it.
//
// NFC is asked only of strings whose characters were all assigned in Unicode 15.0: the form of those is fixed for ever.
func Canonical(value any) ([]byte, error) {
	text, options, err := marshal(value)
	if err != nil {
		return nil, err
	}
	root, err := parse(text, options)
	if err != nil {
		return nil, err
	}
	return canonicalBytes(root)
}

// marshal gives the JSON text of a Go value, or the text that is one already, and how to parse it.
func marshal(value any) ([]byte, options, error) {
	switch text := value.(type) {
	case []byte:
		return text, options{}, nil
	case json.RawMessage:
		return text, options{}, nil
	}
	text, err := json.Marshal(value)
	if err != nil {
		return nil, options{}, fmt.Errorf("failed to marshal the value: %w", err)
	}
	return text, options{marshalled: true}, nil
}

// canonicalBytes writes a parsed value, and refuses one that gets larger than MaxSize.
func canonicalBytes(root any) ([]byte, error) {
	text := appendValue(nil, root)
	if len(text) > MaxSize {
		return nil, &FormError{Reason: TooLarge}
	}
	return text, nil
}

// appendValue writes a value that parse has made.
func appendValue(dst []byte, value any) []byte {
	switch value := value.(type) {
	case nil:
		return append(dst, "null"...)
	case bool:
		return strconv.AppendBool(dst, value)
	case int64:
		return strconv.AppendInt(dst, value, 10)
	case string:
		return appendString(dst, value)
	case []any:
		dst = append(dst, '[')
		for i, element := range value {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendValue(dst, element)
		}
		return append(dst, ']')
	case object:
		dst = append(dst, '{')
		for i, member := range value {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendString(dst, member.key)
			dst = append(dst, ':')
			dst = appendValue(dst, member.value)
		}
		return append(dst, '}')
	}
	panic(fmt.Sprintf("record: %T is not a parsed value", value))
}

// appendString writes a string as RFC 8785, section 3.2.2.2 says: the two-letter escapes, \u00xx for the other control
// characters, all else as it is.
func appendString(dst []byte, text string) []byte {
	dst = append(dst, '"')
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\b':
			dst = append(dst, `\b`...)
		case c == '\t':
			dst = append(dst, `\t`...)
		case c == '\n':
			dst = append(dst, `\n`...)
		case c == '\f':
			dst = append(dst, `\f`...)
		case c == '\r':
			dst = append(dst, `\r`...)
		case c < 0x20:
			dst = append(dst, `\u00`...)
			dst = append(dst, hexDigits[c>>4], hexDigits[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}

const hexDigits = "0123456789abcdef"
