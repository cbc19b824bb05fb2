package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/problem"
)

// dossierPreview shows what the press edition hides before it is made, and keeps what the person chooses.
func (p *program) dossierPreview() *cobra.Command {
	change := casework.ChangePress{}
	edition := dossier.Press
	command, flags := p.leaf("dossier.preview", noArguments, func(command *cobra.Command, _ []string) error {
		if edition != dossier.Press {
			return problem.New(problem.NotAChoice, problem.Values{
				"field": "--edition", "value": string(edition), "choices": string(dossier.Press)})
		}
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			ctx := command.Context()
			if err := work.ChangePress(ctx, change); err != nil {
				return err
			}
			preview, err := work.PreviewPress(ctx, change.CaseID, p.texts.Language())
			if err != nil {
				return err
			}
			return p.show(preview, func(w io.Writer) { p.describePreview(w, preview) })
		})
	})
	flags.text(&change.CaseID, "case", "id")
	choice(flags, &edition, "edition", []dossier.Edition{dossier.Press})
	flags.texts(&change.Hide, "hide", "text")
	flags.texts(&change.Unhide, "unhide", "text")
	flags.texts(&change.Show, "show", "id")
	flags.texts(&change.Unshow, "unshow", "id")
	flags.texts(&change.Exhibits, "exhibit", "name")
	flags.texts(&change.Without, "without", "name")
	flags.require("case")
	return command
}

func (p *program) describePreview(w io.Writer, preview casework.PressPreview) {
	heading := func(key string) { fmt.Fprintf(w, "\n%s\n", strings.ToUpper(p.texts.Text(key))) }
	fmt.Fprintln(w, p.texts.Text("cli.press.what"))
	heading("cli.press.hidden")
	var rows [][]string
	for _, one := range preview.Hidden {
		label := one.Label
		if one.Shown {
			label = p.texts.Text("cli.press.shown")
		}
		rows = append(rows, []string{label, short(oneLine(one.Value), 40), strconv.Itoa(one.Count), shortList(one.Where), one.ID})
	}
	p.table(w, []string{"label", "value", "count", "where", "id"}, rows)
	heading("cli.press.suspects")
	if len(preview.Suspects) == 0 {
		fmt.Fprintln(w, p.texts.Text("cli.press.no_suspects"))
	} else {
		rows = nil
		for _, one := range preview.Suspects {
			rows = append(rows, []string{p.texts.Text("press.label." + labelOf(one.Kind)), short(oneLine(one.Text), 50), strconv.Itoa(one.Count), shortList(one.Where)})
		}
		p.table(w, []string{"kind", "value", "count", "where"}, rows)
		fmt.Fprintln(w, p.texts.Text("cli.press.suspects_do"))
	}
	heading("cli.press.exhibits")
	rows = nil
	for _, one := range preview.Exhibits {
		state := p.texts.Text("cli.press.left_out")
		if one.Chosen {
			state = p.texts.Text("cli.press.chosen")
		}
		rows = append(rows, []string{one.Label, state, short(oneLine(one.Shows), 60)})
	}
	p.table(w, []string{"exhibit", "state", "shows"}, rows)
	if len(rows) > 0 {
		fmt.Fprintln(w, p.texts.Text("cli.press.pictures"))
	}
}

// labelOf is the kind under which a label is found that needs no number.
func labelOf(kind string) string {
	if kind == "person" || kind == "agent" || kind == "household" {
		return "somebody"
	}
	return kind
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// shortList names the first rows of many.
func shortList(tags []string) string {
	const most = 6
	if len(tags) > most {
		return strings.Join(tags[:most], " ") + " …"
	}
	return strings.Join(tags, " ")
}
