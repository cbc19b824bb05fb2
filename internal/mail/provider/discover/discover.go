// Package discover asks a domain where its mail server is. It tells the network which domain somebody has an address at,
// so it is only for when that person wants it.
//
// It asks the domain's own web servers, over HTTPS alone, for the file that describes its mail
// (draft-ietf-mailmaint-autoconfig), then DNS for the server's record (RFC 6186 with RFC 8314), then DNS for who takes in
// the domain's mail, which the table of package provider may know. Nobody else is asked, and the address itself is not
// told, only its domain. What comes back is a proposal that says where it comes from: a person has to confirm it before a
// password goes there, because DNS can be forged.
package discover

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"constancia/internal/mail/provider"
	"constancia/internal/problem"
)

// Limits of one search.
const (
	maxFile      = 256 << 10
	maxRedirects = 3
	askTimeout   = 8 * time.Second
	maxTimeout   = 25 * time.Second
)

// Origin is who said where the server is.
type Origin string

const (
	// Autoconfig is a file on the domain's own web server.
	Autoconfig Origin = "autoconfig"
	// SRV is a record in the domain's DNS.
	SRV Origin = "srv"
	// MX is the table, for the provider that takes in the domain's mail.
	MX Origin = "mx"
)

// Found is a proposal.
type Found struct {
	// Domain is the domain that was asked about.
	Domain string
	// Provider is whose server it is: a row of the table where it is known, else only a name, a server, a way to sign in
	// and the general ways without.
	Provider provider.Provider
	// User is the user name to sign in with.
	User   string
	Origin Origin
	// Where is the address of the file, the name of the record, or the host that takes in mail.
	Where string
}

// Resolver asks DNS. *net.Resolver is one.
type Resolver interface {
	LookupSRV(ctx context.Context, service, proto, name string) (string, []*net.SRV, error)
	LookupMX(ctx context.Context, name string) ([]*net.MX, error)
}

// Finder finds servers.
type Finder struct {
	// HTTP asks web servers. Its jar and its policy on redirects are not used.
	HTTP     *http.Client
	Resolver Resolver
}

// Find asks where the mail server of an address is.
//
// Problems: not_an_address, mail_server_not_found, cancelled.
func (f Finder) Find(ctx context.Context, address string) (Found, error) {
	domain, err := provider.DomainOf(address)
	if err != nil {
		return Found{}, err
	}
	within, cancel := context.WithTimeout(ctx, maxTimeout)
	defer cancel()
	for _, ask := range []func(context.Context, string, string) (Found, bool){f.byFile, f.bySRV, f.byMX} {
		found, ok := ask(within, domain, address)
		if ctx.Err() != nil {
			return Found{}, problem.Wrap(ctx.Err(), problem.Cancelled, nil)
		}
		if ok {
			found.Domain = domain
			return found, nil
		}
	}
	return Found{}, problem.New(problem.MailServerNotFound, problem.Values{"domain": domain})
}

// byFile asks the two places of the draft, section "Mail provider", that are protected. The third is not.
func (f Finder) byFile(ctx context.Context, domain, address string) (Found, bool) {
	for _, where := range []string{
		"https://autoconfig." + domain + "/mail/config-v1.1.xml",
		"https://" + domain + "/.well-known/autoconfig/mail/config-v1.1.xml",
	} {
		content, err := f.get(ctx, where)
		if err != nil {
			continue
		}
		if found, ok := parse(content, address); ok {
			found.Origin, found.Where = Autoconfig, where
			return found, true
		}
	}
	return Found{}, false
}

// get fetches a small file over HTTPS.
func (f Finder) get(ctx context.Context, where string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, where, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "text/xml, application/xml")
	client := *f.HTTP
	client.Jar = nil
	client.CheckRedirect = func(next *http.Request, via []*http.Request) error {
		if next.URL.Scheme != "https" || len(via) > maxRedirects {
			return errors.New("a redirect that is not followed")
		}
		return nil
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }() // it was only read
	if response.StatusCode != http.StatusOK {
		return nil, errors.New(response.Status)
	}
	content, err := io.ReadAll(io.LimitReader(response.Body, maxFile+1))
	if err == nil && len(content) > maxFile {
		err = errors.New("the file is too large")
	}
	return content, err
}

// bySRV asks for the record of a server that speaks TLS from the first byte. The user name is the address
// (RFC 6186, section 4).
func (f Finder) bySRV(ctx context.Context, domain, address string) (Found, bool) {
	_, records, err := f.Resolver.LookupSRV(ctx, "imaps", "tcp", domain)
	if err != nil {
		return Found{}, false
	}
	for _, record := range records { // by priority and weight
		host, ok := hostName(record.Target)
		if !ok || record.Port == 0 { // "." says that there is none
			continue
		}
		found := ofServer(provider.Server{Host: host, Port: int(record.Port)}, address)
		found.Origin, found.Where = SRV, "_imaps._tcp."+domain
		return found, true
	}
	return Found{}, false
}

// byMX asks who takes in the domain's mail, the most preferred first.
func (f Finder) byMX(ctx context.Context, domain, address string) (Found, bool) {
	records, err := f.Resolver.LookupMX(ctx, domain)
	if err != nil {
		return Found{}, false
	}
	for _, record := range records {
		row, known := provider.OfExchanger(record.Host)
		if known && row.HasServer() {
			return Found{Provider: row, User: row.UserOf(address), Origin: MX, Where: strings.TrimSuffix(record.Host, ".")}, true
		}
	}
	return Found{}, false
}

// ofServer is what is known of a server: all of its provider's row when the table has it.
func ofServer(server provider.Server, address string) Found {
	row, known := provider.OfServer(server.Host)
	if !known {
		row = provider.Provider{Name: server.Host, SignIn: provider.Password, Files: provider.Without()}
	}
	row.Server = server
	return Found{Provider: row, User: address}
}

// hostName is the name of a server as it may be asked for, in lower case. Addresses and names without a dot are no names
// of mail servers that anybody else could reach.
func hostName(name string) (string, bool) {
	name = strings.ToLower(strings.TrimSuffix(strings.TrimSpace(name), "."))
	if len(name) > 253 || !strings.Contains(name, ".") || net.ParseIP(name) != nil {
		return "", false
	}
	for label := range strings.SplitSeq(name, ".") {
		odd := func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' }
		if label == "" || len(label) > 63 || label[0] == '-' || strings.ContainsFunc(label, odd) {
			return "", false
		}
	}
	return name, true
}
