package dkim_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	msgauth "github.com/emersion/go-msgauth/dkim"

	"constancia/internal/mail/dkim"
)

const notice = "Received: from a.lumen.example\r\n\tby b.correo.example; Mon, 2 Mar 2026 10:00:01 +0100\r\n" +
	"From: Almacenes Lumen <no-reply@lumen.example>\r\nTo: Begoña  <begona@correo.example>\r\nSubject: Su pedido\r\n 4471\r\n" +
	"Date: Mon, 02 Mar 2026 10:00:00 +0100\r\nMessage-ID: <1@lumen.example>\r\n\r\n" +
	"Le prometemos  la entrega \r\nel 3 de marzo.\r\n\r\n \t\r\n"

var (
	rsaKey, _  = rsa.GenerateKey(rand.Reader, 2048)
	ed25519Key = ed25519.NewKeyFromSeed([]byte("the same key in each run of a fuzz")[:ed25519.SeedSize])
)

// published are the keys of lumen.example.
func published(ctx context.Context, name string) (dkim.Answer, error) {
	texts, err := publishedTexts(ctx, name)
	return dkim.Answer{Texts: texts, Resolver: "192.0.2.53:53"}, err
}

func publishedTexts(_ context.Context, name string) ([]string, error) {
	texts := map[string][]string{
		"rsa":     {"v=DKIM1; k=rsa; p=" + spki(&rsaKey.PublicKey)},
		"bare":    {"p=" + base64.StdEncoding.EncodeToString(x509.MarshalPKCS1PublicKey(&rsaKey.PublicKey))},
		"short":   {"p=" + base64.StdEncoding.EncodeToString(x509.MarshalPKCS1PublicKey(&rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), 511), E: 65537}))},
		"ed25519": {"v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(ed25519Key.Public().(ed25519.PublicKey))},
		"back":    {"v=DKIM1; k=rsa; p="},
		"two":     {"v=DKIM1; p=", "v=DKIM1; p="},
		"other":   {"v=DKIM1; k=ed25519; p=" + spki(&rsaKey.PublicKey)},
		"calls":   {"v=DKIM1; s=voice; p=" + spki(&rsaKey.PublicKey)},
		"sha1":    {"v=DKIM1; h=sha1; p=" + spki(&rsaKey.PublicKey)},
		"prose":   {"this is no key"},
		"later":   {"v=DKIM2; p=" + spki(&rsaKey.PublicKey)},
		"broken":  {"p=AAAA"},
	}
	selector, is := strings.CutSuffix(name, "._domainkey.lumen.example")
	if !is || selector == "silent" {
		return nil, errors.New("nobody answers")
	}
	return texts[selector], nil
}

func spki(key crypto.PublicKey) string {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		panic(err)
	}
	return base64.StdEncoding.EncodeToString(der)
}

// signed is a message that another program signed.
func signed(t testing.TB, message string, change func(*msgauth.SignOptions)) string {
	t.Helper()
	o := msgauth.SignOptions{Domain: "lumen.example", Selector: "rsa", Signer: rsaKey, Hash: crypto.SHA256}
	change(&o)
	var to bytes.Buffer
	if err := msgauth.Sign(&to, strings.NewReader(message), &o); err != nil {
		t.Fatal(err)
	}
	return to.String()
}

func asItIs(*msgauth.SignOptions) {}

func relaxed(o *msgauth.SignOptions) {
	o.HeaderCanonicalization, o.BodyCanonicalization = msgauth.CanonicalizationRelaxed, msgauth.CanonicalizationRelaxed
}

// checkOne holds the only signature of a message against it.
func checkOne(t testing.TB, message string) dkim.Signature {
	t.Helper()
	signatures, err := dkim.Check(context.Background(), strings.NewReader(message), published)
	if err != nil || len(signatures) != 1 {
		t.Fatalf("%d signatures, %v", len(signatures), err)
	}
	return signatures[0]
}

func TestWhatAnotherProgramSignedFits(t *testing.T) {
	for _, header := range []msgauth.Canonicalization{msgauth.CanonicalizationSimple, msgauth.CanonicalizationRelaxed} {
		for _, body := range []msgauth.Canonicalization{msgauth.CanonicalizationSimple, msgauth.CanonicalizationRelaxed} {
			for selector, key := range map[string]crypto.Signer{"rsa": rsaKey, "bare": rsaKey, "ed25519": ed25519Key} {
				for name, text := range map[string]string{
					"a notice": "", "nothing": "\r\n\r\n", "no text": "\r\n\r\n\r\n\r\n", "blanks only": "\r\n\r\n \t \r\n\t", "no last line end": "\r\n\r\nAdiós",
					"empty lines": "\r\n\r\n\r\n\r\na\r\n\r\n\r\nb \t c\r\n\r\n",
				} {
					message := notice
					if text != "" {
						head, _, _ := strings.Cut(notice, "\r\n\r\n")
						message = head + text
					}
					got := checkOne(t, signed(t, message, func(o *msgauth.SignOptions) {
						o.HeaderCanonicalization, o.BodyCanonicalization, o.Selector, o.Signer = header, body, selector, key
					}))
					if got.Verdict != dkim.Fits || got.Domain != "lumen.example" || len(got.Key.Texts) != 1 || got.Key.Resolver != "192.0.2.53:53" {
						t.Errorf("%s/%s, %s, %s: %+v", header, body, selector, name, got)
					}
				}
			}
		}
	}
}

func TestTheExampleOfTheSpecificationFits(t *testing.T) {
	// RFC 6376, appendix A.2; its key is in appendix C.
	message := strings.ReplaceAll(`DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
      c=simple/simple; q=dns/txt; i=joe@football.example.com;
      h=Received : From : To : Subject : Date : Message-ID;
      bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
      b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
      4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
      KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
      4bmp/YzhwvcubU4=;
Received: from client1.football.example.com  [192.0.2.1]
      by submitserver.example.com with SUBMISSION;
      Fri, 11 Jul 2003 21:01:54 -0700 (PDT)
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game. Are you hungry yet?

Joe.
`, "\n", "\r\n")
	key := func(context.Context, string) (dkim.Answer, error) {
		return dkim.Answer{Texts: []string{"v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYt" +
			"IxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhi" +
			"tdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB"}}, nil
	}
	got, err := dkim.Check(t.Context(), strings.NewReader(message), key)
	if err != nil || len(got) != 1 || got[0].Verdict != dkim.Fits || got[0].KeyBits != 1024 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestTheKeyOfASignatureIsNamedWhereOneWouldHelp(t *testing.T) {
	const good = " v=1; a=rsa-sha256; d=Lumen.Example; s=S1; h=from : to; bh=AA==; b=AA=="
	if got := dkim.KeyName(good); got != "s1._domainkey.lumen.example" {
		t.Errorf("got %q", got)
	}
	for name, value := range map[string]string{
		"no tags":              "once upon a time",
		"no selector":          strings.Replace(good, "s=S1; ", "", 1),
		"From is not signed":   strings.Replace(good, "from : ", "", 1),
		"another domain’s":     good + "; i=@other.example",
		"an unknown algorithm": strings.Replace(good, "rsa-sha256", "rot13", 1),
		"no domain":            strings.Replace(good, "Lumen.Example", "..", 1),
		"no name at all":       strings.Replace(good, "S1", "../../etc", 1),
		"no end":               strings.Replace(good, "Lumen.Example", strings.Repeat("a.", 150)+"example", 1),
	} {
		if got := dkim.KeyName(value); got != "" {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func TestAChangeIsToldByWhereItIs(t *testing.T) {
	for name, test := range map[string]struct {
		how      func(*msgauth.SignOptions)
		old, new string
		want     dkim.Verdict
	}{
		"another day promised":               {relaxed, "3 de marzo", "8 de marzo", dkim.DiffersText},
		"a line more":                        {relaxed, "marzo.\r\n", "marzo.\r\nO no.\r\n", dkim.DiffersText},
		"another sender":                     {relaxed, "Lumen <", "Lumin <", dkim.DiffersFields},
		"another subject":                    {relaxed, "4471", "4472", dkim.DiffersFields},
		"blanks, in the relaxed form":        {relaxed, "prometemos  la entrega \r\n", "prometemos\tla entrega\r\n", dkim.Fits},
		"blanks, in the simple form":         {asItIs, "prometemos  la", "prometemos la", dkim.DiffersText},
		"a folded line, in the relaxed form": {relaxed, "Su pedido\r\n 4471", "Su\r\n\tpedido 4471", dkim.Fits},
		"a folded line, in the simple form":  {asItIs, "Su pedido\r\n 4471", "Su pedido 4471", dkim.DiffersFields},
		"empty lines at the end":             {asItIs, "\r\n \t\r\n", "\r\n \t\r\n\r\n\r\n", dkim.Fits},
		"a field on top":                     {relaxed, "DKIM-Signature:", "X-Spam: no\r\nDKIM-Signature:", dkim.Fits},
	} {
		message := signed(t, notice, test.how)
		if !strings.Contains(message, test.old) {
			t.Fatalf("%s: there is no %q", name, test.old)
		}
		if got := checkOne(t, strings.Replace(message, test.old, test.new, 1)); got.Verdict != test.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestAMessageThatAFileKeepsWithOtherLineEndsFits(t *testing.T) {
	message := strings.ReplaceAll(signed(t, notice, relaxed), "\r\n", "\n")
	if got := checkOne(t, message); got.Verdict != dkim.Fits {
		t.Errorf("%+v", got)
	}
}

func TestASignatureThatExpiredMayFitAllTheSame(t *testing.T) {
	expires := time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC)
	got := checkOne(t, signed(t, notice, func(o *msgauth.SignOptions) { o.Expiration = expires }))
	if got.Verdict != dkim.Fits || got.ExpiresAt != "2026-03-09T10:00:00Z" {
		t.Errorf("%+v", got)
	}
	if got.Expired(expires) || !got.Expired(expires.Add(time.Second)) {
		t.Error("it expires at another time")
	}
}

func TestASecondFieldThatNobodySignedIsNamed(t *testing.T) {
	got := checkOne(t, "From: Hacienda <no-reply@hacienda.example>\r\n"+signed(t, notice, relaxed))
	if got.Verdict != dkim.Fits || !slices.Equal(got.Added, []string{"from"}) {
		t.Errorf("%+v", got)
	}
}

func TestAKeyThatIsNotThereIsTheOwnersAffair(t *testing.T) {
	for selector, want := range map[string]dkim.Verdict{
		"gone": dkim.NoKey, "back": dkim.NoKey, "silent": dkim.NoAnswer, "short": dkim.TooWeak, "two": dkim.Malformed, "other": dkim.Malformed,
		"calls": dkim.Malformed, "sha1": dkim.Malformed, "prose": dkim.Malformed, "later": dkim.Malformed, "broken": dkim.Malformed,
	} {
		got := checkOne(t, signed(t, notice, func(o *msgauth.SignOptions) { o.Selector = selector }))
		if got.Verdict != want || got.Key.Name != selector+"._domainkey.lumen.example" {
			t.Errorf("%s: %+v", selector, got)
		}
	}
}

// byHand signs in the simple form, with any tags.
func byHand(t *testing.T, extra string, digest crypto.Hash, signedText string) string {
	t.Helper()
	head, text, _ := strings.Cut(strings.TrimRight(notice, " \t\r\n")+"\r\n", "\r\n\r\n")
	name, sum := "sha256", func(b string) []byte { s := sha256.Sum256([]byte(b)); return s[:] }
	if digest == crypto.SHA1 {
		name, sum = "sha1", func(b string) []byte { s := sha1.Sum([]byte(b)); return s[:] }
	}
	from := "From: Almacenes Lumen <no-reply@lumen.example>\r\n"
	field := fmt.Sprintf("DKIM-Signature: v=1; a=rsa-%s; d=lumen.example; s=rsa; %sh=From; bh=%s; b=", name, extra, base64.StdEncoding.EncodeToString(sum(signedText)))
	signature, err := rsa.SignPKCS1v15(nil, rsaKey, digest, sum(from+field))
	if err != nil {
		t.Fatal(err)
	}
	return field + base64.StdEncoding.EncodeToString(signature) + "\r\n" + head + "\r\n\r\n" + text
}

func TestASignatureOfTheBeginningSaysHowMuchStandsBehindIt(t *testing.T) {
	const beginning = "Le prometemos  la entrega \r\n"
	l := fmt.Sprintf("l=%d; ", len(beginning))
	got := checkOne(t, byHand(t, l, crypto.SHA256, beginning))
	if got.Verdict != dkim.Fits || got.SignedBytes == nil || *got.SignedBytes != int64(len(beginning)) || got.UnsignedBytes != int64(len("el 3 de marzo.\r\n")) {
		t.Errorf("%+v", got)
	}
	got = checkOne(t, byHand(t, "l=9999; ", crypto.SHA256, beginning+"el 3 de marzo.\r\n"))
	if got.Verdict != dkim.DiffersText {
		t.Errorf("some of what was signed is gone, and it says %+v", got)
	}
}

func TestAnObsoleteSignatureIsToldFromABrokenOne(t *testing.T) {
	const text = "Le prometemos  la entrega \r\nel 3 de marzo.\r\n"
	if got := checkOne(t, byHand(t, "", crypto.SHA1, text)); got.Verdict != dkim.Fits || !got.Obsolete {
		t.Errorf("%+v", got)
	}
	if got := checkOne(t, byHand(t, "", crypto.SHA1, text+"x")); got.Verdict != dkim.DiffersText {
		t.Errorf("%+v", got)
	}
}

func TestASignatureThatBreaksTheRulesSaysWhich(t *testing.T) {
	good := "v=1; a=rsa-sha256; d=lumen.example; s=rsa; h=from:to; bh=AA==; b=AA=="
	for change, why := range map[[2]string]string{
		{"v=1", "v=2"}: "v=", {"a=rsa-sha256", "a=dsa-md5"}: "a=", {"h=from:to", "h=to"}: "From is not signed", {"; b=AA==", ""}: "no b=",
		{"s=rsa", "s=rsa; d=x"}: "tag list", {"s=rsa", "s=rsa; c=loose"}: "c=", {"s=rsa", "s=rsa; c=simple/loose"}: "c=", {"s=rsa", "s=rsa; t=soon"}: "t=",
		{"s=rsa", "s=rsa; x=-1"}: "x=", {"s=rsa", "s=rsa; l=all"}: "l=", {"s=rsa", "s=rsa; q=http"}: "q=", {"s=rsa", "s=rsa; i=@other.example"}: "i= is not of d=",
		{"v=1;", "no tags at all;"}: "tag list",
	} {
		message := "DKIM-Signature: " + strings.Replace(good, change[0], change[1], 1) + "\r\n" + notice
		if got := checkOne(t, message); got.Verdict != dkim.Malformed || got.Why != why {
			t.Errorf("%q: %+v, want %q", change[1], got, why)
		}
	}
}

func TestAMessageWithoutASignatureHasNone(t *testing.T) {
	for _, message := range []string{"", "\r\n", notice, "DKIM", "no header\r\n\r\n\x00\xff"} {
		if got, err := dkim.Check(t.Context(), strings.NewReader(message), published); err != nil || len(got) != 0 {
			t.Errorf("%q: %+v, %v", message, got, err)
		}
	}
}

// FuzzCheck holds this package beside another program: what that finds valid fits here, too.
func FuzzCheck(f *testing.F) {
	for _, how := range []msgauth.Canonicalization{msgauth.CanonicalizationSimple, msgauth.CanonicalizationRelaxed} {
		f.Add(signed(f, notice, func(o *msgauth.SignOptions) {
			o.Selector, o.Signer, o.HeaderCanonicalization, o.BodyCanonicalization = "ed25519", ed25519Key, how, how
		}))
	}
	f.Add("DKIM-Signature: v=1; b=\r\n")
	f.Fuzz(func(t *testing.T, message string) {
		if strings.Count(message, "\r") != strings.Count(message, "\r\n") {
			return // what no message may have, each canonicalizes as it likes
		}
		ours, err := dkim.Check(t.Context(), strings.NewReader(message), published)
		if err != nil {
			return
		}
		theirs, err := msgauth.VerifyWithOptions(strings.NewReader(message), &msgauth.VerifyOptions{
			MaxVerifications: 8, LookupTXT: func(name string) ([]string, error) { return publishedTexts(t.Context(), name) }})
		if err != nil && !errors.Is(err, msgauth.ErrTooManySignatures) {
			return
		}
		for i, their := range theirs {
			if their.Err == nil && ours[i].Verdict != dkim.Fits {
				t.Errorf("signature %d is valid elsewhere, and here %+v", i, ours[i])
			}
		}
	})
}
