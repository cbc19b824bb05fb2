//go:build ignore

// It makes the fixture library.tar.gz; README.md says how.
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"time"

	"constancia/internal/casefile"
	"constancia/internal/casework"
)

// eml is a message with an attachment, from the carrier.
const eml = "From: =?utf-8?Q?Corral_Expr=C3=A9s?= <atencion@corral.example>\r\nTo: marta@example.org\r\n" +
	"Date: Wed, 04 Mar 2026 09:%02d:00 +0100\r\nMessage-ID: <%d@corral.example>\r\nSubject: Su env=?utf-8?Q?=C3=ADo?= %d\r\n" +
	"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=limit\r\n\r\n" +
	"--limit\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nEl paquete CE-44%02d está en reparto desde las nueve.\r\n" +
	"--limit\r\nContent-Type: text/plain; name=\"albaran-%d.txt\"\r\nContent-Disposition: attachment; filename=\"albaran-%d.txt\"\r\n\r\n" +
	"Albarán %d de Corral Exprés\r\n--limit--\r\n"

func main() {
	out := os.Args[1]
	folder, err := os.MkdirTemp("", "fixture")
	check(err)
	defer os.RemoveAll(folder)
	directory := filepath.Join(folder, "library")
	makeLibrary(directory, folder)
	check(pack(directory, out))
}

func makeLibrary(directory, scratch string) {
	ctx := context.Background()
	now := time.Date(2026, 3, 2, 9, 5, 0, 0, time.UTC)
	clock := func() time.Time { now = now.Add(90 * time.Second); return now }
	c, err := casework.Open(ctx, casework.Options{Directory: directory, Create: true, Clock: clock})
	check(err)
	caseID, err := c.NewCase(ctx, casework.NewCase{
		Title: "El paquete que nunca llegó", Zone: "Europe/Madrid", Summary: "Cinco semanas, ninguna entrega.",
		Companies: []casework.NewParty{
			{Name: "Corral Exprés", Role: casefile.Carrier, Domains: []string{"corral.example"}},
			{Name: "Almacenes Lumen", Role: casefile.Seller},
		},
		Claimed: &casefile.Money{Minor: 43820, Currency: "EUR"}, Outcome: []string{"The money back"},
	})
	check(err)
	held := int64(38 * 60)
	first, err := c.LogContact(ctx, casework.LogContact{
		CaseID: caseID, Company: "Corral Exprés", Summary: "It is on the van, they said.", HoldSeconds: &held,
		People: []casework.Spoken{{Name: "Núria", Position: "agent"}}, Failures: []casefile.Failure{"long_wait"},
		Promises: []casework.MakePromise{{What: "A call before eleven", Due: "2026-03-02 11:00"}},
	})
	check(err)
	var last casework.Logged
	for i := range 12 {
		last, err = c.LogContact(ctx, casework.LogContact{
			CaseID: caseID, Company: "Corral Exprés", Summary: fmt.Sprintf("Call %d: there is no van in Getafe.", i),
			Verbatim: "«Eso aquí no consta»", People: []casework.Spoken{{Refused: true, Position: "supervisor"}},
		})
		check(err)
	}
	_, err = c.CorrectContact(ctx, last.ID, map[string]any{"summary": "There is no van in Coslada."}, "I mixed up the towns")
	check(err)
	_, err = c.CorrectContact(ctx, first.ID, map[string]any{"hold_seconds": 2400}, "")
	check(err)
	_, err = c.SettlePromise(ctx, casework.SettlePromise{
		PromiseID: first.PromiseIDs[0], Outcome: casefile.Broken, On: "2026-03-02", ShownBy: []string{last.ID}})
	check(err)
	for i, content := range [][]byte{
		[]byte("A receipt of 438.20 EUR"), []byte{}, bytes.Repeat([]byte("a photograph "), 100_000), // the last goes into the vault
	} {
		_, err = c.AddEvidence(ctx, casework.AddEvidence{CaseID: caseID, FileName: fmt.Sprintf("receipt-%d.txt", i),
			Content: bytes.NewReader(content), Shows: "What was paid", NotExhibit: i == 1})
		check(err)
	}
	mails := filepath.Join(scratch, "mails")
	check(os.Mkdir(mails, 0o700))
	for i := range 6 {
		text := fmt.Sprintf(eml, i, i, i, i, i, i, i)
		check(os.WriteFile(filepath.Join(mails, fmt.Sprintf("%d.eml", i)), []byte(text), 0o600))
	}
	imported, err := c.ImportFiles(ctx, caseID, []string{mails}, nil)
	check(err)
	if imported.Imported != 6 {
		log.Fatalf("imported %+v", imported)
	}
	_, err = c.ExportDossier(ctx, casework.ExportDossier{CaseID: caseID, Out: filepath.Join(scratch, "dossier.pdf"), Language: "es"}, nil)
	check(err)
	second, err := c.NewCase(ctx, casework.NewCase{Title: "The second case", Zone: "Europe/London",
		Companies: []casework.NewParty{{Name: "Thornbury Energy"}}})
	check(err)
	_, err = c.LogContact(ctx, casework.LogContact{CaseID: second, Summary: "The meter was never read."})
	check(err)
	check(c.Close())
}

// pack writes a folder into a .tar.gz, modes and all.
func pack(directory, out string) error {
	file, err := os.Create(out)
	if err != nil {
		return err
	}
	zipped, _ := gzip.NewWriterLevel(file, gzip.BestCompression)
	archive := tar.NewWriter(zipped)
	if err := archive.AddFS(os.DirFS(directory)); err != nil {
		return err
	}
	for _, closer := range []io.Closer{archive, zipped, file} {
		if err := closer.Close(); err != nil {
			return err
		}
	}
	return nil
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
