package dkim

import (
	"context"
	"errors"
	"net"
	"sync"
)

// System asks the system’s own resolver, and says which name server that asked.
func System(ctx context.Context, name string) (Answer, error) {
	asked := lastAsked{server: "system"} // where the system asks for itself, as Windows does, it does not say whom
	resolver := net.Resolver{Dial: asked.dial}
	texts, err := resolver.LookupTXT(ctx, name)
	var unknown *net.DNSError
	if errors.As(err, &unknown) && unknown.IsNotFound {
		texts, err = nil, nil
	}
	if err != nil {
		return Answer{}, err
	}
	return Answer{Name: name, Texts: texts, Resolver: asked.name()}.Shortened(), nil
}

// lastAsked remembers the name server that was asked last.
type lastAsked struct {
	mutex  sync.Mutex
	server string
}

func (a *lastAsked) dial(ctx context.Context, network, address string) (net.Conn, error) {
	a.mutex.Lock()
	a.server = address
	a.mutex.Unlock()
	var dialer net.Dialer
	return dialer.DialContext(ctx, network, address)
}

func (a *lastAsked) name() string {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	return a.server
}
