package cli_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	_ "time/tzdata"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"

	"constancia/internal/cli"
	"constancia/internal/problem"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"constancia": func() {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		code := cli.Run(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr},
			cli.Environment{Variable: os.Getenv, FindMailServer: askPlayedNetwork, Window: func(library string) error {
				return problem.New(problem.NoLibrary, problem.Values{"path": "the window of " + library})
			}})
		stop()
		os.Exit(code)
	}})
}

// TestCommandLine runs the scripts of testdata/script: what a person types, and what comes of it.
func TestCommandLine(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("CONSTANCIA_LIBRARY", filepath.Join(env.WorkDir, "library"))
			env.Setenv("CONSTANCIA_STATE", filepath.Join(env.WorkDir, "state"))
			env.Setenv("CONSTANCIA_SECRETS", "files")
			env.Setenv("LANG", "en_GB.UTF-8")
			env.Setenv("TZ", "Europe/Madrid")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"keep":        keep,
			"json":        compareJSON,
			"exit":        exitCode,
			"maintain":    maintain,
			"mailbox":     serveMailbox,
			"timeservice": serveTime,
			"takekey":     takeKey,
			"contains":    contains,
		},
	})
}

// keep puts a value of the last JSON answer into a variable: keep CASE id.
func keep(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: keep VARIABLE PATH")
	}
	ts.Setenv(args[0], lookUp(ts, args[1]))
}

// compareJSON holds a value of the last JSON answer against a text: json items.0.title 'Lost parcel'. The path of a list
// followed by len is its length.
func compareJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: json PATH VALUE")
	}
	if got := lookUp(ts, args[0]); (got == args[1]) == neg {
		ts.Fatalf("%s is %q", args[0], got)
	}
}

// lookUp finds a value of the one JSON value on stdout, or of the one on stderr when stdout is empty.
func lookUp(ts *testscript.TestScript, path string) string {
	text := ts.ReadFile("stdout")
	if text == "" {
		text = ts.ReadFile("stderr")
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	ts.Check(decoder.Decode(&value))
	if decoder.More() {
		ts.Fatalf("more than one JSON value: %s", text)
	}
	for part := range strings.SplitSeq(path, ".") {
		switch at := value.(type) {
		case map[string]any:
			member, ok := at[part]
			if !ok {
				ts.Fatalf("%s: there is no %q in %s", path, part, text)
			}
			value = member
		case []any:
			if part == "len" {
				return strconv.Itoa(len(at))
			}
			i, err := strconv.Atoi(part)
			if err != nil || i >= len(at) {
				ts.Fatalf("%s: no %q in a list of %d", path, part, len(at))
			}
			value = at[i]
		default:
			ts.Fatalf("%s: %q is not there", path, part)
		}
	}
	if text, ok := value.(string); ok {
		return text
	}
	return fmt.Sprint(value)
}

// exitCode runs a command that must end with a code: exit 2 constancia case.
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exit CODE COMMAND…")
	}
	got := "0"
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("%s ended with %s", strings.Join(args[1:], " "), got)
	}
}

// maintain holds a library for itself until the script ends, as a restore does: maintain library.
func maintain(ts *testscript.TestScript, _ bool, args []string) {
	lock := flock.New(filepath.Join(ts.MkAbs(args[0]), "lock"))
	held, err := lock.TryLock()
	ts.Check(err)
	if !held {
		ts.Fatalf("somebody else holds %s", args[0])
	}
	ts.Defer(func() { _ = lock.Unlock() })
}
