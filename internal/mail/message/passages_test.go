package message

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPassagesTellWhatIsSaidFromWhatIsQuotedAndSigned(t *testing.T) {
	long := strings.Repeat("> otra línea\n", 9)
	for name, c := range map[string]struct {
		subject, text string
		want          []Passage
	}{
		"nothing but words": {"", "Hola:\n\n¿Cuándo viene el técnico?", []Passage{{Kind: Said, Text: "Hola:\n\n¿Cuándo viene el técnico?"}}},
		"Gmail, Spanish": {"Re: x", "Sigo sin línea.\n\nEl mar, 17 de mar de 2026 a la(s) 5:30 p.m., Luz (a@luz.example) escribió:\n> Recibimos\n>> Lo envié",
			[]Passage{{Kind: Said, Text: "Sigo sin línea."},
				{Kind: Quoted, Text: "Recibimos\n> Lo envié", Introduction: "El mar, 17 de mar de 2026 a la(s) 5:30 p.m., Luz (a@luz.example) escribió:", Folds: true}}},
		"Catalan, broken over two lines": {"Re: x", "No.\n\nEl dj., 12 de març 2026, 11:30, Telefonia Garbí\n<baixes@garbi.example> va escriure:\n\n> Benvolguda",
			[]Passage{{Kind: Said, Text: "No."},
				{Kind: Quoted, Text: "Benvolguda", Introduction: "El dj., 12 de març 2026, 11:30, Telefonia Garbí <baixes@garbi.example> va escriure:", Folds: true}}},
		"Apple Mail, answers between": {"Re: x", "> ¿Dirección?\n\nC/ Luna, 8.\n\n> ¿Teléfono?\n\n600 000 000.",
			[]Passage{{Kind: Quoted, Text: "¿Dirección?"}, {Kind: Said, Text: "C/ Luna, 8."}, {Kind: Quoted, Text: "¿Teléfono?"}, {Kind: Said, Text: "600 000 000."}}},
		"Outlook, answered": {"RE: x", "Sigo sin línea.\n\n________________________________\nDe: Soporte <s@x.example>\nEnviado: lunes, 16 de marzo de 2026 17:00\nPara: b\nAsunto: x\n\nCerrada.",
			[]Passage{{Kind: Said, Text: "Sigo sin línea."},
				{Kind: Quoted, Text: "De: Soporte <s@x.example>\nEnviado: lunes, 16 de marzo de 2026 17:00\nPara: b\nAsunto: x\n\nCerrada.", Folds: true}}},
		"Outlook, passed on": {"RV: x", "Mira.\n\nDe: Soporte <s@x.example>\nEnviado: lunes, 16 de marzo de 2026 17:00\n\nCerrada.",
			[]Passage{{Kind: Said, Text: "Mira."}, {Kind: Said, Text: "De: Soporte <s@x.example>\nEnviado: lunes, 16 de marzo de 2026 17:00\n\nCerrada."}}},
		"Gmail, passed on with what was quoted": {"Fwd: x", "For the record.\n\n---------- Forwarded message ---------\nFrom: A\n\n> quoted there",
			[]Passage{{Kind: Said, Text: "For the record."}, {Kind: Said, Text: "---------- Forwarded message ---------\nFrom: A\n\n> quoted there"}}},
		"nothing but a quotation": {"Re: x", "> ¿Dirección?", []Passage{{Kind: Quoted, Text: "¿Dirección?"}}},
		"a long quotation above the answer": {"Re: x", long + "\nDe acuerdo.",
			[]Passage{{Kind: Quoted, Text: strings.TrimSuffix(strings.Repeat("otra línea\n", 9), "\n"), Folds: true}, {Kind: Said, Text: "De acuerdo."}}},
		"a signature": {"x", "Gracias.\n\n-- \nNúria Puig\n+34 600", []Passage{{Kind: Said, Text: "Gracias."}, {Kind: Signature, Text: "-- \nNúria Puig\n+34 600"}}},
		"a telephone's signature above a quotation": {"Re: x", "Vale\n\nEnviado desde mi iPhone\n\nOn 3 March 2026 at 09:00, Claims <c@x.example> wrote:\n\n> Looked at.",
			[]Passage{{Kind: Said, Text: "Vale"}, {Kind: Signature, Text: "Enviado desde mi iPhone"},
				{Kind: Quoted, Text: "Looked at.", Introduction: "On 3 March 2026 at 09:00, Claims <c@x.example> wrote:", Folds: true}}},
		"a price that begins like an introduction": {"x", "El 12 de marzo me cobraron 30 euros.\nUn técnico escribió una nota.",
			[]Passage{{Kind: Said, Text: "El 12 de marzo me cobraron 30 euros.\nUn técnico escribió una nota."}}},
		"Apple Mail, passed on": {"Fwd: x", "Mira.\n\nInici del missatge reenviat:\n\n> De: Garbí\n" + long + "\nNúria",
			[]Passage{{Kind: Said, Text: "Mira."}, {Kind: Quoted, Introduction: "Inici del missatge reenviat:",
				Text: "De: Garbí\n" + strings.TrimSuffix(strings.Repeat("otra línea\n", 9), "\n")}, {Kind: Said, Text: "Núria"}}},
		"an arrow in an email that answers nothing": {"Ausente", "Motivo:\n> Elige otro día\nGracias",
			[]Passage{{Kind: Said, Text: "Motivo:\n> Elige otro día\nGracias"}}},
		"a quotation under another subject": {"Otra cosa", "Vale.\n\nOn 3 March 2026 at 09:00, Claims <c@x.example> wrote:\n> Looked at.",
			[]Passage{{Kind: Said, Text: "Vale."}, {Kind: Quoted, Introduction: "On 3 March 2026 at 09:00, Claims <c@x.example> wrote:", Text: "Looked at.", Folds: true}}},
		"nothing": {"x", "", nil},
	} {
		if diff := cmp.Diff(c.want, Passages(c.text, c.subject)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
