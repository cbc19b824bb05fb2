package oauth

import (
	"crypto/subtle"
	"net/http"
	"sync"
)

// answer is what the browser brought back: a code, or why there is none, with the service's own words.
type answer struct {
	code, refusal, words string
}

// desk takes the browser's answer on loopback, once.
type desk struct {
	host  string
	state string
	page  func(granted bool) []byte
	// answers gets the one that counts.
	answers chan answer
	once    sync.Once
}

func newDesk(host string, page func(bool) []byte) *desk {
	return &desk{host: host, state: newState(), page: page, answers: make(chan answer, 1)}
}

// ServeHTTP takes a GET of / that carries the state (RFC 6749, section 4.1.2), and nothing else: what is wrong changes
// nothing, so that nobody else on this computer can end the wait. The name asked for must be that of loopback, so that no
// other website can have the browser ask.
func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	query := r.URL.Query()
	switch {
	case r.Host != d.host:
		http.Error(w, "", http.StatusMisdirectedRequest)
	case r.Method != http.MethodGet || r.URL.Path != "/":
		http.Error(w, "", http.StatusNotFound)
	case subtle.ConstantTimeCompare([]byte(query.Get("state")), []byte(d.state)) != 1:
		http.Error(w, "", http.StatusForbidden)
	default:
		d.take(w, answer{code: query.Get("code"), refusal: query.Get("error"), words: query.Get("error_description")})
	}
}

func (d *desk) take(w http.ResponseWriter, got answer) {
	if got.code == "" && got.refusal == "" {
		http.Error(w, "", http.StatusBadRequest)
		return
	}
	counts := false
	d.once.Do(func() {
		counts = true
		d.answers <- got
	})
	if !counts {
		http.Error(w, "", http.StatusGone)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(d.page(got.refusal == "")) // a browser that left has seen enough
}
