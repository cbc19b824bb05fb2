package app

// Record is what the page asks about the record as a whole.
type Record struct{ desk *desk }

// Accept takes the record as it is, when it is not what it was and the person knows why.
func (s *Record) Accept() (err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return err
	}
	return work.AcceptRecord(s.desk.ctx)
}
