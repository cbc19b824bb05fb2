package casework

import (
	"context"
	"net"
	"net/http"

	"constancia/internal/mail/provider/discover"
)

// FindMailServer asks the domain of an address where its mail server is: its own web servers over HTTPS, and DNS. That
// tells the network the domain, so it is only for when the person wants it. What it finds is a proposal, which the person
// has to confirm. Providers that are in the list are found without asking: provider.Of.
//
// Problems: not_an_address, mail_server_not_found, cancelled.
func FindMailServer(ctx context.Context, address string) (discover.Found, error) {
	return discover.Finder{HTTP: http.DefaultClient, Resolver: net.DefaultResolver}.Find(ctx, address)
}
