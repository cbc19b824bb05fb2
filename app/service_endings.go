package app

import (
	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// Endings are what the page does to say that a case is over, and that it goes on.
type Endings struct{ desk *desk }

// Close puts on record how a case ended, and returns the correction's id.
func (s *Endings) Close(input EndingInput) (correctionID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	var wrong problems
	on := s.desk.dates(work, input.Zone).happened(&wrong, "on", input.On)
	if err := wrong.joined(); err != nil {
		return "", err
	}
	closed, err := work.CloseCase(s.desk.ctx, casework.CloseCase{
		CaseID: input.CaseID, Kind: casefile.EndingKind(input.Kind), On: on, Note: input.Note})
	return closed.ID, err
}

// Reopen puts on record that a case goes on, and returns the correction's id.
func (s *Endings) Reopen(caseID string) (correctionID string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return "", err
	}
	reopened, err := work.ReopenCase(s.desk.ctx, caseID, "")
	return reopened.ID, err
}
