package cli

import (
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"constancia/internal/casework"
	"constancia/internal/dossier"
)

// dossierUpload makes a dossier in volumes for an authority's form.
func (p *program) dossierUpload() *cobra.Command {
	request := casework.UploadSet{ExportDossier: casework.ExportDossier{Edition: dossier.Regulator}}
	var typed dossierTyped
	command, flags := p.leaf("dossier.upload", noArguments, func(command *cobra.Command, _ []string) error {
		request.Language = p.texts.Language()
		if err := typed.into(&request.ExportDossier); err != nil {
			return err
		}
		return p.with(command.Context(), false, func(work *casework.Casework) error {
			if err := p.requireAddressee(command.Context(), work, request.ExportDossier); err != nil {
				return err
			}
			set, err := work.ExportUploadSet(command.Context(), request, p.report)
			if err != nil {
				return err
			}
			p.progress.clear()
			return p.show(set, func(w io.Writer) { p.describeUploadSet(w, set) })
		})
	})
	flags.dossierFlags(&request.ExportDossier, &typed)
	choice(flags, &request.Edition, "edition", []dossier.Edition{dossier.Regulator, dossier.HeadOffice})
	flags.text(&request.Folder, "folder", "folder")
	flags.require("case", "folder")
	return command
}

// sayWhichStamped tells of the volumes' time stamps. When the complete dossier has none, that was told.
func (p *program) sayWhichStamped(w io.Writer, set casework.UploadSetMade) {
	switch {
	case set.Complete.StampedAt == "":
	case set.Unstamped == nil:
		p.line(w, "cli.upload.stamped", nil)
	default:
		why, _ := p.texts.Problem(string(set.Unstamped.Code), set.Unstamped.Values)
		p.line(w, "cli.upload.unstamped", values("files", p.texts.List(set.WithoutStamp()), "why", why))
	}
}

func (p *program) describeUploadSet(w io.Writer, set casework.UploadSetMade) {
	p.line(w, "cli.upload.made", values("folder", set.Folder, "count", p.texts.Count("count.file", int64(len(set.Volumes)))))
	p.sayForWhom(w, set.Complete.Addressee)
	p.sayWhoStamped(w, set.Complete)
	var rows [][]string
	for _, volume := range set.Volumes {
		rows = append(rows, []string{volume.Name, strconv.Itoa(volume.First) + "–" + strconv.Itoa(volume.Last), p.texts.Size(volume.Size), volume.SHA256[:12]})
	}
	p.table(w, []string{"file", "pages", "size", "sha256"}, rows)
	p.sayWhichStamped(w, set)
	if set.SmallPictures {
		p.line(w, "cli.upload.small", nil)
	}
	if len(set.Unfit) > 0 {
		p.line(w, "cli.upload.unfit", values("pages", casework.PageRanges(set.Unfit), "rows", p.texts.List(words(set.UnfitRows))))
	}
	if !set.Limits.Known {
		p.line(w, "cli.upload.guessed", values("files", strconv.Itoa(set.Limits.Files), "each", p.texts.Size(set.Limits.FileBytes), "total", p.texts.Size(set.Limits.TotalBytes)))
	}
	p.line(w, "cli.upload.facts", values("path", set.Facts))
	p.line(w, "cli.upload.complete", values("path", set.Complete.Path))
	p.pairs(w, [][2]string{{"SHA-256", set.Complete.SHA256}})
}
