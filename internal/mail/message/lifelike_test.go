package message

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
)

var update = flag.Bool("update", false, "write what is shown of the lifelike messages anew; look at each of them")

// TestReadShowsMessagesAsAPersonExpects compares what is shown of messages as shops, couriers, telephone companies and
// people write them with what somebody who looked at each of them found right.
func TestReadShowsMessagesAsAPersonExpects(t *testing.T) {
	paths, err := filepath.Glob("testdata/lifelike/*.eml")
	if err != nil || len(paths) < 30 {
		t.Fatalf("there are %d messages, %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := shownAs(Read(bytes.NewReader(raw)))
			golden := strings.TrimSuffix(path, ".eml") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("it is shown differently (-want +got):\n%s", diff)
			}
		})
	}
}

// shownAs is a reading as a person sees it.
func shownAs(reading casefile.Reading) string {
	var out strings.Builder
	for _, one := range [][2]string{
		{"From", casefile.MailboxList(reading.From)}, {"To", casefile.MailboxList(reading.To)}, {"Cc", casefile.MailboxList(reading.Cc)},
		{"Date", reading.Date}, {"Subject", reading.Subject},
	} {
		if one[1] != "" {
			fmt.Fprintf(&out, "%s: %s\n", one[0], one[1])
		}
	}
	fmt.Fprintf(&out, "\n%s\n", reading.Text)
	for _, attachment := range reading.Attachments {
		shown := ""
		if attachment.Inline {
			shown = ", in the text"
		}
		fmt.Fprintf(&out, "\nAttached %s: %s (%s, %d bytes%s)", attachment.Part, attachment.FileName, attachment.MediaType, attachment.Size, shown)
	}
	for _, defect := range reading.Defects {
		fmt.Fprintf(&out, "\nDefect: %s", defect)
	}
	return strings.TrimRight(out.String(), "\n") + "\n"
}
