package app

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestThePageMayRunItsOwnScriptsOnly(t *testing.T) {
	served := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
		}
	})
	request := httptest.NewRequest(http.MethodGet, "/assets/index.js", nil)
	request.Header.Set("If-None-Match", `"x"`)
	answer := httptest.NewRecorder()
	contentPolicy(served).ServeHTTP(answer, request)

	if answer.Code == http.StatusNotModified {
		t.Error("WebView2 hangs on a 304")
	}
	policy := answer.Header().Get("Content-Security-Policy")
	for _, rule := range []string{"script-src 'self';", "object-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-src 'self'"} {
		if !strings.Contains(policy, rule) {
			t.Errorf("the policy lacks %s", rule)
		}
	}
	for _, never := range []string{"unsafe-eval", "script-src 'self' ", "https:"} {
		if strings.Contains(policy, never) {
			t.Errorf("the policy has %s", never)
		}
	}
	if answer.Header().Get("Cache-Control") != "no-store" {
		t.Error("the page is cached")
	}
}
