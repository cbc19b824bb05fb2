package casework

import (
	"context"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/record"
	"constancia/internal/seal"
)

// What verifying can find wrong with seals. Where is the log and the place of the seal in it.
const (
	SealFails       record.What = "seal_fails"        // the token is not a time stamp for the head
	SealHeadUnknown record.What = "seal_head_unknown" // the head is not one that this log's key signed before
	SealDiffers     record.What = "seal_differs"      // the entries are not those that were sealed
	SealTimeDiffers record.What = "seal_time_differs" // the time beside the token is not the token's
)

// SealStatus is a seal that holds.
type SealStatus struct {
	CaseID   string `json:"case,omitempty"`
	LogID    string `json:"log"`
	Sequence int64  `json:"sequence"`
	// Entries is how many entries it covers, the first ones of the log.
	Entries int64 `json:"entries"`
	// At is when, by the service's clock, RFC 3339 in UTC; By is the name in its certificate, and Service where it was asked.
	At      string `json:"at"`
	By      string `json:"by"`
	Service string `json:"service"`
	// Trusted says that the certificate leads to a root that this computer trusts. Otherwise the name By is the service's
	// own word, and its root has to be compared with the one it publishes.
	Trusted bool `json:"trusted"`
	// ClockAhead is how far the recording computer's clock was ahead of the service's when the seal was put on record, in
	// seconds; less than 0 when it was behind. A seal takes a moment, so a few seconds are nothing.
	ClockAhead int64 `json:"clock_ahead"`
}

// seals judges each seal on record: its token, and its head by the key of its log and by the tree that the entries make,
// both of which the checker has from the entries themselves.
func (c *Casework) seals(ctx context.Context, checker *record.Checker) ([]SealStatus, []record.Finding, error) {
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = nil // none is known, so none is trusted
	}
	statuses := []SealStatus{}
	var findings []record.Finding
	err = c.library.EntriesOf(ctx, record.KindSeal, func(stored record.Stored) error {
		if len(stored.Payload) == 0 {
			return ctx.Err() // erased, or gone, which the checker says
		}
		tree, key := checker.Tree(stored.Header.LogID)
		status, wrong := judgeSeal(stored, tree, key, roots)
		if wrong != "" {
			where := fmt.Sprintf("%s/%d", stored.Header.LogID, stored.Header.Sequence)
			findings = append(findings, record.Finding{What: wrong, Where: where})
			return ctx.Err()
		}
		statuses = append(statuses, status)
		return ctx.Err()
	})
	return statuses, findings, err
}

// sealedPart is what the seals of a log cover together, the one that covers most first; nil without any.
func sealedPart(logID string, seals []SealStatus) (part *SealedPart) {
	since := ""
	for _, status := range seals {
		if status.LogID != logID {
			continue
		}
		if since == "" || instantOf(status.At).Before(instantOf(since)) {
			since = status.At
		}
		if part == nil || status.Entries > part.Entries {
			part = &SealedPart{
				Entries: status.Entries, At: status.At, By: status.By, Trusted: status.Trusted, ClockAhead: status.ClockAhead}
		}
	}
	if part != nil {
		part.Since = since
	}
	return part
}

func instantOf(text string) time.Time {
	at, _ := time.Parse(time.RFC3339, text) // a status has the time of a token
	return at
}

// judgeSeal follows FORMAT.md, section 9; wrong is empty for a seal that holds.
func judgeSeal(stored record.Stored, tree *record.GrownTree, key []byte, roots *x509.CertPool) (status SealStatus, wrong record.What) {
	var recorded casefile.Seal
	if record.Decode(stored.Payload, &recorded) != nil {
		return status, SealFails
	}
	signed := []byte(recorded.Head)
	verifierKey, err := record.VerifierKey(stored.Header.LogID, key)
	if err != nil {
		return status, SealHeadUnknown
	}
	head, err := record.OpenHead(signed, verifierKey)
	if err != nil || head.Size >= stored.Header.Sequence {
		return status, SealHeadUnknown
	}
	if made, err := record.TreeOf(head.Size, tree); err != nil || made != head.Tree {
		return status, SealDiffers
	}
	token, err := base64.StdEncoding.DecodeString(recorded.Token)
	if err != nil || base64.StdEncoding.EncodeToString(token) != recorded.Token {
		return status, SealFails
	}
	sealed, err := seal.Verify(token, signed, roots)
	if err != nil {
		return status, SealFails
	}
	if recorded.SealedAt != sealed.At.Format(time.RFC3339Nano) {
		return status, SealTimeDiffers
	}
	return SealStatus{
		CaseID: recorded.CaseID, LogID: head.LogID, Sequence: stored.Header.Sequence, Entries: head.Size,
		At: recorded.SealedAt, By: sealed.By, Service: recorded.Service, Trusted: sealed.Rooted,
		ClockAhead: secondsBetween(sealed.At, stored.Header.RecordedAt),
	}, ""
}

// secondsBetween is how long after an instant something was recorded.
func secondsBetween(instant time.Time, recordedAt string) int64 {
	recorded, err := time.Parse(record.TimeLayout, recordedAt)
	if err != nil {
		return 0
	}
	return int64(recorded.Sub(instant) / time.Second)
}
