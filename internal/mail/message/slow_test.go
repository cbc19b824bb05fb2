package message

import (
	"strings"
	"testing"
	"time"
)

// TestNoMessageTakesLong reads messages that were made to take long: their cost must grow with their size, not faster.
func TestNoMessageTakesLong(t *testing.T) {
	const size = 1 << 20
	fill := func(piece string) string { return strings.Repeat(piece, size/len(piece)) }
	field := func(piece string) string { return strings.Repeat(piece, maxField/len(piece)) }
	for name, raw := range map[string]string{
		"words that are nearly encoded": "Subject: " + field("=?a?q?") + "\n\n",
		"encoded words":                 "Subject: " + field("=?utf-8?q?a?= ") + "\n\n",
		"addresses":                     "To: " + field("(((<") + "\nFrom: " + field("a,") + "\nCc: " + field("=?x?q?a?=,") + "\n\n",
		"a date":                        "Date: " + field("Mon, ((") + "\n\n",
		"message ids":                   "References: " + field("<<<") + "\n\n",
		"folded lines":                  "X: a\n" + fill(" b\n") + "\n",
		"lines that are no fields":      fill("a\n") + "\n",
		"parameters":                    "Content-Type: a/b; " + field("n*0*=x; ") + "\n\n",
		"boundaries":                    "Content-Type: multipart/mixed; boundary=b\n\n" + fill("--b\n"),
		"what is nearly a boundary":     "Content-Type: multipart/mixed; boundary=b\n\n" + fill("--bb\n"),
		"headers of parts":              "Content-Type: multipart/mixed; boundary=b\n\n" + fill("--b\n"+strings.Repeat("X: y\n z\n", 1000)+"\n"),
		"nested multiparts":             nested(maxNesting) + fill("--x\n"),
		"base64":                        "Content-Transfer-Encoding: base64\n\n" + fill("QUJD=\n"),
		"quoted-printable":              "Content-Transfer-Encoding: quoted-printable\n\n" + fill("=   \t"),
		"blanks in quoted-printable":    "Content-Transfer-Encoding: quoted-printable\n\n" + fill(" "),
		"flowed text":                   "Content-Type: text/plain; format=flowed\n\n" + fill("> a \n"),
		"HTML that opens links":         "Content-Type: text/html\n\n" + fill("<a href=https://x>y"),
		"HTML that nests":               "Content-Type: text/html\n\n" + fill("<blockquote><ul><li>a"),
		"HTML of tables":                "Content-Type: text/html\n\n" + fill("<table><tr><td>"),
		"HTML of marks":                 "Content-Type: text/html\n\n" + fill("<"),
		"HTML of attributes":            "Content-Type: text/html\n\n<a " + fill("b=c "),
		"HTML of blanks":                "Content-Type: text/html\n\n" + fill(" \n") + "a" + fill("&nbsp;"),
		"characters that combine":       "Content-Type: text/plain; charset=utf-8\n\na" + fill("\u0301"),
	} {
		t.Run(name, func(t *testing.T) {
			started := time.Now()
			Read(strings.NewReader(raw))
			if took := time.Since(started); took > 30*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}
