package app

// MailboxView is a mailbox that the program knows.
type MailboxView struct {
	ID      string `json:"id"`
	Address string `json:"address"`
	Server  string `json:"server"` // for showing
	SignIn  string `json:"signIn"` // password or oauth
	// HasSecret is whether it can be opened without asking the person.
	HasSecret bool `json:"hasSecret"`
}

// MailServerView is what is known about the server of an address.
type MailServerView struct {
	Domain   string `json:"domain"`   // empty while no whole address was typed
	Provider string `json:"provider"` // its name; empty while nobody knows
	// SignIn is how it lets other programs in: a code with words under mail.sign_in; empty while nobody knows.
	SignIn string `json:"signIn"`
	Host   string `json:"host"` // empty where there is none
	Port   int64  `json:"port"`
	// StartTLS says that TLS is asked for on an open connection.
	StartTLS bool   `json:"startTls"`
	User     string `json:"user"`
	// Before are the steps before the first sign-in, with words under mail.before.
	Before []MailStep `json:"before"`
	// Files are the ways to save emails as files, the best first, with words under mail.files.
	Files []MailStep `json:"files"`
	Help  *Link      `json:"help,omitempty"`
	// Service is google or microsoft, where leave can be asked for with a client id of the person's own; else empty.
	Service string `json:"service"`
	// Origin is who says so, with words under mail.origin: table, autoconfig, srv or mx; and Where it was said.
	Origin string `json:"origin"`
	Where  string `json:"where"`
}

// MailStep is something to do on a provider's website.
type MailStep struct {
	Code string `json:"code"`
	Link *Link  `json:"link,omitempty"`
}

// MailboxInput is a mailbox as it was typed. Host, port and user are empty where the address tells them.
type MailboxInput struct {
	Address  string `json:"address"`
	Password string `json:"password"`
	Host     string `json:"host"`
	Port     string `json:"port"`
	StartTLS bool   `json:"startTls"`
	User     string `json:"user"`
	// Pin is the fingerprint of the server's key that the person was shown and accepted; empty for none.
	Pin string `json:"pin"`
}

// OAuthInput is a mailbox that is to be read by its provider's leave, as it was typed.
type OAuthInput struct {
	Mailbox MailboxInput `json:"mailbox"`
	// Service is google or microsoft; empty for another one, by its addresses.
	Service      string `json:"service"`
	AuthorizeURL string `json:"authorizeUrl"`
	TokenURL     string `json:"tokenUrl"`
	Scopes       string `json:"scopes"` // what is asked for, in words with spaces between them
	// ClientID is the person's own, and ClientSecret the secret that came with it, if any.
	ClientID     string `json:"clientId"`
	ClientSecret string `json:"clientSecret"`
}

// MailboxConnected is what came of signing in.
type MailboxConnected struct {
	ID       string `json:"id"`
	Address  string `json:"address"`
	Messages int64  `json:"messages"`
	// Kept is whether the system's keyring has the secret; else it is remembered until the program ends.
	Kept bool `json:"kept"`
}

// SignatureKeys say how the keys of the signatures of emails are asked for.
type SignatureKeys struct {
	Asks    bool  `json:"asks"`    // without being told to
	Waiting int64 `json:"waiting"` // keys that were not answered yet
}
