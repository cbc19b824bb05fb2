// Package provider knows mail providers: where their mail server is, how somebody signs in there, what has to be switched
// on first, and how to get the emails out as files instead. What it says comes from providers.json, a table in which each
// row names its sources and the day they were read. Nobody is asked over the network; package discover does that, for a
// domain that is not in the table.
//
// It also knows the words with which servers refuse a sign-in, and what they mean: see [WhatRefusalMeans].
package provider

import (
	_ "embed"
	"encoding/json"
	"net/mail"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/idna"

	"constancia/internal/problem"
)

// SignIn is how a provider lets other programs in.
type SignIn string

const (
	// Password is the password of the account.
	Password SignIn = "password"
	// AppPassword is a password that is made for programs in the account's settings. The account's own is refused.
	AppPassword SignIn = "app_password"
	// OAuth is OAuth 2 (RFC 6749) and nothing else: passwords are refused.
	OAuth SignIn = "oauth"
	// Bridge is a program of the provider's own, which runs on this computer and shows a password.
	Bridge SignIn = "bridge"
	// NoIMAP says that no other program is let in at all.
	NoIMAP SignIn = "no_imap"
	// Unconfirmed says that no source could be found which names the server.
	Unconfirmed SignIn = "unconfirmed"
)

// SignIns lists them all.
func SignIns() []SignIn {
	return []SignIn{Password, AppPassword, OAuth, Bridge, NoIMAP, Unconfirmed}
}

// Server is where a provider's IMAP server is. Its Host is empty where there is none, or where none is known.
type Server struct {
	Host string `json:"host"`
	Port int    `json:"port"`
	// StartTLS says that TLS is asked for on an open connection. Otherwise TLS is spoken from the first byte.
	StartTLS bool `json:"starttls"`
	// User is the form of the user name: [LocalPart], or the whole address when it is empty. See [Server.UserOf].
	User string `json:"user"`
}

// LocalPart is the form of a user name that is only what stands before the @.
const LocalPart = "local_part"

// UserOf is the user name with which the owner of an address signs in.
func (s Server) UserOf(address string) string {
	if s.User == LocalPart {
		return address[:max(strings.LastIndexByte(address, '@'), 0)]
	}
	return address
}

// Provider is one row of the table.
type Provider struct {
	// ID is stable and means nothing to people.
	ID   string `json:"id"`
	Name string `json:"name"`
	// Domains of addresses, in lower-case ASCII. "*." before one stands for anything below it.
	Domains []string `json:"domains"`
	// MX are the domains of the hosts that take in mail for a customer's own domain (RFC 5321, section 5.1).
	MX []string `json:"mx"`
	Server
	SignIn SignIn `json:"sign_in"`
	// IMAPOff says that IMAP is off until the person switches it on. The server may then call the password wrong.
	IMAPOff bool `json:"imap_off"`
	// Before are the steps before the first sign-in, in their order. Their words are mail.before.STEP.
	Before []string `json:"before"`
	// Files are ways to save emails as files, the best first: nobody has to sign in to take these in. Their words are
	// mail.files.WAY.
	Files []string `json:"files"`
	// Help is the provider's own page about it, or empty.
	Help string `json:"help"`
	// Sources are where the row comes from, and Checked is the day they were read, YYYY-MM-DD.
	Sources []string `json:"sources"`
	Checked string   `json:"checked"`
}

// HasServer reports whether the provider's server is known.
func (p Provider) HasServer() bool { return p.Host != "" }

//go:embed providers.json
var table []byte

var providers = sync.OnceValue(func() []Provider {
	var rows []Provider
	if err := json.Unmarshal(table, &rows); err != nil {
		panic("provider: the embedded table can't be read: " + err.Error()) // a test reads it
	}
	return rows
})

// All is the whole table. It is the caller's own.
func All() []Provider { return slices.Clone(providers()) }

// Of is the provider of an address, by its domain.
func Of(address string) (Provider, bool) {
	domain, err := DomainOf(address)
	if err != nil {
		return Provider{}, false
	}
	return find(func(p Provider) bool {
		return slices.ContainsFunc(p.Domains, func(pattern string) bool {
			parent, wild := strings.CutPrefix(pattern, "*.")
			return domain == pattern || wild && strings.HasSuffix(domain, "."+parent)
		})
	})
}

// OfExchanger is the provider that runs a host which takes in mail, by the host's name (an MX record).
func OfExchanger(host string) (Provider, bool) {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return find(func(p Provider) bool {
		return slices.ContainsFunc(p.MX, func(domain string) bool {
			return host == domain || strings.HasSuffix(host, "."+domain)
		})
	})
}

// OfServer is the provider that runs an IMAP server, by the server's name. Where two rows share it, it is the one for
// customers' own domains, which stands further down. What listens on this computer is nobody's.
func OfServer(host string) (Provider, bool) {
	var found Provider
	for _, row := range providers() {
		if row.SignIn != Bridge && row.HasServer() && strings.EqualFold(row.Host, host) {
			found = row
		}
	}
	return found, found.HasServer()
}

func find(is func(Provider) bool) (Provider, bool) {
	rows := providers()
	if at := slices.IndexFunc(rows, is); at >= 0 {
		return rows[at], true
	}
	return Provider{}, false
}

// Without is what to say of the ways to save emails as files where the provider is not known.
func Without() []string { return []string{"webmail", "mail_program"} }

// DomainOf is the domain of an address, in lower-case ASCII (RFC 5891).
//
// Problems: not_an_address.
func DomainOf(address string) (string, error) {
	wrong := problem.Values{"field": "address", "value": address}
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address {
		return "", problem.Wrap(err, problem.NotAnAddress, wrong)
	}
	domain, err := idna.Lookup.ToASCII(address[strings.LastIndexByte(address, '@')+1:])
	if err != nil || !strings.Contains(domain, ".") {
		return "", problem.Wrap(err, problem.NotAnAddress, wrong)
	}
	return strings.ToLower(domain), nil
}
