package oauth

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base64"
	"net"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/oauth2"

	"constancia/internal/problem"
	"constancia/internal/secret"
)

// Asking is what it takes to ask a person for leave.
type Asking struct {
	// Address is the mailbox's, so that the service offers the right account.
	Address string
	// Open shows an address in the person's browser.
	Open func(address string) error
	// Page is the HTML that the browser shows at the end: granted is whether leave was given.
	Page func(granted bool) []byte
	// Patience is how long the person may take; zero is five minutes.
	Patience time.Duration
}

const personsPatience = 5 * time.Minute

// Authorize opens the service's page in the browser, waits for what the person says there, and gets the token.
//
// It listens on loopback for as long as it waits, at a port nobody knows before. Whoever can reach that port can't end
// the wait: an answer counts when it carries the state that only the browser's page has, and once; and a stolen code is
// worth nothing without the verifier, which never leaves this process.
//
// Problems: missing, not_a_web_address, oauth_denied, oauth_timed_out, oauth_needs_administrator, oauth_client_refused,
// oauth_refused, server_unreachable, cancelled.
func (c Client) Authorize(ctx context.Context, asking Asking) (Token, error) {
	if err := c.check(); err != nil {
		return Token{}, err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return Token{}, problem.Wrap(err, problem.Unexpected, problem.Values{"detail": "no port on loopback"})
	}
	port := strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	host := net.JoinHostPort(cmp.Or(c.Service.host, "127.0.0.1"), port)
	desk := newDesk(host, asking.Page)
	server := &http.Server{Handler: desk, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, MaxHeaderBytes: 16 << 10}
	go func() { _ = server.Serve(listener) }() // it ends with this call
	defer closeGently(server)

	verifier := oauth2.GenerateVerifier()
	config := c.config("http://" + host)
	options := append([]oauth2.AuthCodeOption{oauth2.S256ChallengeOption(verifier)}, c.Service.more...)
	if asking.Address != "" {
		options = append(options, oauth2.SetAuthURLParam("login_hint", asking.Address))
	}
	if err := asking.Open(config.AuthCodeURL(desk.state, options...)); err != nil {
		return Token{}, problem.Wrap(err, problem.NoBrowser, nil)
	}
	code, err := c.wait(ctx, desk, cmp.Or(asking.Patience, personsPatience))
	if err != nil {
		return Token{}, err
	}
	got, err := config.Exchange(context.WithValue(ctx, oauth2.HTTPClient, c.http()), code, oauth2.VerifierOption(verifier))
	if err != nil {
		return Token{}, c.explain(ctx, err)
	}
	if got.RefreshToken == "" {
		return Token{}, c.refused("no refresh_token")
	}
	return tokenOf(got), nil
}

// wait gives the code that the browser brings.
func (c Client) wait(ctx context.Context, desk *desk, patience time.Duration) (string, error) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case answer := <-desk.answers:
		if answer.refusal != "" {
			return "", c.meant(answer.refusal, answer.words)
		}
		return answer.code, nil
	case <-timer.C:
		return "", problem.New(problem.OAuthTimedOut, problem.Values{"provider": c.Service.Name})
	case <-ctx.Done():
		return "", problem.Wrap(ctx.Err(), problem.Cancelled, nil)
	}
}

// closeGently lets the browser have its last page, and no more.
func closeGently(server *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if server.Shutdown(ctx) != nil {
		_ = server.Close()
	}
}

func tokenOf(got *oauth2.Token) Token {
	return Token{Access: secret.NewText(got.AccessToken), Refresh: secret.NewText(got.RefreshToken), Expires: got.Expiry}
}

// newState is a text that nobody guesses.
func newState() string {
	var random [32]byte
	_, _ = rand.Read(random[:]) // it never fails
	return base64.RawURLEncoding.EncodeToString(random[:])
}
