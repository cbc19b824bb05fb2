package dossier

import (
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/dossier/redaction"
	"constancia/internal/i18n"
)

// hideForPress takes what the press edition hides out of the case, before anything is made of it. Tags, figures and who
// wrote to whom are known by then, and stay.
func (c *compiler) hideForPress() {
	plan := c.options.Press
	if plan == nil {
		plan = redaction.Find(c.whole, map[string]string{CoverText: c.options.Cover.Text}, redaction.Choices{}, c.words)
	}
	c.whole = plan.CaseFile()
	c.generalise(c.whole.People)
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
	c.onRequest = plan.NotChosen()
	c.gaps = plan.HasGaps() || !c.options.Period.Whole()
	c.index()
	c.options.Addressee = plan.Text(c.options.Addressee)
	c.options.Cover.Text = plan.Text(c.options.Cover.Text)
}

// generalise says of whom a part of the position is hidden no more than whether they decide something: a manager of a shop
// at an hour is one person, whatever the shop is called.
func (c *compiler) generalise(people []casefile.Recorded[casefile.Person]) {
	for i := range people {
		position := &people[i].Value.Position
		switch {
		case !redaction.IsHidden(*position):
		case redaction.IsManager(*position):
			*position = c.words.Text("dossier.press.manager")
		default:
			*position = c.words.Text("dossier.press.staff")
		}
	}
}

// gapsInNumbers says why numbers of people are missing, where some are.
func (c *compiler) gapsInNumbers() string {
	if !c.gaps {
		return ""
	}
	return c.words.Text("dossier.press.gaps")
}

// exhibitsOfPress says how exhibits are numbered, and which are on request.
func (c *compiler) exhibitsOfPress() string {
	var keep, ask string
	if len(c.whole.Exhibits) > 0 && c.has(ExhibitsSection) {
		keep = c.words.Text("dossier.press.exhibits_keep")
	}
	if len(c.onRequest) > 0 {
		ask = c.words.Count("dossier.press.on_request", int64(len(c.onRequest)), i18n.Values{"exhibits": c.listed(c.onRequest)})
	}
	return joinFilled(" ", keep, ask)
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
