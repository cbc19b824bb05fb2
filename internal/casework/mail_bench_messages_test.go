package casework_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// manyMessages makes messages of about 30 kB on average, as a person’s mailbox has them: text, text with HTML, and some
// with an attachment.
func manyMessages(count int) [][]byte {
	random := rand.New(rand.NewPCG(5, 6))
	vocabulary := make([]string, 4000)
	for i := range vocabulary {
		vocabulary[i] = fmt.Sprintf("palabra%xñ", random.IntN(1<<20))
	}
	prose := func(words int) string {
		var text strings.Builder
		for i := range words {
			text.WriteString(vocabulary[int(random.Float64()*random.Float64()*float64(len(vocabulary)))])
			text.WriteString(map[bool]string{true: ".\r\n", false: " "}[i%11 == 10])
		}
		return text.String()
	}
	messages := make([][]byte, count)
	for i := range messages {
		plain := prose(80 + random.IntN(300))
		switch attachment := []byte(nil); i % 10 {
		case 0, 1: // scanned pages, pictures
			attachment = make([]byte, 30_000+random.IntN(90_000))
			for at := range attachment {
				attachment[at] = byte(random.Uint32())
			}
			messages[i] = email(fmt.Sprintf("Factura %d", i), plain, string(attachment))
		case 2, 3, 4, 5, 6: // an online shop’s
			html := "<html><body>" + strings.Repeat("<div style=3D\"color:#333;font-family:Arial\"><p>"+prose(40)+"</p></div>\r\n", 12+random.IntN(24)) + "</body></html>"
			messages[i] = alternativeMail(i, plain, html)
		default:
			messages[i] = email(fmt.Sprintf("Pedido %d", i), plain, "")
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

// aLibraryOfMail has a case with so many short messages.
func aLibraryOfMail(b *testing.B, count int) *work {
	b.Helper()
	w := begin(b)
	w.importNumbered(b, 0, count)
	return w
}

// importMore takes in 1,000 messages more, and says how many seconds that took.
func (w *work) importMore(b *testing.B, round int) float64 {
	b.Helper()
	began := time.Now()
	w.importNumbered(b, 1_000_000+1000*round, 1000)
	return time.Since(began).Seconds()
}

// importNumbered takes in messages that differ by their number.
func (w *work) importNumbered(b *testing.B, first, count int) {
	b.Helper()
	for part := range slices.Chunk(numbers(first, count), 5000) {
		messages := make([][]byte, len(part))
		for i, number := range part {
			messages[i] = email(fmt.Sprintf("Envío %d", number), fmt.Sprintf("Su envío %d saldrá mañana.", number), "")
		}
		// Each file has a name of its own: else a message would come to lie at the place of another, as none in a mailbox does.
		path := save(b, b.TempDir(), fmt.Sprintf("mensajes-%d.mbox", part[0]), mbox(messages...))
		if result, err := w.ImportFiles(b.Context(), w.caseID, []string{path}, nil); err != nil || result.Imported != int64(len(part)) {
			b.Fatalf("%+v, %v", result, err)
		}
	}
}

func numbers(first, count int) []int {
	all := make([]int, count)
	for i := range all {
		all[i] = first + i
	}
	return all
}
