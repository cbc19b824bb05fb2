package sample

import (
	"slices"
	"strings"
	"sync"
	"time"

	"constancia/internal/i18n"
)

// Mail is a message as a server keeps it.
type Mail struct {
	// Raw is the message: RFC 5322 with CRLF.
	Raw          []byte
	InternalDate time.Time
	// InDispute says whether it belongs to the dispute. The others are what else lies in anybody's mailbox.
	InDispute bool
}

// Mailbox is the complainant's mailbox, by date: the twelve messages of the dispute among eight others. The bytes are
// shared: don't change them.
func Mailbox(language i18n.Language) []Mail { return mailboxes[wordsOf(language).language]() }

var mailboxes = func() map[i18n.Language]func() []Mail {
	byLanguage := map[i18n.Language]func() []Mail{}
	for _, language := range i18n.Languages() {
		byLanguage[language] = sync.OnceValue(func() []Mail { return writeMailbox(wordsOf(language)) })
	}
	return byLanguage
}()

func writeMailbox(w *words) []Mail {
	letters := slices.Concat(disputeMail, otherMail)
	slices.SortStableFunc(letters, func(a, b mail) int { return strings.Compare(a.at, b.at) })
	var mailbox []Mail
	for _, m := range letters {
		mailbox = append(mailbox, Mail{
			Raw: m.write(w), InternalDate: m.date().Add(4 * time.Second), InDispute: strings.HasPrefix(m.key, "mail-"),
		})
	}
	return mailbox
}

// mail is one message of the story; its words are under its key.
type mail struct {
	key      string
	at       string // wall time of the story
	from     mailbox
	to       mailbox
	copyHome bool // the complainant's own letters come back to her as a copy
	// thread are the keys of the messages before it, the one it answers last.
	thread    []string
	charset   charset // of the header; the body says its own
	automatic bool
	body      func(*words, mail) part
}

type mailbox struct{ name, address string }

var (
	elena      = mailbox{"Elena Martorell", address}
	orders     = mailbox{"Galerías Montalbeda", "pedidos@" + storeDomain}
	service    = mailbox{"Óscar Peñalver · Galerías Montalbeda", "atencion@" + storeDomain}
	invoicing  = mailbox{"Facturación Galerías Montalbeda", "facturacion@" + storeDomain}
	incidents  = mailbox{"Incidencias Galerías Montalbeda", "incidencias@" + storeDomain}
	storeRobot = mailbox{"Galerías Montalbeda", "noreply@" + storeDomain}
	notices    = mailbox{"Pasolargo Mensajería", "noreply@" + carrierDomain}
	chatDesk   = mailbox{"Noelia Trujillo · Pasolargo Mensajería", "atencion.chat@" + carrierDomain}
	claims     = mailbox{"Siniestros Norvela Seguros", "siniestros@" + insurerDomain}
)

// disputeMail are the twelve messages of the dispute. Between them they are written in every way that mail comes in.
var disputeMail = []mail{
	{
		key: "mail-01", at: "2026-03-10 11:41", from: orders, to: elena,
		charset: utf8, automatic: true, body: htmlAndPlain(storeLook, quotedPrintable),
	},
	{
		key: "mail-02", at: "2026-03-11 10:12", from: service, to: elena,
		charset: latin1, body: plainLatin1(quotedPrintable),
	},
	{
		key: "mail-03", at: "2026-03-13 08:05", from: invoicing, to: elena,
		charset: utf8, automatic: true, body: withInvoice,
	},
	{
		key: "mail-04", at: "2026-03-16 13:44", from: notices, to: elena,
		charset: latin1, automatic: true, body: htmlLatin1(carrierLook),
	},
	{
		key: "mail-05", at: "2026-03-18 10:52", from: incidents, to: elena,
		charset: utf8, body: htmlAndPlain(storeLook, quotedPrintable),
	},
	{
		key: "mail-06", at: "2026-04-09 14:02", from: elena, to: incidents,
		copyHome: true, thread: []string{"mail-05"}, charset: utf8, body: withPhoto,
	},
	{
		key: "mail-07", at: "2026-04-14 17:26", from: incidents, to: elena,
		thread: []string{"mail-05", "mail-06"}, charset: utf8, body: quotingReply,
	},
	{
		key: "mail-08", at: "2026-05-06 09:48", from: claims, to: elena,
		charset: utf8, body: withLogo,
	},
	{
		key: "mail-09", at: "2026-05-07 18:15", from: elena, to: claims,
		copyHome: true, thread: []string{"mail-08"}, charset: utf8, body: flowed(eightBit),
	},
	{
		key: "mail-10", at: "2026-05-21 17:32", from: chatDesk, to: elena,
		charset: latin1, body: plainLatin1(eightBit),
	},
	{
		key: "mail-11", at: "2026-07-29 22:12", from: storeRobot, to: elena,
		charset: utf8, automatic: true, body: htmlOnly(storeLook),
	},
	{
		key: "mail-12", at: "2026-08-07 09:15", from: incidents, to: elena,
		thread: []string{"mail-05", "mail-06", "mail-07"}, charset: utf8, body: htmlAndPlain(storeLook, base64Lines),
	},
}

// otherMail is what else came in those months. No search for the companies may bring it.
var otherMail = []mail{
	{
		key: "other-01", at: "2026-03-12 09:30", from: mailbox{"Clínica Dental Boscany", "agenda@boscany.example"}, to: elena,
		charset: utf8, automatic: true, body: plain(quotedPrintable),
	},
	{
		key: "other-02", at: "2026-03-23 12:05", from: mailbox{"La Garza Azul", "hola@garzaazul.example"}, to: elena,
		charset: utf8, body: plain(quotedPrintable),
	},
	{
		key: "other-03", at: "2026-03-25 21:40", from: mailbox{"Anna Martorell", "anna.martorell@buzon.example"}, to: elena,
		charset: utf8, body: flowed(quotedPrintable),
	},
	{
		key: "other-04", at: "2026-05-04 07:15", from: mailbox{"Fanal Energía", "facturas@fanal.example"}, to: elena,
		charset: utf8, automatic: true, body: htmlAndPlain(plainLook, quotedPrintable),
	},
	{
		key: "other-05", at: "2026-05-12 20:18", from: mailbox{"Escala Oronetes 12", "presidencia@escala12.example"}, to: elena,
		charset: latin1, body: plainLatin1(quotedPrintable),
	},
	{
		key: "other-06", at: "2026-04-16 08:00", from: mailbox{"La Cullera d'Olivera", "receptes@cullera.example"}, to: elena,
		charset: utf8, automatic: true, body: htmlOnly(plainLook),
	},
	{
		key: "other-07", at: "2026-05-18 06:30", from: mailbox{"Biblioteca de Llevant", "avisos@bibliollevant.example"}, to: elena,
		charset: utf8, automatic: true, body: plain(base64Lines),
	},
	{
		key: "other-08", at: "2026-06-11 18:22", from: mailbox{"Esplai Els Teixons", "esplai@elsteixons.example"}, to: elena,
		charset: utf8, body: plain(quotedPrintable),
	},
}

func (m mail) date() time.Time { return instant(m.at).Add(17 * time.Second) }

// messageOf is the message of a key of the story.
func messageOf(key string) mail {
	all := slices.Concat(disputeMail, otherMail)
	return all[slices.IndexFunc(all, func(m mail) bool { return m.key == key })]
}

// messageID is made of the key, so that a thread can be told before its messages are written.
func messageID(key string) string {
	m := messageOf(key)
	_, domain, _ := strings.Cut(m.from.address, "@")
	return "<" + m.date().UTC().Format("20060102150405") + "." + key + "@" + domain + ">"
}

// write makes the message: header fields as a delivered message has them, then the body.
func (m mail) write(w *words) []byte {
	var h header
	_, domain, _ := strings.Cut(m.from.address, "@")
	if !m.copyHome {
		h.add("Return-Path", "<"+m.from.address+">")
		h.add("Received", "from mx."+domain+" (mx."+domain+" [192.0.2.25]) by mail.buzon.example with ESMTPS id "+
			strings.ToUpper(strings.ReplaceAll(m.key, "-", ""))+"; "+m.date().Add(3*time.Second).Format(time.RFC1123Z))
	}
	h.add("Date", m.date().Format(time.RFC1123Z))
	h.add("From", m.charset.mailbox(m.from))
	h.add("To", m.charset.mailbox(m.to))
	if m.copyHome {
		h.add("Cc", m.charset.mailbox(m.from))
	}
	h.add("Subject", m.charset.words(w.text(m.key+".subject")))
	h.add("Message-ID", messageID(m.key))
	var before []string
	for _, key := range m.thread {
		before = append(before, messageID(key))
	}
	if len(before) > 0 {
		h.add("In-Reply-To", before[len(before)-1])
		h.add("References", strings.Join(before, " "))
	}
	if m.automatic {
		h.add("Auto-Submitted", "auto-generated")
	}
	h.add("MIME-Version", "1.0")
	body := m.body(w, m)
	return slices.Concat(h.bytes(), body.header.bytes(), []byte("\r\n"), body.content)
}
