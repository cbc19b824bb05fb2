package dossier

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dossier/addressee"
	"constancia/internal/dossier/redaction"
	"constancia/internal/i18n"
	"constancia/internal/problem"
)

// Options say for whom and when a dossier is made.
type Options struct {
	Edition  Edition
	Language i18n.Language
	// GeneratedAt is the time now.
	GeneratedAt time.Time
	// Zone is the IANA name of the zone in which to tell time; empty is the case's.
	Zone string
	// Program is the name and version of this program.
	Program string
	// Addressee is to whom it goes; empty names the edition.
	Addressee string
	// RecordFingerprint is the hash over the heads of Logs, lower-case hex; may be empty.
	RecordFingerprint string
	// Logs are the case's logs as they are now, in order of log id.
	Logs []Log
	// Exports are how many of their entries say only that a dossier was made.
	Exports int64
	// Signatures say of emails, by their ids, what the signatures of their senders' mail servers show.
	Signatures map[string][]string
	// FilingFor is the id of the addressee whose filing sheet a regulator's edition begins with, see package addressee;
	// empty for none. Filing is what its sheet says besides.
	FilingFor string
	Filing    FilingDetails
	// Press is what the press edition hides. A press edition without it hides what it finds, and shows no exhibit.
	Press *redaction.Plan
	// Period is the time of which it tells, and Sections are those that it has: none means all.
	Period   Period
	Sections []Section
	// Light is for a dossier with small pictures that holds no original.
	Light bool
	Cover Cover
}

// Log is a log of the case with its head.
type Log struct {
	casefile.LogHead
	// Sealed is how many of its entries the last time stamp covers, SealedAt the time of that, and Service the address of
	// whoever gave it. Zero and empty without one.
	Sealed   int64
	SealedAt time.Time
	Service  string
}

// Compile makes the model of one edition of a case.
//
// The press edition is made of a case from which all that it hides was taken before: see [redaction.Plan].
//
// Errors: not_a_choice (edition, section), no_such_zone, not_a_date and period_backwards (period).
func Compile(file casefile.CaseFile, options Options) (Dossier, error) {
	if !slices.Contains(Editions(), options.Edition) {
		return Dossier{}, problem.New(problem.NotAChoice, problem.Values{
			"field": "edition", "value": string(options.Edition), "choices": choices(Editions())})
	}
	zone := options.Zone
	if zone == "" {
		zone = file.Case.Zone
	}
	location, err := time.LoadLocation(zone)
	if err != nil || zone == "" || zone == "Local" {
		return Dossier{}, problem.Wrap(err, problem.NoSuchZone, problem.Values{"value": zone})
	}
	omitted, err := leftOut(options.Sections)
	if err = cmp.Or(err, options.Period.check()); err != nil {
		return Dossier{}, err
	}
	c := newCompiler(file, options, location)
	c.leftOut = omitted
	if options.Edition == Press {
		c.hideForPress()
	}
	c.keepTags()
	return c.compile(), nil
}

func choices[T ~string](codes []T) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = string(code)
	}
	return strings.Join(names, ", ")
}

// compiler holds a case while it is written down, with what its parts are called.
type compiler struct {
	// file is what the dossier tells of, whole the case before its period was cut out.
	file, whole casefile.CaseFile

	options  Options
	location *time.Location
	words    *i18n.Texts
	now      time.Time
	figures  casefile.Figures
	promises []casefile.PromiseStatus

	parties map[string]casefile.Party
	people  map[string]casefile.Person
	tags    map[string]Tag // by id of contact, message, promise, evidence; of those that the dossier has
	allTags map[string]Tag
	origins map[string]casefile.Origin
	leftOut []Section
	// exhibited are ids, see [exhibited].
	exhibited map[string]bool
	// verbatim are the words of others in file, see [verbatims].
	verbatim map[string]string
	// reach is how to reach the complainant in the press edition, gaps whether numbers are missing in it, and onRequest are
	// the exhibits that were not chosen for it.
	reach     string
	gaps      bool
	onRequest []string
	// blanks says that a filing sheet has room to write the numbers that its addressee asks for.
	blanks bool
}

func newCompiler(file casefile.CaseFile, options Options, location *time.Location) *compiler {
	told := options.Period.of(file, location)
	tags := Tags(file)
	c := &compiler{
		file: told, whole: file, options: options, location: location, words: i18n.For(options.Language),
		now: options.GeneratedAt, figures: told.Figures(options.GeneratedAt),
		promises: told.PromiseStatuses(options.GeneratedAt),
		parties:  map[string]casefile.Party{}, people: map[string]casefile.Person{}, tags: tags, allTags: tags, origins: originsOf(file), exhibited: exhibited(file),
	}
	if !options.Period.Whole() {
		c.figures.Days = c.daysTold(options.GeneratedAt)
	}
	c.index()
	return c
}

// index looks up what companies and people are called, and what was said.
func (c *compiler) index() {
	c.verbatim = verbatims(c.file)
	for _, party := range c.file.Parties {
		c.parties[party.Value.ID] = party.Value
	}
	for _, person := range c.file.People {
		c.people[person.Value.ID] = person.Value
	}
}

// originsOf is between whom each message went, by its id. It is made out before an edition hides addresses.
func originsOf(file casefile.CaseFile) map[string]casefile.Origin {
	origins := map[string]casefile.Origin{}
	for _, message := range file.Messages {
		origins[message.Value.ID] = file.OriginOf(message.Value.Reading)
	}
	return origins
}

// Tags gives the rows of a case their tags, by the ids of contacts, messages, promises and evidence. They are the same in
// every edition.
func Tags(file casefile.CaseFile) map[string]Tag {
	tags := map[string]Tag{}
	for i, contact := range file.Contacts {
		tags[contact.Value.ID] = numbered("C-%03d", i)
	}
	for i, promise := range file.Promises {
		tags[promise.Value.ID] = numbered("P-%02d", i)
	}
	for i, message := range file.Messages {
		tags[message.Value.ID] = numbered("E-%03d", i)
	}
	for _, exhibit := range file.Exhibits {
		for _, piece := range exhibit.Value.Pieces() {
			tags[piece] = Tag(exhibit.Value.Label)
		}
	}
	return tags
}

func numbered(format string, index int) Tag { return Tag(fmt.Sprintf(format, index+1)) }

func (c *compiler) compile() Dossier {
	d := Dossier{
		Edition: c.options.Edition, Language: c.words.Language(),
		Kind:        c.title(),
		Reader:      c.reader(),
		Addressee:   c.addressed(),
		Reference:   reference(c.file),
		Title:       c.file.Case.Title,
		Complainant: c.complainant(),
		Companies:   c.companies(),
		GeneratedAt: c.now, Generated: c.generated(), Zone: c.location.String(),
		Until:   c.until(),
		Program: c.options.Program, RecordFingerprint: c.options.RecordFingerprint,
		Chronology: c.chronology(), Ending: c.ending(), People: c.persons(), RefusedNames: c.figures.RefusedNames,
		Promises: c.ledger(), CompanySide: c.companySide(), Breaches: c.breaches(),
		Runaround: c.runaround(), Contradictions: c.contradictions(), Cost: c.cost(),
		Sealed: c.lastSeal(), Emails: c.emails(), Exhibits: c.exhibits(), Charts: c.charts(), Integrity: c.integrity(),
	}
	d.LeftOut, d.OmittedParts, d.Light = c.leftOut, c.omittedParts(), c.options.Light
	d.Notes = c.notes()
	d.leaveOut()
	d.Filing = c.filing(d.Exhibits)
	d.Summary = c.summary(d)
	d.Letter, d.Signature = c.letter(&d), c.signature()
	return d
}

func (c *compiler) complainant() Complainant {
	own := c.file.Case.Complainant
	return Complainant{Name: own.Name, Address: own.Address, Email: own.Email, Phone: own.Phone, Reach: c.reach}
}

// notes say what the reader has to know of the dossier.
func (c *compiler) notes() []string {
	press, light, promises := "", "", ""
	if c.isPress() {
		press = joinFilled(" ", c.words.Text("dossier.press.note"), c.gapsInNumbers(), c.exhibitsOfPress())
	}
	if c.options.Light {
		light = c.words.Text("dossier.light")
	}
	told := c.told()
	if told != "" && len(c.promises) > 0 {
		promises = c.words.Text("dossier.period.promises")
	}
	return filled(press, joinFilled(" ", told, promises), c.omittedParts(), light)
}

// isAddressed reports whether it is known to whom the dossier goes.
func (c *compiler) isAddressed() bool {
	_, known := addressee.Find(c.options.FilingFor)
	return c.options.Addressee != "" || known && c.options.Edition == Regulator
}

// title is what the document is called: for a known addressee by what that is, for another without.
func (c *compiler) title() string {
	to, known := addressee.Find(c.options.FilingFor)
	switch {
	case c.options.Edition != Regulator:
		return c.words.Text("dossier.kind." + string(c.options.Edition))
	case c.options.Addressee != "":
		return c.words.Text("dossier.kind." + string(HeadOffice))
	case known:
		return c.words.Text("dossier.kind." + string(to.Kind))
	}
	return c.words.Text("dossier.kind." + string(Regulator))
}

func (c *compiler) reader() string {
	if c.options.Addressee != "" {
		return c.options.Addressee
	}
	if to, ok := addressee.Find(c.options.FilingFor); ok && c.options.Edition == Regulator {
		return to.For(c.words.Language()).Name
	}
	if company := c.mainCompany(); c.options.Edition == HeadOffice && company != "" {
		return c.words.Text("dossier.reader.head-office_of", i18n.Values{"company": company})
	}
	return c.words.Text("dossier.reader." + string(c.options.Edition))
}

// mainCompany is the first of the case; empty while it has none.
func (c *compiler) mainCompany() string {
	if len(c.file.Parties) == 0 {
		return ""
	}
	return c.file.Parties[0].Value.Name
}

// addressed is the reader as a line that says "addressed to" has it.
func (c *compiler) addressed() string {
	if c.isAddressed() {
		return c.reader()
	}
	edition := capitalised(c.words.Text("term.edition." + string(c.options.Edition)))
	if company := c.mainCompany(); c.options.Edition == HeadOffice && company != "" {
		return edition + " · " + company
	}
	return edition
}

// generated tells the time of making with zone and offset: a reader elsewhere must not guess.
func (c *compiler) generated() string {
	local := c.now.In(c.location)
	return c.words.Text("dossier.generated_at", i18n.Values{
		"when": c.words.DateTime(local), "zone": c.location.String(), "offset": local.Format("UTC-07:00")})
}

// reference is the year the case was opened and the random end of its id.
func reference(file casefile.CaseFile) string {
	digits := strings.ToUpper(strings.ReplaceAll(file.Case.ID, "-", ""))
	if len(digits) > 6 {
		digits = digits[len(digits)-6:]
	}
	if year := file.Entry.RecordedAt; !year.IsZero() {
		return fmt.Sprintf("%d-%s", year.Year(), digits)
	}
	return digits
}

func (c *compiler) companies() []Company {
	var companies []Company
	for _, party := range c.file.Parties {
		companies = append(companies, Company{
			Name: party.Value.Name, Role: c.role(party.Value.Role), Address: party.Value.Address,
			References: party.Value.References})
	}
	return companies
}

func (c *compiler) role(role casefile.PartyRole) string {
	if role == "" || role == casefile.OtherRole {
		return ""
	}
	return c.words.Text("term.role." + string(role))
}

// personName is a person's name as it was given, or that it was refused.
func (c *compiler) personName(person casefile.Person) string {
	if person.Refused || person.Name == "" {
		return c.words.Text("dossier.name_refused")
	}
	return person.Name
}

// named names people in a sentence, as a list; whoever refused a name is somebody.
func (c *compiler) named(personIDs []string) string {
	var names []string
	for _, id := range personIDs {
		person, ok := c.people[id]
		switch {
		case !ok:
		case person.Refused || person.Name == "":
			names = append(names, c.words.Text("dossier.somebody_unnamed"))
		default:
			names = append(names, person.Name)
		}
	}
	return capitalised(c.words.List(names))
}

func (c *compiler) money(amount *casefile.Money) string {
	if amount == nil {
		return ""
	}
	return c.words.Money(amount.Minor, amount.Currency)
}

// day writes a due date or day, with its hour if it has one.
func (c *compiler) day(due *casefile.Due) string {
	at, ok := dayOf(due)
	if !ok {
		return ""
	}
	if due.Time != "" {
		return c.words.ShortDate(at) + ", " + due.Time
	}
	return c.words.ShortDate(at)
}

func dayOf(due *casefile.Due) (time.Time, bool) {
	if due == nil {
		return time.Time{}, false
	}
	at, err := time.Parse(time.DateOnly, due.Date)
	return at, err == nil
}

// shortWhen writes a time where there is little room, no more exactly than it is known.
func (c *compiler) shortWhen(when casefile.When) string {
	switch when.Precision {
	case casefile.Month, casefile.Year:
		return c.words.When(when.In(), string(when.Precision))
	}
	return c.words.ShortDate(when.In())
}
