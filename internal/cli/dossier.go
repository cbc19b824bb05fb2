package cli

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/problem"
)

func (p *program) dossierExport() *cobra.Command {
	var request casework.ExportDossier
	var typed dossierTyped
	command, flags := p.leaf("dossier.export", noArguments, func(command *cobra.Command, _ []string) error {
		request.Language = p.texts.Language()
		if err := typed.into(&request); err != nil {
			return err
		}
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			if err := p.requireAddressee(command.Context(), work, request); err != nil {
				return err
			}
			if err := p.sayWhatIsOutdated(command.Context(), work, request); err != nil {
				return err
			}
			made, err := work.ExportDossier(command.Context(), request, p.report)
			if err != nil {
				return err
			}
			p.progress.clear()
			return p.show(made, func(w io.Writer) {
				p.line(w, "cli.dossier.made", values("path", made.Path, "size", p.texts.Size(made.Size)))
				p.sayForWhom(w, made.Addressee)
				p.sayWhoStamped(w, made)
				p.pairs(w, [][2]string{{"SHA-256", made.SHA256}})
			})
		})
	})
	flags.dossierFlags(&request, &typed)
	choice(flags, &request.Edition, "edition", dossier.Editions())
	flags.text(&request.Out, "out", "file")
	flags.yes(&request.Overwrite, "overwrite")
	flags.require("case", "out")
	return command
}

// sayWhatIsOutdated tells on stderr what looks out of date in a case before its dossier is made, unless it is wanted anyway.
// Programs are told nothing, as of how far a job is.
func (p *program) sayWhatIsOutdated(ctx context.Context, work *casework.Casework, request casework.ExportDossier) error {
	if p.json || request.Anyway {
		return nil
	}
	told, err := work.DossierOutdated(ctx, request.CaseID, p.texts)
	for _, sentence := range told {
		fmt.Fprintln(p.streams.Err, sentence)
	}
	return err
}

// sayForWhom tells for whom a dossier was made, and when nobody was named, that it is the only one of the case's place.
func (p *program) sayForWhom(w io.Writer, to casework.Addressed) {
	switch {
	case to.Assumed:
		p.line(w, "cli.dossier.for_assumed", values("name", to.Name))
	case to.Name != "":
		p.line(w, "cli.dossier.for", values("name", to.Name))
	}
}

// sayWhoStamped tells who signed a file, and whose time stamp it has, or why none although a service was chosen.
func (p *program) sayWhoStamped(w io.Writer, made casework.Exported) {
	if made.SignedBy != "" {
		p.line(w, "cli.dossier.signed", values("by", made.SignedBy))
	}
	switch {
	case made.StampedAt != "":
		p.line(w, "cli.dossier.stamped", values("by", made.StampedBy, "at", p.instant(made.StampedAt)))
	case made.Unstamped != nil:
		why, _ := p.texts.Problem(string(made.Unstamped.Code), made.Unstamped.Values)
		p.line(w, "cli.dossier.unstamped", values("why", why))
	}
}

func (p *program) dossierStamp() *cobra.Command {
	command, _ := p.leaf("dossier.stamp", oneArgument, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			made, err := work.StampDossier(command.Context(), args[0], p.report)
			p.progress.clear()
			if err != nil {
				return err
			}
			return p.show(made, func(w io.Writer) {
				p.sayWhoStamped(w, made)
				p.pairs(w, [][2]string{{"SHA-256", made.SHA256}})
			})
		})
	})
	return command
}

func (p *program) dossierSign() *cobra.Command {
	var request casework.SignDossier
	var passphrase bool
	command, flags := p.leaf("dossier.sign", oneArgument, func(command *cobra.Command, args []string) (err error) {
		request.Path = args[0]
		if request.Passphrase, err = p.passphrase(passphrase); err != nil {
			return err
		}
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			made, err := work.SignDossier(command.Context(), request, p.report)
			p.progress.clear()
			if err != nil {
				return err
			}
			return p.show(made, func(w io.Writer) {
				p.sayWhoStamped(w, made)
				p.pairs(w, [][2]string{{"SHA-256", made.SHA256}})
			})
		})
	})
	flags.text(&request.Certificate, "certificate", "file")
	flags.yes(&passphrase, "passphrase-stdin")
	flags.require("certificate")
	return command
}

func (p *program) dossierVerify() *cobra.Command {
	compare := false
	command, flags := p.leaf("dossier.verify", oneArgument, func(command *cobra.Command, args []string) error {
		ctx := command.Context()
		if !compare {
			verified, err := casework.VerifyDossier(ctx, args[0])
			return p.showVerified(verified, false, err)
		}
		return p.with(ctx, false, func(work *casework.Casework) error {
			verified, err := work.VerifyDossier(ctx, args[0])
			return p.showVerified(verified, true, err)
		})
	})
	flags.yes(&compare, "compare")
	return command
}

func (p *program) showVerified(verified casework.VerifiedDossier, compared bool, err error) error {
	if err != nil {
		return err
	}
	if !verified.Holds {
		return p.showFindings(verified, casework.Verification{Problems: verified.Problems}, problem.DossierDoesNotHold)
	}
	return p.show(verified, func(w io.Writer) { p.sayWhatTheDossierHolds(w, verified, compared) })
}

// sayWhatTheDossierHolds says in plain sentences what holds, since when, and by whose word, and gives the numbers to compare.
func (p *program) sayWhatTheDossierHolds(w io.Writer, verified casework.VerifiedDossier, compared bool) {
	for _, sentence := range verified.Sentences(p.texts, compared) {
		fmt.Fprintln(w, sentence)
	}
	pairs := [][2]string{{"SHA-256", verified.SHA256}}
	p.pairs(w, append(pairs, p.numbersOfTheRecord(verified.Record)...))
}

// numbersOfTheRecord are those by which the record that a dossier was made from is known.
func (p *program) numbersOfTheRecord(proved *casework.DossierRecord) (numbers [][2]string) {
	if proved == nil {
		return nil
	}
	numbers = [][2]string{{p.texts.Text("cli.dossier.record_fingerprint"), proved.Fingerprint}}
	for _, log := range proved.Logs {
		if key := [2]string{p.texts.Text("cli.dossier.record_key"), log.Key}; !slices.Contains(numbers, key) {
			numbers = append(numbers, key)
		}
	}
	return numbers
}
