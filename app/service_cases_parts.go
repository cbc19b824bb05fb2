package app

import (
	"context"
	"sync"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/i18n"
)

// Open gives the head of a case. Its parts are asked for when they are looked at.
func (s *Cases) Open(id string) (head CaseHead, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return CaseHead{}, err
	}
	overview, err := work.Overview(s.desk.ctx, id)
	if err != nil {
		return CaseHead{}, err
	}
	return headOf(overview, work.Now()), nil
}

// longestPage is how many rows of a timeline cross the bridge at once.
const longestPage = 200

// Timeline gives a part of a case's timeline.
func (s *Cases) Timeline(caseID string, filter TimelineFilter, cursor TimelineCursor) (page TimelinePage, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return TimelinePage{}, err
	}
	read, err := work.Timeline(s.desk.ctx, caseID, casework.TimelineFilter(filter), cursor.First, min(max(cursor.Limit, 0), longestPage))
	if err != nil {
		return TimelinePage{}, err
	}
	return pageOf(read, work.Now()), nil
}

// TimelinePlace finds an entry on a case's timeline without any filter.
func (s *Cases) TimelinePlace(caseID, entryID string, oldestFirst bool) (place TimelinePlace, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return TimelinePlace{}, err
	}
	row, before, err := work.TimelineRowOf(s.desk.ctx, caseID, entryID, oldestFirst)
	return TimelinePlace{ItemID: row.ID, Before: before}, err
}

// Corrections tells what was corrected of an entry: what it said, what it says, when and why, in the words of a language.
func (s *Cases) Corrections(entryID, language string) (corrections []CorrectionView, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	history, err := work.History(s.desk.ctx, entryID)
	if err != nil {
		return nil, err
	}
	return correctionsOf(history, i18n.For(i18n.Language(language))), nil
}

// Strip gives what the drawing of the whole case at a glance is made from.
func (s *Cases) Strip(caseID string) (strip CaseStrip, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return CaseStrip{}, err
	}
	drawn, err := work.Strip(s.desk.ctx, caseID)
	if err != nil {
		return CaseStrip{}, err
	}
	return stripOf(drawn), nil
}

// Evidence gives every file that is kept as evidence in a case.
func (s *Cases) Evidence(caseID string) (evidence []EvidenceView, err error) {
	defer guard(&err)
	v, err := s.viewer(caseID, (*casework.Casework).EvidenceFile)
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
	v, err := s.viewer(caseID, (*casework.Casework).CaseFileWithoutMail)
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
	work, err := s.desk.work()
	if err != nil {
		return Figures{}, err
	}
	return s.desk.counted.of(s.desk.ctx, work, caseID)
}

// countedFigures are the figures of the case that was counted last. Counting looks at everything in a case, so it is done
// again only when something was recorded since, or the day is another.
type countedFigures struct {
	mu      sync.Mutex
	as      figuresKey
	figures Figures
}

// figuresKey says what figures were counted of.
type figuresKey struct {
	work     *casework.Casework
	caseID   string
	revision int64
	day      string
}

func (c *countedFigures) of(ctx context.Context, work *casework.Casework, caseID string) (Figures, error) {
	revision, err := work.Revision(ctx)
	if err != nil {
		return Figures{}, err
	}
	key := figuresKey{work, caseID, revision, work.Now().Format(time.DateOnly)}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.as == key {
		return c.figures, nil
	}
	counted, err := work.Figures(ctx, caseID)
	if err != nil {
		return Figures{}, err
	}
	c.as, c.figures = key, figuresOf(counted)
	return c.figures, nil
}

// viewer reads a case, or what of it is wanted.
func (s *Cases) viewer(
	caseID string, read func(*casework.Casework, context.Context, string) (casefile.CaseFile, error),
) (*viewer, error) {
	work, err := s.desk.work()
	if err != nil {
		return nil, err
	}
	file, err := read(work, s.desk.ctx, caseID)
	if err != nil {
		return nil, err
	}
	return newViewer(file, work.Now()), nil
}
