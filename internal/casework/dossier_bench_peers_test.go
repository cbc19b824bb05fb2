package casework_test

import (
	"bytes"
	"encoding/json"
	"html/template"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/dossier"
	"constancia/internal/dossier/pdf/fonts"
	"constancia/internal/i18n"
)

// peerSources is where the documents of the other programs lie.
const peerSources = "../../build/bench/dossier"

// peer is another program that makes a PDF of the same facts.
type peer struct {
	name string
	// needs are files or commands without which it does not run.
	needs   []string
	program string
	// arguments come before what it writes.
	arguments []string
	out       string // how it is told what to write; OUT stands for the file
	folder    string
}

func typst(folder string) peer {
	return peer{name: "typst", needs: []string{"node", peerSources + "/node_modules/@myriaddreamin/typst-ts-node-compiler"},
		program: "node", arguments: []string{"typst.mjs", folder}, out: "OUT", folder: folder}
}

// reportLab runs under the system's Python, to which its package belongs.
func reportLab(folder string) peer {
	return peer{name: "ReportLab", needs: []string{"/usr/bin/python3", "/usr/lib/python3/dist-packages/reportlab"},
		program: "/usr/bin/python3", arguments: []string{"reportlab_dossier.py", folder}, out: "OUT", folder: folder}
}

func chromium(folder string) peer {
	program := os.Getenv("CHROMIUM")
	if program == "" {
		program = "chromium"
	}
	return peer{name: "Chromium", needs: []string{program}, program: program, arguments: []string{
		"--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--generate-pdf-document-outline",
		"--user-data-dir=" + folder + "/profile", "file://" + folder + "/dossier.html"}, out: "--print-to-pdf=OUT", folder: folder}
}

func weasyPrint(folder string) peer {
	return peer{name: "WeasyPrint", needs: []string{"weasyprint"}, program: "weasyprint", arguments: []string{
		"--quiet", folder + "/dossier.html"}, out: "OUT", folder: folder}
}

// missing says what keeps the program from running; empty for nothing.
func (p peer) missing() string {
	for _, need := range p.needs {
		_, err := os.Stat(need)
		if _, found := exec.LookPath(need); found != nil && err != nil {
			return "not installed: " + filepath.Base(need)
		}
	}
	return ""
}

// command makes the PDF, and is seen to have made one.
func (p peer) command(b *testing.B) *exec.Cmd {
	b.Helper()
	out := strings.Replace(p.out, "OUT", filepath.Join(p.folder, p.name+".pdf"), 1)
	arguments := append([]string{}, p.arguments...)
	if strings.HasPrefix(p.out, "--") {
		arguments = append([]string{out}, arguments...)
	} else {
		arguments = append(arguments, out)
	}
	process := exec.Command(p.program, arguments...)
	process.Dir = peerSources
	b.Cleanup(func() {
		info, err := os.Stat(filepath.Join(p.folder, p.name+".pdf"))
		if err != nil || info.Size() < 1_000_000 {
			b.Errorf("%s made no dossier: %v", p.name, err)
		}
	})
	return process
}

// original is a file that is embedded.
type original struct {
	Path string `json:"path"`
	Name string `json:"name"`
	Type string `json:"type"`
}

// factsForOthers writes what a dossier tells for programs that know nothing of cases: as JSON and as HTML, with the
// files beside it and the same typefaces.
func factsForOthers(b *testing.B, w *work) (folder string) {
	b.Helper()
	folder = b.TempDir()
	model, err := dossier.Compile(w.file(), dossier.Options{
		Edition: dossier.HeadOffice, Language: i18n.Spanish, GeneratedAt: w.now, Program: casework.Program, RecordFingerprint: strings.Repeat("0", 64)})
	if err != nil {
		b.Fatal(err)
	}
	var originals []original
	for _, file := range model.Integrity.Files {
		extension := map[string]string{"image/jpeg": ".jpg", "message/rfc822": ".eml"}[file.MediaType]
		path := "content/" + file.SHA256 + extension
		originals = append(originals, original{path, strings.TrimSpace(string(file.Tag) + extension), file.MediaType})
		w.saveContent(b, file.SHA256, filepath.Join(folder, path))
	}
	for _, name := range []string{"SourceSerif4-Regular", "SourceSerif4-SemiBold", "SourceSerif4-Italic", "SourceSans3-Regular", "IBMPlexMono-Regular"} {
		data, err := fonts.Read(name)
		if err != nil {
			b.Fatal(err)
		}
		write(b, filepath.Join(folder, "fonts", name+".ttf"), data)
	}
	texts := i18n.For(i18n.Spanish)
	words := map[string]string{"name": "Quién", "position": "Cargo", "company": "Empresa", "contacts": "Contactos", "due": "Plazo", "outcome": "Resultado"}
	for _, section := range []string{"chronology", "people", "promises", "emails", "exhibits", "integrity"} {
		words[section] = texts.Text("dossier.section." + section)
	}
	facts, err := json.Marshal(map[string]any{"dossier": model, "words": words, "originals": originals, "creationTimestamp": w.now.Unix()})
	if err != nil {
		b.Fatal(err)
	}
	write(b, filepath.Join(folder, "facts.json"), bytes.ReplaceAll(facts, []byte(":null"), []byte(":[]")))
	page := template.New("dossier.html.tmpl").Funcs(template.FuncMap{"lines": func(text string) []string { return strings.Split(text, "\n") }})
	var html bytes.Buffer
	if err := template.Must(page.ParseFiles(peerSources+"/dossier.html.tmpl")).Execute(&html, map[string]any{"Dossier": model, "Words": words, "Originals": originals}); err != nil {
		b.Fatal(err)
	}
	write(b, filepath.Join(folder, "dossier.html"), html.Bytes())
	return folder
}

func write(b *testing.B, path string, data []byte) {
	b.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		b.Fatal(err)
	}
}

func (w *work) saveContent(b *testing.B, sha256, path string) {
	b.Helper()
	content, err := w.OpenContent(b.Context(), sha256)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = content.Close() }() // it was only read
	data, err := io.ReadAll(content)
	if err != nil {
		b.Fatal(err)
	}
	write(b, path, data)
}
