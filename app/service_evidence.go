package app

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/problem"
)

// Evidence is what the page does with files kept as evidence.
type Evidence struct{ desk *desk }

// Choose asks for files with the system's dialog; no files when the person thought better of it.
func (s *Evidence) Choose() (selection FileSelection, err error) {
	defer guard(&err)
	paths, err := s.desk.dialogs.openFiles(s.desk.texts().Text("page.evidence.choose"))
	if err != nil {
		return FileSelection{}, err
	}
	return s.desk.selections.add(paths), nil
}

// Add starts the job that makes chosen or dropped files evidence, and returns its id. Outcome says what came of it.
func (s *Evidence) Add(input EvidenceInput) (jobID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	paths, err := s.desk.selections.get(input.SelectionID)
	if err != nil {
		return "", err
	}
	adding, err := newAdding(s.desk, work, input, paths)
	if err != nil {
		return "", err
	}
	jobID = s.desk.jobs.start(func(ctx context.Context, report func(casework.Progress)) (string, error) {
		return "", adding.run(ctx, report)
	})
	s.desk.outcomes.keep(jobID, adding)
	return jobID, nil
}

// Outcome says how it went with each file of a job, for as far as that has come.
func (s *Evidence) Outcome(jobID string) (outcome EvidenceOutcome, err error) {
	defer guard(&err)
	adding, ok := s.desk.outcomes.find(jobID)
	if !ok {
		return EvidenceOutcome{}, notFound("file", jobID)
	}
	return adding.outcome(), nil
}

// Correct says what was to be said about a file: only what differs from what is on record.
func (s *Evidence) Correct(input EvidenceCorrection) (id string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	evidence, err := work.EvidenceOf(s.desk.ctx, input.CaseID, input.EvidenceID)
	if err != nil {
		return "", err
	}
	correct := casework.Correct{ID: input.EvidenceID, Reason: input.Reason}
	rewrite := func(field, before, after string) {
		switch strings.TrimSpace(after) {
		case before:
		case "":
			correct.Clear = append(correct.Clear, field)
		default:
			correct.Given = append(correct.Given, field)
		}
	}
	rewrite("shows", evidence.Shows, input.Shows)
	rewrite("when", madeAt(evidence), input.When)
	rewrite("contact", evidence.ContactID, input.ContactID)
	rewrite("consent", string(evidence.Consent), input.Consent)
	corrected, err := work.CorrectEvidence(s.desk.ctx, correct, casework.AddEvidence{
		Shows: input.Shows, When: input.When, ContactID: input.ContactID, Consent: casefile.Consent(input.Consent)})
	return corrected.ID, err
}

// Number gives evidence without an exhibit number its number: what came with an email has none.
func (s *Evidence) Number(caseID, evidenceID string) (number ExhibitNumber, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return ExhibitNumber{}, err
	}
	if _, err := work.EvidenceOf(s.desk.ctx, caseID, evidenceID); err != nil {
		return ExhibitNumber{}, err
	}
	exhibit, err := work.AssignExhibit(s.desk.ctx, evidenceID)
	return ExhibitNumber{ID: exhibit.ID, Label: exhibit.Label}, err
}

// Open shows a copy in the system's own program: the file in the record stays where nothing can change it. What could be
// a program is not opened.
func (s *Evidence) Open(caseID, evidenceID string) (err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return err
	}
	evidence, err := work.EvidenceOf(s.desk.ctx, caseID, evidenceID)
	if err != nil {
		return err
	}
	if !isHarmless(evidence.FileName) {
		return problem.New(problem.FileNotOpened, problem.Values{"path": evidence.FileName})
	}
	path, err := s.copyOut(work, evidence)
	if err != nil {
		return err
	}
	return s.desk.open.file(path)
}

// copyOut writes a copy into a folder of its own, under the name the file came with.
func (s *Evidence) copyOut(work *casework.Casework, evidence casefile.Evidence) (path string, err error) {
	content, err := work.OpenContent(s.desk.ctx, evidence.SHA256)
	if err != nil {
		return "", err
	}
	defer func() { _ = content.Close() }()
	folder, err := os.MkdirTemp("", "constancia-")
	if err != nil {
		return "", err
	}
	s.desk.copied(folder)
	path = filepath.Join(folder, copyName(evidence.FileName))
	copied, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	if _, err := io.Copy(copied, content); err != nil {
		_ = copied.Close()
		return "", err
	}
	return path, copied.Close()
}

// longestCopyName is how long the name of a copy may be before its ending, in runes: file systems count up to 255 bytes.
const longestCopyName = 60

// copyName makes the name that a file came with one that every system takes, and that shows its ending as it is: marks
// that turn the direction of writing round could hide it.
func copyName(name string) string {
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, strings.TrimRight(name, ". "))
	ending := filepath.Ext(name)
	stem := []rune(strings.TrimSuffix(name, ending))
	return "copy " + strings.TrimSpace(string(stem[:min(len(stem), longestCopyName)])) + ending
}

// madeAt is as much of the wall time as is known of when a file was made.
func madeAt(evidence casefile.Evidence) string {
	if evidence.OccurredAt == nil {
		return ""
	}
	return evidence.OccurredAt.Wall
}
