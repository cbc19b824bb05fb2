package app

import (
	"context"
	"path/filepath"
	"time"

	"constancia/internal/casework"
	"constancia/internal/i18n"
	"constancia/internal/secret"
)

// sealedFile is a file that a job made, stamped or signed, with what else there is to say of it.
type sealedFile struct {
	exported casework.Exported
	said     []string
}

// Stamp has the chosen service stamp a dossier's file: the one that a job made, or, without a job, the one that the person
// names. It starts a job and returns its id: empty when the person thought better of it.
func (s *Dossiers) Stamp(jobID string) (stampID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	path, err := s.fileOf(jobID, "sealing.which_stamp")
	if err != nil || path == "" {
		return "", err
	}
	return s.sealing(func(ctx context.Context, report func(casework.Progress)) (casework.Exported, error) {
		return work.StampDossier(ctx, path, report)
	}), nil
}

// Sign signs a dossier's file, see [Dossiers.Stamp], with the certificate in a file that the person names.
func (s *Dossiers) Sign(jobID, passphrase string) (signID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	path, err := s.fileOf(jobID, "sealing.which_sign")
	if err != nil || path == "" {
		return "", err
	}
	certificate, err := s.askForFile("sealing.which_certificate")
	if err != nil || certificate == "" {
		return "", err
	}
	request := casework.SignDossier{Path: path, Certificate: certificate, Passphrase: secret.NewText(passphrase)}
	return s.sealing(func(ctx context.Context, report func(casework.Progress)) (casework.Exported, error) {
		return work.SignDossier(ctx, request, report)
	}), nil
}

func (s *Dossiers) sealing(seal func(ctx context.Context, report func(casework.Progress)) (casework.Exported, error)) string {
	return s.desk.sealed.start(s.desk.jobs, func(ctx context.Context, report func(casework.Progress)) (sealedFile, string, error) {
		exported, err := seal(ctx, report)
		if err == nil {
			s.desk.made.remember(s.desk.state, madeFile{exported.SHA256, exported.Path})
		}
		return sealedFile{exported: exported}, exported.Path, err
	})
}

// fileOf is the file that a job made; without a job, the one that the person names: empty when they thought better of it.
func (s *Dossiers) fileOf(jobID, question string) (string, error) {
	if jobID != "" {
		return s.desk.jobs.result(jobID)
	}
	return s.askForFile(question)
}

func (s *Dossiers) askForFile(question string) (string, error) {
	paths, err := s.desk.dialogs.openFiles(s.desk.texts().Text(question))
	if err != nil || len(paths) == 0 {
		return "", err
	}
	return paths[0], nil
}

// Sealed tells whose seals the file has that a job made, stamped or signed.
func (s *Dossiers) Sealed(jobID string) (seals DossierSeals, err error) {
	defer guard(&err)
	file, err := s.desk.sealed.of(jobID)
	if err != nil {
		return DossierSeals{}, err
	}
	exported, texts := file.exported, s.desk.texts()
	seals.Said = append([]string{}, file.said...)
	if exported.SignedBy != "" {
		seals.Said = append(seals.Said, texts.Text("sealing.signed", i18n.Values{"by": exported.SignedBy}))
	}
	switch {
	case exported.StampedAt != "":
		at, err := time.Parse(time.RFC3339, exported.StampedAt)
		if err != nil {
			return DossierSeals{}, err
		}
		seals.Said = append(seals.Said, texts.Text("sealing.stamped",
			i18n.Values{"by": exported.StampedBy, "at": texts.DateTime(at.UTC()) + " UTC"}))
	case exported.Unstamped != nil:
		why, _ := texts.Problem(string(exported.Unstamped.Code), exported.Unstamped.Values)
		seals.Said, seals.Later = append(seals.Said, texts.Text("sealing.unstamped", i18n.Values{"why": why})), true
	}
	return seals, nil
}

// Check holds a dossier's file that the person names against itself, and against the record where a library is open. It
// starts a job and returns its id: empty when the person thought better of it.
func (s *Dossiers) Check() (jobID string, err error) {
	defer guard(&err)
	path, err := s.askForFile("sealing.which_check")
	if err != nil || path == "" {
		return "", err
	}
	verify := casework.VerifyDossier
	work, refused := s.desk.work()
	if refused == nil {
		verify = work.VerifyDossier
	}
	language := s.desk.texts()
	return s.desk.checked.start(s.desk.jobs, func(ctx context.Context, report func(casework.Progress)) (DossierCheck, string, error) {
		report(casework.Progress{What: "verifying"})
		verified, err := verify(ctx, path)
		if err != nil {
			return DossierCheck{}, "", err
		}
		check := DossierCheck{FileName: filepath.Base(path), Holds: verified.Holds, SHA256: verified.SHA256}
		if verified.Holds {
			check.Said = verified.Sentences(language, refused == nil)
		}
		for _, one := range verified.Problems {
			said := language.Text("cli.finding." + string(one.What))
			if one.Where != "" {
				said += ": " + one.Where
			}
			check.Said = append(check.Said, said)
		}
		return check, "", nil
	}), nil
}

// Checked tells what a job found in a dossier's file.
func (s *Dossiers) Checked(jobID string) (check DossierCheck, err error) {
	defer guard(&err)
	return s.desk.checked.of(jobID)
}
