package app

// Keys says whether the keys of signatures are asked for by themselves, and how many wait.
func (s *Mailboxes) Keys() (view SignatureKeys, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return view, err
	}
	if view.Asks, err = work.AsksForKeys(s.desk.ctx); err != nil {
		return view, err
	}
	view.Waiting, err = work.KeysWaiting(s.desk.ctx)
	return view, err
}

// AskForKeys has the keys of signatures asked for by themselves, at once those that wait; or not.
func (s *Mailboxes) AskForKeys(ask bool) (err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return err
	}
	if err := work.AskForKeys(s.desk.ctx, ask); err != nil {
		return err
	}
	s.desk.background.Go(func() { _, _ = work.KeepKeysDue(s.desk.ctx, true) }) // what fails is tried again
	return nil
}
