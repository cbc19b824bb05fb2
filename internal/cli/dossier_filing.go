package cli

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/dossier/addressee"
	"constancia/internal/problem"
)

// dossierFiling keeps what an addressee asks for and the record has no field for, and shows it.
func (p *program) dossierFiling() *cobra.Command {
	var caseID string
	var details dossier.FilingDetails
	var clear bool
	command, flags := p.leaf("dossier.filing", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			ctx := command.Context()
			kept, err := work.FilingDetails(ctx, caseID)
			if err != nil {
				return err
			}
			if clear {
				kept = dossier.FilingDetails{}
			}
			if kept = details.Or(kept); clear || details != (dossier.FilingDetails{}) {
				if err := work.KeepFilingDetails(ctx, caseID, kept); err != nil {
					return err
				}
			}
			return p.show(kept, func(w io.Writer) { p.describeFiling(w, kept) })
		})
	})
	flags.text(&caseID, "case", "id")
	flags.filingFlags(&details)
	flags.yes(&clear, "clear")
	flags.require("case")
	return command
}

func (p *program) describeFiling(w io.Writer, kept dossier.FilingDetails) {
	if kept == (dossier.FilingDetails{}) {
		p.line(w, "cli.dossier.filing_empty", nil)
		return
	}
	name := func(flag string) string { return p.texts.Text("cli.dossier.filing." + flag) }
	p.pairs(w, [][2]string{{name("tax-id"), kept.TaxID}, {name("company-tax-id"), kept.CompanyTaxID},
		{name("representative"), kept.Representative}, {name("contract"), kept.Contract},
		{name("earlier-claim"), kept.EarlierClaim}, {name("proceedings"), kept.Proceedings}})
}

// requireAddressee wants to be told with whom to file when several take the case: nobody's complaint goes to an authority
// that they did not choose.
func (p *program) requireAddressee(ctx context.Context, work *casework.Casework, request casework.ExportDossier) error {
	if _, known := addressee.Find(request.Addressee); !known && isMistypedID(request.Addressee) {
		var ids []string
		for _, one := range addressee.Of("") {
			ids = append(ids, one.ID)
		}
		return problem.New(problem.NotAChoice, problem.Values{
			"field": "--addressee", "value": request.Addressee, "choices": strings.Join(ids, ", ")})
	}
	to, others, err := work.DossierAddressee(ctx, request)
	if err != nil || len(others) == 0 {
		return err
	}
	names := []string{to.ID + " (" + to.Name + ")"}
	for _, other := range others {
		names = append(names, other.ID+" ("+other.Name+")")
	}
	return problem.New(problem.AddresseeOpen, problem.Values{"choices": strings.Join(names, "; ")})
}

// isMistypedID reports whether a text begins like the ids of addressees, with a place: nobody's name does.
func isMistypedID(text string) bool {
	place, rest, parted := strings.Cut(text, "-")
	return parted && rest != "" && !strings.ContainsAny(text, " .") && len(addressee.Of(place)) > 0 && place != ""
}

// dossierSignature keeps a picture of the person's own signature, or forgets it.
func (p *program) dossierSignature() *cobra.Command {
	var image string
	var forget bool
	command, flags := p.leaf("dossier.signature", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			ctx := command.Context()
			switch {
			case image != "":
				if err := work.KeepSignatureFile(ctx, image); err != nil {
					return err
				}
			case forget:
				if err := work.ForgetSignatureImage(ctx); err != nil {
					return err
				}
			}
			kept, err := work.SignatureImage(ctx)
			if err != nil {
				return err
			}
			key := "cli.dossier.signature_kept"
			if kept == nil {
				key = "cli.dossier.signature_none"
			}
			return p.show(map[string]bool{"kept": kept != nil}, func(w io.Writer) { p.line(w, key, nil) })
		})
	})
	flags.text(&image, "image", "file")
	flags.yes(&forget, "forget")
	return command
}
