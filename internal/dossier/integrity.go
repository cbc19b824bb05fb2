package dossier

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// Integrity is how to check the dossier.
type Integrity struct {
	Files       []File
	Recorded    Recorded
	Corrections []Correction
	// Withdrawn is what was taken back or erased, but for slips; Slips says how many of those there were.
	Withdrawn []Withdrawal
	Slips     string
	// Heads are those of the case's logs.
	Heads   []Head
	Entries int64
	// Exports are how many of the entries say only that a dossier was made.
	Exports int64
	// Proof is what the proof of the record is called among the files within the dossier's own, and ProofStamped whether it
	// holds time stamps; empty without one. Whoever writes the dossier sets it.
	Proof        string
	ProofStamped bool
	// Volume says that the pages are divided into files which hold nothing but them. Whoever divides them sets it.
	Volume bool
}

// Head is the head of a log: it stands for all its entries.
type Head struct {
	LogID   string
	Entries string // how many, in words
	Root    string // lower-case hex
	// Sealed says what of it was stamped by somebody else's clock, and when; or that nothing was.
	Sealed string
}

// Withdrawal is an entry that was taken back or erased.
type Withdrawal struct {
	// Label is the number of an exhibit, which stays used; Row is set when the dossier still shows it, empty.
	Label string
	Row   Tag
	// Text says what it was, when it was recorded, and when it was taken back or erased.
	Text string
	// Note says whether a time stamp had covered it, and why it was taken back or erased; may be empty.
	Note string
}

// File is a file of the case with its hash.
type File struct {
	Tag       Tag // exhibit or email; empty for evidence that is no exhibit
	Email     Tag // the one that it came with; empty for none
	Same      Tag // of an exhibit before it with the same bytes; empty for none
	Name      string
	MediaType string
	Bytes     int64
	Size      string // in words
	SHA256    string
	// Embedded is what it is called among the files within the dossier's own; empty when only its hash is there. Whoever
	// writes the dossier sets it.
	Embedded string
}

// Correction is a later entry that says what an earlier one should have said.
type Correction struct {
	Row    Tag // empty when it corrects the case or something without a tag
	Fields string
	// Recorded is when the correction itself was recorded.
	Recorded string
	Reason   string
	// Rivals say of each field that another device corrected differently what that one says: both stand on record.
	Rivals []string
}

// emailType is the media type of an email as it was received (RFC 2046, section 5.2.1).
const emailType = "message/rfc822"

// integrity lists every file of the case with its hash, what was corrected and taken back, and the heads of its logs.
func (c *compiler) integrity() Integrity {
	integrity := Integrity{Recorded: c.recorded(), Corrections: c.corrections(), Heads: c.heads(), Exports: c.options.Exports}
	for _, log := range c.options.Logs {
		integrity.Entries += log.Size
	}
	integrity.Withdrawn, integrity.Slips = c.withdrawn()
	switch {
	case !c.isPress():
		integrity.Files = c.files()
	case c.has(ExhibitsSection):
		integrity.Files = pressFiles(c.exhibits())
	}
	return integrity
}

// files are those of what the dossier tells, the evidence first.
func (c *compiler) files() (files []File) {
	for _, entry := range c.file.Evidence {
		if !c.has(ExhibitsSection) {
			break
		}
		file := File{
			Tag: c.tags[entry.Value.ID], Name: entry.Value.FileName, MediaType: entry.Value.MediaType, Bytes: entry.Value.Size,
			Size: c.words.Size(entry.Value.Size), SHA256: entry.Value.SHA256}
		file.Email = c.tags[entry.Value.MessageID]
		files = append(files, file)
	}
	slices.SortStableFunc(files, func(a, b File) int { return cmp.Compare(c.placeOf(a.Tag), c.placeOf(b.Tag)) })
	first := map[string]Tag{} // by hash
	for i, file := range files {
		if files[i].Same = first[file.SHA256]; files[i].Same == "" {
			first[file.SHA256] = file.Tag
		}
	}
	for _, entry := range c.file.Messages {
		if !c.has(EmailsSection) {
			break
		}
		files = append(files, File{
			Tag: c.tags[entry.Value.ID], Name: c.subject(entry.Value.Reading), MediaType: emailType, Bytes: entry.Value.Size,
			Size: c.words.Size(entry.Value.Size), SHA256: entry.Value.SHA256})
	}
	return files
}

// placeOf counts the exhibits before the one of a tag; what has none comes last.
func (c *compiler) placeOf(tag Tag) int {
	for i, exhibit := range c.file.Exhibits {
		if string(tag) == exhibit.Value.Label {
			return i
		}
	}
	return len(c.file.Exhibits)
}

func (c *compiler) recorded() Recorded {
	f := c.figures
	return Recorded{Live: f.RecordedLive, SameDay: f.RecordedSameDay, Later: f.RecordedLater,
		Emails: f.Contacts - f.RecordedLive - f.RecordedSameDay - f.RecordedLater, OnCompanyDocument: f.OnCompanyDocument}
}

// corrections lists what was corrected, each with its own time, in the order in which they were recorded.
func (c *compiler) corrections() []Correction {
	type dated struct {
		Correction
		at time.Time
	}
	var all []dated
	add := func(tag Tag, entry casefile.Entry) {
		rivals := entry.Rivals()
		for _, correction := range entry.Corrections {
			all = append(all, dated{Correction{
				Row: tag, Fields: c.fieldNames(correction), Reason: correction.Reason, Recorded: c.moment(correction.RecordedAt),
				Rivals: c.rivalsOf(correction, rivals),
			}, correction.RecordedAt})
		}
	}
	add("", c.file.Entry)
	addEach(add, c.tags, c.file.Parties, func(v casefile.Party) string { return v.ID })
	addEach(add, c.tags, c.file.People, func(v casefile.Person) string { return v.ID })
	addEach(add, c.tags, c.file.Contacts, func(v casefile.Contact) string { return v.ID })
	addEach(add, c.tags, c.file.Promises, func(v casefile.Promise) string { return v.ID })
	addEach(add, c.tags, c.file.Evidence, func(v casefile.Evidence) string { return v.ID })
	addEach(add, c.tags, c.file.Messages, func(v casefile.MessageView) string { return v.ID })
	slices.SortStableFunc(all, func(a, b dated) int { return a.at.Compare(b.at) })
	var corrections []Correction
	for _, one := range all {
		corrections = append(corrections, one.Correction)
	}
	return corrections
}

func addEach[T any](add func(Tag, casefile.Entry), tags map[string]Tag, entries []casefile.Recorded[T], id func(T) string) {
	for _, entry := range entries {
		add(tags[id(entry.Value)], entry.Entry)
	}
}

// rivalsOf says what a correction says of the fields that another device corrected differently.
func (c *compiler) rivalsOf(correction casefile.Correction, rivals []casefile.Rival) []string {
	var texts []string
	for _, rival := range rivals {
		said := slices.ContainsFunc(rival.Corrections, func(one casefile.Correction) bool { return one.ID == correction.ID })
		if !said {
			continue
		}
		key := "dossier.rival.other"
		if rival.Corrections[len(rival.Corrections)-1].ID == correction.ID {
			key = "dossier.rival.stands"
		}
		texts = append(texts, c.words.Text(key, i18n.Values{
			"field": c.fieldName(rival.Field), "value": FieldText(c.words, rival.Field, correction.Fields[rival.Field], c.names())}))
	}
	return texts
}

// names are those of companies and people by id.
func (c *compiler) names() map[string]string {
	names := map[string]string{}
	for id, party := range c.parties {
		names[id] = party.Name
	}
	for id, person := range c.people {
		names[id] = c.personName(person)
	}
	return names
}

// fieldNames names what a correction changed.
func (c *compiler) fieldNames(correction casefile.Correction) string {
	names := slices.Sorted(maps.Keys(correction.Fields))
	for i, name := range names {
		names[i] = c.fieldName(name)
	}
	return strings.Join(names, ", ")
}

func (c *compiler) fieldName(name string) string {
	if key := "term.field." + name; c.words.Has(key) {
		return c.words.Text(key)
	}
	return name
}

// withdrawn lists what was taken back or erased too late to be a slip, or after a time stamp had covered it, and counts
// the slips.
func (c *compiler) withdrawn() (inFull []Withdrawal, slips string) {
	var count int64
	for _, one := range c.file.Withdrawn {
		if !one.InFull() {
			count++
			continue
		}
		key := "dossier.withdrawal.taken_back"
		if one.Erased {
			key = "dossier.withdrawal.erased"
		}
		text := c.words.Text(key, i18n.Values{
			"kind": capitalised(c.kind(one.Kind)), "recorded": c.moment(one.Entry.RecordedAt), "withdrawn": c.moment(one.At)})
		covered := ""
		if one.AfterSeal {
			covered = c.words.Text("dossier.withdrawal.after_seal")
		}
		inFull = append(inFull, Withdrawal{
			Label: one.Label, Row: c.tags[one.EntryID], Text: text, Note: joinFilled(" ", covered, one.Reason)})
	}
	if count > 0 {
		slips = c.words.Count("dossier.withdrawal.slips", count)
	}
	return inFull, slips
}

func (c *compiler) kind(kind string) string {
	if key := "term." + kind; c.words.Has(key) {
		return c.words.Count(key, 1)
	}
	return kind
}

func (c *compiler) heads() []Head {
	var heads []Head
	for _, log := range c.options.Logs {
		heads = append(heads, Head{
			LogID: log.LogID, Entries: c.words.Count("count.entry", log.Size), Root: log.Root, Sealed: c.sealOf(log)})
	}
	return heads
}

func (c *compiler) sealOf(log Log) string {
	if log.SealedAt.IsZero() {
		return c.words.Text("dossier.head.not_sealed")
	}
	return c.words.Text("dossier.head.sealed", i18n.Values{
		"when": c.moment(log.SealedAt), "service": host(log.Service),
		"entries": c.words.Count("dossier.head.first_entries", log.Sealed)})
}

// lastSeal says when the record was last stamped by somebody else's clock.
func (c *compiler) lastSeal() string {
	if len(c.options.Logs) == 0 {
		return ""
	}
	last := slices.MaxFunc(c.options.Logs, func(a, b Log) int { return a.SealedAt.Compare(b.SealedAt) })
	if last.SealedAt.IsZero() {
		return ""
	}
	return c.words.Text("dossier.sealed", i18n.Values{"when": c.moment(last.SealedAt)})
}

// host is whom an address belongs to.
func host(address string) string {
	if parsed, err := url.Parse(address); err == nil {
		return cmp.Or(parsed.Hostname(), address)
	}
	return address
}

// moment writes an instant of a computer's clock, in the dossier's zone and with its offset.
func (c *compiler) moment(at time.Time) string {
	local := at.In(c.location)
	return c.words.ShortDate(local) + ", " + c.words.Clock(local) + " (" + local.Format("UTC-07:00") + ")"
}
