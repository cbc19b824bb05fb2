package casework_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// manyMessages makes messages of about 30 kB on average, as a person’s mailbox has them: text, text with HTML, and some
// with an attachment.
func manyMessages(count int) [][]byte { return messagesFrom(0, count) }

// messagesFrom makes such messages with the numbers from first on.
func messagesFrom(first, count int) [][]byte {
	random := rand.New(rand.NewPCG(5, 6))
	vocabulary := make([]string, 4000) // the same one for all
	for i := range vocabulary {
		vocabulary[i] = fmt.Sprintf("palabra%xñ", random.IntN(1<<20))
	}
	random = rand.New(rand.NewPCG(7, uint64(first)))
	prose := func(words int) string {
		var text strings.Builder
		for i := range words {
			text.WriteString(vocabulary[int(random.Float64()*random.Float64()*float64(len(vocabulary)))])
			text.WriteString(map[bool]string{true: ".\r\n", false: " "}[i%11 == 10])
		}
		return text.String()
	}
	messages := make([][]byte, count)
	for at := range messages {
		i := first + at
		plain := prose(80 + random.IntN(300))
		switch attachment := []byte(nil); i % 10 {
		case 0, 1: // scanned pages, pictures
			attachment = make([]byte, 30_000+random.IntN(90_000))
			for k := range attachment {
				attachment[k] = byte(random.Uint32())
			}
			messages[at] = email(fmt.Sprintf("Factura %d", i), plain, string(attachment))
		case 2, 3, 4, 5, 6: // an online shop’s
			html := "<html><body>" + strings.Repeat("<div style=3D\"color:#333;font-family:Arial\"><p>"+prose(40)+"</p></div>\r\n", 12+random.IntN(24)) + "</body></html>"
			messages[at] = alternativeMail(i, plain, html)
		default:
			messages[at] = email(fmt.Sprintf("Pedido %d", i), plain, "")
		}
	}
	return messages
}

func alternativeMail(number int, plain, html string) []byte {
	var text bytes.Buffer
	fmt.Fprintf(&text, "From: Almacenes Lumen <no-reply@lumen.example>\r\nTo: Begoña <begona@correo.example>\r\n"+
		"Subject: Pedido %d\r\nDate: Mon, 02 Mar 2026 10:00:00 +0100\r\nMessage-ID: <pedido-%d@lumen.example>\r\n"+
		"MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"frontera\"\r\n\r\n", number, number)
	fmt.Fprintf(&text, "--frontera\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	encoded := base64.StdEncoding.EncodeToString([]byte(plain))
	for line := range slices.Chunk([]byte(encoded), 76) {
		text.Write(append(line, "\r\n"...))
	}
	fmt.Fprintf(&text, "--frontera\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n%s\r\n--frontera--\r\n", html)
	return text.Bytes()
}

// aLibraryOfMail has a case with so many messages.
func aLibraryOfMail(b *testing.B, count int) *work {
	b.Helper()
	w := begin(b)
	for first := 0; first < count; first += 1000 {
		w.importMore(b, first)
	}
	return w
}

// importMore takes in the 1,000 messages with the numbers from first on, and says how many seconds that took.
func (w *work) importMore(b *testing.B, first int) float64 {
	b.Helper()
	// Each file has a name of its own: else a message would come to lie at the place of another, as none in a mailbox does.
	path := save(b, b.TempDir(), fmt.Sprintf("mensajes-%d.mbox", first), mbox(messagesFrom(first, 1000)...))
	began := time.Now()
	result, err := w.ImportFiles(b.Context(), w.caseID, []string{path}, nil)
	took := time.Since(began).Seconds()
	if err != nil || result.Imported != 1000 {
		b.Fatalf("%+v, %v", result, err)
	}
	if err := os.Remove(path); err != nil {
		b.Fatal(err)
	}
	return took
}
