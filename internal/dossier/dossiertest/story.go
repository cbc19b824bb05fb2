// Package dossiertest holds a dispute to compile and lay out in tests: a parcel lost between a shop, a carrier and an
// insurer, with everything a dossier can show. All companies and people are invented.
package dossiertest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"slices"
	"sync"
	"time"

	"constancia/internal/casefile"
)

// Now is the day on which the story's dossier is made.
var Now = time.Date(2026, 7, 21, 16, 5, 0, 0, time.UTC)

// Zone is where the story happens.
const Zone = "Europe/Madrid"

// Story is a case file with the contents of its files.
type Story struct {
	File  casefile.CaseFile
	bytes map[string][]byte
}

// Open gives the contents of a file.
func (s *Story) Open(sha256 string) (io.ReadCloser, error) {
	data, ok := s.bytes[sha256]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}

// Empty is a case of which nothing is recorded but its title.
func Empty() *Story {
	return &Story{File: casefile.CaseFile{
		Case:  casefile.Case{ID: "0197b2c0-1111-7000-8000-0000003fa9c1", Title: "Paquete sin entregar", Zone: Zone},
		Entry: casefile.Entry{RecordedAt: Now},
	}, bytes: map[string][]byte{}}
}

var calls = []struct {
	company, person, position, summary, verbatim string
	hold, transfers                              int64
	failures                                     []casefile.Failure
	supervisor                                   casefile.Supervisor
}{
	{"shop", "Nuria Peralta", "atención al cliente", "Pregunto por el abrigo, que debía llegar ayer. Dice que el transportista lo marca como entregado a las 11:40, hora a la que yo estaba en casa y no llamó nadie. Abre una incidencia.", "No se preocupe, en 48 horas lo tiene en su casa.", 760, 1, []casefile.Failure{"not_delivered", "long_wait"}, ""},
	{"carrier", "Iván Rueda", "agente 4471", "El transportista dice que solo puede reclamar el remitente y que vuelva a llamar a la tienda.", "", 1320, 0, []casefile.Failure{"deflected", "long_wait"}, ""},
	{"shop", "Marta Sanjuán", "atención al cliente", "La incidencia no aparece. Hay que contarlo todo otra vez. Abre una segunda y me da un número.", "", 940, 2, []casefile.Failure{"repeat_story", "dead_ticket"}, ""},
	{"shop", "", "agente", "No quiere dar su nombre «por protección de datos». Dice que el plazo de investigación es de diez días laborables.", "Es política de la empresa.", 1810, 0, []casefile.Failure{"policy_wall"}, casefile.SupervisorRefused},
	{"carrier", "Sergio Lanuza", "delegación de Zaragoza", "Reconoce que la firma del albarán no es la mía y que el repartidor dejó el paquete en otro portal.", "Esa firma no es de nadie de su casa, eso está claro.", 420, 1, []casefile.Failure{casefile.Helped}, casefile.SupervisorPutOn},
	{"shop", "Elena Costa", "supervisora", "Con el nombre del delegado del transportista, la tienda acepta tramitar el reembolso. Lo anuncia para el viernes.", "El viernes como muy tarde tiene el dinero en su cuenta.", 2280, 3, []casefile.Failure{"transfer_chain"}, casefile.SupervisorPutOn},
	{"insurer", "Tomás Villar", "siniestros", "La aseguradora dice que la tienda no ha dado parte y que sin parte no hay expediente.", "", 300, 0, []casefile.Failure{"no_owner"}, ""},
	{"shop", "Rocío Beltrán", "atención al cliente", "No consta ningún reembolso. La supervisora «está de vacaciones» y nadie más puede autorizarlo.", "", 2640, 1, []casefile.Failure{"promise_broken", "no_authority"}, casefile.SupervisorNobodyCame},
	{"shop", "Pilar Ansón", "posventa", "Ofrece un vale de 50 euros por las molestias si se cierra la incidencia. No lo acepto: el abrigo costó 438,20 euros.", "", 600, 0, []casefile.Failure{"slow_remedy"}, ""},
	{"insurer", "Jordi Mas", "siniestros", "Ya hay parte. Falta la factura, que la tienda debía mandar hace dos semanas.", "", 180, 0, []casefile.Failure{"stalled"}, ""},
}

var promised = []string{
	"Lo recibe en 48 horas en su casa.", "Le llamo mañana antes de las dos con una respuesta.",
	"El reembolso sale el viernes, como muy tarde.", "Mandamos la factura a la aseguradora hoy mismo.",
	"Un supervisor le devuelve la llamada esta tarde.", "Le confirmo por correo el número de la incidencia.",
	"Reclamamos el albarán firmado al transportista.",
}

// New tells the story with rounds times ten calls; 2 is its usual length.
func New(rounds int) *Story {
	s := Empty()
	f := &s.File
	f.Case.Title = "Abrigo pagado y no entregado: cuatro meses sin reembolso"
	f.Case.Summary = "Compré un abrigo en la web de Galerías Morrow el 2 de marzo y lo pagué con tarjeta. El transportista lo dio por entregado con una firma que no es mía. Desde entonces la tienda, el transportista y la aseguradora se remiten unos a otros, y nadie devuelve el dinero."
	f.Case.StillConcerned = "El reembolso se anunció tres veces y no ha llegado. La tienda sostiene que depende de la aseguradora; la aseguradora, que depende de la tienda."
	f.Case.Outcome = []string{"Devolución íntegra de los 438,20 euros.", "Copia del albarán firmado y de las grabaciones de las llamadas.", "Una disculpa por escrito."}
	f.Case.AnswerBy = &casefile.Due{Date: "2026-08-04", Zone: Zone}
	f.Case.Claimed = &casefile.Money{Minor: 43820, Currency: "EUR"}
	f.Case.Complainant = casefile.Complainant{Name: "Clara Vidal Roca", Email: "clara.vidal@correo.example", Phone: "+34 600 000 000", Address: "Calle de la Acequia 12, 3.º B\n50003 Zaragoza"}
	for i, party := range []casefile.Party{
		{ID: "shop", Name: "Galerías Morrow", Role: casefile.Seller, Domains: []string{"morrow.example"}, References: []casefile.Reference{{Label: "Pedido", Number: "GM-2026-118840"}, {Label: "Incidencia", Number: "INC-77120"}}},
		{ID: "carrier", Name: "Transportes Veloz", Role: casefile.Carrier, Domains: []string{"veloz.example"}, References: []casefile.Reference{{Label: "Envío", Number: "VZ 9920 4471 ES"}}},
		{ID: "insurer", Name: "Seguros Almena", Role: casefile.Insurer, Domains: []string{"almena.example"}},
	} {
		f.Parties = append(f.Parties, casefile.Recorded[casefile.Party]{Value: party, Entry: s.entry(i, Now)})
	}
	day := time.Date(2026, 3, 5, 10, 5, 0, 0, time.UTC)
	for i := range rounds * len(calls) {
		s.call(i, day)
		day = day.AddDate(0, 0, 4+i%5).Add(time.Duration(i%4) * 47 * time.Minute)
		if day.After(Now) {
			day = Now.AddDate(0, 0, -1)
		}
	}
	s.others()
	s.connections()
	slices.SortStableFunc(f.Contacts, func(a, b casefile.Recorded[casefile.Contact]) int {
		return a.Value.OccurredAt.Earliest().Compare(b.Value.OccurredAt.Earliest())
	})
	s.messages()
	s.evidence()
	s.withdrawn()
	return s
}

// withdrawn takes back a contact late, one that a time stamp had covered, and a slip; and erases an exhibit.
func (s *Story) withdrawn() {
	add := func(id, kind string, recorded, at time.Time, one casefile.Withdrawal) {
		one.EntryID, one.Kind, one.Entry, one.At, one.By = id, kind, s.entry(90, recorded), at, "withdrawal"
		s.File.Withdrawn = append(s.File.Withdrawn, one)
	}
	day := time.Date(2026, 4, 2, 9, 30, 0, 0, time.UTC)
	add("contact-twice", "contact", day, day.AddDate(0, 0, 1), casefile.Withdrawal{Reason: "La llamada estaba anotada dos veces."})
	add("contact-other", "contact", day, day.Add(5*time.Minute), casefile.Withdrawal{AfterSeal: true})
	add("contact-slip", "contact", day, day.Add(time.Minute), casefile.Withdrawal{})
	add("evidence-gone", "evidence", day, day.AddDate(0, 1, 0), casefile.Withdrawal{Erased: true, Reason: "Se ve a una vecina."})
	s.File.Exhibits = append(s.File.Exhibits, casefile.Recorded[casefile.Exhibit]{Value: casefile.Exhibit{
		ID: "exhibit-gone", EvidenceID: "evidence-gone", Label: fmt.Sprintf("A-%d", len(s.File.Exhibits)+1)}})
}

func (s *Story) entry(i int, at time.Time) casefile.Entry {
	return casefile.Entry{RecordedAt: at, LogID: "case", Sequence: int64(i), Leaf: fmt.Sprintf("%064x", i)}
}

func (s *Story) when(at time.Time) casefile.When {
	when, err := casefile.WhenOfInstant(at, Zone)
	if err != nil {
		panic(err)
	}
	return when
}

func (s *Story) call(i int, at time.Time) {
	c := calls[i%len(calls)]
	hold := c.hold + int64(i)*13
	contact := casefile.Contact{
		ID: fmt.Sprintf("contact-%d", i), PartyID: c.company, OccurredAt: s.when(at), Direction: casefile.Outgoing,
		Channel: casefile.Phone, HoldSeconds: &hold, Transfers: c.transfers, Summary: c.summary, Verbatim: c.verbatim,
		Failures: c.failures, Supervisor: c.supervisor, Basis: casefile.Note, Number: "900 000 118",
	}
	if c.person != "" || i < len(calls) {
		person := casefile.Person{ID: fmt.Sprintf("person-%d", i%len(calls)), PartyID: c.company, Name: c.person, Refused: c.person == "", Position: c.position}
		if i < len(calls) {
			s.File.People = append(s.File.People, casefile.Recorded[casefile.Person]{Value: person, Entry: s.entry(i, at)})
		}
		contact.PersonIDs = []string{person.ID}
	}
	if i%len(calls) == 8 {
		contact.Remedy = &casefile.Remedy{Kind: "gesture", Answer: casefile.Declined, Reason: "El abrigo costó 438,20 euros y el vale obliga a renunciar a la reclamación.", Amount: &casefile.Money{Minor: 5000, Currency: "EUR"}}
	}
	recorded := at.Add(20 * time.Minute)
	if i%5 == 3 {
		recorded, contact.Basis = at.Add(5*time.Hour), casefile.PhoneLog
	}
	if i%7 == 6 {
		recorded, contact.Basis = at.AddDate(0, 0, 3), casefile.Memory
	}
	entry := s.entry(i, recorded)
	if i == 4 {
		entry.Corrections = []casefile.Correction{{ID: "correction", Target: contact.ID, Fields: map[string]any{"hold_seconds": 420}, RecordedAt: recorded.AddDate(0, 0, 2), LogID: "case", Reason: "La espera fue de 7 minutos, según el registro del teléfono."}}
	}
	s.File.Contacts = append(s.File.Contacts, casefile.Recorded[casefile.Contact]{Value: contact, Entry: entry})
	if i%3 != 1 {
		s.promise(i, contact, at)
	}
}

func (s *Story) promise(i int, contact casefile.Contact, at time.Time) {
	promise := casefile.Promise{ID: fmt.Sprintf("promise-%d", i), PartyID: contact.PartyID, ContactID: contact.ID,
		What: promised[i%len(promised)], MadeAt: contact.OccurredAt}
	if len(contact.PersonIDs) > 0 {
		promise.PersonID = contact.PersonIDs[0]
	}
	if i%6 != 5 {
		promise.Due = &casefile.Due{Date: at.AddDate(0, 0, 2+i%9).Format(time.DateOnly), Zone: Zone}
	}
	if n := len(s.File.Promises); i%6 == 0 && n > 2 {
		promise.RepeatsID = s.File.Promises[n-2].Value.ID
	}
	s.File.Promises = append(s.File.Promises, casefile.Recorded[casefile.Promise]{Value: promise, Entry: s.entry(i, at)})
	settle := map[int]casefile.Outcome{0: casefile.Broken, 2: casefile.Kept, 3: casefile.KeptLate, 5: casefile.Broken, 6: casefile.Broken, 9: casefile.Withdrawn}
	if outcome, ok := settle[i%10]; ok && i < 12 {
		s.File.Settlements = append(s.File.Settlements, casefile.Recorded[casefile.Settlement]{Value: casefile.Settlement{
			ID: fmt.Sprintf("settlement-%d", i), PromiseID: promise.ID, Outcome: outcome,
			On: &casefile.Due{Date: at.AddDate(0, 0, 12).Format(time.DateOnly), Zone: Zone}, ShownBy: []string{"message-1", "evidence-2"},
			Note: "No llegó ni el paquete ni el dinero.",
		}})
	}
}

// others adds contacts of other channels, less exactly known.
func (s *Story) others() {
	add := func(id string, channel casefile.Channel, direction casefile.Direction, wall, zone string, precision casefile.Precision, summary string) {
		when, err := casefile.ParseWhen(wall, zone, precision, "")
		if err != nil {
			panic(err)
		}
		s.File.Contacts = append(s.File.Contacts, casefile.Recorded[casefile.Contact]{
			Value: casefile.Contact{ID: id, PartyID: "shop", OccurredAt: when, Direction: direction, Channel: channel, Summary: summary, Basis: casefile.CompanyDocument},
			Entry: s.entry(99, when.Earliest().Add(30*time.Hour))})
	}
	add("chat-1", casefile.Chat, casefile.Outgoing, "2026-03-18", Zone, "", "Chat de la web: un asistente automático responde tres veces con el mismo enlace a las preguntas frecuentes.")
	add("visit-1", casefile.InPerson, casefile.Outgoing, "2026-04-11T12", Zone, "", "Visita a la tienda del centro. El encargado mira el pedido y dice que «las compras de la web no son cosa nuestra».")
	add("letter-1", casefile.Letter, casefile.Incoming, "2026-07-02", Zone, "", "Carta del departamento de posventa: la reclamación «sigue su curso» y se resolverá «a la mayor brevedad».")
}

func (s *Story) messages() {
	for i, m := range []struct{ subject, from, name, at, text string }{
		{"Confirmación de su pedido GM-2026-118840", "pedidos@morrow.example", "Galerías Morrow", "2026-03-02T18:31:00+01:00", "Estimada Clara:\n\nGracias por su compra. Su pedido GM-2026-118840 se entregará entre el 4 y el 5 de marzo en la dirección indicada.\n\n  Abrigo de lana, talla M   438,20 €\n  Gastos de envío             0,00 €\n\nAtentamente,\nGalerías Morrow"},
		{"Re: Incidencia INC-77120: paquete no recibido", "clara.vidal@correo.example", "Clara Vidal", "2026-03-20T09:12:00+01:00", "Buenos días:\n\nAdjunto la foto del albarán. La firma no es mía ni de nadie de mi casa. Solicito el reembolso.\n\nUn saludo,\nClara Vidal\n\nEl 19 mar 2026, a las 17:40, Posventa escribió:\n> Estimada clienta:\n>\n> El transportista nos confirma que su pedido fue entregado y firmado. Rogamos compruebe con sus vecinos.\n>\n>> El 18 mar 2026, Clara Vidal escribió:\n>> Sigo sin recibir el paquete. ¿Pueden decirme quién firmó?\n>\n> Reciba un cordial saludo."},
		{"Su reembolso está en trámite", "posventa@morrow.example", "Posventa Galerías Morrow", "2026-05-14T11:05:00+02:00", "Estimada clienta:\n\nLe informamos de que su reembolso está en trámite y que recibirá el importe en los próximos días.\n\nRogamos disculpe las molestias ocasionadas."},
		{"Siniestro 2026/5521: falta documentación", "siniestros@almena.example", "Seguros Almena", "2026-06-30T08:47:00+02:00", "Muy señora nuestra:\n\nPara continuar con la tramitación necesitamos la factura de compra, que debe remitir el vendedor. Sin ella el expediente se archivará el 31 de julio.\n\nSeguros Almena"},
	} {
		data := []byte("From: " + m.from + "\r\nSubject: " + m.subject + "\r\n\r\n" + m.text)
		view := casefile.MessageView{
			Message: casefile.Message{ID: fmt.Sprintf("message-%d", i), SHA256: s.keep(data), Size: int64(len(data)),
				Source: casefile.MessageSource{Kind: "imap", Host: "imap.correo.example", Mailbox: "Reclamaciones", UID: int64(40 + i)}},
			Reading: casefile.Reading{MessageID: fmt.Sprintf("<2026%04d.118840@morrow.example>", i), Subject: m.subject, Date: m.at, Text: m.text,
				From: []casefile.Mailbox{{Name: m.name, Address: m.from}}, To: []casefile.Mailbox{{Name: "Clara Vidal", Address: "clara.vidal@correo.example"}}},
		}
		if i == 1 {
			view.Reading.To = []casefile.Mailbox{{Name: "Posventa", Address: "posventa@morrow.example"}}
			view.Reading.Attachments = []casefile.Attachment{{Part: "2", FileName: "albaran.jpg", MediaType: "image/jpeg"}}
		}
		s.File.Messages = append(s.File.Messages, casefile.Recorded[casefile.MessageView]{Value: view, Entry: s.entry(i, Now)})
	}
}

func (s *Story) evidence() {
	add := func(name, mediaType, shows, contact, message, part string, data []byte) {
		i := len(s.File.Evidence)
		id := fmt.Sprintf("evidence-%d", i)
		s.File.Evidence = append(s.File.Evidence, casefile.Recorded[casefile.Evidence]{Value: casefile.Evidence{
			ID: id, FileName: name, MediaType: mediaType, SHA256: s.keep(data), Size: int64(len(data)), Shows: shows, ContactID: contact, MessageID: message, Attachment: part}})
		s.File.Exhibits = append(s.File.Exhibits, casefile.Recorded[casefile.Exhibit]{Value: casefile.Exhibit{ID: "exhibit", EvidenceID: id, Label: fmt.Sprintf("A-%d", i+1)}})
	}
	add("captura-seguimiento.png", "image/png", "Página de seguimiento: «Entregado, 11:40», la mañana en que no llamó nadie", "contact-0", "", "", PNG(600, 310))
	add("albaran.jpg", "image/jpeg", "Albarán con una firma que no es de la casa", "", "message-1", "2", JPEG(450, 600))
	add("factura-118840.pdf", "application/pdf", "Factura de compra del abrigo", "contact-9", "", "", []byte("%PDF-1.4 not shown"))
	add("extracto.png", "image/png", "Extracto de la tarjeta: cargo de 438,20 € y ningún abono", "contact-7", "", "", PNG(500, 210))
	add("carta-posventa.jpg", "image/jpeg", "Carta de posventa del 2 de julio", "letter-1", "", "", JPEG(496, 702))
}

// Add keeps a file's contents and makes it an exhibit.
func (s *Story) Add(name, mediaType, shows string, data []byte) {
	i := len(s.File.Evidence)
	id := fmt.Sprintf("evidence-%d", i)
	s.File.Evidence = append(s.File.Evidence, casefile.Recorded[casefile.Evidence]{Value: casefile.Evidence{
		ID: id, FileName: name, MediaType: mediaType, SHA256: s.keep(data), Size: int64(len(data)), Shows: shows}})
	s.File.Exhibits = append(s.File.Exhibits, casefile.Recorded[casefile.Exhibit]{Value: casefile.Exhibit{EvidenceID: id, Label: fmt.Sprintf("A-%d", len(s.File.Exhibits)+1)}})
}

func (s *Story) keep(data []byte) string {
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:])
	s.bytes[hash] = data
	return hash
}

// drawn keeps the pictures, which take longer to draw than all the rest.
var drawn sync.Map

// PNG draws a picture that looks like a page of a website.
func PNG(width, height int) []byte {
	return once([3]int{width, height, 0}, func() []byte { return drawPNG(width, height) })
}

// JPEG draws a picture that looks like a photographed sheet.
func JPEG(width, height int) []byte {
	return once([3]int{width, height, 1}, func() []byte { return drawJPEG(width, height) })
}

// once gives a copy of a picture that is drawn once.
func once(key [3]int, draw func() []byte) []byte {
	data, ok := drawn.Load(key)
	if !ok {
		data, _ = drawn.LoadOrStore(key, draw())
	}
	return bytes.Clone(data.([]byte))
}

func drawPNG(width, height int) []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, page(width, height)); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func drawJPEG(width, height int) []byte {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, page(width, height), &jpeg.Options{Quality: 80}); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func page(width, height int) *image.RGBA {
	sheet := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.RGBA{0xfb, 0xfa, 0xf6, 0xff}
			switch {
			case y < height/12:
				c = color.RGBA{0x2f, 0x5d, 0x50, 0xff}
			case (y/14)%3 == 1 && x > width/12 && x < width-width/12-(y*7)%(width/4):
				c = color.RGBA{0xb9, 0xbd, 0xc2, 0xff}
			}
			sheet.SetRGBA(x, y, c)
		}
	}
	return sheet
}
