// Package cli is the command line: the same program without its window. It turns words into requests of package
// casework and its answers into text or JSON, and holds no rule of the domain.
//
// Promises to scripts: with --json there is one JSON value on stdout; progress and errors go to stderr. The exit code
// is 0 for done, 1 for failed (one plain line on stderr, with what to do) and 2 for misused.
package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"constancia/internal/casework"
	"constancia/internal/i18n"
	"constancia/internal/mail/provider/discover"
	"constancia/internal/problem"
)

// Streams are where a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Environment is what a command takes from the system it runs on.
type Environment struct {
	// Variable gives an environment variable; empty when it is not set.
	Variable func(name string) string
	// Window opens the window on a library, the usual one when it is empty, and returns when it is closed.
	Window func(library string) error
	// Clock is the time now; nil is time.Now.
	Clock func() time.Time
	// FindMailServer asks the network where the mail server of an address is; nil is casework.FindMailServer.
	FindMailServer func(ctx context.Context, address string) (discover.Found, error)
	// LookupKeys asks for the keys of signatures; nil asks nobody.
	LookupKeys casework.KeyLookup
}

// System is the environment of this computer, with what opens the window on a library.
func System(window func(library string) error) Environment {
	return Environment{Variable: os.Getenv, Window: window, LookupKeys: casework.DefaultLookup()}
}

// Exit codes.
const (
	done    = 0
	failed  = 1
	misused = 2
)

// Run does what the words of the command line say and returns the exit code.
func Run(ctx context.Context, args []string, streams Streams, environment Environment) int {
	answer := &answerWriter{out: streams.Out}
	streams.Out = answer
	p := &program{streams: streams, environment: environment}
	p.readAhead(args)
	root := p.root()
	root.SetArgs(args)
	root.SetIn(streams.In)
	root.SetOut(streams.Out)
	root.SetErr(streams.Err)
	err := root.ExecuteContext(ctx)
	p.progress.clear()
	if lost := answer.lost(); lost != nil && (err == nil || errors.Is(err, answer.err)) {
		err = lost
	}
	if err == nil {
		return done
	}
	if errors.Is(err, context.Canceled) && !errors.Is(err, problem.New(problem.Cancelled, nil)) {
		err = problem.Wrap(err, problem.Cancelled, nil)
	}
	p.explain(problem.From(err))
	if _, ok := errors.AsType[*misuse](err); ok {
		return misused
	}
	return failed
}

// program is one run of the command line.
type program struct {
	streams     Streams
	environment Environment
	texts       *i18n.Texts
	// chosen is the language that --lang asks for; empty when it is not given.
	chosen   i18n.Language
	library  string
	json     bool
	progress progress
	input    *bufio.Reader // of streams.In, once something was asked
}

// readAhead finds the language and the kind of output before the words are parsed, since mistakes in them are told in
// that language and kind, too.
func (p *program) readAhead(args []string) {
	language := p.systemLanguage()
	for i, arg := range args {
		name, value, joined := strings.Cut(arg, "=")
		switch {
		case arg == "--":
			p.texts = i18n.For(language)
			return
		case arg == "--json":
			p.json = true
		case name == "--lang":
			if !joined && i+1 < len(args) {
				value = args[i+1]
			}
			if asked, ok := i18n.Parse(value); ok {
				language, p.chosen = asked, asked
			}
		}
	}
	p.texts = i18n.For(language)
}

// systemLanguage is the language of the system (POSIX locale variables), English when the program does not speak it.
func (p *program) systemLanguage() i18n.Language {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := p.environment.Variable(name); value != "" {
			if language, ok := i18n.Parse(value); ok {
				return language
			}
			break
		}
	}
	return i18n.English
}

// open opens the library for a command, and makes it first where the command may.
func (p *program) open(ctx context.Context, create bool) (*casework.Casework, error) {
	directory, state, err := p.places()
	if err != nil {
		return nil, err
	}
	return casework.Open(ctx, casework.Options{
		Directory: directory, Create: create, State: state, Clock: p.environment.Clock, Progress: p.report,
		LookupTXT: p.environment.LookupKeys,
	})
}

// places are the folders of the library and of what lies beside it.
func (p *program) places() (library, state string, err error) {
	if library = p.library; library == "" {
		if library, err = casework.DefaultDirectory(); err != nil {
			return "", "", err
		}
	}
	state, err = casework.DefaultState()
	return library, state, err
}

// with opens the library, does the work and closes the library again.
func (p *program) with(ctx context.Context, create bool, work func(*casework.Casework) error) (err error) {
	library, err := p.open(ctx, create)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, library.Close()) }()
	if kept := library.MigratedFrom(); kept != "" && !p.json {
		p.progress.clear()
		p.line(p.streams.Err, "cli.notice.migrated", values("path", kept))
	}
	if !p.json {
		if err := p.notice(ctx, library); err != nil {
			return err
		}
	}
	return work(library)
}

// notice says what somebody must know about the record before they go on with it. Programs ask record verify.
func (p *program) notice(ctx context.Context, library *casework.Casework) error {
	if library.Surprised() {
		p.line(p.streams.Err, "cli.notice.surprised", nil)
	}
	last, behind, err := library.ClockBehind(ctx)
	if behind {
		p.line(p.streams.Err, "cli.notice.clock_behind", values(
			"now", p.texts.DateTime(library.Now().Local()), "last", p.texts.DateTime(last.Local())))
	}
	return err
}

// misuse marks a problem with the words of the command line itself.
type misuse struct{ *problem.Problem }

func (m *misuse) Unwrap() error { return m.Problem }

// misusedBecause makes a misuse from a text of the catalogue.
func (p *program) misusedBecause(key string, values i18n.Values) error {
	return &misuse{problem.New(problem.Misused, problem.Values{"detail": p.texts.Text(key, values)})}
}

// explained is a problem as --json tells it.
type explained struct {
	Code    problem.Code `json:"code"`
	Message string       `json:"message"`
	Do      string       `json:"do"`
	Parts   []explained  `json:"parts,omitempty"`
}

// explain tells a problem on stderr: one line that says what happened and what to do.
func (p *program) explain(problem *problem.Problem) {
	told := p.tell(problem)
	if p.json {
		_ = encode(p.streams.Err, told)
		return
	}
	line := told.Message + " " + told.Do
	if len(told.Parts) > 0 {
		messages := make([]string, len(told.Parts))
		for i, part := range told.Parts {
			messages[i] = part.Message
		}
		line = strings.Join(messages, " ") + " " + told.Do
	}
	_, _ = io.WriteString(p.streams.Err, plain(line)+"\n")
}

func (p *program) tell(problem *problem.Problem) explained {
	message, do := p.texts.Problem(string(problem.Code), problem.Values)
	told := explained{Code: problem.Code, Message: message, Do: do}
	for _, part := range problem.Parts {
		told.Parts = append(told.Parts, p.tell(part))
	}
	return told
}

// encode writes one JSON value and ends the line.
func encode(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}
