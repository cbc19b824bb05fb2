package cli

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/problem"
	"constancia/internal/raster"
)

// dossierPreview shows what the press edition hides before it is made, and keeps what the person chooses.
func (p *program) dossierPreview() *cobra.Command {
	change := casework.ChangePress{}
	edition := dossier.Press
	var paint []string
	var letter, letterFile string
	command, flags := p.leaf("dossier.preview", noArguments, func(command *cobra.Command, _ []string) (err error) {
		if change.Paint, err = paintings(paint); err != nil {
			return err
		}
		if edition != dossier.Press {
			return problem.New(problem.NotAChoice, problem.Values{
				"field": "--edition", "value": string(edition), "choices": string(dossier.Press)})
		}
		if letterFile != "" {
			if letter, err = casework.ReadCoverNote(letterFile); err != nil {
				return err
			}
		}
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			ctx := command.Context()
			if err := work.ChangePress(ctx, change); err != nil {
				return err
			}
			preview, err := work.PreviewPressLetter(ctx, change.CaseID, letter, p.texts.Language())
			if err != nil {
				return err
			}
			return p.show(preview, func(w io.Writer) { p.describePreview(w, preview) })
		})
	})
	flags.text(&change.CaseID, "case", "id")
	choice(flags, &edition, "edition", []dossier.Edition{dossier.Press})
	flags.text(&letterFile, "cover-note-file", "file")
	flags.texts(&change.Hide, "hide", "text")
	flags.texts(&change.Unhide, "unhide", "text")
	flags.texts(&change.Show, "show", "id")
	flags.texts(&change.Unshow, "unshow", "id")
	flags.texts(&change.Exhibits, "exhibit", "name")
	flags.texts(&change.Without, "without", "name")
	flags.text(&change.Contact, "press-contact", "text")
	flags.yes(&change.NoContact, "no-press-contact")
	flags.texts(&paint, "paint", "area")
	flags.texts(&change.Unpaint, "unpaint", "name")
	flags.require("case")
	return command
}

// paintings reads parts of pictures: A-3:x,y,width,height, each a percentage or a fraction of the upright picture.
func paintings(typed []string) (paintings []casework.PaintPicture, err error) {
	for _, one := range typed {
		label, numbers, _ := strings.Cut(one, ":")
		parts := strings.Split(numbers, ",")
		var sides [4]float64
		if len(parts) != len(sides) {
			return nil, problem.New(problem.NotAnArea, problem.Values{"value": one})
		}
		for i, part := range parts {
			number, percent := strings.CutSuffix(strings.TrimSpace(part), "%")
			if sides[i], err = strconv.ParseFloat(number, 64); err != nil {
				return nil, problem.New(problem.NotAnArea, problem.Values{"value": one})
			}
			if percent {
				sides[i] /= 100
			}
		}
		area := raster.Area{X: sides[0], Y: sides[1], Width: sides[2], Height: sides[3]}
		if !area.Allowed() {
			return nil, problem.New(problem.NotAnArea, problem.Values{"value": one})
		}
		paintings = append(paintings, casework.PaintPicture{Exhibit: strings.TrimSpace(label), Areas: []raster.Area{area}})
	}
	return paintings, nil
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
	heading("cli.press.contact")
	fmt.Fprintln(w, cmp.Or(preview.Contact, p.texts.Text("cli.press.no_contact")))
	heading("cli.press.exhibits")
	rows = nil
	for _, one := range preview.Exhibits {
		state := p.texts.Text("cli.press.left_out")
		if one.Chosen {
			state = p.texts.Text("cli.press.chosen")
		}
		if count := int64(len(one.Painted)); count > 0 {
			state += ", " + p.texts.Count("cli.press.painted", count)
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
