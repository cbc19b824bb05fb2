package app

import (
	"time"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// Today is what the page asks to show what needs the person.
type Today struct{ desk *desk }

// Read gives what needs the person now, across all cases of the open library.
func (s *Today) Read() (view TodayView, err error) {
	defer guard(&err)
	work, err := s.desk.work()
	if err != nil {
		return TodayView{}, err
	}
	today, err := work.Today(s.desk.ctx)
	if err != nil {
		return TodayView{}, err
	}
	t := todayViewer{today: today, now: work.Now().In(s.desk.location()), viewers: map[string]*viewer{}}
	view = TodayView{
		Day:  t.now.Format(time.DateOnly),
		Late: t.items(today.Late), ThisWeek: t.items(today.ThisWeek), Waiting: t.items(today.Waiting),
		Unfinished: []UnfinishedView{},
	}
	for _, one := range today.Unfinished {
		view.Unfinished = append(view.Unfinished, UnfinishedView{
			DraftID: one.DraftID, CaseID: one.CaseID, CaseTitle: one.CaseTitle, Company: one.Company,
			Began: one.BeganAt.In(t.now.Location()).Format(wallMinute), Ended: one.Ended})
	}
	if s.desk.isSampleOpen() {
		return view, nil // nobody has to back up the sample
	}
	view.BackupDue = today.Backup.Due
	if last, err := time.Parse(time.RFC3339, today.Backup.Last); err == nil {
		view.BackupLast = last.In(t.now.Location()).Format(time.DateOnly)
	}
	return view, nil
}

// todayViewer tells items of an agenda the way the page shows them.
type todayViewer struct {
	today   casework.Today
	now     time.Time
	viewers map[string]*viewer // by case
}

func (t todayViewer) items(agenda []casefile.AgendaItem) []TodayItem {
	items := make([]TodayItem, 0, len(agenda))
	for _, owed := range agenda {
		item := owedItem(owed)
		if owed.Promise != nil {
			promise := t.viewer(owed.Case.ID).promise(*owed.Promise)
			item.Promise = &promise
		}
		items = append(items, item)
	}
	return items
}

// owedItem tells what is owed, without the promise as a whole.
func owedItem(owed casefile.AgendaItem) TodayItem {
	item := TodayItem{
		Kind: string(owed.Kind), CaseID: owed.Case.ID, CaseTitle: owed.Case.Title, Companies: []string{}, DaysLate: owed.DaysLate}
	for _, party := range owed.Parties {
		item.Companies = append(item.Companies, party.Name)
	}
	if owed.Due != nil {
		item.DueDay, item.DueClock = owed.Due.Date, owed.Due.Time
	}
	if owed.Promise != nil {
		item.What, item.Since = owed.Promise.Promise.Value.What, owed.Promise.Promise.Value.MadeAt.Date()
	}
	return item
}

func (t todayViewer) viewer(caseID string) *viewer {
	if t.viewers[caseID] == nil {
		t.viewers[caseID] = newViewer(t.today.Files[caseID], t.now)
	}
	return t.viewers[caseID]
}
