package cli

import (
	"bufio"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"

	"constancia/internal/problem"
	"constancia/internal/secret"
)

// recoveryKey reads the recovery key from standard input; empty when it is not typed.
func (p *program) recoveryKey(typed bool) (secret.Text, error) {
	if !typed {
		return secret.Text{}, nil
	}
	key, err := p.typedSecret("cli.ask.key")
	if err == nil && strings.TrimSpace(key.Reveal()) == "" {
		err = problem.New(problem.NotARecoveryKey, nil)
	}
	return key, err
}

// passphrase reads a passphrase from standard input; empty when it is not typed.
func (p *program) passphrase(typed bool) (secret.Text, error) {
	if !typed {
		return secret.Text{}, nil
	}
	passphrase, err := p.typedSecret("cli.bundle.passphrase")
	if err == nil && passphrase.Empty() {
		err = p.misusedBecause("cli.misuse.passphrase_missing", nil)
	}
	return passphrase, err
}

// newPassphrase reads a passphrase that something is to be encrypted for. Somebody at a terminal types it twice: nobody
// sees a slip, and what it locks stays locked.
func (p *program) newPassphrase(typed bool) (secret.Text, error) {
	passphrase, err := p.passphrase(typed)
	if err != nil || !typed || !p.isAsked() {
		return passphrase, err
	}
	again, err := p.typedSecret("cli.bundle.passphrase_again")
	if err == nil && again.Reveal() != passphrase.Reveal() {
		err = p.misusedBecause("cli.misuse.passphrase_differs", nil)
	}
	return passphrase, err
}

// typedSecret reads the first line of standard input: on the command line, everybody who lists the processes could read
// it. Somebody at a terminal is asked for it, and does not see it while typing.
func (p *program) typedSecret(question string) (secret.Text, error) {
	if terminal, ok := p.terminal(); ok {
		_, _ = io.WriteString(p.streams.Err, p.texts.Text(question)+" ")
		typed, err := term.ReadPassword(int(terminal.Fd()))
		_, _ = io.WriteString(p.streams.Err, "\n")
		return secret.NewText(string(typed)), err
	}
	line, err := p.readLine()
	return secret.NewText(strings.TrimRight(line, "\r\n")), err
}

// agrees asks a question that is answered with yes or no, and takes all but a yes for a no.
func (p *program) agrees(key string) (bool, error) {
	_, _ = io.WriteString(p.streams.Err, p.texts.Text(key)+" ")
	line, err := p.readLine()
	yes := strings.Fields(p.texts.Text("cli.ask.yes"))
	return slices.Contains(yes, strings.ToLower(strings.TrimSpace(line))), err
}

// isAsked tells whether somebody sits at the terminal who can answer.
func (p *program) isAsked() bool {
	_, ok := p.terminal()
	return ok
}

// terminal is the one that somebody types at, if it is one, and no program that reads JSON.
func (p *program) terminal() (*os.File, bool) {
	file, ok := p.streams.In.(*os.File)
	return file, ok && !p.json && isTerminal(file)
}

// longestLine is more than any answer is long.
const longestLine = 4096

// readLine reads one line of standard input.
func (p *program) readLine() (string, error) {
	if p.input == nil {
		p.input = bufio.NewReaderSize(p.streams.In, longestLine)
	}
	line, err := p.input.ReadSlice('\n')
	if errors.Is(err, io.EOF) || errors.Is(err, bufio.ErrBufferFull) {
		err = nil
	}
	return string(line), err
}
