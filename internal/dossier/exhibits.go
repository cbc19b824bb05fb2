package dossier

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"constancia/internal/casefile"
)

// exhibits lists the numbered evidence in the order of its numbers.
func (c *compiler) exhibits() []Exhibit {
	evidence := map[string]casefile.Evidence{}
	for _, entry := range c.file.Evidence {
		evidence[entry.Value.ID] = entry.Value
	}
	var exhibits []Exhibit
	for _, entry := range c.file.Exhibits {
		if file, ok := evidence[entry.Value.EvidenceID]; ok {
			exhibits = append(exhibits, c.exhibit(Tag(entry.Value.Label), file))
		}
	}
	return exhibits
}

func (c *compiler) exhibit(tag Tag, file casefile.Evidence) Exhibit {
	exhibit := Exhibit{
		Tag: tag, Caption: file.Shows, FileName: file.FileName, MediaType: file.MediaType, SHA256: file.SHA256,
		Bytes: file.Size, Size: c.size(file.Size), Row: c.tags[file.ContactID],
	}
	if exhibit.Caption == "" {
		exhibit.Caption = file.FileName
	}
	if file.OccurredAt != nil {
		exhibit.Date = c.shortWhen(*file.OccurredAt)
	}
	if exhibit.Row == "" {
		exhibit.Row = c.tags[file.MessageID]
	}
	return exhibit
}

// size writes a number of bytes: 842 B, 53 kB, 1.4 MB, in decimal units (IEC 80000-13).
func (c *compiler) size(bytes int64) string {
	separator := ","
	if c.words.Language() == "en" {
		separator = "."
	}
	switch {
	case bytes < 1000:
		return c.words.Number(bytes) + "\u00A0B"
	case bytes < 1000*1000:
		return c.words.Number((bytes+500)/1000) + "\u00A0kB"
	}
	tenths := (bytes + 50_000) / 100_000
	return c.words.Number(tenths/10) + separator + fmt.Sprint(tenths%10) + "\u00A0MB"
}

// integrity lists every file of the case with its hash, and the corrections.
func (c *compiler) integrity() Integrity {
	integrity := Integrity{
		Recorded: c.recorded(),
		Entries: int64(1 + len(c.file.Parties) + len(c.file.People) + len(c.file.Contacts) + len(c.file.Promises) +
			len(c.file.Settlements) + len(c.file.Evidence) + len(c.file.Exhibits) + len(c.file.Messages)),
	}
	for _, entry := range c.file.Evidence {
		file := File{
			Tag: c.tags[entry.Value.ID], Name: entry.Value.FileName, Size: c.size(entry.Value.Size), SHA256: entry.Value.SHA256}
		if email := c.tags[entry.Value.MessageID]; email != "" {
			file.Name += " (" + string(email) + ")"
		}
		integrity.Files = append(integrity.Files, file)
	}
	for _, entry := range c.file.Messages {
		integrity.Files = append(integrity.Files, File{
			Tag: c.tags[entry.Value.ID], Name: c.subject(entry.Value.Reading),
			Size: c.size(entry.Value.Size), SHA256: entry.Value.SHA256})
	}
	integrity.Corrections = c.corrections()
	integrity.Entries += int64(len(integrity.Corrections))
	return integrity
}

func (c *compiler) recorded() Recorded {
	return Recorded{Live: c.figures.RecordedLive, SameDay: c.figures.RecordedSameDay, Later: c.figures.RecordedLater,
		OnCompanyDocument: c.figures.OnCompanyDocument}
}

func (c *compiler) corrections() []Correction {
	var all []Correction
	add := func(tag Tag, entry casefile.Entry) {
		for _, correction := range entry.Corrections {
			all = append(all, Correction{
				Row: tag, Fields: c.fieldNames(correction), Reason: correction.Reason})
		}
	}
	add("", c.file.Entry)
	addEach(add, c.tags, c.file.Contacts, func(v casefile.Contact) string { return v.ID })
	addEach(add, c.tags, c.file.Promises, func(v casefile.Promise) string { return v.ID })
	addEach(add, c.tags, c.file.Evidence, func(v casefile.Evidence) string { return v.ID })
	addEach(add, c.tags, c.file.People, func(v casefile.Person) string { return v.ID })
	return all
}

func addEach[T any](add func(Tag, casefile.Entry), tags map[string]Tag, entries []casefile.Recorded[T], id func(T) string) {
	for _, entry := range entries {
		add(tags[id(entry.Value)], entry.Entry)
	}
}

// fieldNames names what a correction changed.
func (c *compiler) fieldNames(correction casefile.Correction) string {
	names := slices.Sorted(maps.Keys(correction.Fields))
	for i, name := range names {
		if key := "term.field." + name; c.words.Has(key) {
			names[i] = c.words.Text(key)
		}
	}
	return strings.Join(names, ", ")
}
