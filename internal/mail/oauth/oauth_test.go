package oauth_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"constancia/internal/mail/oauth"
	"constancia/internal/problem"
	"constancia/internal/secret"
)

func TestAPersonWhoSaysYesGivesATokenThatCanBeRenewedAndGivenBack(t *testing.T) {
	s := newService(t)
	shown := make(chan string, 1)
	token, err := s.client().Authorize(t.Context(), asking(func(opened string) {
		redirect, query := s.grant(opened)
		_, page := browse(t, redirect+"?"+query.Encode())
		shown <- page
	}))
	if err != nil {
		t.Fatal(err)
	}
	if token.Access.Reveal() != "access-secreta" || token.Refresh.Reveal() != "refresh-secreta" || time.Until(token.Expires) < 50*time.Minute {
		t.Errorf("the token ends at %v", token.Expires)
	}
	if page := <-shown; page != "granted: true" {
		t.Errorf("the browser shows %q", page)
	}
	if text := fmt.Sprintf("%v %+v %#v", token, token, token); strings.Contains(text, "secreta") {
		t.Errorf("printed it reads %s", text)
	}
	renewed, err := s.client().Renew(t.Context(), token.Refresh)
	if err != nil || renewed.Access.Reveal() != "access-secreta" || renewed.Refresh.Reveal() != "refresh-secreta" {
		t.Errorf("renewed: %v", err)
	}
	if taken, err := s.client().Revoke(t.Context(), token.Refresh); err != nil || !taken || fmt.Sprint(s.revoked) != "[refresh-secreta]" {
		t.Errorf("taken back: %v, %v, %v", taken, err, s.revoked)
	}
}

func TestNobodyElseCanAnswerForThePersonOrEndTheWait(t *testing.T) {
	s := newService(t)
	token, err := s.client().Authorize(t.Context(), asking(func(opened string) {
		redirect, query := s.grant(opened)
		with := func(name, value string) string {
			other := url.Values{}
			for key := range query {
				other.Set(key, query.Get(key))
			}
			other.Set(name, value)
			return redirect + "?" + other.Encode()
		}
		attacks := map[string]struct {
			address string
			want    int
		}{
			"another state":             {with("state", "guessed"), http.StatusForbidden},
			"no state":                  {redirect + "?code=stolen", http.StatusForbidden},
			"a no with another state":   {redirect + "?error=access_denied&state=guessed", http.StatusForbidden},
			"another path":              {redirect + "/callback?" + query.Encode(), http.StatusNotFound},
			"the state and nothing":     {redirect + "?state=" + query.Get("state"), http.StatusBadRequest},
			"what browsers ask besides": {redirect + "/favicon.ico", http.StatusNotFound},
		}
		for name, attack := range attacks {
			if got, _ := browse(t, attack.address); got != attack.want {
				t.Errorf("%s: answered with %d, want %d", name, got, attack.want)
			}
		}
		request, _ := http.NewRequest(http.MethodGet, redirect+"?"+query.Encode(), nil)
		request.Host = "evil.example"
		if response, err := http.DefaultClient.Do(request); err != nil || response.StatusCode != http.StatusMisdirectedRequest {
			t.Errorf("by another website's name: %v, %v", response, err)
		} else {
			_ = response.Body.Close()
		}
		if response, err := http.PostForm(redirect, query); err != nil || response.StatusCode != http.StatusNotFound {
			t.Errorf("posted: %v, %v", response, err)
		} else {
			_ = response.Body.Close()
		}
		if got, _ := browse(t, redirect+"?"+query.Encode()); got != http.StatusOK {
			t.Errorf("the person's own answer: %d", got)
		}
	}))
	if err != nil || token.Access.Empty() {
		t.Errorf("after all of that: %v", err)
	}
}

func TestACodeCountsOnce(t *testing.T) {
	s := newService(t)
	s.hangs = make(chan struct{})
	_, err := s.client().Authorize(t.Context(), asking(func(opened string) {
		defer close(s.hangs)
		redirect, query := s.grant(opened)
		if got, _ := browse(t, redirect+"?"+query.Encode()); got != http.StatusOK {
			t.Errorf("the first time: %d", got)
		}
		query.Set("code", "stolen")
		if got, _ := browse(t, redirect+"?"+query.Encode()); got != http.StatusGone {
			t.Errorf("the second time: %d", got)
		}
	}))
	if err != nil {
		t.Error(err)
	}
}

func TestACodeThatWasAskedForBySomebodyElseIsWorthNothing(t *testing.T) {
	s := newService(t)
	_, err := s.client().Authorize(t.Context(), asking(func(opened string) {
		redirect, query := s.grant(opened)
		s.mu.Lock()
		s.challenges["code-1"] = "another challenge"
		s.mu.Unlock()
		browse(t, redirect+"?"+query.Encode())
	}))
	wantCode(t, err, problem.OAuthExpired)
}

func TestWhatTheServiceSaysIsToldAsWhatItMeans(t *testing.T) {
	answers := map[string]struct {
		query string
		want  problem.Code
	}{
		"the person says no":          {"error=access_denied", problem.OAuthDenied},
		"leave is not theirs to give": {"error=access_denied&error_description=AADSTS65001:+The+user+or+administrator+has+not+consented", problem.OAuthNeedsAdministrator},
		"an administrator is needed":  {"error=consent_required", problem.OAuthNeedsAdministrator},
		"nobody knows the client":     {"error=unauthorized_client", problem.OAuthClientRefused},
		"something else":              {"error=server_error", problem.OAuthRefused},
		"words that are no code":      {"error=" + url.QueryEscape("<b>secreta</b>"), problem.OAuthRefused},
	}
	for name, test := range answers {
		t.Run(name, func(t *testing.T) {
			s := newService(t)
			page := make(chan string, 1)
			_, err := s.client().Authorize(t.Context(), asking(func(opened string) {
				redirect, query := s.grant(opened)
				_, shown := browse(t, redirect+"?"+test.query+"&state="+query.Get("state"))
				page <- shown
			}))
			wantCode(t, err, test.want)
			if shown := <-page; shown != "granted: false" {
				t.Errorf("the browser shows %q", shown)
			}
		})
	}

	tokens := map[string]struct {
		body string
		want problem.Code
	}{
		"a client it does not know":     {`{"error":"invalid_client","error_description":"client-secreta is wrong"}`, problem.OAuthClientRefused},
		"leave that has ended":          {`{"error":"invalid_grant"}`, problem.OAuthExpired},
		"a page instead of a token":     {`<html>client-secreta</html>`, problem.OAuthRefused},
		"an error code that is no code": {`{"error":"refresh-secreta!"}`, problem.OAuthRefused},
	}
	for name, test := range tokens {
		t.Run(name, func(t *testing.T) {
			s := newService(t)
			s.refuses = test.body
			_, err := s.client().Renew(t.Context(), secret.NewText("refresh-secreta"))
			wantCode(t, err, test.want)
		})
	}
}

func TestLeaveThatCannotBeRenewedIsNoLeave(t *testing.T) {
	s := newService(t)
	s.mute = true
	_, err := s.client().Authorize(t.Context(), asking(func(opened string) {
		redirect, query := s.grant(opened)
		browse(t, redirect+"?"+query.Encode())
	}))
	wantCode(t, err, problem.OAuthRefused)
}

func TestTheWaitEnds(t *testing.T) {
	t.Run("when nobody answers in the browser", func(t *testing.T) {
		slow := asking(func(string) {})
		slow.Patience = time.Millisecond
		_, err := newService(t).client().Authorize(t.Context(), slow)
		wantCode(t, err, problem.OAuthTimedOut)
	})
	t.Run("when the person calls it off", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var redirect string
		_, err := newService(t).client().Authorize(ctx, asking(func(opened string) {
			asked, _ := url.Parse(opened)
			redirect = asked.Query().Get("redirect_uri")
			cancel()
		}))
		wantCode(t, err, problem.Cancelled)
		if response, err := http.Get(redirect); err == nil {
			_ = response.Body.Close()
			t.Error("it listens still")
		}
	})
	t.Run("when the service never gives the token and the person calls it off", func(t *testing.T) {
		s := newService(t)
		s.hangs = make(chan struct{})
		defer close(s.hangs)
		ctx, cancel := context.WithCancel(t.Context())
		_, err := s.client().Authorize(ctx, asking(func(opened string) {
			redirect, query := s.grant(opened)
			browse(t, redirect+"?"+query.Encode())
			cancel()
		}))
		wantCode(t, err, problem.Cancelled)
	})
	t.Run("when no browser opens", func(t *testing.T) {
		none := asking(nil)
		none.Open = func(string) error { return errors.New("no browser") }
		_, err := newService(t).client().Authorize(t.Context(), none)
		wantCode(t, err, problem.NoBrowser)
	})
	t.Run("when nobody is at the token's address", func(t *testing.T) {
		s := newService(t)
		client := s.client()
		s.Close()
		_, err := client.Renew(t.Context(), secret.NewText("refresh-secreta"))
		wantCode(t, err, problem.ServerUnreachable)
	})
}

func TestNoTokenTravelsUnprotectedOrToWhereItWasNotSaid(t *testing.T) {
	for name, change := range map[string]func(*oauth.Client){
		"no client id":                    func(c *oauth.Client) { c.ID = "" },
		"a page without protection":       func(c *oauth.Client) { c.Service.AuthURL = "http://correo.example/authorize" },
		"tokens without protection":       func(c *oauth.Client) { c.Service.TokenURL = "http://correo.example/token" },
		"no address at all":               func(c *oauth.Client) { c.Service.TokenURL, c.Service.RevokeURL = "", "" },
		"an address that starts programs": func(c *oauth.Client) { c.Service.AuthURL = "file:///bin/sh" },
	} {
		t.Run(name, func(t *testing.T) {
			client := newService(t).client()
			change(&client)
			_, err := client.Authorize(t.Context(), asking(func(opened string) { t.Errorf("the browser is sent to %s", opened) }))
			if code := problem.From(err).Code; code != problem.NotAWebAddress && code != problem.Missing {
				t.Errorf("it says %v", err)
			}
		})
	}
	t.Run("a token's address that sends elsewhere", func(t *testing.T) {
		elsewhere := newService(t)
		s := newService(t)
		sender := httptest.NewServer(http.RedirectHandler(elsewhere.URL+"/token", http.StatusTemporaryRedirect))
		defer sender.Close()
		client := s.client()
		client.Service.TokenURL = sender.URL
		if _, err := client.Renew(t.Context(), secret.NewText("refresh-secreta")); err == nil {
			t.Error("the token went elsewhere")
		}
	})
}

func TestTheKnownServicesAreAskedOverProtectedAddresses(t *testing.T) {
	for _, id := range []string{"google", "microsoft"} {
		service, known := oauth.ServiceOf(id)
		if !known || len(service.Scopes) == 0 || service.Name == "" {
			t.Fatalf("%s is %+v", id, service)
		}
		for _, address := range []string{service.AuthURL, service.TokenURL} {
			if !strings.HasPrefix(address, "https://") {
				t.Errorf("%s: %q", id, address)
			}
		}
	}
	if _, known := oauth.ServiceOf("other"); known {
		t.Error("any id is known")
	}
}
