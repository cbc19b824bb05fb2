package cli

import (
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"constancia/internal/problem"
)

// Annotations that help reads.
const (
	valueWord = "value"    // which word stands for a flag's value: a key below cli.value
	required  = "required" // the flag must be given
	choices   = "choices"  // the codes a flag takes
)

// flags adds flags to a command, with their words from the catalogue: cli.flag.COMMAND.NAME, else cli.flag.NAME.
type flags struct {
	program *program
	command *cobra.Command
	// key of the command below cli.command.
	key string
}

func (f flags) text(target *string, name, word string) {
	f.command.Flags().StringVar(target, name, *target, f.usage(name))
	f.annotate(name, valueWord, word)
}

// texts is a flag that may be given several times.
func (f flags) texts(target *[]string, name, word string) {
	f.command.Flags().StringArrayVar(target, name, nil, f.usage(name))
	f.annotate(name, valueWord, word)
}

func (f flags) number(target *int64, name string, usual int64) {
	f.command.Flags().Int64Var(target, name, usual, f.usage(name))
	f.annotate(name, valueWord, "number")
}

func (f flags) yes(target *bool, name string) {
	f.command.Flags().BoolVar(target, name, false, f.usage(name))
}

// count is a flag without a value that may be given several times.
func (f flags) count(target *int, name string) {
	f.command.Flags().CountVar(target, name, f.usage(name))
}

// choice is a text of which help lists the codes it takes. Whether a value is one of them is for casework to say.
func choice[T ~string](f flags, target *T, name string, codes []T) {
	f.command.Flags().Var(code[T]{target}, name, f.usage(name))
	f.annotate(name, valueWord, "code")
	f.annotate(name, choices, words(codes)...)
}

// code is a flag's value that is one of a program's own words.
type code[T ~string] struct{ target *T }

func (c code[T]) Set(text string) error {
	*c.target = T(text)
	return nil
}

func (c code[T]) String() string {
	if c.target == nil { // pflag asks a zero value what it says
		return ""
	}
	return string(*c.target)
}

// Type is pflag's name for it.
func (c code[T]) Type() string { return "string" }

func (f flags) require(names ...string) {
	for _, name := range names {
		f.annotate(name, required, "")
	}
}

func (f flags) usage(name string) string {
	if key := "cli.flag." + f.key + "." + name; f.program.texts.Has(key) {
		return f.program.texts.Text(key)
	}
	return f.program.texts.Text("cli.flag." + name)
}

func (f flags) annotate(name, annotation string, values ...string) {
	if err := f.command.Flags().SetAnnotation(name, annotation, values); err != nil {
		panic(err) // there is no flag of that name
	}
}

// requireFlags finds the first flag that must be given and is not.
func (p *program) requireFlags(command *cobra.Command) error {
	var absent []string
	command.Flags().VisitAll(func(flag *pflag.Flag) {
		if _, ok := flag.Annotations[required]; ok && !flag.Changed {
			absent = append(absent, "--"+flag.Name)
		}
	})
	if len(absent) == 0 {
		return nil
	}
	return p.misusedBecause("cli.misuse.flags_missing", values("flags", p.texts.List(absent)))
}

// flagProblem says in the person's language what pflag found.
func (p *program) flagProblem(_ *cobra.Command, err error) error {
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		name := unknown.GetSpecifiedName()
		if shorthands := unknown.GetSpecifiedShortnames(); shorthands != "" {
			return p.misusedBecause("cli.misuse.flag_unknown", values("flag", "-"+name))
		}
		return p.misusedBecause("cli.misuse.flag_unknown", values("flag", "--"+name))
	}
	if bare, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		return p.misusedBecause("cli.misuse.flag_bare", values("flag", "--"+bare.GetFlag().Name))
	}
	if invalid, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		if invalid.GetFlag().Value.Type() == "int64" {
			return &misuse{problem.Wrap(err, problem.NotANumber, problem.Values{
				"field": "--" + invalid.GetFlag().Name, "value": invalid.GetValue()})}
		}
		if readsSecret(invalid.GetFlag()) {
			return p.misusedBecause("cli.misuse.secret_argument", values("flag", "--"+invalid.GetFlag().Name))
		}
		return p.misusedBecause("cli.misuse.flag_value", values("flag", "--"+invalid.GetFlag().Name, "value", invalid.GetValue()))
	}
	if malformed, ok := errors.AsType[*pflag.InvalidSyntaxError](err); ok {
		return p.misusedBecause("cli.misuse.flag_unknown", values("flag", malformed.GetSpecifiedFlag()))
	}
	return &misuse{problem.Wrap(err, problem.Misused, problem.Values{"detail": err.Error()})}
}

// words are codes as plain strings.
func words[T ~string](codes []T) []string {
	texts := make([]string, len(codes))
	for i, code := range codes {
		texts[i] = string(code)
	}
	return texts
}

// values pairs names with what fills them.
func values(pairs ...string) map[string]any {
	filled := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		filled[pairs[i]] = pairs[i+1]
	}
	return filled
}
