package sample

import (
	"bytes"
	"mime"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"

	"github.com/jhillyerd/enmime/v2"

	"constancia/internal/i18n"
	"constancia/internal/mail/message"
)

func TestTheMailboxHasTwelveMessagesOfTheDisputeAmongOthersByDate(t *testing.T) {
	for _, language := range i18n.Languages() {
		mailbox := Mailbox(language)
		ours := 0
		for i, letter := range mailbox {
			if letter.InDispute {
				ours++
			}
			if i > 0 && letter.InternalDate.Before(mailbox[i-1].InternalDate) {
				t.Errorf("%s: message %d came before the one above it", language, i+1)
			}
		}
		if ours != 12 || len(mailbox) != 20 {
			t.Errorf("%s: %d of %d messages are of the dispute, want 12 of 20", language, ours, len(mailbox))
		}
	}
}

func TestASearchForTheCompaniesFindsTheDisputeAndNothingElse(t *testing.T) {
	for _, language := range i18n.Languages() {
		for _, letter := range Mailbox(language) {
			head := readHead(t, letter.Raw)
			addresses := head.Get("From") + head.Get("To") + head.Get("Cc")
			found := slices.ContainsFunc([]string{storeDomain, carrierDomain, insurerDomain}, func(domain string) bool {
				return strings.Contains(addresses, domain)
			})
			if found != letter.InDispute {
				t.Errorf("%s: %q is found: %v", language, head.Get("Subject"), found)
			}
		}
	}
}

func TestEveryMessageIsWellFormed(t *testing.T) {
	for _, language := range i18n.Languages() {
		for _, letter := range Mailbox(language) {
			head := readHead(t, letter.Raw)
			for _, field := range []string{"Date", "From", "To", "Subject", "Message-Id", "Mime-Version", "Content-Type"} {
				if head.Get(field) == "" {
					t.Errorf("%s: %q has no %s", language, head.Get("Subject"), field)
				}
			}
			for line := range bytes.SplitSeq(letter.Raw, []byte("\r\n")) {
				if bytes.ContainsAny(line, "\r\n") || len(line) > 998 {
					t.Errorf("%s: %q has a line of %d bytes or a bare line end", language, head.Get("Subject"), len(line))
				}
			}
			head8bit, _, _ := bytes.Cut(letter.Raw, []byte("\r\n\r\n"))
			for line := range bytes.SplitSeq(head8bit, []byte("\r\n")) {
				if len(line) > 78 || bytes.ContainsFunc(line, func(r rune) bool { return r > 126 }) {
					t.Errorf("%s: the header line %q is too long or not ASCII", language, line)
				}
			}
		}
	}
}

// Two readers that know nothing of each other read the same texts.
func TestEveryMessageReadsAsItWasMeant(t *testing.T) {
	parser := enmime.NewParser(enmime.DisableCharacterDetection(true)) // it would rather guess than believe
	for _, language := range i18n.Languages() {
		w := wordsOf(language)
		for _, m := range slices.Concat(disputeMail, otherMail) {
			raw := m.write(w)
			reading := message.Read(bytes.NewReader(raw))
			if len(reading.Defects) > 0 {
				t.Errorf("%s %s has defects: %v", language, m.key, reading.Defects)
			}
			if want := w.text(m.key + ".subject"); reading.Subject != want {
				t.Errorf("%s %s has the subject %q, want %q", language, m.key, reading.Subject, want)
			}
			if len(reading.From) != 1 || reading.From[0].Name != m.from.name || reading.From[0].Address != m.from.address {
				t.Errorf("%s %s is from %v, want %v", language, m.key, reading.From, m.from)
			}
			envelope, err := parser.ReadEnvelope(bytes.NewReader(raw))
			if err != nil {
				t.Errorf("%s %s: %v", language, m.key, err)
				continue
			}
			for _, problem := range envelope.Errors {
				if problem.Name != enmime.ErrorPlainTextFromHTML {
					t.Errorf("%s %s: %v", language, m.key, problem)
				}
			}
			last := lastLine(w.text(m.key + ".body"))
			for reader, text := range map[string]string{"constancia": reading.Text, "enmime": envelope.Text} {
				if !strings.Contains(text, last) {
					t.Errorf("%s %s as %s reads it lacks %q:\n%s", language, m.key, reader, last, text)
				}
			}
		}
	}
}

func TestTheMessagesComeInEveryFormThatMailHas(t *testing.T) {
	raw := map[string]string{}
	for _, m := range disputeMail {
		raw[m.key] = string(m.write(wordsOf(i18n.Spanish)))
	}
	for key, forms := range map[string][]string{
		"mail-01": {"multipart/alternative", "quoted-printable", "text/html", "<th"},
		"mail-02": {"text/plain; charset=iso-8859-1", "quoted-printable", "=?iso-8859-1?q?"},
		"mail-03": {"multipart/mixed", "application/pdf", "Content-Transfer-Encoding: base64", "=?utf-8?b?"},
		"mail-04": {"text/html; charset=iso-8859-1", "Auto-Submitted", "<th"},
		"mail-06": {"multipart/mixed", "format=flowed", "image/jpeg", "In-Reply-To:"},
		"mail-07": {"text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "References:"},
		"mail-08": {"multipart/related", "Content-ID: <logo@norvela.example>", "cid:logo@norvela.example"},
		"mail-09": {"format=flowed", "Content-Transfer-Encoding: 8bit"},
		"mail-10": {"iso-8859-1", "Content-Transfer-Encoding: 8bit", "\xe9"},
		"mail-12": {"multipart/alternative", "Content-Transfer-Encoding: base64", "References:"},
	} {
		for _, form := range forms {
			if !strings.Contains(raw[key], form) {
				t.Errorf("%s lacks %s", key, form)
			}
		}
	}
}

func TestRepliesNameTheMessagesTheyAnswer(t *testing.T) {
	known := map[string]bool{}
	for _, letter := range Mailbox(i18n.English) {
		head := readHead(t, letter.Raw)
		for _, id := range strings.Fields(head.Get("References")) {
			if !known[id] {
				t.Errorf("%q answers %s, which is not there before it", head.Get("Subject"), id)
			}
		}
		if answered := head.Get("In-Reply-To"); answered != "" && !strings.HasSuffix(head.Get("References"), answered) {
			t.Errorf("%q answers %s, and its thread ends elsewhere", head.Get("Subject"), answered)
		}
		known[head.Get("Message-Id")] = true
	}
	if len(known) != 20 {
		t.Errorf("%d message ids, want 20", len(known))
	}
}

func TestAttachmentsComeOutAsTheyWentIn(t *testing.T) {
	w := wordsOf(i18n.Catalan)
	for key, want := range map[string][]byte{"mail-03": invoice(w), "mail-06": hallPhoto, "mail-08": insurerLogo()} {
		m := disputeMail[slices.IndexFunc(disputeMail, func(m mail) bool { return m.key == key })]
		reading := message.Read(bytes.NewReader(m.write(w)))
		if len(reading.Attachments) != 1 || !bytes.Equal(reading.Attachments[0].Content, want) {
			t.Errorf("%s has %d attachments, or another content", key, len(reading.Attachments))
			continue
		}
		if inline := reading.Attachments[0].Inline; inline != (key == "mail-08") {
			t.Errorf("%s has its attachment inline: %v", key, inline)
		}
	}
}

func readHead(t *testing.T, raw []byte) netmail.Header {
	t.Helper()
	read, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := read.Header.Date(); err != nil {
		t.Errorf("the date %q: %v", read.Header.Get("Date"), err)
	}
	if _, _, err := mime.ParseMediaType(read.Header.Get("Content-Type")); err != nil {
		t.Errorf("the type %q: %v", read.Header.Get("Content-Type"), err)
	}
	return read.Header
}

func lastLine(text string) string { return text[strings.LastIndexByte(text, '\n')+1:] }
