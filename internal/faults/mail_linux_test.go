package faults_test

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// mail is a message with an attachment, unless that is empty.
func mail(number int, attachment []byte) []byte {
	var text strings.Builder
	fmt.Fprintf(&text, "From: Veloz <help@veloz.example>\r\nTo: Marta <marta@home.example>\r\nSubject: Your parcel %d\r\n"+
		"Date: Tue, 3 Mar 2026 10:%02d:00 +0100\r\nMessage-ID: <%d@veloz.example>\r\nMIME-Version: 1.0\r\n", number, number, number)
	if len(attachment) == 0 {
		text.WriteString("Content-Type: text/plain; charset=utf-8\r\n\r\nWe are looking into it.\r\n")
		return []byte(text.String())
	}
	text.WriteString("Content-Type: multipart/mixed; boundary=part\r\n\r\n--part\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n" +
		"--part\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"scan.bin\"\r\n" +
		"Content-Transfer-Encoding: base64\r\n\r\n")
	for encoded := base64.StdEncoding.EncodeToString(attachment); encoded != ""; {
		line := encoded[:min(76, len(encoded))]
		encoded = encoded[len(line):]
		text.WriteString(line + "\r\n")
	}
	text.WriteString("--part--\r\n")
	return []byte(text.String())
}
