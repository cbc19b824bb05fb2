package app

import (
	"io"
	"os"
	"path/filepath"

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

// Add makes chosen or dropped files evidence, and returns their ids. The first that fails ends it; those before it are on
// record, and asking again goes on with the one that failed.
func (s *Evidence) Add(input EvidenceInput) (ids []string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	paths, err := s.desk.selections.get(input.SelectionID)
	if err != nil {
		return nil, err
	}
	ids = []string{}
	for i, path := range paths {
		if path == "" {
			continue
		}
		evidence := casework.AddEvidence{CaseID: input.CaseID, ContactID: input.ContactID}
		if i < len(input.Shows) {
			evidence.Shows = input.Shows[i]
		}
		added, err := work.AddEvidenceFile(s.desk.ctx, path, evidence)
		if err != nil {
			return nil, err
		}
		ids = append(ids, added.ID)
		s.desk.selections.done(input.SelectionID, i)
	}
	s.desk.selections.forget(input.SelectionID)
	return ids, nil
}

// Open shows a copy in the system's own program: the file in the record stays where nothing can change it. What could be
// a program is not opened.
func (s *Evidence) Open(caseID, evidenceID string) (err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return err
	}
	file, err := work.CaseFile(s.desk.ctx, caseID)
	if err != nil {
		return err
	}
	for _, evidence := range file.Evidence {
		if evidence.Value.ID == evidenceID {
			if !isHarmless(evidence.Value.FileName) {
				return problem.New(problem.FileNotOpened, problem.Values{"path": evidence.Value.FileName})
			}
			path, err := s.copyOut(work, evidence.Value)
			if err != nil {
				return err
			}
			return s.desk.open.file(path)
		}
	}
	return notFound("evidence", evidenceID)
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
	path = filepath.Join(folder, filepath.Base(evidence.FileName))
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
