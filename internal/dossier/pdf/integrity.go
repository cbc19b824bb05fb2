package pdf

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"constancia/internal/dossier"
	"constancia/internal/dossier/seal"
	"constancia/internal/i18n"
)

// integrity draws how the dossier was made and how anybody can check it: for a newspaper in half a page.
func (d *document) integrity() {
	d.startSection("dossier.section.integrity", 60)
	d.paragraphs("dossier.integrity.what")
	d.scope()
	if d.model.Edition == dossier.Press {
		d.pressIntegrity()
	} else {
		d.recording()
		d.fingerprint()
		d.files()
		d.commands()
		d.thisFile()
	}
	d.corrections()
	d.withdrawn()
	d.appendedNote()
	d.undrawn()
	d.continued = nil
}

const measure = 145.0

// scope says what the dossier leaves out of the case, and that it holds no originals.
func (d *document) scope() {
	if d.model.OmittedParts == "" && !d.model.Light {
		return
	}
	d.subheading("dossier.integrity.parts")
	for _, note := range d.model.Notes {
		d.flow(marginLeft, []block{d.block(paragraph, bodyStyle, measure, note)})
		d.y += 1
	}
}

// paragraphs draws a text of the catalogue.
func (d *document) paragraphs(key string, values ...i18n.Values) {
	d.flow(marginLeft, []block{d.block(paragraph, bodyStyle, measure, d.words.Text(key, values...))})
	d.y += 1
}

// partGap parts the heading of a part of a section from what is above it, partHead is the room that both take.
const (
	partGap  = 4.0
	partHead = partGap + 7
)

// subheading draws the heading of a part, with room for a paragraph that is too short to be parted.
func (d *document) subheading(key string) {
	d.need(partHead + bodyStyle.height(3))
	d.apart(partGap)
	d.heading(d.words.Text(key))
}

// recording says how the contacts were recorded.
func (d *document) recording() {
	r := d.model.Integrity.Recorded
	if r.Live+r.SameDay+r.Later == 0 {
		return
	}
	d.subheading("dossier.integrity.recording")
	d.flow(marginLeft, []block{d.block(paragraph, bodyStyle, measure, d.recorded())})
	d.y += 1
}

// recorded says how many contacts were recorded when, and where each is told.
func (d *document) recorded() string {
	r := d.model.Integrity.Recorded
	told := d.words.Text("dossier.integrity.recorded", i18n.Values{
		"live": d.words.Number(r.Live), "same_day": d.words.Number(r.SameDay), "later": d.words.Number(r.Later),
		"documents": d.words.Number(r.OnCompanyDocument), "entries": d.words.Count("count.entry", d.model.Integrity.Entries)})
	if len(d.model.Chronology) == 0 {
		return told
	}
	return told + " " + d.words.Text("dossier.integrity.recorded_rows")
}

func (d *document) fingerprint() {
	if d.model.RecordFingerprint == "" {
		return
	}
	d.subheading("dossier.integrity.fingerprint")
	d.paragraphs("dossier.integrity.fingerprint_is")
	d.flow(marginLeft, []block{d.block(paragraph, hashStyle.sized(8).in(ink), textWidth, d.model.RecordFingerprint)})
	if len(d.model.Integrity.Heads) > 0 {
		d.y += 2.4
		d.paragraphs("dossier.integrity.fingerprint_of")
		d.paragraphs("dossier.integrity.heads_are")
	}
	for _, head := range d.model.Integrity.Heads {
		d.head(head)
	}
	if d.model.Sealed == "" {
		d.y += 1.6
		d.paragraphs("dossier.integrity.unstamped")
	}
	d.proof()
	d.exports()
}

// exports says why the next dossier has another fingerprint.
func (d *document) exports() {
	d.y += 1
	said := ""
	if n := d.model.Integrity.Exports; n > 0 {
		said = d.words.Count("dossier.integrity.exports", n)
	}
	text := joinNonEmpty(" ", d.words.Text("dossier.integrity.exports_are"), said)
	d.flow(marginLeft, []block{d.block(paragraph, bodyStyle, measure, text)})
	d.y += 1
	if len(d.model.Integrity.Files) == 0 { // else it is said of them
		d.paragraphs("dossier.integrity.limits_record")
	}
}

// proof says how the fingerprint is checked with what the file itself has.
func (d *document) proof() {
	file := d.model.Integrity.Proof
	if file == "" {
		return
	}
	d.y += 1
	complete := "dossier.integrity.proof"
	if d.model.Integrity.ProofStamped {
		complete = "dossier.integrity.proof_stamped"
	}
	key := complete
	if d.model.Integrity.Volume {
		key = "dossier.integrity.proof_volume"
	}
	values := i18n.Values{"file": file}
	how := " " + d.words.Text("dossier.integrity.proof_how", values)
	said := d.words.Text(key, values) + how
	d.flow(marginLeft, []block{d.block(paragraph, bodyStyle, measure, said)})
	d.y += 1 + d.short(measure, said, d.words.Text(complete, values)+how, d.words.Text("dossier.integrity.proof_volume", values)+how)
	name := d.words.Text("dossier.integrity.this_name")
	d.steps([]step{
		{said: d.words.Text("dossier.integrity.proof_out", values), commands: []string{"pdfdetach -savefile " + file + " " + name}},
		{said: d.words.Text("dossier.integrity.proof_sum"), commands: []string{`sed -n 's/^head\.[0-9]*|//p' ` + file + " | sha256sum"}},
		{said: d.words.Text("dossier.integrity.proof_on"), commands: []string{"constancia dossier verify --compare " + name}},
	})
}

// short is how much less height a text takes than the longest of what is said in its place in a volume, or in the complete
// dossier: the pages of both are to be the same.
func (d *document) short(width float64, said string, instead ...string) float64 {
	longest := 0
	for _, text := range instead {
		longest = max(longest, len(d.wrap(bodyStyle, width, text)))
	}
	return bodyStyle.height(max(0, longest-len(d.wrap(bodyStyle, width, said))))
}

// head draws what stands for all entries of one log.
func (d *document) head(head dossier.Head) {
	blocks := []block{
		d.block(listItem, cellStyle, textWidth, d.words.Text("dossier.integrity.head", i18n.Values{"log": head.LogID, "entries": head.Entries})),
		d.block(listItem, hashStyle, textWidth, head.Root),
		d.block(listItem, metaStyle, textWidth, head.Sealed),
	}
	blocks[0].before, blocks[2].before = 1.2, 0.4
	d.need(blocksHeight(blocks))
	d.flow(marginLeft, blocks)
}

const (
	fileTag  = 13.0
	fileSize = 150.0
)

// files lists every file of the case with its hash.
func (d *document) files() {
	d.need(52) // heading, head and three rows stay together
	d.subheading("dossier.integrity.files")
	if len(d.model.Integrity.Files) == 0 {
		d.paragraphs("dossier.integrity.no_files")
		return
	}
	d.embedded()
	if slices.ContainsFunc(d.model.Emails, func(email dossier.Email) bool {
		return slices.ContainsFunc(email.Attachments, func(a dossier.EmailAttachment) bool { return a.Within != "" })
	}) {
		d.paragraphs("dossier.integrity.within")
	}
	d.y += 1.5
	d.inside(seal.Table, func() {
		d.inside(seal.TableRow, d.filesHead)
		d.continued = d.filesHead
		for _, file := range d.model.Integrity.Files {
			d.inside(seal.TableRow, func() { d.file(file) })
		}
		d.continued = nil
	})
	d.y += 2
}

// embedded says which files the document itself has.
func (d *document) embedded() {
	if !d.hasEmbedded() {
		return
	}
	complete, volume := "dossier.integrity.embedded_are", "dossier.integrity.embedded_volume"
	key := complete
	if d.model.Integrity.Volume {
		key = volume
	}
	d.paragraphs(key)
	d.y += d.short(measure, d.words.Text(key), d.words.Text(complete), d.words.Text(volume))
	if slices.ContainsFunc(d.model.Integrity.Files, func(f dossier.File) bool { return f.Embedded == "" }) {
		d.paragraphs("dossier.integrity.embedded_rest")
	}
	d.y += 2
}

func (d *document) hasEmbedded() bool {
	return slices.ContainsFunc(d.model.Integrity.Files, func(f dossier.File) bool { return f.Embedded != "" })
}

func (d *document) filesHead() {
	s := noteStyle.as(sansBold)
	baseline := d.y + s.firstBaseline()
	d.text(headerCell, s, marginLeft, baseline, d.words.Text("dossier.ledger.number"))
	d.text(headerCell, s, marginLeft+fileTag, baseline, d.words.Text("dossier.integrity.file"))
	d.textEnd(headerCell, s, textRight, baseline, d.words.Text("dossier.integrity.size"))
	d.y += s.lineHeight() + 1
	d.horizontal(marginLeft, textRight, d.y, 0.35, ink)
}

func (d *document) file(file dossier.File) {
	lines, _ := d.clip(cellStyle, fileSize-fileTag-4, 4, d.calledIn(file), "")
	height := cellStyle.height(len(lines)) + hashStyle.lineHeight() + 2.4
	d.keep(height, height)
	top := d.y + 1
	baseline := top + cellStyle.firstBaseline()
	d.inside(seal.TableCell, func() {
		if file.Tag != "" {
			d.tagLink(cell, linkStyle.sized(8), marginLeft, baseline, file.Tag)
		}
	})
	hash := file.SHA256
	switch {
	case file.Same != "":
		hash += " · " + d.words.Text("dossier.integrity.same", i18n.Values{"tag": file.Same})
	case file.Embedded != "":
		hash += " · " + d.words.Text("dossier.integrity.embedded")
	}
	d.inside(seal.TableCell, func() {
		y := d.linesOf(cell, cellStyle, marginLeft+fileTag, top, fileSize-fileTag-4, lines)
		d.lines(cell, hashStyle, marginLeft+fileTag, y, []string{hash})
	})
	d.inside(seal.TableCell, func() { d.textEnd(cell, metaStyle, textRight, baseline, file.Size) })
	d.y += height
	d.horizontal(marginLeft, textRight, d.y, 0.12, faint)
}

// calledIn is what a file is called where a reader finds it: among the attachments, or in the email that it came with.
func (d *document) calledIn(file dossier.File) string {
	switch {
	case file.Embedded != "" && file.Same == "":
		return file.Embedded
	case file.Email != "":
		return file.Name + " (" + string(file.Email) + ")"
	}
	return file.Name
}

// commands says how to check a file with ordinary tools.
func (d *document) commands() {
	if len(d.model.Integrity.Files) == 0 {
		return // there is no list to compare a file with
	}
	how := "dossier.integrity.how"
	switch {
	case d.hasEmbedded() && d.model.Integrity.Volume:
		how = "dossier.integrity.how_volume"
	case d.hasEmbedded():
		how = "dossier.integrity.how_embedded"
	}
	var instead []string
	if d.hasEmbedded() {
		instead = []string{d.words.Text("dossier.integrity.how_embedded"), d.words.Text("dossier.integrity.how_volume")}
	}
	name := d.words.Text("dossier.integrity.sample_name")
	steps := []step{
		{said: d.words.Text(how), instead: instead},
		{said: d.words.Text("dossier.integrity.how_hash"), commands: []string{"Linux      sha256sum " + name,
			"macOS      shasum -a 256 " + name, "Windows    Get-FileHash -Algorithm SHA256 " + name}},
		{said: d.words.Text("dossier.integrity.how_same")},
	}
	if d.hasEmbedded() {
		steps = append(steps, step{said: d.words.Text("dossier.integrity.how_all"), commands: []string{
			"pdfdetach -saveall " + d.words.Text("dossier.integrity.this_name"), "sha256sum -c " + seal.ListName}})
	}
	d.subheading("dossier.integrity.check")
	d.steps(steps)
	d.paragraphs("dossier.integrity.limits")
}

func (d *document) corrections() {
	if len(d.model.Integrity.Corrections) == 0 {
		return
	}
	d.subheading("dossier.integrity.corrections")
	d.paragraphs("dossier.integrity.corrections_are")
	told := map[dossier.Tag]bool{}
	for _, correction := range d.model.Integrity.Corrections {
		text := d.words.Text("dossier.integrity.correction", i18n.Values{"fields": correction.Fields})
		blocks := d.entryBlocks(joinNonEmpty(" ", text, correction.Reason), correction.Recorded)
		for _, rival := range correction.Rivals {
			blocks = append(blocks, d.block(listItem, metaStyle, textWidth-fileTag, rival))
		}
		if correction.Row != "" {
			blocks[0].item = true
			blocks[0].sign = func(baseline float64) { d.tagLink(listItem, linkStyle.sized(8), marginLeft, baseline, correction.Row) }
		}
		d.need(blocksHeight(blocks))
		if correction.Row != "" && !told[correction.Row] {
			told[correction.Row] = true
			d.anchor(correctionOf(correction.Row), d.y)
		}
		d.flow(marginLeft+fileTag, blocks)
	}
}

// entryBlocks are a line of a list with a smaller one below it.
func (d *document) entryBlocks(text, below string) []block {
	blocks := []block{d.block(listItem, cellStyle, textWidth-fileTag, text)}
	blocks[0].before = 1.2
	if below != "" {
		blocks = append(blocks, d.block(listItem, metaStyle, textWidth-fileTag, below))
	}
	return blocks
}

// withdrawn lists what was taken back or erased, and counts the slips.
func (d *document) withdrawn() {
	if len(d.model.Integrity.Withdrawn) == 0 && d.model.Integrity.Slips == "" {
		return
	}
	d.need(34)
	d.subheading("dossier.integrity.withdrawn")
	d.paragraphs("dossier.integrity.withdrawn_are")
	for _, withdrawal := range d.model.Integrity.Withdrawn {
		blocks := d.entryBlocks(withdrawal.Text, withdrawal.Note)
		switch {
		case withdrawal.Row != "":
			blocks[0].item = true
			blocks[0].sign = func(baseline float64) { d.tagLink(listItem, linkStyle.sized(8), marginLeft, baseline, withdrawal.Row) }
		case withdrawal.Label != "":
			blocks[0].item = true
			blocks[0].sign = func(baseline float64) {
				d.text(listItem, linkStyle.sized(8).in(ink), marginLeft, baseline, withdrawal.Label)
			}
		}
		d.need(blocksHeight(blocks))
		d.flow(marginLeft+fileTag, blocks)
	}
	if d.model.Integrity.Slips != "" {
		d.y += 1
		d.flow(marginLeft, []block{d.block(paragraph, bodyStyle, measure, d.model.Integrity.Slips)})
	}
}

// appendedNote says that pages of other PDFs are shown, and what follows from it.
func (d *document) appendedNote() {
	if !d.hasAppended {
		return
	}
	d.subheading("dossier.integrity.appended")
	if len(d.deviating) == 0 {
		d.paragraphs("dossier.integrity.appended_follow")
		return
	}
	d.paragraphs("dossier.integrity.appended_are", i18n.Values{"exhibits": strings.Join(d.deviating, ", ")})
}

// undrawn lists the characters that no bundled typeface has. Nothing drawn later adds to them: the first page and the
// contents repeat what stands elsewhere.
func (d *document) undrawn() {
	if len(d.undrawable) == 0 {
		return
	}
	const shown = 24
	var names []string
	for _, r := range slices.Sorted(maps.Keys(d.undrawable)) {
		if len(names) == shown {
			names = append(names, "…")
			break
		}
		names = append(names, fmt.Sprintf("U+%04X", r))
	}
	d.subheading("dossier.integrity.characters")
	d.paragraphs("dossier.integrity.undrawn", i18n.Values{"characters": strings.Join(names, ", ")})
}
