package imap

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func TestScannerTellsLiteralsFromText(t *testing.T) {
	deep := strings.Repeat("(", maxDepth+1)
	tests := []struct {
		name, sent string
		passes     bool
	}{
		{"nothing special", "* 1 FETCH (UID 1 FLAGS (\\Seen))\r\n", true},
		{"parentheses in a message", "* 1 FETCH (BODY[] {101}\r\n" + deep + ")\r\n", true},
		{"parentheses in a quoted string", "* LIST () \"/\" \"" + deep + "\"\r\n", true},
		{"parentheses in text for people", "* OK " + deep + "\r\nT1 NO " + deep + "\r\n+ " + deep + "\r\n", true},
		{"parentheses, and they end", strings.Repeat("* 1 FETCH ("+strings.Repeat("()", 500)+")\r\n", 3), true},
		{"parentheses that nest", "* 1 FETCH " + deep, false},
		{"after a literal the line goes on", "* 1 FETCH (BODY[] {3}\r\nabc " + deep, false},
		{"text for people announces nothing", "* OK {101}\r\n* 1 FETCH " + deep, false},
		{"neither does a numbered status", "* 5 OK {101}\r\n* 1 FETCH " + deep, false},
		{"an announcement may have a blank and no CR", "* 1 FETCH (BODY[] {101} \n" + deep + ")\r\n", true},
		{"an announcement within a line is none", "* 1 FETCH (BODY[] {101} x\r\n* 1 FETCH " + deep, false},
		{"quotes are escaped", "* LIST () \"\\\"\" x\r\n* LIST () \"/\" y\r\n", true},
		{"a quoted string ends in its line", "* LIST () \"x\r\n", false},
		{"a large message", "* 1 FETCH (BODY[] {500000000}\r\nabc", true},
		{"a message that is too large", "* 1 FETCH (BODY[] {600000000}\r\n", false},
		{"a size beyond any number", "* 1 FETCH (BODY[] {99999999999999999999999999}\r\n", false},
		{"a large literal elsewhere", "* 1 FETCH (ENVELOPE ({2000000}\r\n", false},
		{"a line without end", "* SEARCH " + strings.Repeat("1 ", maxLine), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := (&scanner{}).feed([]byte(test.sent))
			if (err == nil) != test.passes {
				t.Errorf("got %v", err)
			}
		})
	}
}

// FuzzScanner checks that it doesn't matter in what pieces bytes arrive.
func FuzzScanner(f *testing.F) {
	f.Add([]byte("* 1 FETCH (UID 1 BODY[] {3}\r\nabc FLAGS ())\r\n"), 7)
	f.Add([]byte("* OK [UIDNEXT 4] hola {9}\r\nT1 OK \"\r\n+ \"\r\n* BYE adiós\r\n"), 3)
	f.Fuzz(func(t *testing.T, sent []byte, at int) {
		at = max(0, min(at, len(sent)))
		whole, pieces := &scanner{}, &scanner{}
		err := whole.feed(sent)
		pieceErr := pieces.feed(bytes.Clone(sent[:at]))
		if pieceErr == nil {
			pieceErr = pieces.feed(bytes.Clone(sent[at:]))
		}
		if fmt.Sprint(err) != fmt.Sprint(pieceErr) || whole.bye != pieces.bye || whole.skip != pieces.skip || whole.depth != pieces.depth {
			t.Fatalf("whole: %v %+v; in pieces: %v %+v", err, whole, pieceErr, pieces)
		}
	})
}
