package pdf

import "fmt"

// thisFile says how to check the file that is being read, and the time stamp that may stand at its end.
func (d *document) thisFile() {
	said := d.words.Text("dossier.integrity.this_file_is")
	complete := said
	if i := d.model.Integrity; i.Proof != "" || d.hasEmbedded() {
		complete += " " + d.words.Text("dossier.integrity.this_file_holds")
	}
	if !d.model.Integrity.Volume {
		said = complete
	}
	name := d.words.Text("dossier.integrity.this_name")
	d.subheading("dossier.integrity.this_file")
	d.steps([]step{
		{said: said, instead: []string{complete}, commands: []string{"constancia dossier verify " + name}},
		{said: d.words.Text("dossier.integrity.stamp_may"), commands: []string{"pdfsig " + name}},
		{said: d.words.Text("dossier.integrity.stamp_is"), commands: []string{"pdfsig -dump " + name, "(head -c N " + name + "; tail -c L " + name + ") > covered",
			"openssl ts -verify -token_in -in " + name + ".sig0 -data covered -CAfile root.pem"}},
	})
}

// step is something to do, with what is to be typed for it.
type step struct {
	said string
	// instead is what is said in its place in a volume, and in the complete dossier.
	instead  []string
	commands []string
}

const stepIndent = 6.0

// steps draws what is to be done one after the other, each under its number and above what is typed for it.
func (d *document) steps(steps []step) {
	for i, one := range steps {
		text := d.block(listItem, bodyStyle, measure-stepIndent, one.said)
		text.item, text.indent = true, stepIndent
		text.sign = func(baseline float64) {
			d.text(listItem, bodyStyle.in(grey), marginLeft, baseline, fmt.Sprintf("%d.", i+1))
		}
		if len(one.commands) > 0 {
			text.keeps = commandHeight(one.commands) + 1
		}
		d.need(text.beginning())
		d.flow(marginLeft, []block{text})
		d.y += 0.8 + d.short(measure-stepIndent, one.said, one.instead...)
		if len(one.commands) > 0 {
			d.commandBox(one.commands)
		}
	}
	d.y++
}

var commandStyle = hashStyle.sized(7.6).in(ink)

func commandHeight(commands []string) float64 { return commandStyle.height(len(commands)) + 3.4 }

// commandBox draws what is to be typed.
func (d *document) commandBox(commands []string) {
	height := commandHeight(commands)
	d.need(height)
	d.fillRect(marginLeft+stepIndent, d.y, textWidth-stepIndent, height, tint)
	d.lines(paragraph, commandStyle, marginLeft+stepIndent+3, d.y+1.7, commands)
	d.y += height + 1.6
}
