package app

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

// anEmail has a text, a look of its own with a picture that came along and one that did not, links and an attachment.
const anEmail = "Received: from mx.centella.example (mx.centella.example [192.0.2.7]) by imap.correo.example with ESMTPS id 7; Mon, 2 Mar 2026 18:05:30 +0000\r\n" +
	"From: Envíos Centella <avisos@centella.example>\r\nTo: Begoña <begona@correo.example>\r\nMessage-ID: <2@centella.example>\r\n" +
	"In-Reply-To: <1@correo.example>\r\nSubject: Re: Su paquete\r\nDate: Mon, 2 Mar 2026 12:05:00 -0600\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/related; boundary=r\r\n\r\n" +
	"--r\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n" +
	"--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nMañana se lo llevamos.\r\n\r\n-- \r\nCentella\r\n\r\nOn Sun, 1 Mar 2026, Begoña wrote:\r\n> ¿Cuándo?\r\n" +
	"--a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Mañana <b>se lo llevamos</b>.<script>parent.taken=1</script>" +
	"<img src=\"cid:logo\" alt=\"Centella\"><img src=\"https://abre.example.net/o.gif?u=7\" width=1 height=1>" +
	"<a href=\"https://pagos.example.net/x\">www.centella.com</a> <a href=\"javascript:pay()\">Pagar</a></p>\r\n--a--\r\n" +
	"--r\r\nContent-Type: image/gif\r\nContent-ID: <logo>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
	"R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=\r\n--r--\r\n" +
	"--m\r\nContent-Type: application/pdf; name=\"albarán.pdf\"\r\nContent-Disposition: attachment; filename=\"albarán.pdf\"\r\n\r\n%PDF-1.4\r\n--m--\r\n"

const itsQuestion = "From: Begoña <begona@correo.example>\r\nTo: avisos@centella.example\r\nMessage-ID: <1@correo.example>\r\n" +
	"Subject: Su paquete\r\nDate: Sun, 1 Mar 2026 10:00:00 +0100\r\n\r\n¿Cuándo?\r\n"

// importEmails takes emails into the case, and gives them by their subjects.
func (a *assets) importEmails(raw ...string) map[string]string {
	a.t.Helper()
	folder := a.t.TempDir()
	for i, one := range raw {
		putFile(a.t, filepath.Join(folder, string(rune('a'+i))+".eml"), []byte(one))
	}
	work, err := a.work()
	if err != nil {
		a.t.Fatal(err)
	}
	if _, err := work.ImportFiles(a.t.Context(), a.caseID, []string{folder}, func(casework.Progress) {}); err != nil {
		a.t.Fatal(err)
	}
	ids := map[string]string{}
	for _, item := range a.timeline(a.caseID) {
		if item.Kind == kindMessage {
			ids[item.Subject] = item.ID
		}
	}
	return ids
}

func TestAnEmailIsReadAsText(t *testing.T) {
	a := newAssets(t)
	if _, err := (&Window{a.desk}).Ready("es", "Europe/Madrid"); err != nil {
		t.Fatal(err)
	}
	ids := a.importEmails(anEmail, itsQuestion)
	messages := &Messages{a.desk}
	view, err := messages.Open(a.caseID, ids["Re: Su paquete"])
	if err != nil {
		t.Fatal(err)
	}
	if view.Wall != "2026-03-02T19:05" || view.SenderWall != "2026-03-02T12:05" || view.SenderOffset != "-06:00" {
		t.Errorf("it was sent %q, %q %q by the sender’s clock", view.Wall, view.SenderWall, view.SenderOffset)
	}
	want := []PassageView{{Kind: "said", Text: "Mañana se lo llevamos."}, {Kind: "signature", Text: "-- \nCentella"},
		{Kind: "quoted", Text: "¿Cuándo?", Introduction: "On Sun, 1 Mar 2026, Begoña wrote:", Folds: true}}
	if !slices.Equal(view.Passages, want) {
		t.Errorf("it says %+v", view.Passages)
	}
	if len(view.Links) != 2 || view.Links[0].Link.ID == "" || view.Links[0].Named != "www.centella.com" || view.Links[0].Leads != "pagos.example.net" ||
		view.Links[1].Link.ID != "" || view.Links[1].Link.Address != "javascript:pay()" {
		t.Errorf("it links to %+v", view.Links)
	}
	if len(view.Remote) != 1 || view.Remote[0].Host != "abre.example.net" || !view.Remote[0].Tracks {
		t.Errorf("it would have told %+v", view.Remote)
	}
	if len(view.Attachments) != 2 || !view.Attachments[0].InText || view.Attachments[0].EvidenceID != "" || view.Attachments[1].EvidenceID == "" ||
		!view.Attachments[1].Openable {
		t.Errorf("it came with %+v", view.Attachments)
	}
	trace, err := messages.Trace(view.ID)
	if err != nil || len(trace.Hops) != 1 || trace.Hops[0].By != "imap.correo.example" || trace.Hops[0].Wall != "2026-03-02T19:05" ||
		!strings.Contains(trace.Header, "Message-ID: <2@centella.example>\n") {
		t.Errorf("it came by %+v, %v", trace, err)
	}
	emails, err := messages.Conversation(a.caseID, view.ID)
	if err != nil || len(emails) != 2 || emails[0].ID != ids["Su paquete"] || emails[1].From != "Envíos Centella" {
		t.Errorf("its conversation is %+v, %v", emails, err)
	}
	if _, err := messages.Open(a.newCase(), view.ID); problem.From(err).Code != problem.NotFound {
		t.Errorf("it is read as one of another case: %v", err)
	}
}

func TestWhoHandedAnEmailOnIsTold(t *testing.T) {
	a := newAssets(t)
	if _, err := (&Window{a.desk}).Ready("es", "Europe/Madrid"); err != nil {
		t.Fatal(err)
	}
	ids := a.importEmails("ARC-Seal: i=1; a=rsa-sha256; t=1772532307; cv=none; d=lista.example; s=arc; b=Zm9v\r\n" +
		"ARC-Authentication-Results: i=1; lista.example; spf=pass smtp.mailfrom=centella.example\r\n" + itsQuestion)
	trace, err := (&Messages{a.desk}).Trace(ids["Su paquete"])
	if err != nil || len(trace.Chain) != 1 {
		t.Fatalf("got %+v, %v", trace.Chain, err)
	}
	seal := trace.Chain[0]
	if seal.Domain != "lista.example" || seal.Wall != "2026-03-03T11:05" || seal.Before != "none" ||
		!slices.Equal(seal.Missing, []string{"ARC-Message-Signature"}) ||
		len(seal.Findings) != 1 || seal.Findings[0].Method != "spf" || seal.Findings[0].Domain != "centella.example" {
		t.Errorf("got %+v", seal)
	}
}

func TestAnOriginalLookIsServedSoThatNothingInItRunsOrLoads(t *testing.T) {
	a := newAssets(t)
	ids := a.importEmails(anEmail, itsQuestion)
	address := originalPath + a.caseID + "/" + ids["Re: Su paquete"]
	given := a.ask(http.MethodGet, address)
	if given.StatusCode != http.StatusOK || given.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Fatalf("got %d %v", given.StatusCode, given.Header)
	}
	policy := given.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "img-src data:", "form-action 'none'", "base-uri 'none'", "; sandbox allow-same-origin"} {
		if !strings.Contains(policy, want) {
			t.Errorf("its policy %q lacks %q", policy, want)
		}
	}
	for _, not := range []string{"script", "allow-scripts", "allow-top", "allow-popups", "allow-forms"} {
		if strings.Contains(policy, not) {
			t.Errorf("its policy %q has %q", policy, not)
		}
	}
	for _, want := range []string{"<b>se lo llevamos</b>", `<img src="data:image/gif;base64,R0lGOD`} {
		if !strings.Contains(given.body, want) {
			t.Errorf("it lacks %q:\n%s", want, given.body)
		}
	}
	for _, not := range []string{"<script", "href", "abre.example.net"} {
		if strings.Contains(given.body, not) {
			t.Errorf("it has %q:\n%s", not, given.body)
		}
	}
	for name, asked := range map[string]string{
		"one without a look of its own": originalPath + a.caseID + "/" + ids["Su paquete"],
		"one of another case":           originalPath + a.newCase() + "/" + ids["Re: Su paquete"],
		"no email":                      originalPath + a.caseID + "/" + a.caseID,
		"nothing":                       originalPath,
	} {
		if given := a.ask(http.MethodGet, asked); given.StatusCode != http.StatusNotFound || strings.Contains(given.body, "<html") {
			t.Errorf("%s: got %d %s", name, given.StatusCode, given.body)
		}
	}
	if given := a.ask(http.MethodPost, address); given.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("it takes a POST: %d", given.StatusCode)
	}
}

func TestTheOriginalIsSavedByteForByte(t *testing.T) {
	a := newAssets(t)
	ids := a.importEmails(anEmail)
	messages := &Messages{a.desk}
	a.saves = filepath.Join(t.TempDir(), "saved.eml")
	saved, err := messages.Save(a.caseID, ids["Re: Su paquete"])
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(a.saves)
	if err != nil || string(content) != anEmail {
		t.Fatalf("%d bytes of %d were saved, %v", len(content), len(anEmail), err)
	}
	hash := sha256.Sum256(content)
	if saved.Path != a.saves || saved.SHA256 != hex.EncodeToString(hash[:]) {
		t.Errorf("got %+v", saved)
	}
	view, _ := messages.Open(a.caseID, ids["Re: Su paquete"])
	a.saves = filepath.Join(t.TempDir(), "albarán.pdf")
	if _, err := messages.SaveAttachment(a.caseID, view.Attachments[1].EvidenceID); err != nil {
		t.Fatal(err)
	}
	if content, err := os.ReadFile(a.saves); err != nil || string(content) != "%PDF-1.4" {
		t.Errorf("the attachment is saved as %q, %v", content, err)
	}
	a.saves = ""
	if saved, err := messages.Save(a.caseID, view.ID); err != nil || saved.Path != "" {
		t.Errorf("nothing is saved where nobody said where to: %+v, %v", saved, err)
	}
}

func TestANameForASavedEmailFitsEverySystem(t *testing.T) {
	for subject, want := range map[string]string{
		"Re: Su paquete": "Re_ Su paquete.eml", "a/b\\c..": "a_b_c.eml", strings.Repeat("ñ", 200): strings.Repeat("ñ", 60) + ".eml",
	} {
		if got := savedName(subject, ".eml"); got != want {
			t.Errorf("%q is saved as %q, want %q", subject, got, want)
		}
	}
}
