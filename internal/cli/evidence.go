package cli

import (
	"io"

	"github.com/spf13/cobra"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// addedEvidence is the JSON shape of new evidence.
type addedEvidence struct {
	ID      string `json:"id"`
	SHA256  string `json:"sha256"`
	Size    int64  `json:"size"`
	Exhibit string `json:"exhibit,omitempty"`
}

func (p *program) evidenceAdd() *cobra.Command {
	var request casework.AddEvidence
	command, flags := p.leaf("evidence.add", oneArgument, func(command *cobra.Command, args []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			added, err := work.AddEvidenceFile(command.Context(), args[0], request)
			if err != nil {
				return err
			}
			shown := addedEvidence{ID: added.ID, SHA256: added.SHA256, Size: added.Size, Exhibit: added.Label}
			return p.show(shown, func(w io.Writer) {
				p.line(w, "cli.evidence.added", values("id", added.ID))
				p.pairs(w, [][2]string{{p.texts.Text("cli.label.exhibit"), added.Label}, {"SHA-256", added.SHA256}})
			})
		})
	})
	flags.text(&request.CaseID, "case", "id")
	evidenceFlags(flags, &request)
	flags.yes(&request.NotExhibit, "not-exhibit")
	flags.require("case")
	return command
}

// evidenceFlags are what a file is described by.
func evidenceFlags(flags flags, request *casework.AddEvidence) {
	flags.text(&request.Shows, "shows", "text")
	choice(flags, &request.Consent, "consent", casefile.Consents())
	flags.text(&request.When, "when", "time")
	flags.text(&request.Zone, "zone", "zone")
	choice(flags, &request.Precision, "precision", casefile.Precisions())
	flags.text(&request.ContactID, "contact", "id")
}

// shownEvidence is the JSON shape of a piece of evidence.
type shownEvidence struct {
	casefile.Evidence
	Exhibit    string `json:"exhibit,omitempty"`
	RecordedAt string `json:"recorded_at"`
}

func shownEvidenceOf(items []casework.EvidenceItem) []shownEvidence {
	shown := make([]shownEvidence, len(items))
	for i, item := range items {
		shown[i] = shownEvidence{Evidence: item.Value, Exhibit: item.Label,
			RecordedAt: instant(item.Entry.RecordedAt)}
	}
	return shown
}

func (p *program) evidenceList() *cobra.Command {
	var id string
	command, flags := p.leaf("evidence.list", noArguments, func(command *cobra.Command, _ []string) error {
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			items, err := work.Evidence(command.Context(), id)
			if err != nil {
				return err
			}
			columns := []string{"exhibit", "file", "size", "shows", "sha256", "id"}
			return showList(p, shownEvidenceOf(items), "cli.evidence.none", columns, func(one shownEvidence) []string {
				return []string{one.Exhibit, short(one.FileName, 40), p.texts.Size(one.Size), short(one.Shows, 50), one.SHA256, one.ID}
			})
		})
	})
	flags.text(&id, "case", "id")
	flags.require("case")
	return command
}
