package faults_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// killInPieces kills a program that writes what the real one writes, and as no program should.
func killInPieces(t *testing.T, p *prepared, folder string, random *rand.Rand) *trial {
	return p.careless(t, folder, fmt.Sprintf("inject=pwrite64:signal=KILL:when=%d", 1+random.IntN(p.calls["pwrite64"])))
}

// careless runs the operation by the careless program.
func (p *prepared) careless(t *testing.T, folder, injection string) *trial {
	t.Helper()
	done := &trial{prepared: p, stage: p.copied(t, folder)}
	// What it will write is made beforehand, by the real program in a copy.
	made := done.stage
	made.folder = filepath.Join(folder, "made")
	if err := copyTree(p.base.folder, made.folder); err != nil {
		t.Fatal(err)
	}
	answer, err := made.try(p.words(made)...)
	if err != nil || answer.code != 0 {
		t.Fatalf("%v, exit %d: %s", err, answer.code, answer.stderr)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	command := exec.CommandContext(ctx, "strace", "-f", "-qq", "-e", "signal=none", "-e", "trace=pwrite64", "-e", injection,
		"-o", os.DevNull, thisProgram(t), made.library(), p.base.program, answer.stdout)
	command.Env = append(done.environment(), actVariable+"=write in pieces")
	done.run(t, command)
	done.fault, done.struck = injection, done.killed
	return done
}

// writeInPieces takes over what the log of another library has more, table by table and each for itself, has the views
// made, and then says that it was done.
func writeInPieces() (err error) {
	database, err := openFile(filepath.Join(os.Getenv("CONSTANCIA_LIBRARY"), "constancia.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, database.Close()) }()
	made := strings.ReplaceAll(filepath.Join(os.Args[1], "constancia.db"), "'", "''")
	if _, err := database.Exec("PRAGMA synchronous = FULL; ATTACH '" + made + "' AS made"); err != nil {
		return err
	}
	for _, table := range []string{"log", "entry", "tree_hash", "entry_private"} {
		if _, err := database.Exec("INSERT OR IGNORE INTO main." + table + " SELECT * FROM made." + table); err != nil {
			return err
		}
	}
	if err := exec.Command(os.Args[2], "record", "rebuild").Run(); err != nil {
		return err
	}
	_, err = fmt.Print(os.Args[3])
	return err
}

func TestTheCarelessProgramLosesNothingUndisturbed(t *testing.T) {
	p := preparedNamed(t, "log a contact")
	if losses := p.careless(t, newFolder(t, "control"), "inject=pwrite64:signal=KILL:when=60000").lossesOfData(); len(losses) > 0 {
		t.Error(losses)
	}
}
