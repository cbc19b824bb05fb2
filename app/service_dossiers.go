package app

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/i18n"
)

// Dossiers are what the page does with dossiers and the jobs that make them.
type Dossiers struct{ desk *desk }

// Export asks where to, then makes the dossier as a job and returns its id: empty when the person thought better of it.
func (s *Dossiers) Export(input DossierInput) (jobID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	wanted := s.wanted(input)
	file, err := work.CaseFile(s.desk.ctx, input.CaseID)
	if err != nil {
		return "", err
	}
	// For whom it is stands first, so that nobody sends the one that hides nothing to the press.
	words := i18n.For(wanted.Language)
	name := fileName(words.Count("term.dossier", 1) + " " + words.Text("term.edition."+input.Edition) + " - " + file.Case.Title)
	path, err := s.desk.dialogs.saveFile(s.desk.texts().Text("page.dossier.title"), name)
	if err != nil || path == "" {
		return "", err
	}
	if !strings.HasSuffix(strings.ToLower(path), ".pdf") {
		path += ".pdf"
	}
	wanted.Out, wanted.Overwrite = path, true // the system's dialog has asked
	return s.sealing(func(ctx context.Context, report func(casework.Progress)) (casework.Exported, error) {
		return work.ExportDossier(ctx, wanted, report)
	}), nil
}

// wanted reads what the person chose.
func (s *Dossiers) wanted(input DossierInput) casework.ExportDossier {
	wanted := casework.ExportDossier{
		CaseID: input.CaseID, Edition: dossier.Edition(input.Edition), Language: s.language(input.Language),
		Addressee: input.Addressee, Anyway: input.Anyway, Budget: input.Budget, Light: input.Light,
		Period:    casework.Period{From: input.From, To: input.Until},
		CoverNote: input.CoverNote, CoverFirst: input.CoverFirst, WithSignature: input.WithSignature,
	}
	for _, section := range input.Sections {
		wanted.Sections = append(wanted.Sections, dossier.Section(section))
	}
	return wanted
}

// language reads the language of a dossier's labels; that of the page where it is none.
func (s *Dossiers) language(code string) i18n.Language {
	if language, ok := i18n.Parse(code); ok {
		return language
	}
	return s.desk.texts().Language()
}

// Preview draws a dossier to be looked at, as a job. The page shows it from /dossier/ and the preview's id.
func (s *Dossiers) Preview(input DossierInput) (preview DossierPreview, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return DossierPreview{}, err
	}
	wanted := s.wanted(input)
	wanted.Anyway = true // it is only looked at
	id := uuid.NewString()
	job := s.desk.jobs.start(func(ctx context.Context, report func(casework.Progress)) (string, error) {
		var content bytes.Buffer
		size, err := work.PreviewDossier(ctx, wanted, &content, report)
		if err == nil {
			s.desk.previews.keep(dossierPreview{id: id, content: content.Bytes(), size: size})
		}
		return "", err
	})
	return DossierPreview{JobID: job, PreviewID: id}, nil
}

// PreviewSize tells about how large the file of a preview gets when it is saved, in bytes.
func (s *Dossiers) PreviewSize(previewID string) (size int64, err error) {
	defer guard(&err)
	preview, err := s.desk.previews.find(previewID)
	return preview.size, err
}

// Outdated says what looks out of date in a case, a sentence each, before a dossier of it is made.
func (s *Dossiers) Outdated(caseID string) (told []string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	told, err = work.DossierOutdated(s.desk.ctx, caseID, s.desk.texts())
	return append([]string{}, told...), err
}

// Made lists the dossiers and bundles that were made of a case, newest first.
func (s *Dossiers) Made(caseID string) (made []MadeDossier, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	exports, err := work.Exports(s.desk.ctx, caseID)
	if err != nil {
		return nil, err
	}
	made = []MadeDossier{}
	for _, export := range slices.Backward(exports) {
		x := export.Value
		view := MadeDossier{
			ID: x.ID, RecordedAt: export.Entry.RecordedAt.UTC().Format(time.RFC3339), Edition: x.Edition, Language: x.Language,
			FileName: x.FileName, SHA256: x.SHA256, Size: x.Size, Addressee: x.Addressee, Sent: []SentDossier{},
			StampedAt: x.StampedAt, StampedBy: x.StampedBy, SignedBy: x.SignedBy, Later: string(export.Later),
		}
		for _, sending := range export.Sendings {
			view.Sent = append(view.Sent, SentDossier{ID: sending.Value.ID, On: sending.Value.SentAt.Wall, To: sending.Value.To})
		}
		made = append(made, view)
	}
	return made, nil
}

// MarkSent puts on record that a dossier went to somebody, and returns the entry's id, by which it can be undone.
func (s *Dossiers) MarkSent(input SendingInput) (entryID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	return work.RecordSending(s.desk.ctx, casework.Sending{
		CaseID: input.CaseID, ExportID: input.ExportID, To: input.To, On: input.On, Channel: casefile.Channel(input.Channel)})
}

// Cancel stops a job.
func (s *Dossiers) Cancel(jobID string) (err error) {
	defer guard(&err)
	s.desk.jobs.stop(jobID)
	return nil
}

// OpenFile shows the file that a job made.
func (s *Dossiers) OpenFile(jobID string) (err error) {
	defer guard(&err)
	path, err := s.desk.jobs.result(jobID)
	if err != nil {
		return err
	}
	return s.desk.open.file(path)
}

// OpenFolder shows the folder in which a job made its file.
func (s *Dossiers) OpenFolder(jobID string) (err error) {
	defer guard(&err)
	path, err := s.desk.jobs.result(jobID)
	if err != nil {
		return err
	}
	return s.desk.open.folder(path)
}

// longestName is how long a proposed file name may be, in runes, without its ending.
const longestName = 80

// fileName makes a title a file name that every system takes: letters, digits, spaces and dashes stay.
func fileName(title string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == ' ':
			return r
		case unicode.IsMark(r):
			return -1
		}
		return ' '
	}, title)
	runes := []rune(strings.Join(strings.Fields(name), " "))
	return strings.TrimSpace(string(runes[:min(len(runes), longestName)])) + ".pdf"
}
