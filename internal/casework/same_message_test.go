package casework_test

import (
	"bytes"
	"testing"

	"constancia/internal/casework"
)

func TestEmailsWithOneMessageIDAreCopiesOrAConflict(t *testing.T) {
	original := email("Su factura", "Son 20 euros.", "")
	onItsWay := append([]byte("Received: by b.example; Tue, 3 Mar 2026 10:00:00 +0100\r\n"), original...)
	changed := bytes.Replace(original, []byte("20 euros"), []byte("200 euros"), 1)
	for name, test := range map[string]struct {
		messages [][]byte
		copies   int
		conflict bool
	}{
		"one email":                       {[][]byte{original}, 0, false},
		"one email, twice":                {[][]byte{original, original}, 0, false},
		"another email":                   {[][]byte{original, email("Otro", "Son 20 euros.", "")}, 0, false},
		"a copy that came by another way": {[][]byte{original, onItsWay}, 2, false},
		"another text":                    {[][]byte{original, changed}, 2, true},
		"a copy, and another text":        {[][]byte{original, onItsWay, changed}, 3, true},
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			w.take(test.messages...)
			same, err := w.SameMessages(t.Context(), w.caseID)
			if err != nil {
				t.Fatal(err)
			}
			details, err := w.MessageDetails(t.Context(), w.file().Messages[0].Value.ID)
			if err != nil {
				t.Fatal(err)
			}
			if test.copies == 0 {
				if len(same) != 0 || details.Same != nil {
					t.Errorf("same: %+v, %+v", same, details.Same)
				}
				return
			}
			if len(same) != 1 || len(same[0].Copies) != test.copies || same[0].Conflict != test.conflict {
				t.Errorf("same: %+v", same)
			}
			if details.Same == nil || len(details.Same.Copies) != test.copies || details.Same.Conflict != test.conflict {
				t.Errorf("details: %+v", details.Same)
			}
		})
	}
}

func TestAnEmailThatWasTakenBackIsNoCopy(t *testing.T) {
	w := begin(t)
	original := email("Su factura", "Son 20 euros.", "")
	w.take(original, bytes.Replace(original, []byte("20 euros"), []byte("200 euros"), 1))
	if _, err := w.Retract(t.Context(), casework.Retract{ID: w.file().Messages[0].Value.ID}); err != nil {
		t.Fatal(err)
	}
	if same, err := w.SameMessages(t.Context(), w.caseID); err != nil || len(same) != 0 {
		t.Errorf("%+v, %v", same, err)
	}
}
