package dossier

import (
	"constancia/internal/casefile"
	"constancia/internal/i18n"
)

// Exhibit is a numbered piece of evidence.
type Exhibit struct {
	Tag Tag
	// Piece counts the files under one number from 1, and Pieces how many there are. Each is an exhibit of the list.
	Piece, Pieces int
	Caption       string
	FileName      string
	MediaType     string
	// Content is the hash by which its bytes are opened, SHA256 the same to be printed: empty where an edition keeps it.
	Content string
	SHA256  string
	Bytes   int64
	Size    string
	Date    string
	Row     Tag
	// Erased says since when nothing but the number is left; empty for all others.
	Erased string
	// Withheld says why an edition does not show what the file holds; empty where it does.
	Withheld string
	// Painted says that parts of the picture were painted over; empty where none were.
	Painted string
}

// exhibits lists the numbered evidence in the order of its numbers, each file by itself.
func (c *compiler) exhibits() []Exhibit {
	evidence := map[string]casefile.Evidence{}
	for _, entry := range c.file.Evidence {
		evidence[entry.Value.ID] = entry.Value
	}
	var exhibits []Exhibit
	for _, entry := range c.file.Exhibits {
		tag, pieces := Tag(entry.Value.Label), c.pieces(entry.Value)
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

// pieces are the files under a number: for the press only the one that was looked at and chosen.
func (c *compiler) pieces(exhibit casefile.Exhibit) []string {
	pieces := exhibit.Pieces()
	if c.isPress() {
		return pieces[:1]
	}
	return pieces
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
		Bytes: file.Size, Size: c.words.Size(file.Size), Row: c.tags[file.ContactID],
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
