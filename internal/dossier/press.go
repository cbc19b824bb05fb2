package dossier

import (
	"strings"

	"constancia/internal/dossier/redaction"
)

// hideForPress takes what the press edition hides out of the case, before anything is made of it. Tags, figures and who
// wrote to whom are known by then, and stay.
func (c *compiler) hideForPress() {
	plan := c.options.Press
	if plan == nil {
		plan = redaction.Find(c.whole, map[string]string{CoverText: c.options.Cover.Text}, redaction.Choices{}, c.words)
	}
	c.whole = plan.CaseFile()
	c.file = c.options.Period.of(c.whole, c.location)
	c.promises = c.file.PromiseStatuses(c.now)
	own := &c.file.Case.Complainant
	for _, field := range []*string{&own.Address, &own.Email, &own.Phone} {
		if redaction.IsHidden(*field) {
			*field = "" // a bar would tell nobody where to write
		}
	}
	c.reach = plan.Contact()
	if c.reach == "" && own.Address+own.Email+own.Phone == "" {
		c.reach = c.words.Text("dossier.press.reach")
	}
	c.gaps = plan.HasGaps() || !c.options.Period.Whole()
	c.index()
	c.options.Addressee = plan.Text(c.options.Addressee)
	c.options.Cover.Text = plan.Text(c.options.Cover.Text)
}

// CoverText is what the covering letter is called among the texts that a plan is made of: what is hidden is sought there,
// too.
const CoverText = "cover"

// isPress reports whether names and hashes of files, and what identifies messages, are left out.
func (c *compiler) isPress() bool { return c.options.Edition == Press }

// pressExhibit says what a file is in the place of its name.
func (c *compiler) pressExhibit(exhibit Exhibit, shows string) Exhibit {
	exhibit.FileName = ""
	if exhibit.Caption = shows; shows == "" {
		exhibit.Caption = c.words.Text("dossier.press.file")
	}
	kind, _, _ := strings.Cut(exhibit.MediaType, "/")
	if kind == "image" && c.options.Press != nil && len(c.options.Press.Painted(exhibit.Content)) > 0 {
		exhibit.Painted = c.words.Text("dossier.press.painted")
	}
	if kind != "image" || exhibit.Painted != "" {
		exhibit.SHA256 = "" // whoever guesses what is short or covered could prove the guess
	}
	if kind != "image" && kind != "text" || exhibit.MediaType == "text/html" {
		exhibit.Withheld = c.words.Text("dossier.press.withheld")
	}
	return exhibit
}

// pressFiles are the chosen exhibits whose hashes may be told, under what they show.
func pressFiles(exhibits []Exhibit) []File {
	var files []File
	for _, exhibit := range exhibits {
		if exhibit.SHA256 != "" {
			files = append(files, File{Tag: exhibit.Tag, Name: exhibit.Caption, Size: exhibit.Size, SHA256: exhibit.SHA256})
		}
	}
	return files
}
