package cli

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/i18n"
	"constancia/internal/sample/demo"
)

// demonstrated is the JSON shape of the demonstration.
type demonstrated struct {
	Library  string           `json:"library"`
	Case     string           `json:"case"`
	Dossiers []string         `json:"dossiers"`
	Figures  casefile.Figures `json:"figures"`
	Import   importAnswer     `json:"import"`
	Draft    string           `json:"draft"`
	Took     took             `json:"took"`
}

// took is how long the demonstration took, in milliseconds.
type took struct {
	Logging   int64 `json:"logging_ms"`
	Importing int64 `json:"importing_ms"`
	Exporting int64 `json:"exporting_ms"`
	Drafting  int64 `json:"drafting_ms"`
	All       int64 `json:"all_ms"`
}

func (p *program) demo() *cobra.Command {
	var out string
	command, flags := p.leaf("demo", noArguments, func(command *cobra.Command, _ []string) error {
		language := p.chosen
		if language == "" {
			language = i18n.Spanish // the story happens in Spain
		}
		if out == "" {
			out = freeFolder("constancia-demo")
		}
		state, err := casework.DefaultState()
		if err != nil {
			return err
		}
		result, err := demo.Run(command.Context(), demo.Options{Directory: out, State: state, Language: language, Report: p.report})
		if err != nil {
			return err
		}
		p.progress.clear()
		shown := demonstrated{
			Library: result.Library, Case: result.Case, Dossiers: result.Dossiers, Figures: result.Figures,
			Import: p.importAnswer(result.Import), Draft: result.Draft, Took: took{
				Logging: result.Took.Logging.Milliseconds(), Importing: result.Took.Importing.Milliseconds(),
				Exporting: result.Took.Exporting.Milliseconds(), Drafting: result.Took.Drafting.Milliseconds(),
				All: result.Took.All.Milliseconds(),
			},
		}
		return p.show(shown, func(w io.Writer) { p.describeDemo(w, result) })
	})
	flags.text(&out, "out", "folder")
	return command
}

// freeFolder is the first of name, name-2, name-3 … that is not there yet.
func freeFolder(name string) string {
	free := name
	for n := 2; ; n++ {
		if _, err := os.Lstat(free); err != nil {
			return free
		}
		free = fmt.Sprintf("%s-%d", name, n)
	}
}

func (p *program) describeDemo(w io.Writer, result demo.Result) {
	p.line(w, "cli.demo.logged", values(
		"contacts", p.texts.Count("count.contact", result.Figures.Contacts-result.Figures.Messages),
		"promises", p.texts.Count("count.promise", result.Figures.Promises),
		"evidence", p.texts.Count("count.evidence", result.Figures.Evidence)))
	p.line(w, "cli.demo.imported", values("emails", p.texts.Count("count.message", result.Import.Imported)))
	p.line(w, "cli.demo.drafted", values("path", result.Draft, "mailbox", result.DraftMailbox))
	p.line(w, "cli.demo.dossiers", values("dossiers", p.texts.List(result.Dossiers)))
	p.line(w, "cli.demo.library", values("path", result.Library))
	fmt.Fprintf(w, "\n%s\n", strings.ToUpper(p.texts.Text("cli.demo.figures")))
	p.describeFigures(w, result.Figures)
}
