package cli_test

import (
	"os"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

var recoveryKey = regexp.MustCompile(`AGE-SECRET-KEY-1[0-9A-Z]{58}`)

// takeKey writes the recovery key that a text shows into a file: takekey stdout key.txt.
func takeKey(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: takekey TEXT FILE")
	}
	keys := recoveryKey.FindAllString(ts.ReadFile(args[0]), -1)
	if len(keys) != 1 {
		ts.Fatalf("%s shows %d keys", args[0], len(keys))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(keys[0]+"\n"), 0o600))
}

// contains requires a file to hold the text of another: contains sheet.txt key.txt.
func contains(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: contains FILE FILE")
	}
	if strings.Contains(ts.ReadFile(args[0]), strings.TrimSpace(ts.ReadFile(args[1]))) == neg {
		ts.Fatalf("whether %s is in %s: %t", args[1], args[0], neg)
	}
}
