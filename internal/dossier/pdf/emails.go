package pdf

import (
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
	for i, email := range d.model.Emails {
		set := d.setEmail(email)
		if i == 0 {
			room := d.room() - sectionHead
			set.squeeze(room)
			d.startSection("dossier.section.emails", set.needs(room, d.room()))
		} else {
			d.y += emailGap
			set.squeeze(d.room())
			d.need(set.needs(d.room(), d.room()))
		}
		d.inside(seal.Section, func() { d.email(set) })
	}
}

// setEmail is a message made ready for its place.
type setEmail struct {
	email      dossier.Email
	head, body []block
	files      float64 // height of the list of attachments
}

func (d *document) setEmail(email dossier.Email) setEmail {
	set := setEmail{email: email, head: d.emailHead(email), body: d.emailBody(email.Text), files: d.attachmentsHeight(email.Attachments)}
	if len(set.body) == 0 {
		set.body = []block{d.block(paragraph, quoteStyle.in(grey), emailMeasure, d.words.Text("dossier.email.no_text"))}
	}
	set.body[len(set.body)-1].keeps = min(set.files, 30)
	return set
}

const (
	emailGap       = 9.0 // between messages
	emailHeadSpace = 6.4 // above and below what the header block says
	emailTextGap   = 4.5
	// emailTurns is the room below which a message that fits on a page is rather begun on the next than parted.
	emailTurns = 0.34 * (textBottom - pageTop)
	// tightest is how far the lines of a message may move together, as a part of their distance, to stay on one page.
	tightest = 0.93
)

func (m setEmail) headHeight() float64 { return blocksHeight(m.head) + emailHeadSpace + emailTextGap }
func (m setEmail) height() float64     { return m.headHeight() + blocksHeight(m.body) + m.files }

// squeeze moves the lines of a message together, hardly to be seen, where that brings all of it into the room.
func (m setEmail) squeeze(room float64) {
	tight := (room - m.headHeight() - m.files - 0.01) / blocksHeight(m.body)
	if tight >= 1 || tight < tightest {
		return
	}
	for i := range m.body {
		m.body[i].before *= tight
		m.body[i].style.leading *= tight
	}
}

// needs is the height of what has to stand on one page, where there is so much room: all of a message that fits on a page
// when little of this one is left, heading and all, else its header block and the first lines below it.
func (m setEmail) needs(room, left float64) float64 {
	if whole := m.height(); whole <= room || left < emailTurns && whole <= textBottom-pageTop {
		return whole
	}
	return min(m.headHeight()+m.body[0].beginning(), 200)
}

func (d *document) email(set setEmail) {
	email, height, top := set.email, set.headHeight()-emailTextGap, d.y
	d.pageBegins()
	d.anchor(email.Tag, top)
	d.bookmarkAt(string(email.Tag)+"  "+email.Subject, 1)
	d.fillRect(marginLeft, top, textWidth, height, tint)
	d.fillRect(marginLeft, top, 0.9, height, navy)
	d.y = top + 3
	d.flow(emailLeft, set.head[:1])
	d.textEnd(cell, linkStyle.sized(8.2), textRight-4, top+3+heading2Style.firstBaseline(), string(email.Tag))
	d.flow(emailLeft, set.head[1:])
	d.y = top + height + emailTextGap
	d.flow(emailLeft, set.body)
	d.attachments(email.Attachments)
}

// fieldLines bounds a header field: hundreds of recipients stand in the email's own file.
const fieldLines = 12

// emailHead is the subject, the header fields, and what identifies the message.
func (d *document) emailHead(email dossier.Email) []block {
	const label, width = 16.0, textWidth - 6 - 6
	blocks := []block{d.block(heading2, heading2Style, width-16, email.Subject)}
	for i, field := range email.Fields {
		lines, _ := d.clip(cellStyle, width-label, fieldLines, field.Value, "")
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
		b := d.block(cell, noteStyle.in(slate), width, note)
		if i == 0 {
			b.before = 0.8
		}
		blocks = append(blocks, b)
	}
	if len(email.Defects) > 0 {
		blocks = append(blocks, d.block(cell, noteStyle, width,
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

// attachments lists what came with a message, with a link to what of it is an exhibit.
func (d *document) attachments(attachments []dossier.EmailAttachment) {
	if len(attachments) == 0 {
		return
	}
	d.need(min(d.attachmentsHeight(attachments), 30))
	d.y += attachmentsGap
	d.horizontal(emailLeft, emailLeft+40, d.y, 0.12, rule)
	d.y++
	d.flow(emailLeft, d.attachmentBlocks(attachments))
}

const attachmentsGap = 3.0

func (d *document) attachmentsHeight(attachments []dossier.EmailAttachment) float64 {
	if len(attachments) == 0 {
		return 0
	}
	return attachmentsGap + 1 + blocksHeight(d.attachmentBlocks(attachments))
}

func (d *document) attachmentBlocks(attachments []dossier.EmailAttachment) []block {
	blocks := []block{d.block(paragraph, noteStyle.as(sansBold), emailMeasure, d.words.Count("count.attachment", int64(len(attachments))))}
	for _, attachment := range attachments {
		b := d.block(listItem, metaStyle, emailMeasure-16, joinNonEmpty(" · ", attachment.Name, kindOf(attachment.Type, attachment.Name), attachment.Within))
		if tag := string(attachment.Exhibit); tag != "" {
			b.item = true
			b.sign = func(baseline float64) {
				d.tagLink(listItem, linkStyle, emailLeft+emailMeasure-d.width(linkStyle, tag), baseline, attachment.Exhibit)
			}
		}
		blocks = append(blocks, b)
	}
	return blocks
}
