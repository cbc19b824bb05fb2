package casework_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"strings"
	"testing"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// aLongDispute is a case of 500 contacts, 200 emails and 100 photos, times so many.
func aLongDispute(b *testing.B, times int) *work {
	b.Helper()
	w := begin(b)
	random := rand.New(rand.NewPCG(7, 8))
	contacts := make([]casework.LogContact, 500*times)
	for i := range contacts {
		contacts[i] = aContact(random, i, len(contacts))
	}
	logged, err := w.LogContacts(b.Context(), casework.LogContacts{CaseID: w.caseID, Contacts: contacts})
	if err != nil {
		b.Fatal(err)
	}
	messages := make([][]byte, 200*times)
	for i := range messages {
		messages[i] = email(fmt.Sprintf("Incidencia %d", i+1), paragraphs(random, 2+random.IntN(5)), "")
	}
	path := save(b, b.TempDir(), "mensajes.mbox", mbox(messages...))
	if result := w.importFiles(path); result.Imported != int64(len(messages)) {
		b.Fatalf("imported were %+v", result)
	}
	for i := range 100 * times {
		_, err := w.AddEvidence(b.Context(), casework.AddEvidence{
			CaseID: w.caseID, FileName: fmt.Sprintf("foto-%d.jpg", i+1), Content: bytes.NewReader(aPhoto(b, random)),
			Shows: "Estado del paquete: " + sentence(random), ContactID: logged.Contacts[i%len(contacts)].ID})
		if err != nil {
			b.Fatal(err)
		}
	}
	return w
}

func aContact(random *rand.Rand, number, of int) casework.LogContact {
	day := 1 + number*70/of
	contact := casework.LogContact{
		Company: []string{"Almacenes Lumen", "Corral Exprés"}[number%2], Summary: sentence(random) + " " + sentence(random) + " " + sentence(random),
		When: fmt.Sprintf("2026-%02d-%02dT%02d:%02d", 1+day/28, 1+day%28, 8+number%11, number%60), HoldSeconds: seconds(int64(60 + random.IntN(2400))),
		People: []casework.Spoken{{Name: []string{"Núria Peralta", "Iván Rueda", "Marta Sanjuán", "Sergio Lanuza", "Elena Costa"}[random.IntN(5)], Position: "atención al cliente"}},
	}
	if number%3 == 0 {
		contact.Verbatim = sentence(random)
		contact.Failures = []casefile.Failure{"long_wait", "script"}
	}
	if number%5 == 0 {
		contact.Promises = []casework.MakePromise{{What: sentence(random), Due: fmt.Sprintf("2026-03-%02d", 1+number%28)}}
	}
	return contact
}

var vocabulary = strings.Fields(`paquete reembolso agente número incidencia llamada transporte dirección mañana respuesta
	espera plazo promesa tienda entrega albarán firma reclamación importe tarjeta cuenta semana correo copia oficina que de
	la el en y no se por con para una los como más pero sus le ya sin sobre este cuando entre está también hasta donde`)

func sentence(random *rand.Rand) string {
	words := make([]string, 9+random.IntN(12))
	for i := range words {
		words[i] = vocabulary[random.IntN(len(vocabulary))]
	}
	text := strings.Join(words, " ")
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

func paragraphs(random *rand.Rand, count int) string {
	var text strings.Builder
	for range count {
		for range 3 {
			text.WriteString(sentence(random) + " ")
		}
		text.WriteString("\r\n\r\n")
	}
	return text.String()
}

// aPhoto is a JPEG of 1.7 megapixels, of about the size that a telephone's has.
func aPhoto(b *testing.B, random *rand.Rand) []byte {
	b.Helper()
	const width, height = 1500, 1134
	photo := image.NewYCbCr(image.Rect(0, 0, width, height), image.YCbCrSubsampleRatio420)
	tone := random.IntN(120)
	for y := range height {
		row := photo.Y[y*photo.YStride:]
		for x := range width {
			row[x] = byte(tone + (x*y>>12)%90 + int(random.Uint32()&31))
		}
	}
	for i := range photo.Cb {
		shade := color.YCbCr{Cb: byte(110 + i>>14%30), Cr: byte(120 + i>>13%20)}
		photo.Cb[i], photo.Cr[i] = shade.Cb, shade.Cr
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, photo, &jpeg.Options{Quality: 80}); err != nil {
		b.Fatal(err)
	}
	return file.Bytes()
}
