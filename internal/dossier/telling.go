package dossier

import (
	"cmp"
	"slices"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// weights says how much a failure changes the course of a case. What was paid for and never came weighs most.
var weights = map[casefile.Failure]int{
	"not_delivered": 70, "late_or_spoiled": 40, "retaliation": 40, "policy_broken": 30, "promise_broken": 28, "rude": 22,
	"no_authority": 24, "blamed": 22, "policy_wall": 20, "dead_ticket": 22, "stalled": 22, "no_owner": 18, "pressure": 18,
	"transfer_chain": 10, "long_wait": 8, casefile.Helped: 16,
}

// moneyOwed is the weight of money that was promised or granted and did not come.
const moneyOwed = 90

// weigh says how much of a turning point a contact is: what was offered, refused or promised, and on what it rests.
// promised is the weight of the promises made in it.
func (c *compiler) weigh(contact casefile.Contact, promised int) int {
	weight := 0
	for _, failure := range contact.Failures {
		weight = max(weight, weights[failure]) + 2
	}
	weight += max(promised, remedyWeight(contact.Remedy))
	switch contact.Supervisor {
	case casefile.SupervisorRefused, casefile.SupervisorNobodyCame:
		weight += 14
	case casefile.SupervisorPutOn:
		weight += 12
	}
	if contact.Direction == casefile.Incoming || contact.Channel == casefile.Letter || contact.Channel == casefile.InPerson {
		weight += 16
	}
	if contact.Basis == casefile.CompanyDocument {
		weight += 14
	}
	return weight
}

func remedyWeight(remedy *casefile.Remedy) int {
	switch {
	case remedy == nil:
		return 0
	case remedy.Kind == "reasoned_refusal":
		return 45
	case remedy.Amount != nil && remedy.Answer == casefile.Accepted && !remedy.Done:
		return moneyOwed
	case remedy.Amount != nil:
		return 45
	}
	return 20 // words
}

// turningPoints picks the first contact, the last, and those that weigh most between them, in order. What a company wrote
// after all of them is the last.
func (c *compiler) turningPoints() []TurningPoint {
	contacts := c.file.Contacts
	again := map[string]bool{} // said again, and not kept then either: the last time tells
	for _, status := range c.promises {
		again[status.Promise.Value.RepeatsID] = again[status.Promise.Value.RepeatsID] || status.NotKept()
	}
	promised := map[string]int{}
	for _, status := range c.promises {
		weight := 10
		if status.NotKept() && status.Promise.Value.Amount != nil && !again[status.Promise.Value.ID] {
			weight = moneyOwed
		}
		promised[status.Promise.Value.ContactID] = max(promised[status.Promise.Value.ContactID], weight)
	}
	last, written := c.writtenLast()
	order := make([]int, len(contacts))
	weights := make([]int, len(contacts))
	for i, contact := range contacts {
		order[i], weights[i] = i, c.weigh(contact.Value, promised[contact.Value.ID])
		if c.exhibited[contact.Value.ID] {
			weights[i] += 14
		}
		if i == 0 || i == len(contacts)-1 && !written {
			weights[i] += 1000
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weights[b], weights[a]) })
	room := maxTurningPoints
	if written {
		room--
	}
	order = order[:min(len(order), room)]
	slices.Sort(order)
	var points []TurningPoint
	for _, i := range order {
		contact := contacts[i].Value
		points = append(points, TurningPoint{
			Date: c.shortWhen(contact.OccurredAt), Text: contact.Summary, Row: c.tags[contact.ID]})
	}
	if written {
		points = append(points, last)
	}
	return points
}

// writtenLast is the email with which a company has had the last word, if one came after every contact.
func (c *compiler) writtenLast() (TurningPoint, bool) {
	answers := c.answers()
	if len(answers) == 0 || answers[len(answers)-1].said == "" {
		return TurningPoint{}, false
	}
	last := answers[len(answers)-1]
	for _, contact := range c.file.Contacts {
		if contact.Value.OccurredAt.Earliest().Unix() > last.at {
			return TurningPoint{}, false
		}
	}
	return TurningPoint{Date: last.Date, Row: last.Row, Text: c.words.Text("dossier.summary.by_email", i18n.Values{
		"company": cmp.Or(c.parties[last.party].Name, last.Who), "text": Quoted(c.words, firstSentence(last.said))})}, true
}

// firstSentence is the first sentence of a text that says something.
func firstSentence(text string) string {
	const least = 40 // characters
	for i := range text {
		if i >= least && (strings.HasPrefix(text[i:], ". ") || strings.HasPrefix(text[i:], "! ") || strings.HasPrefix(text[i:], "? ")) {
			return text[:i+1]
		}
	}
	return strings.TrimSpace(strings.TrimSuffix(text, cutMark))
}

// tellingPromises picks those that tell most, the most telling first: those not kept; of these the ones about money, then
// the ones of which an exhibit shows how they ended, then the longest past their date. Of two alike the earlier comes first.
func (c *compiler) tellingPromises() []int {
	if !c.has(PromisesSection) {
		return nil
	}
	order := make([]int, len(c.promises))
	rank := make([][4]int64, len(c.promises))
	for i, status := range c.promises {
		order[i] = i
		shown := status.Settlement != nil &&
			slices.ContainsFunc(status.Settlement.Value.ShownBy, func(id string) bool { return c.exhibited[id] })
		rank[i] = [4]int64{one(status.NotKept()), one(status.Promise.Value.Amount != nil), one(shown), status.DaysLate}
	}
	slices.SortStableFunc(order, func(a, b int) int { return slices.Compare(rank[b][:], rank[a][:]) })
	return order[:min(len(order), maxPromises)]
}

// exhibited are the ids of the pieces of evidence that have a number, and of the contacts that they are of, whichever of
// them an edition shows: the first page tells the same in each.
func exhibited(file casefile.CaseFile) map[string]bool {
	shown := map[string]bool{}
	for _, exhibit := range file.Exhibits {
		for _, piece := range exhibit.Value.Pieces() {
			shown[piece] = true
		}
	}
	for _, evidence := range file.Evidence {
		if id := evidence.Value.ContactID; id != "" && shown[evidence.Value.ID] {
			shown[id] = true
		}
	}
	return shown
}

func one(holds bool) int64 {
	if holds {
		return 1
	}
	return 0
}
