package app

import (
	"constancia/internal/mail/provider"
	"constancia/internal/mail/provider/discover"
)

// serverView is what was found about a server, for the page.
func (s *Mailboxes) serverView(found discover.Found) MailServerView {
	row := found.Provider
	view := MailServerView{
		Domain: found.Domain, Provider: row.Name, SignIn: string(row.SignIn), Host: row.Host, Port: int64(row.Port), StartTLS: row.StartTLS, User: found.User,
		Origin: string(found.Origin), Where: found.Where, Before: s.steps(row.Before), Files: s.steps(row.Files), Help: s.link(row.Help), Service: services[row.Host],
	}
	if row.Name == "" {
		view.Files = s.steps(provider.Without())
	}
	return view
}

// services are where leave can be asked for, by the mail server that takes it.
var services = map[string]string{"imap.gmail.com": "google", "outlook.office365.com": "microsoft"}

func (s *Mailboxes) steps(codes []string) []MailStep {
	steps := make([]MailStep, len(codes))
	for i, code := range codes {
		steps[i] = MailStep{Code: code, Link: s.link(provider.LinkOf(code))}
	}
	return steps
}

// link gives an address of our own table an id by which the page can have it opened.
func (s *Mailboxes) link(address string) *Link {
	if address == "" {
		return nil
	}
	for _, link := range s.desk.links.find(address) {
		return &link
	}
	return nil
}
