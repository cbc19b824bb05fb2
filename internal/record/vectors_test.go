package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"constancia/internal/casefile"
)

var update = flag.Bool("update", false, "write testdata/vectors.json anew")

const vectorsFile = "testdata/vectors.json"

// The vectors file. Its members are told in FORMAT.md.
type vectors struct {
	About       string             `json:"about"`
	Canonical   []canonicalVector  `json:"canonical"`
	Refused     []refusedVector    `json:"refused"`
	Entries     []entryVector      `json:"entries"`
	Disclosures []disclosureVector `json:"disclosures"`
}

type canonicalVector struct {
	Name      string `json:"name"`
	Input     string `json:"input"`
	Canonical string `json:"canonical"`
}

type refusedVector struct {
	Name     string `json:"name"`
	InputHex string `json:"input_hex"`
	Pointer  string `json:"pointer"`
	Reason   Reason `json:"reason"`
}

type entryVector struct {
	Name string `json:"name"`
	line
	Canonical string        `json:"canonical"`
	Fields    []fieldVector `json:"fields"`
}

// line is an entry as a line of JSON.
type line struct {
	Header   Header          `json:"header"`
	Payload  json.RawMessage `json:"payload"`
	Salt     string          `json:"salt"`
	Leaf     string          `json:"leaf"`
	LeafHash string          `json:"leaf_hash"`
}

type fieldVector struct {
	Pointer    string          `json:"pointer"`
	Value      json.RawMessage `json:"value"`
	Key        string          `json:"key"`
	Commitment string          `json:"commitment,omitempty"`
}

type disclosureVector struct {
	Name      string        `json:"name"`
	Leaf      string        `json:"leaf"`
	Disclosed []fieldVector `json:"disclosed"`
	Holds     bool          `json:"holds"`
}

func lineOf(stored Stored) line {
	return line{stored.Header, stored.Payload, hex.EncodeToString(stored.Salt[:]), hex.EncodeToString(stored.LeafBytes),
		hex.EncodeToString(stored.LeafHash[:])}
}

// ofATrial is the example of an entry of format 0, which this program reads and no longer writes.
const ofATrial = "format 0, of a trial version"

// ofALaterProgram is the example of an entry of a kind that this program does not know.
const ofALaterProgram = "a kind of a later program"

type exampleEntry struct {
	name  string
	entry Entry
}

// exampleEntries is one entry of each kind as the program writes it, and payloads with what is hard about the encoding.
func exampleEntries(t testing.TB) []exampleEntry {
	t.Helper()
	const (
		caseID    = "0198a1c0-0000-7000-8000-000000000002"
		partyID   = "0198a1c0-0000-7000-8000-000000000003"
		personID  = "0198a1c0-0000-7000-8000-000000000004"
		contactID = "0198a1c0-0000-7000-8000-000000000005"
		promiseID = "0198a1c0-0000-7000-8000-000000000006"
	)
	hash := sha256.Sum256([]byte("invoice"))
	sum := hex.EncodeToString(hash[:])
	examples := []struct {
		name    string
		kind    Kind
		payload any
	}{
		{"worked example", KindParty, casefile.Party{CaseID: caseID, Name: "Almacenes Tordera", Role: casefile.Seller}},
		{"case", KindCase, casefile.Case{Title: "El paquete que no llegó", Zone: "Europe/Madrid", Place: "es",
			Outcome: []string{"Devolución de 438,20 €", "Una disculpa por escrito"}, Claimed: &casefile.Money{Minor: 43820, Currency: "EUR"},
			AnswerBy: &casefile.Due{Date: "2026-08-31", Zone: "Europe/Madrid"}, Complainant: casefile.Complainant{Name: "Núria Peñalver i Çelik"}}},
		{"party", KindParty, casefile.Party{CaseID: caseID, Name: "Transportes Collserola", Role: casefile.Carrier,
			References: []casefile.Reference{{Label: "envío", Number: "TC-0099/4471"}}, Domains: []string{"collserola.example"}}},
		{"person", KindPerson, casefile.Person{CaseID: caseID, PartyID: partyID, Refused: true, Position: "agente 4471"}},
		{"contact", KindContact, exampleContact()},
		{"promise", KindPromise, casefile.Promise{CaseID: caseID, PartyID: partyID, ContactID: contactID, PersonID: personID,
			What: "«Mañana antes de las 14 h lo tiene en casa»", MadeAt: exampleWhen(),
			Due: &casefile.Due{Date: "2026-03-03", Time: "14:00", Zone: "Europe/Madrid"}}},
		{"settlement", KindSettlement, casefile.Settlement{PromiseID: promiseID, CaseID: caseID, Outcome: casefile.Broken,
			On: &casefile.Due{Date: "2026-03-03", Zone: "Europe/Madrid"}, ShownBy: []string{contactID}}},
		{"evidence", KindEvidence, casefile.Evidence{CaseID: caseID, FileName: "factura nº 12.pdf", MediaType: "application/pdf",
			SHA256: sum, Size: 81342, Shows: "La factura"}},
		{"exhibit", KindExhibit, casefile.Exhibit{CaseID: caseID, EvidenceID: contactID, Label: "A-1"}},
		{"message", KindMessage, casefile.Message{CaseID: caseID, SHA256: sum, Size: 4096, Source: casefile.MessageSource{
			Kind: "imap", FetchedAt: "2026-03-02T09:05:06Z", Program: "Constancia 0.1.0", Host: "imap.tordera.example", Port: 993,
			User: "nuria", SPKI: sum, Mailbox: "INBOX/Reclamación", UIDValidity: 4294967295, UID: 17,
			InternalDate: "2026-02-27T18:40:00+01:00", AnnouncedSize: 4096}}},
		{"correction", KindCorrection, casefile.Correction{CaseID: caseID, Target: contactID, TargetLeaf: sum,
			Fields: map[string]any{"hold_seconds": 1500, "made_by": nil, "failures": []string{}}, Reason: "El registro del teléfono dice 25 min"}},
		{"export", KindExport, casefile.Export{CaseID: caseID, Edition: "head-office", Language: "ca", FileName: "dossier.pdf",
			SHA256: sum, Size: 812345, Fingerprint: sum, Heads: []casefile.LogHead{{LogID: caseID, Size: 17, Root: sum}}}},
		{"device", KindDevice, casefile.Device{CaseID: caseID, DeviceID: personID, Letter: "A",
			Key: "QFgYFhnobQyvXvU1jAJS8jL57An10yhg+d/ZWNaRGNs="}},
		{"retraction", KindRetraction, casefile.Retraction{CaseID: caseID, Targets: []casefile.Target{{EntryID: contactID, Leaf: sum}, {EntryID: promiseID, Leaf: sum}},
			Reason: "Era de otro caso"}},
		{"erasure", KindErasure, casefile.Erasure{CaseID: caseID, Targets: []casefile.Target{{EntryID: contactID, Leaf: sum}}}},
		{"seal", KindSeal, casefile.Seal{CaseID: caseID, Head: "constancia/LOG\n17\nROOT\n\n— constancia/LOG SIGNATURE\n", Token: "MIIK",
			Service: "https://stamp.example/tsr", SealedAt: "2026-03-02T09:06:07Z"}},
		{"text typed in decomposed letters", KindCase, casefile.Case{Title: "Jose\u0301 i l\u2019A\u030angstrom \u212b, ẛ̣, 각",
			Summary: "line one\nline two\t\"quoted\" \\ / \u0000\u001f\u007f\u2028 😀 👩‍👩‍👧 \U0001F9FE", Zone: "America/Mexico_City"}},
		{ofATrial, KindPerson, casefile.Person{CaseID: caseID, PartyID: partyID, Name: "Marc"}},
		{"empty payload", KindCase, json.RawMessage(`{}`)},
		{"empty object and array", KindCase, json.RawMessage(`{"array":[],"object":{},"text":"","nothing":null,"in":[[],{}]}`)},
		{"nested arrays", KindCase, json.RawMessage(`{"a":[[1,[2,[3,[]]]],[{"b":[true,false,null]}],0,1,2,3,4,5,6,7,8,9]}`)},
		{"escaped pointers", KindCase, json.RawMessage(`{"a/b":1,"m~n":2,"~1":3,"~0":4,"/":{"~":{"~/":5}},"a":{"b":6},"quo\"te":7,"back\\slash":8," ":9,"%25":10}`)},
		{"integers at the bounds", KindCase, json.RawMessage(`{"largest":9007199254740991,"smallest":-9007199254740991,"zero":0,"one":1,"minus":-1}`)},
		{"the same value in several places", KindCase, json.RawMessage(`{"a":"x","b":"x","c":["x","x"],"d":{"a":"x"}}`)},
		// What is added comes behind, so that those before stay as they are.
		{"expense", KindExpense, casefile.Expense{CaseID: caseID, What: "Taxi hasta la tienda", Amount: casefile.Money{Minor: 1840, Currency: "EUR"},
			SpentAt: exampleWhen(), ContactID: contactID, EvidenceIDs: []string{promiseID}}},
		{"contradiction", KindContradiction, casefile.Contradiction{CaseID: caseID, Question: "¿Dónde está el paquete?",
			Answers: []casefile.Answer{{EntryID: contactID, Said: "«En Zaragoza»"}, {EntryID: promiseID, Said: "«Nunca salió del almacén»"}}, Note: "El mismo día"}},
		{"join", KindJoin, casefile.Join{CaseID: caseID, PersonIDs: []string{personID, "0198a1c0-0000-7000-8000-000000000007"}}},
		{"a case with years as a customer", KindCase, casefile.Case{Title: "El paquete que no llegó", Zone: "Europe/Madrid", CustomerSince: "2014-09",
			YearlySpend: &casefile.Money{Minor: 120000, Currency: "EUR"}, HourValue: &casefile.Money{Minor: 2000, Currency: "EUR"}}},
		{"a contact that sent the person on", KindContact, sentOn()},
		{"an exhibit of several files", KindExhibit, casefile.Exhibit{CaseID: caseID, EvidenceID: contactID, With: []string{personID, promiseID}, Label: "A-2"}},
		{ofALaterProgram, KindCase, json.RawMessage(`{"case":"` + caseID + `","said":["?",{"n":1}]}`)},
		{"key record", KindKeyRecord, casefile.KeyRecord{CaseID: caseID, Domain: "tordera.example", Selector: "s1", Texts: []string{"v=DKIM1; k=rsa; p=MIIB"},
			Resolver: "192.0.2.53:53", AskedAt: "2026-03-02T09:05:06Z"}},
		{"key that is gone", KindKeyRecord, casefile.KeyRecord{CaseID: caseID, Domain: "tordera.example", Selector: "s0", Texts: []string{},
			AskedAt: "2026-03-02T09:05:06Z"}},
		{"sighting", KindSighting, casefile.Sighting{CaseID: caseID, MessageID: contactID, Source: casefile.MessageSource{
			Kind: "file", FetchedAt: "2026-03-02T09:05:06Z", Program: "Constancia 0.1.0", FileName: "bústia.mbox", Form: "mboxrd", Position: 12, Offset: 40960}}},
		{"sending", KindSending, casefile.Sending{CaseID: caseID, ExportID: promiseID, SentAt: exampleWhen(), To: "Dirección general",
			Channel: casefile.Letter, ContactID: contactID, EvidenceIDs: []string{personID}, Note: "Por burofax"}},
	}
	entries := make([]exampleEntry, len(examples))
	for i, example := range examples {
		salt := sha256.Sum256([]byte("salt of the test vector " + example.name))
		entry, err := NewEntry(exampleHeader(example.kind, int64(i+1)), example.payload, bytes.NewReader(salt[:]))
		if err != nil {
			t.Fatalf("%s: %v", example.name, err)
		}
		switch example.name {
		case ofATrial:
			entry.Header.Format = 0
		case ofALaterProgram:
			entry.Header.Kind, entry.Header.KindVersion = "rumour", 3
		}
		entries[i] = exampleEntry{example.name, entry}
	}
	return entries
}

func exampleWhen() casefile.When {
	return casefile.When{Wall: "2026-03-02T10:05", Zone: "Europe/Madrid", OffsetSeconds: 3600, Precision: casefile.Minute}
}

func exampleContact() casefile.Contact {
	hold, talk := int64(1440), int64(260)
	return casefile.Contact{CaseID: "0198a1c0-0000-7000-8000-000000000002", PartyID: "0198a1c0-0000-7000-8000-000000000003",
		OccurredAt: exampleWhen(), Direction: casefile.Outgoing, Channel: casefile.Phone,
		PersonIDs:   []string{"0198a1c0-0000-7000-8000-000000000004", "0198a1c0-0000-7000-8000-000000000007"},
		HoldSeconds: &hold, TalkSeconds: &talk, Transfers: 3, Number: "+34 900 000 471", CompanyReference: "INC-20871",
		Summary:  "Tres personas, la misma pregunta; al final se cortó.",
		Verbatim: "«Aquí no me sale nada, le paso con otro departamento»",
		Failures: []casefile.Failure{"long_wait", "transfer_chain", "repeat_story"}, Supervisor: casefile.SupervisorRefused,
		Basis: casefile.PhoneLog, Remedy: &casefile.Remedy{Kind: "gesture", Answer: casefile.Declined, Amount: &casefile.Money{Minor: 500, Currency: "EUR"}}}
}

// sentOn is a contact that ended with "somebody else is responsible".
func sentOn() casefile.Contact {
	contact := exampleContact()
	contact.Retold, contact.SentTo = 2, &casefile.SentTo{PartyID: "0198a1c0-0000-7000-8000-000000000003", Words: "el departamento de siniestros"}
	return contact
}

func makeVectors(t testing.TB) vectors {
	made := vectors{About: "Test vectors of Constancia's record, format 1. FORMAT.md tells what they mean."}
	for _, example := range canonicalExamples() {
		made.Canonical = append(made.Canonical, canonicalVector{example.name, example.text, example.want})
	}
	for _, example := range refusedExamples() {
		made.Refused = append(made.Refused, refusedVector{example.name, hex.EncodeToString([]byte(example.text)), example.pointer, example.reason})
	}
	for _, example := range exampleEntries(t) {
		stored := mustStore(t, example.entry)
		vector := entryVector{Name: example.name, line: lineOf(stored), Canonical: string(stored.Payload)}
		fields, _ := stored.Fields()
		for _, field := range fields {
			key := fieldKey(stored.Salt, field.Pointer)
			sum := commitment(key, field)
			vector.Fields = append(vector.Fields, fieldVector{field.Pointer, field.Value, hex.EncodeToString(key[:]), hex.EncodeToString(sum[:])})
		}
		made.Entries = append(made.Entries, vector)
	}
	made.Disclosures = makeDisclosures(t)
	return made
}

func makeDisclosures(t testing.TB) []disclosureVector {
	stored := mustStore(t, mustEntry(t, KindContact, 1, exampleContact()))
	leaf := hex.EncodeToString(stored.LeafBytes)
	shown := func(pointer string) fieldVector {
		disclosure, err := stored.Disclose(pointer)
		if err != nil {
			t.Fatal(err)
		}
		return fieldVector{Pointer: pointer, Value: disclosure.Value, Key: hex.EncodeToString(disclosure.Key[:])}
	}
	renamed, altered, rekeyed := shown("/hold_seconds"), shown("/hold_seconds"), shown("/hold_seconds")
	renamed.Pointer = "/talk_seconds"
	altered.Value = json.RawMessage(`14400`)
	shorter := shown("/failures/-")
	shorter.Value = json.RawMessage(`2`)
	rekeyed.Key = shown("/talk_seconds").Key
	return []disclosureVector{
		{"two fields of a contact", leaf, []fieldVector{shown("/hold_seconds"), shown("/failures/1")}, true},
		{"a value under another pointer", leaf, []fieldVector{renamed}, false},
		{"another value", leaf, []fieldVector{altered}, false},
		{"the key of another field", leaf, []fieldVector{rekeyed}, false},
		{"the elements of an array and their number", leaf, []fieldVector{shown("/failures/0"), shown("/failures/1"), shown("/failures/2"), shown("/failures/-")}, true},
		{"another number of elements", leaf, []fieldVector{shown("/failures/0"), shown("/failures/1"), shorter}, false},
		{"a leaf that is cut off", leaf[:len(leaf)-64], []fieldVector{shown("/hold_seconds")}, false},
	}
}

func TestTheVectorsAreWhatTheProgramWrites(t *testing.T) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(makeVectors(t)); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(vectorsFile, buffer.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	stored, err := os.ReadFile(filepath.FromSlash(vectorsFile))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(stored, buffer.Bytes()) {
		t.Error("testdata/vectors.json differs from what the program makes: the format changed")
	}
}

func TestEveryKindHasAVector(t *testing.T) {
	var kinds []Kind
	for _, example := range exampleEntries(t) {
		kinds = append(kinds, example.entry.Header.Kind)
	}
	for _, kind := range Kinds() {
		if !slices.Contains(kinds, kind) {
			t.Errorf("no vector is of the kind %s", kind)
		}
	}
}

func TestTheWorkedExampleOfFormatMDIsTheFirstVector(t *testing.T) {
	text, err := os.ReadFile("FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	example := makeVectors(t).Entries[0]
	header, _ := Canonical(example.Header)
	words := []string{string(header), example.Canonical, example.Salt, example.LeafHash}
	for _, field := range example.Fields {
		words = append(words, field.Pointer, field.Key, field.Commitment)
	}
	for _, word := range words {
		if !strings.Contains(string(text), word) {
			t.Errorf("FORMAT.md does not have %s", word)
		}
	}
}

func replaceOnce(t testing.TB, text []byte, old, new string) []byte {
	t.Helper()
	if bytes.Count(text, []byte(old)) != 1 {
		t.Fatalf("%s stands %d times in %s", old, bytes.Count(text, []byte(old)), text)
	}
	return bytes.Replace(text, []byte(old), []byte(new), 1)
}
