//go:build unix

package secret_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"constancia/internal/secret"
)

// putVariable makes a process of this test put values into a store in the folder it names, until it is killed.
const putVariable = "CONSTANCIA_TEST_PUT"

const valueSize = 64 << 10

func init() { acts[putVariable] = putForever }

func putForever(folder string) {
	store := secret.InFiles(folder)
	for {
		for _, letter := range os.Args[1] {
			if err := store.Put("device-1", bytes.Repeat([]byte(string(letter)), valueSize)); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			fmt.Println("put")
		}
	}
}

func TestValuesThatSeveralProcessesPutAtOnceAreNeverMixedNorCut(t *testing.T) {
	folder := t.TempDir()
	store := secret.InFiles(folder)
	whole := func() {
		t.Helper()
		value, found, err := store.Get("device-1")
		if err != nil || !found || len(value) != valueSize || bytes.Count(value, value[:1]) != valueSize {
			t.Fatalf("found: %v, %v, %d bytes", found, err, len(value))
		}
	}
	for round := range 3 {
		var processes []*exec.Cmd
		var lines []*bufio.Scanner
		for _, letters := range []string{"ab", "cd", "ef"} {
			process := exec.Command(os.Args[0], letters)
			process.Env = append(os.Environ(), putVariable+"="+folder)
			process.Stderr = os.Stderr
			out, err := process.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := process.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = process.Process.Kill() })
			processes, lines = append(processes, process), append(lines, bufio.NewScanner(out))
		}
		for range 20 + round {
			for _, line := range lines {
				if !line.Scan() {
					t.Fatal("a process ended")
				}
			}
			whole()
		}
		for i, process := range processes { // in the middle of whatever they are doing
			if err := process.Process.Signal(syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
			for lines[i].Scan() {
				continue
			}
			_ = process.Wait()
		}
		whole()
	}
	// At least one of these is left by a process that was killed while it wrote.
	if err := os.WriteFile(filepath.Join(folder, ".device-1.4471"), []byte(canary), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := store.Delete("device-1"); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("a deleted secret leaves %v, %v", left, err)
	}
}

func TestFilesAndFoldersAreTheOwnersOnlyWhateverTheUmask(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	folder := filepath.Join(t.TempDir(), "state", "keys")
	put(t, secret.InFiles(folder), "device-1", canary)
	put(t, secret.OpenWith(folder, newKeyring()), "device-2", canary)
	wantPrivate(t, filepath.Dir(folder))
}

func TestWhatOthersCouldReadIsTakenBackFromThem(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "keys")
	store := secret.InFiles(folder)
	put(t, store, "device-1", "a key")
	for path, mode := range map[string]os.FileMode{folder: 0o755, filepath.Join(folder, "device-1"): 0o644} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	wantSecret(t, store, "device-1", "a key")
	put(t, store, "device-2", "another key")
	wantPrivate(t, folder)
}

func wantPrivate(t *testing.T, folder string) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		want := os.FileMode(0o600)
		if entry.IsDir() {
			want = 0o700
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s is %v, want %v", path, info.Mode().Perm(), want)
		}
		seen++
		return nil
	})
	if err != nil || seen < 3 {
		t.Fatalf("only %d files and folders, %v", seen, err)
	}
}
