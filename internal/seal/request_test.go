package seal_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/digitorus/timestamp"

	"constancia/internal/problem"
	"constancia/internal/seal"
	"constancia/internal/seal/sealtest"
)

func TestAServiceSealsAndSeesNothingButAHash(t *testing.T) {
	service := start(t)
	answer, err := seal.Request(t.Context(), nil, service.URL, head, bytes.NewReader([]byte{0xf0, 2, 3, 4, 5, 6, 7, 8}))
	if err != nil {
		t.Fatal(err)
	}
	verified, err := seal.Verify(answer.Token, head, service.Roots())
	if err != nil || !verified.Rooted || !verified.At.Equal(answer.At) || verified.By != answer.By {
		t.Errorf("%+v, %v", verified, err)
	}
	requests := service.Requests()
	if len(requests) != 1 {
		t.Fatalf("%d requests", len(requests))
	}
	query, err := timestamp.ParseRequest(requests[0])
	if err != nil {
		t.Fatal(err)
	}
	imprint := sha256.Sum256(head)
	if !bytes.Equal(query.HashedMessage, imprint[:]) || !query.Certificates || query.Nonce.Text(16) != "f002030405060708" ||
		query.TSAPolicyOID != nil || len(query.Extensions) != 0 {
		t.Errorf("%+v", query)
	}
	if bytes.Contains(requests[0], []byte("constancia/")) {
		t.Error("the head itself was sent")
	}
}

func TestAServiceThatErrsOrCheatsIsNotBelieved(t *testing.T) {
	tests := []struct {
		behaviour sealtest.Behaviour
		code      problem.Code
		detail    string
	}{
		{sealtest.WrongNonce, problem.SealServiceOdd, "another request"},
		{sealtest.NoNonce, problem.SealServiceOdd, "another request"},
		{sealtest.Swapped, problem.SealServiceOdd, "another request"},
		{sealtest.OtherImprint, problem.SealServiceOdd, "not for these bytes"},
		{sealtest.NoCertificate, problem.SealServiceOdd, "not in the time stamp"},
		{sealtest.Expired, problem.SealServiceOdd, "not valid at that time"},
		{sealtest.NotForStamps, problem.SealServiceOdd, "not for time stamps alone"},
		{sealtest.NotCritical, problem.SealServiceOdd, "not critical"},
		{sealtest.ForeignKey, problem.SealServiceOdd, "signature"},
		{sealtest.NoToken, problem.SealServiceOdd, "not a time stamp"},
		{sealtest.Garbage, problem.SealServiceOdd, "no reply of RFC 3161"},
		{sealtest.Huge, problem.SealServiceOdd, "too large"},
		{sealtest.Endless, problem.SealServiceOdd, "too large"},
		{sealtest.WrongMediaType, problem.SealServiceOdd, "text/html"},
		{sealtest.Rejects, problem.SealServiceRefused, "No more today. See [31mour prices[0m."},
		{sealtest.RejectsDumb, problem.SealServiceRefused, "timeNotAvailable"},
		{sealtest.Unavailable, problem.SealServiceRefused, "503"},
		{sealtest.Redirects, problem.SealServiceRefused, "/elsewhere"},
		{sealtest.CutsOff, problem.SealServiceUnreachable, ""},
	}
	for _, test := range tests {
		t.Run(string(test.behaviour), func(t *testing.T) {
			service := start(t)
			if _, err := seal.Request(t.Context(), nil, service.URL, []byte("an earlier head"), rand.Reader); err != nil {
				t.Fatal(err)
			}
			service.Behave(test.behaviour)
			_, err := seal.Request(t.Context(), nil, service.URL, head, rand.Reader)
			found := problem.From(err)
			if found.Code != test.code || !strings.Contains(found.Values["detail"], test.detail) || found.Values["host"] != "127.0.0.1" {
				t.Errorf("%v", err)
			}
			if len(service.Requests()) != 2 {
				t.Errorf("%d requests", len(service.Requests()))
			}
		})
	}
}

func TestAServiceThatSaysNothingIsGivenUp(t *testing.T) {
	service := start(t)
	service.Behave(sealtest.Silent)
	past, stop := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer stop()
	if _, err := seal.Request(past, nil, service.URL, head, rand.Reader); !errors.Is(err, problem.New(problem.SealServiceUnreachable, nil)) {
		t.Errorf("%v", err)
	}
	calledOff, cancel := context.WithCancel(t.Context())
	client := &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
		cancel()
		<-calledOff.Done()
		return nil, calledOff.Err()
	})}
	if _, err := seal.Request(calledOff, client, service.URL, head, rand.Reader); !errors.Is(err, problem.New(problem.Cancelled, nil)) {
		t.Errorf("%v", err)
	}
}

func TestEveryRequestHasATimeByWhichItIsGivenUp(t *testing.T) {
	seen := false
	client := &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		_, seen = r.Context().Deadline()
		return nil, net.ErrClosed
	})}
	if _, err := seal.Request(context.Background(), client, "http://127.0.0.1/", head, rand.Reader); err == nil || !seen {
		t.Errorf("%v, a time limit: %v", err, seen)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestNobodyThere(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = listener.Close()
	_, err = seal.Request(t.Context(), nil, "http://"+listener.Addr().String()+"/tsr", head, rand.Reader)
	if found := problem.From(err); found.Code != problem.SealServiceUnreachable || found.Values["host"] != "127.0.0.1" {
		t.Errorf("%v", err)
	}
}

func TestAddressesThatAreNotTaken(t *testing.T) {
	for _, address := range []string{
		"", "freetsa.org/tsr", "file:///etc/passwd", "ftp://example.com/", "https:///tsr", "http://user:hunter2@example.com/",
		"https://example.com/#part", "https://example.com/tsr?key=k", "https://example.com/señal",
		"http://[::1", "http://exa mple.com/", "https://user:hunter2@exa mple.com/",
	} {
		_, err := seal.Request(t.Context(), nil, address, head, rand.Reader)
		if !errors.Is(err, problem.New(problem.NotAWebAddress, nil)) {
			t.Errorf("%q: %v", address, err)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("the password is shown: %v", err)
		}
	}
}

func TestWithoutRandomBytesNothingIsAsked(t *testing.T) {
	service := start(t)
	if _, err := seal.Request(t.Context(), nil, service.URL, head, iotest.ErrReader(errors.New("none"))); err == nil {
		t.Error("it asked with a nonce that anybody knows")
	}
	if len(service.Requests()) != 0 {
		t.Error("it asked")
	}
}
