package dossier

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// Row is a line of the chronology: a contact, or a message that is no contact.
type Row struct {
	Tag Tag
	// At is the earliest instant, in the entry's own zone.
	At time.Time
	// Month is the heading it stands under; Date and Clock are as exact as is known.
	Month, Date, Clock string
	Channel            casefile.Channel
	ChannelName        string
	Company            string
	// To is to whom an email went, in words; empty of a contact.
	To   string
	Text string
	// Verbatim is what was said, word for word; of an email how it begins.
	Verbatim string
	// People are the names as they were given.
	People []string
	// Hold is the time on hold, in words; empty when there was none.
	Hold string
	// Facts are who started it, transfers, what came of asking for a supervisor, who in the household it was, numbers.
	Facts    []string
	Failures []string
	Helped   bool
	// Provenance says when it was recorded and on what it rests.
	Provenance string
	// Corrections says when it was corrected, and what; empty when never.
	Corrections string
	Promises    []Tag
	Exhibits    []Tag
	Email       Tag
	// Message says that the row is an email, and Text its subject.
	Message bool
}

// chronology lists contacts, and the messages that are not linked to one, by when they happened.
func (c *compiler) chronology() []Row {
	var rows []Row
	for _, contact := range c.file.Contacts {
		rows = append(rows, c.contactRow(contact))
	}
	for message := range c.file.Unlinked() {
		rows = append(rows, c.messageRow(message))
	}
	slices.SortStableFunc(rows, func(a, b Row) int { return a.At.Compare(b.At) })
	return rows
}

func (c *compiler) contactRow(entry casefile.Recorded[casefile.Contact]) Row {
	contact := entry.Value
	at := contact.OccurredAt.In()
	row := Row{
		Tag: c.tags[contact.ID], At: at, Month: capitalised(c.words.Month(at)), Date: c.shortWhen(contact.OccurredAt),
		Channel: contact.Channel, ChannelName: c.channel(contact.Channel),
		Company: c.parties[contact.PartyID].Name, Text: contact.Summary, Verbatim: contact.Verbatim,
		Facts: c.facts(contact), Provenance: c.provenance(entry), Corrections: c.corrected(entry.Entry),
	}
	switch contact.OccurredAt.Precision {
	case casefile.Minute:
		row.Clock = c.words.Clock(at)
	case casefile.Hour:
		row.Clock = "~ " + c.words.Clock(at)
	case casefile.Year:
		row.Month = at.Format("2006")
	}
	if seconds := contact.HoldSeconds; seconds != nil && *seconds > 0 {
		row.Hold = c.words.Text("dossier.hold", i18n.Values{"time": c.words.Duration(*seconds)})
	}
	for _, id := range contact.PersonIDs {
		if person, ok := c.people[id]; ok {
			row.People = append(row.People, c.personName(person))
		}
	}
	for _, failure := range contact.Shortcomings() {
		if failure == casefile.Helped {
			row.Helped = true
			continue
		}
		row.Failures = append(row.Failures, c.words.Text("term.failure."+string(failure)))
	}
	c.link(&row, contact.ID)
	return row
}

func (c *compiler) channel(channel casefile.Channel) string {
	if channel == casefile.Email {
		return c.words.Text("dossier.channel.email") // shorter than the term
	}
	return c.words.Text("term.channel." + string(channel))
}

func (c *compiler) facts(contact casefile.Contact) []string {
	var facts []string
	if contact.Direction == casefile.Incoming {
		facts = append(facts, c.words.Text("term.direction.incoming"))
	}
	if contact.Transfers > 0 {
		facts = append(facts, c.words.Count("count.transfer", contact.Transfers))
	}
	if contact.Supervisor != casefile.SupervisorNotAsked {
		facts = append(facts, c.words.Text("term.supervisor."+string(contact.Supervisor)))
	}
	if contact.Number != "" {
		facts = append(facts, c.words.Text("dossier.number", i18n.Values{"number": unbroken(contact.Number)}))
	}
	if contact.CompanyReference != "" {
		facts = append(facts, c.words.Text("dossier.company_reference", i18n.Values{"number": contact.CompanyReference}))
	}
	if contact.MadeBy != "" {
		facts = append(facts, c.words.Text("dossier.made_by", i18n.Values{"name": contact.MadeBy}))
	}
	return facts
}

// provenance says when a contact was recorded and on what it rests.
func (c *compiler) provenance(entry casefile.Recorded[casefile.Contact]) string {
	text := c.words.Text("dossier.recorded_on", i18n.Values{
		"date": c.words.Date(entry.Entry.RecordedAt.In(c.location))})
	recording := casefile.RecordingOf(entry)
	if recording != casefile.RecordedLater {
		text = c.words.Text("dossier.recorded." + string(recording))
	}
	switch {
	case entry.Value.Basis == "", recording == casefile.RecordedLive && entry.Value.Basis == casefile.Note:
		return text // what is recorded at the time is the note
	case entry.Value.Basis == casefile.Memory:
		return c.words.Text("dossier.provenance_memory", i18n.Values{"recorded": text})
	}
	return c.words.Text("dossier.provenance", i18n.Values{
		"recorded": text, "basis": c.words.Text("term.basis." + string(entry.Value.Basis))})
}

// corrected says when an entry was corrected, and in what.
func (c *compiler) corrected(entry casefile.Entry) string {
	var told []string
	for _, correction := range entry.Corrections {
		told = append(told, c.words.Text("dossier.corrected", i18n.Values{
			"date": c.words.Date(correction.RecordedAt.In(c.location)), "fields": c.fieldNames(correction)}))
	}
	return strings.Join(told, " · ")
}

// rowEnough is how many characters of an email at most its row has.
const rowEnough = 240

func (c *compiler) messageRow(entry casefile.Recorded[casefile.MessageView]) Row {
	message := entry.Value
	at, known := messageDate(message.Reading)
	if !known {
		at = entry.Entry.RecordedAt.In(c.location)
	}
	row := Row{
		Tag: c.tags[message.ID], Email: c.tags[message.ID], At: at, Month: capitalised(c.words.Month(at)),
		Date: c.words.ShortDate(at), Clock: c.words.Clock(at),
		Channel: casefile.Email, ChannelName: c.channel(casefile.Email),
		Message: true, Text: c.subject(message.Reading), People: mailboxNames(message.Reading.From),
		Provenance: c.words.Text("dossier.recorded.message"), Corrections: c.corrected(entry.Entry),
	}
	row.Verbatim = opening(message.Reading.Text, c.sender(message), rowEnough)
	row.Company = c.parties[c.origins[message.ID].PartyID].Name
	direction := c.origins[message.ID].Direction
	if direction != "" {
		row.Facts = []string{c.words.Text("term.direction." + string(direction))}
	}
	if direction == casefile.Incoming { // her own name is what the press edition hides
		row.To = c.words.Text("dossier.email.to_complainant")
	} else if to := cmp.Or(row.Company, strings.Join(mailboxNames(message.Reading.To), ", ")); to != "" {
		row.To = c.words.Text("dossier.email.written_to", i18n.Values{"name": to})
	}
	c.link(&row, message.ID)
	return row
}

// link adds the tags of the promises made, the exhibits and the email that belong to a contact or message.
func (c *compiler) link(row *Row, id string) {
	for _, promise := range c.file.Promises {
		if tag, told := c.tags[promise.Value.ID]; told && (promise.Value.ContactID == id || promise.Value.MessageID == id) {
			row.Promises = append(row.Promises, tag)
		}
	}
	for _, evidence := range c.file.Evidence {
		if tag, ok := c.tags[evidence.Value.ID]; ok && !slices.Contains(row.Exhibits, tag) && (evidence.Value.ContactID == id || evidence.Value.MessageID == id) {
			row.Exhibits = append(row.Exhibits, tag)
		}
	}
	for _, message := range c.file.Messages {
		if message.Value.ContactID == id {
			row.Email = c.tags[message.Value.ID]
		}
	}
}

// messageDate is the sender's date with the sender's offset.
func messageDate(reading casefile.Reading) (time.Time, bool) {
	at, err := time.Parse(time.RFC3339, reading.Date)
	return at, err == nil
}

func (c *compiler) subject(reading casefile.Reading) string {
	if strings.TrimSpace(reading.Subject) == "" {
		return c.words.Text("dossier.no_subject")
	}
	return reading.Subject
}

func mailboxNames(mailboxes []casefile.Mailbox) []string {
	var names []string
	for _, mailbox := range mailboxes {
		if mailbox.Name != "" {
			names = append(names, mailbox.Name)
			continue
		}
		names = append(names, mailbox.Address)
	}
	return names
}

func capitalised(text string) string {
	said := strings.TrimLeft(text, "«“") // a quotation starts with its first word
	r, size := utf8.DecodeRuneInString(said)
	if r == utf8.RuneError {
		return text
	}
	return text[:len(text)-len(said)] + string(unicode.ToUpper(r)) + said[size:]
}
