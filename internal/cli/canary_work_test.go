package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/pem"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"filippo.io/age"

	"constancia/internal/i18n"
	"constancia/internal/problem"
	"constancia/internal/sample"
	"constancia/internal/sample/mailserver"
	"constancia/internal/seal/sealtest"
)

// importsMail imports from a server, with the right password and without it.
func (d *desk) importsMail(id string) {
	d.Helper()
	server := d.serveMail()
	account := []string{"--case", id, "--host", server.Host, "--port", strconv.Itoa(server.Port), "--user", "elena", "--ca", d.at("ca.pem")}
	from := func(more ...string) []string {
		return slices.Concat([]string{"mail", "import", "imap"}, account, []string{"--from", "montalbeda.example"}, more)
	}
	d.runs(0, from("--password-env", "MAIL_PASSWORD", "--dry-run")...)
	d.runs(0, from("--password-env", "MAIL_PASSWORD")...)
	d.fails(problem.SignInRefused, from("--password-env", "MISTYPED")...)
	d.fails(problem.PasswordMissing, from("--password-env", "NOT_SET")...)
	d.fails(problem.MailboxNotFound, from("--password-env", "MAIL_PASSWORD", "--folder", "Otra")...)

	dossier := d.at("for the draft.pdf")
	d.runs(0, "dossier", "export", "--case", id, "--edition", "head-office", "--out", dossier, "--overwrite")
	draft := func(more ...string) []string {
		return slices.Concat([]string{"mail", "draft", "--dossier", dossier, "--to", "direccion@montalbeda.example", "--append"}, account, more)
	}
	d.runs(0, draft("--password-env", "MAIL_PASSWORD")...)
	d.fails(problem.SignInRefused, draft("--password-env", "MISTYPED")...)
	if err := server.Close(); err != nil {
		d.Fatal(err)
	}
	d.fails(problem.ServerUnreachable, from("--password-env", "MAIL_PASSWORD")...)
}

func (d *desk) serveMail() *mailserver.Server {
	d.Helper()
	inbox := mailserver.Mailbox{Name: "INBOX"}
	for _, mail := range sample.Mailbox(i18n.Spanish) {
		inbox.Messages = append(inbox.Messages, mailserver.Message{Raw: mail.Raw, InternalDate: mail.InternalDate})
	}
	server, err := mailserver.Start(context.WithoutCancel(d.Context()), mailserver.Options{
		User: "elena", Password: password, Mailboxes: []mailserver.Mailbox{inbox, {Name: "Borradores", Drafts: true}},
	})
	if err != nil {
		d.Fatal(err)
	}
	d.writes("ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate.Raw})))
	return server
}

// meetsParrots asks servers that repeat the password.
func (d *desk) meetsParrots(id string) {
	for name, trick := range tricks {
		certificate := d.at("parrot " + name + ".pem")
		port := serveParrot(d.T, certificate, trick.play)
		d.fails(trick.want, "mail", "import", "imap", "--case", id, "--host", "127.0.0.1", "--port", port, "--user", "elena",
			"--ca", certificate, "--password-env", "MAIL_PASSWORD")
	}
}

// fails runs a command that must fail with a problem.
func (d *desk) fails(want problem.Code, words ...string) {
	d.Helper()
	var told struct{ Code problem.Code }
	if err := json.Unmarshal(d.runs(1, words...), &told); err != nil || told.Code != want {
		d.Errorf("%q says %q, %v, want %s", words, told.Code, err, want)
	}
}

// mistypes gives the password where it does not belong.
func (d *desk) mistypes(id string) {
	d.Helper()
	account := []string{"mail", "import", "imap", "--case", id, "--host", "127.0.0.1", "--port", "1", "--user", "elena"}
	for _, more := range [][]string{
		{"--password-env", mistyped},
		{"--password", mistyped},
		{"--password=" + mistyped},
	} {
		d.runs(2, append(slices.Clone(account), more...)...)
	}
}

// seals has the record stamped by a service, also by one at whose address somebody writes a password.
func (d *desk) seals(id string) {
	d.Helper()
	service, err := sealtest.Start()
	if err != nil {
		d.Fatal(err)
	}
	d.Cleanup(service.Close)
	d.runs(0, "record", "seal", "--case", id, "--service", service.URL)
	for _, address := range []string{
		"https://elena:" + mistyped + "@time.example/tsr", "https://elena:" + mistyped + "@time.example:x/", mistyped + "@time.example",
	} {
		d.fails(problem.NotAWebAddress, "record", "seal", "--case", id, "--service", address)
	}
	service.Behave(sealtest.Rejects)
	d.makes("contact", "log", "--case", id, "--when", "2026-03-03 10:05", "--summary", "Otra vez")
	d.runs(1, "record", "seal", "--case", id)
}

// exports makes what leaves the computer.
func (d *desk) exports(id string) {
	d.Helper()
	for _, edition := range []string{"head-office", "regulator"} {
		d.runs(0, "dossier", "export", "--case", id, "--edition", edition, "--out", d.at(edition+".pdf"), "--overwrite")
		d.once(0, "mail", "draft", "--case", id, "--dossier", d.at(edition+".pdf"), "--to", "direccion@montalbeda.example",
			"--out", d.at(edition+".eml"))
	}
}

// bundles makes bundles for everybody, for whoever knows a passphrase, and for the owner of a key, and opens them.
func (d *desk) bundles(id string) {
	d.Helper()
	open, locked, forKey, identity := d.at("open.zip"), d.at("locked.age"), d.at("for key.age"), d.newIdentity("a key of age")
	d.runs(0, "bundle", "export", "--case", id, "--out", open, "--overwrite")
	d.runs(0, "bundle", "verify", open)
	d.runs(0, "bundle", "export", "--case", id, "--out", forKey, "--recipient", identity.Recipient().String(), "--overwrite")
	d.fails(problem.NotARecipient, "bundle", "export", "--case", id, "--out", forKey, "--recipient", identity.String(), "--overwrite")
	d.fails(problem.NotARecipient, "bundle", "export", "--case", id, "--out", forKey, "--recipient", mistyped, "--overwrite")

	d.typed = passphrase + "\n"
	d.once(0, "bundle", "export", "--case", id, "--out", locked, "--passphrase-stdin") // once: passphrases take their time
	d.once(0, "bundle", "verify", locked, "--passphrase-stdin")
	d.typed = mistyped + "\n"
	d.once(1, "bundle", "verify", locked, "--passphrase-stdin")
	d.fails(problem.BundleKeyWrong, "bundle", "verify", forKey, "--passphrase-stdin")
	d.typed = ""
	d.runs(2, "bundle", "verify", locked, "--passphrase-stdin", mistyped)
	d.runs(2, "bundle", "verify", locked, "--passphrase-stdin="+mistyped)
	d.runs(2, "bundle", "verify", locked, "--passphrase="+mistyped)
}

// backups backs up, with the right key, a wrong one and none. The key is shown once: in the answer to the
// first backup, and on the sheet that is printed. Neither is kept here.
func (d *desk) backups() {
	d.Helper()
	folder, sheet := d.at("backups"), d.at("sheet.pdf")
	if err := os.Mkdir(folder, 0o700); err != nil {
		d.Fatal(err)
	}
	var made struct {
		Key string `json:"recovery_key"`
	}
	if err := json.Unmarshal(d.once(0, "backup", "make", "--to", folder, "--json"), &made); err != nil || made.Key == "" {
		d.Fatalf("no recovery key was shown: %v", err)
	}
	d.keepsSecret("the recovery key", made.Key)
	d.once(0, "backup", "sheet", "--out", sheet)
	text := contentsOf(d.T, "sheet", filesUnder(d.T, d.folder)["sheet.pdf"])["sheet > text"]
	maps.DeleteFunc(d.said, func(_ string, said []byte) bool { return bytes.Contains(said, []byte(made.Key)) })
	if err := os.Remove(sheet); err != nil || len(text) == 0 {
		d.Fatalf("the recovery sheet says %q, %v", text, err)
	}

	d.runs(0, "backup", "make")
	d.runs(0, "backup", "list")
	d.runs(0, "backup", "check")
	d.typed = made.Key + "\n"
	d.runs(0, "backup", "check", "--from", folder, "--key-stdin")
	d.runs(0, "backup", "restore", "--from", folder, "--key-stdin", "--yes")
	for typed, want := range map[string]problem.Code{
		d.newIdentity("another recovery key").String(): problem.BackupWrongKey, made.Key[:40]: problem.NotARecoveryKey, mistyped: problem.NotARecoveryKey,
	} {
		d.typed = typed + "\n"
		d.fails(want, "backup", "check", "--from", folder, "--key-stdin")
		d.fails(want, "backup", "restore", "--from", folder, "--key-stdin", "--yes")
	}
	d.typed = ""
	d.runs(2, "backup", "check", "--from", folder, "--key-stdin", mistyped)
	d.runs(2, "backup", "check", "--from", folder, "--key", mistyped)
}

// newIdentity makes a key of age that must not be written anywhere.
func (d *desk) newIdentity(name string) *age.X25519Identity {
	d.Helper()
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		d.Fatal(err)
	}
	d.keepsSecret(name, identity.String())
	return identity
}

// keepsSecret has a key of age looked for, in capitals or not.
func (d *desk) keepsSecret(name, key string) {
	d.secrets[name], d.secrets[name+" in small letters"] = []byte(key), []byte(strings.ToLower(key))
}
