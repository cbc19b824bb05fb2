package oauth

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/oauth2"

	"constancia/internal/problem"
	"constancia/internal/secret"
)

// Renew gets another access part (RFC 6749, section 6). The refresh part may be another afterwards: the one that comes
// back is the one to keep.
//
// Problems: oauth_expired when leave has ended or was taken back, oauth_client_refused, oauth_refused,
// server_unreachable, cancelled.
func (c Client) Renew(ctx context.Context, refresh secret.Text) (Token, error) {
	if err := c.check(); err != nil {
		return Token{}, err
	}
	with := context.WithValue(ctx, oauth2.HTTPClient, c.http())
	got, err := c.config("").TokenSource(with, &oauth2.Token{RefreshToken: refresh.Reveal()}).Token()
	if err != nil {
		return Token{}, c.explain(ctx, err)
	}
	return tokenOf(got), nil
}

// Revoke gives leave back (RFC 7009): from then on nobody can do anything with the token. It tells whether the service
// took it; one that has no address for that takes nothing, and the person can end it in their account there.
func (c Client) Revoke(ctx context.Context, refresh secret.Text) (taken bool, err error) {
	if err := c.check(); err != nil || c.Service.RevokeURL == "" {
		return false, err
	}
	form := url.Values{"token": {refresh.Reveal()}, "token_type_hint": {"refresh_token"}, "client_id": {c.ID}}
	if !c.Secret.Empty() {
		form.Set("client_secret", c.Secret.Reveal())
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Service.RevokeURL, strings.NewReader(form.Encode()))
	if err != nil {
		return false, problem.New(problem.NotAWebAddress, problem.Values{"value": c.Service.RevokeURL})
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := c.http().Do(request)
	if err != nil {
		return false, c.explain(ctx, err)
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 1<<20)) // what it says besides its status is of no use
	return response.StatusCode == http.StatusOK, response.Body.Close()
}
