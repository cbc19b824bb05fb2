package discover_test

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"constancia/internal/mail/provider"
	"constancia/internal/mail/provider/discover"
	"constancia/internal/problem"
)

// domain is one that a test plays: its web servers, on loopback, and its DNS.
type domain struct {
	// pages are what its web servers answer, by host and path.
	pages map[string]http.HandlerFunc
	srv   []*net.SRV
	mx    []*net.MX

	mutex sync.Mutex
	asked []string // addresses that were fetched and names that were looked up
}

func (d *domain) note(what string) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.asked = append(d.asked, what)
}

func (d *domain) LookupSRV(_ context.Context, service, proto, name string) (string, []*net.SRV, error) {
	full := "_" + service + "._" + proto + "." + name
	d.note(full)
	if d.srv == nil {
		return "", nil, &net.DNSError{Err: "no such host", Name: full, IsNotFound: true}
	}
	return full, d.srv, nil
}

func (d *domain) LookupMX(_ context.Context, name string) ([]*net.MX, error) {
	d.note("MX " + name)
	if d.mx == nil {
		return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
	}
	return d.mx, nil
}

// finder finds within the domain alone: whatever is dialed is a server on loopback, and what has no page is not there.
func (d *domain) finder(t *testing.T) discover.Finder {
	t.Helper()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		where := r.Host + r.URL.Path
		d.note("https://" + where)
		if r.URL.RawQuery != "" || len(r.Cookies()) > 0 {
			t.Errorf("it tells more than the domain: %s %v", r.URL, r.Cookies())
		}
		page := d.pages[where]
		if page == nil {
			http.NotFound(w, r)
			return
		}
		page(w, r)
	}))
	t.Cleanup(server.Close)
	transport := server.Client().Transport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{RootCAs: transport.TLSClientConfig.RootCAs, ServerName: "example.com", MinVersion: tls.VersionTLS12}
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if !strings.HasSuffix(address, ":443") {
			t.Errorf("it dials %s", address)
			return nil, errors.New("only HTTPS is there")
		}
		return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
	}
	return discover.Finder{HTTP: &http.Client{Transport: transport}, Resolver: d}
}

const (
	atAutoconfig = "autoconfig.taller.example/mail/config-v1.1.xml"
	atWellKnown  = "taller.example/.well-known/autoconfig/mail/config-v1.1.xml"
)

// file answers with one of testdata.
func file(t *testing.T, name string) http.HandlerFunc {
	t.Helper()
	content, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return text(string(content))
}

func text(content string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(content)) }
}

func redirect(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) }
}

func TestTheDomainsOwnFileSaysWhereItsServerIs(t *testing.T) {
	for _, where := range []string{atAutoconfig, atWellKnown} {
		d := &domain{pages: map[string]http.HandlerFunc{where: file(t, "full.xml")}, srv: []*net.SRV{{Target: "other.taller.example.", Port: 993}}}
		found, err := d.finder(t).Find(t.Context(), "elena@Taller.example")
		if err != nil {
			t.Fatal(err)
		}
		if found.Provider.Server != (provider.Server{Host: "imap.taller.example", Port: 993}) || found.User != "elena@Taller.example" ||
			found.Provider.Name != "Taller Ruiz" || found.Provider.SignIn != provider.Password {
			t.Errorf("found %+v", found)
		}
		if found.Origin != discover.Autoconfig || found.Where != "https://"+where || found.Domain != "taller.example" {
			t.Errorf("it comes from %s %s of %s", found.Origin, found.Where, found.Domain)
		}
		if len(found.Provider.Files) == 0 {
			t.Error("it names no way without signing in")
		}
	}
}

func TestARecordInDNSSaysItWhereThereIsNoFile(t *testing.T) {
	d := &domain{srv: []*net.SRV{{Target: "IMAP.hosting.example.", Port: 9993, Priority: 1}, {Target: "b.hosting.example.", Port: 993, Priority: 2}},
		mx: []*net.MX{{Host: "aspmx.l.google.com."}}}
	found, err := d.finder(t).Find(t.Context(), "elena@taller.example")
	if err != nil {
		t.Fatal(err)
	}
	if found.Provider.Server != (provider.Server{Host: "imap.hosting.example", Port: 9993}) || found.User != "elena@taller.example" ||
		found.Origin != discover.SRV || found.Where != "_imaps._tcp.taller.example" {
		t.Errorf("found %+v", found)
	}
	want := []string{"https://" + atAutoconfig, "https://" + atWellKnown, "_imaps._tcp.taller.example"}
	if !slices.Equal(d.asked, want) {
		t.Errorf("it asked for %q, want %q", d.asked, want)
	}
}

func TestWhoTakesInTheMailTellsWhereTheDomainSaysNothing(t *testing.T) {
	for host, want := range map[string]struct {
		provider string
		signIn   provider.SignIn
	}{
		"taller-example.mail.protection.outlook.com.": {"microsoft-365", provider.OAuth},
		"aspmx.l.google.com.":                         {"google-workspace", provider.AppPassword},
		"mx00.ionos.es.":                              {"ionos-es", provider.Password},
	} {
		d := &domain{srv: []*net.SRV{{Target: ".", Port: 0}}, mx: []*net.MX{{Host: "mx.taller.example."}, {Host: host}}}
		found, err := d.finder(t).Find(t.Context(), "elena@taller.example")
		if err != nil {
			t.Fatal(err)
		}
		if found.Provider.ID != want.provider || found.Provider.SignIn != want.signIn || found.Origin != discover.MX ||
			found.Where != strings.TrimSuffix(host, ".") || found.User != "elena@taller.example" {
			t.Errorf("%s: found %+v", host, found)
		}
	}
}

func TestADomainThatSaysNothingHasNoServer(t *testing.T) {
	d := &domain{mx: []*net.MX{{Host: "mx.taller.example."}}}
	_, err := d.finder(t).Find(t.Context(), "elena@taller.example")
	if p := problem.From(err); p.Code != problem.MailServerNotFound || p.Values["domain"] != "taller.example" {
		t.Errorf("got %v", err)
	}
}

func TestNobodyIsAskedAboutWhatIsNoAddress(t *testing.T) {
	d := &domain{}
	_, err := d.finder(t).Find(t.Context(), "elena@taller.example/../x")
	if problem.From(err).Code != problem.NotAnAddress || len(d.asked) > 0 {
		t.Errorf("got %v, and asked %q", err, d.asked)
	}
}

func TestARedirectIsFollowedOnlyToHTTPSAndNotForever(t *testing.T) {
	const other = "config.hosting.example/taller.xml"
	full := file(t, "full.xml")
	for name, c := range map[string]struct {
		pages map[string]http.HandlerFunc
		found bool
	}{
		"to https":       {map[string]http.HandlerFunc{atAutoconfig: redirect("https://" + other), other: full}, true},
		"to http":        {map[string]http.HandlerFunc{atAutoconfig: redirect("http://" + other), other: full}, false},
		"to a file":      {map[string]http.HandlerFunc{atAutoconfig: redirect("file:///etc/passwd")}, false},
		"to itself":      {map[string]http.HandlerFunc{atAutoconfig: redirect("https://" + atAutoconfig)}, false},
		"to https, then": {map[string]http.HandlerFunc{atAutoconfig: redirect("https://" + other), other: redirect("http://" + other)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := &domain{pages: c.pages}
			_, err := d.finder(t).Find(t.Context(), "elena@taller.example")
			if found := err == nil; found != c.found {
				t.Errorf("found: %v (%v)", found, err)
			}
			if len(d.asked) > 10 {
				t.Errorf("it asked %d times", len(d.asked))
			}
		})
	}
}

func TestAnAnswerThatIsNoFileIsPassedOver(t *testing.T) {
	full, err := os.ReadFile("testdata/full.xml")
	if err != nil {
		t.Fatal(err)
	}
	for name, answer := range map[string]http.HandlerFunc{
		"a web page":    text("<!doctype html><html><body>Parked.</body></html>"),
		"nothing":       text(""),
		"far too large": text(string(full) + strings.Repeat(" ", 256<<10)),
		"not found":     func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound); _, _ = w.Write(full) },
		"asks who it is": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = w.Write(full)
		},
		"cut short": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100000")
			_, _ = w.Write(full)
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := &domain{pages: map[string]http.HandlerFunc{atAutoconfig: answer, atWellKnown: file(t, "starttls.xml")}}
			found, err := d.finder(t).Find(t.Context(), "elena@taller.example")
			if err != nil || found.Where != "https://"+atWellKnown {
				t.Errorf("found %+v, %v", found, err)
			}
		})
	}
}

func TestAnEndlessAnswerEndsWhenThePersonGivesUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	d := &domain{pages: map[string]http.HandlerFunc{atAutoconfig: func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("<clientConfig>"))
		_ = http.NewResponseController(w).Flush()
		cancel()
		<-r.Context().Done()
	}}}
	_, err := d.finder(t).Find(ctx, "elena@taller.example")
	if problem.From(err).Code != problem.Cancelled {
		t.Errorf("got %v", err)
	}
}

func TestARecordThatPointsNowhereIsPassedOver(t *testing.T) {
	for _, record := range []*net.SRV{
		{Target: ".", Port: 993}, {Target: "imap.taller.example.", Port: 0}, {Target: "localhost.", Port: 993},
		{Target: "127.0.0.1", Port: 993}, {Target: "a_b.taller.example.", Port: 993}, {Target: "imap.taller.example\x00.", Port: 993},
	} {
		d := &domain{srv: []*net.SRV{record}}
		if found, err := d.finder(t).Find(t.Context(), "elena@taller.example"); err == nil {
			t.Errorf("%+v: found %+v", record, found)
		}
	}
}
