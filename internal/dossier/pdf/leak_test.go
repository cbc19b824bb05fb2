package pdf_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"constancia/internal/casefile"
	"constancia/internal/dossier"
	"constancia/internal/dossier/dossiertest"
	"constancia/internal/dossier/pdf"
	"constancia/internal/dossier/redaction"
	"constancia/internal/i18n"
)

// planted is a case with secrets in all its fields, and what they come to: letters and figures only, small, plain.
type planted struct {
	story   *dossiertest.Story
	earlier redaction.Earlier // what was corrected away, or taken back
	secrets []string
	letter  string // a covering letter, which tells them all
}

func plain(text string) string {
	var out strings.Builder
	for _, r := range norm.NFKD.String(text) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out.WriteRune(unicode.ToLower(r))
		}
	}
	return out.String()
}

// invented is a name that no text holds by chance.
func invented(n int) string {
	first := []string{"Zor", "Quil", "Brax", "Fjel", "Wukh", "Gzem", "Tlax", "Ympf", "Dvorj", "Khiz"}
	second := []string{"vándiko", "méñaro", "thúrbel", "xóstina", "wígrapo"}
	return first[n%10] + second[n/10%5] + string(rune('a'+n/50)) + "k"
}

// spelledOtherwise writes a secret in one of the ways that people do.
func spelledOtherwise(n int, secret string) string {
	switch n % 6 {
	case 0:
		return strings.ToUpper(secret)
	case 1:
		return norm.NFD.String(secret)
	case 2:
		return strings.ToLower(secret)
	case 3:
		return strings.ReplaceAll(secret, " ", "\u00A0")
	case 4:
		return strings.ReplaceAll(secret, " ", "  ")
	}
	return secret
}

func plant(t testing.TB) planted {
	t.Helper()
	p := planted{story: dossiertest.New(2)}
	f := &p.story.File
	next := 0
	secret := func(value string) string {
		p.secrets = append(p.secrets, plain(value))
		return value
	}
	name := func() string { next++; return secret(invented(next)) }
	number := func(prefix string) string { next++; return secret(fmt.Sprintf("%s-%d", prefix, 7391000+next*137)) }
	phone := func() string { next++; return secret(fmt.Sprintf("6%08d", 12300000+next*7919)) }
	entry := casefile.Entry{RecordedAt: dossiertest.Now, LogID: "case", Sequence: 500}

	town, former := name(), name()
	f.Case.Complainant = casefile.Complainant{Name: name() + " " + name(), Phone: phone(), Email: secret("buzon"+invented(next)) + "@correo.example",
		Address: "Carrer de " + name() + ", 93, 4.º C\n50019 " + town}
	f.Case.Summary += " Antes era 43204, " + former + "."
	told := []string{f.Case.Complainant.Phone, f.Case.Complainant.Email, f.Case.Complainant.Name, strings.Split(f.Case.Complainant.Address, "\n")[0], "nave de " + town, former}
	for i := range f.Parties {
		for range 6 {
			reference := casefile.Reference{Label: []string{"Pedido", "Contrato", "Línea", "Cuenta"}[next%4], Number: number("RQ")}
			f.Parties[i].Value.References = append(f.Parties[i].Value.References, reference)
			told = append(told, reference.Number)
		}
	}
	for i := range 40 { // people of the companies
		person := casefile.Person{ID: fmt.Sprintf("planted-%d", i), PartyID: "shop", Name: name() + " " + name(), Position: "agente"}
		if i < 5 { // where somebody works tells who it is
			branch := name()
			person.Position = "responsable, tienda de " + branch
			told = append(told, branch)
		}
		f.People = append(f.People, casefile.Recorded[casefile.Person]{Value: person, Entry: entry})
		parts := strings.Fields(person.Name)
		told = append(told, parts[1]+", "+parts[0])
	}
	for i := range f.Contacts {
		if i < 10 {
			f.Contacts[i].Value.MadeBy = name()
			told = append(told, f.Contacts[i].Value.MadeBy)
		}
		if i < 15 {
			f.Contacts[i].Value.Number = phone()
			told = append(told, "+34 "+f.Contacts[i].Value.Number)
		}
		if i < 15 {
			f.Contacts[i].Value.CompanyReference = number("INC")
			told = append(told, f.Contacts[i].Value.CompanyReference)
		}
	}
	for i := range 14 { // others, in headers of mail
		reading := &f.Messages[i%len(f.Messages)].Value.Reading
		who := casefile.Mailbox{Name: name() + " " + name(), Address: secret("zz"+invented(next)) + "@vecindad.example"}
		reading.Cc = append(reading.Cc, who)
		told = append(told, who.Name, who.Address)
	}
	for i := range 8 { // what fields said before they were put right, and people of contacts that were taken back
		before := casefile.Person{ID: fmt.Sprintf("planted-%d", i), Name: name() + " " + name()}
		gone := casefile.Person{ID: fmt.Sprintf("gone-%d", i), Name: name()}
		p.earlier.People = append(p.earlier.People, before, gone)
		contact := casefile.Contact{Number: phone(), CompanyReference: number("EXP"), MadeBy: name()}
		p.earlier.Contacts = append(p.earlier.Contacts, contact)
		told = append(told, before.Name, gone.Name, contact.Number, contact.CompanyReference, contact.MadeBy)
	}
	own := casefile.Complainant{Name: name() + " " + name(), Phone: phone(), Email: secret("vieja"+invented(next)) + "@correo.example"}
	p.earlier.Complainants = []casefile.Complainant{own}
	told = append(told, own.Name, own.Phone, own.Email)
	for range 8 { // found by their form only
		next++
		told = append(told, "DNI "+secret(identity(31400000+next*911)))
	}
	for _, iban := range []string{"ES91 2100 0418 4502 0005 1332", "GB29 NWBK 6016 1331 9268 19"} {
		told = append(told, secret(iban))
	}
	for range 6 {
		told = append(told, "tel. "+phone())
	}
	// What was told stands in every free text, each time spelled in another way.
	turn := 0
	say := func(text *string, some int) {
		for range some {
			*text += " Consta " + spelledOtherwise(turn, told[turn%len(told)]) + "."
			turn++
		}
	}
	for i := range f.Contacts {
		say(&f.Contacts[i].Value.Summary, 12)
		say(&f.Contacts[i].Value.Verbatim, 2)
	}
	for i := range f.Promises {
		say(&f.Promises[i].Value.What, 2)
	}
	for i := range f.Settlements {
		say(&f.Settlements[i].Value.Note, 2)
	}
	for i := range f.Messages {
		say(&f.Messages[i].Value.Reading.Text, len(told))
		say(&f.Messages[i].Value.Reading.Subject, 3)
		f.Messages[i].Value.Reading.Attachments = append(f.Messages[i].Value.Reading.Attachments, casefile.Attachment{FileName: told[i] + ".pdf", MediaType: "application/pdf"})
	}
	for i := range f.Evidence {
		say(&f.Evidence[i].Value.Shows, 2)
		f.Evidence[i].Value.FileName = told[i] + ".jpg"
	}
	for i := range f.Withdrawn {
		say(&f.Withdrawn[i].Reason, 1)
	}
	say(&f.Case.Title, 1)
	say(&f.Case.Summary, 5)
	say(&f.Case.StillConcerned, 2)
	say(&f.Case.Outcome[0], 1)
	for range 2 { // and something that stands in the letter alone
		told = append(told, "DNI "+secret(identity(31900000+next*911)), "tel. "+phone())
	}
	say(&p.letter, len(told))
	p.letter += "\n\n" + f.Case.Complainant.Name
	p.story.Add("chat "+told[4]+".txt", "text/plain", "Chat", []byte(strings.Join(told, "\n")))
	return p
}

func identity(number int) string {
	return fmt.Sprintf("%08d%c", number, "TRWAGMYFPDXBNJZSQVHLCKE"[number%23])
}

var (
	hexString     = regexp.MustCompile(`<([0-9A-Fa-f\s]{2,})>`)
	literalString = regexp.MustCompile(`\(((?:\\.|[^\\()])*)\)`)
)

// everyText is all that can be read out of a PDF: the pages as pdftotext reads them, and the strings of every decoded
// stream and object as UTF-16 and as bytes, those of one line of text put together.
func everyText(t testing.TB, path string) string {
	t.Helper()
	decoded := filepath.Join(t.TempDir(), "decoded.pdf")
	run(t, "qpdf", "--qdf", "--object-streams=disable", "--stream-data=uncompress", "--decode-level=all", path, decoded)
	raw, err := os.ReadFile(decoded)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	out.WriteString(run(t, "pdftotext", "-raw", path, "-"))
	out.WriteString(run(t, "pdfinfo", path))
	for line := range bytes.Lines(raw) {
		for _, match := range hexString.FindAllSubmatch(line, -1) {
			if data, err := hex.DecodeString(strings.Join(strings.Fields(string(match[1])), "")); err == nil {
				out.WriteString(wide(data))
			}
		}
		for _, match := range literalString.FindAllSubmatch(line, -1) {
			data := unescaped(match[1])
			out.WriteString(" " + wide(data) + " " + string(data))
		}
		out.WriteString("\n")
		out.Write(line)
	}
	return out.String()
}

func wide(data []byte) string {
	data = bytes.TrimPrefix(data, []byte{0xFE, 0xFF})
	var units []uint16
	for i := 0; i+1 < len(data); i += 2 {
		units = append(units, uint16(data[i])<<8|uint16(data[i+1]))
	}
	return string(utf16.Decode(units))
}

func unescaped(data []byte) []byte {
	var out []byte
	for i := 0; i < len(data); i++ {
		if data[i] != '\\' || i+1 == len(data) {
			out = append(out, data[i])
			continue
		}
		i++
		if data[i] >= '0' && data[i] <= '7' && i+2 < len(data) {
			out = append(out, (data[i]-'0')<<6|(data[i+1]-'0')<<3|(data[i+2]-'0'))
			i += 2
			continue
		}
		if at := strings.IndexByte("nrtbf", data[i]); at >= 0 {
			out = append(out, "\n\r\t\b\f"[at])
			continue
		}
		out = append(out, data[i])
	}
	return out
}

// found are the secrets that stand in a text.
func found(secrets []string, text string) []string {
	all := plain(text)
	var leaked []string
	for _, secret := range secrets {
		if strings.Contains(all, secret) {
			leaked = append(leaked, secret)
		}
	}
	return leaked
}

func TestThePressEditionHoldsNoneOfTwoHundredSecretsAndTheHeadOfficeEditionNearlyAll(t *testing.T) {
	p := plant(t)
	secrets := slices.Compact(slices.Sorted(slices.Values(p.secrets)))
	if len(secrets) < 200 {
		t.Fatalf("%d secrets were planted", len(secrets))
	}
	var labels []string
	for _, exhibit := range p.story.File.Exhibits {
		labels = append(labels, exhibit.Value.Label)
	}
	picture := dossiertest.PNG(300, 90)
	for _, language := range i18n.Languages() {
		texts := map[string]string{}
		chat := p.story.File.Evidence[len(p.story.File.Evidence)-1].Value
		content, err := p.story.Open(chat.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		texts[chat.ID], texts[dossier.CoverText] = string(data), p.letter
		plan := redaction.FindWithEarlier(p.story.File, texts, p.earlier, redaction.Choices{Exhibits: labels}, i18n.For(language))
		editions := map[dossier.Edition]int{dossier.Press: 0}
		if language == i18n.Spanish { // that the test can fail at all
			editions[dossier.HeadOffice] = len(secrets) * 19 / 20
		}
		for edition, least := range editions {
			model, err := dossier.Compile(p.story.File, dossier.Options{Edition: edition, Language: language, GeneratedAt: dossiertest.Now,
				Program: "Constancia", Press: plan, Cover: dossier.Cover{Text: p.letter, Signature: picture}})
			if err != nil {
				t.Fatal(err)
			}
			open := func(sha256 string) (io.ReadCloser, error) {
				if edition == dossier.Press && sha256 == chat.SHA256 {
					return io.NopCloser(strings.NewReader(plan.Text(texts[chat.ID]))), nil
				}
				return p.story.Open(sha256)
			}
			_, data := finish(t, model, pdf.Options{Open: open})
			leaked := found(secrets, everyText(t, save(t, data)))
			switch {
			case least == 0 && len(leaked) > 0:
				t.Errorf("%s: the press edition holds %d secrets: %.400v", language, len(leaked), leaked)
			case len(leaked) < least:
				t.Errorf("%s: of %d secrets only %d are found in the head office edition, so the test finds too little", language, len(secrets), len(leaked))
			}
		}
	}
}

func TestAPictureInADossierHasNothingOfItsFileButThePicture(t *testing.T) {
	const secret = "Zorvandiko Quilmenaro 41.3851N"
	plainJPEG := dossiertest.JPEG(300, 200)
	segment := func(marker byte, body string) []byte {
		return append([]byte{0xFF, marker, byte((len(body) + 2) >> 8), byte(len(body) + 2)}, body...)
	}
	withSegments := bytes.Join([][]byte{plainJPEG[:2], segment(0xE1, "Exif\x00\x00"+secret), segment(0xE1, "http://ns.adobe.com/xap/1.0/\x00"+secret),
		segment(0xED, secret), segment(0xFE, secret), plainJPEG[2:], []byte(secret)}, nil)
	plainPNG := dossiertest.PNG(300, 200)
	chunk := append([]byte{0, 0, 0, byte(len(secret))}, "tEXt"+secret+"\x00\x00\x00\x00"...)
	withChunk := bytes.Join([][]byte{plainPNG[:33], chunk, plainPNG[33:], []byte(secret)}, nil)
	story := dossiertest.Empty()
	story.Add("a.jpg", "image/jpeg", "Uno", withSegments)
	story.Add("b.png", "image/png", "Dos", withChunk)
	o := options(i18n.Spanish)
	content := write(t, story, o)
	if !bytes.Contains(withSegments, []byte(secret)) || !bytes.Contains(content, []byte("/Subtype /Image")) {
		t.Error("no secret was planted, or no picture shown")
	}
	if leaked := found([]string{plain(secret)}, everyText(t, save(t, content))); len(leaked) > 0 {
		t.Errorf("the dossier holds %v", leaked)
	}
}
