package proof

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"constancia/internal/i18n"
	"constancia/internal/record"
)

// Write gives the text of logs, in order of log id. A line of data is its name, a bar and the data, so that one command of
// sed brings out what belongs together; all other lines are words, in the given language.
//
// Errors: defects of the program.
func Write(logs []Log, words *i18n.Texts) ([]byte, error) {
	var out bytes.Buffer
	explain(&out, logs, words)
	for i, log := range logs {
		if err := log.write(&out, i+1); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

func (l Log) write(out *bytes.Buffer, number int) error {
	der, err := x509.MarshalPKIXPublicKey(l.Key)
	if err != nil {
		return fmt.Errorf("failed to write a public key: %w", err)
	}
	out.WriteString("\n")
	data := func(name, lines string) {
		for line := range strings.Lines(lines) {
			fmt.Fprintf(out, "%s|%s\n", name, strings.TrimSuffix(line, "\n"))
		}
	}
	data(fmt.Sprintf("head.%d", number), l.Head.Text())
	data(fmt.Sprintf("signature.%d", number), folded(l.Signature))
	data(fmt.Sprintf("key.%d", number), string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})))
	for i, seal := range l.Seals {
		place := fmt.Sprintf(".%d.%d", number, i+1)
		out.WriteString("\n")
		data("stamped"+place, string(seal.Signed))
		data("service"+place, strings.Join(strings.Fields(seal.Service), " "))
		data("token"+place, folded(seal.Token))
		for _, hash := range seal.Proof {
			data("proof"+place, folded(hash[:]))
		}
	}
	return nil
}

const foldedWidth = 76

// folded is base64 in lines that base64 -d takes.
func folded(data []byte) string {
	encoded := base64.StdEncoding.EncodeToString(data)
	var out strings.Builder
	for len(encoded) > foldedWidth {
		out.WriteString(encoded[:foldedWidth] + "\n")
		encoded = encoded[foldedWidth:]
	}
	return out.String() + encoded + "\n"
}

// explain says what the text is and how to check it.
func explain(out *bytes.Buffer, logs []Log, words *i18n.Texts) {
	say := func(key string) { out.WriteString(wrapped(words.Text(key)) + "\n") }
	commands := func(lines ...string) { fmt.Fprintf(out, "    %s\n\n", strings.Join(lines, "\n    ")) }
	sed := func(name string) string {
		return "sed -n 's/^" + strings.ReplaceAll(name, ".", `\.`) + "|//p' " + FileName
	}
	say("dossier.proof.title")
	say("dossier.proof.what")
	say("dossier.proof.holds")
	say("dossier.proof.fingerprint")
	commands(sed("head.[0-9]*")+" | sha256sum", "", Fingerprint(logs))
	say("dossier.proof.signature")
	commands(sed("head.1")+" > head", sed("signature.1")+" | base64 -d > signature", sed("key.1")+" > key.pem",
		"openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in head -sigfile signature")
	if slices.ContainsFunc(logs, func(log Log) bool { return len(log.Seals) > 0 }) {
		say("dossier.proof.stamp")
		commands(sed("stamped.1.1")+" > stamped", sed("token.1.1")+" | base64 -d > token.der",
			"openssl ts -verify -token_in -in token.der -data stamped -CAfile root.pem",
			"openssl ts -reply -token_in -in token.der -text")
	}
	say("dossier.proof.later")
	commands("constancia dossier verify --compare " + words.Text("dossier.integrity.this_name"))
	say("dossier.proof.limits")
}

const wrappedWidth = 96

// wrapped breaks a text into lines.
func wrapped(text string) string {
	var out strings.Builder
	width := 0
	for _, word := range strings.Fields(text) {
		length := utf8.RuneCountInString(word)
		switch {
		case width == 0:
		case width+1+length > wrappedWidth:
			out.WriteString("\n")
			width = 0
		default:
			out.WriteString(" ")
			width++
		}
		out.WriteString(word)
		width += length
	}
	return out.String() + "\n"
}

// Bounds for texts that did not come from here.
const (
	maxLogs  = 10_000
	maxSeals = 10_000
)

var dataLine = regexp.MustCompile(`^(head|signature|key)\.([1-9][0-9]{0,4})\|(.*)$|^(stamped|service|token|proof)\.([1-9][0-9]{0,4})\.([1-9][0-9]{0,4})\|(.*)$`)

// Read takes the logs out of a text. It judges nothing: see [Log.CheckSignature] and [Log.CheckSeal].
//
// Error: [ErrNotAProof].
func Read(text []byte) ([]Log, error) {
	fields, err := fieldsOf(text)
	if err != nil {
		return nil, err
	}
	var logs []Log
	for number := 1; fields.has("head", number); number++ {
		log, err := fields.log(number)
		if err != nil {
			return nil, err
		}
		logs = append(logs, log)
	}
	ordered := slices.IsSortedFunc(logs, func(a, b Log) int { return strings.Compare(a.Head.LogID, b.Head.LogID) })
	if len(logs) == 0 || !ordered || len(fields) > 0 {
		return nil, ErrNotAProof
	}
	return logs, nil
}

// fields are the data of a text by their names, with line ends. Who takes one removes it.
type fields map[string]string

func fieldsOf(text []byte) (fields, error) {
	found := fields{}
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		match := dataLine.FindStringSubmatch(lines.Text())
		switch {
		case match == nil:
		case match[1] != "":
			found[match[1]+"."+match[2]] += match[3] + "\n"
		default:
			found[match[4]+"."+match[5]+"."+match[6]] += match[7] + "\n"
		}
	}
	if lines.Err() != nil || len(found) > 3*maxLogs+4*maxSeals {
		return nil, ErrNotAProof
	}
	return found, nil
}

func (f fields) has(name string, number ...int) bool {
	_, has := f[place(name, number)]
	return has
}

func (f fields) take(name string, number ...int) string {
	key := place(name, number)
	text := f[key]
	delete(f, key)
	return text
}

func place(name string, numbers []int) string {
	for _, number := range numbers {
		name += fmt.Sprintf(".%d", number)
	}
	return name
}

func (f fields) log(number int) (log Log, err error) {
	if log.Head, err = record.ParseHeadText(f.take("head", number)); err != nil {
		return Log{}, ErrNotAProof
	}
	if log.Signature, err = unfolded(f.take("signature", number)); err != nil {
		return Log{}, err
	}
	if log.Key, err = publicKey(f.take("key", number)); err != nil {
		return Log{}, err
	}
	for i := 1; f.has("stamped", number, i); i++ {
		seal := Seal{Signed: []byte(f.take("stamped", number, i)), Service: strings.TrimSpace(f.take("service", number, i))}
		if seal.Token, err = unfolded(f.take("token", number, i)); err != nil {
			return Log{}, err
		}
		for line := range strings.Lines(f.take("proof", number, i)) {
			hash, err := unfolded(line)
			if err != nil || len(hash) != len([32]byte{}) {
				return Log{}, ErrNotAProof
			}
			seal.Proof = append(seal.Proof, [32]byte(hash))
		}
		log.Seals = append(log.Seals, seal)
	}
	return log, nil
}

func unfolded(lines string) ([]byte, error) {
	data, err := base64.StdEncoding.Strict().DecodeString(strings.ReplaceAll(lines, "\n", ""))
	if err != nil || folded(data) != lines {
		return nil, ErrNotAProof
	}
	return data, nil
}

func publicKey(text string) (ed25519.PublicKey, error) {
	block, rest := pem.Decode([]byte(text))
	if block == nil || len(rest) > 0 {
		return nil, ErrNotAProof
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	key, isOne := parsed.(ed25519.PublicKey)
	if err != nil || !isOne {
		return nil, ErrNotAProof
	}
	return key, nil
}
