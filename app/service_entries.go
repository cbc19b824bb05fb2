package app

// Entries are what the page does with what is on record, whatever it is.
type Entries struct{ desk *desk }

// Undo takes back whole acts, each named by one of its entries. It returns the ids of the retractions, which Redo takes.
func (s *Entries) Undo(entryIDs []string) (retractionIDs []string, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	return work.Undo(s.desk.ctx, entryIDs)
}

// Redo does again what an Undo took back.
func (s *Entries) Redo(retractionIDs []string) (err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return err
	}
	_, err = work.Redo(s.desk.ctx, retractionIDs)
	return err
}
