// Package sealtest is a time-stamp service on this machine, for tests. It has a root and a certificate of its own, and
// can misbehave in every way that a client must see. It writes its answers with another implementation than package
// seal reads them with.
package sealtest

import (
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"

	"github.com/digitorus/timestamp"
)

// Policy is the one that the service works by, from the range for examples.
var Policy = asn1.ObjectIdentifier{2, 999, 3161}

// Behaviour is how the service answers.
type Behaviour string

// The ways to answer.
const (
	Honest Behaviour = "honest"
	// Those of a service that errs or cheats.
	WrongNonce     Behaviour = "wrong nonce"
	NoNonce        Behaviour = "no nonce"
	OtherImprint   Behaviour = "other imprint"
	Swapped        Behaviour = "the token of an earlier request"
	NoCertificate  Behaviour = "no certificate"
	Expired        Behaviour = "expired certificate"
	NotForStamps   Behaviour = "certificate not for time stamps"
	NotCritical    Behaviour = "purpose not critical"
	ForeignKey     Behaviour = "signed with another key"
	NoToken        Behaviour = "granted without a token"
	Garbage        Behaviour = "garbage"
	Huge           Behaviour = "huge answer"
	Endless        Behaviour = "endless answer"
	WrongMediaType Behaviour = "wrong media type"
	// Those of a service that can't or won't.
	Rejects     Behaviour = "rejects, and says why"
	RejectsDumb Behaviour = "rejects with a code"
	Unavailable Behaviour = "unavailable"
	Redirects   Behaviour = "redirects"
	CutsOff     Behaviour = "cuts off"
	Silent      Behaviour = "silent"
)

// Service is a running one.
type Service struct {
	// URL is where it takes requests.
	URL string

	authority *authority
	server    *httptest.Server
	stop      chan struct{}

	mutex     sync.Mutex
	behaviour Behaviour
	clock     func() time.Time
	first     []byte
	requests  [][]byte
}

// Start starts an honest service. Close ends it.
func Start() (*Service, error) {
	authority, err := newAuthority()
	if err != nil {
		return nil, err
	}
	s := &Service{authority: authority, behaviour: Honest, clock: time.Now, stop: make(chan struct{})}
	s.server = httptest.NewServer(http.HandlerFunc(s.serve))
	s.URL = s.server.URL + "/tsr"
	return s, nil
}

// Close ends the service.
func (s *Service) Close() {
	close(s.stop)
	s.server.Close()
}

// Behave says how to answer from now on.
func (s *Service) Behave(behaviour Behaviour) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.behaviour = behaviour
}

// SetClock says what time it is by the service.
func (s *Service) SetClock(clock func() time.Time) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.clock = clock
}

// Requests are the bodies that came, in their order.
func (s *Service) Requests() [][]byte {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return append([][]byte{}, s.requests...)
}

// Roots holds the service's root and no other.
func (s *Service) Roots() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(s.authority.root.certificate)
	return pool
}

// RootPEM is the root as OpenSSL takes it.
func (s *Service) RootPEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.authority.root.certificate.Raw})
}

func (s *Service) serve(w http.ResponseWriter, r *http.Request) {
	query, err := io.ReadAll(r.Body)
	if err != nil || r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/timestamp-query" {
		http.Error(w, "a query of RFC 3161 was expected", http.StatusBadRequest)
		return
	}
	s.mutex.Lock()
	s.requests = append(s.requests, query)
	behaviour := s.behaviour
	s.mutex.Unlock()

	switch behaviour {
	case Unavailable:
		http.Error(w, "come back later", http.StatusServiceUnavailable)
		return
	case Redirects:
		http.Redirect(w, r, s.server.URL+"/elsewhere", http.StatusTemporaryRedirect)
		return
	case CutsOff:
		w.Header().Set("Content-Length", "4096")
		_, _ = w.Write([]byte("0"))
		panic(http.ErrAbortHandler)
	case Silent:
		select {
		case <-s.stop:
		case <-r.Context().Done():
		}
		return
	}
	reply, err := s.reply(query, behaviour)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	kind := "application/timestamp-reply"
	if behaviour == WrongMediaType {
		kind = "text/html; charset=utf-8"
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(reply)
	for behaviour == Endless && r.Context().Err() == nil {
		if _, err := w.Write(make([]byte, 1<<16)); err != nil {
			return
		}
	}
}

func (s *Service) reply(query []byte, behaviour Behaviour) ([]byte, error) {
	switch behaviour {
	case Garbage:
		return []byte("<html>Welcome to the airport’s network</html>"), nil
	case Huge:
		return make([]byte, 1<<20), nil
	case NoToken:
		return asn1.Marshal(struct{ Status struct{ Status int } }{})
	case Rejects:
		return rejection("No more today.\nSee \x1b[31mour prices\x1b[0m.")
	case RejectsDumb:
		return timestamp.CreateErrorResponse(timestamp.Rejection, timestamp.TimeNotAvailable)
	}
	return s.stamp(query, behaviour)
}

func rejection(text string) ([]byte, error) {
	var reply struct {
		Status struct {
			Status int
			Text   []string
		}
	}
	reply.Status.Status, reply.Status.Text = int(timestamp.Rejection), []string{text}
	return asn1.Marshal(reply)
}

func (s *Service) stamp(query []byte, behaviour Behaviour) ([]byte, error) {
	request, err := timestamp.ParseRequest(query)
	if err != nil {
		return nil, err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	stamp := timestamp.Timestamp{
		HashAlgorithm: request.HashAlgorithm, HashedMessage: request.HashedMessage, Nonce: request.Nonce, Policy: Policy,
		Time: s.clock().UTC(), Accuracy: time.Second, AddTSACertificate: behaviour != NoCertificate,
		Certificates: []*x509.Certificate{s.authority.root.certificate},
	}
	identity := s.authority.honest
	switch behaviour {
	case WrongNonce:
		stamp.Nonce = new(big.Int).Add(request.Nonce, big.NewInt(1))
	case NoNonce:
		stamp.Nonce = nil
	case OtherImprint:
		other := sha256.Sum256([]byte("other bytes"))
		stamp.HashedMessage = other[:]
	case Expired:
		identity = s.authority.expired
	case NotForStamps:
		identity = s.authority.notForStamps
	case NotCritical:
		identity = s.authority.notCritical
	case ForeignKey:
		identity.key = s.authority.expired.key
	}
	reply, err := stamp.CreateResponseWithOpts(identity.certificate, identity.key, crypto.SHA256)
	if err != nil {
		return nil, err
	}
	if behaviour == Swapped {
		if s.first == nil {
			return nil, errors.New("there was no earlier request")
		}
		return s.first, nil
	}
	if s.first == nil {
		s.first = reply
	}
	return reply, nil
}

// Token seals bytes without a network.
func (s *Service) Token(data []byte) ([]byte, error) {
	imprint := sha256.Sum256(data)
	request := timestamp.Request{HashAlgorithm: crypto.SHA256, HashedMessage: imprint[:], Certificates: true, Nonce: big.NewInt(1)}
	query, err := request.Marshal()
	if err != nil {
		return nil, err
	}
	reply, err := s.stamp(query, Honest)
	if err != nil {
		return nil, err
	}
	parsed, err := timestamp.ParseResponse(reply)
	if err != nil {
		return nil, fmt.Errorf("failed to read the answer: %w", err)
	}
	return parsed.RawToken, nil
}
