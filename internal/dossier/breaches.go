package dossier

import (
	"slices"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dossier/addressee"
	"constancia/internal/dossier/law"
	"constancia/internal/i18n"
)

// Breach is a rule of law, with what is on record against it.
type Breach struct {
	Article string
	// Says is what the law asks; Binds whom, where that is to be checked.
	Says, Binds string
	// Rows are the facts on record, oldest first, under the company and not whoever spoke for it. One that stands under an
	// earlier rule, too, has no text again, and says so in place of its source.
	Rows []Answer
	// Source says where the rule is from, what it was checked against, and that it is no legal advice.
	Source string
}

// breaches holds what is on record against the rules of the case's place. A case of no place has none.
func (c *compiler) breaches() []Breach {
	if c.options.Edition != Regulator || c.file.Case.Place == "" {
		return nil
	}
	var roles []casefile.PartyRole
	for _, party := range c.file.Parties {
		roles = append(roles, party.Value.Role)
	}
	var found []Breach
	told := map[Answer]bool{} // what was recorded, without what it broke
	for _, rule := range law.Of(c.file.Case.Place, roles) {
		rows := c.brokenIn(rule)
		if rule.AnswerWithin != (addressee.Period{}) {
			rows = c.answeredLate(rule)
		}
		if len(rows) == 0 {
			continue
		}
		for i, row := range rows {
			key := Answer{Row: row.Row, Text: row.Text}
			if told[key] && row.Text != "" {
				rows[i].Text, rows[i].Source = "", c.words.Text("law.told_above")
			}
			told[key] = true
		}
		cited := rule.Cited(c.words.Language())
		one := Breach{Article: cited.Article, Says: c.words.Text("law.rule." + rule.ID), Rows: rows,
			Source: c.words.Text("law.source", i18n.Values{"title": cited.Title, "url": rule.Source.URL, "how": rule.Source.How(c.words)})}
		one.Binds = c.whoIsBound(rule)
		found = append(found, one)
	}
	return found
}

// brokenIn lists the contacts that break a rule.
func (c *compiler) brokenIn(rule law.Rule) []Answer {
	var rows []Answer
	for _, contact := range rule.BrokenIn(c.whole) {
		if !slices.ContainsFunc(c.file.Contacts, func(told casefile.Recorded[casefile.Contact]) bool { return told.Value.ID == contact.ID }) {
			continue // not of the period that the dossier tells of
		}
		row := c.contactAnswer(contact)
		who := c.parties[contact.PartyID]
		row.Who = joinFilled(" · ", who.Name, c.whatBroke(rule, contact))
		if !rule.IsBound(who.Role) { // what it said shows the fact, and is not held against it
			row.Who = c.words.Text("law.shown_by", i18n.Values{"what": capitalised(c.whatBroke(rule, contact)), "company": who.Name})
		}
		rows = append(rows, row)
	}
	return rows
}

// whoIsBound names the companies that a rule for some of them binds, and says whom it binds by what the record doesn't tell.
func (c *compiler) whoIsBound(rule law.Rule) string {
	bound := ""
	if len(rule.Roles) > 0 {
		var names []string
		for _, party := range c.file.Parties {
			if rule.IsBound(party.Value.Role) {
				names = append(names, party.Value.Name)
			}
		}
		bound = c.words.Text("law.binds_companies", i18n.Values{"companies": strings.Join(names, ", ")})
	}
	if rule.Binds == "" {
		return bound
	}
	return joinFilled(" ", bound, c.words.Text("law.binds."+rule.Binds))
}

// whatBroke is what was recorded of a contact that breaks a rule.
func (c *compiler) whatBroke(rule law.Rule, contact casefile.Contact) string {
	if slices.Contains(rule.Supervisors, contact.Supervisor) {
		return c.words.Text("term.supervisor." + string(contact.Supervisor))
	}
	for _, failure := range contact.Failures {
		if slices.Contains(rule.Failures, failure) {
			return joinFilled(": ", c.words.Text("term.failure."+string(failure)), c.waited(failure, contact))
		}
	}
	return ""
}

// waited is how long a wait was; empty of another failure, and where nobody timed it.
func (c *compiler) waited(failure casefile.Failure, contact casefile.Contact) string {
	if failure != "long_wait" || contact.HoldSeconds == nil || *contact.HoldSeconds == 0 {
		return ""
	}
	return c.words.Duration(*contact.HoldSeconds)
}

// answeredLate tells the complaints to companies that a rule binds which were answered too late, or not at all. Whatever the
// same company sent, or called about, counts as its answer: only what is beyond doubt is held against it.
func (c *compiler) answeredLate(rule law.Rule) (rows []Answer) {
	entire := c.entire()
	answers := entire.answers()
	for _, claimed := range complaints(entire.file, entire.tags, c.options.Filing.EarlierClaim) {
		company := c.parties[claimed.party]
		if !rule.InForce(claimed.at) || claimed.party != "" && !rule.IsBound(company.Role) {
			continue
		}
		until := rule.AnswerWithin.After(claimed.at)
		said := i18n.Values{"date": c.words.Date(claimed.at), "until": c.words.Date(until)}
		channel := c.words.Text("term.channel." + string(claimed.channel))
		told := Answer{Date: c.words.ShortDate(claimed.at), Row: c.known(claimed.row),
			Who: joinFilled(" · ", company.Name, c.words.Text("law.claim", i18n.Values{"channel": channel}))}
		at := slices.IndexFunc(answers, func(a datedAnswer) bool {
			return a.at > claimed.at.Unix() && (a.party == claimed.party || a.party == "" || claimed.party == "")
		})
		switch {
		case at < 0 && c.now.After(until):
			told.Text = c.words.Text("law.unanswered", said)
			rows = append(rows, told)
		case at >= 0 && answers[at].at > until.Unix():
			days := int64(time.Unix(answers[at].at, 0).Sub(claimed.at) / (24 * time.Hour))
			told.Text = c.words.Count("law.answered_late", days, said)
			late := answers[at].Answer
			late.Row = c.known(late.Row)
			rows = append(rows, told, late)
		}
	}
	return rows
}

// complaints are the claims with the tags that are wanted; without wanted tags the first that was put in writing.
func complaints(file casefile.CaseFile, tags map[string]Tag, wanted string) []claim {
	claims := earlierClaims(file, tags, wanted)
	if named := namedTags(wanted); len(named) > 0 {
		return slices.DeleteFunc(claims, func(one claim) bool { return !slices.Contains(named, string(one.row)) })
	}
	return claims[:min(len(claims), 1)]
}

// known is a row that the dossier has, or none.
func (c *compiler) known(row Tag) Tag {
	if c.hasRow(row) {
		return row
	}
	return ""
}
