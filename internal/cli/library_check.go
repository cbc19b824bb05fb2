package cli

import (
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

// checked is the JSON shape of a check of the library: a verification whose problems say what to do about them.
type checked struct {
	Holds    bool           `json:"holds"`
	Problems []checkProblem `json:"problems"`
	Entries  int64          `json:"entries"`
}

type checkProblem struct {
	What  string `json:"what"`
	Where string `json:"where"`
	Do    string `json:"do"`
}

func (p *program) libraryCheck() *cobra.Command {
	command, _ := p.leaf("library.check", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			verification, err := work.CheckLibrary(command.Context(), p.report)
			if err != nil {
				return err
			}
			return p.showCheck(verification)
		})
	})
	return command
}

// showCheck tells what a check found, and what to do about it. What does not hold is a failure.
func (p *program) showCheck(v casework.Verification) error {
	answer := checked{v.Holds, make([]checkProblem, len(v.Problems)), v.Entries}
	for i, finding := range v.Problems {
		what := string(finding.What)
		answer.Problems[i] = checkProblem{what, finding.Where, p.texts.Text("cli.finding_do." + what)}
	}
	err := p.show(answer, func(w io.Writer) {
		p.progress.clear()
		if v.Holds {
			p.line(w, "cli.library.holds", values("entries", p.texts.Count("count.entry", v.Entries)))
		}
		p.checkProblems(w, answer.Problems)
	})
	if err != nil || v.Holds {
		return err
	}
	return problem.New(problem.LibraryDoesNotHold, problem.Values{"count": strconv.Itoa(len(v.Problems))})
}

// checkProblems lists what was found, one kind after the other, each with what to do and where it is.
func (p *program) checkProblems(w io.Writer, problems []checkProblem) {
	where := map[string][]string{}
	for _, one := range problems {
		where[one.What] = append(where[one.What], one.Where)
	}
	for _, one := range problems {
		places, untold := where[one.What]
		if !untold {
			continue
		}
		delete(where, one.What)
		fmt.Fprintln(w)
		p.line(w, "cli.library.finding", values("what", p.texts.Text("cli.finding."+one.What), "do", one.Do))
		for _, place := range places {
			fmt.Fprintln(w, "  "+plain(place))
		}
	}
}
