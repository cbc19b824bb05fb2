package app

import "net/http"

// policy is what the page may do: its own scripts only, nothing embedded but the original look of emails, nothing sent. Styles may be inline, because
// Svelte sets some on elements; Wails' own scripts are served by the same origin. In a dev build Wails talks over a
// WebSocket, so connections are left to the same origin.
const policy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; " +
	"font-src 'self' data:; connect-src 'self' ws://127.0.0.1:* wails: http://wails.localhost; object-src 'none'; " +
	"frame-src 'self'; base-uri 'none'; form-action 'none'"

// middleware stands between the web view and the page's own files.
func (d *desk) middleware(next http.Handler) http.Handler {
	return contentPolicy(d.withEvidence(d.withOriginals(d.withPreviews(next))))
}

// contentPolicy puts the page's policy on everything that is served to it. Nothing is cached: WebView2 hangs on a 304.
func contentPolicy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cache-Control", "no-store")
		r.Header.Del("If-None-Match")
		r.Header.Del("If-Modified-Since")
		next.ServeHTTP(w, r)
	})
}
