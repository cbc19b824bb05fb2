package cli_test

import (
	"context"
	"errors"
	"net"
	"net/http"

	"constancia/internal/mail/provider/discover"
)

// askPlayedNetwork asks a network with two domains that say where their mail is, taller.example by a record of its own
// and empresa.example by who takes in its mail. Nothing else is there, and no web server.
func askPlayedNetwork(ctx context.Context, address string) (discover.Found, error) {
	return discover.Finder{HTTP: &http.Client{Transport: noWeb{}}, Resolver: playedDNS{}}.Find(ctx, address)
}

type noWeb struct{}

func (noWeb) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New("no web here") }

type playedDNS struct{}

func (playedDNS) LookupSRV(_ context.Context, _, _, name string) (string, []*net.SRV, error) {
	if name != "taller.example" {
		return "", nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
	}
	return name, []*net.SRV{{Target: "imap.hosting.example.", Port: 993}}, nil
}

func (playedDNS) LookupMX(_ context.Context, name string) ([]*net.MX, error) {
	if name != "empresa.example" {
		return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
	}
	return []*net.MX{{Host: "empresa-example.mail.protection.outlook.com."}}, nil
}
