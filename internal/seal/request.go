package seal

import (
	"bytes"
	"context"
	"crypto"
	"crypto/sha256"
	"encoding/asn1"
	"errors"
	"fmt"
	"io"
	"math/big"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/digitorus/timestamp"

	"constancia/internal/problem"
)

// patience is how long a service may take for its whole answer. Usual ones take less than a second.
const patience = 20 * time.Second

// Answer is a token together with what it says.
type Answer struct {
	Sealed
	// Token is the DER to keep. It verifies with [Verify] against the same bytes.
	Token []byte
}

// Request has the service at an address seal bytes. It sends their SHA-256, a number of 8 random bytes that the answer must
// repeat, and the wish that certificates be in the token: nothing else. It goes to that address and no other, since a
// redirection would let somebody the person has not chosen see the request. client is how to get there; nil is the usual
// way.
//
// Problems: not_a_web_address, seal_service_unreachable, seal_service_refused, seal_service_odd, cancelled.
func Request(ctx context.Context, client *http.Client, service string, data []byte, random io.Reader) (Answer, error) {
	return RequestForHash(ctx, client, service, sha256.Sum256(data), random)
}

// RequestForHash is [Request] for bytes that are only known by their SHA-256. The token verifies with [VerifyHash].
func RequestForHash(
	ctx context.Context, client *http.Client, service string, hash [sha256.Size]byte, random io.Reader,
) (Answer, error) {
	host, err := CheckAddress(service)
	if err != nil {
		return Answer{}, err
	}
	nonce := make([]byte, 8)
	if _, err := io.ReadFull(random, nonce); err != nil {
		return Answer{}, fmt.Errorf("failed to get random bytes: %w", err)
	}
	query := timestamp.Request{
		HashAlgorithm: crypto.SHA256, HashedMessage: hash[:], Certificates: true, Nonce: new(big.Int).SetBytes(nonce),
	}
	der, err := query.Marshal()
	if err != nil {
		return Answer{}, fmt.Errorf("failed to write the request: %w", err)
	}
	reply, err := post(ctx, client, service, host, der)
	if err != nil {
		return Answer{}, err
	}
	return readReply(reply, host, hash, query.Nonce)
}

// CheckAddress tells the host of a service's address, which must be one of http or https, in ASCII, and with nothing in it
// that could be a secret: it comes to stand in the record.
//
// Problems: not_a_web_address.
func CheckAddress(service string) (host string, err error) {
	address, err := url.Parse(service)
	if err != nil || (address.Scheme != "http" && address.Scheme != "https") || address.Hostname() == "" ||
		address.User != nil || strings.ContainsFunc(service, notInAddresses) {
		return "", problem.New(problem.NotAWebAddress, problem.Values{"value": shownAddress(service)})
	}
	return address.Hostname(), nil
}

func notInAddresses(char rune) bool { return char <= ' ' || char > '~' || char == '?' || char == '#' }

// shownAddress leaves out what may be a password, all before an @.
func shownAddress(typed string) string { return plain(typed[strings.LastIndex(typed, "@")+1:]) }

func post(ctx context.Context, client *http.Client, service, host string, query []byte) ([]byte, error) {
	limited, stop := context.WithTimeout(ctx, patience)
	defer stop()
	request, err := http.NewRequestWithContext(limited, http.MethodPost, service, bytes.NewReader(query))
	if err != nil {
		return nil, fmt.Errorf("failed to write the request: %w", err)
	}
	request.Header.Set("Content-Type", "application/timestamp-query")
	request.Header.Set("Accept", "application/timestamp-reply")
	request.Header.Set("User-Agent", "Constancia")
	response, err := straight(client).Do(request)
	if err != nil {
		return nil, unreachable(ctx, err, host)
	}
	defer func() { _ = response.Body.Close() }()
	if err := checkHeader(response, host); err != nil {
		return nil, err
	}
	reply, err := io.ReadAll(io.LimitReader(response.Body, MaxToken+1))
	if err != nil {
		return nil, unreachable(ctx, err, host)
	}
	if len(reply) > MaxToken {
		return nil, odd(host, "the answer is too large", nil)
	}
	return reply, nil
}

// straight is a client that follows nobody to another address.
func straight(client *http.Client) *http.Client {
	var own http.Client
	if client != nil {
		own = *client
	}
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &own
}

func checkHeader(response *http.Response, host string) error {
	if status := response.StatusCode; status != http.StatusOK {
		detail := "HTTP " + plain(response.Status)
		if to := response.Header.Get("Location"); to != "" {
			detail += " → " + plain(to)
		}
		return refused(host, detail)
	}
	kind, _, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if err != nil || kind != "application/timestamp-reply" {
		return odd(host, "Content-Type: "+plain(response.Header.Get("Content-Type")), nil)
	}
	return nil
}

// The layers of a reply: RFC 3161, section 2.4.2.
type timeStampResponse struct {
	Status struct {
		Status  int
		Text    []string       `asn1:"optional"`
		Failure asn1.BitString `asn1:"optional"`
	}
	Token asn1.RawValue `asn1:"optional"`
}

func readReply(reply []byte, host string, hash [sha256.Size]byte, nonce *big.Int) (Answer, error) {
	var response timeStampResponse
	if !isWhole(reply, &response) {
		return Answer{}, odd(host, "no reply of RFC 3161", nil)
	}
	const granted, grantedWithMods = 0, 1
	if status := response.Status.Status; status != granted && status != grantedWithMods {
		return Answer{}, refused(host, reasonOf(response.Status.Text, response.Status.Failure))
	}
	read, err := readToken(response.Token.FullBytes)
	if err != nil {
		return Answer{}, odd(host, err.Error(), err)
	}
	if read.info.Nonce == nil || read.info.Nonce.Cmp(nonce) != 0 {
		return Answer{}, odd(host, "the time stamp answers another request", nil)
	}
	sealed, err := read.verify(hash, nil)
	if err != nil {
		return Answer{}, odd(host, err.Error(), err)
	}
	return Answer{Sealed: sealed, Token: bytes.Clone(response.Token.FullBytes)}, nil
}

// reasonOf is what a service says of why it refuses: in its words, else by the names of RFC 3161, section 2.4.2.
func reasonOf(text []string, failure asn1.BitString) string {
	if said := plain(strings.Join(text, " ")); said != "" {
		return said
	}
	for bit, name := range map[int]string{
		0: "badAlg", 2: "badRequest", 5: "badDataFormat", 14: "timeNotAvailable", 15: "unacceptedPolicy",
		16: "unacceptedExtension", 17: "addInfoNotAvailable", 25: "systemFailure",
	} {
		if failure.At(bit) == 1 {
			return name
		}
	}
	return "rejection"
}

func unreachable(ctx context.Context, err error, host string) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return problem.Wrap(err, problem.Cancelled, nil)
	}
	return problem.Wrap(err, problem.SealServiceUnreachable, problem.Values{"host": host})
}

func refused(host, detail string) error {
	return problem.New(problem.SealServiceRefused, problem.Values{"host": host, "detail": detail})
}

func odd(host, detail string, cause error) error {
	return problem.Wrap(cause, problem.SealServiceOdd, problem.Values{"host": host, "detail": detail})
}
