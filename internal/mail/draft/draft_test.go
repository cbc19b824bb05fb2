package draft

import (
	"bytes"
	"errors"
	"io"
	"net/mail"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casefile"
	"constancia/internal/mail/message"
	"constancia/internal/problem"
)

func sample() Draft {
	return Draft{
		From:      casefile.Mailbox{Name: "Begoña Ibáñez", Address: "begona@correo.example"},
		To:        []casefile.Mailbox{{Name: "Dirección", Address: "direccion@almacenesrivera.example"}},
		Subject:   "Reclamación por el pedido A-20931: cinco meses sin solución y ninguna de las promesas cumplida",
		Text:      "Estimados señores:\n\nAdjunto el expediente.\nFrom aquí no cambia nada.\n.\n\nBegoña Ibáñez",
		Date:      time.Date(2026, 7, 30, 18, 5, 0, 0, time.FixedZone("", -6*3600)),
		MessageID: "0198-dossier@constancia.example",
		Attachment: Attachment{FileName: "Expediente · Ibáñez ¿y ahora?.pdf", MediaType: "application/pdf",
			Body: strings.NewReader("%PDF-1.7\x00\x01 expediente")},
	}
}

func write(t *testing.T, d Draft) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, d); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWriteIsReadBackAsItWasMeant(t *testing.T) {
	raw := write(t, sample())
	got := message.Read(bytes.NewReader(raw))
	want := casefile.Reading{
		Reader:    message.Reader,
		MessageID: "0198-dossier@constancia.example",
		From:      []casefile.Mailbox{sample().From},
		To:        sample().To,
		Subject:   sample().Subject,
		Date:      "2026-07-30T18:05:00-06:00",
		Text:      sample().Text,
		Attachments: []casefile.Attachment{{Part: "2", FileName: "Expediente · Ibáñez ¿y ahora_.pdf",
			MediaType: "application/pdf", Size: 21, Content: []byte("%PDF-1.7\x00\x01 expediente")}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("read back (-want +got):\n%s\n%s", diff, raw)
	}
}

func TestWriteMakesLinesThatTravel(t *testing.T) {
	d := sample()
	d.Subject = strings.Repeat("Reclamación por el pedido ", 100)
	d.Attachment.FileName = strings.Repeat("expediente y años ", 100) + ".pdf"
	for range 200 {
		d.To = append(d.To, d.To[0])
	}
	for _, line := range bytes.SplitAfter(write(t, d), []byte("\n")) {
		if len(line) > 0 && !bytes.HasSuffix(line, []byte("\r\n")) {
			t.Errorf("line does not end with CRLF: %q", line)
		}
		if len(line) > 998+len("\r\n") {
			t.Errorf("line has %d bytes", len(line))
		}
		if i := bytes.IndexFunc(line, func(c rune) bool { return c > 0x7e }); i >= 0 {
			t.Errorf("line is not ASCII: %q", line)
		}
	}
}

func TestOnlyAFileIsMarkedAsUnsent(t *testing.T) {
	inMailbox, saved := sample(), sample()
	saved.Unsent = true
	if bytes.Contains(write(t, inMailbox), []byte("X-Unsent")) {
		t.Error("the message for the mailbox is marked")
	}
	if !bytes.Contains(write(t, saved), []byte("\r\nX-Unsent: 1\r\n")) {
		t.Error("the message for a file is not marked")
	}
}

func TestFieldsCanNotMakeOtherFields(t *testing.T) {
	evil := "x\r\nBcc: espia@mal.example\r\n\r\n<script>\n\rBcc: otro@mal.example\x00\u2028"
	d := sample()
	d.Subject, d.MessageID = evil, evil
	d.From.Name, d.To[0].Name = evil, evil
	d.Attachment.FileName, d.Attachment.MediaType = evil, evil
	parsed, err := mail.ReadMessage(bytes.NewReader(write(t, d)))
	if err != nil {
		t.Fatal(err)
	}
	if got := parsed.Header.Get("Bcc"); got != "" {
		t.Errorf("Bcc is %q", got)
	}
	body, err := io.ReadAll(parsed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(body, []byte("\nBcc:")) {
		t.Errorf("a part has the field Bcc:\n%s", body)
	}
}

func TestWriteRefusesWhatIsNoAddress(t *testing.T) {
	for _, address := range []string{"", "nadie", "a@b.example, c@d.example", "<a@b.example>", "a@b.example\r\nBcc: c@d.example"} {
		d := sample()
		d.To[0].Address = address
		err := Write(io.Discard, d)
		if got := problem.From(err); got.Code != problem.NotAnAddress || got.Values["field"] != "to" {
			t.Errorf("address %q: %v", address, err)
		}
	}
}

func TestWriteTellsWhenTheAttachmentCanNotBeRead(t *testing.T) {
	broken := errors.New("disk on fire")
	d := sample()
	d.Attachment.Body = iotest.ErrReader(broken)
	if err := Write(io.Discard, d); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}
