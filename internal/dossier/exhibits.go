package dossier

import (
	"fmt"

	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// exhibits lists the numbered evidence in the order of its numbers, each file by itself.
func (c *compiler) exhibits() []Exhibit {
	evidence := map[string]casefile.Evidence{}
	for _, entry := range c.file.Evidence {
		evidence[entry.Value.ID] = entry.Value
	}
	var exhibits []Exhibit
	for _, entry := range c.file.Exhibits {
		tag, pieces := Tag(entry.Value.Label), entry.Value.Pieces()
		if c.isPress() {
			pieces = pieces[:1] // only what was looked at and chosen
		}
		for i, id := range pieces {
			exhibit := c.erasedExhibit(tag, id)
			if file, ok := evidence[id]; ok {
				exhibit = c.exhibit(tag, file)
			}
			exhibit.Piece, exhibit.Pieces = i+1, len(pieces)
			exhibits = append(exhibits, exhibit)
		}
	}
	return exhibits
}

// erasedExhibit is a number whose file was erased: it stays, so that no other file can come to stand under it.
func (c *compiler) erasedExhibit(tag Tag, evidenceID string) Exhibit {
	exhibit := Exhibit{Tag: tag, Caption: c.words.Text("dossier.exhibit.erased"), Erased: c.words.Text("dossier.exhibit.erased")}
	for _, withdrawal := range c.file.Withdrawn {
		if withdrawal.EntryID == evidenceID && withdrawal.Erased {
			exhibit.Erased = c.words.Text("dossier.exhibit.erased_on", i18n.Values{"when": c.moment(withdrawal.At)})
		}
	}
	return exhibit
}

func (c *compiler) exhibit(tag Tag, file casefile.Evidence) Exhibit {
	exhibit := Exhibit{
		Tag: tag, Caption: file.Shows, FileName: file.FileName, MediaType: file.MediaType, Content: file.SHA256, SHA256: file.SHA256,
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
	if c.isPress() {
		exhibit = c.pressExhibit(exhibit, file.Shows)
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
