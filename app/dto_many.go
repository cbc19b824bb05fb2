package app

// DateInput is a day or a time as it was typed.
type DateInput struct {
	Text   string `json:"text"`
	Zone   string `json:"zone"`
	Sense  string `json:"sense"`  // happened or due
	Beside string `json:"beside"` // the wall time of the entry above, or when what is due was promised; or empty
}

// DateRead is what was understood of it.
type DateRead struct {
	Wall string `json:"wall"` // as much as is known of YYYY-MM-DDTHH:MM; empty for "no date"
}

// ManyRow is one of many contacts as it was typed, pasted or read from a log.
type ManyRow struct {
	When    string `json:"when"`
	Company string `json:"company"` // empty: that of the row above
	Channel string `json:"channel"` // empty: phone
	Who     string `json:"who"`
	Hold    string `json:"hold"`
	What    string `json:"what"`
	SentTo  string `json:"sentTo"` // a company, or somewhere in words
	Promise string `json:"promise"`
	Due     string `json:"due"`
	// What only a log knows, as it is written there.
	Basis     string `json:"basis"` // empty: memory
	Number    string `json:"number"`
	Length    string `json:"length"` // of the whole call, as M:SS
	Direction string `json:"direction"`
}

// ManyInput is what is to be read or saved.
type ManyInput struct {
	CaseID string    `json:"caseId"`
	Zone   string    `json:"zone"`
	Basis  string    `json:"basis"` // what the rows that were typed rest on
	Rows   []ManyRow `json:"rows"`
	LogIDs []string  `json:"logIds"` // logs to keep as evidence
}

// ManyRowRead is what was understood of a row.
type ManyRowRead struct {
	Blank     bool   `json:"blank"`
	When      string `json:"when"`    // wall time
	Due       string `json:"due"`     // wall time
	Company   string `json:"company"` // the name that counts, also when it was left out
	Channel   string `json:"channel"` // code
	Direction string `json:"direction"`
	// Problems are by the row's fields: when, company, channel, who, hold, what, promise, due.
	Problems map[string]fieldFailure `json:"problems"`
}

// ManySaved names what came of it.
type ManySaved struct {
	ContactIDs []string `json:"contactIds"`
}

// CallLog is a file with calls, or a table, that a person chose.
type CallLog struct {
	ID       string `json:"id"` // empty when the person thought better of it
	FileName string `json:"fileName"`
	Skipped  int64  `json:"skipped"` // calls that could not be read
	// IsTable says that its columns mean what somebody says; Sure that they name themselves.
	IsTable    bool       `json:"isTable"`
	Sure       bool       `json:"sure"`
	MonthFirst bool       `json:"monthFirst"`
	Header     []string   `json:"header"`
	Columns    []string   `json:"columns"` // a field for each, or empty
	Fields     []string   `json:"fields"`  // those there are
	Sample     [][]string `json:"sample"`  // the first rows
	Entries    int64      `json:"entries"`
	HasNumbers bool       `json:"hasNumbers"`
}

// CallNumber is a telephone number with the calls that the log has with it.
type CallNumber struct {
	Key     string `json:"key"`
	Number  string `json:"number"`
	Name    string `json:"name"` // in the phone's address book
	Calls   int64  `json:"calls"`
	Seconds int64  `json:"seconds"`
	First   string `json:"first"`   // YYYY-MM-DD
	Last    string `json:"last"`    // YYYY-MM-DD
	Company string `json:"company"` // the company of the case that it seems to belong to, or empty
}

// CallChoice says whose a number is.
type CallChoice struct {
	Key     string `json:"key"`
	Company string `json:"company"`
}

// CallRows are the chosen calls as rows of the grid.
type CallRows struct {
	Rows []ManyRow `json:"rows"`
	// Left is how many more there are than are taken at once.
	Left int64 `json:"left"`
}
