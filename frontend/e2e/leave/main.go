// Command leave plays, for a run of the window, a provider that gives leave to read a mailbox (OAuth 2, on loopback) and
// the mail server that takes its token, whose certificate nobody vouches for. It writes where they are as a line of JSON,
// and ends when its input does.
package main

import (
	"bufio"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
)

const messages = 7

func main() {
	provider := httptest.NewServer(http.HandlerFunc(answer))
	defer provider.Close()
	keys := httptest.NewTLSServer(nil)
	certificates, pin := keys.TLS.Certificates, sha256.Sum256(keys.Certificate().RawSubjectPublicKeyInfo)
	keys.Close()
	mail, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: certificates, MinVersion: tls.VersionTLS12})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	go func() {
		for {
			conn, err := mail.Accept()
			if err != nil {
				return
			}
			go serve(conn)
		}
	}()
	_ = json.NewEncoder(os.Stdout).Encode(map[string]any{ // whoever started it sees that nothing came
		"authorize": provider.URL + "/authorize", "token": provider.URL + "/token", "messages": messages,
		"host": "127.0.0.1", "port": mail.Addr().(*net.TCPAddr).Port, "pin": hex.EncodeToString(pin[:])})
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// answer is the provider: whoever comes in the browser has said yes, and a code is worth a token.
func answer(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/authorize":
		asked := r.URL.Query()
		back := asked.Get("redirect_uri") + "?" + url.Values{"code": {"one"}, "state": {asked.Get("state")}}.Encode()
		http.Redirect(w, r, back, http.StatusFound)
	case "/token":
		w.Header().Set("Content-Type", "application/json")
		if r.FormValue("code") != "one" || r.FormValue("client_id") != "own" || r.FormValue("code_verifier") == "" {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"error":"invalid_grant"}`)
			return
		}
		_, _ = io.WriteString(w, `{"access_token":"access","token_type":"Bearer","expires_in":3600,"refresh_token":"refresh"}`)
	default:
		http.NotFound(w, r)
	}
}

// serve is the mail server: it takes any token and says how many emails there are.
func serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	_, _ = io.WriteString(conn, "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready\r\n")
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		tag, command, _ := strings.Cut(lines.Text(), " ")
		if strings.HasPrefix(command, "STATUS") {
			_, _ = fmt.Fprintf(conn, "* STATUS INBOX (MESSAGES %d)\r\n", messages)
		}
		_, _ = io.WriteString(conn, tag+" OK done\r\n")
	}
}
