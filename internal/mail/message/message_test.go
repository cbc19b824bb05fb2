package message

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
)

// fixture reads one of the messages of testdata.
func fixture(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestReadUnderstandsMessagesAsTheyAreInTheWild(t *testing.T) {
	tests := []struct {
		fixture string
		want    casefile.Reading
	}{
		{"latin1-quoted-printable.eml", casefile.Reading{
			MessageID: "20260302160509.4471@almacenesrivera.example",
			From:      []casefile.Mailbox{{Name: "Atención a clientes", Address: "atencion@almacenesrivera.example"}},
			To:        []casefile.Mailbox{{Name: "Begoña Ibañez", Address: "begona@correo.example"}},
			Subject:   "Su pedido A-20931: investigación abierta",
			Date:      "2026-03-02T10:05:09-06:00",
			Text: "Estimada señora Ibañez:\n\n" +
				"Hemos abierto una investigación sobre su pedido A-20931. La paquetería nos responderá en un máximo de 48 horas.\n" +
				"El importe es de $4,382.00 (IVA incluido) = total.\n\nAtentamente,\nRubén",
		}},
		{"html-table-windows-1252.eml", casefile.Reading{
			MessageID: "aviso-77@paquetesdelnorte.example",
			From:      []casefile.Mailbox{{Name: "Paquetes del Norte, S.A.", Address: "avisos@paquetesdelnorte.example"}},
			To:        []casefile.Mailbox{{Address: "begona@correo.example"}},
			Subject:   "Estado de su envío",
			Date:      "2026-03-04T09:15:00+01:00",
			Text: "Seguimiento\n\nHola, Begoña. ¡Su envío está en camino!\n\n" +
				"Fecha | Estado\n2 mar | Recogido\n3 mar | En reparto – intento fallido\n\n" +
				"- Un bulto\n- 4,2\u00a0kg\n\n> ¿Dónde está mi paquete?\n\n" +
				"Ver el envío <https://paquetesdelnorte.example/s/77>\n[Logotipo]",
			HTML: "(html)",
		}},
		{"invoice-and-photo.eml", casefile.Reading{
			MessageID: "f118@almacenesrivera.example",
			From:      []casefile.Mailbox{{Name: "Facturas", Address: "facturas@almacenesrivera.example"}},
			To:        []casefile.Mailbox{{Address: "begona@correo.example"}},
			Cc: []casefile.Mailbox{
				{Name: "Sonia Pérez", Address: "sonia@correo.example"},
				{Address: "papa@correo.example"},
				{Address: "mama@correo.example"},
			},
			Subject: "Factura F-118",
			Date:    "2026-03-05T18:00:00Z",
			Text:    "Adjuntamos su factura.",
			HTML:    "(html)",
			Attachments: []casefile.Attachment{
				{Part: "1.2.2", FileName: "part-1.2.2.png", MediaType: "image/png", ContentID: "foto1@rivera", Inline: true,
					Content: []byte("(70 bytes)")},
				{Part: "2", FileName: "Factura de Begoña.pdf", MediaType: "application/pdf",
					Content: []byte("%PDF-1.4\n% factura de prueba\n%%EOF\n")},
			},
		}},
		{"broken-part-header.eml", casefile.Reading{
			From:    []casefile.Mailbox{{Address: "soporte@seguros.example"}},
			To:      []casefile.Mailbox{{Address: "begona@correo.example"}},
			Subject: "Reclamo 55",
			Date:    "2026-03-06T12:00:00-05:00",
			Text:    "Primera parte.",
			Attachments: []casefile.Attachment{
				{Part: "2", FileName: "passwd", MediaType: "text/plain", Content: []byte("raiz")},
				{Part: "3", FileName: "peritaje final.doc", MediaType: "application/msword", Content: []byte("ABCDEF")},
			},
			Defects: []string{"bad_header 1", "bad_base64 3"},
		}},
		{"missing-boundaries.eml", casefile.Reading{
			From:    []casefile.Mailbox{{Address: "soporte@seguros.example"}},
			To:      []casefile.Mailbox{{Address: "begona@correo.example"}},
			Subject: "Sin final",
			Date:    "2026-03-07T12:00:00-05:00",
			Text:    "Texto de dentro.",
			HTML:    "(html)",
			Attachments: []casefile.Attachment{
				{Part: "2", FileName: "part-2.pdf", MediaType: "application/pdf", Content: []byte("%PDF-1.4\r\n")},
			},
			Defects: []string{"unfinished", "no_boundary 1", "unfinished 1"},
		}},
		{"forwarded-message.eml", casefile.Reading{
			MessageID:  "fwd-1@correo.example",
			InReplyTo:  []string{"f118@almacenesrivera.example"},
			References: []string{"20260302160509.4471@almacenesrivera.example", "f118@almacenesrivera.example"},
			From:       []casefile.Mailbox{{Address: "begona@correo.example"}},
			To:         []casefile.Mailbox{{Address: "caso@correo.example"}},
			Subject:    "Fwd: Compensación",
			Date:       "2026-03-08T20:01:02+01:00",
			Text: "Reenvío lo que me escribieron, que no dice nada de la compensación prometida.\n\n" +
				"> Le pedimos disculpas por la demora.\n-- \nBegoña\n\n" +
				"----\n\nFrom: jefatura@almacenesrivera.example\nSubject: Compensación\n\nNo procede.",
			Attachments: []casefile.Attachment{
				{Part: "2", FileName: "Compensación.eml", MediaType: "message/rfc822", Content: []byte("(93 bytes)")},
			},
		}},
		{"apple-mixed-in-alternative.eml", casefile.Reading{
			From:    []casefile.Mailbox{{Address: "vecina@correo.example"}},
			To:      []casefile.Mailbox{{Address: "begona@correo.example"}},
			Subject: "Fotos",
			Date:    "2026-03-09T08:00:00+01:00",
			Text:    "Antes y luego.",
			HTML:    "<p>Antes</p>\n<p>y luego.</p>",
			Attachments: []casefile.Attachment{
				{Part: "2.2", FileName: "foto.jpg", MediaType: "image/jpeg", Content: []byte("JPEG")},
			},
		}},
		{"plain-utf8-no-mime.eml", casefile.Reading{
			From:    []casefile.Mailbox{{Name: "Cajón de sastre", Address: "cajón@correo.example"}},
			Subject: "Sin MIME pero con acentos: canción",
			Date:    "2026-03-10T10:00:00+01:00",
			Text:    "Texto sin cabeceras MIME: mañana.",
		}},
	}
	for _, test := range tests {
		t.Run(test.fixture, func(t *testing.T) {
			got := Read(bytes.NewReader(fixture(t, test.fixture)))
			test.want.Reader = Reader
			if test.want.HTML == "(html)" && got.HTML != "" {
				got.HTML = "(html)"
			}
			for i := range got.Attachments {
				if got.Attachments[i].Size != int64(len(got.Attachments[i].Content)) {
					t.Errorf("size of attachment %d is %d", i, got.Attachments[i].Size)
				}
				got.Attachments[i].Size = 0
				// Long content is compared by its length.
				if i < len(test.want.Attachments) && test.want.Attachments[i].Content[0] == '(' {
					got.Attachments[i].Content = []byte("(" + strconv.Itoa(len(got.Attachments[i].Content)) + " bytes)")
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("reading differs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadNeverFails(t *testing.T) {
	tests := []struct {
		name    string
		raw     string
		text    string
		defects []string
	}{
		{"nothing at all", "", "", nil},
		{"a body without a header", "Hola, esto no es un correo.\nDe verdad.", "Hola, esto no es un correo.\nDe verdad.",
			[]string{"bad_header"}},
		{"a header without a body", "From: a@b.example\nSubject: x", "", nil},
		{"an envelope line of an mbox", "From a@b.example Mon Mar  2 10:00:00 2026\nSubject: x\n\ny", "y", nil},
		{"a byte order mark", "\xef\xbb\xbfSubject: x\n\ny", "y", nil},
		{"two senders", "From: a@b.example\nFrom: c@d.example\n\ny", "y", []string{"doubled_field From"}},
		{"a date that is none", "Date: mañana\n\ny", "y", []string{"bad_date"}},
		{"control characters", "Subject: x\n\na\x00b\x07c\x1bd\r\ne", "abcd\ne", nil},
		{"an unknown charset", "Content-Type: text/plain; charset=klingon\n\nqapla", "qapla", []string{"bad_charset 1"}},
		{"bytes that don't fit the charset", "Content-Type: text/plain; charset=utf-8\n\nma\xf1ana", "mañana",
			[]string{"bad_charset 1"}},
		{"an unknown encoding", "Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x", "begin 644 x",
			[]string{"bad_encoding 1"}},
		{"quoted-printable with holes", "Content-Transfer-Encoding: quoted-printable\n\na=ZZb =3D c=", "a=ZZb = c",
			[]string{"bad_quoted 1"}},
		{"a multipart that has no part", "Content-Type: multipart/mixed; boundary=zz\n\nSolo texto.", "Solo texto.",
			[]string{"no_boundary"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := Read(strings.NewReader(test.raw))
			if got.Text != test.text {
				t.Errorf("text is %q, want %q", got.Text, test.text)
			}
			if len(got.Defects) < len(test.defects) || !cmp.Equal(got.Defects[:len(test.defects)], test.defects) ||
				len(test.defects) == 0 && len(got.Defects) > 0 {
				t.Errorf("defects are %q, want %q", got.Defects, test.defects)
			}
		})
	}
}

func TestReadTakesWhatArrivedBeforeTheSourceFailed(t *testing.T) {
	source := io.MultiReader(strings.NewReader("Subject: corte\n\nHasta aquí"), iotest.ErrReader(errors.New("cut")))
	got := Read(source)
	if got.Subject != "corte" || got.Text != "Hasta aquí" || !cmp.Equal(got.Defects, []string{"cut"}) {
		t.Errorf("got %q, %q, %q", got.Subject, got.Text, got.Defects)
	}
}

func TestReadKeepsItsLimits(t *testing.T) {
	manyParts := "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\nx\n", 3*maxParts) + "--b--"
	longText := "Subject: x\n\n" + strings.Repeat("ñandú ", maxText/3)
	manyFields := strings.Repeat("X-A: b\n", 2*maxFields) + "\nbody"
	tests := []struct {
		name, raw, defect string
	}{
		{"parts", manyParts, "too_many_parts"},
		{"text", longText, "text_cut 1"},
		{"fields", manyFields, "bad_header"},
		{"nesting", nested(maxNesting + 5), "too_deep 1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := Read(strings.NewReader(test.raw))
			if !contains(got.Defects, test.defect) {
				t.Errorf("defects are %q, want %q among them", got.Defects, test.defect)
			}
			if len(got.Text) > maxText {
				t.Errorf("text has %d bytes", len(got.Text))
			}
		})
	}
}

// nested is a message of multiparts within multiparts.
func nested(depth int) string {
	var raw strings.Builder
	for i := range depth {
		raw.WriteString("Content-Type: multipart/mixed; boundary=b" + strconv.Itoa(i) + "\n\n--b" + strconv.Itoa(i) + "\n")
	}
	raw.WriteString("\nfondo\n")
	for i := depth - 1; i >= 0; i-- {
		raw.WriteString("--b" + strconv.Itoa(i) + "--\n")
	}
	return raw.String()
}

func contains(list []string, want string) bool {
	for _, item := range list {
		if item == want {
			return true
		}
	}
	return false
}
