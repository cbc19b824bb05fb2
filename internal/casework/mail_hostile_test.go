package casework_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"constancia/internal/casework"
)

const hostileHead = "From: a@corral.example\r\nDate: Mon, 02 Mar 2026 10:05:00 +0100\r\nMIME-Version: 1.0\r\nSubject: "

// hostileMultipart is a message of parts, each with its header.
func hostileMultipart(subject string, parts ...string) []byte {
	message := hostileHead + subject + "\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n"
	for _, part := range parts {
		message += "--o\r\n" + part + "\r\n"
	}
	return []byte(message + "--o--\r\n")
}

// deepMultipart is multiparts within multiparts.
func deepMultipart(depth int) []byte {
	var message strings.Builder
	message.WriteString(hostileHead + "Hondo\r\n")
	for i := range depth {
		fmt.Fprintf(&message, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	message.WriteString("\r\nfondo\r\n")
	for i := depth - 1; i >= 0; i-- {
		fmt.Fprintf(&message, "--b%d--\r\n", i)
	}
	return []byte(message.String())
}

func attached(mediaType, name string, content []byte) string {
	return "Content-Type: " + mediaType + "\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"" +
		name + "\"\r\n\r\n" + base64.StdEncoding.EncodeToString(content)
}

func TestHostileMessagesAreStoredUnalteredAndShownWithTheirDefects(t *testing.T) {
	t.Parallel()
	const text = "Content-Type: text/plain; charset=utf-8\r\n\r\nHola."
	enclosed := "Content-Type: message/rfc822\r\n\r\n" + string(email("Carta perdida", "La encontramos en Albarracín.", "%PDF-1.7 dentro"))
	tests := []struct {
		name    string
		raw     []byte
		subject string
		text    string
		files   []string // names of attachments
		defects []string
	}{
		{"nested deeper than anybody reads", deepMultipart(5000), "Hondo", "", []string{"part-" + strings.TrimSuffix(strings.Repeat("1.", 20), ".") + ".bin"},
			[]string{"too_deep " + strings.TrimSuffix(strings.Repeat("1.", 20), ".")}},
		{"messages within messages without end", []byte(hostileHead + "Muñecas\r\n" + strings.Repeat("Content-Type: message/rfc822\r\n\r\nSubject: otra\r\n", 60) + "\r\nfin"),
			"Muñecas", "Subject: otra", nil, []string{"too_deep " + strings.TrimSuffix(strings.Repeat("1.", 21), ".")}},
		{"a million fields", []byte(hostileHead + "Muchos\r\n" + strings.Repeat("X-A: b\r\n", 1_000_000) + "\r\ntexto"), "Muchos", "texto", nil, []string{"bad_header"}},
		{"an unknown charset", []byte(hostileHead + "Raro\r\nContent-Type: text/plain; charset=x-klingon\r\n\r\nma\xf1ana"), "Raro", "mañana", nil, []string{"bad_charset 1"}},
		{"broken base64", hostileMultipart("Rota", text, strings.Replace(attached("application/pdf", "a.pdf", []byte("%PDF")), "JVBERg", "JV!!BE?RG", 1)), "Rota", "Hola.",
			[]string{"a.pdf"}, []string{"bad_base64 2"}},
		{"winmail.dat", hostileMultipart("Taller", text, attached("application/ms-tnef", "winmail.dat", []byte("\x78\x9f\x3e\x22"))), "Taller", "Hola.",
			[]string{"winmail.dat"}, []string{"unopened 2"}},
		{"names with paths", hostileMultipart("Nombres", text, attached("text/plain", "../../etc/passwd", []byte("x")), attached("text/plain", "C:\\\\Windows\\\\a.exe", []byte("y")),
			attached("text/plain", "/root/.ssh/id", []byte("z"))), "Nombres", "Hola.", []string{"passwd", "a.exe", "id"}, nil},
		{"a message in a message", hostileMultipart("Reenviado", text, enclosed), "Reenviado",
			"Hola.\n\n----\n\nFrom: Corral <ayuda@corral.example>\nTo: dolores@example.org\nDate: Mon, 02 Mar 2026 10:05:00 +0100\nSubject: Carta perdida\n\nLa encontramos en Albarracín.",
			[]string{"Carta perdida.eml", "factura.pdf"}, nil},
		{"nothing but a header", []byte(hostileHead + "Vacío\r\n\r\n"), "Vacío", "", nil, nil},
		{"binary", append([]byte(hostileHead+"Binario\r\n\r\n"), binary(100_000)...), "Binario", "", nil, []string{"bad_charset 1"}},
		{"binary called a picture", append([]byte(hostileHead+"Foto\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: binary\r\n\r\n"), binary(300)...), "Foto", "", []string{"part-1.jpg"}, nil},
	}
	w := begin(t)
	folder := t.TempDir()
	var messages [][]byte
	for i, test := range tests {
		save(t, folder, fmt.Sprintf("%02d.eml", i), test.raw)
		messages = append(messages, test.raw)
	}
	save(t, folder, "99-empty.eml", nil)
	result := w.importFiles(folder)
	requireCounts(t, result, int64(len(tests)), 0, 7, 0)
	if len(result.Skips) != 1 || filepath.Base(result.Skips[0].Where) != "99-empty.eml" {
		t.Errorf("an empty file is %+v", result.Skips)
	}
	w.requireStored(messages...)
	shown := map[string]int{}
	for i, message := range w.file().Messages {
		shown[message.Value.Source.FileName] = i
	}
	for i, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			reading := w.file().Messages[shown[fmt.Sprintf("%02d.eml", i)]].Value.Reading
			var names []string
			for _, attachment := range reading.Attachments {
				names = append(names, attachment.FileName)
			}
			if reading.Subject != test.subject || !strings.Contains(reading.Text, test.text) {
				t.Errorf("it is shown as %q with %.300q", reading.Subject, reading.Text)
			}
			if diff := cmp.Diff(test.files, names); diff != "" && test.name != "messages within messages without end" {
				t.Errorf("attachments (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.defects, reading.Defects); diff != "" {
				t.Errorf("defects (-want +got):\n%s", diff)
			}
		})
	}
	for _, words := range []string{"Albarracín", "Carta perdida"} {
		if hits, err := w.Search(t.Context(), w.caseID, words, 10); err != nil || len(hits) == 0 {
			t.Errorf("%q of the enclosed message finds %+v, %v", words, hits, err)
		}
	}
	w.requireHolds()
}

// binary is bytes of every value.
func binary(size int) []byte {
	content := make([]byte, size)
	for i := range content {
		content[i] = byte(i * 7)
	}
	return content
}

// TestWhatAnImportHoldsInMemoryIsBoundedByTheLargestMessage imports in a process of its own.
func TestWhatAnImportHoldsInMemoryIsBoundedByTheLargestMessage(t *testing.T) {
	skipWhenShort(t)
	tests := []struct {
		name  string
		write func(w io.Writer) error
		most  float64 // megabytes
	}{
		{"a part of 100 MB", func(w io.Writer) error {
			line := strings.Repeat("QUJD", 19) + "\r\n"
			if _, err := io.WriteString(w, hostileHead+"Grande\r\nContent-Type: application/zip; name=fotos.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"); err != nil {
				return err
			}
			for range 100_000_000 / 57 {
				if _, err := io.WriteString(w, line); err != nil {
					return err
				}
			}
			return nil
		}, 400},
		{"an mbox of 200 MB", func(w io.Writer) error {
			for i := range 100 {
				message := email(fmt.Sprintf("Fotos %d", i), "Adjuntas.", strings.Repeat(fmt.Sprintf("foto %d ", i), 180_000))
				if _, err := w.Write(mbox(message)); err != nil {
					return err
				}
			}
			return nil
		}, 200},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			path := filepath.Join(folder, "hostile")
			file, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			buffered := bufio.NewWriter(file)
			if err := test.write(buffered); err != nil {
				t.Fatal(err)
			}
			if err := buffered.Flush(); err != nil {
				t.Fatal(err)
			}
			if err := file.Close(); err != nil {
				t.Fatal(err)
			}
			other := &work{t: t}
			other.open(filepath.Join(folder, "library"))
			out := &bytes.Buffer{}
			process := other.elsewhere("import files", path)
			process.Stdout = out
			if err := process.Run(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			var memory float64
			if err := json.Unmarshal(out.Bytes(), &memory); err != nil {
				t.Fatal(err)
			}
			t.Logf("%.0f MB", memory)
			if memory > test.most {
				t.Errorf("%.0f MB were in memory, want %.0f MB at most", memory, test.most)
			}
		})
	}
}

// importFilesElsewhere imports a file in a process of its own, and prints how much memory that took, in megabytes.
func importFilesElsewhere(ctx context.Context, c *casework.Casework, path string) error {
	caseID, err := c.NewCase(ctx, theParcel())
	if err != nil {
		return err
	}
	result, err := c.ImportFiles(ctx, caseID, []string{path}, nil)
	if err != nil || result.Failed > 0 || result.Imported == 0 {
		return fmt.Errorf("imported %d, failed %v: %w", result.Imported, result.Failures, err)
	}
	memory, err := peakMemory()
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(memory)
}
