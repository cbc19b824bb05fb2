package imap

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// passOn gives what a mender passes on of what is sent, in pieces that end at the given places.
func passOn(sent string, ends ...int) (string, error) {
	var m mender
	var scan scanner
	var passed bytes.Buffer
	start := 0
	for _, end := range append(ends, len(sent)) {
		end = max(start, min(end, len(sent)))
		got, err := m.feed(&scan, []byte(sent[start:end]))
		if err != nil {
			return passed.String(), err
		}
		passed.Write(got)
		start = end
	}
	return passed.String(), nil
}

func TestTheNameOfAMailboxIsWrittenAsItShouldBe(t *testing.T) {
	tests := []struct{ name, sent, want string }{
		{"in ASCII", `* LIST () "/" INBOX`, ""},
		{"in modified UTF-7", `* LIST (\Drafts) "/" "Entw&APw-rfe"`, ""},
		{"in two shifted parts", `* LIST () "/" "&ANE-andu&APoA6Q-"`, ""},
		{"beyond the first plane", `* LIST () "/" "&2D3eAA-"`, ""},
		{"with an ampersand as it should be", `* LIST () "/" "R&-D"`, ""},
		{"in UTF-8", "* LIST () \"/\" \"Facturación\"", ""},
		{"with an ampersand", `* LIST (\HasNoChildren) "/" R&D`, `* LIST (\HasNoChildren) "/" "R&-D"`},
		{"with an ampersand, in quotes", `* LIST () "." "R&D \"x\" \\y" (CHILDINFO ("SUBSCRIBED"))`, `* LIST () "." "R&-D \"x\" \\y" (CHILDINFO ("SUBSCRIBED"))`},
		{"with what is no base64", `* LIST () NIL "a&!!-b"`, `* LIST () NIL "a&-!!-b"`},
		{"with half a character", `* LIST () "/" "&2D0-"`, `* LIST () "/" "&-2D0-"`},
		{"with ASCII that was shifted", `* LIST () "\\" "&AGE-"`, `* LIST () "\\" "&-AGE-"`},
		{"with two shifts in a row", `* LIST () "/" "&APw-&APw-"`, `* LIST () "/" "&-APw-&-APw-"`},
		{"with bytes that are no UTF-8", "* LIST () \"/\" \"A\xf1o\"", "* LIST () \"/\" \"A\uFFFDo\""},
		{"with control characters", "* LIST () \"/\" \"a\x07b\"", "* LIST () \"/\" \"a\uFFFDb\""},
		{"with a quote as delimiter", `* LIST () "\"" R&D`, `* LIST () "\"" "R&-D"`},
		{"in a status", `* STATUS R&D (MESSAGES 5)`, `* STATUS "R&-D" (MESSAGES 5)`},
		{"of a list that is none", `* LIST R&D`, ""},
		{"of a list without a delimiter", `* LIST () R&D`, ""},
		{"of a list without a name", `* LIST () "/" `, ""},
		{"in text for people", `* OK R&D`, ""},
		{"in an answer", `T1 OK LIST R&D`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want := test.want + "\r\n"
			if test.want == "" {
				want = test.sent + "\r\n"
			}
			if got, err := passOn(test.sent + "\r\n"); got != want || err != nil {
				t.Errorf("got %q, %v, want %q", got, err, want)
			}
		})
	}
}

func TestWhatNobodyAskedForIsLeftOut(t *testing.T) {
	const before, after = "* 3 EXISTS\r\n", "T1 OK done\r\n"
	for _, odd := range []string{
		"* XGREETING hola\r\n", "* LSUB () \"/\" INBOX\r\n", "* 4 XNUMBER\r\n", "* METADATA x {3}\r\nabc {4}\r\n* OK y\r\n", "* \r\n", "* 7\r\n",
		"* SORT 1 2\r\n", "* QUOTA \"\" (STORAGE 1 2)\r\n", "* THREAD (((((1)))))\r\n",
	} {
		got, err := passOn(before + odd + after)
		if strings.Contains(got, "X") && !strings.Contains(got, "EXISTS") || err != nil || !strings.HasPrefix(got, before) || !strings.HasSuffix(got, after) {
			t.Errorf("%q: got %q, %v", odd, got, err)
		}
		if isKnown := kindOf([]byte(odd)) == ""; !isKnown && got != before+after {
			t.Errorf("%q: got %q", odd, got)
		}
	}
}

// FuzzMender checks that it doesn't matter in what pieces bytes arrive, that no name of a mailbox is passed on that can't be
// read, and that messages pass as they are.
func FuzzMender(f *testing.F) {
	f.Add("* LIST () \"/\" R&D\r\n* XODD {3}\r\nabc\r\n* 1 FETCH (UID 1 BODY[] {5}\r\n* X\r\n FLAGS ())\r\nT1 OK x\r\n", 7, 40)
	f.Add("* STATUS \"a\\\"&\" (MESSAGES 1)\r\n* LIST (\\x) NIL {3}\r\nR&D\r\n", 3, 3)
	f.Fuzz(func(t *testing.T, sent string, first, second int) {
		whole, err := passOn(sent)
		pieces, pieceErr := passOn(sent, first, second)
		if fmt.Sprint(err) != fmt.Sprint(pieceErr) || err == nil && whole != pieces && !strings.HasPrefix(whole, pieces) && !strings.HasPrefix(pieces, whole) {
			t.Fatalf("whole %q, %v; in pieces %q, %v", whole, err, pieces, pieceErr)
		}
		again, err := passOn(whole)
		if err == nil && again != whole && !strings.Contains(sent, "{") {
			t.Fatalf("mended twice: %q, then %q", whole, again)
		}
		if len(sent) < 1000 && utf8.RuneCountInString(whole) > 3*len(sent)+100 {
			t.Fatalf("it grew: %q to %q", sent, whole)
		}
	})
}

func TestAMessageIsPassedOnAsItIs(t *testing.T) {
	message := strings.Repeat("* XODD line\r\n* LIST () \"/\" R&D\r\n", 500)
	sent := fmt.Sprintf("* 1 FETCH (UID 1 BODY[] {%d}\r\n%s)\r\nT1 OK .\r\n", len(message), message)
	for piece := 1; piece < len(sent); piece += 997 {
		var ends []int
		for end := piece; end < len(sent); end += piece {
			ends = append(ends, end)
		}
		if got, err := passOn(sent, ends...); got != sent || err != nil {
			t.Fatalf("in pieces of %d it is another: %v", piece, err)
		}
	}
}
