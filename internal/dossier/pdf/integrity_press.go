package pdf

import (
	"cmp"

	"constancia/internal/i18n"
)

// pressIntegrity says in half a page what a newsroom can check, how, and whom it asks.
func (d *document) pressIntegrity() {
	var can []step
	if r := d.model.Integrity.Recorded; r.Live+r.SameDay+r.Later > 0 {
		can = append(can, step{said: d.words.Text("dossier.integrity.press_when") + " " + d.recorded()})
	}
	if d.model.RecordFingerprint != "" {
		said := d.words.Text("dossier.integrity.press_record")
		if d.model.Sealed == "" {
			said += " " + d.words.Text("dossier.integrity.unstamped")
		}
		can = append(can, step{said: said, commands: []string{d.model.RecordFingerprint}})
	}
	d.subheading("dossier.integrity.press_can")
	d.steps(append(can, step{said: d.words.Text("dossier.integrity.press_originals")}))

	own := d.model.Complainant
	reach := cmp.Or(own.Reach, joinNonEmpty(" · ", own.Email, own.Phone), oneLine(own.Address))
	how := []step{
		{said: d.words.Text("dossier.integrity.press_ask", i18n.Values{"reach": reach})},
		{said: d.words.Text("dossier.integrity.press_file"), commands: []string{"constancia dossier verify " + d.words.Text("dossier.integrity.this_name")}},
	}
	if file := d.model.Integrity.Proof; file != "" {
		how = append(how, step{said: d.words.Text("dossier.integrity.press_proof", i18n.Values{"file": file})})
	}
	d.subheading("dossier.integrity.press_how")
	d.steps(how)
	d.paragraphs("dossier.integrity.press_limits")
	if len(d.model.Integrity.Files) > 0 { // pictures that were chosen
		d.files()
	}
}
