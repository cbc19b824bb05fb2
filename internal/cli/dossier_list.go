package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// shownExport is the JSON shape of a dossier or bundle that was made.
type shownExport struct {
	casefile.Export
	RecordedAt string               `json:"recorded_at"`
	Sendings   []casefile.Sending   `json:"sendings"`
	Later      casework.SealedLater `json:"later,omitempty"`
}

func shownExports(exports []casework.Export) []shownExport {
	shown := make([]shownExport, len(exports))
	for i, export := range exports {
		shown[i] = shownExport{Export: export.Value, RecordedAt: instant(export.Entry.RecordedAt), Sendings: []casefile.Sending{}, Later: export.Later}
		for _, sending := range export.Sendings {
			shown[i].Sendings = append(shown[i].Sendings, sending.Value)
		}
	}
	return shown
}

// dossierList lists what was made of a case, for whom, and whom it was sent to and when.
func (p *program) dossierList() *cobra.Command {
	var caseID string
	command, flags := p.leaf("dossier.list", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			exports, err := work.Exports(command.Context(), caseID)
			if err != nil {
				return err
			}
			columns := []string{"recorded", "edition", "for", "file", "sent", "sha256", "id"}
			return showList(p, shownExports(exports), "cli.dossier.none", columns, func(one shownExport) []string {
				sent := make([]string, len(one.Sendings))
				for i, sending := range one.Sendings {
					sent[i] = p.shortWhen(sending.SentAt) + " " + short(oneLine(sending.To), 30)
				}
				file := short(one.FileName, 40)
				if one.Later != "" {
					file += " (" + p.texts.Text("term.sealed_later."+string(one.Later)) + ")"
				}
				return []string{p.instant(one.RecordedAt), p.editionName(one.Edition), short(oneLine(one.Addressee), 30), file,
					strings.Join(sent, "; "), one.SHA256[:min(len(one.SHA256), 12)], one.ID}
			})
		})
	})
	flags.text(&caseID, "case", "id")
	flags.require("case")
	return command
}

// editionName is an edition in words; what is no dossier has its own word.
func (p *program) editionName(edition string) string {
	if key := "term.edition." + edition; p.texts.Has(key) {
		return p.texts.Text(key)
	}
	return edition
}

// dossierSent puts on record that a dossier was sent.
func (p *program) dossierSent() *cobra.Command {
	var request casework.Sending
	command, flags := p.leaf("dossier.sent", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			id, err := work.RecordSending(command.Context(), request)
			if err != nil {
				return err
			}
			return p.showCreated("cli.dossier.sent", id)
		})
	})
	flags.text(&request.CaseID, "case", "id")
	flags.text(&request.ExportID, "export", "id")
	flags.text(&request.To, "to", "name")
	flags.text(&request.On, "when", "time")
	flags.text(&request.Zone, "zone", "zone")
	flags.text(&request.Offset, "offset", "offset")
	choice(flags, &request.Channel, "channel", casefile.Channels())
	flags.text(&request.ContactID, "contact", "id")
	flags.texts(&request.EvidenceIDs, "evidence", "id")
	flags.text(&request.Note, "note", "text")
	flags.require("case", "export")
	return command
}
