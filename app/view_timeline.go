package app

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"constancia/internal/casefile"
	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/i18n"
)

// pageOf tells a part of a timeline, with the promises and the evidence that its rows name.
func pageOf(read casework.TimelinePage, now time.Time) TimelinePage {
	v := newViewer(read.File, now)
	page := TimelinePage{
		First: read.First, Total: read.Total, DayBefore: read.DayBefore,
		Items: []TimelineItem{}, Promises: []PromiseView{}, Evidence: []EvidenceView{}}
	items := v.items()
	for _, row := range read.Rows {
		item, told := items[row.ID]
		if row.About != "" && (row.Kind == kindSettlement || row.Kind == kindDeadline) {
			item, told = items[row.About]
		}
		if !told {
			continue
		}
		item.Day = row.Day
		page.Items = append(page.Items, item)
	}
	for _, status := range v.statuses {
		page.Promises = append(page.Promises, v.promise(status))
	}
	for _, one := range read.File.Evidence {
		page.Evidence = append(page.Evidence, v.evidence(one.Value))
	}
	return page
}

// items are what the file has for a timeline, by the id of the thing; how a promise ended, by the promise's.
func (v *viewer) items() map[string]TimelineItem {
	items := map[string]TimelineItem{}
	for _, contact := range v.file.Contacts {
		items[contact.Value.ID] = v.contactItem(contact)
	}
	for _, message := range v.file.Messages {
		items[message.Value.ID] = v.messageItem(message)
	}
	for _, status := range v.statuses {
		if item, tells := v.endOf(status); tells {
			items[status.Promise.Value.ID] = item
		}
	}
	for _, evidence := range v.file.Evidence {
		if evidence.Value.OccurredAt != nil {
			items[evidence.Value.ID] = v.evidenceItem(evidence)
		}
	}
	return items
}

func newItem(kind, id string, entry casefile.Entry) TimelineItem {
	return TimelineItem{
		ID: id, Kind: kind, RecordedAt: entry.RecordedAt.UTC().Format(time.RFC3339), Corrected: len(entry.Corrections) > 0, Rivals: len(entry.Rivals()) > 0,
		People: []PersonMention{}, Failures: []string{}, PromiseIDs: []string{}, EvidenceIDs: []string{},
	}
}

func (v *viewer) contactItem(contact casefile.Recorded[casefile.Contact]) TimelineItem {
	c := contact.Value
	item := newItem(kindContact, c.ID, contact.Entry)
	item.Day, item.Wall, item.End = c.OccurredAt.Date(), c.OccurredAt.Wall, c.OccurredAt.End
	item.Channel, item.Direction = string(c.Channel), string(c.Direction)
	item.PartyID, item.Party = c.PartyID, v.parties[c.PartyID]
	item.Summary, item.Verbatim = c.Summary, c.Verbatim
	item.HoldSeconds, item.TalkSeconds, item.Transfers = valueOf(c.HoldSeconds), valueOf(c.TalkSeconds), c.Transfers
	item.Number, item.CompanyReference = c.Number, c.CompanyReference
	item.Failures, item.Supervisor = words(c.Failures), string(c.Supervisor)
	item.MadeBy, item.Basis, item.Recorded = c.MadeBy, string(c.Basis), string(casefile.RecordingOf(contact))
	if c.Remedy != nil {
		item.Remedy, item.RemedyAnswer = string(c.Remedy.Kind), string(c.Remedy.Answer)
	}
	for _, id := range c.PersonIDs {
		person := v.people[id]
		item.People = append(item.People, PersonMention{Name: person.Name, Refused: person.Refused, Position: person.Position})
	}
	item.PromiseIDs = append(item.PromiseIDs, v.promisesIn[c.ID]...)
	item.EvidenceIDs = append(item.EvidenceIDs, v.evidenceIn[c.ID]...)
	return item
}

func (v *viewer) messageItem(message casefile.Recorded[casefile.MessageView]) TimelineItem {
	m := message.Value
	item := newItem(kindMessage, m.ID, message.Entry)
	item.Wall = wallOf(m.Reading.Date)
	item.Day, _, _ = strings.Cut(item.Wall, "T")
	item.Channel, item.Direction = string(casefile.Email), string(v.directionOf(m.Reading))
	item.From, item.To, item.Subject = casefile.MailboxList(m.Reading.From), casefile.MailboxList(m.Reading.To), m.Reading.Subject
	item.Summary = beginning(m.Reading.Text)
	item.Attachments = int64(len(m.Reading.Attachments))
	item.PromiseIDs = append(item.PromiseIDs, v.promisesIn[m.ID]...)
	item.EvidenceIDs = append(item.EvidenceIDs, v.evidenceIn[m.ID]...)
	return item
}

// directionOf tells a message of a company from one of the person's: by the person's address, else by the companies'
// domains.
func (v *viewer) directionOf(reading casefile.Reading) casefile.Direction {
	for _, from := range reading.From {
		if own := v.file.Case.Complainant.Email; own != "" && strings.EqualFold(from.Address, own) {
			return casefile.Outgoing
		}
		_, domain, _ := strings.Cut(strings.ToLower(from.Address), "@")
		for _, party := range v.file.Parties {
			if slices.ContainsFunc(party.Value.Domains, func(known string) bool {
				return domain == known || strings.HasSuffix(domain, "."+known)
			}) {
				return casefile.Incoming
			}
		}
	}
	return casefile.Incoming
}

// endOf is how a promise ended on a day, or the date that passed.
func (v *viewer) endOf(status casefile.PromiseStatus) (TimelineItem, bool) {
	promise := status.Promise.Value
	kind, id, day, entry := kindDeadline, promise.ID, "", status.Promise.Entry
	item := TimelineItem{}
	switch {
	case status.Settlement != nil && status.Settlement.Value.On != nil:
		settled := status.Settlement.Value
		kind, id, day, entry = kindSettlement, settled.ID, settled.On.Date, status.Settlement.Entry
	case status.State == casefile.Overdue && promise.Due != nil:
		day = promise.Due.Date
	default:
		return item, false
	}
	item = newItem(kind, id, entry)
	item.Day, item.Wall = day, day
	item.PartyID, item.Party = promise.PartyID, v.parties[promise.PartyID]
	item.PromiseIDs = append(item.PromiseIDs, promise.ID)
	if kind == kindSettlement {
		item.Outcome, item.Summary = string(status.Settlement.Value.Outcome), status.Settlement.Value.Note
	}
	return item, true
}

func (v *viewer) evidenceItem(evidence casefile.Recorded[casefile.Evidence]) TimelineItem {
	item := newItem(kindEvidence, evidence.Value.ID, evidence.Entry)
	item.Day, item.Wall = evidence.Value.OccurredAt.Date(), evidence.Value.OccurredAt.Wall
	item.EvidenceIDs = append(item.EvidenceIDs, evidence.Value.ID)
	return item
}

// wallOf is the wall time of a message's date, to the minute: RFC 3339 with the sender's offset becomes YYYY-MM-DDTHH:MM.
func wallOf(date string) string {
	at, err := time.Parse(time.RFC3339, date)
	if err != nil {
		return ""
	}
	return at.Format(wallMinute)
}

// longestBeginning is how much of a message's text the timeline carries, in bytes: the whole is read when it is opened.
const longestBeginning = 400

// beginning is the first lines of a text in one line.
func beginning(text string) string {
	if len(text) > longestBeginning {
		end := longestBeginning
		for end > 0 && !utf8.RuneStart(text[end]) {
			end--
		}
		text = text[:end] + "…"
	}
	return strings.Join(strings.Fields(text), " ")
}

func valueOf(seconds *int64) int64 {
	if seconds == nil {
		return 0
	}
	return *seconds
}

// correctionsOf tells the corrections of an entry that count, in the order in which they were recorded.
func correctionsOf(history casework.History, texts *i18n.Texts) []CorrectionView {
	corrections := []CorrectionView{}
	for _, event := range history.Events {
		if len(event.Changes) == 0 || !event.Counts {
			continue
		}
		view := CorrectionView{
			ID: event.ID, RecordedAt: event.RecordedAt, Reason: event.Reason, Changes: make([]ChangeView, len(event.Changes))}
		for i, change := range event.Changes {
			view.Changes[i] = ChangeView{
				Field:  change.Field,
				Before: dossier.FieldText(texts, change.Field, change.Before, history.Names),
				After:  dossier.FieldText(texts, change.Field, change.After, history.Names),
			}
		}
		corrections = append(corrections, view)
	}
	return corrections
}
