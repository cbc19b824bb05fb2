package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

func (p *program) contradictionPin() *cobra.Command {
	var request casework.PinContradiction
	var answers []string
	command, flags := p.leaf("contradiction.pin", noArguments, func(command *cobra.Command, _ []string) error {
		request.Answers = parseAnswers(answers)
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			id, err := work.PinContradiction(command.Context(), request)
			if err != nil {
				return err
			}
			return p.showCreated("cli.contradiction.pinned", id)
		})
	})
	flags.text(&request.CaseID, "case", "id")
	contradictionFlags(flags, &request, &answers)
	flags.require("case", "question", "answer")
	return command
}

// contradictionFlags are what a contradiction is described by.
func contradictionFlags(flags flags, request *casework.PinContradiction, answers *[]string) {
	flags.text(&request.Question, "question", "text")
	flags.texts(answers, "answer", "answer")
	flags.text(&request.Note, "note", "text")
}

// parseAnswers reads what was said, and behind which id of a contact or message: "0198…: it is in Getafe".
func parseAnswers(typed []string) []casefile.Answer {
	var answers []casefile.Answer
	for _, text := range typed {
		id, said, _ := strings.Cut(text, ":")
		answers = append(answers, casefile.Answer{EntryID: strings.TrimSpace(id), Said: said})
	}
	return answers
}

func (p *program) contradictionCorrect() *cobra.Command {
	var request casework.PinContradiction
	var answers []string
	return p.correction("contradiction.correct", request.Clearable(), func(flags flags) { contradictionFlags(flags, &request, &answers) },
		func(ctx context.Context, work *casework.Casework, n casework.Correct) (casework.Corrected, error) {
			request.Answers = parseAnswers(answers)
			return work.CorrectContradiction(ctx, n, request)
		})
}

// shownContradiction is the JSON shape of a contradiction, with the entries that its answers are from, in their order.
type shownContradiction struct {
	casefile.Contradiction
	Sources    []casework.Entry `json:"sources"`
	RecordedAt string           `json:"recorded_at"`
}

func shownContradictions(items []casework.ContradictionItem) []shownContradiction {
	shown := make([]shownContradiction, len(items))
	for i, item := range items {
		shown[i] = shownContradiction{Contradiction: item.Value, Sources: item.Sources, RecordedAt: instant(item.Entry.RecordedAt)}
	}
	return shown
}

func (p *program) contradictionList() *cobra.Command {
	var id string
	command, flags := p.leaf("contradiction.list", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			items, err := work.Contradictions(command.Context(), id)
			if err != nil {
				return err
			}
			columns := []string{"question", "answers", "note", "id"}
			return showList(p, shownContradictions(items), "cli.contradiction.none", columns, func(one shownContradiction) []string {
				return []string{short(one.Question, 40), p.answers(one), short(one.Note, 40), one.ID}
			})
		})
	})
	flags.text(&id, "case", "id")
	flags.require("case")
	return command
}

// answers writes what was said, and of an answer whose entry is gone that it is.
func (p *program) answers(shown shownContradiction) string {
	texts := make([]string, len(shown.Answers))
	for i, answer := range shown.Answers {
		texts[i] = short(answer.Said, 50)
		gone := p.standing(shown.Sources[i])
		if shown.Sources[i].Kind == "" {
			gone = p.texts.Text("cli.contradiction.elsewhere")
		}
		texts[i] = withDetail(texts[i], gone)
	}
	return strings.Join(texts, " / ")
}
