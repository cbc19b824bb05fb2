package app

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// The boundary: the page gives ids, codes and what was typed. It never gives a path, an address or a command, so that a
// script which should ever run in it can reach no file and no server.

// leading are words in names that say where something is, or what to run.
var leading = regexp.MustCompile(`(?i)path|file|folder|directory|url|uri|href|address|host|server|port|command|program|exec|shell|script`)

// permitted are the inputs that have such a word in their names, each with why it is none.
var permitted = map[string]string{
	"Settings.Address":  "where the person lives, for their letters",
	"CaseTerms.Address": "where the person lives, for the dossier of that case",

	"CompanyCorrection.Address": "where letters to the company go",

	"DossierInput.Addressee": "to whom a dossier goes: the id of one on the list, or a name that is printed",
	"SendingInput.ExportID":  "an id; it has “port” in its name",

	// A mailbox is where the person says it is. Their email address is looked up in a table, or its domain asked when they
	// want it; a server of their own they type under Advanced. None is called but to sign in to it, behind TLS, with a
	// certificate that the system or the person vouches for.
	"Mailboxes.Server.address": "the person's email address: looked up in a table, nobody is called",
	"Mailboxes.Ask.address":    "the person's email address: its domain is asked where its mail server is, when the person wants it",
	"MailboxInput.Address":     "the person's email address",
	"MailboxInput.Host":        "the mail server that the person typed themselves, a name without path or port",
	"MailboxInput.Port":        "a number",

	// Where a client id of the person's own is from, they type it in full. Over HTTPS alone: no token travels unprotected.
	"OAuthInput.AuthorizeURL": "the page that the person typed, on which their provider asks them; the browser opens it",
	"OAuthInput.TokenURL":     "the service that the person typed, from which their provider's leave comes",
}

// inputs lists every text that a value of a type holds, by where it is: ContactInput.Promises.What.
func inputs(t reflect.Type, at string, seen []reflect.Type) []string {
	switch t.Kind() {
	case reflect.String:
		return []string{at}
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return inputs(t.Elem(), at, seen)
	case reflect.Map:
		return append(inputs(t.Key(), at, seen), inputs(t.Elem(), at, seen)...)
	case reflect.Struct:
		if slices.Contains(seen, t) {
			return nil
		}
		var all []string
		for field := range t.Fields() {
			all = append(all, inputs(field.Type, t.Name()+"."+field.Name, append(seen, t))...)
		}
		return all
	case reflect.Interface, reflect.Func, reflect.Chan, reflect.UnsafePointer:
		return []string{at + " (" + t.String() + ")"} // could be anything
	}
	return nil
}

// bound calls visit for each method that the page can call.
func bound(d *desk, visit func(name string, method reflect.Value)) {
	for _, service := range d.services() {
		value := reflect.ValueOf(service)
		for i := range value.NumMethod() {
			visit(value.Elem().Type().Name()+"."+value.Type().Method(i).Name, value.Method(i))
		}
	}
}

// parametersOf reads the names of what each method takes, which are not there any more when the program runs, from this
// package's sources.
func parametersOf(t *testing.T) map[string][]string {
	t.Helper()
	services := map[string]bool{}
	bound(newDesk(t.TempDir(), t.TempDir()), func(name string, _ reflect.Value) { services[name] = true })
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	parameters := map[string][]string{}
	for _, source := range sources {
		file, err := parser.ParseFile(token.NewFileSet(), source, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declaration := range file.Decls {
			method, ok := declaration.(*ast.FuncDecl)
			if !ok || method.Recv == nil {
				continue
			}
			receiver, _ := method.Recv.List[0].Type.(*ast.StarExpr)
			if receiver == nil || !services[fmt.Sprint(receiver.X)+"."+method.Name.Name] {
				continue
			}
			name := fmt.Sprint(receiver.X) + "." + method.Name.Name
			parameters[name] = []string{}
			for _, field := range method.Type.Params.List {
				for _, parameter := range field.Names {
					parameters[name] = append(parameters[name], parameter.Name)
				}
			}
		}
	}
	if len(parameters) < len(services) {
		t.Fatalf("the sources have %d of %d methods", len(parameters), len(services))
	}
	return parameters
}

func TestNoBindingTakesAPathOrAnAddress(t *testing.T) {
	used := map[string]bool{}
	bound(newDesk(t.TempDir(), t.TempDir()), func(name string, method reflect.Value) {
		for i := range method.Type().NumIn() {
			for _, input := range inputs(method.Type().In(i), name, nil) {
				_, field, _ := strings.Cut(input, ".")
				if strings.HasSuffix(input, ")") {
					t.Errorf("%s takes what could be anything: %s", name, input)
				}
				if input == name || !leading.MatchString(field) {
					continue
				}
				if permitted[input] == "" {
					t.Errorf("%s takes %s: the page gives ids, never where something is", name, input)
				}
				used[input] = true
			}
		}
	})
	for name, parameters := range parametersOf(t) {
		for _, parameter := range parameters {
			input := name + "." + parameter
			if leading.MatchString(parameter) && permitted[input] == "" {
				t.Errorf("%s takes %s: the page gives ids, never where something is", name, parameter)
			}
			used[input] = true
		}
	}
	for input := range permitted {
		if !used[input] {
			t.Errorf("%s is permitted, and no binding takes it", input)
		}
	}
}

// needsWindow are the methods that speak to the window itself, which is not there in a test.
var needsWindow = []string{"Window.Copy", "Window.Float"}

// TestWhateverThePageSaysNoOtherFileIsReadOrWrittenAndNobodyIsCalled has every method called with paths and addresses in
// the place of all that it takes.
func TestWhateverThePageSaysNoOtherFileIsReadOrWrittenAndNobodyIsCalled(t *testing.T) {
	s := newScene(t)
	s.newCase()

	secret := filepath.Join(t.TempDir(), "secret")
	const content = "the page must never get to see this"
	if err := os.MkdirAll(secret, 0o700); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(secret, "secret.txt")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	before := stateOf(t, secret)

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	var called atomic.Bool
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			called.Store(true)
			_ = connection.Close()
		}
	}()

	// From the state and the library's folders up to the root, and down again.
	climbing := strings.Repeat("../", 24) + strings.TrimPrefix(filepath.ToSlash(file), "/")
	for _, hostile := range []string{
		file, secret, climbing, "file://" + file, "http://" + listener.Addr().String() + "/x", listener.Addr().String(),
	} {
		bound(s.desk, func(name string, method reflect.Value) {
			if slices.Contains(needsWindow, name) {
				return
			}
			var arguments []reflect.Value
			for i := range method.Type().NumIn() {
				arguments = append(arguments, filled(method.Type().In(i), hostile, 0))
			}
			for _, answer := range method.Call(arguments) {
				if told := fmt.Sprintf("%+v", answer); strings.Contains(told, content) {
					t.Errorf("%s(%q) tells what is in the file", name, hostile)
				}
			}
		})
	}
	s.drain()
	if after := stateOf(t, secret); after != before {
		t.Errorf("the folder was %s and is %s", before, after)
	}
	if called.Load() {
		t.Error("somebody was called")
	}
	for _, opened := range s.opened {
		if strings.HasPrefix(opened, secret) || strings.HasPrefix(opened, "http") {
			t.Errorf("%s was opened in the system's program", opened)
		}
	}
}

// drain waits for the jobs that were started, if any, and drops their reports.
func (s *scene) drain() {
	for {
		select {
		case <-s.events:
		case <-time.After(300 * time.Millisecond):
			return
		}
	}
}

// filled makes a value with the text in every place that holds one, and one element in each list.
func filled(t reflect.Type, text string, depth int) reflect.Value {
	value := reflect.New(t).Elem()
	if depth > 8 {
		return value
	}
	switch t.Kind() {
	case reflect.String:
		value.SetString(text)
	case reflect.Pointer:
		value.Set(reflect.New(t.Elem()))
		value.Elem().Set(filled(t.Elem(), text, depth+1))
	case reflect.Slice:
		value.Set(reflect.Append(value, filled(t.Elem(), text, depth+1)))
	case reflect.Map:
		value.Set(reflect.MakeMap(t))
		value.SetMapIndex(filled(t.Key(), text, depth+1), filled(t.Elem(), text, depth+1))
	case reflect.Struct:
		for i := range t.NumField() {
			if value.Field(i).CanSet() {
				value.Field(i).Set(filled(t.Field(i).Type, text, depth+1))
			}
		}
	}
	return value
}

// stateOf says what is in a folder, when each file was changed, and when it was last read where the disk keeps that.
func stateOf(t *testing.T, folder string) string {
	t.Helper()
	var state strings.Builder
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			fmt.Fprintf(&state, "%s %s %d %s\n", path, info.Mode(), info.Size(), info.ModTime())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return state.String()
}

func TestThePageIsToldNoPathsOfFilesItChose(t *testing.T) {
	s := newScene(t)
	file := filepath.Join(t.TempDir(), "bill.txt")
	if err := os.WriteFile(file, []byte("438,20"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.opens = []string{file}
	selection, err := (&Evidence{s.desk}).Choose()
	if err != nil || len(selection.Files) != 1 {
		t.Fatalf("got %+v, %v", selection, err)
	}
	s.dropped([]string{file})
	for _, told := range append(s.told, selection) {
		if text := fmt.Sprintf("%+v", told); strings.Contains(text, filepath.Dir(file)) {
			t.Errorf("the page is told %s", text)
		}
	}
}
