package imap_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"io"
	"math/big"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"constancia/internal/mail/imap"
	"constancia/internal/problem"
)

// selfMade makes a certificate that vouches for itself, and the pin of its key.
func selfMade(t *testing.T, change func(*x509.Certificate)) (tls.Certificate, imap.Pin) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	change(template)
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, sha256.Sum256(public)
}

// greeter runs a server that greets and takes any password, with a certificate for each connection, the last for all
// that follow.
func greeter(t *testing.T, certificates ...tls.Certificate) imap.Account {
	t.Helper()
	account := scripted(t, imap.StartTLS, func(p *peer) { // the listener speaks no TLS: the script does
		next := certificates[0]
		if len(certificates) > 1 {
			certificates = certificates[1:]
		}
		secured := tls.Server(p.Conn, &tls.Config{Certificates: []tls.Certificate{next}, MinVersion: tls.VersionTLS12})
		p.Conn = secured
		p.lines.Reset(secured)
		if secured.Handshake() == nil {
			p.signIn("")
			p.farewell()
		}
	})
	account.Security, account.RootCAs = imap.TLS, nil
	return account
}

func TestAPinTakesThePlaceOfAnyAuthority(t *testing.T) {
	for name, change := range map[string]func(*x509.Certificate){
		"a certificate for this server": func(*x509.Certificate) {},
		"for another name":              func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, []string{"correo.example"} },
		"for any name of a domain":      func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, []string{"*.correo.example"} },
		"for another address":           func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(192, 0, 2, 7)} },
		"that has expired":              func(c *x509.Certificate) { c.NotBefore, c.NotAfter = time.Unix(1e9, 0), time.Unix(1.1e9, 0) },
		"that is not valid yet":         func(c *x509.Certificate) { c.NotBefore, c.NotAfter = time.Unix(4e9, 0), time.Unix(4.1e9, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			certificate, pin := selfMade(t, change)
			account := greeter(t, certificate)
			_, err := imap.Connect(t.Context(), account)
			got := problem.From(err)
			if got.Code != problem.CertificateUntrusted || got.Values["fingerprint"] != pin.String() {
				t.Fatalf("without the pin: %v", err)
			}
			account.Pin = pin
			if client := connect(t, account); client.Key() != pin {
				t.Errorf("key is %v, want %v", client.Key(), pin)
			}
		})
	}
}

func TestAPinLetsNoOtherKeyPass(t *testing.T) {
	pinned, pin := selfMade(t, func(*x509.Certificate) {})
	other, otherPin := selfMade(t, func(*x509.Certificate) {})
	t.Run("the server has another", func(t *testing.T) {
		refuses(t, greeter(t, other), pin, otherPin)
	})
	t.Run("the server shows another at the second handshake", func(t *testing.T) {
		refuses(t, greeter(t, pinned, other), pin, otherPin)
	})
	t.Run("the server shows the pinned certificate, which is public, without its key", func(t *testing.T) {
		account := greeter(t, tls.Certificate{Certificate: pinned.Certificate, PrivateKey: other.PrivateKey})
		account.Pin = pin
		_, err := imap.Connect(t.Context(), account)
		if got := problem.From(err); got.Code != problem.ServerRefusedTLS && got.Code != problem.ServerCut {
			t.Errorf("got %v", err)
		}
	})
}

// refuses checks that a server is refused for the key it shows.
func refuses(t *testing.T, account imap.Account, pin, shown imap.Pin) {
	t.Helper()
	account.Pin = pin
	_, err := imap.Connect(t.Context(), account)
	got := problem.From(err)
	if got.Code != problem.CertificateMismatch || got.Values["fingerprint"] != shown.String() {
		t.Errorf("got %v", err)
	}
}

func TestACertificateThatNamesNobodyIsTold(t *testing.T) {
	certificate, pin := selfMade(t, func(c *x509.Certificate) { c.IPAddresses = nil })
	account := greeter(t, certificate)
	account.Pin = pin
	_, err := imap.Connect(t.Context(), account)
	if got := problem.From(err); got.Code != problem.ServerOdd || !strings.Contains(got.Values["detail"], "names no server") {
		t.Errorf("got %v", err)
	}
}

func TestStartTLSIsNeitherInjectedNorStripped(t *testing.T) {
	keys, _ := certificate(t)
	tests := []struct {
		name   string
		script func(*peer)
		want   problem.Code
	}{
		{"an answer slipped in behind the OK", func(p *peer) {
			p.say("* OK [CAPABILITY IMAP4rev1 STARTTLS] hola\n")
			p.say("%s OK adelante\n* OK [CAPABILITY IMAP4rev1] inyectado\nT1 OK inyectado\n", p.expect("STARTTLS"))
		}, problem.ServerRefusedTLS},
		{"no STARTTLS", func(p *peer) {
			p.say("* OK [CAPABILITY IMAP4rev1] hola\n")
			p.say("%s BAD no lo conozco\n", p.expect("STARTTLS"))
		}, problem.ServerRefusedTLS},
		{"a person that is signed in already", func(p *peer) { p.say("* PREAUTH hola\n") }, problem.ServerRefusedTLS},
		{"no greeting but goodbye", func(p *peer) { p.say("* BYE no\n") }, problem.ServerRefused},
		{"TLS from the first byte", func(p *peer) {
			_ = tls.Server(p.Conn, &tls.Config{Certificates: []tls.Certificate{keys}, MinVersion: tls.VersionTLS12}).Handshake()
		}, problem.ServerSilent},
		{"a line without end", func(p *peer) { p.say("* OK %s", strings.Repeat("a", 10_000)) }, problem.ServerOdd},
		{"answers without end", func(p *peer) {
			p.say("* OK hola\n")
			p.expect("STARTTLS")
			p.say("%s", strings.Repeat("* OK sigo\n", 1000))
		}, problem.ServerOdd},
		{"an end", func(p *peer) { p.say("* OK hola\n"); p.expect("STARTTLS") }, problem.ServerCut},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var heard atomic.Value
			account := scripted(t, imap.StartTLS, func(p *peer) {
				test.script(p)
				_ = p.SetReadDeadline(time.Now().Add(500 * time.Millisecond))
				rest, _ := io.ReadAll(p.lines) // until the client leaves
				heard.Store(string(rest))
			})
			account.Silence = time.Second
			_, err := imap.Connect(t.Context(), account)
			if got := problem.From(err); got.Code != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
			if said, _ := heard.Load().(string); strings.Contains(said, "LOGIN") || strings.Contains(said, "secreta") {
				t.Errorf("the client went on unprotected: %q", said)
			}
		})
	}
}

func TestParsePinReadsWhatPeopleHave(t *testing.T) {
	want := imap.Pin(sha256.Sum256([]byte("x")))
	hexed := want.String()
	colons := strings.ToUpper(strings.TrimSuffix(strings.Join(strings.SplitAfter(hexed, ""), ""), ""))
	var spaced strings.Builder
	for i := 0; i < len(colons); i += 2 {
		if i > 0 {
			spaced.WriteByte(':')
		}
		spaced.WriteString(colons[i : i+2])
	}
	based := base64.StdEncoding.EncodeToString(want[:])
	for _, text := range []string{hexed, " " + colons + "\n", spaced.String(), based, "sha256/" + based, "sha256//" + based} {
		if got, err := imap.ParsePin(text); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "abcd", hexed[:62], hexed + "00", "sha1/" + based} {
		if _, err := imap.ParsePin(text); problem.From(err).Code != problem.NotAChoice {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestAnAccountThatCanNotWorkIsRefusedAtOnce(t *testing.T) {
	good := imap.Account{Host: "127.0.0.1", Port: 1, Security: imap.TLS, User: "begona"}
	for name, test := range map[string]struct {
		change func(*imap.Account)
		want   problem.Code
	}{
		"no host":          {func(a *imap.Account) { a.Host = "" }, problem.Missing},
		"no user":          {func(a *imap.Account) { a.User = "" }, problem.Missing},
		"no port":          {func(a *imap.Account) { a.Port = 0 }, problem.NotANumber},
		"no such port":     {func(a *imap.Account) { a.Port = 70000 }, problem.NotANumber},
		"no such security": {func(a *imap.Account) { a.Security = "none" }, problem.NotAChoice},
	} {
		account := good
		test.change(&account)
		if _, err := imap.Connect(t.Context(), account); problem.From(err).Code != test.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}
