package cli

import (
	"regexp"

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
