package library

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"sync"

	"constancia/internal/casefile"
	"constancia/internal/record"
)

// Keys keeps secrets outside the library's folder: whoever takes the folder does not take them along.
type Keys interface {
	// Get gives the value kept under a name, and whether there is one.
	Get(name string) (value []byte, found bool, err error)
	// Put keeps a value. When it returns without an error, the value is durable.
	Put(name string, value []byte) error
}

// DeviceKeyName is the name under which a device's signing key is kept: an Ed25519 seed of 32 bytes (RFC 8032, section
// 5.1.5).
func DeviceKeyName(deviceID string) string { return "device-" + deviceID }

// signer is this device, as far as the record is concerned: whoever has the key.
type signer struct {
	device string
	key    ed25519.PrivateKey
	// unannounced says that the library's log may not have the device yet.
	unannounced bool
}

// device is the signer once it was needed.
type device struct {
	mu     sync.Mutex
	signer signer
}

// identify tells which device writes, inside a transaction, since another process may have enrolled a new one. A
// library that comes without its device's key, as a copy on another computer or one put back from an older state does,
// goes on as a new device with logs of its own: two computers never write one log.
func (l *Library) identify(ctx context.Context, tx *sql.Tx) (signer, error) {
	l.device.mu.Lock()
	defer l.device.mu.Unlock()
	known, err := l.knownDevice(ctx, tx)
	if err == nil && known.key == nil {
		known, err = l.newDevice(ctx, tx, known.device)
		l.device.signer = known
	}
	return known, err
}

// fetchKey gets the device's key before a transaction begins: a keyring may take its time, or ask the person for a
// password, and others want to write meanwhile.
func (l *Library) fetchKey(ctx context.Context) error {
	l.device.mu.Lock()
	defer l.device.mu.Unlock()
	if l.device.signer.key != nil {
		return nil
	}
	_, err := l.knownDevice(ctx, l.reader)
	return err
}

// knownDevice tells which device this library last was, with its key unless that is not here or must not be used any
// more. The caller holds the device's lock.
func (l *Library) knownDevice(ctx context.Context, from querier) (signer, error) {
	id, err := setting(ctx, from, "device_id")
	if err != nil || l.memory.forked(id) {
		return signer{device: id}, err
	}
	if l.device.signer.device == id {
		return l.device.signer, nil
	}
	seed, kept, err := l.options.Keys.Get(DeviceKeyName(id))
	if err != nil {
		return signer{}, fmt.Errorf("failed to look for the device's key: %w", err)
	}
	if !kept || len(seed) != ed25519.SeedSize {
		return signer{device: id}, nil
	}
	// The key is kept before anything names it, so a first append that failed may have left one that no log announces.
	found := signer{device: id, key: ed25519.NewKeyFromSeed(seed)}
	err = from.QueryRowContext(ctx, "SELECT NOT EXISTS (SELECT 1 FROM log WHERE device_id = ? AND case_id IS NULL)", id).
		Scan(&found.unannounced)
	if err != nil {
		return signer{}, err
	}
	l.device.signer = found
	return found, nil
}

// newDevice makes a key, and a new id where the old one already signs something with a key that is not here. The key is
// durable before anything names it.
func (l *Library) newDevice(ctx context.Context, tx *sql.Tx, id string) (signer, error) {
	var signs bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM thing WHERE kind = ? AND json_extract(body, '$.device') = ?)`,
		string(record.KindDevice), id).Scan(&signs)
	if err != nil {
		return signer{}, err
	}
	if signs {
		id = NewID()
	}
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(l.options.Random, seed); err != nil {
		return signer{}, err
	}
	if err := l.options.Keys.Put(DeviceKeyName(id), seed); err != nil {
		return signer{}, fmt.Errorf("failed to keep the device's key: %w", err)
	}
	if err := putSetting(ctx, tx, "device_id", id); err != nil {
		return signer{}, err
	}
	return signer{id, ed25519.NewKeyFromSeed(seed), true}, nil
}

// enrolment is the entry by which a log tells who writes it.
func (l *Library) enrolment(ctx context.Context, tx *sql.Tx, writing signer, caseID string) (Draft, error) {
	device := casefile.Device{
		CaseID: caseID, DeviceID: writing.device,
		Key: base64.StdEncoding.EncodeToString(writing.key.Public().(ed25519.PublicKey)),
	}
	var err error
	if caseID != "" {
		device.Letter, err = freeLetter(ctx, tx, caseID)
	}
	return Draft{Kind: record.KindDevice, ID: NewID(), CaseID: caseID, Payload: device}, err
}

// freeLetter is the first letter that no device of the case has: A, B … Z, AA, AB …
func freeLetter(ctx context.Context, from querier, caseID string) (string, error) {
	devices, err := ofCase[casefile.Device](ctx, from, record.KindDevice, caseID)
	if err != nil {
		return "", err
	}
	taken := map[string]bool{}
	for _, device := range devices {
		taken[device.Value.Letter] = true
	}
	for i := 0; ; i++ {
		letter := strings.Repeat("A", i/26) + string(rune('A'+i%26))
		if !taken[letter] {
			return letter, nil
		}
	}
}

func setting(ctx context.Context, from querier, name string) (string, error) {
	var value string
	err := from.QueryRowContext(ctx, "SELECT value FROM setting WHERE name = ?", name).Scan(&value)
	return value, err
}

func putSetting(ctx context.Context, tx *sql.Tx, name, value string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO setting (name, value) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}
