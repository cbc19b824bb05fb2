package discover

import (
	"net"
	"os"
	"strings"
	"testing"
	"unicode"

	"constancia/internal/mail/provider"
)

// server is a file with one server in it.
func server(elements string) string {
	return `<clientConfig version="1.1"><emailProvider id="x"><displayName>Taller</displayName><incomingServer type="imap">` +
		elements + `</incomingServer></emailProvider></clientConfig>`
}

const (
	hostAndPort = `<hostname>imap.taller.example</hostname><port>993</port>`
	safe        = hostAndPort + `<socketType>SSL</socketType>`
	password    = `<authentication>password-cleartext</authentication>`
)

func TestAFileNamesTheServerTheUserAndHowToSignIn(t *testing.T) {
	starttls, err := os.ReadFile("testdata/starttls.xml")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		file string
		want provider.Server
		user string
		by   provider.SignIn
	}{
		"with TLS":         {server(safe + password), provider.Server{Host: "imap.taller.example", Port: 993}, "elena@taller.example", provider.Password},
		"with STARTTLS":    {string(starttls), provider.Server{Host: "correo.hosting.example", Port: 143, StartTLS: true}, "elena@hosting.example", provider.Password},
		"only the person":  {server(safe + password + `<username>%EMAILLOCALPART%</username>`), provider.Server{Host: "imap.taller.example", Port: 993}, "elena", provider.Password},
		"says no way":      {server(safe), provider.Server{Host: "imap.taller.example", Port: 993}, "elena@taller.example", provider.Password},
		"the old word":     {server(safe + `<authentication>plain</authentication>`), provider.Server{Host: "imap.taller.example", Port: 993}, "elena@taller.example", provider.Password},
		"only OAuth":       {server(safe + `<authentication>OAuth2</authentication>`), provider.Server{Host: "imap.taller.example", Port: 993}, "elena@taller.example", provider.OAuth},
		"a known provider": {server(`<hostname>IMAP.gmail.com</hostname><port>993</port><socketType>SSL</socketType>` + password), provider.Server{Host: "imap.gmail.com", Port: 993}, "elena@taller.example", provider.AppPassword},
	} {
		t.Run(name, func(t *testing.T) {
			found, ok := parse([]byte(c.file), "elena@taller.example")
			if !ok || found.Provider.Server != c.want || found.User != c.user || found.Provider.SignIn != c.by {
				t.Errorf("found %v: %+v", ok, found)
			}
		})
	}
}

func TestAServerThatTakesPasswordsGoesBeforeOneThatDoesNot(t *testing.T) {
	oauth := `<incomingServer type="imap"><hostname>a.taller.example</hostname><port>993</port><socketType>SSL</socketType><authentication>OAuth2</authentication></incomingServer>`
	takes := `<incomingServer type="imap"><hostname>b.taller.example</hostname><port>143</port><socketType>STARTTLS</socketType>` + password + `</incomingServer>`
	for _, servers := range []string{oauth + takes, takes + oauth} {
		found, ok := parse([]byte(`<clientConfig><emailProvider>`+servers+`</emailProvider></clientConfig>`), "elena@taller.example")
		if !ok || found.Provider.Host != "b.taller.example" {
			t.Errorf("found %v: %+v", ok, found)
		}
	}
}

func TestAServerThatCanNotBeTrustedIsNotThere(t *testing.T) {
	for name, file := range map[string]string{
		"no protection":    server(hostAndPort + `<socketType>plain</socketType>` + password),
		"says nothing":     server(hostAndPort + password),
		"an address":       server(`<hostname>10.0.0.1</hostname><port>993</port><socketType>SSL</socketType>`),
		"this computer":    server(`<hostname>localhost</hostname><port>993</port><socketType>SSL</socketType>`),
		"no host":          server(`<port>993</port><socketType>SSL</socketType>`),
		"a path":           server(`<hostname>imap.taller.example/x</hostname><port>993</port><socketType>SSL</socketType>`),
		"another alphabet": server(`<hostname>іmap.taller.example</hostname><port>993</port><socketType>SSL</socketType>`),
		"port 0":           server(`<hostname>imap.taller.example</hostname><port>0</port><socketType>SSL</socketType>`),
		"port 70000":       server(`<hostname>imap.taller.example</hostname><port>70000</port><socketType>SSL</socketType>`),
		"POP":              strings.Replace(server(safe), `type="imap"`, `type="pop3"`, 1),
		"another root":     strings.ReplaceAll(server(safe), "clientConfig", "html"),
		"not closed":       strings.TrimSuffix(server(safe), "</clientConfig>"),
		"Latin-1":          "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + server(safe),
		"not UTF-8":        server(safe + "\xff"),
		"an own entity": `<!DOCTYPE x [<!ENTITY h SYSTEM "file:///etc/hostname">]>` +
			server(`<hostname>&h;</hostname><port>993</port><socketType>SSL</socketType>`),
		"laughing":  `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>` + server(safe+`<username>&b;</username>`),
		"very deep": strings.Repeat("<a>", 60_000),
	} {
		t.Run(name, func(t *testing.T) {
			if found, ok := parse([]byte(file), "elena@taller.example"); ok {
				t.Errorf("found %+v", found)
			}
		})
	}
}

func TestNamesThatCouldDeceiveAreLeftOut(t *testing.T) {
	long := strings.Repeat("a", 300)
	for _, name := range []string{"Banco\u202Eocnab", "two\nlines", long} {
		file := strings.Replace(server(safe+`<username>`+name+`</username>`), "Taller", name, 1)
		found, ok := parse([]byte(file), "elena@taller.example")
		if !ok || found.Provider.Name != "imap.taller.example" || found.User != "elena@taller.example" {
			t.Errorf("%.20q: found %v: %+v", name, ok, found)
		}
	}
}

func FuzzAFile(f *testing.F) {
	for _, name := range []string{"full.xml", "starttls.xml"} {
		content, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	f.Add([]byte(server(safe + password)))
	f.Add([]byte(`<!DOCTYPE x [<!ENTITY a "ha">]>` + server(safe)))
	f.Fuzz(func(t *testing.T, content []byte) {
		found, ok := parse(content, "elena@taller.example")
		if !ok {
			return
		}
		host := found.Provider.Host
		if host == "" || net.ParseIP(host) != nil || !strings.Contains(host, ".") || found.Provider.Port < 1 || found.Provider.Port > 65535 {
			t.Errorf("the server is %q, %d", host, found.Provider.Port)
		}
		for _, text := range []string{host, found.User, found.Provider.Name} {
			if text == "" || strings.ContainsFunc(text, func(c rune) bool { return !unicode.IsPrint(c) }) {
				t.Errorf("it reads %q", text)
			}
		}
		if found.Provider.SignIn == "" || len(found.Provider.Files) == 0 {
			t.Errorf("it does not say how to sign in, or what to do else: %+v", found)
		}
	})
}
