package app

// Open gives the head of a case. Its parts are asked for when they are looked at.
func (s *Cases) Open(id string) (head CaseHead, err error) {
	defer guard(&err)
	v, err := s.viewer(id)
	if err != nil {
		return CaseHead{}, err
	}
	return v.head(), nil
}

// Timeline gives a part of a case's timeline.
func (s *Cases) Timeline(caseID string, filter TimelineFilter, cursor TimelineCursor) (page TimelinePage, err error) {
	defer guard(&err)
	v, err := s.viewer(caseID)
	if err != nil {
		return TimelinePage{}, err
	}
	return v.page(filter, cursor), nil
}

// Strip gives what the drawing of the whole case at a glance is made from.
func (s *Cases) Strip(caseID string) (strip CaseStrip, err error) {
	defer guard(&err)
	v, err := s.viewer(caseID)
	if err != nil {
		return CaseStrip{}, err
	}
	return v.strip(), nil
}

// Promises gives every promise of a case with how it stands, in the order they were made.
func (s *Cases) Promises(caseID string) (promises []PromiseView, err error) {
	defer guard(&err)
	v, err := s.viewer(caseID)
	if err != nil {
		return nil, err
	}
	promises = make([]PromiseView, len(v.statuses))
	for i, status := range v.statuses {
		promises[i] = v.promise(status)
	}
	return promises, nil
}

// Evidence gives every file that is kept as evidence in a case.
func (s *Cases) Evidence(caseID string) (evidence []EvidenceView, err error) {
	defer guard(&err)
	v, err := s.viewer(caseID)
	if err != nil {
		return nil, err
	}
	evidence = make([]EvidenceView, len(v.file.Evidence))
	for i, one := range v.file.Evidence {
		evidence[i] = v.evidence(one.Value)
	}
	return evidence, nil
}

// People gives everybody spoken to in a case.
func (s *Cases) People(caseID string) (people []PersonView, err error) {
	defer guard(&err)
	v, err := s.viewer(caseID)
	if err != nil {
		return nil, err
	}
	people = make([]PersonView, len(v.file.People))
	for i, person := range v.file.People {
		people[i] = v.person(person.Value)
	}
	return people, nil
}

// Figures counts a case.
func (s *Cases) Figures(caseID string) (figures Figures, err error) {
	defer guard(&err)
	v, err := s.viewer(caseID)
	if err != nil {
		return Figures{}, err
	}
	return figuresOf(v.file, v.now), nil
}

// viewer reads a case.
func (s *Cases) viewer(caseID string) (*viewer, error) {
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	file, err := work.CaseFile(s.desk.ctx, caseID)
	if err != nil {
		return nil, err
	}
	return newViewer(file, work.Now()), nil
}
