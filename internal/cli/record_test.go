package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"constancia/internal/casework"
	"constancia/internal/cli"
)

func TestAClockThatWasSetBackIsToldBeforeAnythingIsRecorded(t *testing.T) {
	t.Setenv("CONSTANCIA_STATE", filepath.Join(t.TempDir(), "state"))
	directory := filepath.Join(t.TempDir(), "library")
	inAYear := func() time.Time { return time.Now().AddDate(1, 0, 0) }
	ahead, err := casework.Open(t.Context(), casework.Options{
		Directory: directory, Create: true, State: os.Getenv("CONSTANCIA_STATE"), Clock: inAYear})
	if err != nil {
		t.Fatal(err)
	}
	_, err = ahead.NewCase(t.Context(), casework.NewCase{
		Title: "The parcel", Zone: "Europe/Madrid", Companies: []casework.NewParty{{Name: "Rayo"}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := ahead.Close(); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) (said, warned string) {
		t.Helper()
		var out, errs bytes.Buffer
		code := cli.Run(t.Context(), append(args, "--library", directory), cli.Streams{In: strings.NewReader(""), Out: &out, Err: &errs},
			cli.Environment{Variable: func(string) string { return "" }})
		if code != 0 {
			t.Fatalf("it ended with %d: %s", code, errs.String())
		}
		return out.String(), errs.String()
	}
	if _, warned := run("contact", "log", "--case", caseOf(t, directory), "--summary", "They hung up"); !strings.Contains(warned, "Set the clock right") {
		t.Errorf("it says %q", warned)
	}
	if _, warned := run("--json", "case", "list"); warned != "" {
		t.Errorf("programs are told %q", warned)
	}
	if said, _ := run("record", "verify"); !strings.Contains(said, "The parcel: the clock was set back 1 time;") {
		t.Errorf("verifying says %q", said)
	}
}

// caseOf is the id of the only case.
func caseOf(t *testing.T, directory string) string {
	t.Helper()
	work, err := casework.Open(t.Context(), casework.Options{Directory: directory, State: os.Getenv("CONSTANCIA_STATE")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = work.Close() }()
	cases, err := work.Cases(t.Context())
	if err != nil || len(cases) != 1 {
		t.Fatalf("the cases are %v, %v", cases, err)
	}
	return cases[0].ID
}
