package redaction

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
	"constancia/internal/raster"
)

// Plan is what an edition of a case hides, and how it is found in texts.
type Plan struct {
	file    casefile.CaseFile
	files   map[string]string // what text files hold, by id of the evidence
	found   *gatherer
	hidden  patterns
	loose   patterns // the same without what tells names from ordinary words
	company patterns // stay
	some    string   // the label of somebody of whom it is not known which
}

// Find makes out what there is to hide in a case: what the record's fields say, and what texts hold that has the form of
// personal data, those of files (by the ids of the evidence) among them. The labels are in the language of words.
func Find(file casefile.CaseFile, files map[string]string, choices Choices, words *i18n.Texts) *Plan {
	return FindWithEarlier(file, files, Earlier{}, choices, words)
}

// FindWithEarlier is [Find], and hides what entries said before as well.
func FindWithEarlier(file casefile.CaseFile, files map[string]string, earlier Earlier, choices Choices, words *i18n.Texts) *Plan {
	g := newGatherer(file, choices, words)
	g.known(earlier)
	p := &Plan{file: file, files: files, found: g, company: patterns{}, some: words.Text("press.label.somebody")}
	for _, party := range file.Parties {
		p.company.add(spelled(party.Value.Name))
		for line := range strings.Lines(party.Value.Address) {
			p.company.add(spelled(line))
		}
	}
	p.eachText(func(text textAt) {
		for _, one := range g.detect(text.text) {
			if one.sure && !p.isCompanys(one.text) {
				g.learn(one)
			}
		}
	})
	p.hidden, p.loose = patterns{}, patterns{}
	for _, secret := range g.secrets {
		if secret.Shown { // whole, though somebody who is hidden may share a name
			for value := range strings.SplitSeq(secret.Value, " / ") {
				p.company.add(spelled(value))
			}
			continue
		}
		for _, spelling := range secret.spellings {
			p.hidden.add(spelling)
			if spelling.capital && len(spelling.runes) > 2 {
				spelling.capital = false
				p.loose.add(spelling)
			}
		}
	}
	p.tellApart()
	return p
}

// tellApart numbers labels that would stand for several secrets, in the order in which these appear: a reader sees that
// "phone number 2" is not "phone number 1". Those for people have their numbers already.
func (p *Plan) tellApart() {
	sharing := map[string]int{}
	shares := func(secret Secret) bool { return !secret.Shown && !isPerson(secret.Kind) }
	most := 0
	for _, secret := range p.found.secrets {
		if shares(secret) {
			sharing[secret.Label]++
			most = max(most, sharing[secret.Label])
		}
	}
	if most < 2 {
		return
	}
	var order []int
	appeared := map[string]int{}
	p.eachText(func(text textAt) {
		if text.place.Field == "Position" { // nothing of one that is hidden in part is shown
			return
		}
		p.hide(text.text, p.present(text.people), func(place int) {
			if secret := p.found.secrets[place]; shares(secret) && !slices.Contains(order, place) {
				order = append(order, place)
				appeared[secret.Label]++
			}
		})
	})
	for place := range p.found.secrets { // what no text holds comes last
		if !slices.Contains(order, place) && shares(p.found.secrets[place]) {
			order = append(order, place)
		}
	}
	numbers := map[string]int{}
	for _, place := range order {
		secret := &p.found.secrets[place]
		numbers[secret.Label]++
		if appeared[secret.Label] > 1 {
			secret.Label += " " + strconv.Itoa(numbers[secret.Label])
		}
	}
}

// isCompanys reports whether a text stands whole in a company's address, or is a line of a company's.
func (p *Plan) isCompanys(text string) bool {
	wanted := squeezed(text)
	if p.found.isLine(text) {
		return true
	}
	return slices.ContainsFunc(p.file.Parties, func(party casefile.Recorded[casefile.Party]) bool {
		return strings.Contains(squeezed(party.Value.Address), wanted)
	})
}

// Choices are those the plan was made with, with the numbers that people were given now.
func (p *Plan) Choices() Choices { return p.found.choices }

// HasGaps reports whether numbers are missing among those that people are called by: of who is named, or was in the case
// before.
func (p *Plan) HasGaps() bool {
	count, highest := 0, 0
	for _, number := range p.found.hiddenAgents() {
		count, highest = count+1, max(highest, number)
	}
	return count < highest
}

// Contact is how the complainant chose to be reached; empty when nothing was chosen.
func (p *Plan) Contact() string { return p.found.choices.Contact }

// bar stands for what is hidden. It is as wide whatever stood there.
const bar = "▇▇▇▇"

// Bar is what stands in the place of something hidden. No line ends within it.
func Bar(label string) string {
	return bar + "\u00A0[" + strings.ReplaceAll(label, " ", "\u00A0") + "]"
}

// IsHidden reports whether anything of a text was hidden.
func IsHidden(text string) bool { return strings.Contains(text, bar) }

// Text hides in a text what is to be hidden.
func (p *Plan) Text(text string) string { return p.hide(text, nil, nil) }

// hide hides in a text what is to be hidden. Of several people of one name those in present are meant; count is told each
// secret.
func (p *Plan) hide(text string, present []int, count func(secret int)) string {
	spans := p.hidden.find(text, p.company)
	if len(spans) == 0 {
		return text
	}
	var out strings.Builder
	at := 0
	for _, one := range spans {
		label := p.labelOf(one, present, count)
		out.WriteString(text[at:one.start])
		out.WriteString(Bar(label))
		at = one.end
	}
	out.WriteString(text[at:])
	return out.String()
}

func (p *Plan) labelOf(one span, present []int, count func(int)) string {
	secrets := one.secrets
	if here := intersection(secrets, present); len(here) > 0 {
		secrets = here
	}
	secrets = slices.Compact(slices.Sorted(slices.Values(secrets)))
	if count != nil {
		for _, secret := range secrets {
			count(secret)
		}
	}
	first := p.found.secrets[secrets[0]]
	for _, secret := range secrets[1:] {
		other := p.found.secrets[secret]
		if isPerson(first.Kind) && isPerson(other.Kind) {
			return p.some
		}
	}
	return first.Label
}

func isPerson(kind Kind) bool {
	return kind == Agent || kind == Complainant || kind == Household || kind == Third
}

// CaseFile is the case without what is hidden: of its evidence only what was chosen, no file's name, no message's id or
// source, no hash but those of chosen pictures.
func (p *Plan) CaseFile() casefile.CaseFile {
	file := p.file
	file.Evidence, file.Exhibits = p.chosenEvidence()
	file.People = slices.Clone(file.People)
	for i, person := range file.People {
		if place, ok := p.found.people[person.Value.ID]; ok && person.Value.Name != "" && !p.found.secrets[place].Shown {
			file.People[i].Value.Name = Bar(p.found.secrets[place].Label)
		}
	}
	file.Messages = slices.Clone(file.Messages)
	for i := range file.Messages {
		reading := &file.Messages[i].Value.Reading
		reading.From, reading.To, reading.Cc = p.mailboxes(reading.From), p.mailboxes(reading.To), p.mailboxes(reading.Cc)
	}
	return changed(file, func(text textAt) string { return p.hide(text.text, p.present(text.people), nil) })
}

func (p *Plan) mailboxes(all []casefile.Mailbox) []casefile.Mailbox {
	shown := make([]casefile.Mailbox, len(all))
	for i, mailbox := range all {
		shown[i] = mailbox
		if place, ok := p.found.boxes[strings.ToLower(strings.TrimSpace(mailbox.Address))]; ok && !p.found.secrets[place].Shown {
			shown[i] = casefile.Mailbox{Name: Bar(p.found.secrets[place].Label)}
		}
	}
	return shown
}

// present are the secrets of people by their ids.
func (p *Plan) present(people []string) []int {
	var secrets []int
	for _, id := range people {
		if place, ok := p.found.people[id]; ok {
			secrets = append(secrets, place)
		}
	}
	return secrets
}

// Painted are the parts of a picture, by its hash, that are painted over under any of the chosen numbers: what is covered
// under one must not be seen under another.
func (p *Plan) Painted(sha256 string) (areas []raster.Area) {
	evidence, exhibits := p.chosenEvidence()
	for _, exhibit := range exhibits {
		if slices.ContainsFunc(evidence, func(one casefile.Recorded[casefile.Evidence]) bool {
			return one.Value.ID == exhibit.Value.EvidenceID && one.Value.SHA256 == sha256
		}) {
			areas = append(areas, p.found.choices.Painted[exhibit.Value.Label]...)
		}
	}
	return areas
}

// chosenEvidence keeps the exhibits that were chosen, and their files.
func (p *Plan) chosenEvidence() (evidence []casefile.Recorded[casefile.Evidence], exhibits []casefile.Recorded[casefile.Exhibit]) {
	chosen := map[string]bool{}
	for _, exhibit := range p.file.Exhibits {
		if slices.Contains(p.found.choices.Exhibits, exhibit.Value.Label) {
			exhibits = append(exhibits, exhibit)
			for _, id := range exhibit.Value.Pieces() {
				chosen[id] = true
			}
		}
	}
	for _, one := range p.file.Evidence {
		if chosen[one.Value.ID] {
			evidence = append(evidence, one)
		}
	}
	return evidence, exhibits
}

// NotChosen are the labels of the exhibits that are there and were not chosen.
func (p *Plan) NotChosen() (labels []string) {
	for _, exhibit := range p.file.Exhibits {
		there := slices.ContainsFunc(p.file.Evidence, func(one casefile.Recorded[casefile.Evidence]) bool {
			return one.Value.ID == exhibit.Value.EvidenceID
		})
		if there && !slices.Contains(p.found.choices.Exhibits, exhibit.Value.Label) {
			labels = append(labels, exhibit.Value.Label)
		}
	}
	return labels
}

// Review is what a person looks at before the press edition is made.
type Review struct {
	Hidden []Hidden
	// Suspects look like personal data and are not hidden.
	Suspects []Suspect
	// Exhibits are the labels of those that can be chosen, in order.
	Exhibits []string
}

// Review lists what is hidden, how often and where, and what looks like personal data and is not.
func (p *Plan) Review() Review {
	review := Review{}
	counts := map[int]*Hidden{}
	suspects := map[string]*Suspect{}
	var order []string
	p.eachText(func(text textAt) {
		redacted := p.hide(text.text, p.present(text.people), func(secret int) {
			if counts[secret] == nil {
				counts[secret] = &Hidden{Secret: p.found.secrets[secret]}
			}
			counts[secret].Count++
			counts[secret].Places = addPlace(counts[secret].Places, text.place)
		})
		for _, one := range p.suspected(redacted) {
			id := idOf(one.kind, one.text)
			if suspects[id] == nil {
				suspects[id] = &Suspect{ID: id, Kind: one.kind, Text: one.text, Shown: slices.Contains(p.found.choices.Show, id)}
				order = append(order, id)
			}
			suspects[id].Count++
			suspects[id].Places = addPlace(suspects[id].Places, text.place)
		}
	})
	for i, secret := range p.found.secrets {
		switch {
		case counts[i] != nil:
			review.Hidden = append(review.Hidden, *counts[i])
		case secret.Shown || secret.Kind == Agent && secret.Value != "": // who gave no name has a number and nothing to hide
			review.Hidden = append(review.Hidden, Hidden{Secret: secret})
		}
	}
	slices.SortStableFunc(review.Hidden, func(a, b Hidden) int { return cmp.Compare(rank(a.Kind), rank(b.Kind)) })
	for _, id := range order {
		review.Suspects = append(review.Suspects, *suspects[id])
	}
	for _, exhibit := range p.file.Exhibits {
		review.Exhibits = append(review.Exhibits, exhibit.Value.Label)
	}
	return review
}

// suspected is what still looks like personal data in a text from which all that is hidden was taken.
func (p *Plan) suspected(redacted string) []found {
	var all []found
	for _, one := range p.found.detect(redacted) {
		if !strings.Contains(one.text, bar) && !p.isCompanys(one.text) {
			all = append(all, one)
		}
	}
	for _, one := range p.loose.find(redacted, p.company) {
		all = append(all, found{Third, redacted[one.start:one.end], false})
	}
	return all
}

func addPlace(places []Place, place Place) []Place {
	if slices.Contains(places, place) {
		return places
	}
	return append(places, place)
}

func rank(kind Kind) int {
	return slices.Index([]Kind{Complainant, Agent, Household, Third, Home, Address, Town, Branch, Phone, Email, Order, Account, Contract, Line,
		Number, IBAN, Card, Identity, Link, Chosen}, kind)
}
