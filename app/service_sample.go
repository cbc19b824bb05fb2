package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"constancia/internal/casework"
	"constancia/internal/i18n"
	"constancia/internal/sample"
	"constancia/internal/sample/demo"
)

// Sample is what the page does with the sample dispute. It has a library of its own, so that removing it removes a
// folder and nothing else.
type Sample struct{ desk *desk }

// Open starts the job that makes the sample dispute, or opens the one that was made before, and returns the job's id.
func (s *Sample) Open(language string) (jobID string, err error) {
	defer guard(&err)
	told, ok := i18n.Parse(language)
	if !ok {
		told = i18n.English
	}
	return s.desk.jobs.start(func(ctx context.Context, report func(casework.Progress)) (string, error) {
		if !s.desk.sampleMade() {
			if err := makeSample(ctx, s.desk.sample, s.desk.state, told, report); err != nil {
				return "", err
			}
		}
		return "", s.desk.show(s.desk.sample, true)
	}), nil
}

// Close goes back to the person's own library.
func (s *Sample) Close() (err error) {
	defer guard(&err)
	return s.desk.show(s.desk.own, false)
}

// Remove goes back to the person's own library and deletes the sample's folder. A folder of that name with something
// else in it stays.
func (s *Sample) Remove() (err error) {
	defer guard(&err)
	if err := s.desk.show(s.desk.own, false); err != nil {
		return err
	}
	if !s.desk.sampleMade() {
		return nil
	}
	return os.RemoveAll(s.desk.sample)
}

// makeSample records the dispute in a folder beside the one it gets, which appears when it is whole. The mail comes as
// files: nothing here needs a server.
func makeSample(ctx context.Context, folder, state string, language i18n.Language, report func(casework.Progress)) error {
	making := folder + ".making"
	if err := os.RemoveAll(making); err != nil { // what an interrupted attempt left
		return err
	}
	defer func() { _ = os.RemoveAll(making) }()
	if err := os.MkdirAll(making, 0o700); err != nil {
		return err
	}
	library := filepath.Join(making, "library")
	if err := tellSample(ctx, library, state, filepath.Join(making, "mail"), language, report); err != nil {
		return err
	}
	return os.Rename(library, folder)
}

func tellSample(ctx context.Context, library, state, mail string, language i18n.Language, report func(casework.Progress)) error {
	clock := &demo.Clock{}
	work, err := casework.Open(ctx, casework.Options{Directory: library, Create: true, State: state, Clock: clock.Now})
	if err != nil {
		return err
	}
	caseID, err := logSample(ctx, work, mail, language, clock, report)
	if closeErr := work.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return fmt.Errorf("making the sample of case %q: %w", caseID, err)
	}
	return nil
}

func logSample(ctx context.Context, work *casework.Casework, mail string, language i18n.Language, clock *demo.Clock,
	report func(casework.Progress)) (string, error) {
	report(casework.Progress{What: demo.Logging})
	caseID, err := demo.Log(ctx, work, language, clock)
	if err != nil {
		return caseID, err
	}
	if err := os.MkdirAll(mail, 0o700); err != nil {
		return caseID, err
	}
	for i, message := range sample.Mailbox(language) {
		if !message.InDispute {
			continue
		}
		path := filepath.Join(mail, fmt.Sprintf("%02d.eml", i+1))
		if err := os.WriteFile(path, message.Raw, 0o600); err != nil {
			return caseID, err
		}
	}
	if _, err := work.ImportFiles(ctx, caseID, []string{mail}, report); err != nil {
		return caseID, err
	}
	return caseID, demo.PinWritten(ctx, work, caseID, language)
}
