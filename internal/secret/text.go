// Package secret hides what must not be seen and keeps what must not be lost: passwords, passphrases and keys.
//
// A [Text] is a secret on its way through the program: however it is printed, it reads "hidden". A [Store] keeps secrets
// on this computer, outside the library: in the system's keyring, or in files that only their owner can read.
package secret

import (
	"fmt"
	"log/slog"
)

// Text is a password or passphrase that does not show. However it is printed, encoded or logged, it reads "hidden". The
// zero value is empty, and reads "hidden", too.
type Text struct {
	// A pointer, because fmt prints the text of a string in a field it can't call methods on.
	text *string
}

// NewText hides a text.
func NewText(text string) Text { return Text{text: &text} }

// Empty is whether there is nothing to hide.
func (t Text) Empty() bool { return t.Reveal() == "" }

// Reveal gives the text itself, for the one call that needs it.
func (t Text) Reveal() string {
	if t.text == nil {
		return ""
	}
	return *t.text
}

const hidden = "hidden"

// String says "hidden".
func (Text) String() string { return hidden }

// GoString says "hidden".
func (Text) GoString() string { return hidden }

// Format writes "hidden", whatever the verb.
func (Text) Format(state fmt.State, _ rune) { fmt.Fprint(state, hidden) }

// MarshalJSON gives "hidden".
func (Text) MarshalJSON() ([]byte, error) { return []byte(`"` + hidden + `"`), nil }

// MarshalText gives "hidden".
func (Text) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue logs "hidden".
func (Text) LogValue() slog.Value { return slog.StringValue(hidden) }
