package provider_test

import (
	"encoding/json"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"constancia/internal/i18n"
	"constancia/internal/mail/provider"
	"constancia/internal/problem"
)

func TestAnAddressFindsItsProviderByItsDomain(t *testing.T) {
	for _, c := range []struct {
		address, provider, host, user string
		signIn                        provider.SignIn
	}{
		{"elena@gmail.com", "gmail", "imap.gmail.com", "elena@gmail.com", provider.AppPassword},
		{"Elena.Ruiz@GoogleMail.COM", "gmail", "imap.gmail.com", "Elena.Ruiz@GoogleMail.COM", provider.AppPassword},
		{"elena@hotmail.com", "outlook", "outlook.office365.com", "elena@hotmail.com", provider.OAuth},
		{"elena@hotmail.es", "outlook", "outlook.office365.com", "elena@hotmail.es", provider.OAuth},
		{"elena@live.com.mx", "outlook", "outlook.office365.com", "elena@live.com.mx", provider.OAuth},
		{"elena@hotmail.com.ar", "outlook", "outlook.office365.com", "elena@hotmail.com.ar", provider.OAuth},
		{"elena@tienda.onmicrosoft.com", "microsoft-365", "outlook.office365.com", "elena@tienda.onmicrosoft.com", provider.OAuth},
		{"elena@icloud.com", "icloud", "imap.mail.me.com", "elena", provider.AppPassword},
		{"elena@yahoo.com.mx", "yahoo", "imap.mail.yahoo.com", "elena@yahoo.com.mx", provider.AppPassword},
		{"elena@yahoo.com.ar", "yahoo", "imap.mail.yahoo.com", "elena@yahoo.com.ar", provider.AppPassword},
		{"elena@rocketmail.com", "yahoo", "imap.mail.yahoo.com", "elena@rocketmail.com", provider.AppPassword},
		{"elena@aol.com", "aol", "imap.aol.com", "elena@aol.com", provider.AppPassword},
		{"elena@gmx.es", "gmx-com", "imap.gmx.com", "elena@gmx.es", provider.Password},
		{"elena@gmx.net", "gmx-net", "imap.gmx.net", "elena@gmx.net", provider.Password},
		{"elena@web.de", "web-de", "imap.web.de", "elena", provider.Password},
		{"elena@proton.me", "proton", "127.0.0.1", "elena@proton.me", provider.Bridge},
		{"elena@tuta.com", "tuta", "", "elena@tuta.com", provider.NoIMAP},
		{"elena@telefonica.net", "movistar-es", "", "elena@telefonica.net", provider.Unconfirmed},
		{"elena@prodigy.net.mx", "telmex", "", "elena@prodigy.net.mx", provider.Unconfirmed},
		{"elena@fibertel.com.ar", "personal-ar", "", "elena@fibertel.com.ar", provider.Unconfirmed},
	} {
		found, ok := provider.Of(c.address)
		if !ok || found.ID != c.provider || found.Host != c.host || found.SignIn != c.signIn || found.UserOf(c.address) != c.user {
			t.Errorf("%s: found %v %q at %q, user %q, by %s", c.address, ok, found.ID, found.Host, found.UserOf(c.address), found.SignIn)
		}
	}
}

func TestADomainThatOnlyLooksLikeOneOfThemFindsNone(t *testing.T) {
	for _, address := range []string{
		"elena@mygmail.com", "elena@gmail.com.example", "elena@mail.gmail.com", "elena@onmicrosoft.com",
		"elena@taller.example", "gmail.com", "elena@", "", "elena@gmail",
	} {
		if found, ok := provider.Of(address); ok {
			t.Errorf("%q: found %q", address, found.ID)
		}
	}
}

func TestTheHostThatTakesInMailTellsTheProviderOfAnOwnDomain(t *testing.T) {
	for host, want := range map[string]string{
		"aspmx.l.google.com.": "google-workspace", "ALT1.ASPMX.L.GOOGLE.COM": "google-workspace",
		"taller-example.mail.protection.outlook.com.": "microsoft-365", "eur.olc.protection.outlook.com": "outlook",
		"mx00.ionos.es.": "ionos-es", "mx01.ionos.mx": "ionos-mx", "mx.serviciodecorreo.es": "arsys",
		"mx1.mail.ovh.net": "ovh", "in1-smtp.messagingengine.com": "fastmail", "mx.zoho.eu": "zoho-eu",
		"mx.taller.example": "", "google.com.example": "", "notgoogle.com": "",
	} {
		if found, _ := provider.OfExchanger(host); found.ID != want {
			t.Errorf("%s: found %q, want %q", host, found.ID, want)
		}
	}
}

func TestAServerThatTwoRowsShareIsTheOneForOwnDomainsUnlessTheAddressSaysOtherwise(t *testing.T) {
	for _, c := range []struct{ host, user, want string }{
		{"outlook.office365.com", "elena@taller.example", "Microsoft 365"},
		{"outlook.office365.com", "elena@hotmail.com", "Outlook.com"},
		{"IMAP.GMAIL.COM", "elena@gmail.com", "Gmail"},
		{"imap.gmail.com", "elena@taller.example", "Google Workspace"},
		{"imap.mail.me.com", "elena", "iCloud"},
		{"correo.taller.example", "elena@gmail.com", "correo.taller.example"},
		{"127.0.0.1", "elena@proton.example", "127.0.0.1"},
	} {
		if got := provider.NameOf(c.host, c.user); got != c.want {
			t.Errorf("%s, %s: it is called %q, want %q", c.host, c.user, got, c.want)
		}
	}
}

func TestEveryRowIsWholeAndSaysWhereItComesFrom(t *testing.T) {
	ids, domains := map[string]bool{}, map[string]string{}
	for _, row := range provider.All() {
		if row.ID == "" || row.Name == "" || ids[row.ID] {
			t.Errorf("%q: it has no id or no name, or the id is another's", row.ID)
		}
		ids[row.ID] = true
		if len(row.Domains)+len(row.MX) == 0 {
			t.Errorf("%s: no address can find it", row.ID)
		}
		for _, domain := range slices.Concat(row.Domains, row.MX) {
			if domain != strings.ToLower(domain) || !strings.Contains(domain, ".") || strings.ContainsAny(domain, "@ /") {
				t.Errorf("%s: %q is no domain in lower case", row.ID, domain)
			}
		}
		for _, domain := range row.Domains {
			if domains[domain] != "" {
				t.Errorf("%s is of both %s and %s", domain, domains[domain], row.ID)
			}
			domains[domain] = row.ID
		}
		needsServer := row.SignIn != provider.NoIMAP && row.SignIn != provider.Unconfirmed
		if row.HasServer() != needsServer || needsServer && (row.Port < 1 || row.Port > 65535) {
			t.Errorf("%s: host %q, port %d, but it signs in by %s", row.ID, row.Host, row.Port, row.SignIn)
		}
		if row.User != "" && row.User != provider.LocalPart {
			t.Errorf("%s: %q is no form of a user name", row.ID, row.User)
		}
		if !slices.Contains(provider.SignIns(), row.SignIn) {
			t.Errorf("%s: nobody can sign in by %q", row.ID, row.SignIn)
		}
		if row.SignIn == provider.AppPassword && len(row.Before) == 0 {
			t.Errorf("%s: it does not say where app passwords are made", row.ID)
		}
		if len(row.Sources) == 0 {
			t.Errorf("%s: it names no source", row.ID)
		}
		if _, err := time.Parse(time.DateOnly, row.Checked); err != nil {
			t.Errorf("%s: it was checked on %q", row.ID, row.Checked)
		}
		if help, err := url.Parse(row.Help); err != nil || row.Help != "" && help.Scheme != "https" {
			t.Errorf("%s: its help is at %q", row.ID, row.Help)
		}
	}
}

func TestEveryProviderHasAWayWithoutSigningIn(t *testing.T) {
	for _, row := range provider.All() {
		if len(row.Files) == 0 {
			t.Errorf("%s: it names no way", row.ID)
		}
	}
	if len(provider.Without()) == 0 {
		t.Error("there is none for a provider that is not known")
	}
}

func TestEveryStepHasItsWordsInEveryLanguageAndNoWordsAreLeftOver(t *testing.T) {
	used := map[string]bool{}
	note := func(family string, steps ...string) {
		for _, step := range steps {
			used["mail."+family+"."+step] = true
		}
	}
	note("files", provider.Without()...)
	for _, way := range provider.SignIns() {
		note("sign_in", string(way))
	}
	for _, row := range provider.All() {
		note("before", row.Before...)
		note("files", row.Files...)
	}
	for _, language := range i18n.Languages() {
		for key := range used {
			if !i18n.For(language).Has(key) {
				t.Errorf("%s has no %s", language, key)
			}
		}
	}
	content, err := os.ReadFile("../../i18n/locales/mail.en.json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]string
	if err := json.Unmarshal(content, &words); err != nil {
		t.Fatal(err)
	}
	for key := range words {
		elsewhere := strings.HasPrefix(key, "mail.origin.") || strings.HasPrefix(key, "mail.page.") // said by casework
		if !used[key] && !elsewhere {
			t.Errorf("nobody says %s", key)
		}
	}
}

func TestTheTableKnowsTheLargeProvidersOfTheWorldAndOfSpainMexicoAndArgentina(t *testing.T) {
	for _, domain := range []string{
		"gmail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "icloud.com", "me.com", "mac.com", "yahoo.com",
		"ymail.com", "aol.com", "gmx.com", "gmx.de", "mail.com", "web.de", "fastmail.com", "zoho.com", "zohomail.eu",
		"proton.me", "tuta.com", "yandex.com", "posteo.net", "mailbox.org",
		"hotmail.es", "outlook.es", "yahoo.es", "gmx.es", "movistar.es", "telefonica.net", "terra.es", "orange.es",
		"vodafone.es", "ono.com", "jazztel.es", "telecable.es", "euskalnet.net", "educa.madrid.org",
		"live.com.mx", "yahoo.com.mx", "prodigy.net.mx",
		"hotmail.com.ar", "outlook.com.ar", "live.com.ar", "yahoo.com.ar", "fibertel.com.ar", "speedy.com.ar", "arnet.com.ar",
	} {
		if _, ok := provider.Of("elena@" + domain); !ok {
			t.Errorf("%s is not in it", domain)
		}
	}
}

func TestADomainIsReadFromAnAddressInASCII(t *testing.T) {
	for address, want := range map[string]string{
		"elena@taller.example": "taller.example", "elena@Taller.Example": "taller.example",
		"elena@cañón.example": "xn--can-8mak.example",
	} {
		if got, err := provider.DomainOf(address); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", address, got, err, want)
		}
	}
	for _, address := range []string{
		"", "elena", "@", "elena@", "@taller.example", "elena@localhost", "elena@@taller.example", "elena@taller..example",
		"Elena <elena@taller.example>", "elena@taller.example, otra@taller.example", "elena@[127.0.0.1]", "elena@taller.example/x",
		"elena@-taller.example", "elena@taller .example",
	} {
		_, err := provider.DomainOf(address)
		if p := problem.From(err); err == nil || p.Code != problem.NotAnAddress || p.Values["value"] != address {
			t.Errorf("%q: got %v", address, err)
		}
	}
}

func TestThePageOfAStepStandsInItsWords(t *testing.T) {
	linked := 0
	for _, row := range provider.All() {
		for prefix, codes := range map[string][]string{"mail.before.": row.Before, "mail.files.": row.Files} {
			for _, code := range codes {
				page, hasPage := strings.CutPrefix(provider.LinkOf(code), "https://")
				if !hasPage {
					continue
				}
				linked++
				for _, language := range i18n.Languages() {
					if words := i18n.For(language).Text(prefix+code, i18n.Values{"provider": row.Name}); !strings.Contains(words, page) {
						t.Errorf("%s: %s%s does not speak of %s", language, prefix, code, page)
					}
				}
			}
		}
	}
	if linked == 0 {
		t.Error("no step has a page")
	}
}
