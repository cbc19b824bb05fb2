package app

// The shapes that cross the bridge. Lists are never nil (they would arrive as null), ids are strings, days YYYY-MM-DD,
// clocks HH:MM, instants RFC 3339 in UTC, money minor units with its currency. Codes have their words in the catalogue.

// Money is an amount in the currency's minor units.
type Money struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"` // ISO 4217
}

// Reference is a number that a company gave.
type Reference struct {
	Label  string `json:"label"`
	Number string `json:"number"`
}

// Settings are the person's choices for this program.
type Settings struct {
	Language string `json:"language"` // en, es, ca, or empty: as the system speaks
	Theme    string `json:"theme"`    // light, dark, or empty: as the system looks
	TextSize int64  `json:"textSize"` // percent; 0 is 100
	Zone     string `json:"zone"`     // IANA name, or empty: as the system says
	// Name, Address, Email and Phone are the person's as letters and new cases have them; empty while they were not said.
	Name    string `json:"name"`
	Address string `json:"address"`
	Email   string `json:"email"`
	Phone   string `json:"phone"`
	// Welcomed says that the questions of the first start were answered or passed over.
	Welcomed bool `json:"welcomed"`
}

// Start is what the page needs before it shows anything.
type Start struct {
	Version        string   `json:"version"`
	Settings       Settings `json:"settings"`
	SystemLanguage string   `json:"systemLanguage"`
	Zone           string   `json:"zone"`  // IANA name
	Today          string   `json:"today"` // by the clock of the open library
	LibraryFolder  string   `json:"libraryFolder"`
	SampleOpen     bool     `json:"sampleOpen"`
	SampleMade     bool     `json:"sampleMade"`
	// ClockBehind is when the last entry was recorded, as wall time in the zone, when this computer's clock says an earlier time.
	ClockBehind string `json:"clockBehind"`
	// Migrated says that the library was brought up to date just now; a copy of what it was is kept beside it.
	Migrated bool `json:"migrated"`
	// Surprised says that the record is not what it was when it was last open here.
	Surprised bool `json:"surprised"`
	// NativeMenu says that the system shows a menu of the program's own.
	NativeMenu bool    `json:"nativeMenu"`
	Choices    Choices `json:"choices"`
}

// Choices are the codes there are, in the order they are offered.
type Choices struct {
	Roles       []string `json:"roles"`
	Channels    []string `json:"channels"`
	Directions  []string `json:"directions"`
	Bases       []string `json:"bases"`
	Supervisors []string `json:"supervisors"`
	Outcomes    []string `json:"outcomes"`
	Endings     []string `json:"endings"`
	Failures    []string `json:"failures"`
	Consents    []string `json:"consents"`
	Editions    []string `json:"editions"`
	Sections    []string `json:"sections"` // of a dossier
}

// CaseSummary is a case as a list shows it.
type CaseSummary struct {
	ID              string   `json:"id"`
	Title           string   `json:"title"`
	Companies       []string `json:"companies"`
	Contacts        int64    `json:"contacts"`
	Messages        int64    `json:"messages"`
	PromisesOpen    int64    `json:"promisesOpen"`
	PromisesNotKept int64    `json:"promisesNotKept"`
	LastContact     string   `json:"lastContact"` // as much of its wall time as is known; empty when there is none
	// Standing is late, waiting, quiet, nothing_yet or ended; of the first two Next is what is owed first.
	Standing string      `json:"standing"`
	Next     *TodayItem  `json:"next,omitempty"`
	Ending   *EndingView `json:"ending,omitempty"` // nil while it goes on
}

// CaseInput is a new case as it was typed.
type CaseInput struct {
	Title           string `json:"title"`
	Company         string `json:"company"`
	Role            string `json:"role"`
	ReferenceLabel  string `json:"referenceLabel"`
	ReferenceNumber string `json:"referenceNumber"`
	Summary         string `json:"summary"`
	Outcome         string `json:"outcome"` // a line each
	Claimed         string `json:"claimed"`
	Currency        string `json:"currency"`
	Zone            string `json:"zone"`
}

// PersonInput is a person as they were typed.
type PersonInput struct {
	Name     string `json:"name"`
	Position string `json:"position"`
	Refused  bool   `json:"refused"`
}

// ContactInput is a contact as it was typed.
type ContactInput struct {
	CaseID           string         `json:"caseId"`
	Company          string         `json:"company"` // a party's id, or the name of a new one
	Role             string         `json:"role"`    // of a new one
	When             string         `json:"when"`    // empty is now
	Zone             string         `json:"zone"`
	Offset           string         `json:"offset"`
	Direction        string         `json:"direction"`
	Channel          string         `json:"channel"`
	People           []PersonInput  `json:"people"`
	Hold             string         `json:"hold"`
	Talk             string         `json:"talk"`
	Transfers        string         `json:"transfers"`
	Retold           string         `json:"retold,omitempty"` // how often the whole story had to be told again
	SentTo           string         `json:"sentTo,omitempty"` // a company's id or name, or somewhere in words
	Number           string         `json:"number"`
	CompanyReference string         `json:"companyReference"`
	Summary          string         `json:"summary"`
	Verbatim         string         `json:"verbatim"`
	Failures         []string       `json:"failures"`
	Supervisor       string         `json:"supervisor"`
	MadeBy           string         `json:"madeBy"`
	Basis            string         `json:"basis"`
	Promises         []PromiseTerms `json:"promises"`
}

// PromiseTerms are what was promised, as it was typed.
type PromiseTerms struct {
	What      string `json:"what"`
	Due       string `json:"due"` // empty is "no date given"
	Amount    string `json:"amount"`
	Currency  string `json:"currency"`
	RepeatsID string `json:"repeatsId"`
}

// PromiseInput is a promise that was made outside a contact.
type PromiseInput struct {
	CaseID  string       `json:"caseId"`
	Company string       `json:"company"`
	Person  string       `json:"person"`
	MadeAt  string       `json:"madeAt"`
	Zone    string       `json:"zone"`
	Terms   PromiseTerms `json:"terms"`
}

// SettlementInput says how a promise ended, as it was typed.
type SettlementInput struct {
	PromiseID string `json:"promiseId"`
	Outcome   string `json:"outcome"`
	On        string `json:"on"`
	Zone      string `json:"zone"`
	Note      string `json:"note"`
	// ShownBy are ids of what shows it, see [Promises.Grounds].
	ShownBy []string `json:"shownBy"`
}

// Ground is something on record that can show how a promise ended.
type Ground struct {
	ID      string `json:"id"`
	Kind    string `json:"kind"` // contact, message or evidence
	Day     string `json:"day"`  // empty when it is not known
	Channel string `json:"channel"`
	Text    string `json:"text"`
}

// JobReport says how a job stands. After done, failed or cancelled nothing more comes.
type JobReport struct {
	ID       string `json:"id"`
	State    string `json:"state"`
	Stage    string `json:"stage"`
	Done     int64  `json:"done"`
	Total    int64  `json:"total"` // 0 while unknown
	Count    int64  `json:"count"` // things that were found in what is done
	FileName string `json:"fileName"`
	Failure  string `json:"failure"` // JSON, as errors cross the bridge
}

// words turns codes into plain strings; the result is never nil.
func words[T ~string](codes []T) []string {
	texts := make([]string, len(codes))
	for i, code := range codes {
		texts[i] = string(code)
	}
	return texts
}
