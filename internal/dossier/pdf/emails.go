package pdf

import (
	"regexp"
	"strings"

	"constancia/internal/dossier"
	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
)

const (
	emailLeft    = marginLeft + 6
	emailMeasure = 142.0
)

// emails draws every message: header block, then its text.
func (d *document) emails() {
	if len(d.model.Emails) == 0 {
		d.startSection("dossier.section.emails", 30)
		d.emptySection("dossier.emails.empty")
		return
	}
	d.startSection("dossier.section.emails", d.emailBeginning(d.emailHead(d.model.Emails[0]), d.emailBody(d.model.Emails[0].Text)))
	for i, email := range d.model.Emails {
		if i > 0 {
			d.y += 9
		}
		d.inside(seal.Section, func() { d.email(email) })
	}
}

func (d *document) email(email dossier.Email) {
	head := d.emailHead(email)
	body := d.emailBody(email.Text)
	d.need(d.emailBeginning(head, body))
	height := blocksHeight(head) + emailHeadSpace
	top := d.y
	d.pageBegins()
	d.anchor(email.Tag, top)
	d.bookmarkAt(string(email.Tag)+"  "+email.Subject, 1)
	d.fillRect(marginLeft, top, textWidth, height, tint)
	d.fillRect(marginLeft, top, 0.9, height, navy)
	d.y = top + 3
	d.flow(emailLeft, head[:1])
	d.textEnd(cell, linkStyle.sized(8.2), textRight-4, top+3+heading2Style.firstBaseline(), string(email.Tag))
	d.flow(emailLeft, head[1:])
	d.y = top + height + emailTextGap
	if len(body) == 0 {
		d.flow(emailLeft, []block{d.block(paragraph, quoteStyle.in(grey), emailMeasure, d.words.Text("dossier.email.no_text"))})
	}
	d.flow(emailLeft, body)
	d.attachments(email.Attachments)
}

const (
	emailHeadSpace = 6.4 // above and below what the header block says
	emailTextGap   = 4.5
)

// emailBeginning is the height of the header block and the first lines below it, which stand on one page.
func (d *document) emailBeginning(head, body []block) float64 {
	height := blocksHeight(head) + emailHeadSpace + emailTextGap
	if len(body) > 0 {
		height += body[0].beginning()
	}
	return min(height, 200)
}

// emailHead is the subject, the header fields, and what identifies the message.
func (d *document) emailHead(email dossier.Email) []block {
	const label, width = 16.0, textWidth - 6 - 6
	blocks := []block{d.block(heading2, heading2Style, width-16, email.Subject)}
	for i, field := range email.Fields {
		lines, _ := d.clip(cellStyle, width-label, 3, field.Value, "")
		b := block{role: cell, style: cellStyle, lines: lines, indent: label}
		if mostlyToLeft(field.Value) {
			b.measure = width - label
		}
		if i == 0 {
			b.before = 1.2
		}
		b.item = true
		b.sign = func(baseline float64) { d.text(headerCell, cellStyle.in(grey), emailLeft, baseline, field.Name) }
		blocks = append(blocks, b)
	}
	identity := d.block(cell, hashStyle, width, joinNonEmpty("\n", prefixed("Message-ID ", email.MessageID), prefixed("SHA-256 ", email.SHA256)))
	identity.before = 1.4
	blocks = append(blocks, identity)
	for i, note := range sourceAndSignatures(email) {
		b := d.block(cell, noteStyle.sized(7.2).in(slate), width, note)
		if i == 0 {
			b.before = 0.8
		}
		blocks = append(blocks, b)
	}
	if len(email.Defects) > 0 {
		blocks = append(blocks, d.block(cell, noteStyle.sized(6.8), width,
			d.words.Text("dossier.email.defects", i18n.Values{"defects": strings.Join(email.Defects, ", ")})))
	}
	return blocks
}

// sourceAndSignatures say where a message was taken from and what its signatures show: in one line where that is little.
func sourceAndSignatures(email dossier.Email) []string {
	const little = 110 // characters
	if len(email.Signatures) == 1 && len(email.Source)+len(email.Signatures[0]) < little {
		return []string{joinNonEmpty(" · ", email.Source, email.Signatures[0])}
	}
	return append([]string{email.Source}, email.Signatures...)
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

// stretch is a run of lines of a message that are set alike.
type stretch struct {
	depth   int  // how deep it is quoted
	tabular bool // columns made with blanks
}

// emailBody cuts a message into its own text, the quoted stretches of a thread (lines that start with ">", RFC 3676,
// section 4.5), which are set back beside a rule, and tables made with blanks.
func (d *document) emailBody(text string) []block {
	var blocks []block
	var pending []string
	var current stretch
	flush := func() {
		if b := d.emailStretch(strings.Join(pending, "\n"), current, len(blocks) > 0); len(b.lines) > 0 {
			blocks = append(blocks, b)
		}
		pending = pending[:0]
	}
	lines := inColumns(strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n"))
	for i, line := range lines {
		depth, rest := quoteDepth(line)
		next := stretch{depth, isTabular(rest) || isBesideTable(lines, i)}
		if next != current {
			flush()
			current = next
		}
		pending = append(pending, rest)
	}
	flush()
	return blocks
}

// maxQuoteDepth bounds how far quotes are set back; deeper ones stay there.
const maxQuoteDepth = 5

func quoteDepth(line string) (depth int, rest string) {
	rest = line
	for strings.HasPrefix(rest, ">") {
		depth++
		rest = strings.TrimPrefix(rest[1:], " ")
	}
	return min(depth, maxQuoteDepth), rest
}

// isTabular reports whether a line sets columns apart with blanks: a wide gap between words, or two gaps.
func isTabular(line string) bool {
	line = strings.TrimSpace(strings.ReplaceAll(line, "\u00A0", " "))
	return strings.Contains(line, "    ") || strings.Contains(line, "\t") || len(gaps.FindAllString(line, 2)) == 2
}

// isBesideTable reports whether a line with one gap goes on or begins a table whose next row has wider ones.
func isBesideTable(lines []string, i int) bool {
	if !gaps.MatchString(lines[i]) {
		return false
	}
	return i > 0 && isTabular(lines[i-1]) || i+1 < len(lines) && isTabular(lines[i+1])
}

var gaps = regexp.MustCompile(`\S {2,}`)

// A message begins with more than its greeting, and carries more than a signature over to the next page.
const (
	emailLinesTogether = 3
	emailLinesClosing  = 3
	emailLineTelling   = 45 // bytes; names and greetings are shorter
)

func (d *document) emailStretch(text string, kind stretch, further bool) block {
	indent := 4 * float64(kind.depth)
	s, r := bodyStyle, paragraph
	if kind.depth > 0 {
		s, r = bodyStyle.sized(8.8).in(slate), quotation
	}
	if kind.tabular {
		s = style{mono, 7.6, 11, s.color, 0}
	}
	b := d.block(r, s, emailMeasure-indent, text)
	b.indent, b.together, b.closing, b.telling = indent, emailLinesTogether, emailLinesClosing, emailLineTelling
	if further {
		b.before = 2.2
	}
	if kind.depth > 0 {
		b.band = func(top, bottom float64) {
			for level := range kind.depth {
				d.vertical(emailLeft+4*float64(level)+1.4, top+0.5, bottom-0.3, 0.35, shaded)
			}
		}
	}
	return b
}

func (d *document) attachments(attachments []dossier.EmailAttachment) {
	if len(attachments) == 0 {
		return
	}
	d.need(12)
	d.y += 3
	d.horizontal(emailLeft, emailLeft+40, d.y, 0.12, rule)
	d.y += 1
	title := d.block(paragraph, noteStyle.as(sansBold), emailMeasure, d.words.Count("count.attachment", int64(len(attachments))))
	d.flow(emailLeft, []block{title})
	for _, attachment := range attachments {
		s := metaStyle
		tag := string(attachment.Exhibit)
		b := d.block(listItem, s, emailMeasure-16, joinNonEmpty(" · ", attachment.Name, kindOf(attachment.Type, attachment.Name)))
		b.indent = 0
		if tag != "" {
			b.item = true
			b.sign = func(baseline float64) {
				d.tagLink(listItem, linkStyle, emailLeft+emailMeasure-d.width(linkStyle, tag), baseline, attachment.Exhibit)
			}
		}
		d.flow(emailLeft, []block{b})
	}
}
