package dkim_test

import (
	"strings"
	"testing"

	"constancia/internal/mail/dkim"
)

func TestCopiesOfAMessageHaveTheSameBodyHashWhateverTheirHeaders(t *testing.T) {
	hash := func(message string) string {
		t.Helper()
		got, err := dkim.BodyHash(strings.NewReader(message))
		if err != nil || len(got) != 64 {
			t.Fatalf("%q: %q, %v", message, got, err)
		}
		return got
	}
	want := hash("Subject: x\r\n\r\nHola,  qué tal \r\nadiós\r\n")
	for name, copy := range map[string]string{
		"on its way":          "Received: by b\r\nSubject: x\r\n\r\nHola,  qué tal \r\nadiós\r\n",
		"saved with LF":       "Subject: x\n\nHola,  qué tal \nadiós\n",
		"blanks were changed": "Subject: x\r\n\r\nHola, \tqué tal\r\nadiós\r\n\r\n\r\n",
		"cut at the last end": "Subject: x\r\n\r\nHola,  qué tal \r\nadiós",
	} {
		if got := hash(copy); got != want {
			t.Errorf("%s it is another", name)
		}
	}
	if hash("Subject: x\r\n\r\nHola, qué tal\r\nadios\r\n") == want {
		t.Error("another text has the same")
	}
	if hash("Subject: x") != hash("To: y\r\n\r\n") {
		t.Error("two messages without a text are not the same")
	}
}
