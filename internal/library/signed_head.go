package library

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"time"

	"constancia/internal/record"
)

// SignedHead is a log's head as it travels.
type SignedHead struct {
	record.Head
	// Signed is the signed note (FORMAT.md, section 8), and VerifierKey what checks its signature.
	Signed      []byte
	VerifierKey string
}

// SignedHeads gives the present heads of a case's logs in order of log id, all of one moment and signed. A head of a log
// that another device writes is the one that came with it; when that is of another size, this device signs, and so vouches
// for what it has. For that the case's record must say which key is its own: where it does not yet, an entry says so now.
//
// Problems: those of Append.
func (l *Library) SignedHeads(ctx context.Context, caseID string) ([]SignedHead, error) {
	var heads []SignedHead
	complete := false
	err := l.inSnapshot(ctx, func(tx *sql.Tx) error {
		l.device.mu.Lock()
		defer l.device.mu.Unlock()
		writing, err := l.knownDevice(ctx, tx)
		if err != nil {
			return err
		}
		heads, complete, err = signedHeads(ctx, tx, writing, caseID)
		return err
	})
	if err != nil || complete {
		return heads, err
	}
	err = l.appending(ctx, func(tx *sql.Tx) error {
		writing, err := l.identify(ctx, tx)
		if err != nil {
			return err
		}
		if err := l.enrol(ctx, tx, writing, caseID); err != nil {
			return err
		}
		heads, _, err = signedHeads(ctx, tx, writing, caseID)
		return err
	})
	return heads, err
}

// enrol has the record of a case say which device writes here, where it does not say it yet.
func (l *Library) enrol(ctx context.Context, tx *sql.Tx, writing signer, caseID string) error {
	act := record.Header{
		OperationID: NewID(), RecordedAt: l.options.Clock().UTC().Truncate(time.Millisecond).Format(record.TimeLayout)}
	if writing.unannounced {
		if _, err := l.endOf(ctx, tx, writing, act, ""); err != nil {
			return err
		}
	}
	_, err := l.endOf(ctx, tx, writing, act, caseID)
	return err
}

// signedHeads signs what this device can sign; complete says that the record names the key of every signature.
func signedHeads(ctx context.Context, tx *sql.Tx, writing signer, caseID string) (signed []SignedHead, complete bool, err error) {
	logs, err := logsOf(ctx, tx, caseID)
	if err != nil {
		return nil, false, err
	}
	heads, err := headsOf(ctx, tx, caseID)
	if err != nil {
		return nil, false, err
	}
	named, vouched := false, false
	byID := map[string]Log{}
	for _, log := range logs {
		byID[log.ID] = log
		if log.Own && writing.key != nil && writing.key.Public().(ed25519.PublicKey).Equal(log.Key) {
			named = true
		}
	}
	for _, head := range heads {
		if kept, found, err := passedOn(ctx, tx, byID[head.LogID], head); err != nil {
			return nil, false, err
		} else if found {
			signed = append(signed, kept)
			continue
		}
		if writing.key == nil {
			return nil, false, nil
		}
		own, err := sign(head, writing.key)
		if err != nil {
			return nil, false, err
		}
		signed = append(signed, own)
		vouched = true
	}
	return signed, named || !vouched, nil
}

func sign(head record.Head, key ed25519.PrivateKey) (SignedHead, error) {
	signed, err := head.Sign(key)
	if err != nil {
		return SignedHead{}, err
	}
	verifierKey, err := record.VerifierKey(head.LogID, key.Public().(ed25519.PublicKey))
	return SignedHead{head, signed, verifierKey}, err
}

// passedOn gives the signed head that came with the log of another device, when it is the present one.
func passedOn(ctx context.Context, from querier, log Log, present record.Head) (SignedHead, bool, error) {
	signed, err := setting(ctx, from, headSetting+log.ID)
	if ignoreNoRows(err) != nil || signed == "" || log.Key == nil {
		return SignedHead{}, false, ignoreNoRows(err)
	}
	verifierKey, err := record.VerifierKey(log.ID, log.Key)
	if err != nil {
		return SignedHead{}, false, err
	}
	head, err := record.OpenHead([]byte(signed), verifierKey)
	if err != nil || head != present {
		return SignedHead{}, false, nil //nolint:nilerr // nothing was kept that can be passed on, which is no error
	}
	return SignedHead{head, []byte(signed), verifierKey}, true, nil
}
