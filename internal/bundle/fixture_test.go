package bundle

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/record"
	"constancia/internal/seal/sealtest"
)

const caseID = "0198a1c0-0000-7000-8000-000000000001"

// device writes one log of the example's case, as a library would.
type device struct {
	t      testing.TB
	logID  string
	key    ed25519.PrivateKey
	random io.Reader
	// entries are all of the log; those that were erased have no payload.
	entries []record.Stored
	tree    record.GrownTree
	seals   []Seal
}

// newDevice begins a log with the entry that tells whose it is. The letter makes its ids and keys its own.
func newDevice(t testing.TB, letter string) *device {
	t.Helper()
	d := &device{t: t, logID: "0198a1c0-0000-7000-8000-00000000000" + letter, random: rand.NewChaCha8([32]byte([]byte("the device of the letter       " + letter)))}
	seed := sha256.Sum256([]byte("device " + letter))
	d.key = ed25519.NewKeyFromSeed(seed[:])
	d.append(record.KindDevice, casefile.Device{CaseID: caseID, DeviceID: "device-" + letter, Letter: letter,
		Key: base64.StdEncoding.EncodeToString(d.key.Public().(ed25519.PublicKey))})
	return d
}

func (d *device) append(kind record.Kind, payload any) record.Stored {
	d.t.Helper()
	sequence := int64(len(d.entries) + 1)
	id := fmt.Sprintf("0198a1c0-000%s-7000-8000-%012x", d.logID[len(d.logID)-1:], sequence)
	if kind == record.KindCase {
		id = caseID
	}
	return d.appendAs(id, kind, payload)
}

func (d *device) appendAs(id string, kind record.Kind, payload any) record.Stored {
	d.t.Helper()
	sequence := int64(len(d.entries) + 1)
	entry, err := record.NewEntry(record.Header{LogID: d.logID, Sequence: sequence, EntryID: id, OperationID: id, Kind: kind,
		RecordedAt: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC).Add(time.Duration(sequence) * time.Minute).Format(record.TimeLayout),
	}, payload, d.random)
	if err != nil {
		d.t.Fatal(err)
	}
	return d.keep(entry)
}

// appendRumour appends an entry of a kind that this program does not know, as a later one may.
func (d *device) appendRumour(payload string) record.Stored {
	d.t.Helper()
	id := fmt.Sprintf("0198a1c0-000%s-7000-8000-%012x", d.logID[len(d.logID)-1:], len(d.entries)+1)
	entry, err := record.NewEntry(record.Header{LogID: d.logID, Sequence: int64(len(d.entries) + 1), EntryID: id, OperationID: id,
		Kind: record.KindJoin, RecordedAt: "2026-03-04T09:00:00.000Z"}, json.RawMessage(payload), d.random)
	if err != nil {
		d.t.Fatal(err)
	}
	entry.Header.Kind, entry.Header.KindVersion = "rumour", 7
	return d.keep(entry)
}

func (d *device) keep(entry record.Entry) record.Stored {
	d.t.Helper()
	leaf, err := entry.Leaf()
	if err != nil {
		d.t.Fatal(err)
	}
	stored := record.Stored{Entry: entry, LeafBytes: leaf, LeafHash: record.LeafHash(leaf)}
	d.entries = append(d.entries, stored)
	d.tree.Append(stored.LeafHash)
	return stored
}

// head is the log's signed head as it is now.
func (d *device) head() (signed []byte, verifierKey string) {
	d.t.Helper()
	tree, err := record.TreeOf(d.tree.Size(), &d.tree)
	if err != nil {
		d.t.Fatal(err)
	}
	if signed, err = (record.Head{LogID: d.logID, Tree: tree}).Sign(d.key); err != nil {
		d.t.Fatal(err)
	}
	if verifierKey, err = record.VerifierKey(d.logID, d.key.Public().(ed25519.PublicKey)); err != nil {
		d.t.Fatal(err)
	}
	return signed, verifierKey
}

// seal has the service stamp the head, and appends the entry that tells it.
func (d *device) seal(service *sealtest.Service, at time.Time) {
	d.t.Helper()
	service.SetClock(func() time.Time { return at })
	signed, _ := d.head()
	token, err := service.Token(signed)
	if err != nil {
		d.t.Fatal(err)
	}
	stored := d.append(record.KindSeal, casefile.Seal{CaseID: caseID, Head: string(signed),
		Token: base64.StdEncoding.EncodeToString(token), Service: "https://stamp.example/tsr", SealedAt: at.UTC().Format(time.RFC3339)})
	d.seals = append(d.seals, Seal{LogID: d.logID, Sequence: stored.Header.Sequence, Head: signed, Token: token})
}

// erase takes payload and salt of an entry away, as its erasure says.
func (d *device) erase(stored record.Stored) casefile.Erasure {
	at := &d.entries[stored.Header.Sequence-1]
	at.Payload, at.Salt = nil, [32]byte{}
	return casefile.Erasure{CaseID: caseID, Targets: []casefile.Target{{EntryID: stored.Header.EntryID, Leaf: hex.EncodeToString(stored.LeafHash[:])}}}
}

func (d *device) log() Log {
	signed, key := d.head()
	first := d.entries[0]
	return Log{Head: signed, Key: key, Hashes: &d.tree, Device: &first,
		Entries: func(_ context.Context, visit func(record.Stored) error) error {
			for _, stored := range d.entries {
				if err := visit(stored); err != nil {
					return err
				}
			}
			return nil
		}}
}

// example is a small case that has one of everything: two devices, a time stamp on each log, files, an erased entry.
type example struct {
	a, b             *device
	photo, mail      []byte
	contact, retired record.Stored
}

func newExample(t testing.TB) *example {
	t.Helper()
	service, err := sealtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(service.Close)
	x := &example{a: newDevice(t, "a"), b: newDevice(t, "b"),
		photo: bytes.Repeat([]byte("photo"), 100), mail: []byte("Subject: el paquete\r\n\r\nNo ha llegado.\r\n")}
	x.a.append(record.KindCase, casefile.Case{Title: "El paquete que no llegó", Zone: "Europe/Madrid", Outcome: []string{"Devolución", "Una disculpa"}})
	party := x.a.append(record.KindParty, casefile.Party{CaseID: caseID, Name: "Transportes Collserola", Role: casefile.Carrier})
	x.contact = x.a.append(record.KindContact, casefile.Contact{CaseID: caseID, PartyID: party.Header.EntryID,
		Summary: "Llamada: «mañana llega»", Failures: []casefile.Failure{"long_wait", "promise_broken"}})
	x.a.append(record.KindEvidence, casefile.Evidence{CaseID: caseID, FileName: "foto.JPG", MediaType: "image/jpeg", SHA256: sumOf(x.photo), Size: int64(len(x.photo))})
	x.a.seal(service, time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC))
	x.retired = x.a.append(record.KindPerson, casefile.Person{CaseID: caseID, PartyID: party.Header.EntryID, Name: "Marc"})
	x.b.append(record.KindMessage, casefile.Message{CaseID: caseID, SHA256: sumOf(x.mail), Size: int64(len(x.mail))})
	x.b.append(record.KindErasure, x.a.erase(x.retired))
	x.b.seal(service, time.Date(2026, 3, 3, 10, 0, 0, 0, time.UTC))
	x.b.append(record.KindParty, casefile.Party{CaseID: caseID, Name: "Almacenes Tordera <&> \u2028", Role: casefile.Seller})
	return x
}

func sumOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

func fileOf(content []byte, extension string) File {
	return File{SHA256: sumOf(content), Extension: extension,
		Open: func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
}

func (x *example) contents() Contents {
	return Contents{CaseID: caseID, MadeAt: time.Date(2026, 4, 1, 8, 0, 0, 0, time.UTC), Program: "Constancia test",
		Logs: []Log{x.b.log(), x.a.log()}, Seals: append(x.b.seals, x.a.seals...),
		Files: []File{fileOf(x.photo, "jpg"), fileOf(x.mail, "eml")}}
}

// chosen are the contents of a bundle that shows one contact.
func (x *example) chosen(pointers ...string) Contents {
	contents := x.contents()
	contents.Chosen = []Chosen{{Stored: x.contact, Pointers: pointers}}
	contents.Files = nil
	return contents
}

// mustWrite gives the bytes of a bundle.
func mustWrite(t testing.TB, contents Contents, options Options) []byte {
	t.Helper()
	var written bytes.Buffer
	if err := Write(t.Context(), &written, contents, options); err != nil {
		t.Fatal(err)
	}
	return written.Bytes()
}

func mustOpen(t testing.TB, text []byte) *Bundle {
	t.Helper()
	b, err := Open(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func mustVerify(t testing.TB, b *Bundle) Report {
	t.Helper()
	report, err := b.Verify(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// skipWhenShort leaves out what takes long under the race detector, and has nothing to do with it.
func skipWhenShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it takes long under the race detector")
	}
}
