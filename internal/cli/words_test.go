package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/i18n"
	"constancia/internal/problem"
	_ "constancia/internal/secret/secrettest" // not the real keyring
)

func TestEveryCommandHasItsHelpInEveryLanguage(t *testing.T) {
	for _, language := range i18n.Languages() {
		var out bytes.Buffer
		p := &program{streams: Streams{Out: &out, Err: io.Discard}, texts: i18n.For(language)}
		var walk func(*cobra.Command)
		walk = func(command *cobra.Command) {
			out.Reset()
			p.help(command, nil) // a word that is missing panics
			if text := out.String(); strings.Contains(text, "cli.") || strings.Contains(text, "{{") || !strings.Contains(text, command.CommandPath()) {
				t.Errorf("%s: the help of %q reads:\n%s", language, command.CommandPath(), text)
			}
			for line := range strings.Lines(out.String()) {
				if runes := []rune(line); len(runes) > helpWidth+1 && strings.HasPrefix(line, "  ") && !strings.HasPrefix(line, "  constancia ") {
					t.Errorf("%s: the help of %q has a line of %d characters: %s", language, command.CommandPath(), len(runes), line)
				}
			}
			for _, child := range command.Commands() {
				walk(child)
			}
		}
		walk(p.root())
	}
}

// Codes that other packages give out in their answers, as their sources name them.
var (
	findings        = regexp.MustCompile(`What = "(\w+)"`)
	dossierFindings = regexp.MustCompile(`What = "dossier_(\w+)"`)
	steps           = regexp.MustCompile(`(?:Progress\{What: |^\s+(?:Logging|Checking|Drafting) += |CheckStep = )"(\w+)"`)
)

func TestEveryFindingAndEveryStepHasItsWords(t *testing.T) {
	for prefix, sources := range map[string]struct {
		pattern *regexp.Regexp
		files   []string
		least   int
	}{
		"cli.finding.":         {findings, []string{"../record/check.go", "../library/check.go", "../library/memory.go", "../casework/seal_verify.go"}, 15},
		"cli.finding.dossier_": {dossierFindings, []string{"../dossier/seal/verify.go", "../casework/dossier_verify_record.go"}, 13},
		"cli.finding_do.":      {findings, []string{"../record/check.go", "../library/check.go", "../library/memory.go", "../casework/seal_verify.go"}, 15},
		"cli.progress.": {steps, []string{"../casework/intake.go", "../casework/mail_imap.go", "../casework/mail_files.go",
			"../casework/dossier.go", "../casework/dossier_write.go", "../casework/mailbox.go", "../casework/mailbox_oauth.go", "../casework/seal.go", "../casework/migration.go", "../library/check.go", "../sample/demo/demo.go"}, 6},
	} {
		found := map[string]bool{}
		for _, path := range sources.files {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(text)) {
				for _, match := range sources.pattern.FindAllStringSubmatch(line, -1) {
					found[match[1]] = true
				}
			}
		}
		if len(found) < sources.least {
			t.Errorf("only %d codes of %s were found in %v", len(found), prefix, sources.files)
		}
		for code := range found {
			for _, language := range i18n.Languages() {
				if !i18n.For(language).Has(prefix + code) {
					t.Errorf("%s has no %s%s", language, prefix, code)
				}
			}
		}
	}
}

func TestWhatWasStoppedIsToldAndIsAFailure(t *testing.T) {
	library := t.TempDir() + "/library"
	work, err := casework.Open(t.Context(), casework.Options{Directory: library, Create: true, State: library + "-state"})
	if err != nil {
		t.Fatal(err)
	}
	if err := work.Close(); err != nil {
		t.Fatal(err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	var out, problems bytes.Buffer
	code := Run(stopped, []string{"--library", library, "--lang", "es", "case", "list"}, Streams{Out: &out, Err: &problems},
		Environment{Variable: func(string) string { return "" }})
	if want := "Se ha detenido antes de terminar. Lo que ya se había guardado se conserva. Empieza otra vez para continuar.\n"; code != failed || problems.String() != want || out.Len() > 0 {
		t.Errorf("exit %d, stdout %q, stderr %q", code, out.String(), problems.String())
	}
}

func TestAnAnswerThatDidNotGetOutIsAFailure(t *testing.T) {
	for _, test := range []struct {
		why  error
		want problem.Code
	}{{syscall.ENOSPC, problem.DiskFull}, {io.ErrClosedPipe, problem.FileUnwritable}} {
		for _, words := range [][]string{{"case", "list"}, {"case", "list", "--json"}, {"help"}} {
			library := t.TempDir() + "/library"
			work, err := casework.Open(t.Context(), casework.Options{Directory: library, Create: true, State: library + "-state"})
			if err != nil {
				t.Fatal(err)
			}
			if err := work.Close(); err != nil {
				t.Fatal(err)
			}
			var problems bytes.Buffer
			code := Run(t.Context(), append(words, "--library", library), Streams{Out: failing{test.why}, Err: &problems},
				Environment{Variable: func(string) string { return "" }})
			message, _ := i18n.For(i18n.English).Problem(string(test.want), problem.Values{"path": "stdout"})
			if code != failed || !strings.Contains(problems.String(), message) {
				t.Errorf("%v, %v: exit %d, stderr %q", words, test.why, code, problems.String())
			}
		}
	}
}

// failing takes nothing.
type failing struct{ why error }

func (f failing) Write([]byte) (int, error) { return 0, f.why }

func TestTheLanguageIsTheOneAskedForElseTheSystems(t *testing.T) {
	for _, c := range []struct {
		args      []string
		variables map[string]string
		want      i18n.Language
	}{
		{nil, nil, i18n.English},
		{nil, map[string]string{"LANG": "ca_ES.UTF-8"}, i18n.Catalan},
		{nil, map[string]string{"LANG": "ca_ES.UTF-8", "LC_ALL": "es_MX.UTF-8"}, i18n.Spanish},
		{nil, map[string]string{"LC_ALL": "fr_FR.UTF-8", "LANG": "es_ES"}, i18n.English},
		{[]string{"case", "--lang", "ca"}, map[string]string{"LANG": "es_ES"}, i18n.Catalan},
		{[]string{"--lang=es-MX"}, nil, i18n.Spanish},
		{[]string{"search", "--", "--lang", "ca"}, nil, i18n.English},
	} {
		p := &program{environment: Environment{Variable: func(name string) string { return c.variables[name] }}}
		p.readAhead(c.args)
		if got := p.texts.Language(); got != c.want {
			t.Errorf("%v with %v speaks %s, want %s", c.args, c.variables, got, c.want)
		}
	}
}
