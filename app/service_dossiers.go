package app

import (
	"context"
	"strings"
	"unicode"

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
	language, ok := i18n.Parse(input.Language)
	if !ok {
		language = s.desk.texts().Language()
	}
	file, err := work.CaseFile(s.desk.ctx, input.CaseID)
	if err != nil {
		return "", err
	}
	name := fileName(i18n.For(language).Count("term.dossier", 1) + " " + file.Case.Title)
	path, err := s.desk.dialogs.saveFile(s.desk.texts().Text("page.dossier.title"), name)
	if err != nil || path == "" {
		return "", err
	}
	if !strings.HasSuffix(strings.ToLower(path), ".pdf") {
		path += ".pdf"
	}
	return s.desk.jobs.start(func(ctx context.Context, report func(casework.Progress)) (string, error) {
		exported, err := work.ExportDossier(ctx, casework.ExportDossier{
			CaseID: input.CaseID, Edition: dossier.Edition(input.Edition), Language: language,
			Out: path, Overwrite: true, // the system's dialog has asked
		}, report)
		return exported.Path, err
	}), nil
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
