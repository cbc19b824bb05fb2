package pdf

// thisFile says how to check the file that is being read, and the time stamp that may stand at its end.
func (d *document) thisFile() {
	said := d.words.Text("dossier.integrity.this_file_is")
	if i := d.model.Integrity; !i.Volume && (i.Proof != "" || d.hasEmbedded()) {
		said += " " + d.words.Text("dossier.integrity.this_file_holds")
	}
	said += " " + d.words.Text("dossier.integrity.stamp_may")
	name := d.words.Text("dossier.integrity.this_name")
	d.typed("dossier.integrity.this_file", said,
		"constancia dossier verify "+name,
		"pdfsig -dump "+name,
		"(head -c N "+name+"; tail -c L "+name+") > covered",
		"openssl ts -verify -token_in -in "+name+".sig0 -data covered -CAfile root.pem")
	d.paragraphs("dossier.integrity.stamp_is")
}

var commandStyle = hashStyle.sized(7.6).in(ink)

func commandHeight(commands []string) float64 { return commandStyle.height(len(commands)) + 5 }

// commandBox draws what is to be typed.
func (d *document) commandBox(commands []string) {
	height := commandHeight(commands)
	d.need(height)
	d.y++
	d.fillRect(marginLeft, d.y, textWidth, height, tint)
	d.lines(paragraph, commandStyle, marginLeft+4, d.y+2.5, commands)
	d.y += height + 2
}
