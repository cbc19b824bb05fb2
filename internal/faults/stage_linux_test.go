package faults_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// stage is a folder in which the program plays: a library, a home, and what it writes outside of them.
type stage struct {
	folder  string
	program string
	story   story
}

func (s stage) library() string { return filepath.Join(s.folder, "library") }
func (s stage) out() string     { return filepath.Join(s.folder, "out") }

// environment is the program's: nothing of the person who runs the tests, and nowhere to go but the stage.
func (s stage) environment() []string {
	home := filepath.Join(s.folder, "home")
	return []string{
		"PATH=" + os.Getenv("PATH"), "LANG=en_US.UTF-8", "HOME=" + home, "TMPDIR=" + filepath.Join(s.folder, "out"),
		"XDG_DATA_HOME=" + filepath.Join(home, "data"), "XDG_STATE_HOME=" + filepath.Join(home, "state"),
		"XDG_CONFIG_HOME=" + filepath.Join(home, "config"), "XDG_CACHE_HOME=" + filepath.Join(home, "cache"),
		"CONSTANCIA_LIBRARY=" + s.library(), "CONSTANCIA_SECRETS=files", "CONSTANCIA_OFFLINE=1", mailPasswordVariable + "=" + s.story.mailPassword,
	}
}

// mailPasswordVariable holds the password of a mailbox.
const mailPasswordVariable = "MAIL_PASSWORD"

// command is the program with words, wrapped in others that start it.
func (s stage) command(ctx context.Context, words []string, wrapped ...string) *exec.Cmd {
	words = append([]string{s.program, "--json", "--lang", "en"}, words...)
	words = append(wrapped, words...)
	command := exec.CommandContext(ctx, words[0], words[1:]...)
	command.Env = s.environment()
	command.Dir = "/"
	return command
}

// outcome is what came of running the program.
type outcome struct {
	code           int // exit code; -1 when a signal ended it
	killed         bool
	stdout, stderr string
	struck         bool   // whether the fault happened
	fault          string // what the fault was, to be told
}

// patience is how long a program may take. It is there to end what hangs, and measures nothing.
const patience = 2 * time.Minute

// run runs a command to its end.
func run(command *exec.Cmd) (outcome, error) { return runWhile(command, func() {}) }

// runWhile runs a command to its end, and does something beside it once it runs.
func runWhile(command *exec.Cmd, beside func()) (outcome, error) {
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Start(); err != nil {
		return outcome{}, err
	}
	go beside()
	err := command.Wait()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return outcome{}, err
	}
	status, _ := command.ProcessState.Sys().(syscall.WaitStatus)
	return outcome{code: command.ProcessState.ExitCode(), killed: status.Signaled() && status.Signal() == syscall.SIGKILL,
		stdout: stdout.String(), stderr: stderr.String()}, nil
}

// run runs a command to its end, or the fault's.
func (t *trial) run(test *testing.T, command *exec.Cmd) {
	test.Helper()
	t.runWhile(test, command, func() {})
}

func (t *trial) runWhile(test *testing.T, command *exec.Cmd, beside func()) {
	test.Helper()
	var err error
	if t.outcome, err = runWhile(command, beside); err != nil {
		test.Fatal(err)
	}
}

// try runs the program undisturbed.
func (s stage) try(words ...string) (outcome, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return run(s.command(ctx, words))
}

// passes runs the program undisturbed, and tells when it does not succeed.
func (s stage) passes(words ...string) error {
	done, err := s.try(words...)
	if err == nil && done.code != 0 {
		err = fmt.Errorf("exit %d %s%s", done.code, done.stdout, done.stderr)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", strings.Join(words, " "), err)
	}
	return nil
}

// must runs the program undisturbed and gives its answer.
func (s stage) must(t *testing.T, words ...string) map[string]any {
	t.Helper()
	done, err := s.try(words...)
	if err != nil || done.code != 0 {
		t.Fatalf("%s: %v, exit %d\n%s%s", strings.Join(words, " "), err, done.code, done.stdout, done.stderr)
	}
	var answer map[string]any
	if err := json.Unmarshal([]byte(done.stdout), &answer); err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(words, " "), err, done.stdout)
	}
	return answer
}

// id gives the id in an answer.
func id(answer map[string]any) string {
	text, _ := answer["id"].(string)
	return text
}

// copyTree copies a folder and all that is in it, with permissions.
func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, relative)
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if err := os.MkdirAll(target, 0o700); err != nil {
				return err
			}
			return os.Chmod(target, info.Mode().Perm())
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, data, info.Mode().Perm())
	})
}
