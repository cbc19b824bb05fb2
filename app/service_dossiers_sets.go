package app

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"constancia/internal/casework"
	"constancia/internal/i18n"
)

// UploadSet asks for a folder, then makes in it a folder with a dossier in volumes that an authority's form takes, as a job.
// It returns the job's id: empty when the person thought better of it.
func (s *Dossiers) UploadSet(input DossierInput) (jobID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	file, err := work.CaseFile(s.desk.ctx, input.CaseID)
	if err != nil {
		return "", err
	}
	folder, err := s.desk.dialogs.openFolder(s.desk.texts().Text("sealing.which_folder"))
	if err != nil || folder == "" {
		return "", err
	}
	name := strings.TrimSuffix(fileName(file.Case.Title), ".pdf") + " " + s.desk.clock().Format("2006-01-02 150405")
	wanted := casework.UploadSet{ExportDossier: s.wanted(input), Folder: filepath.Join(folder, name)}
	texts := s.desk.texts()
	return s.desk.sealed.start(s.desk.jobs, func(ctx context.Context, report func(casework.Progress)) (sealedFile, string, error) {
		set, err := work.ExportUploadSet(ctx, wanted, report)
		if err == nil {
			made := []madeFile{{set.Complete.SHA256, set.Complete.Path}}
			for _, volume := range set.Volumes {
				made = append(made, madeFile{volume.SHA256, filepath.Join(set.Folder, volume.Name)})
			}
			s.desk.made.remember(s.desk.state, made...)
		}
		return sealedFile{set.Complete, saidOfSet(texts, set)}, set.Facts, err
	}), nil
}

// saidOfSet says what is in a set, and what a person must know of it.
func saidOfSet(texts *i18n.Texts, set casework.UploadSetMade) []string {
	said := []string{texts.Text("cli.upload.made",
		i18n.Values{"folder": set.Folder, "count": texts.Count("count.file", int64(len(set.Volumes)))})}
	if set.Complete.StampedAt != "" {
		said = append(said, saidOfVolumeStamps(texts, set))
	}
	if set.SmallPictures {
		said = append(said, texts.Text("cli.upload.small"))
	}
	if len(set.Unfit) > 0 {
		rows := make([]string, len(set.UnfitRows))
		for i, row := range set.UnfitRows {
			rows[i] = string(row)
		}
		said = append(said, texts.Text("cli.upload.unfit", i18n.Values{"pages": casework.PageRanges(set.Unfit), "rows": texts.List(rows)}))
	}
	if limits := set.Limits; !limits.Known {
		said = append(said, texts.Text("cli.upload.guessed", i18n.Values{
			"files": strconv.Itoa(limits.Files), "each": texts.Size(limits.FileBytes), "total": texts.Size(limits.TotalBytes)}))
	}
	return append(said, texts.Text("cli.upload.facts", i18n.Values{"path": set.Facts}),
		texts.Text("cli.upload.complete", i18n.Values{"path": set.Complete.Path}))
}

// saidOfVolumeStamps says whether each volume has a time stamp, as the complete dossier does.
func saidOfVolumeStamps(texts *i18n.Texts, set casework.UploadSetMade) string {
	if set.Unstamped == nil {
		return texts.Text("cli.upload.stamped")
	}
	why, _ := texts.Problem(string(set.Unstamped.Code), set.Unstamped.Values)
	return texts.Text("cli.upload.unstamped", i18n.Values{"files": texts.List(set.WithoutStamp()), "why": why})
}

// VerificationPack asks where to, then makes what an editor checks the press edition of a case by, as a job. consent says that
// the person knows that it tells who is who. It returns the job's id: empty when the person thought better of it.
func (s *Dossiers) VerificationPack(input DossierInput, consent bool) (jobID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	file, err := work.CaseFile(s.desk.ctx, input.CaseID)
	if err != nil {
		return "", err
	}
	texts := s.desk.texts()
	name := strings.TrimSuffix(fileName(texts.Text("sealing.pack")+" "+file.Case.Title), ".pdf") + ".zip"
	path, err := s.desk.dialogs.saveFile(texts.Text("sealing.pack"), name)
	if err != nil || path == "" {
		return "", err
	}
	wanted := casework.VerificationPack{
		CaseID: input.CaseID, Language: s.language(input.Language), Out: path, Overwrite: true, Consent: consent}
	return s.desk.sealed.start(s.desk.jobs, func(ctx context.Context, report func(casework.Progress)) (sealedFile, string, error) {
		made, err := work.ExportVerificationPack(ctx, wanted, report)
		if err == nil {
			s.desk.made.remember(s.desk.state, madeFile{made.SHA256, made.Path})
		}
		said := texts.Text("cli.pack.made", i18n.Values{"path": made.Path, "size": texts.Size(made.Size)})
		return sealedFile{said: []string{said}}, made.Path, err
	}), nil
}
