package pdf_test

import (
	"strings"
	"testing"
)

func TestWhatGoesOnOverleafStandsThereUnderItsDayAndIsReadUnderItOnce(t *testing.T) {
	story := short()
	story.File.Contacts[0].Value.Summary = strings.Repeat("They asked for the number of the order once more. ", 120)
	const again = "C-001 · continued"
	printed := func(data []byte) bool {
		path := save(t, data)
		return strings.Contains(text(t, path, "1", pages(t, path)), again)
	}
	if printed(finished(t, short())) {
		t.Error("a row that is whole says that it goes on")
	}
	data := finished(t, story)
	if !printed(data) {
		t.Error("what goes on overleaf stands there without its day and tag")
	}
	if said, _ := readAloud(t, data); strings.Contains(said, "continued") {
		t.Error("the day and tag are read again within the row that they began")
	}
}
