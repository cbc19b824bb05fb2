package bundle

import (
	"path"
	"strings"

	"constancia/internal/problem"
)

// Names of the members that a bundle may have. Those with a folder are followed by what [memberName] allows.
const (
	guideName     = "VERIFY.txt"
	aboutName     = "bundle.json"
	disclosedName = "disclosed.jsonl"
	logName       = "log.jsonl"
	manifestName  = "manifest.sha256"
	proofsName    = "proofs.jsonl"
	scriptName    = "verify.py"

	filesFolder = "files/"
	headsFolder = "heads/"
	sealsFolder = "seals/"
)

// maxName is the most bytes that a member's name may have.
const maxName = 128

// nameProblem says what is wrong with a member's name, nil for nothing. A name is one of those above, or one of a folder
// with one more part of a-z, 0-9, '.', '_' and '-'. So no name leads out of the folder that the bundle is unpacked to,
// and no two differ in case only.
func nameProblem(name string) *problem.Problem {
	switch name {
	case guideName, aboutName, disclosedName, logName, manifestName, proofsName, scriptName:
		return nil
	}
	folder, rest, _ := strings.Cut(name, "/")
	switch folder + "/" {
	case filesFolder, headsFolder, sealsFolder:
		if isPlainName(rest) && len(name) <= maxName {
			return nil
		}
	}
	return problem.New(problem.BundleNameRefused, problem.Values{"name": shortName(name)})
}

// isPlainName reports whether a name has only a-z, 0-9, '.', '_' and '-', and does not begin or end with a dot: ".." is
// the folder above, and Windows drops dots at the end.
func isPlainName(name string) bool {
	if name == "" || name[0] == '.' || name[len(name)-1] == '.' {
		return false
	}
	for _, c := range []byte(name) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '.' && c != '_' && c != '-' {
			return false
		}
	}
	return true
}

// shortName is a name from a hostile archive as it may be shown.
func shortName(name string) string {
	name = strings.ToValidUTF8(name, "\ufffd")
	if runes := []rune(name); len(runes) > maxName {
		return string(runes[:maxName]) + "…"
	}
	return name
}

// contentName is the name of a file of the record; extension is without the dot, or empty.
func contentName(sha256, extension string) string {
	if extension == "" {
		return filesFolder + sha256
	}
	return filesFolder + sha256 + "." + extension
}

// contentSum is the SHA-256 that a member's name gives, empty when the member is no file of the record.
func contentSum(name string) string {
	rest, ok := strings.CutPrefix(name, filesFolder)
	if !ok {
		return ""
	}
	sum, extension, dotted := strings.Cut(rest, ".")
	if !isHash(sum) || dotted && (extension == "" || CleanExtension(rest) != extension) {
		return ""
	}
	return sum
}

// isHash reports whether text is 32 bytes in lower-case hex.
func isHash(text string) bool {
	return len(text) == 64 && strings.Trim(text, "0123456789abcdef") == ""
}

// maxExtension is the most characters of a file's extension that a bundle keeps.
const maxExtension = 8

// CleanExtension is the extension of a file's name as a bundle has it, lower-case and without the dot; empty when there
// is none, or one with other characters than a-z and 0-9.
func CleanExtension(fileName string) string {
	extension := strings.ToLower(strings.TrimPrefix(path.Ext(fileName), "."))
	if len(extension) > maxExtension || strings.Trim(extension, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
		return ""
	}
	return extension
}
