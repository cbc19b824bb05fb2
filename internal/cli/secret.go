package cli

import (
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"constancia/internal/problem"
	"constancia/internal/secret"
)

// secretIn reads a password, passphrase or key from the environment variable that a flag names, so that it stands in no
// list of commands.
func (p *program) secretIn(flag, variable string) (secret.Text, error) {
	text := p.environment.Variable(variable)
	switch {
	case text != "":
		return secret.NewText(text), nil
	case variableName.MatchString(variable):
		return secret.Text{}, problem.New(problem.PasswordMissing, problem.Values{"variable": variable})
	}
	return secret.Text{}, p.misusedBecause("cli.misuse.secret_variable", values("flag", flag))
}

// variableName is what the name of an environment variable looks like. What does not may be the secret itself, typed in
// its place, and is not said again.
var variableName = regexp.MustCompile(`^[A-Z_][A-Z0-9_]*$`)

// readsSecret tells whether a flag has a secret read from standard input.
func readsSecret(flag *pflag.Flag) bool { return strings.HasSuffix(flag.Name, "-stdin") }

// oneTooMany says that there is a word too many. Beside a flag that has a secret read from standard input it may be that
// secret, and is not said again.
func (p *program) oneTooMany(command *cobra.Command, word string) error {
	reads := ""
	command.Flags().Visit(func(flag *pflag.Flag) {
		if readsSecret(flag) {
			reads = "--" + flag.Name
		}
	})
	if reads != "" {
		return p.misusedBecause("cli.misuse.secret_argument", values("flag", reads))
	}
	return p.misusedBecause("cli.misuse.argument_extra", values("argument", word))
}
