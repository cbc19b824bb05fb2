package app

// FiguresReport is everything that can be counted in a case. Every number can be counted again by hand from its rows.
type FiguresReport struct {
	Figures   Figures        `json:"figures"`
	Months    []MonthFigures `json:"months"`
	ByChannel []CodeCount    `json:"byChannel"`
	ByFailure []CodeCount    `json:"byFailure"`
	ByState   []CodeCount    `json:"byState"`
	// Retold is how often the whole story had to be told again, SentOn how often the person was sent somewhere else.
	Retold          int64 `json:"retold"`
	SentOn          int64 `json:"sentOn"`
	TalkSeconds     int64 `json:"talkSeconds"`
	SupervisorAsked int64 `json:"supervisorAsked"`
	SupervisorPutOn int64 `json:"supervisorPutOn"`
	RecordedLive    int64 `json:"recordedLive"`
	RecordedSameDay int64 `json:"recordedSameDay"`
	RecordedLater   int64 `json:"recordedLater"`
	// Spent is the sum of the expenses in each currency.
	Spent    []Money       `json:"spent"`
	Expenses []ExpenseView `json:"expenses"`
	// OwnSeconds are spent waiting and talking, OwnTime what they are worth at HourValue.
	OwnSeconds int64  `json:"ownSeconds"`
	OwnTime    *Money `json:"ownTime,omitempty"`
	// What the person is to the company: the loyalty that is at risk.
	CustomerSince string `json:"customerSince"`
	CustomerYears int64  `json:"customerYears"`
	YearlySpend   *Money `json:"yearlySpend,omitempty"`
	HourValue     *Money `json:"hourValue,omitempty"`
}

// MonthFigures is what happened in a month.
type MonthFigures struct {
	Month           string `json:"month"` // YYYY-MM
	Contacts        int64  `json:"contacts"`
	HoldSeconds     int64  `json:"holdSeconds"`
	PromisesDue     int64  `json:"promisesDue"`
	PromisesNotKept int64  `json:"promisesNotKept"`
}

// CodeCount is how often something with a code came up.
type CodeCount struct {
	Code  string `json:"code"`
	Count int64  `json:"count"`
}

// ExpenseView is money spent because of the dispute.
type ExpenseView struct {
	ID     string `json:"id"`
	What   string `json:"what"`
	Amount Money  `json:"amount"`
	Wall   string `json:"wall"` // as much of when as is known

	Corrected bool `json:"corrected"`
	Rivals    bool `json:"rivals"`
}

// ExpenseInput is an expense as it was typed.
type ExpenseInput struct {
	CaseID   string `json:"caseId"`
	What     string `json:"what"`
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
	When     string `json:"when"`
	Zone     string `json:"zone"`
}

// LoyaltyInput is what the person is to the company, and what their time is worth, as it was typed.
type LoyaltyInput struct {
	CaseID        string `json:"caseId"`
	CustomerSince string `json:"customerSince"`
	YearlySpend   string `json:"yearlySpend"`
	HourValue     string `json:"hourValue"`
	Currency      string `json:"currency"`
	Reason        string `json:"reason"`
}
