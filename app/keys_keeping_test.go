package app

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	msgauth "github.com/emersion/go-msgauth/dkim"

	"constancia/internal/mail/dkim"
)

// signedFile is a file with an email that a domain signed, and the text of the key.
func signedFile(t *testing.T) (path, key string) {
	t.Helper()
	private := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	var signed bytes.Buffer
	email := "From: Iberluz <ayuda@iberluz.example>\r\nTo: yo@example.org\r\nSubject: Contrato C-88\r\n" +
		"Date: Mon, 02 Mar 2026 10:05:00 +0100\r\nMessage-ID: <a@iberluz.example>\r\n\r\nYa sale.\r\n"
	err := msgauth.Sign(&signed, strings.NewReader(email), &msgauth.SignOptions{
		Domain: "iberluz.example", Selector: "s1", Signer: private, Hash: crypto.SHA256})
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "pedido.eml")
	if err := os.WriteFile(path, signed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(private.Public().(ed25519.PublicKey))
}

func TestThePersonSaysWhetherKeysOfSignaturesAreAskedFor(t *testing.T) {
	path, key := signedFile(t)
	s := newScene(t)
	asked := make(chan string, 10)
	s.lookupKeys = func(_ context.Context, name string) (dkim.Answer, error) {
		asked <- name
		return dkim.Answer{Texts: []string{key}}, nil
	}
	mail, mailboxes := &Mail{s.desk}, &Mailboxes{desk: s.desk}
	caseID := s.newCase()
	if err := mailboxes.AskForKeys(false); err != nil {
		t.Fatal(err)
	}
	s.opens = []string{path}
	files, err := mail.ChooseFiles()
	if err != nil {
		t.Fatal(err)
	}
	review, err := mail.Search(MailSearchInput{CaseID: caseID, SelectionID: files.SelectionID, Everything: true})
	if err != nil {
		t.Fatal(err)
	}
	s.finish(review)
	job, err := mail.Import(MailImportInput{ReviewID: review, All: true})
	if err != nil {
		t.Fatal(err)
	}
	s.finish(job)
	if keys, err := mailboxes.Keys(); err != nil || keys != (SignatureKeys{Asks: false, Waiting: 1}) || len(asked) > 0 {
		t.Fatalf("switched off: %+v, %v, asked %d times", keys, err, len(asked))
	}
	if err := mailboxes.AskForKeys(true); err != nil {
		t.Fatal(err)
	}
	if name := <-asked; name != "s1._domainkey.iberluz.example" {
		t.Errorf("it asks for %s", name)
	}
	for until := time.Now().Add(time.Minute); ; {
		keys, err := mailboxes.Keys()
		if err != nil || !keys.Asks || time.Now().After(until) {
			t.Fatalf("switched on: %+v, %v", keys, err)
		}
		if keys.Waiting == 0 {
			break
		}
	}
	emails := s.timeline(caseID)
	trace, err := (&Messages{s.desk}).Trace(emails[len(emails)-1].ID)
	if err != nil || len(trace.Signatures) != 1 || !strings.Contains(trace.Signatures[0], "has been on record since") {
		t.Errorf("its signatures: %q, %v", trace.Signatures, err)
	}
}
