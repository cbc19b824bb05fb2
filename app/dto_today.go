package app

// TodayView is what needs the person across all cases, and what companies owe them.
type TodayView struct {
	Day      string      `json:"day"` // where the person is
	Late     []TodayItem `json:"late"`
	ThisWeek []TodayItem `json:"thisWeek"`
	Waiting  []TodayItem `json:"waiting"`
	// Unfinished are contacts that were begun and wait to be saved, the one begun first first.
	Unfinished []UnfinishedView `json:"unfinished"`
	// BackupDue says that it is time for a backup; BackupLast is the day of the last one, empty when there was none.
	BackupDue  bool   `json:"backupDue"`
	BackupLast string `json:"backupLast"`
}

// Kinds of a TodayItem are those of casefile.Owed: promise and answer.

// TodayItem is something that a company owes.
type TodayItem struct {
	Kind      string   `json:"kind"`
	CaseID    string   `json:"caseId"`
	CaseTitle string   `json:"caseTitle"`
	Companies []string `json:"companies"` // the one that promised, or all that were asked for an answer
	DueDay    string   `json:"dueDay"`    // empty when no date was given
	DueClock  string   `json:"dueClock"`
	DaysLate  int64    `json:"daysLate"`
	What      string   `json:"what"`  // in the words of the promise; empty for an answer
	Since     string   `json:"since"` // the day it was promised; empty for an answer
	// Promise is as much as its form needs; nil for an answer, and in the list of cases.
	Promise *PromiseView `json:"promise,omitempty"`
}

// UnfinishedView is a contact that was begun and neither saved nor thrown away.
type UnfinishedView struct {
	DraftID   string `json:"draftId"`
	CaseID    string `json:"caseId"` // empty while nobody said it
	CaseTitle string `json:"caseTitle"`
	Company   string `json:"company"` // empty while nobody said it
	Began     string `json:"began"`   // wall time where the person is
	Ended     bool   `json:"ended"`
}
