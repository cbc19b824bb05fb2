package dossier

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// filingClaim tells what was put to the companies in writing, in order, and what they answered last.
func (c *compiler) filingClaim() FilingPart {
	var part FilingPart
	answers := c.entire().answers()
	claims := earlierClaims(c.whole, c.allTags, c.options.Filing.EarlierClaim)
	switch len(claims) {
	case 0:
		part.Lines = append(part.Lines, c.words.Text("filing.no_claim"))
	case 1:
		part.Lines = append(part.Lines, c.words.Text("filing.claimed_on", i18n.Values{"claim": c.claimInWords(claims[0])}))
	default:
		heading := "filing.claims"
		if slices.ContainsFunc(claims, func(one claim) bool { return !slices.Contains(writtenChannels, one.channel) }) {
			heading = "filing.claims_all"
		}
		part.Lines = append(part.Lines, c.words.Text(heading))
		for i, one := range claims {
			part.Lines = append(part.Lines, strconv.Itoa(i+1)+". "+c.claimInWords(one))
		}
	}
	for i, one := range claims {
		part.Rows = c.withRow(part.Rows, one.row)
		if i == 0 { // what came before it answers something else
			answers = slices.DeleteFunc(answers, func(a datedAnswer) bool { return a.at <= one.at.Unix() })
		}
	}
	part.Lines = append(part.Lines, filled(c.nothingTo(claims))...)
	if len(answers) > 0 {
		last := answers[len(answers)-1].Answer
		part.Lines = append(part.Lines, c.words.Text("filing.answered_on", i18n.Values{"date": last.Date, "who": last.Who, "row": c.rowInWords(last.Row)}))
		part.Rows = c.withRow(part.Rows, last.Row)
	} else {
		part.Lines = append(part.Lines, c.words.Text("filing.no_answer"))
	}
	return part
}

// nothingTo names the companies to which nothing was put; nobody where it is not known to whom all went.
func (c *compiler) nothingTo(claims []claim) string {
	claims = slices.Concat(claims, earlierClaims(c.whole, c.allTags, ""))
	if len(claims) == 0 || slices.ContainsFunc(claims, func(one claim) bool { return one.party == "" }) {
		return ""
	}
	var names []string
	for _, party := range c.whole.Parties {
		if !slices.ContainsFunc(claims, func(one claim) bool { return one.party == party.Value.ID }) {
			names = append(names, party.Value.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return c.words.Text("filing.nothing_to", i18n.Values{"companies": c.words.List(names)})
}

// claimInWords says when a company was asked, how and which, and under which number there is paper of it.
func (c *compiler) claimInWords(one claim) string {
	to := c.words.Text("term.channel." + string(one.channel))
	if company := c.parties[one.party].Name; company != "" {
		to = c.words.Text("filing.claim_to", i18n.Values{"channel": to, "company": company})
	}
	told := c.words.Text("filing.claim", i18n.Values{"date": c.words.ShortDate(one.at), "to": to, "row": c.rowInWords(one.row)})
	for _, exhibit := range c.exhibits() {
		if exhibit.Row == one.row && exhibit.Piece < 2 && exhibit.Erased == "" && c.hasRow(exhibit.Tag) {
			told = joinFilled(" · ", told, string(exhibit.Tag))
		}
	}
	return told
}

// claim is when a company was asked.
type claim struct {
	at      time.Time
	row     Tag
	channel casefile.Channel
	party   string // its id; may be empty
}

// earlierClaim is the first of [earlierClaims].
func earlierClaim(file casefile.CaseFile, tags map[string]Tag, wanted string) (claim, bool) {
	claims := earlierClaims(file, tags, wanted)
	if len(claims) == 0 {
		return claim{}, false
	}
	return claims[0], true
}

// earlierClaims are the claims with the tags that are wanted, and what the complainant put to the companies in writing
// since the first of them, oldest first; without wanted tags all that was put in writing.
func earlierClaims(file casefile.CaseFile, tags map[string]Tag, wanted string) []claim {
	named := namedTags(wanted)
	isNamed := func(one claim) bool { return slices.Contains(named, string(one.row)) }
	var claims []claim
	add := func(one claim, written bool) {
		if written || isNamed(one) {
			claims = append(claims, one)
		}
	}
	for _, entry := range file.Contacts {
		contact := entry.Value
		written := contact.Direction == casefile.Outgoing && slices.Contains(writtenChannels, contact.Channel)
		add(claim{contact.OccurredAt.In(), tags[contact.ID], contact.Channel, contact.PartyID}, written)
	}
	for _, message := range file.Messages {
		at, known := messageDate(message.Value.Reading)
		from := file.OriginOf(message.Value.Reading)
		one := claim{at, tags[message.Value.ID], casefile.Email, from.PartyID}
		if known {
			add(one, from.Direction == casefile.Outgoing && message.Value.ContactID == "")
		}
	}
	slices.SortStableFunc(claims, func(a, b claim) int { return a.at.Compare(b.at) })
	if len(named) == 0 {
		return claims
	}
	first := slices.IndexFunc(claims, isNamed)
	if first < 0 {
		return nil
	}
	return claims[first:]
}

// namedTags are the tags in a text.
func namedTags(text string) []string {
	return strings.FieldsFunc(strings.ToUpper(text), func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' })
}

// writtenChannels are those by which something is put in writing.
var writtenChannels = []casefile.Channel{casefile.Letter, casefile.Email, casefile.WebForm, casefile.CommentCard}
