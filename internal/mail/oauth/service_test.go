package oauth_test

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"constancia/internal/mail/oauth"
	"constancia/internal/problem"
	"constancia/internal/secret"
)

// service is a scripted authorization server on loopback. It gives a token for a code once, and only to who has the
// verifier of the challenge that the code was asked with.
type service struct {
	*httptest.Server
	t *testing.T

	mu         sync.Mutex
	challenges map[string]string // by code
	codes      int
	revoked    []string
	// refuses, when it is set, is what the token address answers with.
	refuses string
	// hangs, when it is set, is what the token address waits for.
	hangs chan struct{}
	// mute leaves the refresh token out.
	mute bool
}

func newService(t *testing.T) *service {
	t.Helper()
	s := &service{t: t, challenges: map[string]string{}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /token", s.token)
	mux.HandleFunc("POST /revoke", s.revoke)
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func (s *service) client() oauth.Client {
	return oauth.Client{ID: "own-client", Secret: secret.NewText("client-secreta"), Service: oauth.Service{
		Name: "Correo", AuthURL: s.URL + "/authorize", TokenURL: s.URL + "/token", RevokeURL: s.URL + "/revoke", Scopes: []string{"mail"},
	}}
}

// grant is what the service's page does when the person says yes: it gives a code for the challenge it was opened with.
func (s *service) grant(opened string) (redirect string, query url.Values) {
	asked, err := url.Parse(opened)
	if err != nil {
		s.t.Error(err)
	}
	q := asked.Query()
	if q.Get("response_type") != "code" || q.Get("client_id") != "own-client" || q.Get("code_challenge_method") != "S256" ||
		q.Get("login_hint") != "elena@correo.example" || q.Get("scope") != "mail" {
		s.t.Errorf("the browser is sent to %s", opened)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.codes++
	code := fmt.Sprintf("code-%d", s.codes)
	s.challenges[code] = q.Get("code_challenge")
	return q.Get("redirect_uri"), url.Values{"code": {code}, "state": {q.Get("state")}}
}

func (s *service) token(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	hangs, refuses := s.hangs, s.refuses
	s.mu.Unlock()
	if hangs != nil {
		select {
		case <-hangs:
		case <-r.Context().Done():
			return
		}
	}
	w.Header().Set("Content-Type", "application/json")
	if refuses != "" {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, refuses)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch r.FormValue("grant_type") {
	case "authorization_code":
		sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
		challenge, known := s.challenges[r.FormValue("code")]
		delete(s.challenges, r.FormValue("code"))
		if !known || challenge != base64.RawURLEncoding.EncodeToString(sum[:]) {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"error":"invalid_grant"}`)
			return
		}
	case "refresh_token":
		if r.FormValue("refresh_token") != "refresh-secreta" {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"error":"invalid_grant","error_description":"token `+r.FormValue("refresh_token")+` has ended"}`)
			return
		}
	}
	refresh := `,"refresh_token":"refresh-secreta"`
	if s.mute {
		refresh = ""
	}
	_, _ = io.WriteString(w, `{"access_token":"access-secreta","token_type":"Bearer","expires_in":3600`+refresh+`}`)
}

func (s *service) revoke(_ http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = append(s.revoked, r.FormValue("token"))
}

// browse is a browser that goes to an address and gives the status and the page.
func browse(t *testing.T, address string) (int, string) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	defer func() { _ = response.Body.Close() }()
	page, err := io.ReadAll(response.Body)
	if err != nil {
		t.Error(err)
	}
	return response.StatusCode, string(page)
}

// asking has a person whose browser does what visit does.
func asking(visit func(opened string)) oauth.Asking {
	return oauth.Asking{
		Address: "elena@correo.example",
		Open: func(address string) error {
			go visit(address)
			return nil
		},
		Page: func(granted bool) []byte { return fmt.Appendf(nil, "granted: %v", granted) },
	}
}

func wantCode(t *testing.T, err error, want problem.Code) {
	t.Helper()
	if problem.From(err).Code != want {
		t.Errorf("it says %v, want %s", err, want)
	}
	for ; err != nil; err = errors.Unwrap(err) {
		if text := fmt.Sprintf("%v %+v %v", err, err, problem.From(err).Values); strings.Contains(text, "secreta") || strings.Contains(text, "code-") {
			t.Errorf("it tells a secret: %s", text)
		}
	}
}
