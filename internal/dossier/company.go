package dossier

import (
	"cmp"
	"slices"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// CompanySide is what speaks for the companies.
type CompanySide struct {
	Remedies []Remedy
	Answers  []Answer
	// Helped are the contacts in which somebody made an effort to help, under their companies: none is named here.
	Helped []Answer
	Kept   []Answer
}

// Remedy is what a company offered or did.
type Remedy struct {
	Date    string
	Company string
	Kind    string
	Amount  string
	// Answer says in a sentence whether the complainant accepted or declined it, Reason why, in the complainant's words.
	Answer string
	Reason string
	// Done says in a sentence whether the company did it; empty where nothing is to be done.
	Done string
	Row  Tag
}

// companySide gathers what the companies answered, offered and did, and who helped.
func (c *compiler) companySide() CompanySide {
	var side CompanySide
	for _, contact := range c.file.Contacts {
		if remedy := contact.Value.Remedy; remedy != nil && remedy.Kind != "" && remedy.Kind != "none" {
			side.Remedies = append(side.Remedies, c.remedy(contact.Value))
		}
		if slices.Contains(contact.Value.Failures, casefile.Helped) {
			channel := c.words.Text("term.channel." + string(contact.Value.Channel))
			side.Helped = append(side.Helped, Answer{
				Who:  joinFilled(" · ", c.parties[contact.Value.PartyID].Name, channel),
				Date: c.shortWhen(contact.Value.OccurredAt), Row: c.tags[contact.Value.ID],
			})
		}
	}
	for _, answer := range c.answers() {
		side.Answers = append(side.Answers, answer.Answer)
	}
	for _, status := range c.promises {
		if status.State == casefile.PromiseState(casefile.Kept) || status.State == casefile.PromiseState(casefile.KeptLate) {
			if _, told := c.tags[status.Promise.Value.ID]; told {
				side.Kept = append(side.Kept, c.keptPromise(status))
			}
		}
	}
	return side
}

// keptPromise tells a promise that was kept, and what shows it.
func (c *compiler) keptPromise(status casefile.PromiseStatus) Answer {
	promise := c.promise(status)
	kept := Answer{Date: promise.Ended, Who: promise.Who, Source: c.words.Text("dossier.told.promise"), Text: promise.What,
		Exact: promise.Exact, Row: promise.Tag}
	if promise.Exact {
		kept.Source = c.words.Text("dossier.told.promise_exact")
	}
	if len(promise.ShownBy) > 0 {
		kept.Document = promise.ShownBy[0]
		kept.Shown = c.words.Text("dossier.promise.shown_by", i18n.Values{"tags": string(kept.Document)})
	}
	return kept
}

func (c *compiler) remedy(contact casefile.Contact) Remedy {
	value := contact.Remedy
	remedy := Remedy{
		Date: c.shortWhen(contact.OccurredAt), Company: c.parties[contact.PartyID].Name,
		Kind:   capitalised(c.words.Text("term.remedy." + string(value.Kind))),
		Amount: c.money(value.Amount), Row: c.tags[contact.ID],
		Answer: c.words.Text("dossier.remedy." + cmp.Or(string(value.Answer), "undecided")),
	}
	if value.Reason != "" {
		key := "dossier.remedy.reason"
		if value.Answer == "" {
			key = "dossier.remedy.note"
		}
		remedy.Reason = c.words.Text(key, i18n.Values{"reason": value.Reason})
	}
	refused := value.Kind == "reasoned_refusal"
	if refused && value.Answer != "" { // that a refusal was declined would be said of an offer
		remedy.Answer = c.words.Text("dossier.remedy.refusal_" + string(value.Answer))
	}
	// What was declined, and a refusal, leave nothing to be done; what consists of words was done when they were said.
	said := slices.Contains([]casefile.RemedyKind{"apology", "explanation", "accepted_responsibility", "offered_alternatives"}, value.Kind)
	awaited := value.Answer != casefile.Declined && !refused
	switch {
	case said:
	case value.Done:
		remedy.Done = c.words.Text("dossier.remedy.did")
	case awaited:
		remedy.Done = c.words.Text("dossier.remedy.did_not")
	}
	return remedy
}

// datedAnswer is an answer with a key to sort it by.
type datedAnswer struct {
	Answer
	at int64
	// party is the id of the company that it came from; empty where nobody can tell.
	party string
	// said is what a message says, without its subject.
	said string
}

// answerEnough is how many characters of an email at most are told as an answer.
const answerEnough = 400

// answers lists what came from the companies, oldest first: contacts they started, and messages they sent. A call that
// only an automaton made is no answer.
func (c *compiler) answers() []datedAnswer {
	var answers []datedAnswer
	for _, contact := range c.file.Contacts {
		if contact.Value.Direction != casefile.Incoming || slices.Contains(contact.Value.Failures, "robocall") {
			continue
		}
		answers = append(answers, datedAnswer{Answer: c.contactAnswer(contact.Value), at: contact.Value.OccurredAt.Earliest().Unix(), party: contact.Value.PartyID})
	}
	for message := range c.file.Unlinked() {
		reading := message.Value.Reading
		at, known := messageDate(reading)
		if !known || c.origins[message.Value.ID].Direction != casefile.Incoming {
			continue
		}
		said := opening(reading.Text, c.sender(message.Value), answerEnough)
		quoted := ""
		if said != "" {
			quoted = Quoted(c.words, said)
		}
		answers = append(answers, datedAnswer{Answer: Answer{
			Date: c.words.ShortDate(at), Who: c.sender(message.Value),
			Text:   joinFilled(": ", Quoted(c.words, c.subject(reading)), quoted),
			Source: c.words.Text("dossier.told.email"),
			Row:    c.tags[message.Value.ID],
		}, at: at.Unix(), party: c.origins[message.Value.ID].PartyID, said: said})
	}
	slices.SortStableFunc(answers, func(a, b datedAnswer) int { return int(a.at - b.at) })
	return answers
}

// contactAnswer tells of a contact as the complainant noted it: what whoever was spoken to said is the complainant's account.
func (c *compiler) contactAnswer(contact casefile.Contact) Answer {
	who := joinFilled(" · ", c.named(contact.PersonIDs), c.parties[contact.PartyID].Name)
	told := c.words.Text("dossier.told.noted", i18n.Values{"channel": c.words.Text("term.channel." + string(contact.Channel))})
	answer := Answer{Date: c.shortWhen(contact.OccurredAt), Who: who, Source: capitalised(told), Text: contact.Summary, Row: c.tags[contact.ID]}
	if document := c.documentOf(contact); document != "" {
		answer.Document = document
		answer.Shown = c.words.Text("dossier.told.document", i18n.Values{"tag": string(document)})
	}
	return answer
}

// documentOf is the exhibit with the company's own document that a contact rests on; none where the dossier has none.
func (c *compiler) documentOf(contact casefile.Contact) Tag {
	if contact.Basis != casefile.CompanyDocument {
		return ""
	}
	for _, evidence := range c.file.Evidence {
		if tag := c.tags[evidence.Value.ID]; evidence.Value.ContactID == contact.ID && tag != "" {
			return tag
		}
	}
	return ""
}

func (c *compiler) sender(message casefile.MessageView) string {
	names := strings.Join(mailboxNames(message.Reading.From), ", ")
	if party := c.parties[c.origins[message.ID].SenderID].Name; party != "" && !strings.Contains(names, party) {
		return names + " · " + party
	}
	return names
}
