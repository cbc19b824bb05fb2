package dossier

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/dossier/addressee"
	"constancia/internal/i18n"
)

// FilingDetails are what an addressee asks for and the record has no field for.
type FilingDetails struct {
	TaxID        string `json:"tax_id,omitempty"`         // the complainant's
	CompanyTaxID string `json:"company_tax_id,omitempty"` // the first company's
	// Representative is who files for the complainant, and by what right; empty when nobody does.
	Representative string `json:"representative,omitempty"`
	// Contract is what was agreed; empty names the companies' references.
	Contract string `json:"contract,omitempty"`
	// EarlierClaim are the tags of the contacts or emails by which the company was asked, the first of them first; what was
	// put in writing after it is told as well. Empty is all that was put in writing.
	EarlierClaim string `json:"earlier_claim,omitempty"`
	// Proceedings are others about the same matter; empty says that there are none known.
	Proceedings string `json:"proceedings,omitempty"`
}

// Or fills what is not said with what other details say.
func (f FilingDetails) Or(other FilingDetails) FilingDetails {
	return FilingDetails{
		TaxID: cmp.Or(f.TaxID, other.TaxID), CompanyTaxID: cmp.Or(f.CompanyTaxID, other.CompanyTaxID),
		Representative: cmp.Or(f.Representative, other.Representative), Contract: cmp.Or(f.Contract, other.Contract),
		EarlierClaim: cmp.Or(f.EarlierClaim, other.EarlierClaim), Proceedings: cmp.Or(f.Proceedings, other.Proceedings),
	}
}

// Filing is the sheet with which a regulator's edition begins.
type Filing struct {
	Addressee string
	// Writing is what kind of writing it is: "Consumer complaint".
	Writing string
	Parts   []FilingPart
	// Source says where what is asked for is from, what it was checked against, and that it is no legal advice.
	Source string
}

// FilingPart is a part of a filing sheet.
type FilingPart struct {
	Section addressee.Section
	Title   string
	// Lines are paragraphs. One that ends in a [Blank] has room to write behind it.
	Lines []string
	// Rows are where the dossier shows it.
	Rows []Tag
	// Sign leaves room for a signature. Its lines are what stands below the rules: where and when, and who signs.
	Sign bool
}

// Blank ends a line of a filing sheet on which something is to be written by hand.
const Blank = "____"

// filing makes the filing sheet for an addressee, with which the exhibits go; nil without one.
func (c *compiler) filing(exhibits []Exhibit) *Filing {
	to, ok := addressee.Find(c.options.FilingFor)
	if !ok || c.options.Edition != Regulator {
		return nil
	}
	to = to.For(c.words.Language())
	c.blanks = slices.Contains(to.Needs, addressee.NeedTaxID)
	sheet := &Filing{Addressee: to.Name, Writing: c.words.Text("filing.writing." + string(to.Kind)), Source: c.words.Text("filing.source", i18n.Values{
		"title": to.Source.Title, "url": to.Source.URL, "how": to.Source.How(c.words)})}
	for _, section := range to.Order {
		part := c.filingPart(section, to.Kind, exhibits)
		part.Section, part.Title = section, c.words.Text("filing.section."+string(section))
		sheet.Parts = append(sheet.Parts, part)
	}
	return sheet
}

func (c *compiler) filingPart(section addressee.Section, kind addressee.Kind, exhibits []Exhibit) FilingPart {
	file, details := c.file.Case, c.options.Filing
	switch section {
	case addressee.Complainant:
		number := c.numberOrBlank("filing.tax_id", details.TaxID, "filing.tax_blank")
		address := strings.ReplaceAll(file.Complainant.Address, "\n", ", ")
		return FilingPart{Lines: filled(joinFilled(" · ", file.Complainant.Name, number), address,
			joinFilled(" · ", file.Complainant.Phone, file.Complainant.Email))}
	case addressee.Representation:
		return FilingPart{Lines: c.orWords(details.Representative, "filing.in_person")}
	case addressee.Company:
		return FilingPart{Lines: c.filingCompanies()}
	case addressee.Contract:
		return FilingPart{Lines: c.orWords(details.Contract, "", c.referenceLines()...)}
	case addressee.Amount:
		return FilingPart{Lines: c.orWords(c.money(file.Claimed), "filing.no_amount")}
	case addressee.Facts:
		return FilingPart{Lines: c.filingFacts()}
	case addressee.EarlierClaim:
		return c.filingClaim()
	case addressee.Petition:
		return FilingPart{Lines: append(counted(file.Outcome), c.words.Text("filing.asks."+string(kind)))}
	case addressee.Proceedings:
		return FilingPart{Lines: c.orWords(details.Proceedings, "filing.no_proceedings")}
	case addressee.Enclosures:
		return FilingPart{Lines: []string{c.enclosed(exhibits)}}
	}
	return FilingPart{Lines: []string{c.words.Text("filing.place_date"), file.Complainant.Name}, Sign: true}
}

// numberOrBlank is a number under its label, else room for one under another where the addressee asks for it.
func (c *compiler) numberOrBlank(label, number, blank string) string {
	if number == "" && c.blanks {
		return c.words.Text(blank, i18n.Values{"blank": Blank})
	}
	return c.labelled(label, number)
}

// enclosed names the dossier with the exhibits that it holds, those that follow each other by the first and the last.
func (c *compiler) enclosed(exhibits []Exhibit) string {
	var tags []string
	for _, exhibit := range exhibits {
		if exhibit.Piece < 2 && exhibit.Erased == "" {
			tags = append(tags, string(exhibit.Tag))
		}
	}
	if len(tags) == 0 {
		return c.words.Text("filing.enclosed_none")
	}
	return c.words.Count("filing.enclosed", int64(len(tags)), i18n.Values{"exhibits": c.listed(tags)})
}

// listed lists the numbers of exhibits, those that follow each other by the first and the last.
func (c *compiler) listed(labels []string) string {
	const fewest = 3 // that are told by their ends
	if len(labels) < fewest || !follow(labels) {
		return c.words.List(labels)
	}
	return labels[0] + "\u00A0…\u00A0" + labels[len(labels)-1]
}

// follow reports whether labels of exhibits count up without a gap.
func follow(labels []string) bool {
	for i, label := range labels[1:] {
		before, begins, _ := strings.Cut(labels[i], "-")
		series, number, _ := strings.Cut(label, "-")
		last, _ := strconv.Atoi(begins)
		this, err := strconv.Atoi(number)
		if err != nil || series != before || this != last+1 {
			return false
		}
	}
	return true
}

// filingFacts are the account, the figures, and why it is not settled, a paragraph each and each whole: nobody signs a
// sentence cut in two. What is asked has its own part.
func (c *compiler) filingFacts() []string {
	return filled(c.file.Case.Summary, c.sentence(), c.file.Case.StillConcerned)
}

// counted numbers lines, where there are several.
func counted(lines []string) []string {
	if len(lines) < 2 {
		return lines
	}
	all := make([]string, len(lines))
	for i, line := range lines {
		all[i] = strconv.Itoa(i+1) + ". " + line
	}
	return all
}

func (c *compiler) labelled(key, text string) string {
	if text == "" {
		return ""
	}
	return c.words.Text(key, i18n.Values{"text": text})
}

// orWords is a text, else further lines, else a sentence of the catalogue.
func (c *compiler) orWords(text, key string, further ...string) []string {
	switch {
	case text != "":
		return []string{text}
	case len(further) > 0 || key == "":
		return further
	}
	return []string{c.words.Text(key)}
}

func (c *compiler) filingCompanies() []string {
	var lines []string
	for i, party := range c.file.Parties {
		number := ""
		if i == 0 {
			number = c.options.Filing.CompanyTaxID
		}
		role := c.role(party.Value.Role)
		if role != "" {
			role = "(" + role + ")"
		}
		lines = append(lines, joinFilled(" · ", joinFilled(" ", party.Value.Name, role), strings.ReplaceAll(party.Value.Address, "\n", ", "),
			c.numberOrBlank("filing.tax_id", number, "filing.company_blank")))
	}
	return lines
}

func (c *compiler) referenceLines() []string {
	var lines []string
	for _, party := range c.file.Parties {
		if text := listedReferences(party.Value.References); text != "" {
			lines = append(lines, party.Value.Name+": "+text)
		}
	}
	return lines
}

// entire tells of the whole case, whatever the dossier leaves out: an authority asks for an earlier claim of any day.
func (c *compiler) entire() *compiler {
	entire := *c
	entire.file, entire.tags = c.whole, c.allTags
	return &entire
}

// withRow adds a row, if the dossier has it.
func (c *compiler) withRow(rows []Tag, row Tag) []Tag {
	if c.hasRow(row) {
		return append(rows, row)
	}
	return rows
}

func (c *compiler) rowInWords(row Tag) string {
	if c.hasRow(row) {
		return string(row)
	}
	return c.words.Text("filing.row_left_out")
}

func (c *compiler) hasRow(row Tag) bool {
	for _, tag := range c.tags {
		if tag == row {
			return true
		}
	}
	return false
}

// FilingMissing lists what an addressee refuses a case without, and is not there at now.
func FilingMissing(file casefile.CaseFile, to addressee.Addressee, details FilingDetails, now time.Time) []addressee.Need {
	claimed, hasClaim := earlierClaim(file, Tags(file), details.EarlierClaim)
	company := len(file.Parties) > 0
	references := false
	for _, party := range file.Parties {
		references = references || len(party.Value.References) > 0
	}
	there := map[addressee.Need]bool{
		addressee.NeedIdentity:       file.Case.Complainant.Name != "" && file.Case.Complainant.Address != "",
		addressee.NeedTaxID:          details.TaxID != "",
		addressee.NeedCompany:        company,
		addressee.NeedCompanyAddress: company && file.Parties[0].Value.Address != "",
		addressee.NeedContract:       details.Contract != "" || references,
		addressee.NeedAmount:         file.Case.Claimed != nil,
		addressee.NeedFacts:          file.Case.Summary != "" || len(file.Contacts) > 0,
		addressee.NeedEarlierClaim:   hasClaim,
		addressee.NeedWaited:         hasClaim && (answeredAfter(file, claimed.at) || now.After(to.Wait.After(claimed.at))),
		addressee.NeedPetition:       len(file.Case.Outcome) > 0,
	}
	var missing []addressee.Need
	for _, need := range to.Needs {
		if !there[need] {
			missing = append(missing, need)
		}
	}
	return missing
}

// answeredAfter reports whether a company wrote or called after a day.
func answeredAfter(file casefile.CaseFile, day time.Time) bool {
	for _, contact := range file.Contacts {
		if contact.Value.Direction == casefile.Incoming && contact.Value.OccurredAt.Earliest().After(day) {
			return true
		}
	}
	for _, message := range file.Messages {
		at, known := messageDate(message.Value.Reading)
		if known && at.After(day) && file.OriginOf(message.Value.Reading).Direction == casefile.Incoming {
			return true
		}
	}
	return false
}

// PlainFacts are the facts of a case as plain text of at most limit characters, to paste into a form: the account, the
// figures, why it is not settled, what is asked under a heading. What does not fit is cut at a sentence, or at a word, with "…".
func PlainFacts(file casefile.CaseFile, sentence, asked string, limit int) string {
	parts := filled(file.Case.Summary, sentence, file.Case.StillConcerned)
	if len(file.Case.Outcome) > 0 {
		parts = append(parts, asked+": "+strings.Join(file.Case.Outcome, " "))
	}
	return cutAtSentence(strings.Join(parts, " "), limit)
}

// cutAtSentence is a text on one line, of at most limit characters.
func cutAtSentence(whole string, limit int) string {
	text := []rune(Unfolded(whole))
	if len(text) <= limit {
		return string(text)
	}
	const least = 40 // less says nothing
	if limit < least {
		return ""
	}
	cut := string(text[:limit-1])
	if end := strings.LastIndexAny(cut, ".!?"); end > len(cut)*2/3 {
		return cut[:end+1]
	}
	if end := strings.LastIndexByte(cut, ' '); end > 0 {
		cut = cut[:end]
	}
	return cut + "…"
}

func filled(texts ...string) []string {
	var there []string
	for _, text := range texts {
		if strings.TrimSpace(text) != "" {
			there = append(there, text)
		}
	}
	return there
}
