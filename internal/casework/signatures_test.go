package casework_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"testing"
	"time"

	msgauth "github.com/emersion/go-msgauth/dkim"

	"constancia/internal/casework"
	"constancia/internal/mail/dkim"
)

func TestTheSignatureOfAnEmailIsHeldAgainstItsStoredBytes(t *testing.T) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	record := "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey))
	for _, test := range []struct {
		signer  string
		found   []string
		want    dkim.Verdict
		aligned bool
	}{
		{"corral.example", []string{record}, dkim.Fits, true},
		{"avisos.corral.example", []string{record}, dkim.Fits, true},
		{"envios-masivos.example", []string{record}, dkim.Fits, false},
		{"corral.example", nil, dkim.NoKey, true},
	} {
		w := &work{t: t, now: time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC)}
		var askedFor string
		w.openWith(casework.Options{Directory: t.TempDir(), LookupTXT: func(_ context.Context, name string) (dkim.Answer, error) {
			askedFor = name
			return dkim.Answer{Texts: test.found}, nil
		}})
		w.beginCase()
		var signed bytes.Buffer
		err := msgauth.Sign(&signed, bytes.NewReader(email("Su envío", "Sale mañana.", "")), &msgauth.SignOptions{
			Domain: test.signer, Selector: "s1", Signer: key, Hash: crypto.SHA256, Expiration: time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		w.importFiles(save(t, t.TempDir(), "aviso.eml", signed.Bytes()))
		file, err := w.CaseFile(t.Context(), w.caseID)
		if err != nil {
			t.Fatal(err)
		}
		got, err := w.CheckSignatures(t.Context(), file.Messages[0].Value.ID)
		if err != nil || len(got) != 1 {
			t.Fatalf("%+v, %v", got, err)
		}
		if got[0].Verdict != test.want || got[0].Aligned != test.aligned || !got[0].Expired || askedFor != "s1._domainkey."+test.signer {
			t.Errorf("%s: %+v, asked for %s", test.signer, got[0], askedFor)
		}
	}
}

func TestAnEmailWithoutASignatureHasNone(t *testing.T) {
	w := begin(t)
	w.importFiles(save(t, t.TempDir(), "aviso.eml", email("Su envío", "Sale mañana.", "")))
	file, err := w.CaseFile(t.Context(), w.caseID)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := w.CheckSignatures(t.Context(), file.Messages[0].Value.ID); err != nil || len(got) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := w.CheckSignatures(t.Context(), w.caseID); err == nil {
		t.Error("a case has signatures")
	}
}
