package oauth

import (
	"context"
	"errors"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/oauth2"

	"constancia/internal/problem"
)

// explain tells what a service means that gave no token. Its own words are not kept: they may repeat what it was sent.
func (c Client) explain(ctx context.Context, err error) error {
	var refused *oauth2.RetrieveError
	switch {
	case ctx.Err() != nil:
		return problem.Wrap(ctx.Err(), problem.Cancelled, nil)
	case errors.As(err, &refused):
		return c.meant(refused.ErrorCode, refused.ErrorDescription)
	}
	var failed *url.Error
	if errors.As(err, &failed) {
		return problem.New(problem.ServerUnreachable, problem.Values{"host": hostOf(c.Service.TokenURL), "port": "443"})
	}
	return c.refused("no token")
}

// administrator are Microsoft's numbers for leave that only whoever runs the domain can give.
var administrator = regexp.MustCompile(`AADSTS(?:65001|90094|90093|65004)`)

// meant tells what an error code means (RFC 6749, sections 4.1.2.1 and 5.2).
func (c Client) meant(code, words string) error {
	values := problem.Values{"provider": c.Service.Name}
	switch {
	case administrator.MatchString(words) || code == "consent_required" || code == "admin_policy_enforced":
		return problem.New(problem.OAuthNeedsAdministrator, values)
	case code == "access_denied":
		return problem.New(problem.OAuthDenied, values)
	case code == "invalid_grant":
		return problem.New(problem.OAuthExpired, values)
	case code == "invalid_client" || code == "unauthorized_client" || code == "redirect_uri_mismatch" || code == "deleted_client":
		return problem.New(problem.OAuthClientRefused, values)
	}
	return c.refused(code)
}

// plainCode is what error codes look like; anything else is not said again.
var plainCode = regexp.MustCompile(`^[a-z][a-z_ ]{0,60}$`)

func (c Client) refused(code string) error {
	if !plainCode.MatchString(strings.ToLower(code)) {
		code = "error"
	}
	return problem.New(problem.OAuthRefused, problem.Values{"provider": c.Service.Name, "detail": code})
}

func hostOf(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return parsed.Hostname()
}
